use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "all-same-priority",
    Class::Advice,
    include_str!("all-same-priority.md"),
    check,
);

/// Fewer actions than this may well be of one urgency.
const ENOUGH: usize = 4;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let actions = &subject.postmortem.actions;
    let Some(first) = actions.first().and_then(|action| action.priority) else {
        return;
    };
    let all_alike = actions.iter().all(|action| action.priority == Some(first));
    if actions.len() >= ENOUGH && all_alike && subject.is_own() {
        let message = format!("all {} actions are {first}", actions.len());
        findings.add(
            findings
                .on(&path!["actions"], message)
                .help("which one first? a priority that all share orders nothing"),
        );
    }
}
