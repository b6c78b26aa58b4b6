use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "slo-unanswered",
    Class::Advice,
    include_str!("slo-unanswered.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(impact) = &subject.postmortem.impact else {
        return;
    };
    let absent = path!["impact", "slo"];
    // `slo: []` says that nothing is promised.
    let answered = impact.slo.is_some() || subject.document.has(&absent);
    if answered || !subject.is_own() {
        return;
    }
    let message = "nothing says what was promised and what the incident cost of it";
    if let Some(finding) = findings.lacking(&absent, &path!["impact"], message) {
        findings.add(finding.help(
            "add `slo: [{name: API availability, target: 99.9%, window: 30d}]`; `slo: []` says that nothing is promised",
        ));
    }
}
