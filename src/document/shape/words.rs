use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::model::Number;
use crate::yaml::{Content, Meaning, Node, Tree, quoted};

use super::remedy;

/// What kind of value stands somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Bool,
    /// A whole number that is not negative.
    Whole,
    Number,
    Text,
    List,
    Map,
}

impl Kind {
    pub const ALL: [Self; 7] = [
        Self::Null,
        Self::Bool,
        Self::Whole,
        Self::Number,
        Self::Text,
        Self::List,
        Self::Map,
    ];

    /// Whether a type of the schema covers it.
    pub fn is(self, schema_type: &str) -> bool {
        match schema_type {
            "null" => self == Self::Null,
            "boolean" => self == Self::Bool,
            "integer" => self == Self::Whole,
            "number" => matches!(self, Self::Whole | Self::Number),
            "string" => self == Self::Text,
            "array" => self == Self::List,
            "object" => self == Self::Map,
            _ => false,
        }
    }

    pub fn in_words(self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool => "`true` or `false`",
            Self::Whole | Self::Number => "a number",
            Self::Text => "a text",
            Self::List => "a list",
            Self::Map => "a map",
        }
    }
}

pub(super) fn kind_of(tree: &Tree, node: &Node) -> Kind {
    match &node.content {
        Content::List(_) => Kind::List,
        Content::Map { .. } => Kind::Map,
        Content::Scalar(scalar) => match tree.meaning(scalar) {
            Meaning::Null => Kind::Null,
            Meaning::Bool(_) => Kind::Bool,
            Meaning::Number(digits) if digits.parse::<u64>().is_ok() => Kind::Whole,
            Meaning::Number(_) => Kind::Number,
            Meaning::Text(_) => Kind::Text,
        },
    }
}

/// What a field may hold, in words.
pub(super) fn wanted(choices: &'static [Value]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for choice in choices {
        let kinds: Vec<&str> = match choice.get("type") {
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            Some(kind) => kind.as_str().into_iter().collect(),
            None => vec!["any"],
        };
        for kind in kinds {
            let word = match kind {
                "null" => continue,
                "boolean" => "`true` or `false`",
                "integer" | "number" => "a number",
                "array" => "a list",
                "object" => "a map",
                "string" if choice.get("enum").is_some() => "one of its words",
                "string" => match choice.get("format").and_then(Value::as_str) {
                    Some("moment" | "at") => "a time",
                    Some("day") => "a day",
                    Some("percent") => "a percentage",
                    Some("length") => "a length of time",
                    Some("time-zone") => "a time zone",
                    Some("key") => "a short name",
                    Some("incident-id") => "an id",
                    _ => "a text",
                },
                _ => "a value",
            };
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
        None => "nothing".to_owned(),
    }
}

/// Adds what to type instead.
pub(super) fn with_remedy(
    finding: Diagnostic,
    tree: &Tree,
    node: &Node,
    choices: &'static [Value],
    found: Kind,
) -> Diagnostic {
    let takes = |kind: &str| {
        choices.iter().any(|choice| match choice.get("type") {
            Some(Value::Array(kinds)) => kinds.iter().any(|known| known == kind),
            Some(known) => known == kind,
            None => false,
        })
    };
    let text = match &node.content {
        Content::Scalar(scalar) => tree.text_of(scalar),
        _ => "",
    };
    if let Some(Value::Array(words)) = choices.iter().find_map(|choice| choice.get("enum")) {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        if !words.is_empty() && !takes("object") {
            let finding = match found {
                Kind::List if !takes("array") => finding.help("write one word, without brackets"),
                _ => finding,
            };
            return finding.help(format!("allowed: {}", words.join(", ")));
        }
    }
    match found {
        Kind::Bool | Kind::Whole | Kind::Number if takes("string") => {
            let is_percent = choices.iter().any(|choice| {
                choice
                    .get("format")
                    .is_some_and(|format| format == "percent")
            });
            let is_time = choices.iter().any(|choice| {
                choice
                    .get("format")
                    .is_some_and(|format| matches!(format.as_str(), Some("moment" | "at" | "day")))
            });
            let is_length = choices.iter().any(|choice| {
                choice
                    .get("format")
                    .is_some_and(|format| format == "length")
            });
            if is_time {
                finding.help(
                    "write `2024-12-11T15:16-08:00`, a day (`2024-12-11`) or a month (`2024-12`)",
                )
            } else if is_percent {
                // A share of one (`0.5`) may be meant in either way.
                let is_whole = text
                    .parse::<f64>()
                    .is_ok_and(|share| (1.0..=100.0).contains(&share));
                let finding = finding.help(format!("write the percent sign: `{text}%`"));
                match is_whole && text != "1" {
                    true => finding.fixed_by(remedy::written(node, true, &format!("{text}%"))),
                    false => finding,
                }
            } else if is_length {
                finding.help(format!("write the unit, such as `{text}m` or `{text}s`"))
            } else {
                finding
                    .help(format!("put it in quotes: \"{text}\""))
                    .fixed_by(remedy::written(node, true, &quoted(text)))
            }
        }
        Kind::Text if takes("boolean") => match text.to_ascii_lowercase().as_str() {
            "yes" | "y" | "on" => finding
                .help("write `true`")
                .fixed_by(remedy::written(node, true, "true")),
            "no" | "n" | "off" => finding
                .help("write `false`")
                .fixed_by(remedy::written(node, true, "false")),
            "true" | "false" => finding
                .help("write it without quotes")
                .fixed_by(remedy::written(node, true, &text.to_ascii_lowercase())),
            _ => finding.help("write `true` or `false`, without quotes"),
        },
        Kind::Text if takes("array") && text.starts_with('-') => {
            finding.help("an item needs a space after its dash: `- item`")
        }
        Kind::Text | Kind::Whole | Kind::Number if takes("array") => {
            let finding = finding.help(format!(
                "write it as a list: [{}]",
                text.lines().next().unwrap_or("")
            ));
            let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.' | '/');
            match found == Kind::Text && !text.starts_with('-') && text.chars().all(is_word) {
                true => finding.fixed_by(remedy::written(node, true, &format!("[{text}]"))),
                false => finding,
            }
        }
        Kind::List if takes("object") => finding.help(
            "write it as a map: a line `key: value` for each field, without dashes or brackets",
        ),
        Kind::List if takes("string") => {
            finding.help("write it without brackets or dashes: one value")
        }
        Kind::Text if takes("object") => {
            finding.help("write it as a map: `key: value` lines below the key, indented")
        }
        Kind::Map if takes("array") => finding.help("begin each entry with a dash: `- key: value`"),
        Kind::Text if takes("number") || takes("integer") => {
            let finding =
                finding.help("write a decimal number without quotes, such as `12` or `1.2`");
            match text.parse::<Number>() {
                Ok(_) => finding.fixed_by(remedy::written(node, true, text)),
                Err(_) => finding,
            }
        }
        Kind::Null if comment_follows(tree, node) => {
            finding.help("what follows `#` is a comment; if it is the text, put it in quotes")
        }
        _ => finding,
    }
}

fn comment_follows(tree: &Tree, node: &Node) -> bool {
    let end = node.span.end;
    let next = tree.comments.partition_point(|comment| comment.start < end);
    (tree.comments.get(next)).is_some_and(|comment| comment.start - end <= 2)
}
