//! Changes to values that are written in lines.

use crate::text::{Replacement, Span};

use super::super::Path;
use super::super::tree::{Content, Entry, Node, Style};
use super::super::write::{self, Value};
use super::layout::Layout;

/// A new entry below another one of the same map.
pub fn add_entry(
    layout: &Layout<'_>,
    map: &Node,
    above: &Entry,
    key: &str,
    value: &Value,
    path: &Path,
) -> Option<Replacement> {
    let Content::Map { entries, .. } = &map.content else {
        return None;
    };
    let first = entries.first()?;
    let column = layout.column(first.key_span.start);
    let end = layout.end_of(layout.head_of_entry(above), &above.value);
    let at = layout.below(end, column);
    let mut text = write::entry(key, value, column);
    let is_root = path.segments().is_empty();
    let line_above = layout.line_at(layout.line_start(at.saturating_sub(1)));
    if is_root
        && (write::is_section(value) || spans_lines(layout, above))
        && !line_above.trim().is_empty()
    {
        text.insert(0, '\n');
    }
    Some(inserted(layout, at, &text))
}

/// Another value behind a head whose key or dash stands in this column.
pub fn set(
    layout: &Layout<'_>,
    head: usize,
    column: usize,
    node: &Node,
    value: &Value,
) -> Option<Vec<Replacement>> {
    let written = write::value(value, column);
    let (first, body) = written.split_once('\n')?;
    let end = layout.end_of(head, node);
    let is_block = matches!(&node.content, Content::Scalar(scalar) if scalar.style == Style::Block);
    if is_block {
        let header = layout.block_header(head);
        let start = layout.line_after(header.end);
        let below = layout.line_after(end).max(start);
        return Some(vec![
            replacement(head..header.end, first),
            Replacement {
                span: start..below,
                text: with_breaks(layout, start, body),
            },
        ]);
    }
    if layout.comments_in(&(head..end)).next().is_some() {
        return set_past_comments(layout, head, node, (first, body));
    }
    let mut replacements = vec![replacement(head..end, first)];
    if !body.is_empty() {
        replacements.push(inserted(layout, layout.line_after(end), body));
    }
    Some(replacements)
}

/// A value among comments: a word below its key and a comment (`key: # why` and the word on the next
/// line) goes where it is.
fn set_past_comments(
    layout: &Layout<'_>,
    head: usize,
    node: &Node,
    (first, body): (&str, &str),
) -> Option<Vec<Replacement>> {
    let is_inside = layout.comments_in(&node.span).next().is_some();
    if is_inside || node.span.start < head || !body.is_empty() || first.is_empty() {
        return None;
    }
    Some(vec![replacement(node.span.clone(), first.trim_start())])
}

/// A new item before the one at an index, or behind the last.
pub fn insert(
    layout: &Layout<'_>,
    items: &[Node],
    head: usize,
    index: usize,
    value: &Value,
) -> Option<Vec<Replacement>> {
    let first = layout.head_of_item(items.first()?)? - 1;
    if !layout.begins_line(first) {
        return None;
    }
    let column = layout.column(first);
    let mut text = write::item(value, column);
    let at = match index.checked_sub(1) {
        None => layout.below(head, column),
        Some(above) => {
            let item = items.get(above)?;
            let end = layout.end_of(layout.head_of_item(item)?, item);
            if is_set_apart(layout, items, above) {
                text.insert(0, '\n');
            }
            layout.below(end, column)
        }
    };
    Some(vec![inserted(layout, at, &text)])
}

/// Whether a blank line stands before an item of a list, as before all but the first of a roomy one.
fn is_set_apart(layout: &Layout<'_>, items: &[Node], index: usize) -> bool {
    let before = |index: usize| {
        let dash = layout.head_of_item(items.get(index)?)? - 1;
        let line = layout.line_start(dash);
        let above = layout.line_start(line.checked_sub(1)?);
        Some(layout.line_at(above).trim().is_empty())
    };
    index > 0 && before(index).unwrap_or(false)
}

/// Nothing instead of an item; the comments in it stay.
pub fn remove_item(layout: &Layout<'_>, item: &Node) -> Option<Vec<Replacement>> {
    let head = layout.head_of_item(item)?;
    let end = layout.end_of(head, item);
    lines_removed(layout, head - 1, end)
}

/// Nothing instead of an entry; the comments in it stay.
pub fn remove_entry(layout: &Layout<'_>, entry: &Entry) -> Option<Vec<Replacement>> {
    let end = layout.end_of(layout.head_of_entry(entry), &entry.value);
    lines_removed(layout, entry.key_span.start, end)
}

/// `[]` instead of all items of a list; the comments in it stay.
pub fn empty(layout: &Layout<'_>, entry: &Entry, items: &[Node]) -> Option<Vec<Replacement>> {
    let first = layout.head_of_item(items.first()?)? - 1;
    let head = layout.head_of_entry(entry);
    let end = layout.end_of(head, &entry.value);
    let mut replacements = lines_removed(layout, first, end)?;
    replacements.insert(0, replacement(head..head, " []"));
    Some(replacements)
}

fn lines_removed(layout: &Layout<'_>, start: usize, end: usize) -> Option<Vec<Replacement>> {
    if !layout.begins_line(start) {
        return None;
    }
    let indent = " ".repeat(layout.column(start));
    let span = layout.line_start(start)..layout.line_after(end);
    let mut kept = String::new();
    for comment in layout.comments_in(&span) {
        kept.push_str(&format!("{indent}{}\n", layout.line_at(comment.start)));
    }
    let text = with_breaks(layout, span.start, &kept);
    Some(vec![Replacement { span, text }])
}

fn spans_lines(layout: &Layout<'_>, entry: &Entry) -> bool {
    let end = layout.end_of(layout.head_of_entry(entry), &entry.value);
    layout
        .text
        .get(entry.key_span.start..end)
        .is_some_and(|lines| lines.contains('\n'))
}

fn inserted(layout: &Layout<'_>, at: usize, text: &str) -> Replacement {
    Replacement {
        span: at..at,
        text: with_breaks(layout, at, text),
    }
}

fn replacement(span: Span, text: &str) -> Replacement {
    Replacement {
        span,
        text: text.to_owned(),
    }
}

fn with_breaks(layout: &Layout<'_>, at: usize, text: &str) -> String {
    text.replace('\n', layout.line_break(at))
}
