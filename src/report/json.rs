use serde::Serialize;

use super::finding::{Finding, Region};
use super::{
    Entries, Entry, FileFindings, Format, Run, all, entries_with_suppressed_by, json_list, safe,
};

/// Findings for machines: one object, version 1. Lines and columns count characters from 1, bytes
/// from 0; ends are excluded.
#[derive(Debug, Clone, Copy)]
pub struct Json;

/// The version of the objects; it rises when a key goes or changes its meaning.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
pub(super) struct JsonFinding {
    rule: &'static str,
    level: &'static str,
    message: String,
    path: String,
    #[serde(flatten)]
    place: Place,
    label: String,
    labels: Vec<Other>,
    help: Vec<String>,
    fingerprint: String,
    fix: Option<JsonFix>,
    /// Why the document suppresses it; absent where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<String>,
}

#[derive(Serialize)]
struct Other {
    message: String,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct JsonFix {
    what: String,
    safe: bool,
    replacements: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    #[serde(flatten)]
    place: Place,
    text: String,
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
    suppressed: usize,
    known: usize,
    fixable: usize,
    fixed: usize,
}

#[derive(Serialize)]
struct OfRule {
    rule: &'static str,
    findings: usize,
}

impl Format for Json {
    fn entries(&self, file: &FileFindings) -> Vec<Entry> {
        entries_with_suppressed_by(file, |finding| safe::json(&JsonFinding::of(finding)))
    }

    fn whole(&self, run: &Run<'_>, files: &[Entries]) -> Vec<u8> {
        let summary = run.summary;
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let counts = Counts {
            files: summary.files,
            files_with_findings: summary.files_with_findings,
            findings: summary.findings(),
            errors: summary.errors,
            warnings: summary.warnings,
            infos: summary.infos,
            suppressed: summary.suppressed,
            known: summary.known,
            fixable: summary.fixable,
            fixed: summary.fixed,
        };
        let statistics = summary.by_rule().into_iter();
        let statistics: Vec<OfRule> = statistics
            .map(|(rule, findings)| OfRule { rule, findings })
            .collect();
        let findings = json_list(all(files).map(|entry| entry.text.as_str()));
        format!(
            "{{\n\"version\": {VERSION},\n\"files\": {},\n\"findings\": {findings},\n\
             \"statistics\": {},\n\"summary\": {}\n}}\n",
            safe::json(&paths),
            safe::json(&statistics),
            safe::json(&counts),
        )
        .into_bytes()
    }
}

impl JsonFinding {
    pub(super) fn of(finding: &Finding<'_>) -> Self {
        Self {
            rule: finding.rule(),
            level: finding.level().as_str(),
            message: finding.message(),
            path: finding.path(),
            place: Place::of(&finding.region()),
            label: safe::line(&finding.diagnostic.place.text),
            labels: finding
                .others()
                .map(|(region, message)| Other {
                    message,
                    place: Place::of(&region),
                })
                .collect(),
            help: finding.help(),
            fingerprint: finding.fingerprint().to_owned(),
            fix: JsonFix::of(finding),
            suppressed: finding.suppressed(),
        }
    }
}

impl JsonFix {
    fn of(finding: &Finding<'_>) -> Option<Self> {
        let fix = finding.fix()?;
        let replacements = fix.replacements.iter();
        Some(Self {
            what: safe::line(&fix.what),
            safe: fix.safe,
            replacements: replacements
                .map(|change| Change {
                    place: Place::of(&finding.region_of(&change.span)),
                    text: change.text.clone(),
                })
                .collect(),
        })
    }
}

impl Place {
    fn of(region: &Region) -> Self {
        Self {
            line: region.start.line,
            column: region.start.column,
            end_line: region.end.line,
            end_column: region.end.column,
            byte_start: region.bytes.start,
            byte_end: region.bytes.end,
        }
    }
}
