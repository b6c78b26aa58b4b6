use crate::text::Span;

use super::{Path, Segment};

/// A YAML document in which every key, value and comment knows its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// The text the values are slices of; as long as the source, but with slips blanked out.
    pub(super) text: String,
    /// The outermost value.
    pub root: Node,
    /// Every comment, in order: from its `#` to the end of its line.
    pub comments: Vec<Span>,
}

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The bytes of the value. For block text they begin with the first line of the text; an empty
    /// value has no bytes and stands where it would.
    pub span: Span,
    /// What the value is.
    pub content: Content,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A text, a number, `true`, nothing: whatever is neither list nor map.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file; no key stands twice.
    Map {
        /// The entries.
        entries: Vec<Entry>,
        /// Whether it is written in braces.
        flow: bool,
    },
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Scalar,
    /// The bytes of the key.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

/// A scalar as it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    pub(super) value: Value,
    /// How it is written.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes; may be a number, `true` or nothing.
    Plain,
    /// In quotes; always a text.
    Quoted,
    /// As a block (`|` or `>`); always a text.
    Block,
}

/// Most values are a slice of the source; only folded and escaped ones have bytes of their own.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Slice(Span),
    Own(Box<str>),
}

/// What a scalar means under YAML's core schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning<'t> {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(&'t str),
    /// A text.
    Text(&'t str),
}

impl Tree {
    /// The text of a scalar.
    pub fn text_of<'t>(&'t self, scalar: &'t Scalar) -> &'t str {
        match &scalar.value {
            Value::Slice(span) => self.text.get(span.clone()).unwrap_or(""),
            Value::Own(text) => text,
        }
    }

    /// The bytes of a scalar's text, where it stands in the file as it is.
    pub fn slice_of(&self, scalar: &Scalar) -> Option<Span> {
        match &scalar.value {
            Value::Slice(span) => Some(span.clone()),
            Value::Own(_) => None,
        }
    }

    /// How many entries the root has.
    pub fn root_len(&self) -> usize {
        match &self.root.content {
            Content::Map { entries, .. } => entries.len(),
            _ => 0,
        }
    }

    /// The text from the beginning to a byte.
    pub fn text_before(&self, offset: usize) -> &str {
        self.text.get(..offset).unwrap_or("")
    }

    /// What a scalar means.
    pub fn meaning<'t>(&'t self, scalar: &'t Scalar) -> Meaning<'t> {
        let text = self.text_of(scalar);
        match scalar.style {
            Style::Plain => plain_meaning(text),
            Style::Quoted | Style::Block => Meaning::Text(text),
        }
    }

    /// Whether a value says nothing.
    pub fn is_null(&self, node: &Node) -> bool {
        match &node.content {
            Content::Scalar(scalar) => self.meaning(scalar) == Meaning::Null,
            _ => false,
        }
    }

    /// The entry of a map with this key.
    pub fn entry<'t>(&'t self, node: &'t Node, key: &str) -> Option<&'t Entry> {
        let Content::Map { entries, .. } = &node.content else {
            return None;
        };
        entries.iter().find(|entry| self.text_of(&entry.key) == key)
    }

    /// The value one step below, with its key where it has one.
    pub fn child<'t>(
        &'t self,
        node: &'t Node,
        segment: &Segment,
    ) -> Option<(Option<&'t Entry>, &'t Node)> {
        match segment {
            Segment::Key(key) => self
                .entry(node, key)
                .map(|entry| (Some(entry), &entry.value)),
            Segment::Index(index) => match &node.content {
                Content::List(items) => items.get(*index).map(|item| (None, item)),
                _ => None,
            },
        }
    }

    /// The value at a path.
    pub fn at(&self, path: &Path) -> Option<&Node> {
        path.segments()
            .iter()
            .try_fold(&self.root, |node, segment| {
                self.child(node, segment).map(|(_, child)| child)
            })
    }
}

impl Tree {
    /// Puts an entry at the end of the root map where it has no such key, with no bytes of its own.
    pub fn add_where_absent(&mut self, key: &str, value: &str) {
        if self.entry(&self.root, key).is_some() {
            return;
        }
        let scalar = |text: &str| Scalar {
            value: Value::Own(text.into()),
            style: Style::Plain,
        };
        let place = self.root.span.start..self.root.span.start;
        if let Content::Map { entries, .. } = &mut self.root.content {
            entries.push(Entry {
                key: scalar(key),
                key_span: place.clone(),
                value: Node {
                    span: place,
                    content: Content::Scalar(scalar(value)),
                },
            });
        }
    }
}

/// Whether a bare word is a text, and no number, `true`, `false` or nothing.
pub(super) fn is_text(word: &str) -> bool {
    matches!(plain_meaning(word), Meaning::Text(_))
}

fn plain_meaning(text: &str) -> Meaning<'_> {
    // Most words begin otherwise than all of these do.
    let first = text.bytes().next().unwrap_or(b'~');
    let may_mean_more = matches!(first, b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F');
    if !may_mean_more && !may_begin_number(first) {
        return Meaning::Text(text);
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Meaning::Null,
        "true" | "True" | "TRUE" => Meaning::Bool(true),
        "false" | "False" | "FALSE" => Meaning::Bool(false),
        _ if is_number(text) => Meaning::Number(text),
        _ => Meaning::Text(text),
    }
}

fn may_begin_number(first: u8) -> bool {
    first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')
}

fn is_number(text: &str) -> bool {
    if !text.bytes().next().is_some_and(may_begin_number) {
        return false;
    }
    // `2024-`: a sign behind a digit is in a date.
    if let [_, _, _, digit, b'-', ..] = text.as_bytes()
        && digit.is_ascii_digit()
    {
        return false;
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let of_base =
        |digits: &str, base: u32| !digits.is_empty() && digits.chars().all(|c| c.is_digit(base));
    if let Some(digits) = unsigned.strip_prefix("0x") {
        return of_base(digits, 16);
    }
    if let Some(digits) = unsigned.strip_prefix("0o") {
        return of_base(digits, 8);
    }
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let mantissa_ok = match mantissa.split_once('.') {
        Some((whole, fraction)) => {
            digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty())
        }
        None => !mantissa.is_empty() && digits(mantissa),
    };
    mantissa_ok
        && exponent.is_none_or(|exponent| {
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_mean_what_the_core_schema_says() {
        for number in [
            "0", "-1", "+12", "1.10", ".5", "1.", "1e3", "-1.5E-3", "0x1F", "0o17", ".inf",
            "-.INF", ".nan", "007",
        ] {
            assert_eq!(plain_meaning(number), Meaning::Number(number));
        }
        for text in [
            "no",
            "yes",
            "1_000",
            "1.2.3",
            "2024-12-11",
            "15:16",
            "e3",
            "-",
            ".",
            "0x",
            "1e",
            "99.9%",
            "P1",
        ] {
            assert_eq!(plain_meaning(text), Meaning::Text(text));
        }
        for null in ["", "~", "null", "NULL"] {
            assert_eq!(plain_meaning(null), Meaning::Null);
        }
        assert_eq!(plain_meaning("True"), Meaning::Bool(true));
    }
}
