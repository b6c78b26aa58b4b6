use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::model::EventKind;

use super::{ClockEnd, Config};

/// The JSON Schema (draft-07) of `postmortem.toml`, for editors. `rules` are the names that levels may
/// be given to.
pub fn schema(rules: &[&str]) -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<Config>().to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), json!("postmortem.toml"));
    }
    for holder in ["Lint", "PathLevels"] {
        let levels = format!("/definitions/{holder}/properties/levels");
        if let Some(levels) = schema.pointer_mut(&levels) {
            levels["propertyNames"] = json!({ "enum": rules });
        }
    }
    schema
}

impl JsonSchema for ClockEnd {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ClockEnd".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let others = [Self::PublicWord, Self::Communication].map(Self::as_str);
        let words: Vec<&str> = milestones().chain(others).collect();
        schemars::json_schema!({
            "type": "string",
            "enum": words,
            "description": "What ends a clock: a milestone, a word to the public or to customers, or a word to anybody.",
        })
    }
}

/// The schema of a kind of event that is a milestone.
pub(super) fn milestone(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let words: Vec<&str> = milestones().collect();
    schemars::json_schema!({ "type": "string", "enum": words })
}

fn milestones() -> impl Iterator<Item = &'static str> {
    EventKind::MILESTONES.into_iter().map(EventKind::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_given_to_rules_that_there_are() {
        let schema = schema(&["one-rule", "other-rule"]);
        let levels = &schema["definitions"]["Lint"]["properties"]["levels"];
        assert_eq!(
            levels["propertyNames"]["enum"],
            json!(["one-rule", "other-rule"])
        );
        assert!(schema["properties"]["clocks"].is_object(), "{schema}");
    }
}
