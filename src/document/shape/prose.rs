use std::sync::LazyLock;

use serde_json::Value;

use super::laid_out::SCHEMA;

/// The fields whose values are prose, for checks of texts that read but not as meant.
pub(in crate::document) fn is_prose(field: &str) -> bool {
    static PROSE: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut names = Vec::new();
        collect_prose(&SCHEMA, &mut names);
        names
    });
    PROSE.iter().any(|name| name == field)
}

fn collect_prose(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(object) => {
            for (name, property) in object
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                let item = property.get("items").unwrap_or(property);
                let is_text_item = item
                    .get("$ref")
                    .is_some_and(|name| name == "#/definitions/TextItem");
                let types = item.get("type");
                let is_text = types.is_some_and(|t| {
                    t == "string"
                        || t.as_array()
                            .is_some_and(|list| list.iter().any(|t| t == "string"))
                });
                let is_free = !["enum", "format", "pattern"]
                    .iter()
                    .any(|key| item.get(*key).is_some());
                if is_text_item || (is_text && is_free) {
                    names.push(name.clone());
                }
            }
            object
                .values()
                .for_each(|value| collect_prose(value, names));
        }
        Value::Array(list) => list.iter().for_each(|value| collect_prose(value, names)),
        _ => {}
    }
}
