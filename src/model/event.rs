use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};

use super::field::{is_default, or_default};
use super::words::words;
use super::{Key, Moment};

words! {
    /// What an event was.
    pub enum EventKind {
        /// Milestone: the first harm to users. The fault before it is a `change`.
        Started = "started",
        /// Milestone: the first time anyone or anything of ours noticed.
        Detected = "detected",
        /// Milestone: a person took it up.
        Acknowledged = "acknowledged",
        /// Milestone: it was called an incident.
        Declared = "declared",
        /// Milestone: what was wrong was known.
        Identified = "identified",
        /// Milestone: most users were well again, even by a workaround.
        Mitigated = "mitigated",
        /// Milestone: all users were well; the permanent fix may come later as a `change`.
        Resolved = "resolved",
        /// Something was changed: a roll-out, a setting, a migration.
        Change = "change",
        /// A machine raised its voice.
        Alert = "alert",
        /// A user told us.
        Report = "report",
        /// It got worse or spread.
        Impact = "impact",
        /// It got partly better.
        Recovery = "recovery",
        /// More people were called.
        Escalation = "escalation",
        /// Somebody suspected something.
        Hypothesis = "hypothesis",
        /// A way was chosen.
        Decision = "decision",
        /// Somebody did something about it.
        Action = "action",
        /// Users, customers or the company were told.
        Communication = "communication",
        /// Anything else worth keeping.
        Note = "note",
    }
}

impl EventKind {
    /// The milestones, in the order in which an incident usually passes them.
    pub const MILESTONES: [Self; 7] = [
        Self::Started,
        Self::Detected,
        Self::Acknowledged,
        Self::Declared,
        Self::Identified,
        Self::Mitigated,
        Self::Resolved,
    ];

    /// Whether this kind may stand once only for the incident (and once per service).
    pub fn is_milestone(self) -> bool {
        Self::MILESTONES.contains(&self)
    }
}

words! {
    /// Whom a communication reached.
    pub enum Audience {
        /// Everyone: a status page, a post, the press.
        Public = "public",
        /// Customers, directly.
        Customers = "customers",
        /// The company only. This is what is meant where no audience is given.
        Internal = "internal",
    }
}

/// One or more kinds of an event; written as one word where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kinds(Vec<EventKind>);

impl Kinds {
    /// The kinds of an event, at least one.
    pub fn new(first: EventKind, more: impl IntoIterator<Item = EventKind>) -> Self {
        let mut kinds = vec![first];
        kinds.extend(more);
        Self(kinds)
    }

    /// Whether this kind is among them.
    pub fn has(&self, kind: EventKind) -> bool {
        self.0.contains(&kind)
    }

    /// The kinds in the order written.
    pub fn iter(&self) -> impl Iterator<Item = EventKind> {
        self.0.iter().copied()
    }
}

impl Default for Kinds {
    fn default() -> Self {
        Self(vec![EventKind::Note])
    }
}

impl Serialize for Kinds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let [kind] = self.0[..] {
            return kind.serialize(serializer);
        }
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for kind in &self.0 {
            list.serialize_element(kind)?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Kinds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMore;
        impl<'de> Visitor<'de> for OneOrMore {
            type Value = Kinds;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a kind or a list of kinds")
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<Kinds, E> {
                word.parse()
                    .map(|kind| Kinds(vec![kind]))
                    .map_err(E::custom)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Kinds, A::Error> {
                let mut kinds = Vec::new();
                while let Some(kind) = list.next_element()? {
                    kinds.push(kind);
                }
                if kinds.is_empty() {
                    return Err(A::Error::custom("a list of kinds needs one at least"));
                }
                Ok(Kinds(kinds))
            }
        }
        deserializer.deserialize_any(OneOrMore)
    }
}

impl JsonSchema for Kinds {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Kinds".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let kind = generator.subschema_for::<EventKind>();
        schemars::json_schema!({
            "description": "One kind of event, or a list of several.",
            "anyOf": [kind, { "type": "array", "items": kind, "minItems": 1 }]
        })
    }
}

/// When an event was: a time, or the answer that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// A time.
    Known(Moment),
    /// `unknown`: asked, and nobody knows.
    Unknown,
}

impl At {
    /// The time, where it is known.
    pub fn moment(&self) -> Option<&Moment> {
        match self {
            Self::Known(moment) => Some(moment),
            Self::Unknown => None,
        }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(moment) => moment.fmt(f),
            Self::Unknown => f.pad("unknown"),
        }
    }
}

impl FromStr for At {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "unknown" => Ok(Self::Unknown),
            _ => text.parse().map(Self::Known),
        }
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::field::parsed(deserializer)
    }
}

impl JsonSchema for At {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "At".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut moment = Moment::json_schema(generator);
        if let Some(pattern) = moment.get("pattern").and_then(|p| p.as_str()) {
            let either = format!("^unknown$|{pattern}");
            moment.insert("pattern".to_owned(), either.into());
        }
        moment.insert("format".to_owned(), "at".into());
        if let Some(text) = moment.get("description").and_then(|d| d.as_str()) {
            let text = format!("{text} `unknown` where nobody knows.");
            moment.insert("description".to_owned(), text.into());
        }
        moment
    }
}

/// One entry of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When it happened.
    pub at: At,
    /// When it ended, where it took a while: a roll-out, a restore.
    #[serde(default, skip_serializing_if = "is_default")]
    pub until: Option<Moment>,
    /// What kind of event, one or a list; `note` where nothing is said.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub kind: Kinds,
    /// The services it concerns; a milestone that names services is theirs alone.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub services: Vec<String>,
    /// What happened, in a sentence.
    pub what: String,
    /// Output, an excerpt, anything longer than a line.
    #[serde(default, skip_serializing_if = "is_default")]
    pub detail: Option<String>,
    /// Who did it or saw it: a key of `people`. Internal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub by: Option<Key>,
    /// For a communication: whom it reached. `internal` where nothing is said.
    #[serde(default, skip_serializing_if = "is_default")]
    pub audience: Option<Audience>,
    /// For a communication: where it was said, such as `status page`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub channel: Option<String>,
    /// Where this is known from: a link's id or an address.
    #[serde(default, skip_serializing_if = "is_default")]
    pub source: Option<String>,
    /// Whether a reader in a hurry must see it; key events are numbered on the page. Where no event says so, the milestones are.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub key: bool,
    /// Whether the time is an estimate.
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

impl Event {
    /// An event with a time, a kind and a sentence; everything else unsaid.
    pub fn new(at: At, kind: EventKind, what: impl Into<String>) -> Self {
        Self {
            at,
            until: None,
            kind: Kinds::new(kind, []),
            services: Vec::new(),
            what: what.into(),
            detail: None,
            by: None,
            audience: None,
            channel: None,
            source: None,
            key: false,
            about: false,
            note: None,
            internal: false,
        }
    }

    /// Whether it told users something: a communication whose audience is the public or customers.
    pub fn is_public_word(&self) -> bool {
        self.kind.has(EventKind::Communication)
            && matches!(self.audience, Some(Audience::Public | Audience::Customers))
    }
}
