use std::fmt;

use schemars::JsonSchema;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};
use serde::ser::{SerializeTuple, Serializer};
use serde::{Deserialize, Serialize};

use super::field::{is_default, or_default};
use super::number::{AS_WRITTEN, ByValue};
use super::words::words;
use super::{Length, Moment, Number, Percent};

words! {
    /// What a service did for its users.
    pub enum Effect {
        /// It did not work. Counts as downtime.
        Outage = "outage",
        /// It worked badly or for some. Stands beside downtime and is not added to it.
        Degraded = "degraded",
        /// Not known.
        Unknown = "unknown",
    }
}

/// What users met.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Impact {
    /// What people could not do.
    #[serde(default, skip_serializing_if = "is_default")]
    pub summary: Option<String>,
    /// When which service was hit.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub services: Vec<ServiceImpact>,
    /// Numbers that say how many and how much.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub figures: Vec<Figure>,
    /// What happened to data: one word, or a map where there is more to say.
    #[serde(default, skip_serializing_if = "is_default")]
    pub data: Option<DataImpact>,
    /// What was promised; `[]` where nothing is. Pages say how much of the error budget is gone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub slo: Option<Vec<ServiceObjective>>,
}

/// A window in which a service was hit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceImpact {
    /// The service.
    pub service: String,
    /// What it did for its users.
    pub effect: Effect,
    /// Since when.
    pub from: Moment,
    /// Until when; absent while it lasts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub until: Option<Moment>,
    /// The share of its users or requests that were hit. It never weights downtime.
    #[serde(default, skip_serializing_if = "is_default")]
    pub share: Option<Percent>,
    /// Whether the times are estimates.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub about: bool,
    /// What sources disagree on. Internal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Option<String>,
    /// Whether it is kept out of everything public.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub internal: bool,
}

/// A number with the words that say what it counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What is counted.
    pub what: String,
    /// How much: a number, `[low, high]`, `unknown` or `withheld`.
    pub value: FigureValue,
    /// The unit, such as `%` or `requests`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unit: Option<String>,
    /// Whether it was measured; an estimate where `false`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub measured: Option<bool>,
    /// Output, an excerpt, anything longer than a line.
    #[serde(default, skip_serializing_if = "is_default")]
    pub detail: Option<String>,
    /// Whether it is kept out of everything public.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub internal: bool,
}

/// How much: a number, a range, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum FigureValue {
    /// A number.
    Number(Number),
    /// Between the first and the second.
    Range(Number, Number),
    /// Asked, and nobody knows.
    Unknown,
    /// Known, and not told.
    Withheld,
}

impl Serialize for FigureValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => number.serialize(serializer),
            Self::Range(low, high) => {
                let mut pair = serializer.serialize_tuple(2)?;
                pair.serialize_element(low)?;
                pair.serialize_element(high)?;
                pair.end()
            }
            Self::Unknown => serializer.serialize_str("unknown"),
            Self::Withheld => serializer.serialize_str("withheld"),
        }
    }
}

impl<'de> Deserialize<'de> for FigureValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(AS_WRITTEN, Written)
    }
}

/// A number comes as written from a reader that keeps spellings, else by value.
struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = FigureValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, `[low, high]`, `unknown` or `withheld`")
    }

    fn visit_str<E: Error>(self, digits: &str) -> Result<FigureValue, E> {
        digits.parse().map(FigureValue::Number).map_err(E::custom)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<FigureValue, D::Error> {
        inner.deserialize_any(Unspelt)
    }
}

struct Unspelt;

impl<'de> Visitor<'de> for Unspelt {
    type Value = FigureValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Written.expecting(f)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<FigureValue, E> {
        ByValue.visit_i64(value).map(FigureValue::Number)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<FigureValue, E> {
        ByValue.visit_u64(value).map(FigureValue::Number)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<FigureValue, E> {
        ByValue.visit_i128(value).map(FigureValue::Number)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<FigureValue, E> {
        ByValue.visit_u128(value).map(FigureValue::Number)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<FigureValue, E> {
        ByValue.visit_f64(value).map(FigureValue::Number)
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<FigureValue, E> {
        match word {
            "unknown" => Ok(FigureValue::Unknown),
            "withheld" => Ok(FigureValue::Withheld),
            _ => Err(E::invalid_value(serde::de::Unexpected::Str(word), &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<FigureValue, A::Error> {
        let low = list
            .next_element()?
            .ok_or_else(|| A::Error::invalid_length(0, &self))?;
        let high = list
            .next_element()?
            .ok_or_else(|| A::Error::invalid_length(1, &self))?;
        match list.next_element::<Number>()? {
            None => Ok(FigureValue::Range(low, high)),
            Some(_) => Err(A::Error::invalid_length(3, &self)),
        }
    }
}

impl JsonSchema for FigureValue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FigureValue".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let number = generator.subschema_for::<Number>();
        schemars::json_schema!({
            "description": "A number, `[low, high]`, `unknown` or `withheld`.",
            "anyOf": [
                number,
                { "type": "array", "items": number, "minItems": 2, "maxItems": 2 },
                { "type": "string", "enum": ["unknown", "withheld"] }
            ]
        })
    }
}

words! {
    /// What happened to data.
    pub enum DataState {
        /// Nothing: asked and answered.
        None = "none",
        /// Somebody may have seen what was not theirs.
        Exposed = "exposed",
        /// Some is gone.
        Lost = "lost",
        /// Some is wrong.
        Corrupted = "corrupted",
        /// Asked, and nobody knows yet.
        Unknown = "unknown",
    }
}

/// What happened to data: a word alone, or a map where there is more to say.
#[derive(Debug, Clone, PartialEq)]
pub struct DataImpact {
    /// What happened.
    pub state: DataState,
    /// Since when.
    pub from: Option<Moment>,
    /// Until when.
    pub until: Option<Moment>,
    /// Which data, and whose.
    pub what: Option<String>,
    /// Output, an excerpt, anything longer than a line.
    pub detail: Option<String>,
    /// Whether the times are estimates.
    pub about: bool,
    /// What sources disagree on. Internal.
    pub note: Option<String>,
}

impl From<DataState> for DataImpact {
    fn from(state: DataState) -> Self {
        Self {
            state,
            from: None,
            until: None,
            what: None,
            detail: None,
            about: false,
            note: None,
        }
    }
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "DataImpact")]
struct FullData {
    /// What happened.
    state: DataState,
    /// Since when.
    #[serde(default, skip_serializing_if = "is_default")]
    from: Option<Moment>,
    /// Until when.
    #[serde(default, skip_serializing_if = "is_default")]
    until: Option<Moment>,
    /// Which data, and whose.
    #[serde(default, skip_serializing_if = "is_default")]
    what: Option<String>,
    /// Output, an excerpt, anything longer than a line.
    #[serde(default, skip_serializing_if = "is_default")]
    detail: Option<String>,
    /// Whether the times are estimates.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    about: bool,
    /// What sources disagree on. Internal.
    #[serde(default, skip_serializing_if = "is_default")]
    note: Option<String>,
}

impl Serialize for DataImpact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if *self == Self::from(self.state) {
            return self.state.serialize(serializer);
        }
        FullData::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for DataImpact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordOrMap;
        impl<'de> Visitor<'de> for WordOrMap {
            type Value = DataImpact;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("none, exposed, lost, corrupted, unknown, or a map with `state`")
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<DataImpact, E> {
                word.parse::<DataState>()
                    .map(DataImpact::from)
                    .map_err(E::custom)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DataImpact, A::Error> {
                FullData::deserialize(MapAccessDeserializer::new(map))
            }
        }
        deserializer.deserialize_any(WordOrMap)
    }
}

impl JsonSchema for DataImpact {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DataImpact".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let state = generator.subschema_for::<DataState>();
        let full = FullData::json_schema(generator);
        schemars::json_schema!({
            "description": "What happened to data: one word, or a map with `state` and more.",
            "anyOf": [state, full]
        })
    }
}

/// A promise about a service, and how it was kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceObjective {
    /// What is promised, such as `API availability`.
    pub name: String,
    /// How much of it, such as `99.9%`.
    pub target: Percent,
    /// Over what time, such as `30d`.
    pub window: Length,
    /// Failed events in the window, where they are counted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bad: Option<Number>,
    /// All events in the window, where they are counted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub total: Option<Number>,
    /// Whether it is kept out of everything public.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub internal: bool,
}
