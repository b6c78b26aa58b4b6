use std::fmt;

use crate::config::ConfigError;
use crate::text::printable;

use super::Surroundings;

/// Why a command could not do its work: what was found, and what to type next.
#[derive(Debug)]
pub struct CommandError {
    message: String,
    help: Vec<String>,
    typed: Option<String>,
    /// The exit code where somebody ended the command, which is no error.
    ended: Option<u8>,
}

impl CommandError {
    /// A failure in one line without a full stop; names the file, the place and what was found.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: Vec::new(),
            typed: None,
            ended: None,
        }
    }

    /// The user pressed Ctrl-C; `message` says what was kept.
    pub fn interrupted(message: impl Into<String>) -> Self {
        Self::ended_by(2, message)
    }

    /// A signal of this number ended the command; `message` says what was kept.
    pub fn ended_by(signal: u8, message: impl Into<String>) -> Self {
        Self {
            ended: Some(128_u8.saturating_add(signal)),
            ..Self::new(message)
        }
    }

    /// The user wanted no more questions; `message` says what was kept. Exits with 0.
    pub fn finished(message: impl Into<String>) -> Self {
        Self {
            ended: Some(0),
            ..Self::new(message)
        }
    }

    /// Adds a line that says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds what the user had typed and what could not be saved, so that it is not lost. Nothing is added
    /// where that is blank.
    #[must_use]
    pub fn typed(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.trim().is_empty() {
            self.typed = Some(text);
        }
        self
    }

    /// The same as a note, where the command could go on: what was found, and what became of it.
    pub fn as_note(&self, outcome: &str) -> String {
        let mut text = format!("note: {}; {outcome}\n", printable(&self.message));
        for line in &self.help {
            text.push_str(&format!("  help: {}\n", printable(line)));
        }
        text
    }

    /// Prints the error on stderr and gives the exit code: 2, 130 after an interruption, 0 after Ctrl-D.
    pub fn report(&self, surroundings: &Surroundings) -> u8 {
        surroundings.say(self.text());
        self.exit_code()
    }

    fn exit_code(&self) -> u8 {
        self.ended.unwrap_or(2)
    }

    /// All that is printed.
    pub fn text(&self) -> String {
        let prefix = match self.ended {
            Some(_) => "",
            None => "error: ",
        };
        let mut text = format!("{prefix}{}\n", printable(&self.message));
        for line in &self.help {
            text.push_str(&format!("  help: {}\n", printable(line)));
        }
        if let Some(typed) = &self.typed {
            text.push_str("\nWhat you typed, so that it is not lost:\n\n");
            text.push_str(&printable(typed));
            if !typed.ends_with('\n') {
                text.push('\n');
            }
        }
        text
    }
}

impl From<ConfigError> for CommandError {
    fn from(error: ConfigError) -> Self {
        Self::new(error.to_string()).help("correct the file; without it every key has a default")
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

#[cfg(test)]
impl CommandError {
    /// All that would be printed, for tests.
    pub fn printed(&self) -> (u8, String) {
        (self.exit_code(), self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_has_one_voice() {
        let error = CommandError::new("`x\u{1b}` is odd")
            .help("type `y`")
            .typed("title: x");
        assert_eq!(
            error.printed(),
            (
                2,
                "error: `x\\u{1b}` is odd\n  help: type `y`\n\nWhat you typed, so that it is not lost:\n\ntitle: x\n"
                    .to_owned()
            )
        );
    }

    #[test]
    fn an_interruption_is_no_error_and_exits_with_130() {
        let error = CommandError::interrupted("Kept a.yaml");
        assert_eq!(error.printed(), (130, "Kept a.yaml\n".to_owned()));
        let error = CommandError::finished("Ended; kept a.yaml");
        assert_eq!(error.printed(), (0, "Ended; kept a.yaml\n".to_owned()));
    }
}
