use serde::Serialize;

use crate::diagnostic::Level;

use super::fingerprint::hash;
use super::{Entries, Entry, FileFindings, Format, Run, all, entries_by, json_list, safe};

/// GitLab's code quality report: a bare list.
#[derive(Debug, Clone, Copy)]
pub struct Gitlab;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    /// One for the whole list: GitLab shows but one finding of each.
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl Format for Gitlab {
    fn entries(&self, file: &FileFindings) -> Vec<Entry> {
        let path = file.path();
        entries_by(file, |finding| {
            let region = finding.region();
            safe::json(&Issue {
                description: finding.message(),
                check_name: finding.rule(),
                fingerprint: hash(&[&path, finding.fingerprint()]),
                severity: match finding.level() {
                    Level::Error => "major",
                    Level::Warning => "minor",
                    Level::Info => "info",
                },
                location: Location {
                    path: path.clone(),
                    lines: Lines {
                        begin: region.start.line,
                        end: region.end.line,
                    },
                },
            })
        })
    }

    fn whole(&self, _: &Run<'_>, files: &[Entries]) -> Vec<u8> {
        let list = json_list(all(files).map(|entry| entry.text.as_str()));
        (list + "\n").into_bytes()
    }
}
