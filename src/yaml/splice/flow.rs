//! Changes to values that are written in brackets.

use crate::text::{Replacement, Span};

use super::super::tree::{Content, Node};
use super::super::write::{self, Value};
use super::layout::Layout;
use super::{inserted, replacement};

/// What stands in a pair of brackets or braces, in the order of the file.
pub struct Members<'l, 't> {
    layout: &'l Layout<'t>,
    around: Span,
    spans: Vec<Span>,
}

impl<'l, 't> Members<'l, 't> {
    /// The members of a list or map.
    pub fn of(layout: &'l Layout<'t>, node: &Node) -> Self {
        let spans = match &node.content {
            Content::Scalar(_) => Vec::new(),
            Content::List(items) => items.iter().map(|item| item.span.clone()).collect(),
            Content::Map { entries, .. } => {
                let ends = entries.iter().map(|entry| {
                    let end = layout.end_of(layout.head_of_entry(entry), &entry.value);
                    entry.key_span.start..end
                });
                ends.collect()
            }
        };
        Self {
            layout,
            around: node.span.clone(),
            spans,
        }
    }

    /// New members before the one at an index, or behind the last; there is one already.
    pub fn insert(&self, index: usize, written: &[String]) -> Option<Vec<Replacement>> {
        let joined = written.join(", ");
        let layout = self.layout;
        let Some(above) = index.checked_sub(1) else {
            let behind = self.around.start + 1;
            let first = self.spans.first()?;
            let has_comments = layout.comments_in(&(behind..first.start)).next().is_some();
            // What is said above the first one stays just above it.
            if self.has_own_line(first) || has_comments && layout.begins_line(first.start) {
                let column = layout.column(first.start);
                let lines = self.lines(written, column, ",");
                return Some(vec![inserted(layout.line_after(behind), lines)]);
            }
            return Some(vec![inserted(first.start, format!("{joined}, "))]);
        };
        let member = self.spans.get(above)?;
        if !self.has_own_line(member) {
            return Some(vec![inserted(member.end, format!(", {joined}"))]);
        }
        // One a line: below what is said beside the one above.
        let column = layout.column(member.start);
        let comma = self.comma_behind(above);
        let below = layout.below(comma.unwrap_or(member.end), column);
        Some(match comma {
            Some(_) => vec![inserted(below, self.lines(written, column, ","))],
            None => vec![
                inserted(member.end, ",".to_owned()),
                inserted(below, self.lines(written, column, "")),
            ],
        })
    }

    fn lines(&self, written: &[String], column: usize, last: &str) -> String {
        let line_break = self.layout.line_break(self.around.end);
        let indent = " ".repeat(column);
        let mut lines = written.join(&format!(",{line_break}{indent}"));
        lines.insert_str(0, &indent);
        lines.push_str(last);
        lines.push_str(line_break);
        lines
    }

    /// Whether nothing but a comma and a comment shares the lines of a member.
    fn has_own_line(&self, member: &Span) -> bool {
        let layout = self.layout;
        let rest = layout.line_at(member.end).trim_start();
        let rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        layout.begins_line(member.start) && (rest.is_empty() || rest.starts_with('#'))
    }

    /// Nothing instead of the members from one index up to another; the comments among them stay, and
    /// where the last goes, so does a comma before it that stood between the two.
    pub fn remove(&self, from: usize, to: usize, with_comma: bool) -> Option<Vec<Replacement>> {
        let layout = self.layout;
        let first = self.spans.get(from)?;
        let last = self.spans.get(to.checked_sub(1)?)?;
        let before = from.checked_sub(1).and_then(|at| self.spans.get(at));
        let next = self.spans.get(to);
        let gone = self.spans.get(from..to)?;
        let comma = self.comma_behind(to - 1);
        let own_lines = layout.begins_line(first.start) && self.has_own_line(last);
        if own_lines && (before.is_some() || next.is_some()) {
            let mut all = match gone.iter().all(|member| self.has_own_line(member)) {
                true => (from..to)
                    .map(|at| self.lines_removed(at, at + 1))
                    .collect::<Option<Vec<_>>>()?,
                false => vec![self.lines_removed(from, to)?],
            };
            if with_comma
                && comma.is_none()
                && let Some(comma) = from.checked_sub(1).and_then(|at| self.comma_behind(at))
            {
                all.insert(0, replacement(comma..comma + 1, ""));
            }
            return Some(all);
        }
        let inside = self.around.start + 1..self.around.end.checked_sub(1)?;
        let whole = match (before, next) {
            (Some(before), _) => before.end..last.end,
            (None, Some(next)) => first.start..next.start,
            (None, None) => inside,
        };
        if layout.comments_in(&whole).next().is_none() {
            return Some(vec![replacement(whole, "")]);
        }
        if before.is_none() && next.is_none() {
            let mut text = comments(layout, &whole, gone, self.column());
            text.pop();
            return Some(vec![Replacement { span: whole, text }]);
        }
        let end = match (next, comma) {
            (Some(next), _) => next.start,
            (None, Some(comma)) => comma + 1,
            (None, None) => last.end,
        };
        let span = first.start..end;
        let text = match layout.comments_in(&span).next() {
            Some(_) => comments(layout, &span, gone, self.column()),
            None => String::new(),
        };
        Some(vec![Replacement { span, text }])
    }

    /// Nothing instead of the lines of some members, with the comments in them.
    fn lines_removed(&self, from: usize, to: usize) -> Option<Replacement> {
        let layout = self.layout;
        let gone = self.spans.get(from..to)?;
        let (first, last) = (gone.first()?, gone.last()?);
        let comma = self.comma_behind(to - 1);
        let end = layout.line_after(comma.map_or(last.end, |comma| comma + 1));
        let span = layout.line_start(first.start)..end;
        let column = layout.column(first.start);
        let comments = layout.comments_in(&span);
        let text = comments.map(|comment| line_of(layout, comment, gone, column));
        let text = text.collect();
        Some(Replacement { span, text })
    }

    /// A column that is deeper than what the brackets belong to.
    fn column(&self) -> usize {
        self.layout.indent_at(self.around.start) + 2
    }

    /// Where the comma behind a member is.
    fn comma_behind(&self, index: usize) -> Option<usize> {
        let start = self.spans.get(index)?.end;
        let end = match self.spans.get(index + 1) {
            Some(next) => next.start,
            None => self.around.end,
        };
        let is_comment = |at: usize| {
            self.layout
                .comments_in(&(start..at))
                .any(|comment| at < comment.start + self.layout.line_at(comment.start).len())
        };
        let commas = self.layout.text.get(start..end)?.match_indices(',');
        commas.map(|(at, _)| start + at).find(|at| !is_comment(*at))
    }
}

/// A comment on a line of its own where something goes: in it or beside it as deep as a column, between
/// what goes as it was, with the blank lines above it.
fn line_of(layout: &Layout<'_>, comment: &Span, gone: &[Span], column: usize) -> String {
    let is_inside = gone.iter().any(|gone| gone.contains(&comment.start));
    let mut line = layout.line_start(comment.start)..layout.line_after(comment.start);
    match !is_inside && layout.begins_line(comment.start) {
        true => {
            let above = |line: usize| line.checked_sub(1).map(|end| layout.line_start(end));
            let is_blank = |line: &usize| layout.line_at(*line).trim().is_empty();
            while let Some(blank) = above(line.start).filter(is_blank) {
                line.start = blank;
            }
            layout.text.get(line).unwrap_or("").to_owned()
        }
        false => {
            let indent = " ".repeat(column);
            let line_break = layout.line_break(line.end);
            format!("{indent}{}{line_break}", layout.line_at(comment.start))
        }
    }
}

/// The comments of a span in which something goes, each on a line; the first may stand behind something,
/// and something goes on behind the last.
fn comments(layout: &Layout<'_>, span: &Span, gone: &[Span], column: usize) -> String {
    let lines = layout
        .comments_in(span)
        .map(|comment| line_of(layout, comment, gone, column));
    let lines: String = lines.collect();
    let words = lines.trim_start();
    let space = match layout.ends_with_space(span.start) {
        true => "",
        false => " ",
    };
    format!("{space}{words}{}", " ".repeat(column))
}

/// Another value behind a head; comments in the old one come before it.
pub fn set(layout: &Layout<'_>, head: usize, node: &Node, value: &Value) -> Option<Replacement> {
    let word = write::flow_value(value);
    if node.span.is_empty() {
        let before = layout.text.get(..head)?;
        // A key without a colon, as in `{a}`, needs one.
        let join = match before.chars().next_back() {
            Some(':') => " ",
            Some('[' | ',' | ' ' | '\n') => "",
            _ => ": ",
        };
        return Some(inserted(head, format!("{join}{word}")));
    }
    let span = node.span.clone();
    let mut text = String::new();
    if layout.comments_in(&span).next().is_some() {
        let column = layout.indent_at(span.start) + 2;
        let lines = comments(layout, &span, std::slice::from_ref(&span), column);
        // The space before it may go with what stood there.
        text = format!(" {}", lines.trim_start());
    }
    text.push_str(&word);
    Some(Replacement { span, text })
}
