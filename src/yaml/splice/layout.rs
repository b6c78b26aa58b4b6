use crate::text::Span;

use super::super::tree::{Content, Entry, Node, Style, Tree};

/// How the values of a tree lie in its lines.
///
/// A *head* is the byte behind a key's colon or an item's dash: there a value begins. Columns count
/// bytes from 0; a byte-order mark takes none.
pub struct Layout<'t> {
    /// The tree.
    pub tree: &'t Tree,
    /// Its text, which ends with a line break.
    pub text: &'t str,
}

impl<'t> Layout<'t> {
    /// The layout of a tree.
    pub fn new(tree: &'t Tree) -> Self {
        let text = &tree.text;
        Self { tree, text }
    }

    /// Whether a list is written in brackets, or a map in braces.
    pub fn is_flow(&self, node: &Node) -> bool {
        let opens = |bracket: char| {
            let rest = self.text.get(node.span.start..).unwrap_or("");
            rest.starts_with(bracket)
        };
        match &node.content {
            Content::Map { flow, .. } => *flow,
            Content::List(_) => opens('['),
            Content::Scalar(_) => false,
        }
    }

    /// The byte behind the colon of an entry; behind the key where it has none, as in `{a}`.
    pub fn head_of_entry(&self, entry: &Entry) -> usize {
        let at = self.past_space(entry.key_span.end);
        match self.text.as_bytes().get(at) {
            Some(b':') => at + 1,
            _ => entry.key_span.end,
        }
    }

    /// The byte behind the dash of an item of a block list.
    pub fn head_of_item(&self, item: &Node) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let is_block =
            matches!(&item.content, Content::Scalar(scalar) if scalar.style == Style::Block);
        let mut at = match is_block {
            true => self.header_above(item.span.start)?,
            false => item.span.start,
        };
        loop {
            let comment = self.comment_ending_at(at);
            if let Some(comment) = comment {
                at = comment.start;
                continue;
            }
            at = at.checked_sub(1)?;
            match bytes.get(at)? {
                b'-' => return Some(at + 1),
                b' ' | b'\t' | b'\n' | b'\r' => {}
                _ => return None,
            }
        }
    }

    /// The byte behind the last one of a value that begins at a head: of a block that keeps its blank
    /// lines, the last of them.
    pub fn end_of(&self, head: usize, node: &Node) -> usize {
        if self.is_flow(node) {
            return node.span.end;
        }
        let end = match &node.content {
            Content::Map { entries, .. } => entries
                .last()
                .map(|entry| self.end_of(self.head_of_entry(entry), &entry.value)),
            Content::List(items) => items
                .last()
                .and_then(|item| Some(self.end_of(self.head_of_item(item)?, item))),
            Content::Scalar(scalar) if scalar.style == Style::Block => {
                Some(self.end_of_block(head, node))
            }
            Content::Scalar(_) => None,
        };
        end.unwrap_or(node.span.end).max(head)
    }

    /// Where the `|` or `>` is of a block whose text begins at an offset.
    fn header_above(&self, text: usize) -> Option<usize> {
        let mut line = self.line_start(text);
        loop {
            line = self.line_start(line.checked_sub(1)?);
            let end = line + self.line_at(line).len();
            let comment = self.comments_in(&(line..end)).next();
            let before = self
                .text
                .get(line..comment.map_or(end, |comment| comment.start))?;
            if let Some(at) = before.rfind(['|', '>']) {
                return Some(line + at);
            }
            if !before.trim().is_empty() {
                return None;
            }
        }
    }

    /// Whether the last text of a value is a block to which all blank lines below it belong.
    pub fn keeps_blank_lines(&self, head: usize, node: &Node) -> bool {
        match &node.content {
            Content::Map { entries, flow } => entries.last().is_some_and(|entry| {
                !flow && self.keeps_blank_lines(self.head_of_entry(entry), &entry.value)
            }),
            Content::List(items) => items.last().is_some_and(|item| {
                let head = self.head_of_item(item).filter(|_| !self.is_flow(node));
                head.is_some_and(|head| self.keeps_blank_lines(head, item))
            }),
            Content::Scalar(scalar) => {
                let header = self.text.get(self.block_header(head));
                scalar.style == Style::Block && header.is_some_and(|header| header.contains('+'))
            }
        }
    }

    /// Whether a text in a block ends just above a line, to which blank lines there would belong.
    pub fn follows_kept_text(&self, line: usize) -> bool {
        let (mut head, mut node) = (0, &self.tree.root);
        loop {
            let below = match &node.content {
                Content::Map {
                    entries,
                    flow: false,
                } => {
                    let mut above = entries
                        .iter()
                        .rev()
                        .filter(|entry| entry.key_span.start < line);
                    // An entry that nobody wrote has no bytes.
                    let entry = above.find(|entry| !entry.key_span.is_empty());
                    entry.map(|entry| (self.head_of_entry(entry), &entry.value))
                }
                Content::List(items) if !self.is_flow(node) => {
                    let item = items.iter().rfind(|item| item.span.start < line);
                    item.and_then(|item| Some((self.head_of_item(item)?, item)))
                }
                _ => break,
            };
            match below {
                Some(below) => (head, node) = below,
                None => return false,
            }
        }
        self.keeps_blank_lines(head, node) && self.line_after(self.end_of(head, node)) == line
    }

    fn end_of_block(&self, head: usize, node: &Node) -> usize {
        let header = self.block_header(head);
        let keeps = self.keeps_blank_lines(head, node);
        let mut end = if node.span.is_empty() {
            header.end
        } else {
            node.span.end
        };
        if !keeps {
            return end;
        }
        loop {
            let next = self.line_after(end);
            let line = self.line_at(next);
            if next >= self.text.len() || !line.trim().is_empty() {
                return end;
            }
            end = next + line.len();
        }
    }

    /// The `|` or `>` of a block with what belongs to it, such as `|2-`.
    pub fn block_header(&self, head: usize) -> Span {
        let start = self.past_space(head);
        let rest = self.text.get(start..).unwrap_or("");
        let length = rest.find(|c: char| c.is_whitespace()).unwrap_or(rest.len());
        start..start + length
    }

    /// Where the next line begins.
    pub fn line_after(&self, offset: usize) -> usize {
        match self.text.get(offset..).and_then(|rest| rest.find('\n')) {
            Some(end) => offset + end + 1,
            None => self.text.len(),
        }
    }

    /// Where the line of an offset begins; behind the byte-order mark on the first.
    pub fn line_start(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or("");
        match before.rfind('\n') {
            Some(end) => end + 1,
            None if self.text.starts_with('\u{feff}') => '\u{feff}'.len_utf8().min(offset),
            None => 0,
        }
    }

    /// The column of an offset, in bytes from 0.
    pub fn column(&self, offset: usize) -> usize {
        offset - self.line_start(offset)
    }

    /// The rest of a line, without its break.
    pub fn line_at(&self, start: usize) -> &'t str {
        let rest = self.text.get(start..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("");
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// Whether nothing but space stands before an offset in its line.
    pub fn begins_line(&self, offset: usize) -> bool {
        self.text
            .get(self.line_start(offset)..offset)
            .is_some_and(|before| before.trim().is_empty())
    }

    /// How far the line of an offset is indented.
    pub fn indent_at(&self, offset: usize) -> usize {
        let line = self.line_at(self.line_start(offset));
        line.len() - line.trim_start_matches(' ').len()
    }

    /// Whether space stands before an offset, or a line begins there.
    pub fn ends_with_space(&self, offset: usize) -> bool {
        let before = self.text.get(..offset).unwrap_or("");
        before.is_empty() || before.ends_with([' ', '\t', '\n'])
    }

    /// The line break that the lines around an offset have.
    pub fn line_break(&self, offset: usize) -> &'static str {
        let mut before = self.text.get(..offset).unwrap_or("");
        if offset == self.text.len() {
            // The last line may have got its break from the reader.
            before = before.strip_suffix('\n').unwrap_or(before);
        }
        let upto = match before.rfind('\n') {
            Some(end) => &before[..=end],
            None => self.text.split_inclusive('\n').next().unwrap_or(""),
        };
        if upto.ends_with("\r\n") { "\r\n" } else { "\n" }
    }

    /// Where a line may be put in behind something that ends at `end`: the comments below it that are
    /// indented deeper than the line belong to what is above.
    pub fn below(&self, end: usize, column: usize) -> usize {
        let mut at = self.line_after(end);
        let mut next = at;
        while next < self.text.len() {
            let line = self.line_at(next);
            let indent = line.len() - line.trim_start().len();
            if !line.trim().is_empty() {
                let is_comment = self.comment_starting_at(next + indent).is_some();
                if !is_comment || indent <= column {
                    break;
                }
                at = self.line_after(next);
            }
            next = self.line_after(next);
        }
        at
    }

    /// Whether a text in a block that ends before a line would take a comment there for its own: it is
    /// deeper than the column of the text's key.
    pub fn would_swallow(&self, mut line: usize, column: usize) -> bool {
        while line < self.text.len() {
            let words = self.line_at(line);
            let indent = words.len() - words.trim_start().len();
            if !words.trim().is_empty() {
                return indent > column + 1 && self.comment_starting_at(line + indent).is_some();
            }
            line = self.line_after(line);
        }
        false
    }

    /// The comments that begin in a span.
    pub fn comments_in(&self, span: &Span) -> impl Iterator<Item = &'t Span> {
        let comments = &self.tree.comments;
        let first = comments.partition_point(|comment| comment.start < span.start);
        let end = span.end;
        comments
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take_while(move |comment| comment.start < end)
    }

    /// Whether nothing but space stands between two comments.
    pub fn are_together(&self, above: &Span, below: &Span) -> bool {
        let end = above.start + self.line_at(above.start).len();
        let between = self.text.get(end..below.start);
        between.is_some_and(|between| between.trim().is_empty())
    }

    fn past_space(&self, offset: usize) -> usize {
        let rest = self.text.get(offset..).unwrap_or("");
        offset + (rest.len() - rest.trim_start_matches([' ', '\t']).len())
    }

    fn comment_starting_at(&self, offset: usize) -> Option<&'t Span> {
        let comments = &self.tree.comments;
        let found = comments.binary_search_by_key(&offset, |comment| comment.start);
        found.ok().and_then(|at| comments.get(at))
    }

    fn comment_ending_at(&self, offset: usize) -> Option<&'t Span> {
        let comments = &self.tree.comments;
        let behind = comments.partition_point(|comment| comment.start < offset);
        let comment = comments.get(behind.checked_sub(1)?)?;
        let end = comment.start + self.line_at(comment.start).len();
        (comment.start < offset && offset <= end).then_some(comment)
    }
}
