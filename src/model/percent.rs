use std::fmt;
use std::str::FromStr;

use super::field::text_type;

/// A share of a whole, 0 to 100 with a percent sign, kept as written (`99.90%`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Percent(String);

impl Percent {
    /// The share as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The share of one: `50%` is 0.5.
    pub fn fraction(&self) -> f64 {
        self.0
            .trim_end_matches('%')
            .trim_end()
            .parse::<f64>()
            .unwrap_or(0.0)
            / 100.0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Percent {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || format!("`{text}` is not a percentage such as `99.9%`");
        let digits = text.strip_suffix('%').ok_or_else(wanted)?;
        let digits = digits.strip_suffix(' ').unwrap_or(digits);
        let shaped = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.ends_with(|c: char| c.is_ascii_digit())
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let value: f64 = match digits.parse() {
            Ok(value) if shaped && digits.len() <= 20 => value,
            _ => return Err(wanted()),
        };
        if value > 100.0 {
            return Err(format!(
                "`{text}` is more than the whole: a percentage is 0% to 100%"
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

text_type!(Percent, format: "percent", pattern: r"^[0-9]+(\.[0-9]+)? ?%$",
    "A share from `0%` to `100%`, with the percent sign.");
