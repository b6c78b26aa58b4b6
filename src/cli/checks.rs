//! What the linter says of one document, for commands that go on with it.

use crate::diagnostic::{Diagnostic, Level};
use crate::document::Reading;
use crate::lint::{Levels, lint};
use crate::model::Stage;

use super::CommandError;
use super::chosen::Chosen;

/// The rules that hold for a document.
#[derive(Debug)]
pub struct Checks<'c> {
    chosen: &'c Chosen,
    levels: Levels,
}

impl<'c> Checks<'c> {
    /// The rules with the levels that the configuration gives them.
    pub fn of(chosen: &'c Chosen) -> Result<Self, CommandError> {
        let given = chosen.config.lint.levels.iter();
        let given = given.map(|(name, level)| (name.as_str(), *level));
        let levels = Levels::new(given).map_err(|error| {
            CommandError::new(format!("postmortem.toml: `[lint.levels]`: {error}"))
                .help(error.help())
        })?;
        Ok(Self { chosen, levels })
    }

    /// What there is to say about a reading of the document.
    pub fn findings(&self, reading: &Reading) -> Vec<Diagnostic> {
        let input = self.chosen.input();
        lint(reading, &self.chosen.config, &self.levels, input.stem())
    }

    /// What there were to say if the document were at another stage.
    pub fn findings_at(&self, stage: Stage, reading: Reading) -> (Reading, Vec<Diagnostic>) {
        let reading = reading.at_stage(stage);
        let findings = self.findings(&reading);
        (reading, findings)
    }
}

/// How many findings of a level there are, in words: `1 error`; nothing where there are none.
pub fn counted(findings: &[Diagnostic], level: Level) -> Option<String> {
    let count = findings.iter().filter(|f| f.level == level).count();
    let word = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => return (count > 0).then(|| format!("{count} for information")),
    };
    match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        count => Some(format!("{count} {word}s")),
    }
}
