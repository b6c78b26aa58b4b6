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
    /// It stands beside entries: the first and the last that begin on its line.
    Beside(usize, usize),
    /// It stands beside the end of an entry that begins on another line.
    Tail(usize),
    /// It stands at the end of the file.
    Nothing,
}

/// The beginning of an entry of a map or an item of a list.
struct Start {
    offset: usize,
    column: usize,
    /// Where the brackets end that it stands in; nothing behind them belongs to it.
    until: usize,
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
    let (mut before_was, mut before_is) = (Anchor::Nothing, Anchor::Nothing);
    for (comment, (was, is)) in before.comments.iter().zip(&after.comments).enumerate() {
        let place = was;
        before_was = anchor(&old, &old_starts, was, before_was);
        before_is = anchor(&new, &new_starts, is, before_is);
        let (was, is) = (before_was, before_is);
        let gone = |offset: usize| moved(offset, replacements).is_none();
        let same = |was: usize, is: usize| moved(was, replacements).is_none_or(|was| was == is);
        let stays = match (was, is) {
            (Anchor::Above(was), Anchor::Above(is)) | (Anchor::EndOf(was), Anchor::EndOf(is)) => {
                same(was, is)
            }
            (Anchor::Beside(was, last_was), Anchor::Beside(is, last_is)) => {
                same(was, is) || same(last_was, last_is)
            }
            (Anchor::Nothing, Anchor::Nothing) => true,
            // What it stood below has now something that it stands above.
            (Anchor::EndOf(was), Anchor::Above(is)) => gone(was) || is_new(is, replacements),
            (Anchor::Tail(was), Anchor::Tail(is)) => same(was, is) || is_new(is, replacements),
            // Something new begins on the line of the bracket that it stands behind.
            (Anchor::Tail(was), Anchor::Beside(first, is)) => {
                same(was, is) || is_new(first, replacements)
            }
            (
                Anchor::Above(was)
                | Anchor::EndOf(was)
                | Anchor::Beside(was, _)
                | Anchor::Tail(was),
                _,
            ) => gone(was),
            (Anchor::Nothing, _) => false,
        };
        // A comment in what goes has lost what it stood at.
        let stays = stays || gone(place.start);

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

/// Whether a byte of the new text came with a replacement.
fn is_new(offset: usize, replacements: &[Replacement]) -> bool {
    let (mut grown, mut shrunk) = (0, 0);
    for Replacement { span, text } in replacements {
        let start = (span.start + grown).saturating_sub(shrunk);
        if (start..start + text.len()).contains(&offset) {
            return true;
        }
        grown += text.len();
        shrunk += span.len();
    }
    false
}

/// What a comment belongs to, given what the one before it belongs to.
fn anchor(layout: &Layout<'_>, starts: &[Start], comment: &Span, before: Anchor) -> Anchor {
    let next = starts.partition_point(|start| start.offset < comment.start);
    if !layout.begins_line(comment.start) {
        let line = layout.line_start(comment.start);
        let first = starts.partition_point(|start| start.offset < line);
        return match starts.get(first) {
            Some(start) if start.offset < comment.start => {
                let last = next.checked_sub(1).and_then(|at| starts.get(at));
                Anchor::Beside(start.offset, last.map_or(start.offset, |last| last.offset))
            }
            _ => match next.checked_sub(1).and_then(|at| starts.get(at)) {
                Some(last) => Anchor::Tail(last.offset),
                None => Anchor::Nothing,
            },
        };
    }
    let column = layout.column(comment.start);
    // At the end of brackets nothing behind them is what it stands above.
    let around = starts.iter().take(next).map(|start| start.until);
    let bracket = around.filter(|until| comment.start < *until).min();
    if let Some(next) = starts.get(next)
        && bracket.is_none_or(|bracket| next.offset < bracket)
        && (column <= next.column || before == Anchor::Above(next.offset))
    {
        return Anchor::Above(next.offset);
    }
    let before = starts.get(..next).unwrap_or_default();
    let holds = |start: &&Start| start.column < column && comment.start < start.until;
    match before.iter().rfind(holds) {
        Some(start) => Anchor::EndOf(start.offset),
        None => Anchor::Nothing,
    }
}

fn starts(layout: &Layout<'_>) -> Vec<Start> {
    let mut starts = Vec::new();
    gather(layout, &layout.tree.root, usize::MAX, &mut starts);
    starts.sort_by_key(|start| start.offset);
    starts
}

fn gather(layout: &Layout<'_>, node: &Node, until: usize, starts: &mut Vec<Start>) {
    let is_flow = layout.is_flow(node);
    let until = match is_flow {
        true => until.min(node.span.end),
        false => until,
    };
    let start = |offset: usize| Start {
        offset,
        // In brackets a column says nothing: what stands before on the line moves it.
        column: match is_flow {
            true => layout.indent_at(offset),
            false => layout.column(offset),
        },
        until,
    };
    match &node.content {
        Content::Scalar(_) => {}
        Content::List(items) => {
            for item in items {
                let dash = layout.head_of_item(item).filter(|_| !is_flow);
                starts.push(start(dash.map_or(item.span.start, |head| head - 1)));
                gather(layout, item, until, starts);
            }
        }
        Content::Map { entries, .. } => {
            for entry in entries {
                starts.push(start(entry.key_span.start));
                gather(layout, &entry.value, until, starts);
            }
        }
    }
}
