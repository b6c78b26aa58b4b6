use super::{Entries, Entry, FileFindings, Format, Run, all, entries_by};

/// Findings as a Markdown table, the worst first, for the page of a run in GitHub Actions.
#[derive(Debug, Clone, Copy)]
pub struct StepSummary;

/// GitHub refuses a summary of more than 1 MiB; other steps may have written before us, in bytes.
const MOST: usize = 900 * 1024;

impl Format for StepSummary {
    fn entries(&self, file: &FileFindings) -> Vec<Entry> {
        entries_by(file, |finding| {
            format!(
                "| {} | {}:{} | {} | {} |\n",
                finding.level(),
                escaped(&finding.path()),
                finding.region().start.line,
                escaped(finding.rule()),
                escaped(&finding.message()),
            )
        })
    }

    fn whole(&self, run: &Run<'_>, files: &[Entries]) -> Vec<u8> {
        let mut entries: Vec<&Entry> = all(files).collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.level));
        let mut page = format!("### postmortem lint\n\n{}\n", run.summary);
        if !entries.is_empty() {
            page.push_str("\n| level | place | rule | finding |\n| --- | --- | --- | --- |\n");
        }
        for (index, entry) in entries.iter().enumerate() {
            if page.len() + entry.text.len() > MOST {
                let left = entries.len() - index;
                page.push_str(&format!("\n{left} more are not shown: the page is full.\n"));
                break;
            }
            page.push_str(&entry.text);
        }
        page.into_bytes()
    }
}

/// Text that Markdown takes as it is: no table, no link, no mention, no HTML comes of it.
fn escaped(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        // A mark that can mean something to Markdown or to GitHub.
        if c.is_ascii_punctuation() && !matches!(c, ',' | ';' | '\'' | '"' | '?' | '%' | '/' | '-')
        {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Level};
    use crate::report::tests::written;
    use crate::text::Source;

    #[test]
    fn the_table_holds_whatever_a_finding_says() {
        let mut advice = Diagnostic::error("advice", 0..1, "a | b <img> [x](y) @z `c`");
        advice.level = Level::Info;
        let wrong = Diagnostic::error("wrong", 2..3, "see www.x.example");
        let file = FileFindings::new(Source::new("a.yaml", "a\nb\n"), vec![advice, wrong]);
        assert_eq!(
            written(&StepSummary, &[file]),
            "### postmortem lint\n\n2 findings (1 error, 1 info) in 1 file\n\n\
             | level | place | rule | finding |\n| --- | --- | --- | --- |\n\
             | error | a\\.yaml:2 | wrong | see www\\.x\\.example |\n\
             | info | a\\.yaml:1 | advice | a \\| b \\<img\\> \\[x\\]\\(y\\) \\@z \\`c\\` |\n"
        );
    }

    #[test]
    fn a_page_has_an_end() {
        let findings = (0..20_000).map(|_| Diagnostic::error("r", 0..1, "m".repeat(200)));
        let file = FileFindings::new(Source::new("a.yaml", "a\n"), findings.collect());
        let page = written(&StepSummary, &[file]);
        assert!(page.len() <= MOST + 100);
        assert!(page.ends_with("more are not shown: the page is full.\n"));
    }
}
