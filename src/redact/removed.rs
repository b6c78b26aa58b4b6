use serde_json::Value;

use crate::config::Config;
use crate::model::Postmortem;
use crate::yaml::{Path, Segment};

use super::is_beside_the_document;
use super::people::Roles;
use super::references::References;

/// Why a part of a document does not reach the public as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It says `internal: true`.
    Marked,
    /// Its field is for the company, whatever it holds.
    Field,
    /// It leads to an address inside, or to what is no web address.
    Address,
    /// It refers to something that is gone.
    Reference,
    /// Its file lies outside the document's folder.
    File,
    /// A person, of whom role and team stay, under this key; nothing where there is neither.
    Person(Option<String>),
}

impl Reason {
    /// The reason in a few words, the same for all of a kind.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Marked => "marked `internal: true`",
            Self::Field => "a field that is internal",
            Self::Address => "an address inside, or none of the web",
            Self::Reference => "refers to what is gone",
            Self::File => "a file outside the document's folder",
            Self::Person(Some(_)) => "a person: role and team stay",
            Self::Person(None) => "a person without role and team",
        }
    }
}

/// A part of a document that does not reach the public as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Removed {
    /// Where it stands in the document.
    pub path: Path,
    /// Why it goes.
    pub reason: Reason,
    /// What stood there.
    pub value: Value,
}

/// A document taken apart: what goes, and the texts that stay.
#[derive(Debug, Default)]
pub struct Parts {
    /// What goes.
    pub removed: Vec<Removed>,
    /// The texts that stay, with their places.
    pub kept: Vec<(Path, String)>,
}

impl Parts {
    /// Takes a document apart along the same line as [`super::public`].
    pub fn of(postmortem: &Postmortem, config: &Config) -> Self {
        let mut parts = Self::default();
        // A document that was read can be written; an empty one would hide nothing.
        let value = serde_json::to_value(postmortem).unwrap_or_default();
        let line = Line {
            postmortem,
            references: References::of(postmortem, config),
            roles: Roles::of(postmortem, config),
        };
        line.divide(Path::root(), value, &mut parts);
        parts
    }

    /// Every text of the document.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let removed = self
            .removed
            .iter()
            .flat_map(|removed| texts(&removed.value));
        removed.chain(self.kept.iter().map(|(_, text)| text.as_str()))
    }
}

/// Every text in a value.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

struct Line<'a> {
    postmortem: &'a Postmortem,
    references: References<'a>,
    roles: Roles,
}

impl Line<'_> {
    fn divide(&self, path: Path, value: Value, parts: &mut Parts) {
        if let Some(reason) = self.reason(&path, &value) {
            // What stays of a person is role and team; a person is told before both.
            if let (Reason::Person(_), Value::Object(fields)) = (&reason, value.clone()) {
                parts.removed.push(Removed {
                    path: path.clone(),
                    reason,
                    value: Value::Null,
                });
                for (key, field) in fields {
                    self.divide(path.clone().then(key.as_str()), field, parts);
                }
                return;
            }
            parts.removed.push(Removed {
                path,
                reason,
                value,
            });
            return;
        }
        match value {
            Value::Object(fields) => {
                for (key, field) in fields {
                    let inner = path.clone().then(key.as_str());
                    if keys(&path) == ["glossary"] {
                        parts.kept.push((inner.clone(), key));
                    }
                    self.divide(inner, field, parts);
                }
            }
            Value::Array(items) => {
                for (at, item) in items.into_iter().enumerate() {
                    self.divide(path.clone().then(at), item, parts);
                }
            }
            Value::String(text) => parts.kept.push((path, text)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn reason(&self, path: &Path, value: &Value) -> Option<Reason> {
        let text = || value.as_str().unwrap_or("");
        let keys = keys(path);
        match (keys.as_slice(), path.segments()) {
            (
                ["owner" | "review" | "internal_notes" | "custom"]
                | ["people", _, "name" | "handle" | "email"]
                | ["timeline", "by" | "note"]
                | ["impact", "services" | "data", "note"]
                | ["actions", "ticket"]
                | ["recovery", "plan"],
                _,
            ) => Some(Reason::Field),
            (["people", key], _) => Some(self.person(key)),
            (["actions", "owner"], _) => Some(self.person(text())),
            _ if value.get("internal") == Some(&Value::Bool(true)) => Some(Reason::Marked),
            (["links"], [_, Segment::Index(at)]) => {
                let link = self.postmortem.links.get(*at)?;
                (!self.references.keeps(link)).then_some(Reason::Address)
            }
            (["attachments"], [_, Segment::Index(at)]) => {
                let file = &self.postmortem.attachments.get(*at)?.file;
                (!is_beside_the_document(file)).then_some(Reason::File)
            }
            (["sources"], [_, Segment::Index(_)]) | (["timeline", "source"], _) => {
                (!self.references.allows_source(text())).then(|| address_or_reference(text()))
            }
            (["causes", "evidence"], [.., Segment::Index(_)]) => {
                let what = value.get("what").unwrap_or(value).as_str().unwrap_or("");
                (!self.references.allows_evidence(what)).then(|| address_or_reference(what))
            }
            (["causes", "because"] | ["actions", "for"], [.., Segment::Index(_)]) => {
                let id = text().parse().ok()?;
                self.references
                    .causes(&[id])
                    .is_empty()
                    .then_some(Reason::Reference)
            }
            _ => None,
        }
    }

    fn person(&self, key: &str) -> Reason {
        let neutral = key.parse().ok().and_then(|key| self.roles.key(&key));
        Reason::Person(neutral.map(|key| key.to_string()))
    }
}

fn address_or_reference(text: &str) -> Reason {
    if text.contains(':') || text.starts_with('/') {
        Reason::Address
    } else {
        Reason::Reference
    }
}

/// The keys of a path, without its indices.
pub fn keys(path: &Path) -> Vec<&str> {
    fn key(segment: &Segment) -> Option<&str> {
        match segment {
            Segment::Key(key) => Some(key.as_str()),
            Segment::Index(_) => None,
        }
    }
    path.segments().iter().filter_map(key).collect()
}
