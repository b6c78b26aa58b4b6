use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::Number;
use super::number::{AS_WRITTEN, ByValue};

/// A value of an organisation's own field: whatever YAML can say in plain words.
#[derive(Debug, Clone, PartialEq)]
pub enum Free {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, kept as written.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Free>),
    /// A map.
    Map(BTreeMap<String, Free>),
}

impl Serialize for Free {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => serializer.collect_seq(list),
            Self::Map(map) => serializer.collect_map(map),
        }
    }
}

impl<'de> Deserialize<'de> for Free {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(AS_WRITTEN, Written)
    }
}

struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = Free;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E: Error>(self, digits: &str) -> Result<Free, E> {
        digits.parse().map(Free::Number).map_err(E::custom)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Free, D::Error> {
        inner.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Free;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Free, E> {
        Ok(Free::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Free, E> {
        Ok(Free::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Free, E> {
        Ok(Free::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Free, E> {
        ByValue.visit_i64(value).map(Free::Number)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Free, E> {
        ByValue.visit_u64(value).map(Free::Number)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Free, E> {
        ByValue.visit_i128(value).map(Free::Number)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Free, E> {
        ByValue.visit_u128(value).map(Free::Number)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Free, E> {
        ByValue.visit_f64(value).map(Free::Number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Free, E> {
        Ok(Free::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Free, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Free::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Free, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some((key, value)) = map.next_entry()? {
            entries.insert(key, value);
        }
        Ok(Free::Map(entries))
    }
}

impl schemars::JsonSchema for Free {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Free".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "description": "Any value." })
    }
}
