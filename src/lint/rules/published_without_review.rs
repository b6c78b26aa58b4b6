use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::Stage;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "published-without-review",
    Class::Missing,
    include_str!("published-without-review.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let review = subject.postmortem.review.as_ref();
    let answered = review.is_some_and(|review| !review.reviewers.is_empty());
    if subject.postmortem.stage != Stage::Published || answered || !subject.is_own() {
        return;
    }
    let message = "it is published, and nobody has reviewed it";
    let absent = path!["review", "reviewers"];
    if let Some(finding) = findings.lacking(&absent, &path!["stage"], message) {
        findings.add(finding.help(
            "add `review: {reviewers: [sam], date: 2024-12-13}`, or go back to `stage: in-review`",
        ));
    }
}
