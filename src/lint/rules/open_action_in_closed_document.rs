use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{Priority, Stage};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "open-action-in-closed-document",
    Class::Advice,
    include_str!("open-action-in-closed-document.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if subject.postmortem.stage != Stage::Published {
        return;
    }
    let review = subject.postmortem.review.as_ref();
    let closed_on = review.and_then(|review| review.shared_on.or(review.date));
    for (index, action) in subject.open_own_actions() {
        let late = action
            .due
            .zip(closed_on)
            .filter(|(due, closed)| due.0 < closed.0);
        let message = if let Some((due, _)) = late {
            format!(
                "the action `{}` was due on {due}, before this was published",
                action.id
            )
        } else if action.priority == Some(Priority::P0) {
            format!(
                "the action `{}` comes before anything else, and is still open",
                action.id
            )
        } else {
            continue;
        };
        let place = path!["actions", index, "status"];
        findings.add(findings.on(&place, message).help(
            "say how far it is: `status: done` with `done_on`, or `declined` with a `reason`",
        ));
    }
}
