use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, Duration, FixedOffset, LocalResult, Months, NaiveDate, NaiveDateTime,
    NaiveTime, Offset, TimeZone, Utc,
};

use super::Zone;
use super::field::text_type;

/// A time as it stands in a document, kept as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    text: String,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Exact(DateTime<FixedOffset>),
    Local(NaiveDateTime),
    Day(NaiveDate),
    Month(NaiveDate),
}

/// A moment on the one line of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// An instant, with the offset in which it was written or which its zone had.
    Instant(DateTime<FixedOffset>),
    /// Some time within a day or a month: the hour is not known. The end is excluded. Without a
    /// zone the span is as wide as the day is anywhere on Earth.
    Within {
        /// The first instant that may be meant.
        from: DateTime<Utc>,
        /// The first instant that can no longer be meant.
        until: DateTime<Utc>,
    },
}

/// Why a moment cannot be placed on the line of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MomentError {
    /// A local time in a document without `timezone`.
    Naive,
    /// The clocks were put forward over this time: it did not happen in this zone.
    Gap {
        /// The zone of the document.
        zone: Zone,
        /// The wall clock as it showed the same instant with the offset from before the change.
        instead: String,
    },
    /// The clocks were put back over this time: it happened twice in this zone.
    Overlap {
        /// The zone of the document.
        zone: Zone,
        /// The earlier of the two readings, with its offset.
        first: String,
        /// The later of the two readings, with its offset.
        second: String,
    },
}

impl Moment {
    /// The moment as commands write it: with its offset, seconds only where they are not zero.
    pub fn at(instant: DateTime<FixedOffset>) -> Self {
        let instant = instant
            .with_timezone(&whole_minutes(*instant.offset()))
            .with_nanos_dropped();
        Self {
            text: written(instant),
            form: Form::Exact(instant),
        }
    }

    /// A day whose hour is not known.
    pub fn day(day: NaiveDate) -> Self {
        Self {
            text: day.format("%Y-%m-%d").to_string(),
            form: Form::Day(day),
        }
    }

    /// The moment as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is a local time, whose meaning depends on the document's zone.
    pub fn is_local(&self) -> bool {
        matches!(self.form, Form::Local(_))
    }

    /// The day as written, where one is written.
    pub fn written_day(&self) -> Option<NaiveDate> {
        match self.form {
            Form::Exact(instant) => Some(instant.date_naive()),
            Form::Local(local) => Some(local.date()),
            Form::Day(day) => Some(day),
            Form::Month(_) => None,
        }
    }

    /// Places the moment on the line of time; a local time and a day are read in `zone`.
    pub fn resolve(&self, zone: Option<Zone>) -> Result<Resolved, MomentError> {
        match self.form {
            Form::Exact(instant) => Ok(Resolved::Instant(instant)),
            Form::Local(local) => {
                let zone = zone.ok_or(MomentError::Naive)?;
                resolve_local(local, zone).map(Resolved::Instant)
            }
            Form::Day(day) => Ok(within(day, day + Duration::days(1), zone)),
            Form::Month(first) => Ok(within(first, first + Months::new(1), zone)),
        }
    }
}

trait NanosDropped {
    fn with_nanos_dropped(self) -> Self;
}

impl NanosDropped for DateTime<FixedOffset> {
    fn with_nanos_dropped(self) -> Self {
        self - Duration::nanoseconds(i64::from(self.timestamp_subsec_nanos()))
    }
}

fn whole_minutes(offset: FixedOffset) -> FixedOffset {
    let seconds = offset.local_minus_utc();
    FixedOffset::east_opt(seconds - seconds % 60).unwrap_or_else(|| Utc.fix())
}

fn written(instant: DateTime<FixedOffset>) -> String {
    let seconds = if instant.timestamp() % 60 == 0 {
        ""
    } else {
        ":%S"
    };
    let zone = if instant.offset().local_minus_utc() == 0 {
        "Z"
    } else {
        "%:z"
    };
    instant
        .format(&format!("%Y-%m-%dT%H:%M{seconds}{zone}"))
        .to_string()
}

fn resolve_local(local: NaiveDateTime, zone: Zone) -> Result<DateTime<FixedOffset>, MomentError> {
    match zone.tz().from_local_datetime(&local) {
        LocalResult::Single(instant) => Ok(instant.fixed_offset()),
        LocalResult::Ambiguous(first, second) => Err(MomentError::Overlap {
            zone,
            first: written(first.fixed_offset()),
            second: written(second.fixed_offset()),
        }),
        LocalResult::None => {
            let before = zone.tz().from_utc_datetime(&(local - Duration::days(1)));
            let offset = before.offset().fix();
            let instead = offset
                .from_local_datetime(&local)
                .single()
                .map(|instant| written(instant.with_timezone(&zone.tz()).fixed_offset()))
                .unwrap_or_default();
            Err(MomentError::Gap { zone, instead })
        }
    }
}

fn within(first: NaiveDate, next: NaiveDate, zone: Option<Zone>) -> Resolved {
    let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN);
    let (from, until) = match zone {
        Some(zone) => {
            let start = |day: NaiveDate| {
                let local = midnight(day);
                zone.tz()
                    .from_local_datetime(&local)
                    .earliest()
                    .map_or_else(|| local.and_utc(), |instant| instant.to_utc())
            };
            (start(first), start(next))
        }
        None => (
            midnight(first).and_utc() - Duration::hours(14),
            midnight(next).and_utc() + Duration::hours(12),
        ),
    };
    Resolved::Within { from, until }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Display for MomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Naive => f.write_str("the time has no offset and the document no `timezone`"),
            Self::Gap { zone, .. } => write!(
                f,
                "this time did not happen in {zone}: the clocks were put forward over it"
            ),
            Self::Overlap { zone, .. } => write!(
                f,
                "this time happened twice in {zone}: the clocks were put back over it"
            ),
        }
    }
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = parse(text)?;
        Ok(Self {
            text: text.to_owned(),
            form,
        })
    }
}

const WANTED: &str =
    "write it as `2024-12-11T15:16-08:00`, or as `2024-12-11` where the hour is not known";

fn parse(text: &str) -> Result<Form, String> {
    if !text.is_ascii() {
        return Err(format!("`{text}` is not a time: {WANTED}"));
    }
    let date_digits: Vec<&str> = date_part(text).split('-').collect();
    let (year, month, day) = match date_digits[..] {
        [year, month] => (year, month, None),
        [year, month, day] => (year, month, Some(day)),
        _ => return Err(not_a_time(text)),
    };
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !year.is_empty() && year.len() > 4 && year.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!("`{year}` is not a year of four digits: {WANTED}"));
    }
    if !digits(year, 4) || !digits(month, 2) || !day.is_none_or(|day| digits(day, 2)) {
        return Err(not_a_time(text));
    }
    let date = calendar_day(year, month, day)?;
    let rest = &text[date_part(text).len()..];
    let Some(_) = day else {
        return if rest.is_empty() {
            Ok(Form::Month(date))
        } else {
            Err(not_a_time(text))
        };
    };
    if rest.is_empty() {
        return Ok(Form::Day(date));
    }
    let (time, zone) = clock_and_zone(&rest[1..]);
    let local = date.and_time(clock(time, text)?);
    match zone {
        "" => Ok(Form::Local(local)),
        zone => {
            let offset = offset(zone, text)?;
            let instant = offset.from_local_datetime(&local).single();
            instant.map(Form::Exact).ok_or_else(|| not_a_time(text))
        }
    }
}

fn date_part(text: &str) -> &str {
    text.split(['T', 't', ' ']).next().unwrap_or(text)
}

fn not_a_time(text: &str) -> String {
    let clock_only = text.split(':').count() >= 2 && !text.contains('-');
    if clock_only && text.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("`{text}` has no date: {WANTED}");
    }
    format!("`{text}` is not a time: {WANTED}")
}

fn calendar_day(year: &str, month: &str, day: Option<&str>) -> Result<NaiveDate, String> {
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    if !(1970..2200).contains(&number(year)) {
        return Err(format!("the year {year} is impossible here"));
    }
    if !(1..=12).contains(&number(month)) {
        return Err(format!("there is no month {month}"));
    }
    let year_number = i32::try_from(number(year)).unwrap_or(0);
    let day_number = day.map_or(1, number);
    NaiveDate::from_ymd_opt(year_number, number(month), day_number)
        .filter(|date| date.year() == year_number)
        .ok_or_else(|| format!("{year}-{month} has no day {day_number}"))
}

fn clock_and_zone(rest: &str) -> (&str, &str) {
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.'))
        .unwrap_or(rest.len());
    rest.split_at(end)
}

fn clock(time: &str, text: &str) -> Result<NaiveTime, String> {
    let (whole, fraction) = match time.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (time, None),
    };
    let parts: Vec<&str> = whole.split(':').collect();
    let two = |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(two) {
        return Err(format!(
            "`{text}` has no clock time of the form `15:16`: {WANTED}"
        ));
    }
    let number = |at: usize| {
        parts
            .get(at)
            .map_or(0, |part| part.parse::<u32>().unwrap_or(99))
    };
    let (hour, minute, second) = (number(0), number(1), number(2));
    let nanos = match fraction {
        None => 0,
        Some(f)
            if parts.len() == 3
                && (1..=9).contains(&f.len())
                && f.bytes().all(|b| b.is_ascii_digit()) =>
        {
            format!("{f:0<9}").parse().unwrap_or(0)
        }
        Some(_) => return Err(not_a_time(text)),
    };
    if hour > 23 {
        return Err(format!("there is no hour {hour}: a day is 00:00 to 23:59"));
    }
    if minute > 59 {
        return Err(format!("there is no minute {minute}"));
    }
    NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)
        .ok_or_else(|| format!("there is no second {second}"))
}

fn offset(zone: &str, text: &str) -> Result<FixedOffset, String> {
    if zone == "Z" || zone == "z" {
        return Ok(Utc.fix());
    }
    let name = zone.trim_start();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err(format!(
            "`{name}` is no offset, and such short names are ambiguous: write the offset, as in `2024-12-11T15:16-08:00`, or set `timezone:`"
        ));
    }
    let wanted = || format!("`{zone}` in `{text}` is not an offset such as `-08:00` or `Z`");
    let (sign, rest) = match zone.split_at_checked(1) {
        Some(("+", rest)) => (1, rest),
        Some(("-", rest)) => (-1, rest),
        _ => return Err(wanted()),
    };
    let (hours, minutes) = rest.split_once(':').ok_or_else(wanted)?;
    let two = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !two(hours) || !two(minutes) {
        return Err(wanted());
    }
    let hours: i32 = hours.parse().map_err(|_| wanted())?;
    let minutes: i32 = minutes.parse().map_err(|_| wanted())?;
    let seconds = sign * (hours * 3600 + minutes * 60);
    if minutes > 59 || !(-12 * 3600..=14 * 3600).contains(&seconds) {
        return Err(format!("no zone on Earth has the offset `{zone}`"));
    }
    FixedOffset::east_opt(seconds).ok_or_else(wanted)
}

text_type!(Moment, format: "moment",
    pattern: r"^[0-9]{4}-[0-9]{2}(-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?)?)?$",
    "A time: RFC 3339 with an offset, seconds optional (`2024-12-11T15:16-08:00`); without the offset where the document sets `timezone`; a day (`2024-12-11`) or a month (`2024-12`) where the hour is not known.");

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        text.parse().expect(text)
    }

    fn instant(text: &str, zone: &str) -> Result<String, MomentError> {
        let zone = (!zone.is_empty()).then(|| zone.parse().expect(zone));
        Ok(match moment(text).resolve(zone)? {
            Resolved::Instant(at) => at.to_utc().format("%F %T").to_string(),
            Resolved::Within { from, until } => {
                format!("{}..{}", from.format("%F %R"), until.format("%F %R"))
            }
        })
    }

    #[test]
    fn every_legal_form_is_read() {
        let pacific = "America/Los_Angeles";
        let read = |text, zone| instant(text, zone).expect(text);
        assert_eq!(read("2024-12-11T15:16-08:00", ""), "2024-12-11 23:16:00");
        assert_eq!(read("2024-12-11T23:16:05Z", ""), "2024-12-11 23:16:05");
        assert_eq!(read("2024-12-11 15:16", pacific), "2024-12-11 23:16:00");
        assert_eq!(
            read("2024-12-11", pacific),
            "2024-12-11 08:00..2024-12-12 08:00"
        );
        assert_eq!(read("2024-12", "UTC"), "2024-12-01 00:00..2025-01-01 00:00");
        assert_eq!(read("2024-12-11", ""), "2024-12-10 10:00..2024-12-12 12:00");
        assert_eq!(
            read("2023-06-07T10:00:00.123+05:30", ""),
            "2023-06-07 04:30:00"
        );
    }

    #[test]
    fn clock_changes_are_errors_with_both_ways_out() {
        let pacific = "America/Los_Angeles";
        let gap = instant("2024-03-10T02:30", pacific);
        assert!(
            matches!(gap, Err(MomentError::Gap { instead, .. }) if instead == "2024-03-10T03:30-07:00")
        );
        let overlap = instant("2024-11-03T01:30", pacific);
        assert!(
            matches!(overlap, Err(MomentError::Overlap { first, second, .. })
            if first == "2024-11-03T01:30-07:00" && second == "2024-11-03T01:30-08:00")
        );
        assert_eq!(instant("2024-12-11T15:16", ""), Err(MomentError::Naive));
    }

    #[test]
    fn impossible_times_say_what_is_wrong() {
        for (text, words) in [
            ("2024-13-01", "no month 13"),
            ("2024-02-30", "no day 30"),
            ("22025-03-18", "four digits"),
            ("1600", "is not a time"),
            ("15:16", "has no date"),
            ("2024-12-11T25:00Z", "no hour 25"),
            ("2024-12-11T15:61Z", "no minute 61"),
            ("2024-12-11T15:16:60Z", "no second 60"),
            ("2024-12-11T15:16 PST", "ambiguous"),
            ("2024-12-11T15:16+25:00", "no zone on Earth"),
            ("2024-12-11T15:16-8:00", "not an offset"),
            ("2024-12-11T1516", "no clock time"),
            ("0024-12-11", "impossible"),
            ("", "is not a time"),
            ("gestern", "is not a time"),
            ("２０２４-12-11", "is not a time"),
        ] {
            let error = text.parse::<Moment>().expect_err(text);
            assert!(error.contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn a_written_moment_reads_as_itself() {
        for text in [
            "2024-12-11T15:16-08:00",
            "2024-12-11T15:16:07Z",
            "2024-12-11",
        ] {
            let Ok(Resolved::Instant(at)) = moment(text).resolve(None) else {
                continue;
            };
            assert_eq!(Moment::at(at).as_str(), text);
        }
    }
}
