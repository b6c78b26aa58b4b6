use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "missing-impact",
    Class::Missing,
    include_str!("missing-impact.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let impact = subject.postmortem.impact.as_ref();
    if impact
        .is_some_and(|i| i.summary.is_some() || !i.services.is_empty() || !i.figures.is_empty())
    {
        return;
    }
    let absent = path!["impact", "summary"];
    let place = if impact.is_some() {
        path!["impact"]
    } else {
        path!["title"]
    };
    let finding = findings.lacking(&absent, &place, "nothing says what users could not do");
    if let Some(finding) = finding {
        findings
            .add(finding.help("add `impact:` with a `summary:` and the windows of each service"));
    }
}
