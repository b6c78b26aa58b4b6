use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::field::{is_default, or_default};
use super::words::words;
use super::{Key, Length};

words! {
    /// Who or what noticed.
    pub enum DetectedBy {
        /// A machine.
        Alert = "alert",
        /// One of us.
        Employee = "employee",
        /// A user told us.
        User = "user",
        /// A supplier told us.
        Vendor = "vendor",
        /// Asked, and nobody knows.
        Unknown = "unknown",
    }
}

/// How it was noticed. When is the milestone `detected` of the timeline.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Detection {
    /// Who or what noticed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub by: Option<DetectedBy>,
    /// How, in a sentence.
    #[serde(default, skip_serializing_if = "is_default")]
    pub how: Option<String>,
}

words! {
    /// What brought the service back.
    pub enum Method {
        /// The change was taken back.
        Rollback = "rollback",
        /// A new change mended it.
        FixForward = "fix-forward",
        /// A feature or a part was switched off.
        Disable = "disable",
        /// Something was started again.
        Restart = "restart",
        /// Data came back from a copy.
        RestoreBackup = "restore-backup",
        /// More or less capacity.
        Scale = "scale",
        /// Another place took over.
        Failover = "failover",
        /// By hand.
        Manual = "manual",
        /// Something else.
        Other = "other",
    }
}

/// How service came back.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    /// How, in a sentence or two.
    #[serde(default, skip_serializing_if = "is_default")]
    pub how: Option<String>,
    /// By what means.
    #[serde(default, skip_serializing_if = "is_default")]
    pub method: Option<Method>,
    /// Whether `how` left nothing to undo.
    #[serde(default, skip_serializing_if = "is_default")]
    pub permanent: Option<bool>,
    /// Where the recovery plan stands. Internal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub plan: Option<String>,
    /// The time in which service was promised to be back.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rto: Option<Length>,
    /// How much data, as time, might be lost by promise.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rpo: Option<Length>,
}

words! {
    /// What stood ready for the failure of a dependency.
    pub enum Fallback {
        /// Nothing.
        None = "none",
        /// Something that people switch on.
        Manual = "manual",
        /// Something that switches itself on.
        Automatic = "automatic",
    }
}

words! {
    /// Whether it worked.
    pub enum Worked {
        /// It did.
        Yes = "yes",
        /// In part.
        Partly = "partly",
        /// It did not.
        No = "no",
    }
}

/// Somebody else’s service that this one needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dependency {
    /// Its name.
    pub name: String,
    /// Who provides it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub provider: Option<String>,
    /// Whether it failed in this incident.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub failed: bool,
    /// What stood ready for its failure.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fallback: Option<Fallback>,
    /// Whether the fallback worked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fallback_worked: Option<Worked>,
    /// What it did here, in a sentence.
    #[serde(default, skip_serializing_if = "is_default")]
    pub what: Option<String>,
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

words! {
    /// How another incident is related.
    pub enum Relation {
        /// The same thing happened again.
        Recurrence = "recurrence",
        /// It had the same cause.
        SameCause = "same-cause",
        /// One followed from the other.
        FollowUp = "follow-up",
    }
}

/// Another incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Related {
    /// Its id.
    pub id: super::IncidentId,
    /// How it is related.
    #[serde(default, skip_serializing_if = "is_default")]
    pub how: Option<Relation>,
    /// Whether it is kept out of everything public.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub internal: bool,
}

/// Something to read elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// A short name to refer to, such as `S1`.
    pub id: Key,
    /// What it is called.
    #[serde(default, skip_serializing_if = "is_default")]
    pub title: Option<String>,
    /// Its address.
    pub url: String,
    /// Whether it is kept out of everything public.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub internal: bool,
}

/// A picture or a file beside the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Its path, from the document’s folder.
    pub file: String,
    /// What it shows, for all.
    #[serde(default, skip_serializing_if = "is_default")]
    pub caption: Option<String>,
    /// What it shows, for those who cannot see it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub alt: Option<String>,
    /// Whether it is kept out of everything public.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_default"
    )]
    pub internal: bool,
}
