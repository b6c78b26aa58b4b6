use crate::lint::elapsed::elapsed;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{ActionKind, ActionStatus, DetectedBy};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "detected-by-people-without-detect-action",
    Class::Missing,
    include_str!("detected-by-people-without-detect-action.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let who = match postmortem
        .detection
        .as_ref()
        .and_then(|detection| detection.by)
    {
        Some(DetectedBy::User) => "users",
        Some(DetectedBy::Employee) => "people of ours",
        Some(DetectedBy::Vendor) => "a supplier",
        _ => return,
    };
    let chosen = &subject
        .config
        .lint
        .options
        .detected_by_people_without_detect_action;
    let late = subject.document.times().to_detect.seconds();
    let Some(late) = late.filter(|seconds| *seconds > chosen.seconds()) else {
        return;
    };
    let answers = |action: &crate::model::Action| {
        action.kind == Some(ActionKind::Detect) && action.status != ActionStatus::Declined
    };
    let answered = postmortem.actions.iter().any(answers);
    // Without any action other rules speak.
    if answered || postmortem.actions.is_empty() || !subject.is_own() || subject.has_lost("actions")
    {
        return;
    }
    let message = format!(
        "{who} noticed it, after {}, and no action is to make a machine notice",
        elapsed(late)
    );
    findings.add(
        findings
            .on(&path!["detection", "by"], message)
            .help("add an action of `kind: detect`: which alert would have to exist?"),
    );
}
