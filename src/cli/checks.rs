//! What the linter says of one document, for commands that go on with it.

use std::path::Path;

use chrono::{DateTime, Utc};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level};
use crate::document::Reading;
use crate::lint::{Around, Levels, lint};
use crate::model::Stage;

use super::CommandError;
use super::chosen::Chosen;
use super::record::Record;

/// The rules that hold for a document.
#[derive(Debug)]
pub struct Checks<'c> {
    chosen: &'c Chosen,
    levels: Levels,
    now: DateTime<Utc>,
}

impl<'c> Checks<'c> {
    /// The rules with the levels that the configuration gives them.
    pub fn of(record: &'c Record<'_>) -> Result<Self, CommandError> {
        let chosen = &record.chosen;
        let levels = Levels::configured(&chosen.config.lint).map_err(|error| {
            CommandError::new(format!("postmortem.toml: `lint`: {error}")).help(error.help())
        })?;
        let (_, root) = Config::find(chosen.file.parent().unwrap_or(Path::new("")))?;
        let path = root.and_then(|root| chosen.file.strip_prefix(root).ok());
        let levels = match path {
            Some(path) => levels.at(path).into_owned(),
            None => levels,
        };
        Ok(Self {
            chosen,
            levels,
            now: record.now,
        })
    }

    /// What there is to say about a reading of the document.
    pub fn findings(&self, reading: &Reading) -> Vec<Diagnostic> {
        let input = self.chosen.input();
        let has_file = |name: &str| input.folder().join(name).is_file();
        let around = Around {
            file_stem: input.stem(),
            now: Some(self.now),
            has_file: Some(&has_file),
        };
        lint(reading, &self.chosen.config, &self.levels, around)
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
