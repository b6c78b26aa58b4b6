use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{Cause, CauseRole, CauseState, Status};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "no-actions",
    Class::Missing,
    include_str!("no-actions.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let is_over = postmortem.status == Status::Resolved;
    if !postmortem.actions.is_empty() || !is_over || !subject.is_own() {
        return;
    }
    let causes = &postmortem.causes;
    let stands = |cause: &&Cause| cause.state != CauseState::RuledOut;
    let accepted = |cause: &Cause| cause.accepted.is_some();
    let all_accepted = !causes.is_empty() && causes.iter().filter(stands).all(accepted);
    // `cause-without-action` tells it cause by cause.
    let told = |cause: &Cause| {
        cause.state == CauseState::Confirmed
            && cause.role != Some(CauseRole::Trigger)
            && cause.accepted.is_none()
    };
    if all_accepted || causes.iter().any(told) {
        return;
    }
    let message = "the incident is resolved, and nothing is to be done about it";
    if let Some(finding) = findings.lacking(&path!["actions"], &path!["title"], message) {
        findings.add(finding.help(
            "add what is to be done under `actions`, or say with `accepted:` at each cause why nothing is",
        ));
    }
}
