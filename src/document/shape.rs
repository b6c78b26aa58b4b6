//! The shape check: the schema walked beside the tree, every mistake once, at its key or value.

mod allowed;
mod fields;
mod laid_out;
mod order;
mod prose;
mod remedy;
mod words;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, MOST_FINDINGS};
use crate::model::{FormatVersion, Number, format_error};
use crate::text::{Span, nearest};
use crate::yaml::{Content, Entry, Meaning, Node, Path, Segment, Tree};

use allowed::{ALLOWED, Allowed, Form};
use laid_out::{LAID_OUT, choices};
pub(super) use order::fields_at;
pub(super) use prose::is_prose;
use words::{Kind, kind_of, wanted, with_remedy};

/// What a shape check found, and what is left of the document without it.
pub(super) struct Shape {
    pub findings: Vec<Diagnostic>,
    /// The paths at which something was dropped or is missing, so that its absence is no news.
    pub damaged: Vec<Path>,
    /// The tree without what cannot be read; absent where the root is no map.
    pub sound: Option<Node>,
}

/// Checks a tree against the format. `blanked` is the source of the bytes that no YAML could be made of: a
/// field that stands there is not missing.
pub(super) fn check(tree: &Tree, blanked: &str) -> Shape {
    let mut walk = Walk {
        tree,
        blanked,
        findings: Vec::new(),
        damaged: Vec::new(),
        path: Path::root(),
    };
    let root_key = tree.root.span.start..tree.root.span.start;
    let sound = walk.node(&tree.root, &ALLOWED, &root_key, "the document");
    Shape {
        findings: walk.findings,
        damaged: walk.damaged,
        sound,
    }
}

struct Walk<'t> {
    tree: &'t Tree,
    blanked: &'t str,
    findings: Vec<Diagnostic>,
    damaged: Vec<Path>,
    path: Path,
}

impl Walk<'_> {
    /// Checks a value; gives what is sound of it, or nothing where it has to go as a whole.
    fn node(
        &mut self,
        node: &Node,
        allowed: &'static Allowed,
        key: &Span,
        field: &str,
    ) -> Option<Node> {
        if allowed.is_free {
            return self.free(node).then(|| node.clone());
        }
        let found = kind_of(self.tree, node);
        let Some(form) = allowed.form(found) else {
            self.wrong_type(node, allowed.choices, found, key, field);
            return None;
        };
        match &node.content {
            Content::Scalar(_) => self.scalar(node, form, field).then(|| node.clone()),
            Content::List(items) => self.list(node, items, form, key, field),
            Content::Map { entries, flow } => self.map(node, entries, *flow, form, key, field),
        }
    }

    /// The dash of an item of a list that has nothing behind it.
    fn dash_before(&self, item: &Node) -> Option<Span> {
        let dash = self.tree.text_before(item.span.start).rfind('-')?;
        Some(dash..dash + 1)
    }

    fn wrong_type(
        &mut self,
        node: &Node,
        choices: &'static [Value],
        found: Kind,
        key: &Span,
        field: &str,
    ) {
        if self.is_full() {
            return;
        }
        let place = if node.span.is_empty() {
            key
        } else {
            &node.span
        };
        let wanted = wanted(choices);
        let is_item = matches!(self.path.segments().last(), Some(Segment::Index(_)));
        let message = match (found, is_item) {
            (Kind::Null, true) => format!("an entry of `{field}` is empty; it wants {wanted}"),
            (Kind::Null, false) => format!("`{field}` is empty; it wants {wanted}"),
            (_, true) => format!(
                "an entry of `{field}` wants {wanted} and holds {}",
                found.in_words()
            ),
            (_, false) => format!("`{field}` wants {wanted} and holds {}", found.in_words()),
        };
        let finding = Diagnostic::error("wrong-type", place.clone(), message);
        self.found(with_remedy(finding, self.tree, node, choices, found));
    }

    fn scalar(&mut self, node: &Node, form: &'static Form, field: &str) -> bool {
        let Content::Scalar(scalar) = &node.content else {
            return false;
        };
        let text = self.tree.text_of(scalar);
        if let Some(words) = form.words {
            return self.word(node, text, words, field);
        }
        if let Some(format) = form.format
            && let Some(error) = format_error(format, text)
        {
            let rule = match format {
                "moment" | "at" | "day" => "invalid-timestamp",
                "percent" => "invalid-percentage",
                "length" => "invalid-length",
                "time-zone" => "unknown-timezone",
                _ => "invalid-id",
            };
            if self.is_full() {
                return false;
            }
            let finding = Diagnostic::error(rule, node.span.clone(), error);
            self.found(remedy::normalised(finding, scalar, format, text));
            return false;
        }
        self.decimal(node)
    }

    /// Whether a value is no number, or a decimal one.
    fn decimal(&mut self, node: &Node) -> bool {
        if let Content::Scalar(scalar) = &node.content
            && let Meaning::Number(digits) = self.tree.meaning(scalar)
            && let Err(error) = digits.parse::<Number>()
        {
            self.found(Diagnostic::error("wrong-type", node.span.clone(), error));
            return false;
        }
        true
    }

    /// Checks a value of which the format says nothing: its numbers must be decimal all the same.
    fn free(&mut self, node: &Node) -> bool {
        match &node.content {
            Content::Scalar(_) => self.decimal(node),
            Content::List(items) => {
                let mut sound = true;
                for item in items {
                    sound &= self.free(item);
                }
                sound
            }
            Content::Map { entries, .. } => {
                let mut sound = true;
                for entry in entries {
                    sound &= self.free(&entry.value);
                }
                sound
            }
        }
    }

    fn word(&mut self, node: &Node, text: &str, words: &[Value], field: &str) -> bool {
        let number = words.iter().find_map(Value::as_u64);
        if let Some(number) = number {
            if text == number.to_string() {
                return true;
            }
            self.found(
                Diagnostic::error(
                    "stale-format-version",
                    node.span.clone(),
                    format!(
                        "this is format version {text}, and this tool reads version {}",
                        FormatVersion::NUMBER
                    ),
                )
                .help(format!(
                    "write `version: {number}`, or use a postmortem that knows version {text}"
                )),
            );
            return false;
        }
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        if words.contains(&text) {
            return true;
        }
        if self.is_full() {
            return false;
        }
        let mut finding = Diagnostic::error(
            "unknown-value",
            node.span.clone(),
            format!("`{text}` is no value of `{field}`"),
        );
        if let Some(meant) = nearest(text, words.iter().copied()) {
            finding = finding.help(format!("did you mean `{meant}`?"));
        } else if field == "value" && text.parse::<Number>().is_ok() {
            finding = finding
                .help(format!("a number stands without quotes: {text}"))
                .fixed_by(remedy::written(node, true, text));
        }
        finding = remedy::one_of(finding, node, text, &words);
        self.found(finding.help(format!("allowed: {}", words.join(", "))));
        false
    }

    fn list(
        &mut self,
        node: &Node,
        items: &[Node],
        form: &'static Form,
        key: &Span,
        field: &str,
    ) -> Option<Node> {
        let count = items.len();
        if form.least.is_some_and(|least| count < least)
            || form.most.is_some_and(|most| count > most)
        {
            let wanted = match (form.least, form.most) {
                (Some(least), Some(most)) if least == most => format!("{least} items"),
                _ => "one item at least".to_owned(),
            };
            let message = format!("`{field}` wants {wanted} and holds {count}");
            self.found(Diagnostic::error("wrong-type", node.span.clone(), message));
            return None;
        }
        let Some(of_items) = &form.items else {
            return Some(node.clone());
        };
        let mut sound = Vec::new();
        for item in items {
            let at_item = item.span.start..item.span.start;
            let place = if item.span.is_empty() {
                &self.dash_before(item).unwrap_or_else(|| key.clone())
            } else {
                &at_item
            };
            let told = self.damaged.len();
            // Paths are those of the sound document: a dropped item does not count.
            match self.within(sound.len(), |walk| walk.node(item, of_items, place, field)) {
                Some(item) => sound.push(item),
                None => self.damaged.truncate(told),
            }
        }
        let exact = form.least == form.most && form.least.is_some();
        let short = form.least.is_some_and(|least| sound.len() < least);
        if short || (exact && sound.len() < count) {
            return None;
        }
        Some(Node {
            span: node.span.clone(),
            content: Content::List(sound),
        })
    }

    fn map(
        &mut self,
        node: &Node,
        entries: &[Entry],
        flow: bool,
        form: &'static Form,
        key: &Span,
        field: &str,
    ) -> Option<Node> {
        let required = &form.required;
        let written: Vec<&str> = entries
            .iter()
            .map(|entry| self.tree.text_of(&entry.key))
            .collect();
        let mut absent: Option<Vec<&str>> = None;
        let mut meant: Vec<&str> = Vec::new();
        let mut lost = false;
        let mut sound = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            let name = self.tree.text_of(&entry.key);
            let of_value = match form.field(name) {
                Some(of_value) => of_value,
                None => {
                    if self.is_full() {
                        continue;
                    }
                    let absent = absent.get_or_insert_with(|| {
                        form.names()
                            .filter(|name| !written.contains(name))
                            .collect()
                    });
                    let guess = nearest(name, absent.iter().copied());
                    self.unknown_field(entries, at, flow, form.schema, guess);
                    meant.extend(form.names().find(|name| guess == Some(*name)));
                    continue;
                }
            };
            let value = self.within(name, |walk| {
                walk.node(&entry.value, of_value, &entry.key_span, name)
            });
            match value {
                Some(value) => sound.push(Entry {
                    key: entry.key.clone(),
                    key_span: entry.key_span.clone(),
                    value,
                }),
                None => {
                    self.damaged.push(self.path.clone().then(name));
                    lost |= required.contains(&name);
                }
            }
        }
        for name in &meant {
            self.damaged.push(self.path.clone().then(*name));
            lost |= required.contains(name);
        }
        for name in required.iter().copied() {
            if !written.contains(&name) && !meant.contains(&name) {
                if !self.is_full() && !self.blanked.contains(&format!("{name}:")) {
                    self.missing_field(node, name, key, field);
                }
                self.damaged.push(self.path.clone().then(name));
                lost = true;
            }
        }
        let is_root = self.path.segments().is_empty();
        (!lost || is_root).then(|| Node {
            span: node.span.clone(),
            content: Content::Map {
                entries: sound,
                flow,
            },
        })
    }

    fn within<T>(&mut self, segment: impl Into<Segment>, check: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(segment);
        let result = check(self);
        self.path.pop();
        result
    }

    /// Whether so much was found that nobody is told of more.
    fn is_full(&self) -> bool {
        self.findings.len() > MOST_FINDINGS
    }

    fn found(&mut self, finding: Diagnostic) {
        if !self.is_full() {
            self.findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests;
