use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::Stage;

/// A field of the organisation's own, under `custom` in documents.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomField {
    /// What kind of value it holds.
    pub r#type: CustomType,
    /// The words it may hold, where `type` is `word`.
    #[serde(default)]
    pub values: Vec<String>,
    /// What it means, for whoever is asked for it.
    #[serde(default)]
    pub meaning: Option<String>,
    /// The stage from which every document needs it; never where it is absent.
    #[serde(default)]
    pub required_from: Option<Stage>,
}

/// What kind of value a field of the organisation's own holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CustomType {
    /// Any text.
    Text,
    /// One of `values`.
    Word,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A day, such as `2024-12-11`.
    Day,
    /// A list of texts.
    List,
}

impl CustomField {
    /// What is wrong with the declaration; nothing if it can be followed.
    pub(super) fn mistake(&self, name: &str) -> Option<String> {
        let is_word = self.r#type == CustomType::Word;
        match (is_word, self.values.is_empty()) {
            (true, true) => Some(format!(
                "`custom.{name}` is a `word` without `values`: list what it may hold, as in `values = [\"yes\", \"no\"]`"
            )),
            (false, false) => Some(format!(
                "`custom.{name}` has `values`, which only a field of `type = \"word\"` has"
            )),
            _ => None,
        }
    }
}
