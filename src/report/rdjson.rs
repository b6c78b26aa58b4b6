use serde::Serialize;

use crate::diagnostic::Level;
use crate::text::Position;

use super::finding::{Finding, Region};
use super::{Entries, Entry, FileFindings, Format, Run, all, entries_by, json_list, safe};

/// The format of reviewdog, with suggestions. Its columns count bytes from 1.
#[derive(Debug, Clone, Copy)]
pub struct Rdjson;

#[derive(Serialize)]
struct RdDiagnostic {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: RdRange,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
}

#[derive(Serialize)]
struct Suggestion {
    range: RdRange,
    text: String,
}

#[derive(Serialize)]
struct Related {
    message: String,
    location: Location,
}

#[derive(Serialize)]
struct RdRange {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

impl Format for Rdjson {
    fn entries(&self, file: &FileFindings) -> Vec<Entry> {
        entries_by(file, |finding| safe::json(&diagnostic(finding)))
    }

    fn whole(&self, _: &Run<'_>, files: &[Entries]) -> Vec<u8> {
        let list = json_list(all(files).map(|entry| entry.text.as_str()));
        format!("{{\n\"source\": {{\"name\": \"postmortem\"}},\n\"diagnostics\": {list}\n}}\n")
            .into_bytes()
    }
}

fn diagnostic(finding: &Finding<'_>) -> RdDiagnostic {
    let location = |region: &Region| Location {
        path: finding.path(),
        range: range(finding, region),
    };
    // Each suggestion is taken or left by itself, so what belongs together has to be one.
    let change = finding.fix().and_then(|fix| finding.merged(fix));
    RdDiagnostic {
        message: finding.message_and_help(),
        location: location(&finding.region()),
        severity: match finding.level() {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Info => "INFO",
        },
        code: Code {
            value: finding.rule(),
        },
        suggestions: change
            .into_iter()
            .map(|(region, text)| Suggestion {
                range: range(finding, &region),
                text,
            })
            .collect(),
        related_locations: finding
            .others()
            .map(|(region, message)| Related {
                message,
                location: location(&region),
            })
            .collect(),
    }
}

fn range(finding: &Finding<'_>, region: &Region) -> RdRange {
    let place = |position: Position, byte: usize| Place {
        line: position.line,
        column: byte - finding.file.source().line_span(byte).start + 1,
    };
    RdRange {
        start: place(region.start, region.bytes.start),
        end: place(region.end, region.bytes.end),
    }
}
