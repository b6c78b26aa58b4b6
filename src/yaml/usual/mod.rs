//! The YAML that people usually write, read in one pass: words, quotations, texts in blocks, lists and maps in
//! lines or in brackets.
//!
//! Nothing but a key that stands twice is refused here. Whatever is rarer, or wrong, or could be read in two ways is
//! left to the parser, which knows all of YAML and says what is wrong with it; what is read here, the parser would
//! read alike.

mod block_text;
mod flow;
mod lines;
mod scalar;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use crate::text::Span;

use super::parse::Parsed;
use super::seen::{Seen, tell_twice};
use super::tree::{Content, Entry, Node, Scalar, Style, Tree, Value};

/// Deeper documents, and those with more values or comments, are left to the parser, which has the limits.
const DEEPEST: usize = 30;
const MOST_VALUES: usize = 95_000;
const MOST_COMMENTS: usize = 10_000;

/// As many entries as most maps have at most.
const USUAL_ENTRIES: usize = 8;

/// Reads a text that ends with a line break; nothing where the parser has to look at it.
pub(super) fn read(text: &str) -> Option<Parsed> {
    if !lines::are_usual(text.as_bytes()) {
        return None;
    }
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        line: 0,
        depth: 0,
        values: 0,
        comments: Vec::new(),
        findings: Vec::new(),
    };
    reader.next_line()?;
    if reader.is_done() || reader.column() != 0 {
        return None;
    }
    let root = reader.map()?;
    reader.is_done().then(|| Parsed {
        tree: Tree {
            text: text.to_owned(),
            root,
            comments: reader.comments,
        },
        findings: reader.findings,
    })
}

/// A text while it is read. Every step gives nothing where the parser has to look.
struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// The byte that is looked at. Behind a whole value it is the first of the next line that says something.
    at: usize,
    /// Where the line of that byte begins.
    line: usize,
    depth: usize,
    values: usize,
    comments: Vec<Span>,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// A map in lines; its first key is here.
    fn map(&mut self) -> Option<Node> {
        let (start, indent) = (self.at, self.column());
        self.deeper()?;
        let mut entries: Vec<Entry> = Vec::with_capacity(USUAL_ENTRIES);
        let mut seen = Seen::default();
        loop {
            let (key, key_span) = self.key()?;
            let is_new = self.is_new(&key, &key_span, &entries, &mut seen);
            let value = self.value_of_key(indent)?;
            if is_new {
                entries.push(Entry {
                    key,
                    key_span,
                    value,
                });
            }
            if self.is_done() || self.column() < indent {
                break;
            }
            if self.column() > indent || self.is_dash() {
                return None;
            }
        }
        self.depth -= 1;
        let end = entries.last()?.value.span.end;
        Some(Node {
            span: start..end,
            content: Content::Map {
                entries,
                flow: false,
            },
        })
    }

    /// A list in lines; its first dash is here.
    fn list(&mut self) -> Option<Node> {
        let (start, indent) = (self.at, self.column());
        self.deeper()?;
        let mut items = Vec::new();
        loop {
            self.at += 1;
            items.push(self.item(indent)?);
            if self.is_done() || self.column() < indent || !self.is_dash() {
                break;
            }
            if self.column() > indent {
                return None;
            }
        }
        self.depth -= 1;
        let end = items.last()?.span.end;
        Some(Node {
            span: start..end,
            content: Content::List(items),
        })
    }

    /// A list as deep as its key. To the parser it begins with its first item, where that stands beside its dash.
    fn list_below_key(&mut self) -> Option<Node> {
        let dash = self.at;
        self.at += 1;
        if self.ends_line() {
            return None;
        }
        self.at = dash;
        let mut list = self.list()?;
        if let Content::List(items) = &list.content {
            let first = items.first()?;
            // A text in a block begins at its mark, and the list with it; its own place is that of its words.
            if matches!(&first.content, Content::Scalar(scalar) if scalar.style == Style::Block) {
                return None;
            }
            list.span.start = first.span.start;
        }
        Some(list)
    }

    /// What stands behind the colon of a key.
    fn value_of_key(&mut self, indent: usize) -> Option<Node> {
        let colon = self.at;
        if !self.ends_line() {
            return self.in_line(indent);
        }
        self.end_line()?;
        let is_below = !self.is_done() && self.column() > indent;
        let is_list = !self.is_done() && self.column() == indent && self.is_dash();
        match (is_below, is_list) {
            (true, _) => self.below(indent),
            (_, true) => self.list_below_key(),
            _ => self.nothing(colon - 1),
        }
    }

    /// What stands behind a dash; an item that says nothing is left to the parser.
    fn item(&mut self, indent: usize) -> Option<Node> {
        if self.ends_line() {
            self.end_line()?;
            if self.is_done() || self.column() <= indent {
                return None;
            }
        }
        self.below(indent)
    }

    /// A value that begins here, behind a dash or on a line of its own.
    fn below(&mut self, indent: usize) -> Option<Node> {
        if self.is_dash() {
            self.list()
        } else if self.is_key() {
            self.map()
        } else {
            self.in_line(indent)
        }
    }

    /// A value that is no list and no map in lines; the lines that belong to it are deeper than `indent`.
    fn in_line(&mut self, indent: usize) -> Option<Node> {
        self.count()?;
        match self.byte()? {
            b'{' | b'[' => {
                let node = self.flow(indent)?;
                self.end_line()?;
                Some(node)
            }
            b'"' | b'\'' => {
                let (scalar, span) = self.quoted()?;
                self.end_line()?;
                Some(node_of(scalar, span))
            }
            b'|' | b'>' => self.block_text(indent),
            _ => self.plain(indent),
        }
    }

    /// A value that is not there; the parser says `~` for it, and has it end where its key does.
    fn nothing(&mut self, at: usize) -> Option<Node> {
        self.count()?;
        let scalar = Scalar {
            value: Value::Own("~".into()),
            style: Style::Plain,
        };
        Some(node_of(scalar, at..at))
    }

    /// Counts one more level.
    fn deeper(&mut self) -> Option<()> {
        self.depth += 1;
        self.count()?;
        (self.depth <= DEEPEST).then_some(())
    }

    /// Counts one more value.
    fn count(&mut self) -> Option<()> {
        self.values += 1;
        (self.values <= MOST_VALUES).then_some(())
    }

    /// Whether a key is the first of its kind in its map; says so where it is not.
    fn is_new(&mut self, key: &Scalar, span: &Span, entries: &[Entry], seen: &mut Seen) -> bool {
        let first = seen.first(self.text, entries, key);
        if let Some(first) = &first {
            tell_twice(&mut self.findings, self.text, key, span, first);
        }
        first.is_none()
    }
}

fn node_of(scalar: Scalar, span: Span) -> Node {
    Node {
        span,
        content: Content::Scalar(scalar),
    }
}
