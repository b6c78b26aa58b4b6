use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::{LineIndex, Position};

/// A range of bytes in a source, end excluded. Both ends stand on character boundaries.
pub type Span = Range<usize>;

/// A text with the name under which people know it, and its lines. A clone is the same text.
#[derive(Debug, Clone)]
pub struct Source(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    name: String,
    text: String,
    /// Found when a place is first asked for: a file without findings needs none.
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// Takes a text as it stands in a file called `name` (a path for people, or `<stdin>`).
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            name: name.into(),
            text: text.into(),
            lines: OnceLock::new(),
        }))
    }

    /// The name for messages.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The text, with every byte of the file (a byte-order mark included).
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The bytes of a span; empty where the span is not inside the text.
    pub fn slice(&self, span: &Span) -> &str {
        self.text().get(span.clone()).unwrap_or("")
    }

    /// Line and column of a byte, both from 1.
    pub fn position(&self, offset: usize) -> Position {
        self.lines().position(self.text(), offset)
    }

    /// The span of the line that holds this byte, without its line break.
    pub fn line_span(&self, offset: usize) -> Span {
        self.lines().line_span(self.text(), offset)
    }

    fn lines(&self) -> &LineIndex {
        (self.0.lines).get_or_init(|| LineIndex::new(self.text()))
    }
}
