use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::field::{is_default, or_default};
use super::words::words;
use super::{Day, Key};

words! {
    /// What an action does about an incident of this kind.
    pub enum ActionKind {
        /// It makes the incident less likely.
        Prevent = "prevent",
        /// It makes it noticed earlier.
        Detect = "detect",
        /// It makes it smaller or shorter.
        Mitigate = "mitigate",
        /// It mends what this incident left broken.
        Repair = "repair",
        /// It answers a question that is still open.
        Investigate = "investigate",
        /// It changes how people work together.
        Process = "process",
    }
}

words! {
    /// How far an action is.
    pub enum ActionStatus {
        /// Not begun. This is what is meant where nothing is said.
        Open = "open",
        /// Begun.
        InProgress = "in-progress",
        /// Done, on `done_on`.
        Done = "done",
        /// Will not be done, for the `reason` given.
        Declined = "declined",
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the type is declared by a macro that all words share"
)]
impl Default for ActionStatus {
    fn default() -> Self {
        Self::Open
    }
}

words! {
    /// How urgent an action is.
    pub enum Priority {
        /// Before anything else.
        P0 = "P0",
        /// Next.
        P1 = "P1",
        /// Planned.
        P2 = "P2",
        /// When there is time.
        P3 = "P3",
        /// Perhaps never.
        P4 = "P4",
    }
}

/// Something to be done so that this does not happen again, or hurts less.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// A short name to refer to, such as `A1`.
    pub id: Key,
    /// What will be true when it is done.
    pub what: String,
    /// Output, an excerpt, anything longer than a line.
    #[serde(default, skip_serializing_if = "is_default")]
    pub detail: Option<String>,
    /// What it does about the incident.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: Option<ActionKind>,
    /// The causes it answers, by id.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub r#for: Vec<Key>,
    /// Who sees to it: a key of `people`. Internal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub owner: Option<Key>,
    /// How urgent it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub priority: Option<Priority>,
    /// The day by which it is to be done.
    #[serde(default, skip_serializing_if = "is_default")]
    pub due: Option<Day>,
    /// How far it is; `open` where nothing is said.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub status: ActionStatus,
    /// The day on which it was done.
    #[serde(default, skip_serializing_if = "is_default")]
    pub done_on: Option<Day>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub outcome: Option<String>,
    /// Why it was declined.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reason: Option<String>,
    /// Where it is tracked. Internal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ticket: Option<String>,
    /// Whether it is kept out of everything public.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub internal: bool,
}
