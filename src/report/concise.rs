use super::{Entries, Entry, FileFindings, Format, Run, all, entries_with_suppressed_by};

/// A finding a line: `path:line:column: level[rule] message`, as compilers write it and editors read it.
#[derive(Debug, Clone, Copy)]
pub struct Concise;

impl Format for Concise {
    fn entries(&self, file: &FileFindings) -> Vec<Entry> {
        entries_with_suppressed_by(file, |finding| {
            let start = finding.region().start;
            let suppressed = finding.suppressed();
            let suppressed =
                suppressed.map_or_else(String::new, |why| format!(" (suppressed: {why})"));
            format!(
                "{}:{}:{}: {}[{}] {}{suppressed}\n",
                finding.path(),
                start.line,
                start.column,
                finding.level(),
                finding.rule(),
                finding.message()
            )
        })
    }

    fn whole(&self, _: &Run<'_>, files: &[Entries]) -> Vec<u8> {
        let lines = all(files).map(|entry| entry.text.as_str());
        lines.collect::<String>().into_bytes()
    }
}
