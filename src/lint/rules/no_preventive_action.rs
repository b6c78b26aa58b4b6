use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{ActionKind, ActionStatus};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "no-preventive-action",
    Class::Advice,
    include_str!("no-preventive-action.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    // What others run cannot be prevented here.
    let outside = postmortem.dependencies.iter().any(|one| one.failed);
    let mut kept = postmortem.actions.iter();
    let mut kept = kept
        .by_ref()
        .filter(|action| action.status != ActionStatus::Declined)
        .peekable();
    let only_after = |kind| {
        matches!(
            kind,
            Some(ActionKind::Mitigate | ActionKind::Repair | ActionKind::Detect)
        )
    };
    let none = kept.peek().is_some() && kept.all(|action| only_after(action.kind));
    if none && !outside && subject.is_own() && !subject.has_lost("actions") {
        let message = "no action makes this less likely: all come into play once it has happened";
        findings.add(findings.on(&path!["actions"], message).help(
            "add an action of `kind: prevent`, or say with `accepted:` at the cause why there is none",
        ));
    }
}
