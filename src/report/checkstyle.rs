use super::xml::{HEAD, escaped};
use super::{Entries, Entry, FileFindings, Format, Run, entries_by};

/// Checkstyle's XML, which many tools read: each file with its findings.
#[derive(Debug, Clone, Copy)]
pub struct Checkstyle;

impl Format for Checkstyle {
    fn entries(&self, file: &FileFindings) -> Vec<Entry> {
        entries_by(file, |finding| {
            let start = finding.region().start;
            format!(
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"postmortem.{}\"/>\n",
                start.line,
                start.column,
                finding.level(),
                escaped(&finding.message()),
                finding.rule(),
            )
        })
    }

    fn whole(&self, _: &Run<'_>, files: &[Entries]) -> Vec<u8> {
        let mut xml = format!("{HEAD}<checkstyle version=\"4.3\">\n");
        for file in files.iter().filter(|file| !file.entries.is_empty()) {
            xml.push_str(&format!("  <file name=\"{}\">\n", escaped(&file.path)));
            xml.extend(file.entries.iter().map(|entry| entry.text.as_str()));
            xml.push_str("  </file>\n");
        }
        xml.push_str("</checkstyle>\n");
        xml.into_bytes()
    }
}
