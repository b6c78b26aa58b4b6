use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use crate::diagnostic::Diagnostic;
use crate::text::Span;

use super::seen::{Seen, tell, tell_twice};
use super::tree::{Content, Entry, Node, Scalar, Style, Tree, Value};
use super::usual;

/// The most levels, values and comments that a document may have.
const DEEPEST: usize = 64;
const MOST_VALUES: usize = 100_000;
const MOST_COMMENTS: usize = 20_000;

/// As many entries as most maps have at most, so that few lists of them are moved while they grow.
const USUAL_ENTRIES: usize = 8;

/// What stopped the parser.
#[derive(Debug, Clone)]
pub(super) struct SyntaxError {
    /// Where it noticed, which may be far behind the cause.
    pub offset: usize,
    /// Its own name for what it found.
    pub kind: granit_parser::ErrorKind,
}

/// What a parse gives: the tree, and what YAML allows but a document may not hold.
#[derive(Debug, PartialEq)]
pub(super) struct Parsed {
    pub tree: Tree,
    pub findings: Vec<Diagnostic>,
}

/// Why there is no tree.
pub(super) enum Failure {
    Syntax(SyntaxError),
    /// A limit was passed; the finding says which.
    TooLarge(Diagnostic),
    /// There is no value in the document.
    Empty,
}

/// Reads one document, by the parser where it is no usual one. The text must end with a line break.
pub(super) fn parse(text: &str) -> Result<Parsed, Failure> {
    let Some(parsed) = usual::read(text) else {
        return parse_any(text);
    };
    // Every document of every test is read twice, so that the two never drift apart.
    debug_assert!(
        matches!(parse_any(text), Ok(other) if other == parsed),
        "the parser reads this otherwise:\n{text}"
    );
    Ok(parsed)
}

/// Parses one document, whatever YAML it holds.
pub(super) fn parse_any(text: &str) -> Result<Parsed, Failure> {
    let options = granit_parser::options! {
        emit_comments: true,
        emit_unresolved_aliases: true,
        max_buffered_comment_events: MOST_COMMENTS,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    let mut builder = Builder::new(text);
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(|error| {
            Failure::Syntax(SyntaxError {
                offset: error.marker().byte_offset().unwrap_or(0).min(text.len()),
                kind: error.kind().clone(),
            })
        })?;
        let span = span.byte_range().unwrap_or(0..0);
        builder.take(event, span).map_err(Failure::TooLarge)?;
        if builder.second_document {
            break;
        }
    }
    let root = builder.root.ok_or(Failure::Empty)?;
    let tree = Tree {
        text: text.to_owned(),
        root,
        comments: builder.comments,
    };
    Ok(Parsed {
        tree,
        findings: builder.findings,
    })
}

/// A list or map whose end has not come yet.
enum Open {
    List(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        flow: bool,
        key: Option<(Scalar, Span)>,
        seen: Seen,
        duplicate: bool,
    },
    /// A value that stands where a key should; it is read and thrown away.
    Key,
}

struct Builder<'t> {
    text: &'t str,
    open: Vec<(Open, Span)>,
    root: Option<Node>,
    comments: Vec<Span>,
    findings: Vec<Diagnostic>,
    values: usize,
    documents: usize,
    second_document: bool,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            open: Vec::new(),
            root: None,
            comments: Vec::new(),
            findings: Vec::new(),
            values: 0,
            documents: 0,
            second_document: false,
        }
    }

    fn take(&mut self, event: Event<'t>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.second_document = true;
                    tell(
                        &mut self.findings,
                        Diagnostic::error("not-yaml", span, "a second document begins here").help(
                            "a file holds one incident: move what follows into a file of its own",
                        ),
                    );
                }
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.count(&span)?;
                self.refuse(anchor != 0, tag.is_some(), &span);
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                let span = match style {
                    Style::Block => self.without_trailing_space(span),
                    _ => span,
                };
                let value = self.value(&value);
                self.scalar(Scalar { value, style }, span);
            }
            Event::SequenceStart(_, anchor, tag) => {
                let list = Open::List(Vec::new());
                self.begin(&span, anchor != 0, tag.is_some(), list)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                let flow = style == StructureStyle::Flow;
                let map = Open::Map {
                    entries: Vec::with_capacity(USUAL_ENTRIES),
                    flow,
                    key: None,
                    seen: Seen::default(),
                    duplicate: false,
                };
                self.begin(&span, anchor != 0, tag.is_some(), map)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.count(&span)?;
                tell(
                    &mut self.findings,
                    Diagnostic::error(
                        "alias-or-tag",
                        span.clone(),
                        "an alias stands for text elsewhere in the file",
                    )
                    .help("write the text out, or put it in quotes if the `*` belongs to it"),
                );
                self.scalar(empty(), span);
            }
            Event::Comment(..) => {
                if self.comments.len() >= MOST_COMMENTS {
                    return Err(too_large(span, "the file has more than 20,000 comments"));
                }
                self.comments.push(span);
            }
            _ => {}
        }
        Ok(())
    }

    fn count(&mut self, span: &Span) -> Result<(), Diagnostic> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(too_large(
                span.clone(),
                "the file has more than 100,000 values",
            ));
        }
        if self.open.len() > DEEPEST {
            return Err(too_large(span.clone(), "the file has more than 64 levels"));
        }
        Ok(())
    }

    fn refuse(&mut self, anchor: bool, tag: bool, span: &Span) {
        let found = match (tag, anchor) {
            (true, _) => "a tag (`!…`) stands before this value",
            (_, true) => "an anchor (`&…`) stands before this value",
            _ => return,
        };
        tell(
            &mut self.findings,
            Diagnostic::error("alias-or-tag", span.clone(), found)
                .help("leave it out; if it belongs to the text, put the whole text in quotes"),
        );
    }

    fn begin(
        &mut self,
        span: &Span,
        anchor: bool,
        tag: bool,
        open: Open,
    ) -> Result<(), Diagnostic> {
        self.count(span)?;
        self.refuse(anchor, tag, span);
        let within_key = matches!(self.open.last(), Some((Open::Key, _)));
        let stands_as_key = matches!(self.open.last(), Some((Open::Map { key: None, .. }, _)));
        if stands_as_key {
            tell(
                &mut self.findings,
                Diagnostic::error(
                    "not-yaml",
                    span.clone(),
                    "a list or map stands where a key should",
                )
                .help("a key is a word; if the brackets belong to a text, put the text in quotes"),
            );
        }
        let opened = if within_key || stands_as_key {
            Open::Key
        } else {
            open
        };
        self.open.push((opened, span.clone()));
        Ok(())
    }

    fn end(&mut self, end: &Span) {
        let Some((open, start)) = self.open.pop() else {
            return;
        };
        let (content, last) = match open {
            Open::Key => {
                if !matches!(self.open.last(), Some((Open::Key, _))) {
                    let span = start.start..end.end;
                    self.scalar(empty(), span);
                }
                return;
            }
            Open::List(items) => {
                let last = items.last().map(|item| item.span.end);
                (Content::List(items), last)
            }
            Open::Map { entries, flow, .. } => {
                let last = entries
                    .last()
                    .map(|entry| entry.value.span.end.max(entry.key_span.end));
                (Content::Map { entries, flow }, last)
            }
        };
        let closed_by_bracket = self
            .text
            .get(end.clone())
            .is_some_and(|text| matches!(text, "]" | "}"));
        let last = if closed_by_bracket {
            end.end
        } else {
            last.unwrap_or(start.end)
        };
        let node = Node {
            span: start.start..last.max(start.start),
            content,
        };
        self.place(node);
    }

    fn scalar(&mut self, scalar: Scalar, span: Span) {
        match self.open.last_mut() {
            Some((
                Open::Map {
                    entries,
                    key: key @ None,
                    seen,
                    duplicate,
                    ..
                },
                _,
            )) => {
                if let Some(first) = seen.first(self.text, entries, &scalar) {
                    *duplicate = true;
                    tell_twice(&mut self.findings, self.text, &scalar, &span, &first);
                }
                *key = Some((scalar, span));
            }
            Some((Open::Key, _)) => {}
            _ => self.place(Node {
                span,
                content: Content::Scalar(scalar),
            }),
        }
    }

    fn place(&mut self, node: Node) {
        match self.open.last_mut() {
            Some((Open::List(items), _)) => items.push(node),
            Some((
                Open::Map {
                    entries,
                    key,
                    duplicate,
                    ..
                },
                _,
            )) => {
                if let Some((key, key_span)) = key.take()
                    && !std::mem::take(duplicate)
                {
                    entries.push(Entry {
                        key,
                        key_span,
                        value: node,
                    });
                }
            }
            Some((Open::Key, _)) => {}
            None if self.root.is_none() => self.root = Some(node),
            None => {}
        }
    }

    fn value(&self, value: &str) -> Value {
        let base = self.text.as_ptr() as usize;
        let at = value.as_ptr() as usize;
        match at.checked_sub(base) {
            Some(start) if self.text.get(start..start + value.len()) == Some(value) => {
                Value::Slice(start..start + value.len())
            }
            _ => Value::Own(value.into()),
        }
    }

    fn without_trailing_space(&self, span: Span) -> Span {
        let text = self.text.get(span.clone()).unwrap_or("");
        span.start..span.start + text.trim_end().len()
    }
}

fn empty() -> Scalar {
    Scalar {
        value: Value::Own("".into()),
        style: Style::Plain,
    }
}

fn too_large(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error("too-large", span, message)
        .help("a postmortem is read by people: link long output, or attach it as a file")
}
