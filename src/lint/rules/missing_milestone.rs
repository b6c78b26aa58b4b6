use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{EventKind, Status};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "missing-milestone",
    Class::Missing,
    include_str!("missing-milestone.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if subject.has_lost("timeline") {
        return;
    }
    let is_resolved = subject.postmortem.status == Status::Resolved;
    if !has(subject, EventKind::Started) {
        let finding = findings.lacking(
            &path!["timeline"],
            &path!["timeline"],
            "the timeline does not say when it `started`",
        );
        add(findings, finding, EventKind::Started);
    }
    if is_resolved && !has(subject, EventKind::Resolved) {
        let finding = findings.lacking(
            &path!["timeline"],
            &path!["status"],
            "the incident is resolved, and the timeline does not say when",
        );
        add(findings, finding, EventKind::Resolved);
    }
}

fn has(subject: &Subject<'_>, kind: EventKind) -> bool {
    let postmortem = subject.postmortem;
    postmortem.unrecorded.contains(&kind)
        || postmortem.timeline.iter().any(|event| event.kind.has(kind))
}

fn add(
    findings: &mut Findings<'_>,
    finding: Option<crate::diagnostic::Diagnostic>,
    kind: EventKind,
) {
    if let Some(finding) = finding {
        let help = format!(
            "add an event of kind `{kind}`; where nobody knows the time write `at: unknown`, where the record does not hold it `unrecorded: [{kind}]`"
        );
        findings.add(finding.help(help));
    }
}
