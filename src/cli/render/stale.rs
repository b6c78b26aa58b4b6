use std::path::Path;

use crate::cli::CommandError;
use crate::render::Readers;
use crate::report::diff;
use crate::store;
use crate::text::{excerpt, printable_line};

use super::made::inside;
use super::prepared::Prepared;

/// How many lines of a difference are shown.
const MOST_LINES: usize = 60;

/// How many characters of a line are shown.
const LONGEST: usize = 200;

/// A page that is not what its document gives.
#[derive(Debug)]
pub struct Stale {
    /// What differs, as a unified difference; empty where there is no page.
    pub difference: String,
    /// What is to be said.
    pub words: String,
}

/// Compares a page with the file in which it should be; nothing where that is as it should be. Line ends do
/// not count: git may change them.
pub fn compared(
    prepared: &Prepared,
    file: &Path,
    target: &Path,
    text: &str,
) -> Result<Option<Stale>, CommandError> {
    let shown = printable_line(&target.display().to_string());
    let name = printable_line(&prepared.name);
    let there = match std::fs::read(file) {
        Ok(there) => String::from_utf8_lossy(&there).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Some(Stale {
                difference: String::new(),
                words: format!("missing: {shown}, the page of {name}\n"),
            }));
        }
        Err(error) => {
            let reason = store::reason(&error);
            return Err(CommandError::new(format!(
                "`{shown}` cannot be read: {reason}"
            )));
        }
    };
    let there = match there.contains("\r\n") {
        true => there.replace("\r\n", "\n"),
        false => there,
    };
    if there == text {
        return Ok(None);
    }
    let mut words = format!("stale: {shown}, the page of {name}\n");
    if prepared.readers == Readers::Public {
        let inside = inside(&prepared.postmortem, &prepared.configured.config)?;
        if let Some(leaks) = prepared.leaks(&there, &inside) {
            words.push_str("what is there leaks:\n");
            words.push_str(&leaks);
        }
    }
    Ok(Some(Stale {
        difference: bounded(&diff(&shown, &there, text)),
        words,
    }))
}

/// How many pages are not what they should be, and what to do.
pub fn summary(stale: usize, all: usize) -> String {
    let (pages, are) = match (all, stale) {
        (1, _) => ("page", "is"),
        (_, 1) => ("pages", "is"),
        _ => ("pages", "are"),
    };
    format!(
        "{stale} of {all} {pages} {are} not what the documents give\n  help: make them again: the same command without --check\n"
    )
}

/// The first lines of a difference, each cut where nobody reads on.
fn bounded(difference: &str) -> String {
    let mut text = String::new();
    for line in difference.lines().take(MOST_LINES) {
        text.push_str(&cut(line));
        text.push('\n');
    }
    if let Some(more @ 1..) = difference.lines().count().checked_sub(MOST_LINES) {
        text.push_str(&format!("… {more} more lines\n"));
    }
    text
}

fn cut(line: &str) -> String {
    match line.chars().count() {
        0..=LONGEST => line.to_owned(),
        _ => {
            // What is cut is one line, with its first mark.
            let (mark, rest) = line.split_at(line.chars().next().map_or(0, char::len_utf8));
            format!("{mark}{}", excerpt(rest, LONGEST))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_bounded() {
        let long = format!("-{}\n", "x".repeat(5_000));
        let text = bounded(&long.repeat(100));
        assert_eq!(text.lines().count(), MOST_LINES + 1);
        assert!(text.ends_with("… 40 more lines\n"), "{text}");
        let longest = text.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(LONGEST + 2), "{longest:?}");
        assert_eq!(bounded("-a\n+b\n"), "-a\n+b\n");
    }
}
