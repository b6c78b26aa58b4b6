//! Changes to values that are written in lines.

use crate::text::{Replacement, Span};

use super::super::tree::{Content, Entry, Node, Style};
use super::super::write::{self, Shape, Value};
use super::layout::Layout;
use super::replacement;

/// New text for whole lines, with the line breaks of the lines around it.
fn lines(layout: &Layout<'_>, span: Span, text: &str) -> Replacement {
    let text = text.replace('\n', layout.line_break(span.start));
    Replacement { span, text }
}

/// A new entry below another one of the same map.
pub fn add_entry(
    layout: &Layout<'_>,
    entries: &[Entry],
    above: usize,
    (key, value): (&str, &Value),
    is_root: bool,
) -> Option<Replacement> {
    let above = entries.get(above)?;
    let column = layout.column(entries.first()?.key_span.start);
    let end = layout.end_of(layout.head_of_entry(above), &above.value);
    let at = layout.below(end, column);
    let mut text = write::entry(key, value, column);
    let line_above = layout.line_at(layout.line_start(at.saturating_sub(1)));
    let is_section = write::is_section(value) || spans_lines(layout, above);
    let head = layout.head_of_entry(above);
    let may_be_set_apart = !layout.keeps_blank_lines(head, &above.value);
    if is_root && is_section && may_be_set_apart && !line_above.trim().is_empty() {
        text.insert(0, '\n');
    }
    Some(lines(layout, at..at, &text))
}

/// Another value behind a head whose key or dash stands in this column.
pub fn set(
    layout: &Layout<'_>,
    head: usize,
    column: usize,
    node: &Node,
    value: &Value,
) -> Option<Vec<Replacement>> {
    let is_text = matches!(value, Value::Text(_));
    let end = layout.end_of(head, node);
    let is_block = matches!(&node.content, Content::Scalar(scalar) if scalar.style == Style::Block);
    let header = layout.block_header(head);
    let below = match is_block {
        true => layout.line_after(end).max(layout.line_after(header.end)),
        false => layout.line_after(end),
    };
    let mut written = write::value(value, column);
    if is_text && layout.would_swallow(below, column) {
        written = format!(" {}\n", write::flow_value(value));
    }
    let (first, body) = written.split_once('\n')?;
    if is_block {
        let start = layout.line_after(header.end);
        return Some(vec![
            replacement(head..header.end, first),
            lines(layout, start..below, body),
        ]);
    }
    if layout.comments_in(&(head..end)).next().is_some() {
        let is_inside = layout.comments_in(&node.span).next().is_some();
        let is_word = matches!(node.content, Content::Scalar(_)) && body.is_empty();
        if is_word && !is_inside && node.span.start >= head {
            // A word below its key and a comment: the new one goes where it is.
            return Some(vec![replacement(node.span.clone(), first.trim_start())]);
        }
        return Some(vec![set_among_comments(
            layout,
            head..end,
            column,
            (first, body),
            is_text,
        )]);
    }
    let mut replacements = match tab_behind_dash(layout, head, end) {
        Some(space) if first.is_empty() => vec![replacement(head..space, " ")],
        _ => vec![replacement(head..end, first)],
    };
    if !body.is_empty() {
        // Comments below a key without a value stay above what comes there now.
        let below = match is_text {
            true => below,
            false => layout.below(end, column),
        };
        replacements.push(lines(layout, below..below, body));
    }
    Some(replacements)
}

/// Where space with a tab in it ends that would come to stand behind a dash, where some readers take none.
fn tab_behind_dash(layout: &Layout<'_>, head: usize, end: usize) -> Option<usize> {
    let before = layout.text.get(..head)?;
    let rest = layout.text.get(end..)?;
    let length = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let has_tab = rest.get(..length)?.contains('\t');
    (has_tab && before.ends_with('-')).then_some(end + length)
}

/// A value for one with comments in it: the first stays beside the key, the others come before the
/// lines of the new value, or below it where it is a text.
fn set_among_comments(
    layout: &Layout<'_>,
    old: Span,
    column: usize,
    (first, body): (&str, &str),
    is_text: bool,
) -> Replacement {
    let end = match is_text {
        true => layout.line_after(old.end),
        // Deeper ones below might become a part of the last text of the new value.
        false => layout.below(old.end, column),
    };
    let span = old.start..end;
    // Below a text in a block, deeper would be a part of it.
    let deeper = if is_text && !body.is_empty() { 1 } else { 2 };
    let indent = " ".repeat(column + deeper);
    let mut comments = layout.comments_in(&span);
    let mut text = first.to_owned();
    if let Some(beside) = comments.next() {
        text.push(' ');
        text.push_str(layout.line_at(beside.start));
    }
    text.push('\n');
    let rest: String = comments
        .map(|comment| format!("{indent}{}\n", layout.line_at(comment.start)))
        .collect();
    match is_text {
        true => text.extend([body, &rest]),
        false => text.extend([&rest, body]),
    }
    lines(layout, span, &text)
}

/// New items before the one at an index, or behind the last.
pub fn insert(
    layout: &Layout<'_>,
    items: &[Node],
    head: usize,
    index: usize,
    values: &[Value],
) -> Option<Vec<Replacement>> {
    let first = layout.head_of_item(items.first()?)? - 1;
    let column = layout.column(first);
    let is_roomy = is_roomy(layout, items);
    let shape = shape_of(layout, items);
    let mut text = String::new();
    for value in values {
        if is_roomy && (index > 0 || !text.is_empty()) {
            text.push('\n');
        }
        text.push_str(&write::item(value, column, shape));
    }
    let Some(above) = index.checked_sub(1) else {
        if !layout.begins_line(first) {
            // A list in a list, on the line of its dash.
            let text = format!("{}{}", text.trim_start(), " ".repeat(column));
            return Some(vec![lines(layout, first..first, &text)]);
        }
        if is_roomy {
            text.push('\n');
        }
        let mut at = layout.below(head, column);
        while let Some(blank) = blank_below(layout, at).filter(|blank| blank.end <= first) {
            at = blank.end;
        }
        return Some(vec![lines(layout, at..at, &text)]);
    };
    let item = items.get(above)?;
    let head = layout.head_of_item(item)?;
    let at = layout.below(layout.end_of(head, item), column);
    let text = match layout.keeps_blank_lines(head, item) {
        true => text.trim_start_matches('\n'),
        false => &text,
    };
    Some(vec![lines(layout, at..at, text)])
}

/// Whether blank lines stand between the items of a list: before its last one, to tell by.
fn is_roomy(layout: &Layout<'_>, items: &[Node]) -> bool {
    let Some([above, last]) = items.last_chunk() else {
        return false;
    };
    let between = || {
        let dash = layout.head_of_item(last)? - 1;
        let end = layout.end_of(layout.head_of_item(above)?, above);
        layout
            .text
            .get(layout.line_after(end)..layout.line_start(dash))
    };
    between().is_some_and(|lines| lines.lines().any(|line| line.trim().is_empty()))
}

/// How the maps in a list are written, where all are written alike.
fn shape_of(layout: &Layout<'_>, items: &[Node]) -> Shape {
    let mut maps = items
        .iter()
        .filter(|item| matches!(item.content, Content::Map { .. }))
        .map(|item| layout.is_flow(item))
        .peekable();
    match maps.peek().copied() {
        Some(true) if maps.all(|flow| flow) => Shape::Flow,
        Some(false) if maps.all(|flow| !flow) => Shape::Lines,
        _ => Shape::House,
    }
}

/// Nothing instead of the items from one index up to another; the comments in them stay, and of the
/// blank lines that set items apart one goes with each.
pub fn remove(
    layout: &Layout<'_>,
    items: &[Node],
    from: usize,
    to: usize,
) -> Option<Vec<Replacement>> {
    let is_roomy = is_roomy(layout, items);
    let mut all = Vec::new();
    for at in from..to {
        let item = items.get(at)?;
        let head = layout.head_of_item(item)?;
        let (mut removed, below) = lines_removed(layout, head - 1, layout.end_of(head, item))?;
        if is_roomy && removed.text.is_empty() {
            let above = at.checked_sub(1).and_then(|at| items.get(at));
            let blank = match above.filter(|_| from > 0) {
                Some(above) => blank_above(layout, above, removed.span.start),
                None => blank_below(layout, removed.span.end),
            };
            match blank {
                Some(blank) if blank.start < removed.span.start => removed.span.start = blank.start,
                Some(blank) => removed.span.end = blank.end,
                None => {}
            }
        }
        all.push(removed);
        all.extend(below);
    }
    Some(all)
}

fn blank_below(layout: &Layout<'_>, line: usize) -> Option<Span> {
    let is_blank = line < layout.text.len() && layout.line_at(line).trim().is_empty();
    is_blank.then(|| line..layout.line_after(line))
}

/// A blank line just above a line, if it belongs to no text of the item above.
fn blank_above(layout: &Layout<'_>, item: &Node, line: usize) -> Option<Span> {
    let start = layout.line_start(line.checked_sub(1)?);
    let end = layout.end_of(layout.head_of_item(item)?, item);
    let is_free = start >= layout.line_after(end);
    blank_below(layout, start).filter(|_| is_free)
}

/// Nothing instead of an entry on lines of its own; the comments in it stay.
pub fn remove_entry(layout: &Layout<'_>, entry: &Entry) -> Option<Vec<Replacement>> {
    let end = layout.end_of(layout.head_of_entry(entry), &entry.value);
    let (removed, mut all) = lines_removed(layout, entry.key_span.start, end)?;
    all.insert(0, removed);
    Some(all)
}

/// Nothing instead of entries that begin on the line of a dash; the first that stays comes up to it, or
/// stays where it is below comments.
pub fn remove_from_dash(
    layout: &Layout<'_>,
    item: &Node,
    gone: &[&Entry],
    next: &Entry,
) -> Option<Vec<Replacement>> {
    let first = gone.first()?;
    let joined = first.key_span.start..next.key_span.start;
    if layout.comments_in(&joined).next().is_none() {
        return Some(vec![replacement(joined, "")]);
    }
    let head = layout.head_of_item(item)?;
    let end = layout.end_of(layout.head_of_entry(first), &first.value);
    let span = head..layout.line_after(end);
    let indent = " ".repeat(layout.column(first.key_span.start));
    let comments: Vec<&str> = layout
        .comments_in(&span)
        .map(|comment| layout.line_at(comment.start))
        .collect();
    let mut text = comments.join(&format!("\n{indent}"));
    if !text.is_empty() {
        text.insert(0, ' ');
    }
    text.push('\n');
    let mut all = vec![lines(layout, span, &text)];
    for entry in gone.iter().skip(1) {
        all.extend(remove_entry(layout, entry)?);
    }
    Some(all)
}

/// `[]` instead of all items of a list; the comments in it stay.
pub fn empty(layout: &Layout<'_>, entry: &Entry, items: &[Node]) -> Option<Vec<Replacement>> {
    let first = layout.head_of_item(items.first()?)? - 1;
    let head = layout.head_of_entry(entry);
    let end = layout.end_of(head, &entry.value);
    let (removed, below) = lines_removed(layout, first, end)?;
    let mut all = vec![replacement(head..head, " []"), removed];
    all.extend(below);
    Some(all)
}

/// Nothing instead of the lines of something, with the comments in them and those below that belong to it
/// as deep as it was: deeper, they might become a part of a text above.
fn lines_removed(
    layout: &Layout<'_>,
    start: usize,
    end: usize,
) -> Option<(Replacement, Vec<Replacement>)> {
    if !layout.begins_line(start) {
        return None;
    }
    let column = layout.column(start);
    let indent = " ".repeat(column);
    let span = layout.line_start(start)..layout.line_after(end);
    let kept: String = layout
        .comments_in(&span)
        .map(|comment| format!("{indent}{}\n", layout.line_at(comment.start)))
        .collect();
    let below = span.end..layout.below(end, column);
    let below = layout
        .comments_in(&below)
        .map(|comment| layout.line_start(comment.start)..comment.start)
        .map(|space| replacement(space, &indent))
        .collect();
    Some((lines(layout, span, &kept), below))
}

fn spans_lines(layout: &Layout<'_>, entry: &Entry) -> bool {
    let end = layout.end_of(layout.head_of_entry(entry), &entry.value);
    let lines = layout.text.get(entry.key_span.start..end);
    lines.is_some_and(|lines| lines.contains('\n'))
}
