use std::sync::LazyLock;

use serde_json::Value;

use crate::model::format_error;

use super::laid_out::{LAID_OUT, choices};
use super::words::Kind;

/// What the format allows in a document, made ready for the walk: looking each thing up in the schema takes
/// longer than all the rest of it.
pub static ALLOWED: LazyLock<Allowed> = LazyLock::new(|| Allowed::of(&LAID_OUT));

/// What the format allows at one place.
pub struct Allowed {
    /// The same in the schema.
    pub choices: &'static [Value],
    /// Whether anything may stand here.
    pub is_free: bool,
    forms: Vec<Form>,
}

/// One of the forms that a value may have at a place.
pub struct Form {
    kinds: Vec<Kind>,
    /// The same in the schema.
    pub schema: &'static Value,
    /// The words, where it is one of some.
    pub words: Option<&'static [Value]>,
    /// How a text has to be written.
    pub format: Option<&'static str>,
    /// What the items of a list may be.
    pub items: Option<Box<Allowed>>,
    /// The fewest items.
    pub least: Option<usize>,
    /// The most items.
    pub most: Option<usize>,
    /// The fields that a map cannot do without.
    pub required: Vec<&'static str>,
    fields: Vec<(&'static str, Allowed)>,
    by_key: Option<Box<Allowed>>,
    any: Option<Box<Allowed>>,
}

impl Allowed {
    fn of(schema: &'static Value) -> Self {
        let choices = choices(schema);
        Self {
            choices,
            is_free: choices.iter().any(|choice| choice.get("type").is_none()),
            forms: choices.iter().map(Form::of).collect(),
        }
    }

    /// The form that a value of this kind has.
    pub fn form(&self, kind: Kind) -> Option<&Form> {
        self.forms.iter().find(|form| form.kinds.contains(&kind))
    }
}

impl Form {
    fn of(schema: &'static Value) -> Self {
        let types: Vec<&str> = match schema.get("type") {
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
            Some(one) => one.as_str().into_iter().collect(),
            None => Vec::new(),
        };
        let is_taken = |kind: &Kind| types.iter().any(|one| kind.is(one));
        let bound = |name: &str| schema.get(name)?.as_u64()?.try_into().ok();
        let below = |schema: &'static Value| Some(Box::new(Allowed::of(schema)));
        let patterns = schema.get("patternProperties").and_then(Value::as_object);
        let any = schema.get("additionalProperties");
        let fields = schema.get("properties").and_then(Value::as_object);
        let required = schema.get("required").and_then(Value::as_array);
        Self {
            kinds: Kind::ALL.into_iter().filter(is_taken).collect(),
            schema,
            words: schema
                .get("enum")
                .and_then(Value::as_array)
                .map(Vec::as_slice),
            format: schema.get("format").and_then(Value::as_str),
            items: schema.get("items").and_then(below),
            least: bound("minItems"),
            most: bound("maxItems"),
            required: required
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect(),
            fields: fields
                .into_iter()
                .flatten()
                .map(|(name, schema)| (name.as_str(), Allowed::of(schema)))
                .collect(),
            by_key: patterns.and_then(|of| of.values().next()).and_then(below),
            any: any.filter(|any| any.is_object()).and_then(below),
        }
    }

    /// The names of the fields that a map may have.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|(name, _)| *name)
    }

    /// What may stand in a field of a map; nothing where there is no such field.
    pub fn field(&self, name: &str) -> Option<&Allowed> {
        let named = self.fields.iter().find(|(known, _)| *known == name);
        let by_key = || {
            self.by_key
                .as_deref()
                .filter(|_| format_error("key", name).is_none())
        };
        named
            .map(|(_, allowed)| allowed)
            .or_else(by_key)
            .or(self.any.as_deref())
    }
}
