//! Clock times: `14:32`, `2:32pm`, `14:32:10Z`.

use chrono::{Duration, FixedOffset, NaiveTime, Offset, Utc};

use crate::model::{Moment, Resolved};

use super::{FORMS, Reader, TypedTimeError};

/// What stands behind a clock time: nothing, an offset, or the zone's own abbreviation.
pub(super) enum Suffix<'a> {
    None,
    Offset(FixedOffset),
    Name(&'a str),
}

impl Reader<'_> {
    /// `14:32`, `14:32:10`, `2:32pm`, each with `Z`, `UTC`, an offset or the zone's abbreviation.
    pub(super) fn clock<'t>(
        &self,
        text: &'t str,
    ) -> Result<(NaiveTime, Suffix<'t>), TypedTimeError> {
        let end = text
            .find(|c: char| !(c.is_ascii_digit() || c == ':'))
            .unwrap_or(text.len());
        let (digits, mut rest) = text.split_at(end);
        let fraction = rest.strip_prefix('.').map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_digit());
            rest.split_at(end.unwrap_or(rest.len()))
        });
        if let Some((fraction, after)) = fraction {
            // `14.32` is how some write a clock time; `14:32:10.5` is what machines print.
            if digits.matches(':').count() != 2 || fraction.is_empty() {
                let minute = if after.is_empty() { fraction } else { "" };
                return Err(self.not_a_clock(digits, minute));
            }
            rest = after;
        }
        let rest = rest.trim_start();
        let half = match rest.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("am") => Some(0),
            Some("pm") => Some(12),
            _ => None,
        };
        let suffix = if half.is_some() {
            rest[2..].trim_start()
        } else {
            rest
        };
        let parts: Vec<&str> = digits.split(':').collect();
        let well_formed = match parts[..] {
            [hour] => half.is_some() && matches!(hour.len(), 1 | 2),
            [hour, minute] => matches!(hour.len(), 1 | 2) && minute.len() == 2,
            [hour, minute, second] => {
                matches!(hour.len(), 1 | 2) && minute.len() == 2 && second.len() == 2
            }
            _ => false,
        };
        if !well_formed {
            return Err(self.not_a_clock(digits, rest.trim_start_matches(['h', 'H'])));
        }
        let number = |at: usize| -> u32 { parts.get(at).map_or(0, |p| p.parse().unwrap_or(99)) };
        let hour = match half {
            Some(_) if !(1..=12).contains(&number(0)) => {
                let help = "with am and pm hours run from 1 to 12; `14:32` needs neither";
                return Err(self.error(format!("`{}` is not a time", self.typed), help));
            }
            Some(half) => number(0) % 12 + half,
            None => number(0),
        };
        let time = NaiveTime::from_hms_opt(hour, number(1), number(2)).ok_or_else(|| {
            let problem = match (hour, number(1)) {
                (24.., _) => format!("there is no hour {hour}"),
                (_, 60..) => format!("there is no minute {}", number(1)),
                _ => format!("there is no second {}", number(2)),
            };
            self.error(
                format!("`{}` is not a time: {problem}", self.typed),
                "a day runs from `00:00` to `23:59`",
            )
        })?;
        if let Some(end) = clock_behind(suffix)
            && !self.is_an_offset_here(suffix, time, end)
        {
            return Err(self.a_span(time, end));
        }
        Ok((time, self.suffix(suffix)?))
    }

    /// Whether `-10:00` behind a clock time is an offset and not the end of a span: zones have it, and
    /// there is a day before the clock, or it is this zone's own, or a span would run backwards.
    fn is_an_offset_here(&self, suffix: &str, time: NaiveTime, end: NaiveTime) -> bool {
        let Ok(Suffix::Offset(offset)) = self.suffix(suffix) else {
            return false;
        };
        let own = |at| self.in_zone(at).offset() == &offset;
        is_in_use(offset)
            && suffix.starts_with('-')
            && (super::starts_with_date(self.typed)
                || own(self.now)
                || own(self.now - Duration::days(182))
                || end <= time)
    }

    pub(super) fn suffix<'t>(&self, text: &'t str) -> Result<Suffix<'t>, TypedTimeError> {
        match text {
            "" => return Ok(Suffix::None),
            "Z" | "z" | "UTC" | "utc" | "GMT" | "gmt" => return Ok(Suffix::Offset(Utc.fix())),
            _ => {}
        }
        let not_a_time = || self.error(format!("`{}` is not a time", self.typed), FORMS);
        let Some(sign) = text.strip_prefix(['+', '-']) else {
            let name = text.len() <= 5 && text.bytes().all(|b| b.is_ascii_uppercase());
            return if name {
                Ok(Suffix::Name(text))
            } else {
                Err(not_a_time())
            };
        };
        // The format knows how offsets are written; any day will do.
        let full = format!("2000-01-01T00:00{text}");
        let moment: Moment = full.parse().map_err(|_| {
            self.error(
                format!("`{text}` in `{}` is not an offset", self.typed),
                format!("write it as `{}08:00`", &text[..text.len() - sign.len()]),
            )
        })?;
        match moment.resolve(None) {
            Ok(Resolved::Instant(instant)) if is_in_use(*instant.offset()) => {
                Ok(Suffix::Offset(*instant.offset()))
            }
            Ok(Resolved::Instant(_)) => Err(self.error(
                format!("`{text}` in `{}` is an offset that no zone has", self.typed),
                FORMS,
            )),
            _ => Err(not_a_time()),
        }
    }
}

/// The clock time behind a dash, as in the `-10:10` of a span.
fn clock_behind(suffix: &str) -> Option<NaiveTime> {
    let end = suffix.strip_prefix(['-', '–', '—'])?.trim_start();
    NaiveTime::parse_from_str(end, "%H:%M").ok()
}

/// Whether clocks are somewhere set by this offset.
fn is_in_use(offset: FixedOffset) -> bool {
    let minutes = offset.local_minus_utc() / 60;
    let is_whole = minutes % 60 == 0;
    (-12 * 60..=14 * 60).contains(&minutes) && (is_whole || PARTS_OF_HOURS.contains(&minutes))
}

/// The offsets in use that are no whole hours, in minutes.
const PARTS_OF_HOURS: [i32; 14] = [
    -570, -270, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825,
];
