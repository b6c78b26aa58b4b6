use crate::diagnostic::Level;

use super::xml::{HEAD, escaped};
use super::{Entries, Entry, FileFindings, Format, Run, entries_by};

/// JUnit's XML: a suite for each file, in it a failed test for each error and warning. Information
/// is a test that passes and says something; a clean file is a test that passes.
#[derive(Debug, Clone, Copy)]
pub struct Junit;

impl Format for Junit {
    fn entries(&self, file: &FileFindings) -> Vec<Entry> {
        entries_by(file, |finding| {
            let (path, start) = (finding.path(), finding.region().start);
            let place = format!("{path}:{}:{}", start.line, start.column);
            let words = escaped(&format!("{place}\n{}", finding.message_and_help()));
            let inner = match finding.level() {
                Level::Info => format!("<system-out>{words}</system-out>"),
                level => format!(
                    "<failure type=\"{level}\" message=\"{}\">{words}</failure>",
                    escaped(&finding.message()),
                ),
            };
            test_case(
                &path,
                &format!("{} at {}:{}", finding.rule(), start.line, start.column),
                &inner,
            )
        })
    }

    fn whole(&self, run: &Run<'_>, files: &[Entries]) -> Vec<u8> {
        let tests: usize = files.iter().map(|file| file.entries.len().max(1)).sum();
        let failures = run.summary.errors + run.summary.warnings;
        let mut xml = format!(
            "{HEAD}<testsuites name=\"postmortem lint\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n"
        );
        for file in files {
            let entries = &file.entries;
            let failed = entries.iter().filter(|entry| entry.level != Level::Info);
            xml.push_str(&format!(
                "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n",
                escaped(&file.path),
                entries.len().max(1),
                failed.count(),
            ));
            if entries.is_empty() {
                xml.push_str(&test_case(&file.path, "no findings", ""));
            }
            xml.extend(entries.iter().map(|entry| entry.text.as_str()));
            xml.push_str("  </testsuite>\n");
        }
        xml.push_str("</testsuites>\n");
        xml.into_bytes()
    }
}

fn test_case(path: &str, name: &str, inner: &str) -> String {
    let (path, name) = (escaped(path), escaped(name));
    format!("    <testcase classname=\"{path}\" name=\"{name}\">{inner}</testcase>\n")
}
