use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{Stage, Status};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "published-before-resolved",
    Class::Suspicious,
    include_str!("published-before-resolved.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let status = postmortem.status;
    if postmortem.stage != Stage::Published || status == Status::Resolved {
        return;
    }
    let message = format!("the document is published, and its incident is `{status}`");
    if let Some(finding) = findings.lacking(&path!["status"], &path!["stage"], &message) {
        findings.add(finding.help(
            "write `status: resolved` if it is over; until then the stage is `draft` or `in-review`",
        ));
    }
}
