use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "missing-severity",
    Class::Missing,
    include_str!("missing-severity.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    // Others seldom publish how they rated an incident of theirs.
    if subject.postmortem.severity.is_some() || !subject.is_own() {
        return;
    }
    let known: Vec<String> = (subject.config.severities.iter())
        .map(|level| format!("`{}`", level.name))
        .collect();
    let finding = findings.lacking(&path!["severity"], &path!["title"], "there is no severity");
    if let Some(finding) = finding {
        findings.add(finding.help(format!("add `severity:` with one of {}", known.join(", "))));
    }
}
