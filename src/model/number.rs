use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// The name under which a reader may hand over a number as it is written; see [`Number`].
pub const AS_WRITTEN: &str = "$number-as-written";

/// A decimal number, kept as people wrote it: `1.10` stays `1.10`.
///
/// Two numbers are equal when their values are: other YAML readers do not keep the spelling.
#[derive(Debug, Clone)]
pub struct Number(String);

impl Number {
    /// The number as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest floating-point value, always finite.
    pub fn value(&self) -> f64 {
        self.0.parse().unwrap_or(0.0)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Number {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || format!("`{text}` is not a decimal number such as `12` or `1.2`");
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
            Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
            None => (unsigned, None),
        };
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let plain = digits(whole) && (whole == "0" || !whole.starts_with('0'));
        let ok = plain
            && fraction.is_none_or(digits)
            && exponent.is_none_or(|e| {
                digits(e.trim_start_matches(['+', '-'])) && !e[1..].contains(['+', '-'])
            });
        let finite = text.parse::<f64>().is_ok_and(f64::is_finite);
        if ok && finite && text.len() <= 40 {
            Ok(Self(text.to_owned()))
        } else {
            Err(wanted())
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(AS_WRITTEN, &self.0)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(AS_WRITTEN, AsWritten)
    }
}

/// Takes the digits from a reader that keeps them, and a value from one that does not.
struct AsWritten;

impl<'de> Visitor<'de> for AsWritten {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_str<E: Error>(self, digits: &str) -> Result<Number, E> {
        digits.parse().map_err(E::custom)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Number, D::Error> {
        inner.deserialize_any(ByValue)
    }
}

pub(super) struct ByValue;

impl Visitor<'_> for ByValue {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Number, E> {
        Ok(Number(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Number, E> {
        Ok(Number(value.to_string()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Number, E> {
        Ok(Number(value.to_string()))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Number, E> {
        Ok(Number(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Number, E> {
        if value.is_finite() {
            Ok(Number(value.to_string()))
        } else {
            Err(E::custom("the number is not finite"))
        }
    }
}

impl schemars::JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number", "description": "A decimal number, kept as it is written." })
    }
}
