use serde::Serialize;

use crate::cli::CommandError;
use crate::cli::record::Record;
use crate::diagnostic::{Diagnostic, mask};
use crate::text::printable_line;

use super::{Look, gaps};

/// The open questions of a document, to be printed; version 1.
#[derive(Debug, Serialize)]
pub struct Listing {
    version: u32,
    file: String,
    /// The stage whose rules ask.
    stage: &'static str,
    questions: Vec<Asked>,
    /// What no question heals.
    others: Vec<Found>,
}

#[derive(Debug, Serialize)]
struct Asked {
    question: String,
    #[serde(flatten)]
    found: Found,
}

#[derive(Debug, Serialize)]
struct Found {
    rule: &'static str,
    level: &'static str,
    message: String,
    /// The line, from 1.
    line: usize,
}

impl Listing {
    /// What is open in a document.
    pub(super) fn of(look: &Look, record: &Record<'_>) -> Self {
        let found = |finding: &Diagnostic| Found {
            rule: finding.rule,
            level: finding.level.as_str(),
            message: mask(&finding.message).into_owned(),
            line: look.line_of(finding),
        };
        let questions = gaps::questions(&look.document, &look.findings);
        let postmortem = look.document.postmortem();
        Self {
            version: 1,
            file: record.shown().to_owned(),
            stage: look.stage.as_str(),
            questions: questions
                .into_iter()
                .map(|(question, finding)| Asked {
                    question: mask(&question.words(postmortem)).into_owned(),
                    found: found(finding),
                })
                .collect(),
            others: look.unasked().map(found).collect(),
        }
    }

    /// A question a line, with the rule that asks.
    pub fn text(&self) -> String {
        let questions = self.questions.iter();
        questions
            .map(|asked| {
                format!(
                    "{}   {}\n",
                    printable_line(&asked.question),
                    asked.found.rule
                )
            })
            .collect()
    }

    /// One object.
    pub fn json(&self) -> Result<String, CommandError> {
        let json = serde_json::to_string_pretty(self);
        json.map(|json| json + "\n")
            .map_err(|error| CommandError::new(error.to_string()))
    }
}
