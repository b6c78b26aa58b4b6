use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "action-without-priority",
    Class::Missing,
    include_str!("action-without-priority.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, action) in subject.open_own_actions() {
        if action.priority.is_some() {
            continue;
        }
        let absent = path!["actions", index, "priority"];
        let place = path!["actions", index, "id"];
        let message = format!("the action `{}` has no priority", action.id);
        if let Some(finding) = findings.lacking(&absent, &place, &message) {
            findings.add(finding.help("add `priority:`, from `P0` (before anything else) to `P4`"));
        }
    }
}
