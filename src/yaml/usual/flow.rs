use crate::text::Span;
use crate::yaml::seen::Seen;
use crate::yaml::tree::{Content, Entry, Node, Scalar};

use super::scalar::{Stop, is_flow_sign};
use super::{Reader, node_of};

impl Reader<'_> {
    /// A list or a map in brackets, which begins here; its lines are deeper than `indent`.
    pub(super) fn flow(&mut self, indent: usize) -> Option<Node> {
        let start = self.at;
        self.deeper()?;
        let content = match self.byte()? {
            b'{' => self.flow_map(indent)?,
            _ => self.flow_list(indent)?,
        };
        self.at += 1;
        self.depth -= 1;
        Some(Node {
            span: start..self.at,
            content,
        })
    }

    fn flow_list(&mut self, indent: usize) -> Option<Content> {
        let mut items = Vec::new();
        self.at += 1;
        self.flow_space(indent)?;
        while self.byte()? != b']' {
            items.push(self.flow_value(indent)?);
            self.flow_comma(indent, b']')?;
        }
        Some(Content::List(items))
    }

    fn flow_map(&mut self, indent: usize) -> Option<Content> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen = Seen::default();
        self.at += 1;
        self.flow_space(indent)?;
        while self.byte()? != b'}' {
            let (key, key_span) = self.flow_key()?;
            let is_new = self.is_new(&key, &key_span, &entries, &mut seen);
            self.flow_space(indent)?;
            let value = self.flow_value(indent)?;
            if is_new {
                entries.push(Entry {
                    key,
                    key_span,
                    value,
                });
            }
            self.flow_comma(indent, b'}')?;
        }
        Some(Content::Map {
            entries,
            flow: true,
        })
    }

    /// A key in brackets is one in a line; what would end it earlier there is left to the parser.
    fn flow_key(&mut self) -> Option<(Scalar, Span)> {
        let (key, span) = self.key()?;
        let written = self.text.get(span.clone())?;
        let is_quoted = written.starts_with(['"', '\'']);
        let is_usual = is_quoted || !written.bytes().any(is_flow_sign);
        is_usual.then_some((key, span))
    }

    fn flow_value(&mut self, indent: usize) -> Option<Node> {
        match self.byte()? {
            b'{' | b'[' => self.flow(indent),
            b'"' | b'\'' => {
                self.count()?;
                let (scalar, span) = self.quoted()?;
                Some(node_of(scalar, span))
            }
            _ => {
                self.count()?;
                // Words that end with their line go on with the next one, unless that begins with a comma or a bracket.
                let before = self.at;
                let found = self.plain_word(true, Stop::Flow);
                let (scalar, span) = match found {
                    Some(found) => found,
                    None => {
                        self.at = before;
                        self.plain_word(true, Stop::Line)?
                    }
                };
                Some(node_of(scalar, span))
            }
        }
    }

    /// The comma behind a value, or the bracket that ends it all.
    fn flow_comma(&mut self, indent: usize, close: u8) -> Option<()> {
        self.flow_space(indent)?;
        match self.byte()? {
            b',' => {
                self.at += 1;
                self.flow_space(indent)
            }
            byte => (byte == close).then_some(()),
        }
    }

    /// Skips spaces, line breaks and comments between the brackets.
    fn flow_space(&mut self, indent: usize) -> Option<()> {
        let begins = self.at;
        loop {
            match self.byte()? {
                b' ' => self.at += 1,
                b'\n' => {
                    self.at += 1;
                    self.line = self.at;
                }
                b'#' if self.at > begins => self.comment()?,
                _ => break,
            }
        }
        let is_on_new_line = self.line > begins;
        (!is_on_new_line || self.column() > indent).then_some(())
    }
}
