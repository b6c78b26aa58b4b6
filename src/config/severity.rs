use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::Length;

/// A level of severity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Severity {
    /// The word in documents, such as `sev1`.
    pub name: String,
    /// What it means, in terms of what users cannot do.
    pub meaning: String,
    /// How often the public is told while it lasts; nothing is promised where it is absent.
    #[serde(default)]
    pub update_every: Option<Length>,
}

impl Severity {
    /// The levels an organisation has that has not said otherwise, worst first.
    pub fn usual() -> Vec<Self> {
        [
            (
                "sev1",
                "A core function is down for everyone, or data is exposed or lost",
                "15m",
            ),
            (
                "sev2",
                "A core function is down for many, or degraded for everyone",
                "30m",
            ),
            ("sev3", "A function is degraded, or down for a few", "2h"),
            ("sev4", "A nuisance: people can work", ""),
            ("sev5", "Nothing that users notice", ""),
        ]
        .into_iter()
        .map(|(name, meaning, update_every)| Self {
            name: name.to_owned(),
            meaning: meaning.to_owned(),
            update_every: update_every.parse().ok(),
        })
        .collect()
    }
}
