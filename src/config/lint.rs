use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::{Options, Words};

/// How the linter judges.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Lint {
    /// Whose view of what matters holds; the catalogue's own where nothing is said.
    pub profile: Option<Profile>,
    /// A level for a rule, whatever the stage: `error`, `warning`, `info` or `off`.
    pub levels: BTreeMap<String, RuleLevel>,
    /// Levels for some files only; of two that fit, the later holds.
    pub paths: Vec<PathLevels>,
    /// What rules may be told besides their level.
    pub options: Options,
    /// Words that are added to the rules of language or left alone, by rule.
    pub words: BTreeMap<String, Words>,
    /// Abbreviations that every reader knows.
    pub acronyms: Vec<String>,
}

/// A level that the configuration gives a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RuleLevel {
    /// Fails a run.
    Error,
    /// Fails a run.
    Warning,
    /// Is printed.
    Info,
    /// Is not looked for.
    Off,
}

/// Whose view of what matters holds: the authorities disagree, so none is hard-wired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Only what is wrong, and what no reader can do without.
    Minimal,
    /// As Google's SRE books ask.
    Google,
    /// As PagerDuty's guides ask.
    Pagerduty,
    /// For teams that write to learn, not to track.
    Learning,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 4] = [Self::Minimal, Self::Google, Self::Pagerduty, Self::Learning];

    /// The word in the configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Google => "google",
            Self::Pagerduty => "pagerduty",
            Self::Learning => "learning",
        }
    }
}

/// Levels for the files that a pattern fits.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PathLevels {
    /// Which files, from the folder of the configuration.
    pub glob: Glob,
    /// Their levels.
    pub levels: BTreeMap<String, RuleLevel>,
}

/// A pattern of paths: `*` within a folder, `**` across folders, `{a,b}` for one of two.
#[derive(Clone)]
pub struct Glob(GlobMatcher);

impl Glob {
    /// Whether a path fits, given from the folder of the configuration.
    pub fn fits(&self, path: &Path) -> bool {
        self.0.is_match(path)
    }

    fn text(&self) -> &str {
        self.0.glob().glob()
    }
}

impl PartialEq for Glob {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Glob {}

impl fmt::Debug for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl<'de> Deserialize<'de> for Glob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let glob = GlobBuilder::new(&text).literal_separator(true).build();
        glob.map(|glob| Self(glob.compile_matcher()))
            .map_err(|error| D::Error::custom(format!("`{text}` is no pattern of paths: {error}")))
    }
}

impl JsonSchema for Glob {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Glob".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A pattern of paths: `*` within a folder, `**` across folders, `{a,b}` for one of two."
        })
    }
}
