//! Writes new files in the house style: as a careful person would have written them.

mod scalar;
mod value;

use serde::Serialize;

use scalar::{bare, block, is_bare_in_flow};
use value::ToValue;

pub use scalar::quoted;
pub(super) use value::Value;

/// The widest line that a flow map or list may make.
const WIDEST: usize = 100;

/// Writes a map: scalars in their order, a blank line before each section, long text as `|` blocks,
/// maps and lists on one line only where they are short.
pub fn write(map: &impl Serialize) -> Result<String, String> {
    let Value::Map(entries) = value_of(map)? else {
        return Err("only a map is a document".to_owned());
    };
    let mut writer = Writer::default();
    let mut before_was_section = false;
    for (at, (key, value)) in entries.iter().enumerate() {
        let is_section = is_section(value);
        if at > 0 && (is_section || before_was_section) {
            writer.text.push('\n');
        }
        writer.entry(key, value, 0);
        before_was_section = is_section;
    }
    Ok(writer.text)
}

/// What a type wants to write.
pub(super) fn value_of(type_: &impl Serialize) -> Result<Value, String> {
    type_.serialize(ToValue).map_err(|error| error.to_string())
}

/// `key: value` at an indent, with its line breaks.
pub(super) fn entry(key: &str, value: &Value, indent: usize) -> String {
    let mut writer = Writer::default();
    writer.entry(key, value, indent);
    writer.text
}

/// How the maps of a list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// On one line where that reads well.
    House,
    /// On one line where it fits.
    Flow,
    /// An entry a line.
    Lines,
}

/// `- value` at an indent, with its line breaks.
pub(super) fn item(value: &Value, indent: usize, shape: Shape) -> String {
    let mut writer = Writer::default();
    let line = match shape {
        Shape::Flow if is_short(value) => Some(flow_value(value)),
        _ => None,
    };
    match (value, line) {
        (Value::Map(_), Some(line)) if indent + 2 + line.chars().count() <= WIDEST => {
            writer.indent(indent);
            writer.text.push_str("- ");
            writer.text.push_str(&line);
            writer.text.push('\n');
        }
        (Value::Map(entries), _) if shape == Shape::Lines && !entries.is_empty() => {
            writer.indent(indent);
            writer.text.push('-');
            writer.lines(entries, indent + 2);
        }
        _ => writer.item(value, indent),
    }
    writer.text
}

/// Whether no text in a value has several lines.
fn is_short(value: &Value) -> bool {
    match value {
        Value::Text(text) => !text.contains('\n'),
        Value::List(items) => items.iter().all(is_short),
        Value::Map(entries) => entries.iter().all(|(_, value)| is_short(value)),
        _ => true,
    }
}

/// A key as it is written before its colon; nothing where it is too long for a plain one.
pub(super) fn key(key: &str) -> Option<String> {
    let written = bare(key).unwrap_or_else(|| quoted(key));
    (written.chars().count() <= 1000).then_some(written)
}

/// A value on one line, however long that gets.
pub(super) fn line(value: &Value) -> String {
    match value {
        Value::Text(text) => bare(text).unwrap_or_else(|| quoted(text)),
        value => flow_value(value),
    }
}

/// A key that is written already, with its value, at an indent.
pub(super) fn house_entry(key: &str, value: &Value, indent: usize) -> String {
    let mut writer = Writer::default();
    writer.indent(indent);
    writer.text.push_str(key);
    writer.text.push(':');
    writer.value(value, indent, indent + key.chars().count() + 2);
    writer.text
}

/// A dash with its value, at an indent.
pub(super) fn house_item(value: &Value, indent: usize) -> String {
    item(value, indent, Shape::House)
}

/// A value behind a key or a dash at an indent, from the space before it to its last line break.
pub(super) fn value(value: &Value, indent: usize) -> String {
    let mut writer = Writer::default();
    writer.value(value, indent, indent + KEY);
    writer.text
}

/// About as long as a key is with its colon.
const KEY: usize = 10;

/// `key: value` for the inside of braces.
pub(super) fn flow_entry(key: &str, value: &Value) -> String {
    format!("{}: {}", flow_text(key), flow_value(value))
}

/// A value for the inside of brackets or braces, however long it gets.
pub(super) fn flow_value(value: &Value) -> String {
    match value {
        Value::Text(text) => flow_text(text),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(flow_value).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entries = entries.iter();
            let entries: Vec<String> = entries.map(|(key, value)| flow_entry(key, value)).collect();
            format!("{{{}}}", entries.join(", "))
        }
        scalar => plain(scalar),
    }
}

fn flow_text(text: &str) -> String {
    match is_bare_in_flow(text) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// Whether a value of the root takes several lines.
pub(super) fn is_section(value: &Value) -> bool {
    match value {
        Value::Text(text) => block(text, 2).is_some_and(|_| wants_block(text, 0)),
        Value::List(_) | Value::Map(_) => {
            flow(value, true).is_none_or(|flow| flow.len() > WIDEST - 20)
        }
        _ => false,
    }
}

fn wants_block(text: &str, column: usize) -> bool {
    text.contains('\n') || column + text.chars().count() > WIDEST
}

#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    /// `key: value` at an indent, with the line break behind it.
    fn entry(&mut self, key: &str, value: &Value, indent: usize) {
        self.indent(indent);
        self.entry_here(key, value, indent);
    }

    /// As [`Self::entry`], where the indent is written already.
    fn entry_here(&mut self, key: &str, value: &Value, indent: usize) {
        let key = bare(key).unwrap_or_else(|| quoted(key));
        // YAML ends a simple key after 1024 characters.
        if key.chars().count() > 1000 {
            self.text.push_str(&format!("? {key}\n"));
            self.indent(indent);
            self.text.push(':');
        } else {
            self.text.push_str(&key);
            self.text.push(':');
        }
        self.value(value, indent, indent + key.chars().count() + 2);
    }

    /// A value behind its key or dash, beginning with the space before it.
    fn value(&mut self, value: &Value, indent: usize, column: usize) {
        if let Some(line) = one_line(value, column) {
            self.text.push(' ');
            self.text.push_str(&line);
            self.text.push('\n');
            return;
        }
        match value {
            Value::Text(text) => {
                let written =
                    block(text, indent + 2).unwrap_or_else(|| format!("{}\n", quoted(text)));
                self.text.push(' ');
                self.text.push_str(&written);
            }
            Value::List(items) => {
                self.text.push('\n');
                for item in items {
                    self.item(item, indent + 2);
                }
            }
            Value::Map(entries) => {
                self.text.push('\n');
                for (key, value) in entries {
                    self.entry(key, value, indent + 2);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn item(&mut self, item: &Value, indent: usize) {
        self.indent(indent);
        self.text.push('-');
        match item {
            Value::Map(entries) if one_line(item, indent + 2).is_none() => {
                self.lines(entries, indent + 2);
            }
            _ => self.value(item, indent, indent + 2),
        }
    }

    /// The entries of a map, the first behind a dash.
    fn lines(&mut self, entries: &[(String, Value)], indent: usize) {
        for (at, (key, value)) in entries.iter().enumerate() {
            if at == 0 {
                self.text.push(' ');
                self.entry_here(key, value, indent);
            } else {
                self.entry(key, value, indent);
            }
        }
    }

    fn indent(&mut self, indent: usize) {
        self.text.extend(std::iter::repeat_n(' ', indent));
    }
}

/// A value on the rest of a line, where it is short enough and reads well there.
fn one_line(value: &Value, column: usize) -> Option<String> {
    match value {
        Value::Text(text) if wants_block(text, column) && block(text, 2).is_some() => None,
        Value::Text(text) => Some(bare(text).unwrap_or_else(|| quoted(text))),
        Value::List(_) | Value::Map(_) => {
            let line = flow(value, true)?;
            let is_empty = matches!(line.as_str(), "[]" | "{}");
            (is_empty || column + line.chars().count() <= WIDEST).then_some(line)
        }
        scalar => Some(plain(scalar)),
    }
}

fn plain(scalar: &Value) -> String {
    match scalar {
        Value::Bool(value) => value.to_string(),
        Value::Number(digits) => digits.clone(),
        _ => "null".to_owned(),
    }
}

/// A list or map in brackets; nothing where it would read badly.
fn flow(value: &Value, outermost: bool) -> Option<String> {
    match value {
        Value::Text(text) if is_bare_in_flow(text) => Some(text.clone()),
        // A sentence in quotes reads better on a line of its own; an address or a sign does not mind.
        Value::Text(text) if !text.contains([' ', '\n']) && text.len() < 60 => Some(quoted(text)),
        Value::Text(_) => None,
        Value::List(items) if items.is_empty() => Some("[]".to_owned()),
        Value::List(items) => {
            let are_words = items.iter().all(|item| match item {
                Value::Text(text) => text.len() <= 30 && text.split(' ').count() <= 3,
                Value::List(_) | Value::Map(_) => false,
                _ => true,
            });
            if !are_words {
                return None;
            }
            let items: Option<Vec<String>> = items.iter().map(|item| flow(item, false)).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::Map(entries) if entries.is_empty() => Some("{}".to_owned()),
        Value::Map(entries) if outermost => {
            let entries: Option<Vec<String>> = entries
                .iter()
                .map(|(key, value)| {
                    let key = is_bare_in_flow(key).then_some(key)?;
                    Some(format!("{key}: {}", flow(value, false)?))
                })
                .collect();
            Some(format!("{{{}}}", entries?.join(", ")))
        }
        Value::Map(_) => None,
        scalar => Some(plain(scalar)),
    }
}
