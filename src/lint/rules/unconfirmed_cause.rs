use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{CauseState, Status};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "unconfirmed-cause",
    Class::Missing,
    include_str!("unconfirmed-cause.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let causes = &subject.postmortem.causes;
    let suspected = causes
        .iter()
        .position(|cause| cause.state == CauseState::Suspected);
    let confirmed = causes
        .iter()
        .any(|cause| cause.state == CauseState::Confirmed);
    let (Some(suspected), false) = (suspected, confirmed) else {
        return;
    };
    let resolved = subject.postmortem.status == Status::Resolved;
    if !resolved || subject.has_lost("causes") {
        return;
    }
    let place = path!["causes", suspected, "what"];
    let message = "the incident is resolved, and no cause is confirmed";
    let Some(finding) = findings.lacking(&path!["causes"], &place, message) else {
        return;
    };
    // Whoever writes about somebody else's incident may never learn it.
    if subject.is_own() {
        findings.add(finding.help("confirm one with `state: confirmed` and evidence, or add an action of kind `investigate` for what is still open"));
    } else {
        findings.add(findings.softened(finding));
    }
}
