use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{ActionStatus, Effect, Priority};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "no-priority-action",
    Class::Advice,
    include_str!("no-priority-action.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let windows = postmortem.impact.iter().flat_map(|impact| &impact.services);
    let users_were_hit = windows
        .into_iter()
        .any(|window| window.effect != Effect::Unknown);
    let mut kept = postmortem.actions.iter();
    let mut kept = kept
        .by_ref()
        .filter(|action| action.status != ActionStatus::Declined)
        .peekable();
    let is_low =
        |priority: Option<Priority>| priority.is_some_and(|priority| priority > Priority::P1);
    let none = kept.peek().is_some() && kept.all(|action| is_low(action.priority));
    if users_were_hit && none && subject.is_own() && !subject.has_lost("actions") {
        let message = "users were hit, and no action is P0 or P1";
        findings.add(
            findings
                .on(&path!["actions"], message)
                .help("which one would have spared users the most? give it `priority: P1`"),
        );
    }
}
