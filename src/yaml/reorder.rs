use crate::text::Replacement;

use super::Path;
use super::splice::layout::Layout;
use super::splice::within;
use super::tree::{Content, Node, Tree};

/// The replacements that put the items of a list into another order, each with the comments that belong
/// to it: `order` names the items by where they stand now.
///
/// Nothing is given where the way in which the list is written leaves no plain way to do so.
pub fn reordered(
    tree: &Tree,
    text: &str,
    path: &Path,
    order: &[usize],
) -> Option<Vec<Replacement>> {
    let layout = Layout::new(tree);
    let list = tree.at(path)?;
    let Content::List(items) = &list.content else {
        return None;
    };
    let mut named = order.to_vec();
    named.sort_unstable();
    if !named.iter().copied().eq(0..items.len()) {
        return None;
    }
    let last = path.segments().last()?;
    let around = tree.at(&path.parent()?)?;
    let (entry, _) = tree.child(around, last)?;
    let replacement = match layout.is_flow(list) {
        true => in_brackets(&layout, list, items, order)?,
        false => in_lines(&layout, layout.head_of_entry(entry?), items, order)?,
    };
    Some(within(text, &layout, replacement))
}

fn in_brackets(
    layout: &Layout<'_>,
    list: &Node,
    items: &[Node],
    order: &[usize],
) -> Option<Vec<Replacement>> {
    if layout.comments_in(&list.span).next().is_some() {
        return None;
    }
    let moved = order.iter().enumerate().filter(|(at, from)| at != *from);
    moved
        .map(|(at, from)| {
            let text = layout.text.get(items.get(*from)?.span.clone())?.to_owned();
            let span = items.get(at)?.span.clone();
            Some(Replacement { span, text })
        })
        .collect()
}

/// Items that begin lines: the blank lines between them stay where they are.
fn in_lines(
    layout: &Layout<'_>,
    head: usize,
    items: &[Node],
    order: &[usize],
) -> Option<Vec<Replacement>> {
    let dash = |item: &Node| layout.head_of_item(item).map(|head| head - 1);
    let column = layout.column(dash(items.first()?)?);
    let mut bounds = vec![layout.below(head, column)];
    for item in items {
        let dash = dash(item)?;
        if !layout.begins_line(dash) {
            return None;
        }
        bounds.push(layout.below(layout.end_of(dash + 1, item), column));
    }
    let parts: Option<Vec<(&str, &str)>> = bounds
        .windows(2)
        .map(|pair| Some(without_blank_lines(layout.text.get(pair[0]..pair[1])?)))
        .collect();
    let parts = parts?;
    let changed = |(at, from): &(usize, &usize)| at != *from;
    let first = order.iter().enumerate().find(changed)?.0;
    let last = order.iter().enumerate().rfind(changed)?.0;
    let mut text = String::new();
    for at in first..=last {
        text.push_str(parts.get(at)?.0);
        text.push_str(parts.get(*order.get(at)?)?.1);
    }
    let span = *bounds.get(first)?..*bounds.get(last + 1)?;
    Some(vec![Replacement { span, text }])
}

/// The blank lines at the front of some lines, and the rest.
fn without_blank_lines(lines: &str) -> (&str, &str) {
    let mut at = 0;
    for line in lines.split_inclusive('\n') {
        if !line.trim().is_empty() {
            break;
        }
        at += line.len();
    }
    lines.split_at(at)
}
