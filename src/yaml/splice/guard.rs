use crate::text::{Replacement, Span};

use super::super::tree::{Content, Node, Tree};
use super::layout::Layout;

/// What a comment belongs to, by the byte at which that begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchor {
    /// It stands above an entry.
    Above(usize),
    /// It stands below the last thing in an entry, indented deeper than what comes next.
    EndOf(usize),
    /// It stands beside an entry, on the line where that begins.
    Beside(usize),
    /// It stands beside the end of something, or at the end of the file.
    Nothing,
}

/// The beginning of an entry of a map or an item of a list.
struct Start {
    offset: usize,
    column: usize,
}

/// Whether every comment is still there and belongs to what it belonged to; the error names the first
/// that does not.
pub fn comments_stay(
    before: &Tree,
    after: &Tree,
    replacements: &[Replacement],
) -> Result<(), String> {
    let old = Layout::new(before);
    let new = Layout::new(after);
    let words = |layout: &Layout<'_>, comment: &Span| layout.line_at(comment.start).to_owned();
    let old_words: Vec<String> = before.comments.iter().map(|c| words(&old, c)).collect();
    let new_words: Vec<String> = after.comments.iter().map(|c| words(&new, c)).collect();
    if let Some(lost) = first_difference(&old_words, &new_words) {
        return Err(format!("the comment `{lost}` would be lost or moved"));
    }
    let (old_starts, new_starts) = (starts(&old), starts(&new));
    for (comment, (was, is)) in before.comments.iter().zip(&after.comments).enumerate() {
        let was = anchor(&old, &old_starts, was);
        let is = anchor(&new, &new_starts, is);
        let stays = match (was, is) {
            (Anchor::Above(was), Anchor::Above(is))
            | (Anchor::EndOf(was), Anchor::EndOf(is))
            | (Anchor::Beside(was), Anchor::Beside(is)) => {
                moved(was, replacements).is_none_or(|was| was == is)
            }
            (Anchor::Nothing, Anchor::Nothing) => true,
            (Anchor::Above(was) | Anchor::EndOf(was) | Anchor::Beside(was), _) => {
                moved(was, replacements).is_none()
            }
            (Anchor::Nothing, _) => false,
        };
        if !stays {
            let words = old_words.get(comment).map_or("", String::as_str);
            return Err(format!("the comment `{words}` would stand elsewhere"));
        }
    }
    Ok(())
}

fn first_difference<'w>(old: &'w [String], new: &'w [String]) -> Option<&'w str> {
    let changed = old.iter().zip(new).find(|(old, new)| old != new);
    if let Some((old, _)) = changed {
        return Some(old);
    }
    let both = old.len().min(new.len());
    old.get(both).or(new.get(both)).map(String::as_str)
}

/// Where a byte is after the replacements; nothing where it was replaced.
fn moved(offset: usize, replacements: &[Replacement]) -> Option<usize> {
    let mut new = offset;
    for Replacement { span, text } in replacements {
        if span.end <= offset {
            new = (new + text.len()).checked_sub(span.len())?;
        } else if span.start <= offset {
            return None;
        }
    }
    Some(new)
}

fn anchor(layout: &Layout<'_>, starts: &[Start], comment: &Span) -> Anchor {
    let next = starts.partition_point(|start| start.offset < comment.start);
    if !layout.begins_line(comment.start) {
        let line = layout.line_start(comment.start);
        let first = starts.partition_point(|start| start.offset < line);
        return match starts.get(first) {
            Some(start) if start.offset < comment.start => Anchor::Beside(start.offset),
            _ => Anchor::Nothing,
        };
    }
    let column = layout.column(comment.start);
    if let Some(next) = starts.get(next)
        && column <= next.column
    {
        return Anchor::Above(next.offset);
    }
    let before = starts.get(..next).unwrap_or_default();
    match before.iter().rfind(|start| start.column < column) {
        Some(start) => Anchor::EndOf(start.offset),
        None => Anchor::Nothing,
    }
}

fn starts(layout: &Layout<'_>) -> Vec<Start> {
    let mut starts = Vec::new();
    gather(layout, &layout.tree.root, &mut starts);
    starts.sort_by_key(|start| start.offset);
    starts
}

fn gather(layout: &Layout<'_>, node: &Node, starts: &mut Vec<Start>) {
    let start = |offset: usize| Start {
        offset,
        column: layout.column(offset),
    };
    match &node.content {
        Content::Scalar(_) => {}
        Content::List(items) => {
            let is_flow = layout.is_flow(node);
            for item in items {
                let dash = layout.head_of_item(item).filter(|_| !is_flow);
                starts.push(start(dash.map_or(item.span.start, |head| head - 1)));
                gather(layout, item, starts);
            }
        }
        Content::Map { entries, .. } => {
            for entry in entries {
                starts.push(start(entry.key_span.start));
                gather(layout, &entry.value, starts);
            }
        }
    }
}
