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

impl Anchor {
    /// Where that begins which the comment belongs to.
    fn holder(self) -> Option<usize> {
        match self {
            Self::Above(at) | Self::EndOf(at) | Self::Beside(at, _) | Self::Tail(at) => Some(at),
            Self::Nothing => None,
        }
    }
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
    let gone = |offset: usize| moved(offset, replacements).is_none();
    let mut lost_above: Option<(&Span, Anchor)> = None;
    let olds = before.comments.iter().zip(anchors(&old));
    let news = after.comments.iter().zip(anchors(&new));
    for ((place, was), (new_place, is)) in olds.zip(news) {
        // A comment in or at what goes has lost its place, and those below it go with it.
        let goes_with = lost_above
            .is_some_and(|(above, anchor)| anchor == is && new.are_together(above, new_place));
        let is_lost = goes_with || gone(place.start) || was.holder().is_some_and(gone);
        lost_above = is_lost.then_some((new_place, is));
        let stays = stays(&new, was, is, replacements);
        if !is_lost && !stays {
            let words = old.line_at(place.start);
            return Err(format!("the comment `{words}` would stand elsewhere"));
        }
    }
    Ok(())
}

/// Whether a comment still belongs to what it belonged to.
fn stays(new: &Layout<'_>, was: Anchor, is: Anchor, replacements: &[Replacement]) -> bool {
    let same = |was: usize, is: usize| moved(was, replacements) == Some(is);
    let has_come = |is: usize| is_new(is, replacements);
    match (was, is) {
        (Anchor::Nothing, Anchor::Nothing) => true,
        (Anchor::Above(was), Anchor::Above(is)) => same(was, is),
        // Something new begins on the line below which it stands.
        (Anchor::EndOf(was), Anchor::EndOf(is)) => {
            same(was, is) || has_come(is) && !new.begins_line(is)
        }
        // What it stood below has now something that it stands above.
        (Anchor::EndOf(_), Anchor::Above(is)) => has_come(is),
        // Something new may begin on its line, before or behind what was there.
        (Anchor::Beside(was, last_was), Anchor::Beside(is, last_is)) => {
            let line = is..=last_is;
            let is_here = |was| moved(was, replacements).is_none_or(|was| line.contains(&was));
            is_here(was) || is_here(last_was)
        }
        (Anchor::Tail(was), Anchor::Tail(is)) => same(was, is) || has_come(is),
        // Something new begins on the line of the bracket that it stands behind.
        (Anchor::Tail(was), Anchor::Beside(first, is)) => same(was, is) || has_come(first),
        _ => false,
    }
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

/// What each comment belongs to.
fn anchors(layout: &Layout<'_>) -> Vec<Anchor> {
    let starts = starts(layout);
    let mut above: Option<(&Span, usize)> = None;
    let mut anchors = Vec::with_capacity(layout.tree.comments.len());
    for comment in &layout.tree.comments {
        if !layout.begins_line(comment.start) {
            above = None;
            anchors.push(beside(layout, &starts, comment));
            continue;
        }
        // A comment below another goes on with it, however deep it is.
        let column = layout.column(comment.start);
        let column = match above {
            Some((above, depth)) if layout.are_together(above, comment) => column.min(depth),
            _ => column,
        };
        above = Some((comment, column));
        anchors.push(between(&starts, comment, column));
    }
    anchors
}

/// What a comment belongs to that shares its line.
fn beside(layout: &Layout<'_>, starts: &[Start], comment: &Span) -> Anchor {
    let next = starts.partition_point(|start| start.offset < comment.start);
    let line = layout.line_start(comment.start);
    let first = starts.partition_point(|start| start.offset < line);
    let last = next.checked_sub(1).and_then(|at| starts.get(at));
    match (starts.get(first), last) {
        (Some(first), Some(last)) if first.offset < comment.start => {
            Anchor::Beside(first.offset, last.offset)
        }
        (_, Some(last)) => Anchor::Tail(last.offset),
        (_, None) => Anchor::Nothing,
    }
}

/// What a comment belongs to that has a line of its own, and is as deep as this column.
fn between(starts: &[Start], comment: &Span, column: usize) -> Anchor {
    let next = starts.partition_point(|start| start.offset < comment.start);
    let (before, behind) = starts.split_at(next);
    // Neither what stands behind the brackets around a comment nor what stands in others is its own.
    let around = before.iter().map(|start| start.until);
    let until = around.filter(|until| comment.start < *until).min();
    let until = until.unwrap_or(usize::MAX);
    if let Some(next) = behind.first()
        && next.offset < until
        && column <= next.column
    {
        return Anchor::Above(next.offset);
    }
    let holds = |start: &&Start| start.until == until && start.column < column;
    let holder = before.iter().rfind(holds);
    let opens = || before.iter().rfind(|start| start.until > until);
    match holder.or_else(opens) {
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
