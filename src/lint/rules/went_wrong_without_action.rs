use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::ActionStatus;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "went-wrong-without-action",
    Class::Advice,
    include_str!("went-wrong-without-action.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(lessons) = &subject.postmortem.lessons else {
        return;
    };
    let declined = |action: &crate::model::Action| action.status == ActionStatus::Declined;
    let actions = &subject.postmortem.actions;
    // Without any action other rules speak.
    let all_declined = !actions.is_empty() && actions.iter().all(declined);
    let wrong = lessons
        .went_wrong
        .iter()
        .position(|item| !says_nothing(&item.what));
    let (Some(wrong), true) = (wrong, all_declined && subject.is_own()) else {
        return;
    };
    let message = "something went wrong, and every action was declined";
    findings.add(
        findings
            .on(&path!["lessons", "went_wrong", wrong], message)
            .help("add an action about it, or say in the lesson why it may happen again"),
    );
}

/// Whether an answer is that there was nothing.
fn says_nothing(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    text.eq_ignore_ascii_case("nothing") || text.eq_ignore_ascii_case("none")
}
