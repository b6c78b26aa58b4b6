//! Floor 4: findings in the formats that people and machines read.
//!
//! A format is one file with a type that implements [`Format`]. No format ever shows a secret: what
//! looks like one is starred out of every text that came from a file.

mod checkstyle;
mod concise;
mod diff;
mod excerpt;
mod finding;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod jsonl;
mod junit;
mod rdjson;
mod safe;
mod sarif;
mod step_summary;
mod summary;
#[cfg(test)]
mod tests;
mod xml;

pub use checkstyle::Checkstyle;
pub use concise::Concise;
pub use diff::diff;
pub use finding::FileFindings;
pub use github::Github;
pub use gitlab::Gitlab;
pub use human::Human;
pub use json::Json;
pub use jsonl::Jsonl;
pub use junit::Junit;
pub use rdjson::Rdjson;
pub use sarif::Sarif;
pub use step_summary::StepSummary;
pub use summary::Summary;

use finding::Finding;

use crate::diagnostic::Level;

/// A way to write findings down.
///
/// A run is written in two steps, so that the texts of thousands of files need not be held at once: each
/// file's findings become entries, by several threads, and the entries a whole.
pub trait Format: Sync {
    /// What is written of each finding of a file, in their order.
    fn entries(&self, file: &FileFindings) -> Vec<Entry>;

    /// The whole, as bytes for stdout or a file.
    fn whole(&self, run: &Run<'_>, files: &[Entries]) -> Vec<u8>;
}

/// What a format writes of one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// How much the finding matters.
    pub level: Level,
    /// Its text in the format.
    pub text: String,
}

/// What a format writes of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries {
    /// The file's path, as it may be shown.
    pub path: String,
    /// One for each finding.
    pub entries: Vec<Entry>,
}

impl Entries {
    /// What a format writes of a file.
    pub fn of(format: &dyn Format, file: &FileFindings) -> Self {
        Self {
            path: file.path(),
            entries: format.entries(file),
        }
    }
}

/// What a format may say of a run as a whole.
#[derive(Debug)]
pub struct Run<'a> {
    /// The counts.
    pub summary: &'a Summary,
    /// Every rule there is.
    pub rules: &'a [RuleText],
    /// Whether every file could be looked at.
    pub complete: bool,
}

/// A rule in words, for formats that carry them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleText {
    /// The rule's name.
    pub name: &'static str,
    /// What it finds, in one sentence.
    pub summary: &'static str,
    /// Its document.
    pub markdown: &'static str,
    /// Its level in a document that is in review; absent where it is not looked for then.
    pub level: Option<Level>,
}

fn entries_by(file: &FileFindings, text: impl Fn(&Finding<'_>) -> String) -> Vec<Entry> {
    file.all().map(|finding| entry(&finding, &text)).collect()
}

/// As [`entries_by`], for formats that can say of a finding that it is suppressed.
fn entries_with_suppressed_by(
    file: &FileFindings,
    text: impl Fn(&Finding<'_>) -> String,
) -> Vec<Entry> {
    let shown = file.all_shown();
    shown.map(|finding| entry(&finding, &text)).collect()
}

fn entry(finding: &Finding<'_>, text: impl Fn(&Finding<'_>) -> String) -> Entry {
    Entry {
        level: finding.level(),
        text: text(finding),
    }
}

/// The texts of all entries, in order.
fn all(files: &[Entries]) -> impl Iterator<Item = &Entry> {
    files.iter().flat_map(|file| &file.entries)
}

/// Texts that are JSON each as a JSON list, one a line.
fn json_list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut list = String::from("[");
    for (index, text) in texts.enumerate() {
        list.push_str(if index == 0 { "\n" } else { ",\n" });
        list.push_str(text);
    }
    list.push_str(if list.len() > 1 { "\n]" } else { "]" });
    list
}
