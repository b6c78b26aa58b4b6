use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset};
use chrono_tz::OffsetName;

use super::field::text_type;

/// A time zone by its IANA name, such as `America/Los_Angeles`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(chrono_tz::Tz::UTC);

    /// The zone's rules.
    pub fn tz(self) -> chrono_tz::Tz {
        self.0
    }

    /// What its time is called at an instant: `PST`, or an offset where it has no name.
    pub fn short_name(self, instant: DateTime<FixedOffset>) -> Option<String> {
        let offset = *instant.with_timezone(&self.0).offset();
        let name = offset.abbreviation()?;
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Zone {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(zone) = text.parse() {
            return Ok(Self(zone));
        }
        if let Some(city) = city_of(text) {
            return Err(format!(
                "`{text}` is not a time zone: such names do not say when the clocks change; write `{city}`"
            ));
        }
        let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
        let last = |name: &'static str| name.rsplit('/').next().unwrap_or(name);
        let by_city = names
            .clone()
            .find(|name| last(name).eq_ignore_ascii_case(text));
        let is_name = text.contains('/') || !text.contains(' ');
        let meant = by_city.or_else(|| crate::text::nearest(text, names).filter(|_| is_name));
        Err(match meant {
            Some(name) => format!("`{text}` is not a time zone; did you mean `{name}`?"),
            None => format!(
                "`{text}` is not a time zone: write its IANA name, such as `Europe/Berlin` or `UTC`"
            ),
        })
    }
}

/// The usual city behind a name that people use for a zone and that IANA does not.
fn city_of(text: &str) -> Option<&'static str> {
    Some(match text.to_ascii_lowercase().trim_end_matches(" time") {
        "pst" | "pdt" | "pt" | "pacific" => "America/Los_Angeles",
        "mdt" | "mt" | "mountain" => "America/Denver",
        "cst" | "cdt" | "ct" | "central" => "America/Chicago",
        "edt" | "et" | "eastern" => "America/New_York",
        "bst" | "uk" => "Europe/London",
        "cest" => "Europe/Berlin",
        "ist" | "india" => "Asia/Kolkata",
        "jst" => "Asia/Tokyo",
        "aest" | "aedt" => "Australia/Sydney",
        _ => return None,
    })
}

text_type!(Zone, format: "time-zone", pattern: r"^[A-Za-z][A-Za-z0-9_+/-]*$",
    "An IANA time zone, such as `America/Los_Angeles` or `UTC`.");

/// A day of the calendar, `2024-12-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub chrono::NaiveDate);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.format("%Y-%m-%d").to_string())
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(at, b)| match at {
                4 | 7 => b == b'-',
                _ => b.is_ascii_digit(),
            });
        if !shaped {
            return Err(format!("`{text}` is not a day: write it as `2024-12-11`"));
        }
        match text.parse() {
            Ok(day) => Ok(Self(day)),
            Err(_) => Err(format!("`{text}` is not a day of the calendar")),
        }
    }
}

text_type!(Day, format: "day", pattern: r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "A day, such as `2024-12-11`.");
