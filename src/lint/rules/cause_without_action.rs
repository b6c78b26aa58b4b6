use std::collections::{HashMap, HashSet};

use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{ActionStatus, CauseRole, CauseState, Key};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "cause-without-action",
    Class::Missing,
    include_str!("cause-without-action.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    // Where others published no action, there is none to refer to.
    if !subject.is_own() && postmortem.actions.is_empty() {
        return;
    }
    if subject.has_lost("actions") {
        return;
    }
    let answered = answered(subject);
    for (index, cause) in postmortem.causes.iter().enumerate() {
        let exempt = cause.state != CauseState::Confirmed
            || cause.role == Some(CauseRole::Trigger)
            || cause.accepted.is_some();
        if exempt || answered.contains(&cause.id) {
            continue;
        }
        let message = format!("no action answers the cause `{}`", cause.id);
        let place = path!["causes", index, "id"];
        let Some(finding) = findings.lacking(&path!["actions"], &place, &message) else {
            continue;
        };
        let finding = finding.help(format!(
            "name it in an action's `for: [{}]`, or say in `accepted:` why it may stay",
            cause.id
        ));
        if subject.is_own() {
            findings.add(finding);
        } else {
            findings.add(findings.softened(finding));
        }
    }
}

/// Causes with an action, and those that rest on one: whoever mends a reason mends what follows.
fn answered<'a>(subject: &Subject<'a>) -> HashSet<&'a Key> {
    let mut follows: HashMap<&Key, Vec<&Key>> = HashMap::new();
    for cause in &subject.postmortem.causes {
        for because in &cause.because {
            follows.entry(because).or_default().push(&cause.id);
        }
    }
    let live = |status: ActionStatus| status != ActionStatus::Declined;
    let actions = subject.postmortem.actions.iter();
    let mut open: Vec<&Key> = actions
        .filter(|action| live(action.status))
        .flat_map(|action| &action.r#for)
        .collect();
    let mut answered = HashSet::new();
    while let Some(cause) = open.pop() {
        if answered.insert(cause) {
            open.extend(follows.get(cause).into_iter().flatten());
        }
    }
    answered
}
