use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "action-without-ticket",
    Class::Missing,
    include_str!("action-without-ticket.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, action) in subject.open_own_actions() {
        if action.ticket.is_some() {
            continue;
        }
        let absent = path!["actions", index, "ticket"];
        let place = path!["actions", index, "id"];
        let message = format!("the action `{}` has no ticket", action.id);
        if let Some(finding) = findings.lacking(&absent, &place, &message) {
            findings.add(
                finding.help("add `ticket:` with its address or id where the work is planned"),
            );
        }
    }
}
