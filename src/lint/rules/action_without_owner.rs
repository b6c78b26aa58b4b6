use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "action-without-owner",
    Class::Missing,
    include_str!("action-without-owner.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, action) in subject.open_own_actions() {
        if action.owner.is_some() {
            continue;
        }
        let absent = path!["actions", index, "owner"];
        let place = path!["actions", index, "id"];
        let message = format!("the action `{}` has no owner", action.id);
        if let Some(finding) = findings.lacking(&absent, &place, &message) {
            findings.add(finding.help("add `owner:` with one of the `people`"));
        }
    }
}
