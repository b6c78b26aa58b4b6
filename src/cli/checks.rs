//! What the linter says of one document, for commands that go on with it.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::diagnostic::{Diagnostic, Level};
use crate::document::Reading;
use crate::lint::{Around, lint};
use crate::model::Stage;

use super::CommandError;
use super::chosen::Chosen;
use super::configurations::{Configuration, Configurations};
use super::record::Record;

/// The rules that hold for a document.
pub struct Checks<'c> {
    chosen: &'c Chosen,
    configuration: Arc<Configuration>,
    now: DateTime<Utc>,
}

impl<'c> Checks<'c> {
    /// The rules with the levels that the configuration gives them.
    pub fn of(record: &'c Record<'_>) -> Result<Self, CommandError> {
        let chosen = &record.chosen;
        let folder = chosen.file.parent().unwrap_or(Path::new(""));
        Ok(Self {
            chosen,
            configuration: Configurations::new(&[], record.surroundings).of(folder)?,
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
        let levels = self.configuration.levels_at(Some(&self.chosen.file));
        lint(reading, &self.configuration.config, &levels, around)
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
