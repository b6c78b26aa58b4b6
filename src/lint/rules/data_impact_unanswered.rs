use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "data-impact-unanswered",
    Class::Missing,
    include_str!("data-impact-unanswered.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(impact) = &subject.postmortem.impact else {
        return;
    };
    if impact.data.is_some() {
        return;
    }
    let absent = path!["impact", "data"];
    let message = "nothing says whether data was lost, exposed or damaged";
    let Some(finding) = findings.lacking(&absent, &path!["impact"], message) else {
        return;
    };
    let finding =
        finding.help("add `data: none`, or `exposed`, `lost`, `corrupted`; `unknown` is an answer");
    // What others do not tell, nobody outside can answer.
    if subject.is_own() {
        findings.add(finding);
    } else {
        findings.add(findings.softened(finding));
    }
}
