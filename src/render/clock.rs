use chrono::{
    DateTime, Datelike, Days, FixedOffset, Month, NaiveDate, NaiveTime, TimeZone, Timelike, Utc,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{At, Moment, Postmortem, Resolved, Zone};

/// The wall clock that a page shows: the document's zone, or the offset in which its times are written.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    zone: Option<Zone>,
    fixed: FixedOffset,
    /// The first and the last instant of the document.
    ends: Option<(i64, i64)>,
    is_mixed: bool,
}

/// The clocks were put forward or back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockChange {
    /// The first second with the new offset, since 1970.
    pub at: i64,
    /// The zone's short name from then on, `CET`.
    pub zone: String,
}

/// A time, ready for people and machines. Every part is a text or null.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Stamp {
    /// For `<time datetime>`: RFC 3339, a day or a month; null where nobody knows.
    pub machine: Option<String>,
    /// The wall clock, `15:16` or `15:16:30`; null where only the day is known.
    pub clock: Option<String>,
    /// The zone's short name at that moment, `PST`.
    pub zone: Option<String>,
    /// The day, `11 December 2024`, or the month.
    pub day: Option<String>,
    /// The day without its year, `11 Dec`.
    pub short_day: Option<String>,
    /// The clock in UTC, `23:16`.
    pub utc: Option<String>,
    /// The day in UTC, `11 December 2024`.
    pub utc_day: Option<String>,
    /// How exactly it is known: `instant`, `day`, `month`, `unknown`.
    pub precision: &'static str,
    /// Whether it is an estimate.
    pub about: bool,
    /// The time as a reader says it: `about 15:16`, `hour not known`, `unknown`; with its zone where the
    /// document's times have more than one.
    pub text: String,
    /// The same with its day.
    pub full: String,
}

impl Clock {
    /// The clock of a document.
    pub fn of(postmortem: &Postmortem) -> Self {
        let first_written = postmortem
            .timeline
            .iter()
            .filter_map(|event| event.at.moment())
            .find_map(|moment| match moment.resolve(postmortem.timezone) {
                Ok(Resolved::Instant(at)) => Some(*at.offset()),
                _ => None,
            });
        let mut clock = Self {
            zone: postmortem.timezone,
            fixed: first_written.unwrap_or(Self::utc_offset()),
            ends: None,
            is_mixed: false,
        };
        let instants: Vec<DateTime<FixedOffset>> = moments(postmortem)
            .filter_map(|moment| match moment.resolve(postmortem.timezone) {
                Ok(Resolved::Instant(at)) => Some(at),
                _ => None,
            })
            .collect();
        let seconds = || instants.iter().map(DateTime::timestamp);
        clock.ends = seconds().min().zip(seconds().max());
        let mut offsets = instants.iter().map(|at| *clock.local(*at).offset());
        let first = offsets.next();
        clock.is_mixed = offsets.any(|offset| Some(offset) != first);
        clock
    }

    /// Whether the document's times have more than one offset, so that each needs its zone beside it.
    pub fn is_mixed(&self) -> bool {
        self.is_mixed
    }

    /// The short names of the document's zone, where its times have more than one offset: `CEST, CET`.
    pub fn zones(&self) -> Option<String> {
        let (from, until) = self.ends.filter(|_| self.is_mixed)?;
        let first = DateTime::from_timestamp(from, 0)?.fixed_offset();
        let mut names = vec![self.zone_at(first)];
        for change in self.changes(from, until, 4) {
            if !names.contains(&change.zone) {
                names.push(change.zone);
            }
        }
        Some(names.join(", "))
    }

    /// The time on this clock, `15:16`, with its zone where the document's times have more than one.
    pub fn shown(&self, instant: DateTime<FixedOffset>) -> String {
        let clock = clock_text(self.local(instant));
        if self.is_mixed {
            format!("{clock} {}", self.zone_at(instant))
        } else {
            clock
        }
    }

    /// When the clocks changed between two instants, in seconds since 1970; at most `most` of them.
    pub fn changes(&self, from: i64, until: i64, most: usize) -> Vec<ClockChange> {
        // No zone keeps an offset for less than this and goes back to the one before.
        const STEP: i64 = 7 * 86_400;
        let at = |seconds: i64| DateTime::from_timestamp(seconds, 0).map(|at| at.fixed_offset());
        let offset = |seconds: i64| at(seconds).map(|at| *self.local(at).offset());
        let mut changes = Vec::new();
        let mut low = from;
        while self.zone.is_some() && low < until && changes.len() < most {
            let high = low.saturating_add(STEP).min(until);
            if offset(low) != offset(high) {
                let (mut before, mut after) = (low, high);
                while after - before > 1 {
                    let middle = before + (after - before) / 2;
                    if offset(middle) == offset(low) {
                        before = middle;
                    } else {
                        after = middle;
                    }
                }
                changes.extend(at(after).map(|instant| ClockChange {
                    at: after,
                    zone: self.zone_at(instant),
                }));
            }
            low = high;
        }
        changes
    }

    /// Which zone the page's times are in, to stand behind "Times are": `PST (America/Los_Angeles)`, or
    /// `those of Europe/Berlin: CEST, and CET from 27 October 2024, 03:00 CEST`.
    pub fn explained(&self, short: &str) -> String {
        const MOST: usize = 3;
        let Some(zone) = self.zone.filter(|_| !self.is_utc()) else {
            return short.to_owned();
        };
        let (true, Some((from, until))) = (self.is_mixed, self.ends) else {
            return format!("{short} ({})", zone.name());
        };
        let changes = self.changes(from, until, MOST + 1);
        let instant = |at: i64| DateTime::from_timestamp(at, 0).map(|at| at.fixed_offset());
        if changes.len() > MOST {
            return format!("those of {}, each with its short name", zone.name());
        }
        let mut before = instant(from).map_or_else(String::new, |at| self.zone_at(at));
        let mut text = format!("those of {}: {before}", zone.name());
        for change in changes {
            // The last second before, and one: what the clocks showed when they were changed.
            let Some(last) = instant(change.at - 1) else {
                continue;
            };
            let shown = self.local(last).naive_local() + chrono::TimeDelta::seconds(1);
            text.push_str(&format!(
                ", and {} from {}, {} {before}",
                change.zone,
                long_day(shown.date()),
                shown.format("%H:%M")
            ));
            before = change.zone;
        }
        text
    }

    fn utc_offset() -> FixedOffset {
        chrono::Offset::fix(&Utc)
    }

    /// The instant as this wall clock shows it.
    pub fn local(&self, instant: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        match self.zone {
            Some(zone) => instant.with_timezone(&zone.tz()).fixed_offset(),
            None => instant.with_timezone(&self.fixed),
        }
    }

    /// The instant at which a day begins here.
    pub fn midnight(&self, day: NaiveDate) -> DateTime<FixedOffset> {
        self.at(day, NaiveTime::MIN)
            .unwrap_or_else(|| day.and_time(NaiveTime::MIN).and_utc().fixed_offset())
    }

    /// The instant at which this clock shows a time on a day; none where the clocks were put forward
    /// over it, the first of two where they were put back.
    pub fn at(&self, day: NaiveDate, time: NaiveTime) -> Option<DateTime<FixedOffset>> {
        self.each_at(day, time).into_iter().next()
    }

    /// Every instant at which this clock shows a time on a day: two where the clocks were put back over it.
    pub fn each_at(&self, day: NaiveDate, time: NaiveTime) -> Vec<DateTime<FixedOffset>> {
        let local = day.and_time(time);
        let (first, last) = match self.zone {
            Some(zone) => {
                let found = zone.tz().from_local_datetime(&local);
                let fixed = |instant: DateTime<_>| instant.fixed_offset();
                (found.earliest().map(fixed), found.latest().map(fixed))
            }
            None => (self.fixed.from_local_datetime(&local).single(), None),
        };
        let last = last.filter(|last| Some(*last) != first);
        first.into_iter().chain(last).collect()
    }

    /// Whether the clock shows UTC all the time.
    pub fn is_utc(&self) -> bool {
        match self.zone {
            Some(zone) => matches!(zone.name(), "UTC" | "Etc/UTC" | "Etc/GMT" | "GMT" | "Zulu"),
            None => self.fixed.local_minus_utc() == 0,
        }
    }

    /// The short name of the zone at an instant: `PST`, `UTC+5:30`.
    pub fn zone_at(&self, instant: DateTime<FixedOffset>) -> String {
        let name = self.zone.and_then(|zone| zone.short_name(instant));
        if let Some(name) = name.filter(|name| name.chars().all(|c| c.is_ascii_alphabetic())) {
            return name;
        }
        let minutes = self.local(instant).offset().local_minus_utc() / 60;
        if minutes == 0 {
            return "UTC".to_owned();
        }
        let sign = if minutes < 0 { '\u{2212}' } else { '+' };
        let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
        match minutes {
            0 => format!("UTC{sign}{hours}"),
            _ => format!("UTC{sign}{hours}:{minutes:02}"),
        }
    }

    /// A moment for the page; unknown where it cannot be placed on the line of time.
    pub fn stamp(&self, moment: &Moment, about: bool) -> Stamp {
        match moment.resolve(self.zone) {
            Ok(Resolved::Instant(instant)) => self.stamp_instant(instant, about),
            Ok(Resolved::Within { .. }) => self.stamp_vague(moment, about),
            Err(_) => Stamp {
                full: moment.as_str().to_owned(),
                text: moment.as_str().to_owned(),
                ..unknown(about)
            },
        }
    }

    /// When an event was, for the page.
    pub fn stamp_at(&self, at: &At, about: bool) -> Stamp {
        match at {
            At::Known(moment) => self.stamp(moment, about),
            At::Unknown => unknown(about),
        }
    }

    fn stamp_instant(&self, instant: DateTime<FixedOffset>, about: bool) -> Stamp {
        let local = self.local(instant);
        let utc = instant.with_timezone(&Self::utc_offset());
        let clock = clock_text(local);
        let text = estimated(&self.shown(instant), about);
        let day = long_day(local.date_naive());
        Stamp {
            machine: Some(local.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            zone: Some(self.zone_at(instant)),
            short_day: Some(short_day(local.date_naive())),
            utc: Some(clock_text(utc)),
            utc_day: Some(long_day(utc.date_naive())),
            precision: "instant",
            about,
            full: format!("{day}, {text}"),
            day: Some(day),
            clock: Some(clock),
            text,
        }
    }

    fn stamp_vague(&self, moment: &Moment, about: bool) -> Stamp {
        let (precision, day, short) = match moment.written_day() {
            Some(day) => ("day", long_day(day), short_day(day)),
            None => {
                let month = first_of_month(moment.as_str());
                let text = month.map_or_else(|| moment.as_str().to_owned(), month_of);
                ("month", text.clone(), text)
            }
        };
        Stamp {
            machine: Some(moment.as_str().to_owned()),
            text: if precision == "day" {
                "hour not known".to_owned()
            } else {
                "day not known".to_owned()
            },
            full: estimated(&day, about),
            day: Some(day),
            short_day: Some(short),
            precision,
            ..unknown(about)
        }
    }
}

fn unknown(about: bool) -> Stamp {
    Stamp {
        machine: None,
        clock: None,
        zone: None,
        day: None,
        short_day: None,
        utc: None,
        utc_day: None,
        precision: "unknown",
        about,
        text: "unknown".to_owned(),
        full: "unknown".to_owned(),
    }
}

fn estimated(text: &str, about: bool) -> String {
    if about {
        format!("about {text}")
    } else {
        text.to_owned()
    }
}

/// `15:16`, with seconds only where there are any.
pub fn clock_text(instant: DateTime<FixedOffset>) -> String {
    let (hour, minute) = (instant.hour(), instant.minute());
    match instant.second() {
        0 => format!("{hour:02}:{minute:02}"),
        second => format!("{hour:02}:{minute:02}:{second:02}"),
    }
}

/// `11 December 2024`.
pub fn long_day(day: NaiveDate) -> String {
    format!("{} {}", day.day(), month_of(day))
}

/// `December 2024`.
fn month_of(day: NaiveDate) -> String {
    format!("{} {:04}", month(day), day.year())
}

/// `11 Dec`.
pub fn short_day(day: NaiveDate) -> String {
    format!("{} {}", day.day(), month(day).get(..3).unwrap_or(""))
}

fn month(day: NaiveDate) -> &'static str {
    let number = u8::try_from(day.month()).ok();
    number
        .and_then(|number| Month::try_from(number).ok())
        .map_or("", |month| month.name())
}

/// The day after; the same at the end of the calendar.
pub fn next_day(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

/// Every time that a document names.
fn moments(postmortem: &Postmortem) -> impl Iterator<Item = &Moment> {
    let impact = postmortem.impact.iter();
    let windows = impact
        .clone()
        .flat_map(|impact| &impact.services)
        .flat_map(|window| [Some(&window.from), window.until.as_ref()]);
    let data = impact
        .filter_map(|impact| impact.data.as_ref())
        .flat_map(|data| [data.from.as_ref(), data.until.as_ref()]);
    let timeline = postmortem.timeline.iter();
    timeline
        .flat_map(|event| [event.at.moment(), event.until.as_ref()])
        .chain(windows)
        .chain(data)
        .flatten()
}

fn first_of_month(text: &str) -> Option<NaiveDate> {
    format!("{text}-01").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::IncidentId;

    fn clock(zone: Option<&str>) -> Clock {
        let id: IncidentId = "2024-12-11-api".parse().expect("an id");
        let mut postmortem = Postmortem::new(id, "API");
        postmortem.timezone = zone.map(|zone| zone.parse().expect("a zone"));
        Clock::of(&postmortem)
    }

    fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    #[test]
    fn an_instant_is_shown_in_the_documents_zone_and_in_utc() {
        let stamp = clock(Some("America/Los_Angeles")).stamp(&moment("2024-12-12T03:38Z"), true);
        assert_eq!(stamp.text, "about 19:38");
        assert_eq!(stamp.day.as_deref(), Some("11 December 2024"));
        assert_eq!(stamp.zone.as_deref(), Some("PST"));
        assert_eq!(stamp.utc.as_deref(), Some("03:38"));
        assert_eq!(stamp.utc_day.as_deref(), Some("12 December 2024"));
        assert_eq!(stamp.machine.as_deref(), Some("2024-12-11T19:38:00-08:00"));
    }

    #[test]
    fn a_day_a_month_and_nothing_are_said_as_such() {
        let clock = clock(None);
        assert_eq!(
            clock.stamp(&moment("2024-12-11"), false).full,
            "11 December 2024"
        );
        assert_eq!(clock.stamp(&moment("2024-12"), false).full, "December 2024");
        assert_eq!(clock.stamp_at(&At::Unknown, false).text, "unknown");
        assert_eq!(
            clock.stamp(&moment("2024-12-11T15:16"), false).text,
            "2024-12-11T15:16"
        );
    }

    #[test]
    fn a_zone_without_letters_is_an_offset() {
        let stamp = clock(Some("Asia/Dubai")).stamp(&moment("2024-12-12T03:38Z"), false);
        assert_eq!(stamp.zone.as_deref(), Some("UTC+4"));
    }
}
