use std::fmt;
use std::str::FromStr;

use super::field::text_type;

/// A document's identity, which is also its file's name: a date and a slug.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IncidentId(String);

impl IncidentId {
    /// Joins the day of an incident and the slug of its title.
    pub fn new(day: chrono::NaiveDate, slug: &str) -> Result<Self, String> {
        format!("{}-{slug}", day.format("%Y-%m-%d")).parse()
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The date in front.
    pub fn date(&self) -> Option<chrono::NaiveDate> {
        self.0.get(..10)?.parse().ok()
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for IncidentId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = "an id is a date and a slug of lower-case letters, digits and dashes, such as `2024-12-11-api-errors`";
        let (date, slug) = match (text.get(..10), text.get(10..)) {
            (Some(date), Some(rest)) => (date, rest.strip_prefix('-').unwrap_or("")),
            _ => return Err(wanted.to_owned()),
        };
        let well_formed = date.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
        let words = slug.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        if !well_formed || !words || text.len() > 120 {
            return Err(wanted.to_owned());
        }
        if date.parse::<chrono::NaiveDate>().is_err() {
            return Err(format!("`{date}` is not a day of the calendar"));
        }
        Ok(Self(text.to_owned()))
    }
}

text_type!(IncidentId, format: "incident-id",
    pattern: r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(-[a-z0-9]+)+$",
    "A date and a slug, such as `2024-12-11-api-errors`; also the file's name. It never changes.");

/// The short name by which a cause, an action, a link or a person is referred to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(String);

impl Key {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let first = text
            .bytes()
            .next()
            .is_some_and(|b| b.is_ascii_alphanumeric());
        let rest = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
        if first && rest && text.len() <= 64 {
            Ok(Self(text.to_owned()))
        } else {
            Err("a key is letters, digits, `.`, `_` and `-`, and begins with a letter or digit, such as `C1` or `jane`".to_owned())
        }
    }
}

text_type!(Key, format: "key", pattern: r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
    "A short name to refer to: letters, digits, `.`, `_`, `-`.");
