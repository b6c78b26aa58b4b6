use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::field::{is_default, or_default};
use super::words::words;
use super::{Key, TextItem};

words! {
    /// What part a cause had.
    pub enum CauseRole {
        /// It set the incident off.
        Trigger = "trigger",
        /// Without it the incident would not have been possible.
        Root = "root",
        /// It made the incident likelier or worse.
        Contributing = "contributing",
        /// It made the incident last.
        Prolonged = "prolonged",
    }
}

words! {
    /// How sure we are of a cause.
    pub enum CauseState {
        /// A guess, so far.
        Suspected = "suspected",
        /// Shown by evidence.
        Confirmed = "confirmed",
        /// Shown not to be it; kept, because it was believed.
        RuledOut = "ruled-out",
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the type is declared by a macro that all words share"
)]
impl Default for CauseState {
    fn default() -> Self {
        Self::Suspected
    }
}

/// Where a cause belongs. The usual words are listed; the configuration may add more.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Category(pub String);

impl Category {
    /// The categories every organisation has.
    pub const USUAL: [&'static str; 14] = [
        "config-change",
        "deployment",
        "software-bug",
        "design",
        "testing",
        "infrastructure",
        "capacity",
        "hardware",
        "network",
        "dependency",
        "data",
        "security",
        "process",
        "expiry",
    ];

    /// The answer that it is not known.
    pub const UNKNOWN: &'static str = "unknown";
}

impl JsonSchema for Category {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Category".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let words = Self::USUAL.join("`, `");
        schemars::json_schema!({
            "type": "string",
            "description": format!("Where a cause belongs: `{words}`, `{}`, or one that the configuration adds.", Self::UNKNOWN),
            "examples": Self::USUAL
        })
    }
}

/// A cause, from the first guess to the confirmed one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// A short name to refer to, such as `C1`.
    pub id: Key,
    /// What part it had.
    #[serde(default, skip_serializing_if = "is_default")]
    pub role: Option<CauseRole>,
    /// How sure we are; `suspected` where nothing is said.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub state: CauseState,
    /// Where it belongs.
    #[serde(default, skip_serializing_if = "is_default")]
    pub category: Option<Category>,
    /// What it is, as a sentence about the system.
    pub what: String,
    /// Output, an excerpt, anything longer than a line.
    #[serde(default, skip_serializing_if = "is_default")]
    pub detail: Option<String>,
    /// Why this was possible: ids of the causes behind it. No cycles.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub because: Vec<Key>,
    /// What shows it, or shows that it was not it: ids of links, addresses, or texts.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub evidence: Vec<TextItem>,
    /// Why no action answers it, where none does.
    #[serde(default, skip_serializing_if = "is_default")]
    pub accepted: Option<String>,
    /// Whether it is kept out of everything public.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub internal: bool,
}
