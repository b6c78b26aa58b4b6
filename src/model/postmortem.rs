use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::field::{is_default, or_default};
use super::words::words;
use super::{
    Action, Attachment, Cause, Day, Dependency, Detection, Event, EventKind, Free, Impact,
    IncidentId, Key, Lessons, Link, Recovery, Related, Zone,
};

words! {
    /// How far the incident is.
    pub enum Status {
        /// Its cause is looked for. This is what is meant where nothing is said.
        Investigating = "investigating",
        /// What is wrong is known.
        Identified = "identified",
        /// It seems to be over and is watched.
        Monitoring = "monitoring",
        /// It is over.
        Resolved = "resolved",
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the type is declared by a macro that all words share"
)]
impl Default for Status {
    fn default() -> Self {
        Self::Investigating
    }
}

words! {
    /// How far the document is.
    pub enum Stage {
        /// Being written. This is what is meant where nothing is said.
        Draft = "draft",
        /// Being read by others.
        InReview = "in-review",
        /// Agreed.
        Reviewed = "reviewed",
        /// Read by those it was written for.
        Published = "published",
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the type is declared by a macro that all words share"
)]
impl Default for Stage {
    fn default() -> Self {
        Self::Draft
    }
}

words! {
    /// Whose incident it is.
    pub enum View {
        /// Ours. This is what is meant where nothing is said.
        Own = "own",
        /// An account of someone else’s: owners, tickets and dates are not asked for.
        Outside = "outside",
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the type is declared by a macro that all words share"
)]
impl Default for View {
    fn default() -> Self {
        Self::Own
    }
}

words! {
    /// How widely a document is shared.
    pub enum SharedWith {
        /// The team.
        Team = "team",
        /// The company.
        Company = "company",
        /// Everyone.
        Public = "public",
    }
}

/// The version of the format; this is version 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatVersion;

impl FormatVersion {
    /// The number in the file.
    pub const NUMBER: u64 = 1;
}

impl Serialize for FormatVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(Self::NUMBER)
    }
}

impl<'de> Deserialize<'de> for FormatVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct One;
        impl Visitor<'_> for One {
            type Value = FormatVersion;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", FormatVersion::NUMBER)
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<FormatVersion, E> {
                if number == FormatVersion::NUMBER {
                    Ok(FormatVersion)
                } else {
                    Err(E::invalid_value(
                        serde::de::Unexpected::Unsigned(number),
                        &self,
                    ))
                }
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<FormatVersion, E> {
                self.visit_u64(u64::try_from(number).unwrap_or(0))
            }
        }
        deserializer.deserialize_u64(One)
    }
}

impl JsonSchema for FormatVersion {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FormatVersion".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "integer",
            "enum": [Self::NUMBER],
            "description": "The version of this format."
        })
    }
}

/// Somebody who took part. Name, handle and address are internal; role and team are not.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name. Internal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Option<String>,
    /// The role in this incident, such as `incident commander`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub role: Option<String>,
    /// The team.
    #[serde(default, skip_serializing_if = "is_default")]
    pub team: Option<String>,
    /// The name in chat. Internal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub handle: Option<String>,
    /// The mail address. Internal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub email: Option<String>,
}

/// How the document was reviewed and shared. Internal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Who reads it: keys of `people`.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub reviewers: Vec<Key>,
    /// The day of the review.
    #[serde(default, skip_serializing_if = "is_default")]
    pub date: Option<Day>,
    /// How widely it was shared.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shared_with: Option<SharedWith>,
    /// The day it was shared.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shared_on: Option<Day>,
}

/// An incident’s postmortem: one YAML file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Postmortem {
    /// The version of this format: `1`.
    pub version: FormatVersion,
    /// A date and a slug; also the file’s name.
    pub id: IncidentId,
    /// What happened, in a line.
    pub title: String,
    /// How bad it was: a level of the configuration, `sev1` to `sev5` if it has none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub severity: Option<String>,
    /// How far the incident is; `investigating` where nothing is said.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub status: Status,
    /// How far this document is; `draft` where nothing is said.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub stage: Stage,
    /// Whose incident it is; `own` where nothing is said.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub view: View,
    /// The zone that readers think in; local times are read in it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timezone: Option<Zone>,
    /// The one person who answers for this document: a key of `people`. Internal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub owner: Option<Key>,
    /// Who took part, by a short name.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub people: BTreeMap<Key, Person>,
    /// The services concerned.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub services: Vec<String>,
    /// Words to find it by.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub tags: Vec<String>,
    /// What the whole document rests on: ids of links, or addresses.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub sources: Vec<String>,
    /// Two or three sentences a reader outside the team understands. Markdown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub summary: Option<String>,
    /// How the thing works, for readers who do not know it. Markdown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub background: Option<String>,
    /// What users met.
    #[serde(default, skip_serializing_if = "is_default")]
    pub impact: Option<Impact>,
    /// How it was noticed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub detection: Option<Detection>,
    /// Why it happened: one list, from the first guess to the confirmed cause.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub causes: Vec<Cause>,
    /// What happened when.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub timeline: Vec<Event>,
    /// Kinds of events that this record does not hold in full.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub unrecorded: Vec<EventKind>,
    /// How service came back.
    #[serde(default, skip_serializing_if = "is_default")]
    pub recovery: Option<Recovery>,
    /// Other people’s services that this one needs.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub dependencies: Vec<Dependency>,
    /// What was learnt.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lessons: Option<Lessons>,
    /// What is to be done.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub actions: Vec<Action>,
    /// Other incidents.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub related: Vec<Related>,
    /// Words a reader may not know, with their meaning.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub glossary: BTreeMap<String, String>,
    /// What to read elsewhere.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub links: Vec<Link>,
    /// Pictures and files beside the document.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub attachments: Vec<Attachment>,
    /// How the document was reviewed and shared. Internal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub review: Option<Review>,
    /// Markdown that never leaves the company. Internal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub internal_notes: Option<String>,
    /// An organisation’s own fields, whatever they are. Internal.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub custom: BTreeMap<String, Free>,
}

impl Postmortem {
    /// The smallest document that reads: everything else is unsaid.
    pub fn new(id: IncidentId, title: impl Into<String>) -> Self {
        Self {
            version: FormatVersion,
            id,
            title: title.into(),
            severity: None,
            status: Status::default(),
            stage: Stage::default(),
            view: View::default(),
            timezone: None,
            owner: None,
            people: BTreeMap::new(),
            services: Vec::new(),
            tags: Vec::new(),
            sources: Vec::new(),
            summary: None,
            background: None,
            impact: None,
            detection: None,
            causes: Vec::new(),
            timeline: Vec::new(),
            unrecorded: Vec::new(),
            recovery: None,
            dependencies: Vec::new(),
            lessons: None,
            actions: Vec::new(),
            related: Vec::new(),
            glossary: BTreeMap::new(),
            links: Vec::new(),
            attachments: Vec::new(),
            review: None,
            internal_notes: None,
            custom: BTreeMap::new(),
        }
    }
}
