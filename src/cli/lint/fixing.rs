use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::document::Reading;
use crate::lint::fix::{self, Fixes};
use crate::report::diff;
use crate::store::Store;
use crate::text::Source;

use super::super::CommandError;
use super::super::input::Input;

/// What a command line asks to be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Which {
    /// Where nobody could have meant anything else
    Safe,
    /// Where it is a guess as well
    Unsafe,
}

/// Whether and how documents are mended.
#[derive(Debug, Clone, Copy)]
pub struct Fixing {
    which: Option<Fixes>,
    only_shows: bool,
    has_stdin: bool,
}

/// A document after that.
pub struct AfterFixing {
    pub reading: Reading,
    pub findings: Vec<Diagnostic>,
    pub count: usize,
    /// What goes to stdout: the diff, or the text that came in on stdin.
    pub printed: String,
}

impl Fixing {
    /// What `--fix` and `--diff` ask for.
    pub fn new(which: Option<Which>, only_shows: bool, has_stdin: bool) -> Self {
        let which = match which {
            Some(Which::Unsafe) => Some(Fixes::All),
            Some(Which::Safe) => Some(Fixes::Safe),
            None => only_shows.then_some(Fixes::Safe),
        };
        Self {
            which,
            only_shows,
            has_stdin,
        }
    }

    /// Whether what is mended goes to stdout, so that findings cannot.
    pub fn takes_stdout(&self) -> bool {
        self.which.is_some() && (self.only_shows || self.has_stdin)
    }

    /// Mends a document as it was asked for, and writes it.
    pub fn carry_out(
        &self,
        input: &Input,
        reading: Reading,
        findings: Vec<Diagnostic>,
        look: &dyn Fn(Source) -> (Reading, Vec<Diagnostic>),
    ) -> Result<AfterFixing, CommandError> {
        let Some(which) = self.which else {
            return Ok(AfterFixing {
                reading,
                findings,
                count: 0,
                printed: String::new(),
            });
        };
        let old = reading.source.text().to_owned();
        let fixed = fix::fix(reading, findings, which, look);
        let source = &fixed.reading.source;
        let new = source.text();
        let printed = match (self.only_shows, input.path()) {
            (true, _) => diff(source.name(), &old, new),
            (false, None) => new.to_owned(),
            (false, Some(path)) => {
                if new != old {
                    replace(path, source.name(), &old, new)?;
                }
                String::new()
            }
        };
        Ok(AfterFixing {
            findings: fixed.findings,
            count: fixed.count,
            printed,
            reading: fixed.reading,
        })
    }
}

/// Replaces a document under its lock, unless somebody saved it meanwhile.
pub fn replace(path: &Path, shown: &str, old: &str, new: &str) -> Result<(), CommandError> {
    match Store::exchange(path, old, new) {
        Ok(true) => Ok(()),
        Ok(false) => Err(CommandError::new(format!(
            "`{shown}` was saved by somebody else meanwhile; it was not changed"
        ))
        .help("run the command again")),
        Err(error) => Err(CommandError::new(format!("`{shown}` {}", error.why))),
    }
}
