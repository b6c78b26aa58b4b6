use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "missing-detection",
    Class::Missing,
    include_str!("missing-detection.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let detection = subject.postmortem.detection.as_ref();
    if detection.is_some_and(|detection| detection.by.is_some() || detection.how.is_some()) {
        return;
    }
    let place = if detection.is_some() {
        path!["detection"]
    } else {
        path!["title"]
    };
    let message = "nothing says how the incident was noticed";
    if let Some(finding) = findings.lacking(&path!["detection", "by"], &place, message) {
        findings.add(finding.help(
            "add `detection: {by: alert, how: …}`; `by` is alert, employee, user, vendor or unknown",
        ));
    }
}
