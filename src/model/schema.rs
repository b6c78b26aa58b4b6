use std::str::FromStr;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{At, Day, IncidentId, Key, Length, Moment, Percent, Postmortem, Zone};

/// The first line of a document: tells an editor where the schema is.
pub const MODELINE: &str = "# yaml-language-server: $schema=../postmortem.schema.json";

/// The JSON Schema (draft-07) of format version 1, as editors and the shape check use it.
///
/// Whatever may be left out may also be left empty: `timeline:` with nothing behind it is no error.
pub fn schema() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<Postmortem>().to_value();
    allow_empty(&mut schema);
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), json!("An incident's postmortem"));
    }
    schema
}

/// What is wrong with a text that should have this format of the schema; nothing where it is right
/// or the format is none of ours.
pub fn format_error(format: &str, text: &str) -> Option<String> {
    fn error<T: FromStr<Err = String>>(text: &str) -> Option<String> {
        text.parse::<T>().err()
    }
    match format {
        "incident-id" => error::<IncidentId>(text),
        "key" => error::<Key>(text),
        "moment" => error::<Moment>(text),
        "at" => error::<At>(text),
        "day" => error::<Day>(text),
        "length" => error::<Length>(text),
        "percent" => error::<Percent>(text),
        "time-zone" => error::<Zone>(text),
        _ => None,
    }
}

fn allow_empty(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            let required = object.get("required").cloned().unwrap_or(json!([]));
            let is_required = |name: &str| {
                required
                    .as_array()
                    .is_some_and(|names| names.iter().any(|known| known == name))
            };
            if let Some(Value::Object(properties)) = object.get_mut("properties") {
                for (name, property) in properties.iter_mut() {
                    if !is_required(name) {
                        make_nullable(property);
                    }
                }
            }
            object.values_mut().for_each(allow_empty);
        }
        Value::Array(list) => list.iter_mut().for_each(allow_empty),
        _ => {}
    }
}

fn make_nullable(property: &mut Value) {
    let Value::Object(object) = property else {
        return;
    };
    object.remove("default");
    if accepts_null(object) {
        return;
    }
    if let Some(Value::String(name)) = object.get("type").cloned()
        && !object.contains_key("enum")
    {
        object.insert("type".to_owned(), json!([name, "null"]));
        return;
    }
    let description = object.remove("description");
    let inner = match object.get("allOf").and_then(Value::as_array) {
        Some(all) if all.len() == 1 => all[0].clone(),
        _ => Value::Object(object.clone()),
    };
    let mut nullable = Map::new();
    if let Some(description) = description {
        nullable.insert("description".to_owned(), description);
    }
    nullable.insert("anyOf".to_owned(), json!([inner, { "type": "null" }]));
    *object = nullable;
}

fn accepts_null(object: &Map<String, Value>) -> bool {
    let is_null = |value: &Value| value == "null";
    match object.get("type") {
        Some(Value::Array(types)) => return types.iter().any(is_null),
        Some(one) => return is_null(one),
        None => {}
    }
    match object.get("anyOf").and_then(Value::as_array) {
        Some(choices) => choices
            .iter()
            .any(|choice| choice.get("type").is_some_and(is_null)),
        None => !object.contains_key("$ref") && !object.contains_key("allOf"),
    }
}
