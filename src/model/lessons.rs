use std::fmt;

use schemars::JsonSchema;
use serde::de::{Deserializer, Error, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::field::{is_default, or_default};

/// A sentence in a list: a text alone, or `{what: …, internal: true}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextItem {
    /// The sentence.
    pub what: String,
    /// Output, an excerpt, anything longer than a line.
    pub detail: Option<String>,
    /// Whether it is kept out of everything public.
    pub internal: bool,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Full {
    /// The sentence.
    what: String,
    /// Output, an excerpt, anything longer than a line.
    #[serde(default, skip_serializing_if = "is_default")]
    detail: Option<String>,
    /// Whether it is kept out of everything public.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    internal: bool,
}

impl From<&str> for TextItem {
    fn from(what: &str) -> Self {
        Self {
            what: what.to_owned(),
            detail: None,
            internal: false,
        }
    }
}

impl Serialize for TextItem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.detail.is_none() && !self.internal {
            return serializer.serialize_str(&self.what);
        }
        Full {
            what: self.what.clone(),
            detail: self.detail.clone(),
            internal: self.internal,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TextItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrMap;
        impl<'de> Visitor<'de> for TextOrMap {
            type Value = TextItem;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or `{what: …, internal: true}`")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<TextItem, E> {
                Ok(text.into())
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TextItem, A::Error> {
                let full = Full::deserialize(MapAccessDeserializer::new(map))?;
                Ok(TextItem {
                    what: full.what,
                    detail: full.detail,
                    internal: full.internal,
                })
            }
        }
        deserializer.deserialize_any(TextOrMap)
    }
}

impl JsonSchema for TextItem {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TextItem".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let full = Full::json_schema(generator);
        schemars::json_schema!({
            "description": "A text, or a map with `what`, `detail` and `internal`.",
            "anyOf": [{ "type": "string" }, full]
        })
    }
}

/// What was learnt. "Nothing" is an answer; an empty list is none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lessons {
    /// What went well.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub went_well: Vec<TextItem>,
    /// What went wrong.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub went_wrong: Vec<TextItem>,
    /// Where luck helped.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub got_lucky: Vec<TextItem>,
    /// What surprised people who know the system.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub surprises: Vec<TextItem>,
}
