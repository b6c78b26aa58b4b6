use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "no-surprises",
    Class::Advice,
    include_str!("no-surprises.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    // Without any lessons another rule speaks.
    let Some(lessons) = &subject.postmortem.lessons else {
        return;
    };
    if !lessons.surprises.is_empty() || !subject.is_own() {
        return;
    }
    let message = "nothing surprised anybody who knows the system?";
    let absent = path!["lessons", "surprises"];
    if let Some(finding) = findings.lacking(&absent, &path!["lessons"], message) {
        findings.add(
            finding.help(
                "add `surprises:`: what did people believe about the system that was not so?",
            ),
        );
    }
}
