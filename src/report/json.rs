use serde::Serialize;

use crate::diagnostic::{Diagnostic, Label};
use crate::text::Source;

use super::{FileFindings, Format, Summary, safe};

/// Findings for machines: one object, version 1. Lines and columns count characters from 1, bytes
/// from 0; ends are excluded.
#[derive(Debug, Clone, Copy)]
pub struct Json;

#[derive(Serialize)]
struct Run {
    version: u32,
    files: Vec<String>,
    findings: Vec<Finding>,
    summary: Counts,
}

#[derive(Serialize)]
struct Finding {
    rule: &'static str,
    level: &'static str,
    message: String,
    path: String,
    #[serde(flatten)]
    place: Place,
    label: String,
    labels: Vec<Other>,
    help: Vec<String>,
}

#[derive(Serialize)]
struct Other {
    message: String,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    byte_start: usize,
    byte_end: usize,
}

#[derive(Serialize)]
struct Counts {
    files: usize,
    files_with_findings: usize,
    findings: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

impl Format for Json {
    fn write(&self, files: &[FileFindings]) -> Vec<u8> {
        let summary = Summary::of(files);
        let run = Run {
            version: 1,
            files: files.iter().map(|file| path(&file.source)).collect(),
            findings: files
                .iter()
                .flat_map(|file| {
                    let findings = file.findings.iter();
                    findings.map(|finding| of_finding(&file.source, finding))
                })
                .collect(),
            summary: Counts {
                files: summary.files,
                files_with_findings: summary.files_with_findings,
                findings: summary.findings(),
                errors: summary.errors,
                warnings: summary.warnings,
                infos: summary.infos,
            },
        };
        // Numbers, texts and lists always have a JSON form.
        let mut bytes = serde_json::to_vec_pretty(&run).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

fn path(source: &Source) -> String {
    safe::line(source.name())
}

fn of_finding(source: &Source, finding: &Diagnostic) -> Finding {
    Finding {
        rule: finding.rule,
        level: finding.level.as_str(),
        message: safe::line(&finding.message),
        path: path(source),
        place: place(source, &finding.place),
        label: safe::line(&finding.place.text),
        labels: finding
            .labels
            .iter()
            .map(|label| Other {
                message: safe::line(&label.text),
                place: place(source, label),
            })
            .collect(),
        help: finding.help.iter().map(|help| safe::line(help)).collect(),
    }
}

fn place(source: &Source, label: &Label) -> Place {
    let start = source.position(label.span.start);
    let end = source.position(label.span.end.max(label.span.start));
    Place {
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_start: label.span.start,
        byte_end: label.span.end.max(label.span.start),
    }
}
