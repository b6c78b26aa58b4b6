//! Changes to values that are written in brackets.

use crate::text::{Replacement, Span};

use super::super::tree::{Entry, Node};
use super::super::write::{self, Value};
use super::layout::Layout;

/// A new entry behind another one of the same map.
pub fn add_entry(layout: &Layout<'_>, above: &Entry, key: &str, value: &Value) -> Replacement {
    let end = layout.end_of(layout.head_of_entry(above), &above.value);
    inserted(end, format!(", {}", write::flow_entry(key, value)))
}

/// Another value behind a head.
pub fn set(
    layout: &Layout<'_>,
    head: usize,
    node: &Node,
    value: &Value,
) -> Option<Vec<Replacement>> {
    let word = write::flow_value(value);
    if node.span.is_empty() {
        let space = if layout.text.get(..head)?.ends_with(':') {
            " "
        } else {
            ""
        };
        // A key without a colon: `{a}`.
        let colon = match layout
            .text
            .get(..head)?
            .ends_with([':', '[', ',', ' ', '\n'])
        {
            true => "",
            false => ": ",
        };
        return Some(vec![inserted(head, format!("{colon}{space}{word}"))]);
    }
    if layout.comments_in(&node.span).next().is_some() {
        return None;
    }
    let text = word;
    let span = node.span.clone();
    Some(vec![Replacement { span, text }])
}

/// A new item before the one at an index, or behind the last.
pub fn insert(
    layout: &Layout<'_>,
    list: &Node,
    items: &[Node],
    index: usize,
    value: &Value,
) -> Option<Vec<Replacement>> {
    let word = write::flow_value(value);
    let Some(above) = index.checked_sub(1) else {
        let behind = list.span.start + 1;
        let space = match layout.text.get(behind..)?.starts_with(char::is_whitespace) {
            true => "",
            false => " ",
        };
        return Some(vec![inserted(behind, format!("{word},{space}"))]);
    };
    let item = items.get(above)?;
    let comma = comma_behind(layout, list, items, above);
    if !layout.begins_line(item.span.start) || layout.line_after(item.span.end) > list.span.end {
        return Some(vec![inserted(item.span.end, format!(", {word}"))]);
    }
    // One item a line: a line of its own, below what is said beside the item above.
    let column = layout.column(item.span.start);
    let indent = " ".repeat(column);
    let line_break = layout.line_break(layout.line_after(item.span.end));
    let below = layout.below(comma.unwrap_or(item.span.end), column);
    let (first, last) = match comma {
        Some(_) => ("", ","),
        None => (",", ""),
    };
    Some(vec![
        inserted(item.span.end, first.to_owned()),
        inserted(below, format!("{indent}{word}{last}{line_break}")),
    ])
}

/// Nothing instead of an item.
pub fn remove(
    layout: &Layout<'_>,
    list: &Node,
    items: &[Node],
    index: usize,
) -> Option<Vec<Replacement>> {
    let item = items.get(index)?;
    let before = index.checked_sub(1).and_then(|at| items.get(at));
    let next = items.get(index + 1);
    gone(
        layout,
        list,
        &item.span,
        before.map(|item| item.span.end),
        next.map(|item| item.span.start),
    )
}

/// Nothing instead of an entry.
pub fn remove_entry(
    layout: &Layout<'_>,
    map: &Node,
    entries: &[Entry],
    entry: &Entry,
) -> Option<Vec<Replacement>> {
    let index = entries
        .iter()
        .position(|known| known.key_span == entry.key_span)?;
    let end_of = |entry: &Entry| layout.end_of(layout.head_of_entry(entry), &entry.value);
    let before = index.checked_sub(1).and_then(|at| entries.get(at));
    let next = entries.get(index + 1);
    gone(
        layout,
        map,
        &(entry.key_span.start..end_of(entry)),
        before.map(end_of),
        next.map(|entry| entry.key_span.start),
    )
}

fn gone(
    layout: &Layout<'_>,
    around: &Node,
    span: &Span,
    before: Option<usize>,
    next: Option<usize>,
) -> Option<Vec<Replacement>> {
    let whole = match (before, next) {
        (Some(before), _) => before..span.end,
        (None, Some(next)) => span.start..next,
        (None, None) => around.span.start + 1..around.span.end.checked_sub(1)?,
    };
    if layout.comments_in(&whole).next().is_some() {
        return None;
    }
    let text = String::new();
    Some(vec![Replacement { span: whole, text }])
}

/// Where the comma behind an item is.
fn comma_behind(layout: &Layout<'_>, list: &Node, items: &[Node], index: usize) -> Option<usize> {
    let start = items.get(index)?.span.end;
    let end = match items.get(index + 1) {
        Some(next) => next.span.start,
        None => list.span.end,
    };
    let is_comment = |at: usize| {
        layout
            .comments_in(&(start..at))
            .any(|comment| at < comment.start + layout.line_at(comment.start).len())
    };
    let commas = layout.text.get(start..end)?.match_indices(',');
    commas.map(|(at, _)| start + at).find(|at| !is_comment(*at))
}

fn inserted(at: usize, text: String) -> Replacement {
    let span = at..at;
    Replacement { span, text }
}
