use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "action-without-due-date",
    Class::Missing,
    include_str!("action-without-due-date.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, action) in subject.open_own_actions() {
        if action.due.is_some() {
            continue;
        }
        let absent = path!["actions", index, "due"];
        let place = path!["actions", index, "id"];
        let message = format!("the action `{}` has no due date", action.id);
        if let Some(finding) = findings.lacking(&absent, &place, &message) {
            findings.add(finding.help("add `due: 2025-01-31`, the day by which it is to be done"));
        }
    }
}
