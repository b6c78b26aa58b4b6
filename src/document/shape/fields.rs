//! What is said of fields that are missing, mistyped or made by a comma.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Fix};
use crate::model::{Number, format_error};
use crate::text::{Span, only_near};
use crate::yaml::{Content, Entry, Node, Style, quoted};

use super::Walk;
use super::laid_out::{LAID_OUT, static_key};

impl Walk<'_> {
    pub(super) fn missing_field(&mut self, node: &Node, name: &str, key: &Span, field: &str) {
        let place = match &node.content {
            Content::Map { entries, .. } => entries.first().map(|entry| entry.key_span.clone()),
            _ => None,
        };
        let place = place.unwrap_or_else(|| key.clone());
        let message = match field {
            "the document" => format!("the document has no `{name}`"),
            _ => format!("this entry of `{field}` has no `{name}`"),
        };
        self.found(
            Diagnostic::error("missing-field", place, message).help(format!("add `{name}:`")),
        );
    }

    pub(super) fn unknown_field(
        &mut self,
        entries: &[Entry],
        at: usize,
        flow: bool,
        schema: &'static Value,
        guess: Option<&str>,
    ) {
        let Some(entry) = entries.get(at) else {
            return;
        };
        let before = at.checked_sub(1).and_then(|before| entries.get(before));
        let name = self.tree.text_of(&entry.key);
        let place = entry.key_span.clone();
        if schema.get("patternProperties").is_some() {
            let error = format_error("key", name).unwrap_or_default();
            self.found(Diagnostic::error("invalid-id", place, error));
            return;
        }
        let is_word_alone = self.tree.is_null(&entry.value) && entry.value.span.is_empty();
        if flow
            && is_word_alone
            && let Some(before) = before
        {
            let text = match &before.value.content {
                Content::Scalar(scalar) => self.tree.text_of(scalar),
                _ => "",
            };
            let field = self.tree.text_of(&before.key);
            let whole = before.value.span.start..place.end;
            let remedy = match text.parse::<Number>() {
                Ok(_) if name.bytes().all(|b| b.is_ascii_digit()) => {
                    format!(
                        "write a number without commas: {field}: {text}{name}; a range is [{text}, {name}]"
                    )
                }
                _ => format!("put the text in quotes: {field}: \"{text}, {name}\""),
            };
            let finding = Diagnostic::error(
                "comma-in-flow-text",
                whole,
                format!("the comma ends the text of `{field}`: YAML sees a second key"),
            );
            self.found(self.rejoined(finding.help(remedy), entries, at));
            return;
        }
        let mut finding = Diagnostic::error(
            "unknown-field",
            place,
            format!("there is no field `{name}` here"),
        );
        if let Some(guess) = guess {
            finding = finding.help(format!("did you mean `{guess}`?"));
            let written: Vec<&str> = entries
                .iter()
                .map(|entry| self.tree.text_of(&entry.key))
                .collect();
            let fields = schema.get("properties").and_then(Value::as_object);
            let free = fields.into_iter().flat_map(|fields| fields.keys());
            let free = free
                .map(String::as_str)
                .filter(|field| !written.contains(field));
            if let Some((meant, is_sure)) = only_near(name, free) {
                let place = entry.key_span.clone();
                finding = finding.fixed_by(Fix::replacing(
                    format!("write `{meant}`"),
                    is_sure,
                    place,
                    meant,
                ));
            }
        } else if let Some(field) = static_key(&LAID_OUT, name)
            && !self.path.segments().is_empty()
        {
            finding = finding.help(format!(
                "`{field}` belongs to the document itself: write it at the left margin"
            ));
        } else if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
            let names: Vec<&str> = fields.keys().map(String::as_str).collect();
            finding = finding.help(format!("known here: {}", names.join(", ")));
        }
        self.found(finding);
    }

    /// Adds putting a text that commas cut into quotes as a whole, where it is one.
    fn rejoined(&self, finding: Diagnostic, entries: &[Entry], at: usize) -> Diagnostic {
        let is_word_alone = |entry: &&Entry| {
            self.tree.is_null(&entry.value)
                && entry.value.span.is_empty()
                && entry.key.style == Style::Plain
        };
        let first = at.checked_sub(1).and_then(|first| entries.get(first));
        let text_of = |entry: &Entry| match &entry.value.content {
            Content::Scalar(scalar) if scalar.style == Style::Plain => {
                self.tree.text_of(scalar).to_owned()
            }
            _ => String::new(),
        };
        let Some(first) = first.filter(|first| !text_of(first).is_empty()) else {
            return finding;
        };
        let rest = entries.get(at..).unwrap_or_default();
        let end = rest.iter().take_while(is_word_alone).last();
        let span = first.value.span.start..end.map_or(0, |end| end.key_span.end);
        let whole = self
            .tree
            .text_before(span.end)
            .get(span.start..)
            .unwrap_or("");
        let is_plain =
            !whole.contains(['\n', '"', '#']) && text_of(first).parse::<Number>().is_err();
        match is_plain {
            true => finding.fixed_by(Fix::replacing(
                "put the whole text in quotes",
                true,
                span,
                quoted(whole),
            )),
            false => finding,
        }
    }
}
