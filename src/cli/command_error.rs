use std::fmt;
use std::io::Write;
use std::process::ExitCode;

use crate::text::printable;

use super::Surroundings;

/// Why a command could not do its work: what was found, and what to type next.
#[derive(Debug)]
pub struct CommandError {
    message: String,
    help: Vec<String>,
    interrupted: bool,
}

impl CommandError {
    /// A failure in one line without a full stop; names the file, the place and what was found.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: Vec::new(),
            interrupted: false,
        }
    }

    /// The user pressed Ctrl-C; `message` says what was kept.
    pub fn interrupted(message: impl Into<String>) -> Self {
        Self {
            interrupted: true,
            ..Self::new(message)
        }
    }

    /// Adds a line that says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Prints the error on stderr and gives the exit code: 2, or 130 after an interruption.
    pub fn report(&self, _surroundings: &Surroundings) -> ExitCode {
        let mut text = format!("error: {}\n", printable(&self.message));
        if self.interrupted {
            text = format!("{}\n", printable(&self.message));
        }
        for line in &self.help {
            text.push_str(&format!("  help: {}\n", printable(line)));
        }
        // Where stderr is gone there is nobody left to tell.
        let _ = std::io::stderr().write_all(text.as_bytes());
        ExitCode::from(if self.interrupted { 130 } else { 2 })
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
