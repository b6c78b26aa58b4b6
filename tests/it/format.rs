//! `docs/format.md` and `postmortem.schema.json` follow from the types of the model.

use std::collections::BTreeSet;
use std::fmt::Write;

use postmortem::document::Document;
use postmortem::model::schema;
use postmortem::text::Source;
use serde_json::{Map, Value};

use crate::generated;
use crate::sandbox::project;

/// How the values that are written as one text or number are called in the reference, in its order.
const VALUES: &[(&str, &str)] = &[
    ("Moment", "time"),
    ("At", "time or `unknown`"),
    ("Day", "day"),
    ("Length", "length"),
    ("Percent", "percentage"),
    ("Zone", "time zone"),
    ("Number", "number"),
    ("FigureValue", "amount"),
    ("IncidentId", "incident id"),
    ("Key", "short name"),
    ("Category", "category"),
    ("TextItem", "text item"),
    ("Free", "anything"),
];

#[test]
fn the_schema_for_editors_is_up_to_date() {
    let text = serde_json::to_string_pretty(&schema()).expect("JSON");
    generated::file("postmortem.schema.json", &format!("{text}\n"));
}

#[test]
fn the_reference_of_the_format_is_up_to_date() {
    let schema = schema();
    let reference = Reference { root: &schema };
    generated::section("docs/format.md", "values", &reference.values());
    generated::section("docs/format.md", "fields", &reference.fields());
}

#[test]
fn every_field_and_every_word_is_in_the_reference() {
    let schema = schema();
    let reference = Reference { root: &schema };
    let text = reference.values() + &reference.fields();
    let mut looked_at = 0;
    let mut missing = Vec::new();
    each_name(&schema, &mut |name| {
        looked_at += 1;
        if !text.contains(&format!("`{name}`")) {
            missing.push(name.to_owned());
        }
    });
    assert!(looked_at > 150, "the schema has {looked_at} names");
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn the_documents_on_the_page_are_documents() {
    let documents = documents_on_the_page();
    assert_eq!(documents.len(), 2);
    for text in documents {
        let reading = Document::read(Source::new("docs/format.md", text));
        assert_eq!(reading.findings, [], "{}", reading.source.text());
    }
}

#[test]
fn every_field_once_has_every_field() {
    let documents = documents_on_the_page();
    let whole = documents.last().expect("a document");
    let whole: Value = serde_yaml::from_str(whole).expect("YAML");
    let mut used = BTreeSet::new();
    each_field(&whole, "", &mut used);
    let text = std::fs::read_to_string(project().join("docs/format.md")).expect("the page");
    let (_, reference) = text.split_once("## Fields").expect("a reference");
    let mut section = "";
    let mut wanted = BTreeSet::new();
    for line in reference.lines() {
        if let Some(heading) = line.strip_prefix("### `") {
            section = heading.split('`').next().unwrap_or(heading);
        }
        if let Some(row) = line.strip_prefix("| `") {
            let field = row.split('`').next().unwrap_or(row);
            wanted.insert(
                format!("{section}.{field}")
                    .trim_start_matches('.')
                    .to_owned(),
            );
        }
    }
    assert!(wanted.len() > 120, "the page has {} fields", wanted.len());
    let missing: Vec<_> = wanted.difference(&used).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The whole documents among the examples of `docs/format.md`.
fn documents_on_the_page() -> Vec<String> {
    let text = std::fs::read_to_string(project().join("docs/format.md")).expect("the page");
    text.split("```yaml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .filter(|block| block.contains("\nversion: 1\n"))
        .map(str::to_owned)
        .collect()
}

/// The fields of a document without the places in lists and the names of people.
fn each_field(value: &Value, path: &str, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) if path == "people" => {
            let persons = map.values().filter_map(Value::as_object);
            fields.extend(persons.flat_map(|one| one.keys().map(|name| format!("people.{name}"))));
        }
        Value::Object(map) => {
            for (name, inner) in map {
                let path = format!("{path}.{name}");
                let path = path.trim_start_matches('.');
                fields.insert(path.to_owned());
                each_field(inner, path, fields);
            }
        }
        Value::Array(list) => list.iter().for_each(|item| each_field(item, path, fields)),
        _ => {}
    }
}

/// Gives the name of each property and each word of an enumeration.
fn each_name(schema: &Value, give: &mut impl FnMut(&str)) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        properties.keys().for_each(|name| give(name));
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        words.iter().filter_map(Value::as_str).for_each(&mut *give);
    }
    match schema {
        Value::Object(object) => object.values().for_each(|inner| each_name(inner, give)),
        Value::Array(list) => list.iter().for_each(|inner| each_name(inner, give)),
        _ => {}
    }
}

struct Reference<'a> {
    root: &'a Value,
}

/// A field's value as the reference speaks of it.
#[derive(Default)]
struct Kind<'a> {
    /// The words in the table.
    words: String,
    /// The map whose fields get a section of their own, and how it is reached.
    map: Option<(&'a Value, &'static str)>,
    /// The enumeration whose words get a list.
    choices: Option<&'a Value>,
}

impl<'a> Reference<'a> {
    fn values(&self) -> String {
        let mut text = String::from("| value | how it is written |\n| --- | --- |\n");
        for (definition, name) in VALUES {
            if *definition == "At" {
                continue;
            }
            let meaning = self.definition(definition)["description"].as_str();
            let meaning = meaning.expect("a value is described");
            writeln!(
                text,
                "| <a id=\"{}\"></a>{name} | {meaning} |",
                anchor(name)
            )
            .expect("text");
        }
        text
    }

    fn fields(&self) -> String {
        let mut text = String::new();
        self.section(&mut text, "", self.root, "", &mut Vec::new());
        text
    }

    fn definition(&self, name: &str) -> &'a Value {
        let found = self.root["definitions"].get(name);
        found.unwrap_or_else(|| panic!("the schema has no `{name}`"))
    }

    /// The fields of a map, and after them the maps inside it.
    fn section(
        &self,
        text: &mut String,
        path: &str,
        map: &'a Value,
        how: &str,
        listed: &mut Vec<&'a Value>,
    ) {
        if !path.is_empty() {
            let (about, internal) = without_internal(map["description"].as_str().unwrap_or(""));
            let internal = if internal { "**Internal.** " } else { "" };
            writeln!(text, "### `{path}`{how}\n").expect("text");
            if !about.is_empty() {
                writeln!(text, "{internal}{about}\n").expect("text");
            }
        }
        text.push_str("| field | value | what it says |\n| --- | --- | --- |\n");
        let fields: Vec<_> = self
            .properties(map)
            .iter()
            .map(|(name, field)| (name.as_str(), field, self.kind(field)))
            .collect();
        for (name, field, kind) in &fields {
            let required = if is_required(map, name) {
                ", **required**"
            } else {
                ""
            };
            let (about, internal) = without_internal(field["description"].as_str().unwrap_or(""));
            let internal = if internal { "_Internal._ " } else { "" };
            let words = &kind.words;
            writeln!(text, "| `{name}` | {words}{required} | {internal}{about} |").expect("text");
        }
        text.push('\n');
        for (name, _, kind) in &fields {
            let Some(choices) = kind.choices else {
                continue;
            };
            if listed.iter().any(|known| std::ptr::eq(*known, choices)) {
                continue;
            }
            listed.push(choices);
            let meanings = meanings(choices);
            writeln!(text, "`{name}` is one of:\n\n{meanings}\n").expect("text");
        }
        for (name, _, kind) in &fields {
            if let Some((map, how)) = kind.map {
                let path = match path {
                    "" => (*name).to_owned(),
                    path => format!("{path}.{name}"),
                };
                self.section(text, &path, map, how, listed);
            }
        }
    }

    fn properties(&self, map: &'a Value) -> &'a Map<String, Value> {
        map["properties"].as_object().expect("a map has fields")
    }

    fn kind(&self, schema: &'a Value) -> Kind<'a> {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.rsplit('/').next().unwrap_or(name);
            return self.named(name);
        }
        for key in ["allOf", "anyOf"] {
            if let Some(list) = schema[key].as_array() {
                return self.either(list);
            }
        }
        match main_type(schema) {
            Some("string") if schema.get("enum").is_some() => Kind {
                words: "word".to_owned(),
                choices: Some(schema),
                ..Kind::default()
            },
            Some("string") => plain("text"),
            Some("boolean") => plain("`true` or `false`"),
            Some("integer") => plain("`1`"),
            Some("array") => {
                let item = self.kind(&schema["items"]);
                let words = match (&item.map, item.words.as_str()) {
                    (Some(_), _) => "list of maps".to_owned(),
                    // The one such list; its words stand where an event has one of them.
                    (None, "word") => {
                        "list: words of [`timeline.kind`](#timeline-a-list)".to_owned()
                    }
                    (None, words) => format!("list: {words}"),
                };
                Kind {
                    words,
                    map: item.map.map(|(map, _)| (map, ", a list")),
                    choices: None,
                }
            }
            Some("object") if schema.get("properties").is_some() => Kind {
                words: "map".to_owned(),
                map: Some((schema, "")),
                choices: None,
            },
            Some("object") => self.entries(schema),
            other => panic!("the reference has no word for the type {other:?}: {schema}"),
        }
    }

    fn named(&self, name: &str) -> Kind<'a> {
        if let Some((_, word)) = VALUES.iter().find(|(known, _)| *known == name) {
            return Kind {
                words: match *word {
                    "time or `unknown`" => "[time](#time) or `unknown`".to_owned(),
                    word => format!("[{word}](#{})", anchor(word)),
                },
                ..Kind::default()
            };
        }
        self.kind(self.definition(name))
    }

    fn either(&self, list: &'a [Value]) -> Kind<'a> {
        let mut kinds = list
            .iter()
            .filter(|choice| main_type(choice) != Some("null"))
            .map(|choice| self.kind(choice));
        let mut all = kinds.next().unwrap_or_default();
        for kind in kinds {
            all.words = format!("{}, or {}", all.words, kind.words);
            all.map = all.map.or(kind.map.map(|(map, _)| (map, " as a map")));
            all.choices = all.choices.or(kind.choices);
        }
        all
    }

    /// A map whose keys are the author's own.
    fn entries(&self, schema: &'a Value) -> Kind<'a> {
        let (key, value) = match schema["patternProperties"].as_object() {
            Some(patterns) => ("[short name](#short-name)", patterns.values().next()),
            None => ("text", schema.get("additionalProperties")),
        };
        let value = self.kind(value.expect("a map says what it holds"));
        let how = ", each by a short name";
        Kind {
            words: format!("map: {key} to {}", value.words),
            map: value.map.map(|(map, _)| (map, how)),
            choices: value.choices,
        }
    }
}

/// The words of an enumeration with their meanings, as its description lists them.
fn meanings(choices: &Value) -> String {
    let about = choices["description"].as_str().unwrap_or("");
    let lines: Vec<&str> = about
        .lines()
        .filter(|line| line.starts_with("- "))
        .collect();
    lines.join("\n")
}

fn plain(words: &str) -> Kind<'static> {
    Kind {
        words: words.to_owned(),
        ..Kind::default()
    }
}

fn anchor(name: &str) -> String {
    name.replace(' ', "-")
}

/// The type that is not `null`.
fn main_type(schema: &Value) -> Option<&str> {
    match &schema["type"] {
        Value::String(name) => Some(name),
        Value::Array(names) => names
            .iter()
            .filter_map(Value::as_str)
            .find(|name| *name != "null"),
        _ => None,
    }
}

fn is_required(map: &Value, name: &str) -> bool {
    let required = map["required"].as_array();
    required.is_some_and(|names| names.iter().any(|known| known == name))
}

/// A description without its last word `Internal.`, and whether it had it.
fn without_internal(about: &str) -> (&str, bool) {
    match about.strip_suffix("Internal.") {
        Some(about) => (about.trim_end(), true),
        None => (about, false),
    }
}
