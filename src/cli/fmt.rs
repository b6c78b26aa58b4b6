use std::ffi::OsString;
use std::path::PathBuf;

use rayon::prelude::*;

use crate::diagnostic::Level;
use crate::document::Document;
use crate::report::diff;
use crate::text::printable_line;

use super::lint::{Candidate, find, looks_like_a_document, no_document, replace};
use super::{CommandError, Outcome, Surroundings};

/// Bring documents into house order and style.
///
/// Keys come into the order of the format, lines into one layout. What a document says stays the same, and
/// every comment stays with what it belongs to. A document that does not read is left alone.
#[derive(Debug, clap::Args)]
pub struct Fmt {
    /// Files and folders; `-` reads stdin and writes stdout. The folder of the configuration if none is
    /// named
    #[arg(value_name = "FILE|FOLDER")]
    paths: Vec<OsString>,
    /// Change nothing; exit with 1 if something would change, and name it
    #[arg(long)]
    check: bool,
    /// Change nothing, show what would change; exit with 1 if something would
    #[arg(long)]
    diff: bool,
    /// What the text on stdin is called
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    /// Say nothing where all is well
    #[arg(short, long)]
    quiet: bool,
}

impl Fmt {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let found = find(&self.paths, self.stdin_filename.as_deref(), surroundings)?;
        let mut failures = found.failures;
        let (mut seen, mut changed) = (0_usize, 0_usize);
        let formatted = found
            .candidates
            .par_iter()
            .map(|candidate| self.format(candidate));
        for formatted in formatted.collect::<Vec<_>>() {
            match formatted {
                Ok(None) => {}
                Ok(Some(formatted)) => {
                    seen += 1;
                    changed += usize::from(formatted.is_changed);
                    if !formatted.printed.is_empty() {
                        surroundings.print(formatted.printed)?;
                    }
                }
                Err(failure) => {
                    seen += 1;
                    failures.push(failure);
                }
            }
        }
        if seen == 0 && failures.is_empty() {
            return Err(no_document(&found.folders));
        }
        let only_looks = self.check || self.diff;
        if !self.quiet && (changed > 0 || failures.is_empty()) {
            let files = if seen == 1 { "file" } else { "files" };
            let verb = if only_looks {
                "would be changed"
            } else {
                "changed"
            };
            surroundings.say(match changed {
                0 => format!("nothing to change in {seen} {files}\n"),
                changed => format!("{changed} of {seen} {files} {verb}\n"),
            });
        }
        if let Some(last) = failures.pop() {
            for failure in &failures {
                failure.report(surroundings);
            }
            return Err(last);
        }
        Ok(match only_looks && changed > 0 {
            true => Outcome::Findings,
            false => Outcome::Fine,
        })
    }

    /// Formats a file; nothing where it is no document.
    fn format(&self, candidate: &Candidate) -> Result<Option<Formatted>, CommandError> {
        let Candidate { input, is_named } = candidate;
        let text = input.text()?;
        if !is_named && !looks_like_a_document(text.as_str()) {
            return Ok(None);
        }
        let reading = text.read();
        let source = &reading.source;
        let error = reading
            .findings
            .iter()
            .find(|one| one.level == Level::Error);
        let document = match (&reading.document, error) {
            (Some(document), None) => document,
            (_, error) => {
                let name = source.name();
                let why = error.map_or("there is no document in it", |error| &error.message);
                let line = error.map_or(1, |error| source.position(error.place.span.start).line);
                return Err(CommandError::new(format!(
                    "`{name}` was left alone, since it does not read: line {line}: {why}"
                ))
                .help(format!("postmortem lint {name}")));
            }
        };
        let new = Document::tidied(document);
        let is_changed = new != source.text();
        let printed = if self.diff {
            diff(source.name(), source.text(), &new)
        } else if self.check {
            match is_changed {
                true => format!("{}\n", printable_line(source.name())),
                false => String::new(),
            }
        } else if let Some(path) = input.path() {
            if is_changed {
                replace(path, source.name(), source.text(), &new)?;
            }
            String::new()
        } else {
            new
        };
        Ok(Some(Formatted {
            is_changed,
            printed,
        }))
    }
}

/// What came of a file.
struct Formatted {
    is_changed: bool,
    /// What goes to stdout: its name, what would change in it, or the text that came in on stdin.
    printed: String,
}
