mod calendar;
mod clock;
mod continued;
mod refusal;
#[cfg(test)]
mod tests;

use std::fmt;

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, Utc};

use crate::model::{Day, Moment, Zone};

use super::elapsed::ago;

/// A time as people type it in a hurry: `20m`, `14:32`, `yesterday 23:50`, `2024-12-11 15:16`.
///
/// A bare length of time is always ago, a bare clock time is the nearest one that has passed, and
/// what lies in the future is refused. A day alone is a day whose hour is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedTime {
    moment: Moment,
    day: NaiveDate,
    said: String,
}

/// Why a typed time cannot be used: what was typed, and what to type instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedTimeError {
    /// What is wrong, in one line without a full stop; it quotes what was typed.
    pub message: String,
    /// What to type instead.
    pub help: String,
}

/// No time is longer than this, in bytes.
const LONGEST: usize = 80;

const FORMS: &str = "type `20m`, `14:32`, `yesterday 23:50` or `2024-12-11 15:16`";

impl TypedTime {
    /// Reads what was typed at `now`, by someone whose clocks show the time of `zone`.
    pub fn parse(text: &str, now: DateTime<Utc>, zone: Zone) -> Result<Self, TypedTimeError> {
        Self::read(text, now, zone, false)
    }

    /// As [`Self::parse`], but a time may lie in the future: `+20m`, `tomorrow 9:00`, a date.
    pub fn parse_ahead(text: &str, now: DateTime<Utc>, zone: Zone) -> Result<Self, TypedTimeError> {
        Self::read(text, now, zone, true)
    }

    fn read(
        text: &str,
        now: DateTime<Utc>,
        zone: Zone,
        may_be_ahead: bool,
    ) -> Result<Self, TypedTimeError> {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.len() > LONGEST {
            return Err(TypedTimeError {
                message: "what was typed is too long for a time".to_owned(),
                help: FORMS.to_owned(),
            });
        }
        Reader {
            typed: &words,
            now,
            zone,
            may_be_ahead,
        }
        .read()
    }

    /// The time as documents hold it: with its offset, or a day.
    pub fn moment(&self) -> &Moment {
        &self.moment
    }

    /// The day, as clocks in the zone showed it.
    pub fn day(&self) -> NaiveDate {
        self.day
    }
}

/// The absolute time and how long ago it was: `2024-12-11 15:07 PST, 20 min ago`.
impl fmt::Display for TypedTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.said)
    }
}

impl fmt::Display for TypedTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// A length of time as it was typed.
struct Length {
    length: Duration,
    /// Whether seconds were counted.
    is_in_seconds: bool,
}

struct Reader<'a> {
    typed: &'a str,
    now: DateTime<Utc>,
    zone: Zone,
    may_be_ahead: bool,
}

impl Reader<'_> {
    fn read(&self) -> Result<TypedTime, TypedTimeError> {
        let typed = self.typed.to_ascii_lowercase();
        if typed.is_empty() {
            return Err(self.error("no time was typed", FORMS));
        }
        if typed == "now" {
            return self.instant(self.in_zone(self.now));
        }
        let ahead = typed.strip_prefix('+').or(typed.strip_prefix("in "));
        if ahead.is_some() || typed.starts_with("tomorrow") {
            if !self.may_be_ahead {
                return Err(self.in_the_future());
            }
            if let Some(length) = ahead.map(|typed| self.length(typed)).transpose()?.flatten() {
                return self.ahead(&length);
            }
        }
        if typed.bytes().all(|b| b.is_ascii_digit()) {
            return Err(self.bare_number());
        }
        if let Some(ago) = self.length(&typed)? {
            return self.ago(&ago);
        }
        if starts_with_date(&typed) {
            return self.date_and_clock();
        }
        let today = self.today();
        let days = [
            ("today", Some(today)),
            ("yesterday", today.pred_opt()),
            ("tomorrow", today.succ_opt()),
        ];
        for (word, day) in days {
            let Some(rest) = typed.strip_prefix(word) else {
                continue;
            };
            let (Some(day), true) = (day, rest.is_empty() || rest.starts_with([' ', ','])) else {
                continue;
            };
            let rest = self.typed[word.len()..].trim_start_matches([' ', ',']);
            let rest = rest.strip_prefix("at ").unwrap_or(rest);
            return match rest {
                "" => self.whole_day(day),
                rest => self.on(day, rest),
            };
        }
        let clock = self.typed.strip_prefix("at ").unwrap_or(self.typed);
        let (time, suffix) = self.clock(clock)?;
        self.nearest_past(time, &suffix)
    }

    /// A length of time: `20m`, `-5m`, `5m ago`, `1h 30m`, `20 minutes ago`.
    fn length(&self, typed: &str) -> Result<Option<Length>, TypedTimeError> {
        let text = typed.strip_suffix(" ago").unwrap_or(typed);
        let text = text.trim_start_matches(['-', '−', '–']);
        let mut rest: String = text.chars().filter(|c| *c != ' ').collect();
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(None);
        }
        let mut seconds: i64 = 0;
        let mut last_unit = i64::MAX;
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit());
            let Some(digits) = digits.filter(|at| *at > 0) else {
                return Ok(None);
            };
            let unit_end = rest[digits..]
                .find(|c: char| !c.is_ascii_alphabetic())
                .map_or(rest.len(), |at| digits + at);
            let Some(unit) = seconds_of(&rest[digits..unit_end]) else {
                return Ok(None);
            };
            if unit >= last_unit {
                return Ok(None);
            }
            last_unit = unit;
            let sum = rest[..digits]
                .parse::<i64>()
                .ok()
                .and_then(|count| count.checked_mul(unit))
                .and_then(|part| seconds.checked_add(part))
                .filter(|sum| *sum < self.now.timestamp());
            let Some(sum) = sum else {
                return Err(self.error(format!("`{}` is too long ago", self.typed), FORMS));
            };
            seconds = sum;
            rest.drain(..unit_end);
        }
        Ok(Some(Length {
            length: Duration::seconds(seconds),
            is_in_seconds: last_unit < 60,
        }))
    }

    /// The moment from which lengths count: nobody who says "20 min" means a second of the minute.
    fn origin(&self, length: &Length) -> DateTime<Utc> {
        match length.is_in_seconds {
            true => self.now,
            false => self.now - Duration::seconds(self.now.timestamp() % 60),
        }
    }

    fn ago(&self, length: &Length) -> Result<TypedTime, TypedTimeError> {
        match self.origin(length).checked_sub_signed(length.length) {
            Some(instant) => self.instant(self.in_zone(instant)),
            None => Err(self.error(format!("`{}` is too long ago", self.typed), FORMS)),
        }
    }

    fn ahead(&self, length: &Length) -> Result<TypedTime, TypedTimeError> {
        match self.origin(length).checked_add_signed(length.length) {
            Some(instant) => self.instant(self.in_zone(instant)),
            None => Err(self.error(format!("`{}` is too far ahead", self.typed), FORMS)),
        }
    }

    fn date_and_clock(&self) -> Result<TypedTime, TypedTimeError> {
        let (date, rest) = match self.typed.split_at_checked(10) {
            Some((date, rest)) => (date, rest),
            None => (self.typed, ""),
        };
        let day: Day = date.parse().map_err(|error: String| {
            let help = "a day is written as `2024-12-11`".to_owned();
            self.error(error, help)
        })?;
        let rest = rest
            .strip_prefix(['T', 't', ' ', ','])
            .unwrap_or(rest)
            .trim_start();
        match rest {
            "" => self.whole_day(day.0),
            rest => self.on(day.0, rest.strip_prefix("at ").unwrap_or(rest)),
        }
    }

    fn whole_day(&self, day: NaiveDate) -> Result<TypedTime, TypedTimeError> {
        let days = (self.today() - day).num_days();
        if days < 0 && !self.may_be_ahead {
            return Err(self.in_the_future());
        }
        let distance = match days {
            -1 => "tomorrow".to_owned(),
            ..-1 => format!("in {} days", -days),
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            days => format!("{days} days ago"),
        };
        self.possible_year(day)?;
        Ok(TypedTime {
            moment: Moment::day(day),
            day,
            said: format!("{}, {distance}, hour not known", day.format("%Y-%m-%d")),
        })
    }

    fn on(&self, day: NaiveDate, clock: &str) -> Result<TypedTime, TypedTimeError> {
        let (time, suffix) = self.clock(clock)?;
        self.possible_year(day)?;
        let reading = self.readings(day.and_time(time), &suffix)?;
        self.only(reading)
    }

    fn instant(&self, instant: DateTime<FixedOffset>) -> Result<TypedTime, TypedTimeError> {
        if instant > self.now && !self.may_be_ahead {
            return Err(self.in_the_future());
        }
        self.possible_year(instant.date_naive())?;
        // What is written keeps the offset that was typed; what is said is the reader's own clock.
        let local = instant.with_timezone(&self.zone.tz());
        let seconds = if instant.timestamp() % 60 == 0 {
            ""
        } else {
            ":%S"
        };
        let absolute = local
            .format(&format!("%Y-%m-%d %H:%M{seconds} %Z"))
            .to_string();
        let distance = ago(self.now - instant.to_utc());
        Ok(TypedTime {
            moment: Moment::at(instant),
            day: local.date_naive(),
            said: format!("{absolute}, {distance}"),
        })
    }

    fn possible_year(&self, day: NaiveDate) -> Result<(), TypedTimeError> {
        use chrono::Datelike;
        if day.year() < 1970 {
            return Err(self.error(
                format!("`{}` is before 1970", self.typed),
                "a day is written as `2024-12-11`",
            ));
        }
        Ok(())
    }

    fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone.tz()).date_naive()
    }

    fn in_zone(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        instant.with_timezone(&self.zone.tz()).fixed_offset()
    }
}

/// How many seconds a unit has, in small letters.
fn seconds_of(unit: &str) -> Option<i64> {
    match unit {
        "s" | "sec" | "secs" | "second" | "seconds" => Some(1),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(60),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(3_600),
        "d" | "day" | "days" => Some(86_400),
        "w" | "week" | "weeks" => Some(604_800),
        _ => None,
    }
}

fn starts_with_date(typed: &str) -> bool {
    let bytes = typed.as_bytes();
    bytes.len() >= 5 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-'
}
