//! Changes to a file that people keep by hand: every byte that the change is not about stays.

mod alignment;
mod block;
mod difference;
mod flow;
mod guard;
pub(super) mod layout;

use std::fmt;

use serde::Serialize;

use crate::text::{Replacement, Span};

use super::Path;
use super::tree::Tree;
use super::write::{self, Value};

pub use guard::comments_stay;

use difference::Difference;
use layout::Layout;

/// Why a change cannot be spliced in: the text is written in a way that leaves no plain place for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoPlace {
    /// The value that was to be changed or added.
    pub path: Path,
    /// How the value would be written there, in lines.
    pub lines: String,
}

impl fmt::Display for NoPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no plain place for `{}`", self.path)
    }
}

impl std::error::Error for NoPlace {}

/// The replacements that turn a text into one that says `after` where it said `before`.
///
/// `text` is what `tree` was parsed from. Whether the result reads as it should is the caller's to
/// check.
pub fn splice(
    tree: &Tree,
    text: &str,
    before: &impl Serialize,
    after: &impl Serialize,
) -> Result<Vec<Replacement>, NoPlace> {
    let no_value = |error: String| NoPlace {
        path: Path::root(),
        lines: error,
    };
    let before = write::value_of(before).map_err(no_value)?;
    let after = write::value_of(after).map_err(no_value)?;
    let layout = Layout::new(tree);
    let mut difference = Difference::new(&layout);
    difference.walk(&before, &after)?;
    let mut all = difference.replacements;
    blank_lines_go_too(&layout, &mut all);
    Ok(within(text, &layout, all))
}

/// Where lines go, so do the blank ones below them that a text above would take for its own.
fn blank_lines_go_too(layout: &Layout<'_>, all: &mut [Replacement]) {
    all.sort_by_key(|replacement| (replacement.span.start, replacement.span.end));
    // The lines that go just above, where nothing comes instead.
    let mut above: Option<Span> = None;
    for at in 0..all.len() {
        let next = all.get(at + 1).map(|next| next.span.start);
        let next = next.unwrap_or(layout.text.len());
        let Some(Replacement { span, text }) = all.get_mut(at) else {
            return;
        };
        let are_lines = text.is_empty() && layout.line_start(span.start) == span.start;
        above = are_lines.then(|| {
            let joins = above.take().filter(|above| above.end == span.start);
            let start = joins.map_or(span.start, |above| above.start);
            if layout.follows_kept_text(start) {
                while span.end < next && layout.line_at(span.end).trim().is_empty() {
                    span.end = layout.line_after(span.end);
                }
            }
            start..span.end
        });
    }
}

fn inserted(at: usize, text: String) -> Replacement {
    let span = at..at;
    Replacement { span, text }
}

fn replacement(span: Span, text: &str) -> Replacement {
    let text = text.to_owned();
    Replacement { span, text }
}

/// How a value is written in lines of its own, under a key.
pub(super) fn lines_of(path: &Path, value: Option<&Value>) -> String {
    let key = path
        .segments()
        .iter()
        .rev()
        .find_map(|segment| match segment {
            super::Segment::Key(key) => Some(key.as_str()),
            super::Segment::Index(_) => None,
        });
    match value {
        None => String::new(),
        Some(value) => write::entry(key.unwrap_or("value"), value, 0),
    }
}

/// Offsets of a tree's text, which ends with a line break, as offsets of a text that may lack it.
pub(super) fn within(
    text: &str,
    layout: &Layout<'_>,
    mut all: Vec<Replacement>,
) -> Vec<Replacement> {
    all.sort_by_key(|replacement| (replacement.span.start, replacement.span.end));
    let end = text.len();
    if layout.text.len() == end {
        return all;
    }
    let mut is_first = true;
    for replacement in &mut all {
        if replacement.span.end > end {
            let lacked_break = replacement.span.start > end && is_first;
            replacement.span = replacement.span.start.min(end)..end;
            if lacked_break {
                replacement.text.insert_str(0, layout.line_break(end));
                is_first = false;
            }
        }
    }
    all
}
