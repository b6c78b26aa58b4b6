use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::ActionStatus;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "declined-without-reason",
    Class::Missing,
    include_str!("declined-without-reason.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, action) in subject.own_actions() {
        if action.status != ActionStatus::Declined || action.reason.is_some() {
            continue;
        }
        let absent = path!["actions", index, "reason"];
        let place = path!["actions", index, "status"];
        let message = format!("the action `{}` was declined without a reason", action.id);
        if let Some(finding) = findings.lacking(&absent, &place, &message) {
            findings.add(finding.help("add `reason:`, for whoever proposes it again"));
        }
    }
}
