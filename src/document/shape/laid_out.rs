//! The schema as the walk needs it.

use std::sync::LazyLock;

use serde_json::Value;

use crate::model::schema;

pub static SCHEMA: LazyLock<Value> = LazyLock::new(schema);

/// The schema with references in place, and the choices of a value in one list.
pub static LAID_OUT: LazyLock<Value> = LazyLock::new(|| laid_out(&SCHEMA));

fn laid_out(schema: &Value) -> Value {
    match resolved(schema) {
        Value::Object(fields) => match fields.get("anyOf").and_then(Value::as_array) {
            Some(choices) => {
                let mut all = Vec::new();
                for choice in choices.iter().map(laid_out) {
                    match choice.get("anyOf") {
                        Some(Value::Array(inner)) => all.extend(inner.iter().cloned()),
                        _ => all.push(choice),
                    }
                }
                serde_json::json!({ "anyOf": all })
            }
            None => {
                let used = fields.iter().filter(|(name, _)| *name != "definitions");
                let fields = used.map(|(name, value)| (name.clone(), laid_out(value)));
                Value::Object(fields.collect())
            }
        },
        Value::Array(items) => Value::Array(items.iter().map(laid_out).collect()),
        other => other.clone(),
    }
}

/// A schema behind its references.
fn resolved(mut schema: &Value) -> &Value {
    loop {
        let next = match (schema.get("$ref"), schema.get("allOf")) {
            (Some(Value::String(name)), _) => SCHEMA.pointer(name.trim_start_matches('#')),
            (_, Some(Value::Array(all))) if all.len() == 1 => all.first(),
            _ => None,
        };
        match next {
            Some(next) => schema = next,
            None => return schema,
        }
    }
}

/// The choices of a schema that is laid out: itself where there is only one.
pub fn choices(schema: &'static Value) -> &'static [Value] {
    match schema.get("anyOf") {
        Some(Value::Array(choices)) => choices,
        _ => std::slice::from_ref(schema),
    }
}

/// The name of a field of a map.
pub fn static_key(schema: &'static Value, name: &str) -> Option<&'static str> {
    let fields = schema.get("properties")?.as_object()?;
    fields.get_key_value(name).map(|(key, _)| key.as_str())
}
