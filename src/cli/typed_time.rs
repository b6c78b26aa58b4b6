use std::fmt;

use chrono::{
    DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc,
};

use crate::model::{Day, Moment, Zone};

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

struct Reader<'a> {
    typed: &'a str,
    now: DateTime<Utc>,
    zone: Zone,
}

/// What stands behind a clock time: nothing, an offset, or the zone's own abbreviation.
enum Suffix<'a> {
    None,
    Offset(FixedOffset),
    Name(&'a str),
}

/// The instants at which clocks showed a local time.
enum Reading {
    One(DateTime<FixedOffset>),
    /// The clocks were put back: twice, the earlier one first.
    Two(DateTime<FixedOffset>, DateTime<FixedOffset>),
    /// The clocks were put forward: never. Read with the offset from before and from after the
    /// change, the earlier instant first.
    Never(DateTime<FixedOffset>, DateTime<FixedOffset>),
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
        if typed.starts_with('+') || typed.starts_with("in ") || typed.starts_with("tomorrow") {
            return Err(self.in_the_future());
        }
        if typed.bytes().all(|b| b.is_ascii_digit()) {
            return Err(self.bare_number());
        }
        if let Some(ago) = self.length(&typed)? {
            return self.ago(ago);
        }
        if starts_with_date(&typed) {
            return self.date_and_clock();
        }
        let today = self.today();
        for (word, day) in [("today", Some(today)), ("yesterday", today.pred_opt())] {
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
    fn length(&self, typed: &str) -> Result<Option<Duration>, TypedTimeError> {
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
            let unit = match &rest[digits..unit_end] {
                "s" | "sec" | "secs" | "second" | "seconds" => 1,
                "m" | "min" | "mins" | "minute" | "minutes" => 60,
                "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
                "d" | "day" | "days" => 86_400,
                "w" | "week" | "weeks" => 604_800,
                _ => return Ok(None),
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
        // Nobody who says "20 min" means a second of the minute.
        if last_unit >= 60 {
            seconds += self.now.timestamp() % 60;
        }
        Ok(Some(Duration::seconds(seconds)))
    }

    fn ago(&self, length: Duration) -> Result<TypedTime, TypedTimeError> {
        match self.now.checked_sub_signed(length) {
            Some(instant) => self.instant(self.in_zone(instant)),
            None => Err(self.error(format!("`{}` is too long ago", self.typed), FORMS)),
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
        if days < 0 {
            return Err(self.in_the_future());
        }
        let distance = match days {
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

    /// A clock time without a day: today's, or yesterday's where today's is still to come.
    fn nearest_past(
        &self,
        time: NaiveTime,
        suffix: &Suffix<'_>,
    ) -> Result<TypedTime, TypedTimeError> {
        let today = match suffix {
            Suffix::Offset(offset) => self.now.with_timezone(offset).date_naive(),
            _ => self.today(),
        };
        match self.readings(today.and_time(time), suffix)? {
            Reading::One(instant) if instant <= self.now => self.instant(instant),
            Reading::Two(first, second) if first <= self.now && second > self.now => {
                self.instant(first)
            }
            reading @ (Reading::Two(first, _) | Reading::Never(first, _)) if first <= self.now => {
                self.only(reading)
            }
            _ => {
                let yesterday = today.pred_opt().ok_or_else(|| self.in_the_future())?;
                let reading = self.readings(yesterday.and_time(time), suffix)?;
                self.only(reading)
            }
        }
    }

    fn only(&self, reading: Reading) -> Result<TypedTime, TypedTimeError> {
        let full = |at: DateTime<FixedOffset>| Moment::at(at).as_str().to_owned();
        match reading {
            Reading::One(instant) => self.instant(instant),
            Reading::Two(first, _) if first > self.now => Err(self.in_the_future()),
            Reading::Two(first, second) => Err(self.error(
                format!(
                    "`{}` happened twice in {}: the clocks were put back over it",
                    self.typed, self.zone
                ),
                format!("type `{}` or `{}`", full(first), full(second)),
            )),
            Reading::Never(first, second) => Err(self.error(
                format!(
                    "`{}` did not happen in {}: the clocks were put forward over it",
                    self.typed, self.zone
                ),
                format!("type `{}` or `{}`", full(first), full(second)),
            )),
        }
    }

    fn readings(
        &self,
        local: NaiveDateTime,
        suffix: &Suffix<'_>,
    ) -> Result<Reading, TypedTimeError> {
        use chrono::LocalResult;
        let impossible = || self.error(format!("`{}` is not a time", self.typed), FORMS);
        let tz = self.zone.tz();
        let readings = match suffix {
            Suffix::Offset(offset) => {
                let instant = offset.from_local_datetime(&local).single();
                return instant.map(Reading::One).ok_or_else(impossible);
            }
            Suffix::None | Suffix::Name(_) => tz.from_local_datetime(&local),
        };
        if let Suffix::Name(name) = suffix {
            let named = [readings.earliest(), readings.latest()];
            let named = named.into_iter().flatten();
            let mut named = named.filter(|at| at.format("%Z").to_string() == *name);
            return match named.next() {
                Some(instant) => Ok(Reading::One(self.in_zone(instant.to_utc()))),
                None => Err(self.unknown_zone(name, local)),
            };
        }
        match readings {
            LocalResult::Single(instant) => Ok(Reading::One(instant.fixed_offset())),
            LocalResult::Ambiguous(first, second) => {
                Ok(Reading::Two(first.fixed_offset(), second.fixed_offset()))
            }
            LocalResult::None => {
                let offset_at = |utc: NaiveDateTime| tz.from_utc_datetime(&utc).offset().fix();
                let before = offset_at(local - Duration::days(1));
                let after = offset_at(local + Duration::days(1));
                let read = |offset: FixedOffset| {
                    let instant = offset.from_local_datetime(&local).single()?;
                    Some(self.in_zone(instant.to_utc()))
                };
                match (read(after), read(before)) {
                    (Some(first), Some(second)) => Ok(Reading::Never(first, second)),
                    _ => Err(impossible()),
                }
            }
        }
    }

    /// `14:32`, `14:32:10`, `2:32pm`, each with `Z`, `UTC`, an offset or the zone's abbreviation.
    fn clock<'t>(&self, text: &'t str) -> Result<(NaiveTime, Suffix<'t>), TypedTimeError> {
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
        Ok((time, self.suffix(suffix)?))
    }

    fn suffix<'t>(&self, text: &'t str) -> Result<Suffix<'t>, TypedTimeError> {
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
            Ok(crate::model::Resolved::Instant(instant)) => Ok(Suffix::Offset(*instant.offset())),
            _ => Err(not_a_time()),
        }
    }

    fn instant(&self, instant: DateTime<FixedOffset>) -> Result<TypedTime, TypedTimeError> {
        if instant > self.now {
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
        let distance = distance(self.now - instant.to_utc());
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

    fn error(&self, message: impl Into<String>, help: impl Into<String>) -> TypedTimeError {
        TypedTimeError {
            message: message.into(),
            help: help.into(),
        }
    }

    fn in_the_future(&self) -> TypedTimeError {
        let now = self.now.with_timezone(&self.zone.tz());
        self.error(
            format!("`{}` is in the future", self.typed),
            format!("it is {} now; {FORMS}", now.format("%Y-%m-%d %H:%M %Z")),
        )
    }

    fn bare_number(&self) -> TypedTimeError {
        let digits = self.typed;
        let meant = match digits.len() {
            3 | 4 => {
                let (hour, minute) = digits.split_at(digits.len() - 2);
                let clock = format!("{hour:0>2}:{minute}");
                match NaiveTime::parse_from_str(&clock, "%H:%M") {
                    Ok(_) => format!("did you mean `{clock}`?"),
                    Err(_) => FORMS.to_owned(),
                }
            }
            1 | 2 => match digits.parse::<u32>() {
                Ok(hour @ 0..24) => format!("did you mean `{digits}m` or `{hour:02}:00`?"),
                _ => format!("did you mean `{digits}m`?"),
            },
            8 => {
                let date = format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]);
                match date.parse::<Day>() {
                    Ok(_) => format!("did you mean `{date}`?"),
                    Err(_) => FORMS.to_owned(),
                }
            }
            _ => FORMS.to_owned(),
        };
        self.error(
            format!("`{digits}` could be a clock time or a number of minutes"),
            meant,
        )
    }

    fn not_a_clock(&self, hour: &str, minute: &str) -> TypedTimeError {
        let clock = format!("{hour:0>2}:{minute}");
        let help = match NaiveTime::parse_from_str(&clock, "%H:%M") {
            Ok(_) if minute.len() == 2 => format!("did you mean `{clock}`?"),
            _ => FORMS.to_owned(),
        };
        self.error(format!("`{}` is not a time", self.typed), help)
    }

    fn unknown_zone(&self, name: &str, local: NaiveDateTime) -> TypedTimeError {
        self.error(
            format!(
                "`{name}` in `{}` is not what clocks in {} say then, and such short names are ambiguous",
                self.typed, self.zone
            ),
            format!(
                "write the offset, as in `{}-08:00`",
                local.format("%Y-%m-%dT%H:%M")
            ),
        )
    }
}

fn starts_with_date(typed: &str) -> bool {
    let bytes = typed.as_bytes();
    bytes.len() >= 5 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-'
}

/// How long ago something was, in words: `just now`, `40 s ago`, `14 min ago`, `1 h 5 min ago`.
fn distance(ago: Duration) -> String {
    let (minutes, hours, days) = (ago.num_minutes(), ago.num_hours(), ago.num_days());
    match ago.num_seconds() {
        ..5 => "just now".to_owned(),
        seconds @ ..60 => format!("{seconds} s ago"),
        ..3_600 => format!("{minutes} min ago"),
        ..86_400 if minutes % 60 == 0 => format!("{hours} h ago"),
        ..86_400 => format!("{hours} h {} min ago", minutes % 60),
        ..172_800 if hours % 24 == 0 => "1 day ago".to_owned(),
        ..172_800 => format!("1 day {} h ago", hours % 24),
        _ => format!("{days} days ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LA: &str = "America/Los_Angeles";
    const BERLIN: &str = "Europe/Berlin";

    /// What was typed, when (RFC 3339), where; the moment written, and what is said of it.
    #[rustfmt::skip]
    const UNDERSTOOD: &[(&str, &str, &str, &str, &str)] = &[
        // Lengths of time are always ago.
        ("20m", NIGHT, LA, "2024-12-11T15:07-08:00", "2024-12-11 15:07 PST, 20 min ago"),
        ("-5m", NIGHT, LA, "2024-12-11T15:22-08:00", "2024-12-11 15:22 PST, 5 min ago"),
        ("5m ago", NIGHT, LA, "2024-12-11T15:22-08:00", "2024-12-11 15:22 PST, 5 min ago"),
        ("−5m", NIGHT, LA, "2024-12-11T15:22-08:00", "2024-12-11 15:22 PST, 5 min ago"),
        ("20 min", NIGHT, LA, "2024-12-11T15:07-08:00", "2024-12-11 15:07 PST, 20 min ago"),
        ("20 minutes ago", NIGHT, LA, "2024-12-11T15:07-08:00", "2024-12-11 15:07 PST, 20 min ago"),
        ("20M", NIGHT, LA, "2024-12-11T15:07-08:00", "2024-12-11 15:07 PST, 20 min ago"),
        ("1h30m", NIGHT, LA, "2024-12-11T13:57-08:00", "2024-12-11 13:57 PST, 1 h 30 min ago"),
        ("1h 30m ago", NIGHT, LA, "2024-12-11T13:57-08:00", "2024-12-11 13:57 PST, 1 h 30 min ago"),
        ("2 hours", NIGHT, LA, "2024-12-11T13:27-08:00", "2024-12-11 13:27 PST, 2 h ago"),
        ("90s", NIGHT, LA, "2024-12-11T15:25:34-08:00", "2024-12-11 15:25:34 PST, 1 min ago"),
        ("30 sec ago", NIGHT, LA, "2024-12-11T15:26:34-08:00", "2024-12-11 15:26:34 PST, 30 s ago"),
        ("1m10s", NIGHT, LA, "2024-12-11T15:25:54-08:00", "2024-12-11 15:25:54 PST, 1 min ago"),
        ("0m", NIGHT, LA, "2024-12-11T15:27-08:00", "2024-12-11 15:27 PST, just now"),
        ("now", NIGHT, LA, "2024-12-11T15:27:04-08:00", "2024-12-11 15:27:04 PST, just now"),
        ("1d", NIGHT, LA, "2024-12-10T15:27-08:00", "2024-12-10 15:27 PST, 1 day ago"),
        ("26h", NIGHT, LA, "2024-12-10T13:27-08:00", "2024-12-10 13:27 PST, 1 day 2 h ago"),
        ("3d", NIGHT, LA, "2024-12-08T15:27-08:00", "2024-12-08 15:27 PST, 3 days ago"),
        ("2w", NIGHT, LA, "2024-11-27T15:27-08:00", "2024-11-27 15:27 PST, 14 days ago"),
        ("  20m ", NIGHT, LA, "2024-12-11T15:07-08:00", "2024-12-11 15:07 PST, 20 min ago"),
        // Clock times are the nearest past ones.
        ("14:32", NIGHT, LA, "2024-12-11T14:32-08:00", "2024-12-11 14:32 PST, 55 min ago"),
        ("at 14:32", NIGHT, LA, "2024-12-11T14:32-08:00", "2024-12-11 14:32 PST, 55 min ago"),
        ("15:27", NIGHT, LA, "2024-12-11T15:27-08:00", "2024-12-11 15:27 PST, just now"),
        ("15:28", NIGHT, LA, "2024-12-10T15:28-08:00", "2024-12-10 15:28 PST, 23 h 59 min ago"),
        ("9:05", NIGHT, LA, "2024-12-11T09:05-08:00", "2024-12-11 09:05 PST, 6 h 22 min ago"),
        ("14:32:10", NIGHT, LA, "2024-12-11T14:32:10-08:00", "2024-12-11 14:32:10 PST, 54 min ago"),
        ("00:00", NIGHT, LA, "2024-12-11T00:00-08:00", "2024-12-11 00:00 PST, 15 h 27 min ago"),
        ("2:32pm", NIGHT, LA, "2024-12-11T14:32-08:00", "2024-12-11 14:32 PST, 55 min ago"),
        ("2pm", NIGHT, LA, "2024-12-11T14:00-08:00", "2024-12-11 14:00 PST, 1 h 27 min ago"),
        ("12am", NIGHT, LA, "2024-12-11T00:00-08:00", "2024-12-11 00:00 PST, 15 h 27 min ago"),
        ("12:05 PM", NIGHT, LA, "2024-12-11T12:05-08:00", "2024-12-11 12:05 PST, 3 h 22 min ago"),
        ("14:32 PST", NIGHT, LA, "2024-12-11T14:32-08:00", "2024-12-11 14:32 PST, 55 min ago"),
        // In another zone the day is that zone's.
        ("23:10Z", NIGHT, LA, "2024-12-11T23:10Z", "2024-12-11 15:10 PST, 17 min ago"),
        ("23:10:30Z", NIGHT, LA, "2024-12-11T23:10:30Z", "2024-12-11 15:10:30 PST, 16 min ago"),
        ("23:10 UTC", NIGHT, LA, "2024-12-11T23:10Z", "2024-12-11 15:10 PST, 17 min ago"),
        ("23:40 UTC", NIGHT, LA, "2024-12-10T23:40Z", "2024-12-10 15:40 PST, 23 h 47 min ago"),
        ("00:10+01:00", NIGHT, LA, "2024-12-12T00:10+01:00", "2024-12-11 15:10 PST, 17 min ago"),
        // Midnight and year ends.
        ("23:50", "2024-12-12T00:10:00-08:00", LA, "2024-12-11T23:50-08:00", "2024-12-11 23:50 PST, 20 min ago"),
        ("20m", "2024-12-12T00:10:00-08:00", LA, "2024-12-11T23:50-08:00", "2024-12-11 23:50 PST, 20 min ago"),
        ("00:00", "2024-12-12T00:00:00-08:00", LA, "2024-12-12T00:00-08:00", "2024-12-12 00:00 PST, just now"),
        ("yesterday 23:50", "2024-12-12T00:10:00-08:00", LA, "2024-12-11T23:50-08:00", "2024-12-11 23:50 PST, 20 min ago"),
        ("23:58", "2025-01-01T00:03:00+01:00", BERLIN, "2024-12-31T23:58+01:00", "2024-12-31 23:58 CET, 5 min ago"),
        ("5m", "2025-01-01T00:03:00+01:00", BERLIN, "2024-12-31T23:58+01:00", "2024-12-31 23:58 CET, 5 min ago"),
        ("yesterday", "2025-01-01T00:03:00+01:00", BERLIN, "2024-12-31", "2024-12-31, yesterday, hour not known"),
        ("yesterday 12:00", "2024-03-01T12:00:00Z", "UTC", "2024-02-29T12:00Z", "2024-02-29 12:00 UTC, 1 day ago"),
        ("today 09:00", NIGHT, LA, "2024-12-11T09:00-08:00", "2024-12-11 09:00 PST, 6 h 27 min ago"),
        ("Today at 9am", NIGHT, LA, "2024-12-11T09:00-08:00", "2024-12-11 09:00 PST, 6 h 27 min ago"),
        ("today", NIGHT, LA, "2024-12-11", "2024-12-11, today, hour not known"),
        ("yesterday, 23:50", NIGHT, LA, "2024-12-10T23:50-08:00", "2024-12-10 23:50 PST, 15 h 37 min ago"),
        // Dates.
        ("2024-12-11", NIGHT, LA, "2024-12-11", "2024-12-11, today, hour not known"),
        ("2024-11-01", NIGHT, LA, "2024-11-01", "2024-11-01, 40 days ago, hour not known"),
        ("2024-12-11 15:16", NIGHT, LA, "2024-12-11T15:16-08:00", "2024-12-11 15:16 PST, 11 min ago"),
        ("2024-12-11T15:16", NIGHT, LA, "2024-12-11T15:16-08:00", "2024-12-11 15:16 PST, 11 min ago"),
        ("2024-12-11 15:16:30", NIGHT, LA, "2024-12-11T15:16:30-08:00", "2024-12-11 15:16:30 PST, 10 min ago"),
        ("2024-12-11t15:16z", "2024-12-11T23:27:04Z", "UTC", "2024-12-11T15:16Z", "2024-12-11 15:16 UTC, 8 h 11 min ago"),
        ("2024-12-11T15:16:00-08:00", NIGHT, LA, "2024-12-11T15:16-08:00", "2024-12-11 15:16 PST, 11 min ago"),
        ("2024-12-11T23:16:00.250Z", NIGHT, LA, "2024-12-11T23:16Z", "2024-12-11 15:16 PST, 11 min ago"),
        ("2024-12-11 23:16 UTC", NIGHT, LA, "2024-12-11T23:16Z", "2024-12-11 15:16 PST, 11 min ago"),
        ("2024-07-01 08:00", NIGHT, LA, "2024-07-01T08:00-07:00", "2024-07-01 08:00 PDT, 163 days ago"),
        // Around clock changes: 2024-11-03 02:00 PDT is 01:00 PST; 2024-03-10 02:00 PST is 03:00 PDT.
        ("01:30", "2024-11-03T01:40:00-07:00", LA, "2024-11-03T01:30-07:00", "2024-11-03 01:30 PDT, 10 min ago"),
        ("01:30 PDT", "2024-11-03T01:40:00-08:00", LA, "2024-11-03T01:30-07:00", "2024-11-03 01:30 PDT, 1 h 10 min ago"),
        ("01:30 PST", "2024-11-03T01:40:00-08:00", LA, "2024-11-03T01:30-08:00", "2024-11-03 01:30 PST, 10 min ago"),
        ("01:45", "2024-11-03T01:40:00-07:00", LA, "2024-11-02T01:45-07:00", "2024-11-02 01:45 PDT, 23 h 55 min ago"),
        ("90m", "2024-11-03T01:40:00-08:00", LA, "2024-11-03T01:10-07:00", "2024-11-03 01:10 PDT, 1 h 30 min ago"),
        ("90m", "2024-03-10T03:20:00-07:00", LA, "2024-03-10T00:50-08:00", "2024-03-10 00:50 PST, 1 h 30 min ago"),
        ("02:30", "2024-03-10T00:30:00-08:00", LA, "2024-03-09T02:30-08:00", "2024-03-09 02:30 PST, 22 h ago"),
        ("03:10", "2024-03-10T03:20:00-07:00", LA, "2024-03-10T03:10-07:00", "2024-03-10 03:10 PDT, 10 min ago"),
        ("1d", "2024-03-10T12:00:00-07:00", LA, "2024-03-09T11:00-08:00", "2024-03-09 11:00 PST, 1 day ago"),
        ("02:30 UTC", "2024-03-31T03:10:00+02:00", BERLIN, "2024-03-30T02:30Z", "2024-03-30 03:30 CET, 22 h 40 min ago"),
        // A zone with half an hour, and one across the date line.
        ("10:00", "2024-12-11T10:30:00+05:30", "Asia/Kolkata", "2024-12-11T10:00+05:30", "2024-12-11 10:00 IST, 30 min ago"),
        ("08:00", "2024-12-12T09:00:00+14:00", "Pacific/Kiritimati", "2024-12-12T08:00+14:00", "2024-12-12 08:00 +14, 1 h ago"),
    ];

    /// What was typed, when, where; words of the message, words of the help.
    #[rustfmt::skip]
    const REFUSED: &[(&str, &str, &str, &str, &str)] = &[
        ("", NIGHT, LA, "no time", "20m"),
        ("   ", NIGHT, LA, "no time", "20m"),
        ("1432", NIGHT, LA, "`1432`", "did you mean `14:32`?"),
        ("932", NIGHT, LA, "`932`", "did you mean `09:32`?"),
        ("20", NIGHT, LA, "`20`", "did you mean `20m` or `20:00`?"),
        ("5", NIGHT, LA, "`5`", "did you mean `5m` or `05:00`?"),
        ("45", NIGHT, LA, "`45`", "did you mean `45m`?"),
        ("2561", NIGHT, LA, "`2561`", "type `20m`"),
        ("20241211", NIGHT, LA, "`20241211`", "did you mean `2024-12-11`?"),
        ("1733930160", NIGHT, LA, "`1733930160`", "2024-12-11 15:16"),
        ("14.32", NIGHT, LA, "`14.32`", "did you mean `14:32`?"),
        ("14h32", NIGHT, LA, "`14h32`", "did you mean `14:32`?"),
        ("24:00", NIGHT, LA, "no hour 24", "23:59"),
        ("14:60", NIGHT, LA, "no minute 60", "23:59"),
        ("14:30:61", NIGHT, LA, "no second 61", "23:59"),
        ("14:3", NIGHT, LA, "not a time", "14:32"),
        ("13pm", NIGHT, LA, "not a time", "1 to 12"),
        ("0am", NIGHT, LA, "not a time", "1 to 12"),
        ("tomorrow", NIGHT, LA, "in the future", "2024-12-11 15:27 PST now"),
        ("tomorrow 09:00", NIGHT, LA, "in the future", "now"),
        ("in 5m", NIGHT, LA, "in the future", "now"),
        ("+5m", NIGHT, LA, "in the future", "now"),
        ("2024-12-12", NIGHT, LA, "in the future", "now"),
        ("2024-12-11 15:28", NIGHT, LA, "in the future", "now"),
        ("today 23:00", NIGHT, LA, "in the future", "now"),
        ("2024-12-11T23:28Z", NIGHT, LA, "in the future", "now"),
        ("2024-02-30", NIGHT, LA, "not a day", "2024-12-11"),
        ("2024-13-01", NIGHT, LA, "not a day", "2024-12-11"),
        ("2024-12", NIGHT, LA, "not a day", "2024-12-11"),
        ("2024-1-2 10:00", NIGHT, LA, "not a day", "2024-12-11"),
        ("1969-12-31 10:00", NIGHT, LA, "1969", "2024-12-11"),
        ("11.12.2024", NIGHT, LA, "not a time", "2024-12-11"),
        ("12/11/2024", NIGHT, LA, "not a time", "2024-12-11"),
        ("monday 10:00", NIGHT, LA, "not a time", "yesterday 23:50"),
        ("todayish", NIGHT, LA, "not a time", "20m"),
        ("20x", NIGHT, LA, "not a time", "20m"),
        ("30m1h", NIGHT, LA, "not a time", "20m"),
        ("1.5h", NIGHT, LA, "not a time", "20m"),
        ("99999999999999999999m", NIGHT, LA, "too long ago", "20m"),
        ("9223372036854775807s", NIGHT, LA, "too long ago", "20m"),
        ("4000w", NIGHT, LA, "too long ago", "20m"),
        ("14:32 CET", NIGHT, LA, "`CET`", "2024-12-11T14:32-08:00"),
        ("14:32 PDT", NIGHT, LA, "`PDT`", "offset"),
        ("14:32+0100", NIGHT, LA, "`+0100`", "`+08:00`"),
        ("14:32+25:00", NIGHT, LA, "offset", "`+08:00`"),
        ("14:32 or so", NIGHT, LA, "not a time", "20m"),
        ("gestern", NIGHT, LA, "`gestern`", "20m"),
        ("障害", NIGHT, LA, "`障害`", "20m"),
        ("2024-障害", NIGHT, LA, "not a day", "2024-12-11"),
        ("14:3é", NIGHT, LA, "not a time", "20m"),
        ("1é", NIGHT, LA, "not a time", "20m"),
        // Clock changes name both readings.
        ("01:30", "2024-11-03T01:40:00-08:00", LA, "happened twice", "`2024-11-03T01:30-07:00` or `2024-11-03T01:30-08:00`"),
        ("2024-11-03 01:30", NIGHT, LA, "happened twice", "`2024-11-03T01:30-07:00` or `2024-11-03T01:30-08:00`"),
        ("02:30", "2024-03-10T03:40:00-07:00", LA, "did not happen", "`2024-03-10T01:30-08:00` or `2024-03-10T03:30-07:00`"),
        ("2024-03-31 02:30", NIGHT, BERLIN, "did not happen", "`2024-03-31T01:30+01:00` or `2024-03-31T03:30+02:00`"),
        ("yesterday 02:30", "2024-10-28T09:00:00+01:00", BERLIN, "happened twice", "`2024-10-27T02:30+02:00` or `2024-10-27T02:30+01:00`"),
        ("02:30", "2024-10-28T01:00:00+01:00", BERLIN, "happened twice", "`2024-10-27T02:30+02:00`"),
        // A whole day was skipped here.
        ("2011-12-30 10:00", NIGHT, "Pacific/Apia", "did not happen", "2011-12-"),
    ];

    const NIGHT: &str = "2024-12-11T15:27:04-08:00";

    fn typed(text: &str, now: &str, zone: &str) -> Result<TypedTime, TypedTimeError> {
        let now = DateTime::parse_from_rfc3339(now).expect(now).to_utc();
        TypedTime::parse(text, now, zone.parse().expect(zone))
    }

    #[test]
    fn what_people_type_is_understood() {
        for (text, now, zone, moment, said) in UNDERSTOOD {
            let time = typed(text, now, zone).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(
                (time.moment().as_str(), time.to_string().as_str()),
                (*moment, *said),
                "`{text}` at {now} in {zone}"
            );
        }
    }

    #[test]
    fn what_could_mean_two_things_is_refused_with_both() {
        for (text, now, zone, message, help) in REFUSED {
            let error = match typed(text, now, zone) {
                Err(error) => error,
                Ok(time) => panic!("`{text}` at {now} in {zone} is {time}"),
            };
            assert!(error.message.contains(message), "{text}: {}", error.message);
            assert!(error.help.contains(help), "{text}: {}", error.help);
        }
    }

    #[test]
    fn the_tables_are_long_enough_to_mean_something() {
        assert!(UNDERSTOOD.len() + REFUSED.len() >= 120);
    }

    #[test]
    fn whatever_is_typed_nothing_breaks_and_nothing_lies_ahead() {
        let now = DateTime::parse_from_rfc3339(NIGHT).expect("now").to_utc();
        let letters: Vec<char> = "0159:-+.TZ mhdpa éago".chars().collect();
        let mut seed: u64 = 7;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..(seed >> 7) % 12 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push(letters[(seed >> 33) as usize % letters.len()]);
            }
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(3);
            let zone = LA.parse().expect(LA);
            if let Ok(time) = TypedTime::parse(&text, now, zone) {
                match time.moment().resolve(Some(zone)).expect("has a place") {
                    crate::model::Resolved::Instant(at) => assert!(at <= now, "{text}"),
                    crate::model::Resolved::Within { from, .. } => assert!(from <= now, "{text}"),
                }
            }
        }
    }
}
