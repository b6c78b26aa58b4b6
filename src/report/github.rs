use crate::diagnostic::Level;

use super::{Entries, Entry, FileFindings, Format, Run, all, entries_by};

/// Workflow commands of GitHub Actions, which become annotations. The worst come first, since GitHub
/// shows ten of each level a step.
#[derive(Debug, Clone, Copy)]
pub struct Github;

impl Format for Github {
    fn entries(&self, file: &FileFindings) -> Vec<Entry> {
        entries_by(file, |finding| {
            let region = finding.region();
            let command = match finding.level() {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Info => "notice",
            };
            let mut place = format!(
                "file={},line={},endLine={}",
                property(&finding.path()),
                region.start.line,
                region.end.line
            );
            // Columns of two lines say nothing together.
            if region.start.line == region.end.line {
                let (from, to) = (region.start.column, region.end.column);
                place.push_str(&format!(",col={from},endColumn={to}"));
            }
            let title = property(&format!("postmortem: {}", finding.rule()));
            let message = data(&finding.message_and_help());
            format!("::{command} title={title},{place}::{message}\n")
        })
    }

    fn whole(&self, _: &Run<'_>, files: &[Entries]) -> Vec<u8> {
        let mut entries: Vec<&Entry> = all(files).collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.level));
        let lines = entries.into_iter().map(|entry| entry.text.as_str());
        lines.collect::<String>().into_bytes()
    }
}

/// The text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, which ends at `,` or `::`.
fn property(text: &str) -> String {
    data(text)
        .replace(':', "%3A")
        .replace(',', "%2C")
        .replace(';', "%3B")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::report::tests::written;
    use crate::text::Source;

    #[test]
    fn what_ends_a_command_is_escaped_and_the_worst_comes_first() {
        let mut advice = Diagnostic::error("advice", 0..1, "look: a, b");
        advice.level = Level::Info;
        let wrong = Diagnostic::error("wrong", 2..6, "100% wrong\n::error::x").help("mend it");
        let file = FileFindings::new(Source::new("a:b,c.yaml", "a\nb\nc\n"), vec![advice, wrong]);
        assert_eq!(
            written(&Github, &[file]),
            "::error title=postmortem%3A wrong,file=a%3Ab%2Cc.yaml,line=2,endLine=4::100%25 wrong ::error::x%0Ahelp: mend it\n\
             ::notice title=postmortem%3A advice,file=a%3Ab%2Cc.yaml,line=1,endLine=1,col=1,endColumn=2::look: a, b\n"
        );
    }
}
