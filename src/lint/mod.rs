//! Floor 4: rules over a document.
//!
//! A rule is one Rust file and one Markdown document beside it in `rules/`, and a line in the table of
//! `catalogue.rs`. What the reader finds by itself has the document and the line only.

pub mod across;
mod around;
mod byte_pairs;
pub mod catalogue;
mod claims;
mod clocks;
mod elapsed;
mod findings;
pub mod fix;
mod harm;
mod known_shares;
mod language;
mod levels;
mod manual;
mod personal;
pub mod profiles;
mod promise;
mod publicity;
mod rule;
mod rules;
mod stretches;
mod subject;
mod suppression;
mod texts;
mod tokens;
mod word_table;

pub use around::Around;
pub use findings::Findings;
pub use language::unknown_words;
pub use levels::{LevelError, Levels};
pub use manual::{Example, Manual, rules_page};
pub use rule::{Check, Class, Rule};
pub use subject::Subject;
pub use suppression::Suppressions;

use std::cmp::Reverse;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level, MOST_FINDINGS};
use crate::document::{Document, Reading};

/// Everything there is to say about a document that was read: what the reader found and what the rules
/// find, in order of place, without what the document suppresses.
///
/// `around` is what the caller knows and the document does not; the file's name without its ending will
/// do.
pub fn lint<'a>(
    reading: &Reading,
    config: &Config,
    levels: &Levels,
    around: impl Into<Around<'a>>,
) -> Vec<Diagnostic> {
    let mut found = lint_all(reading, config, levels, around, Vec::new());
    found.retain(|finding| finding.suppressed.is_none());
    found
}

/// As [`lint`], with what the document suppresses: those findings say why. `more` is what is found
/// beside other documents.
pub fn lint_all<'a>(
    reading: &Reading,
    config: &Config,
    levels: &Levels,
    around: impl Into<Around<'a>>,
    more: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let stage = reading
        .document
        .as_ref()
        .map(|document| document.postmortem().stage)
        .unwrap_or_default();
    let mut found = levels.settle(reading.findings.clone(), stage);
    found.extend(more);
    if let Some(document) = &reading.document {
        found.extend(check(reading, document, config, levels, around.into()));
        let mut suppressions = Suppressions::of(document);
        for finding in &mut found {
            finding.suppressed = suppressions.reason(finding);
        }
        found.extend(suppressions.findings(levels, stage, reading.is_whole()));
    }
    keep_the_worst(&mut found);
    found.sort_by(|a, b| {
        let place = |finding: &Diagnostic| (finding.place.span.start, finding.place.span.end);
        (place(a), a.rule).cmp(&(place(b), b.rule))
    });
    found
}

/// Leaves as many findings as a person could read, the worst of them, and says that there were more.
fn keep_the_worst(found: &mut Vec<Diagnostic>) {
    if found.len() <= MOST_FINDINGS {
        return;
    }
    found.sort_by_key(|finding| (Reverse(finding.level), finding.rule != "secret"));
    found.truncate(MOST_FINDINGS);
    let message = format!("the file has more than {MOST_FINDINGS} findings; the worst are shown");
    found.push(
        Diagnostic::error("too-large", 0..0, message).help("mend these, and look at it again"),
    );
}

fn check(
    reading: &Reading,
    document: &Document,
    config: &Config,
    levels: &Levels,
    around: Around<'_>,
) -> Vec<Diagnostic> {
    let errors = reading.findings.iter();
    let errors = errors.filter(|finding| finding.level == Level::Error);
    let mistakes = errors.map(|finding| finding.place.span.start).collect();
    let subject = Subject::new(document, config, around, mistakes);
    let mut findings = Findings::new(document);
    for rule in catalogue::RULES {
        let level = levels.of(rule, subject.postmortem.stage);
        if let (Some(check), Some(level)) = (rule.check, level) {
            findings.turn_to(rule.name, level, levels.is_given(rule));
            check(&subject, &mut findings);
        }
    }
    findings.into_found()
}

#[cfg(test)]
mod tests;
