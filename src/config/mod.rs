//! Floor 3: `postmortem.toml`. Every key has a default; without the file everything works.

mod brand;
mod clock;
mod clock_state;
mod colour;
mod custom;
mod lint;
mod load;
mod options;
mod public;
mod schema;
mod severity;
mod template_rule;
mod words;

pub use brand::Brand;
pub use clock::{Clock, ClockEnd};
pub use clock_state::ClockState;
pub use colour::Colour;
pub use custom::{CustomField, CustomType};
pub use lint::{Glob, Lint, PathLevels, Profile, RuleLevel};
pub use load::{ConfigError, FILE_NAME};
pub use options::{Answer, Options};
pub use public::Public;
pub use schema::schema;
pub use severity::Severity;
pub use template_rule::{PageAudience, PageFormat, TemplateRule};
pub use words::Words;

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::{Category, Key, Person, Zone};

/// What an organisation says about its incidents.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The folder of the documents, from the folder of the file.
    pub directory: PathBuf,
    /// The zone new documents get; the machine's where nothing is said.
    pub timezone: Option<Zone>,
    /// How bad an incident can be, worst first.
    pub severities: Vec<Severity>,
    /// The catalogue of services; any name is fine where it is empty.
    pub services: Vec<String>,
    /// Who may be named in documents besides their own `people`.
    pub people: BTreeMap<Key, Person>,
    /// Cause categories beside the usual ones.
    pub categories: Vec<String>,
    /// What is due how long after a milestone: an organisation's own promises, and legal notices.
    pub clocks: Vec<Clock>,
    /// Which template makes the pages of which documents, the first that fits.
    pub templates: Vec<TemplateRule>,
    /// Whose pages these are.
    pub brand: Brand,
    /// What may leave the company.
    pub public: Public,
    /// The organisation's own fields, under `custom` in documents.
    pub custom: BTreeMap<String, CustomField>,
    /// The linter.
    pub lint: Lint,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            directory: PathBuf::from("postmortems"),
            timezone: None,
            severities: Severity::usual(),
            services: Vec::new(),
            people: BTreeMap::new(),
            categories: Vec::new(),
            clocks: Vec::new(),
            templates: Vec::new(),
            brand: Brand::default(),
            public: Public::default(),
            custom: BTreeMap::new(),
            lint: Lint::default(),
        }
    }
}

impl Config {
    /// The severity of this name.
    pub fn severity(&self, name: &str) -> Option<&Severity> {
        self.severities.iter().find(|known| known.name == name)
    }

    /// How bad a severity is: 0 is the worst.
    pub fn rank(&self, name: &str) -> Option<usize> {
        self.severities.iter().position(|known| known.name == name)
    }

    /// Whether a cause may have this category.
    pub fn knows_category(&self, category: &Category) -> bool {
        let word = category.0.as_str();
        Category::USUAL.contains(&word)
            || word == Category::UNKNOWN
            || self.categories.iter().any(|known| known == word)
    }
}
