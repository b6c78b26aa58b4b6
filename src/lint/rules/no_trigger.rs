use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{CauseRole, CauseState};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "no-trigger",
    Class::Advice,
    include_str!("no-trigger.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let causes = &subject.postmortem.causes;
    let confirmed = causes
        .iter()
        .any(|cause| cause.state == CauseState::Confirmed);
    let is_trigger = |cause: &crate::model::Cause| {
        cause.role == Some(CauseRole::Trigger) && cause.state != CauseState::RuledOut
    };
    if !confirmed || causes.iter().any(is_trigger) || subject.has_lost("causes") {
        return;
    }
    let message = "no cause is the trigger: why then, and not a day earlier?";
    if let Some(finding) = findings.lacking(&path!["causes"], &path!["causes"], message) {
        findings.add(finding.help(
            "give the cause that set it off `role: trigger`; a limit that was reached by growth is one as well",
        ));
    }
}
