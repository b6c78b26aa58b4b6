use serde::Serialize;

use super::json::JsonFinding;
use super::{Entries, Entry, FileFindings, Format, Run, all, entries_with_suppressed_by, safe};

/// A finding a line, each an object as in [`super::Json`] with the version in front.
#[derive(Debug, Clone, Copy)]
pub struct Jsonl;

#[derive(Serialize)]
struct Line {
    version: u32,
    #[serde(flatten)]
    finding: JsonFinding,
}

impl Format for Jsonl {
    fn entries(&self, file: &FileFindings) -> Vec<Entry> {
        entries_with_suppressed_by(file, |finding| {
            let version = super::json::VERSION;
            let finding = JsonFinding::of(finding);
            safe::json(&Line { version, finding }) + "\n"
        })
    }

    fn whole(&self, _: &Run<'_>, files: &[Entries]) -> Vec<u8> {
        let lines = all(files).map(|entry| entry.text.as_str());
        lines.collect::<String>().into_bytes()
    }
}
