use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "missing-summary",
    Class::Missing,
    include_str!("missing-summary.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if subject.postmortem.summary.is_some() {
        return;
    }
    let finding = findings.lacking(&path!["summary"], &path!["title"], "there is no summary");
    if let Some(finding) = finding {
        findings.add(finding.help(
            "add `summary: |` with two or three sentences that a reader outside the team understands",
        ));
    }
}
