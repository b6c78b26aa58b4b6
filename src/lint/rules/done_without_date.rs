use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::ActionStatus;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "done-without-date",
    Class::Missing,
    include_str!("done-without-date.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, action) in subject.own_actions() {
        if action.status != ActionStatus::Done || action.done_on.is_some() {
            continue;
        }
        let absent = path!["actions", index, "done_on"];
        let place = path!["actions", index, "status"];
        let message = format!(
            "the action `{}` is done, and nothing says since when",
            action.id
        );
        if let Some(finding) = findings.lacking(&absent, &place, &message) {
            findings.add(finding.help("add `done_on:` with the day"));
        }
    }
}
