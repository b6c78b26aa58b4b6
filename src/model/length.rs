use std::fmt;
use std::str::FromStr;

use super::field::text_type;

/// A length of time with its units, kept as written: `30d`, `1h30m`, `0s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Length {
    text: String,
    seconds: i64,
}

const UNITS: [(char, i64); 5] = [
    ('w', 604_800),
    ('d', 86_400),
    ('h', 3_600),
    ('m', 60),
    ('s', 1),
];

impl Length {
    /// A length whose text and seconds are known to agree.
    pub(crate) fn of(text: &str, seconds: i64) -> Self {
        Self {
            text: text.to_owned(),
            seconds,
        }
    }

    /// The length in seconds.
    pub fn seconds(&self) -> i64 {
        self.seconds
    }

    /// The length as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || {
            format!(
                "`{text}` is not a length of time: write a number with w, d, h, m or s, such as `30d` or `1h30m`"
            )
        };
        let mut seconds: i64 = 0;
        let mut rest = text;
        let mut units = UNITS.iter();
        while !rest.is_empty() {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .ok_or_else(wanted)?;
            let count: i64 = rest[..end].parse().map_err(|_| wanted())?;
            let unit = rest[end..].chars().next().ok_or_else(wanted)?;
            let (_, factor) = units.find(|(name, _)| *name == unit).ok_or_else(wanted)?;
            seconds = count
                .checked_mul(*factor)
                .and_then(|part| seconds.checked_add(part))
                .filter(|sum| *sum <= 400 * 366 * 86_400)
                .ok_or_else(|| format!("`{text}` is longer than four hundred years"))?;
            rest = &rest[end + unit.len_utf8()..];
        }
        if text.is_empty() {
            return Err(wanted());
        }
        Ok(Self {
            text: text.to_owned(),
            seconds,
        })
    }
}

text_type!(Length, format: "length", pattern: r"^([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$",
    "A length of time with units from long to short (`w d h m s`), such as `30d` or `1h30m`.");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_units_from_long_to_short() {
        let seconds = |text: &str| text.parse::<Length>().map(|l| l.seconds());
        assert_eq!(seconds("30d"), Ok(2_592_000));
        assert_eq!(seconds("1h30m"), Ok(5_400));
        assert_eq!(seconds("0s"), Ok(0));
        for bad in [
            "",
            "5",
            "h",
            "30m1h",
            "1.5h",
            "1h 30m",
            "99999999999999w",
            "-5m",
        ] {
            assert!(seconds(bad).is_err(), "{bad}");
        }
    }
}
