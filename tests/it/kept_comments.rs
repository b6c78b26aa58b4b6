//! Where comments stand, before an edit and after it.

use std::collections::BTreeSet;

use postmortem::text::Span;
use postmortem::yaml::{Content, Node, Tree};

/// A text on one side of an edit, without its byte-order mark.
pub struct Side<'t> {
    text: &'t str,
    pub lines: Vec<&'t str>,
    /// Where brackets and braces are, in the order in which they open.
    brackets: Vec<Span>,
}

impl<'t> Side<'t> {
    /// A text and its tree.
    pub fn of(text: &'t str, tree: &Tree) -> Self {
        let rest = text.trim_start_matches('\u{feff}');
        let mut side = Self {
            text: rest,
            lines: rest.split_inclusive('\n').collect(),
            brackets: Vec::new(),
        };
        side.gather(&tree.root, text.len() - rest.len());
        side.brackets.sort_by_key(|span| span.start);
        side
    }

    fn gather(&mut self, node: &Node, mark: usize) {
        let span = node.span.start.saturating_sub(mark)..node.span.end.saturating_sub(mark);
        let opens = match &node.content {
            Content::Scalar(_) => false,
            Content::List(items) => {
                items.iter().for_each(|item| self.gather(item, mark));
                self.text[span.start..].starts_with('[')
            }
            Content::Map { entries, flow } => {
                let values = entries.iter().map(|entry| &entry.value);
                values.for_each(|value| self.gather(value, mark));
                *flow
            }
        };
        if opens {
            self.brackets.push(span);
        }
    }

    /// The line that says something below a line, without its end.
    fn below(&self, at: usize) -> Option<(usize, &'t str)> {
        let mut below = self.lines.iter().enumerate().skip(at + 1);
        let (at, line) = below.find(|(_, line)| says_something(line))?;
        Some((at, line.trim_end_matches(['\r', '\n'])))
    }

    /// What a comment stands in or at the end of, that is this deep: in brackets, from where they open.
    fn holder(&self, at: usize, depth: usize) -> Option<(usize, &'t str)> {
        if let Some(brackets) = self.around(at) {
            let line = self.text[..brackets.start].matches('\n').count();
            return Some((line, self.text[brackets.start..].lines().next()?));
        }
        // What begins in brackets that are closed by now holds nothing.
        let holds = |at: &usize| {
            let line = self.lines[*at];
            says_something(line) && indent(line) < depth && self.around(*at).is_none()
        };
        let at = (0..at).rev().find(holds)?;
        Some((at, self.lines[at].trim_end_matches(['\r', '\n'])))
    }

    /// The brackets in which the words of a line begin.
    fn around(&self, at: usize) -> Option<&Span> {
        let start: usize = self.lines[..at].iter().map(|line| line.len()).sum();
        let start = start + indent(self.lines[at]);
        let mut brackets = self.brackets.iter();
        brackets.rfind(|span| span.start < start && start < span.end)
    }
}

fn mark(line: &str) -> Option<&str> {
    let start = line.find('‹')?;
    let end = line[start..].find('›')?;
    line.get(start..start + end)
}

/// Every comment is there, in order, on a line of its own or beside something as it was, and above or
/// below what it was above or below.
pub fn check(
    old: &Side<'_>,
    new: &Side<'_>,
    (allowed, freed): (&BTreeSet<usize>, &BTreeSet<usize>),
) -> Result<(), String> {
    let marked = |lines: &[&str]| -> Vec<usize> {
        let marked = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| mark(line).is_some());
        marked.map(|(at, _)| at).collect()
    };
    let (was, is) = (marked(&old.lines), marked(&new.lines));
    let words = |lines: &[&str], at: &[usize]| -> Vec<String> {
        let words = at.iter().map(|at| {
            let line = lines[*at];
            let start = line.find("# ‹").expect("a mark stands in a comment");
            line[start..].trim_end_matches(['\r', '\n']).to_owned()
        });
        words.collect()
    };
    let (was_words, is_words) = (words(&old.lines, &was), words(&new.lines, &is));
    if was_words != is_words {
        return Err(format!("comments: {was_words:?} became {is_words:?}"));
    }
    for (&was, &is) in was.iter().zip(&is) {
        if old.lines[was].trim_start().starts_with('#') {
            above(old, new, (was, is), allowed)?;
        } else if allowed.contains(&was) && !freed.contains(&was) {
            beside(old.lines[was], new.lines[is])?;
        }
    }
    Ok(())
}

/// How far a line is indented.
pub fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn says_something(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

fn above(
    old: &Side<'_>,
    new: &Side<'_>,
    (was, is): (usize, usize),
    allowed: &BTreeSet<usize>,
) -> Result<(), String> {
    let lines = &old.lines;
    if indent(lines[was]) != indent(new.lines[is]) && !allowed.contains(&was) {
        return Err(format!("{:?} stands at another depth", lines[was]));
    }
    // A comment below others belongs to what they belong to, however deep it is.
    let run = (0..=was).rev().take_while(|at| !says_something(lines[*at]));
    let comments = run.filter(|at| lines[*at].trim_start().starts_with('#'));
    let depth = comments.map(|at| indent(lines[at])).min().unwrap_or(0);
    let next = old.below(was);
    let belongs_below = next.is_some_and(|(_, next)| depth <= indent(next));
    let (old_place, new_place) = match belongs_below {
        true => (next, new.below(is)),
        false => (old.holder(was, depth), new.holder(is, depth)),
    };
    if old_place.is_some_and(|(line, _)| allowed.contains(&line)) {
        return Ok(());
    }
    let words = |place: Option<(usize, &str)>| place.map(|(_, words)| words.to_owned());
    let (old_words, new_words) = (words(old_place), words(new_place));
    if old_words != new_words {
        return Err(format!(
            "{:?} belonged to {old_words:?} and belongs to {new_words:?}",
            lines[was]
        ));
    }
    Ok(())
}

/// A comment beside a value that changed stands beside the same key, or on a line of its own where the
/// value went.
fn beside(old: &str, new: &str) -> Result<(), String> {
    let key = |line: &str| {
        let before = line.split("# ‹").next().unwrap_or("").trim().to_owned();
        let before = before.trim_start_matches(['-', ' ']);
        before.split(':').next().unwrap_or("").to_owned()
    };
    let (was, is) = (key(old), key(new));
    let is_key = |line: &str| {
        let before = line.split("# ‹").next().unwrap_or("");
        let before = before.trim_start_matches(['-', ' ', '"', '\'']);
        let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let behind = before.trim_start_matches(letters);
        let colon = behind
            .trim_start_matches(['"', '\'', ' '])
            .strip_prefix(':');
        let ends = colon.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        ends && behind.len() < before.len() && !before.contains(['{', '[', ','])
    };
    let stays = was == is || is.is_empty() || !is_key(old);
    match stays {
        true => Ok(()),
        false => Err(format!("{old:?} stands beside {new:?}")),
    }
}
