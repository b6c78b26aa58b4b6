use crate::lint::texts::{Kind, each_text};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "pasted-log",
    Class::Advice,
    include_str!("pasted-log.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let most = subject.config.lint.options.pasted_log;
    each_text(subject.postmortem, &mut |text, kind, path| {
        // A line has one byte at least.
        if text.len() <= most {
            return;
        }
        let lines = match kind {
            Kind::Excerpt => text.lines().count(),
            Kind::Prose => longest_block(text),
        };
        if lines > most {
            let place = subject.document.key_place(&path());
            let message = format!("{lines} lines of output are pasted here");
            findings.add(
                findings
                    .at(place, message)
                    .help("keep the lines that show it, and link or attach the rest"),
            );
        }
    });
}

/// How many lines the longest block of code in a Markdown text has.
fn longest_block(text: &str) -> usize {
    if memchr::memmem::find(text.as_bytes(), b"```").is_none() {
        return 0;
    }
    let blocks = text.split("```").skip(1).step_by(2);
    blocks
        .map(|block| block.lines().count().saturating_sub(1))
        .max()
        .unwrap_or(0)
}
