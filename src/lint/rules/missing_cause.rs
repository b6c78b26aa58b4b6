use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::CauseState;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "missing-cause",
    Class::Missing,
    include_str!("missing-cause.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let causes = &subject.postmortem.causes;
    if causes
        .iter()
        .any(|cause| cause.state != CauseState::RuledOut)
    {
        return;
    }
    if subject.has_lost("causes") {
        return;
    }
    let (place, message) = if causes.is_empty() {
        (
            path!["title"],
            "no cause is named, not even a suspected one",
        )
    } else {
        (
            path!["causes"],
            "every cause is ruled out, and no other is named",
        )
    };
    if let Some(finding) = findings.lacking(&path!["causes"], &place, message) {
        findings.add(finding.help(
            "add what is known so far under `causes`: `{id: C1, state: suspected, what: …}`",
        ));
    }
}
