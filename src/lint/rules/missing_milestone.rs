use std::collections::HashSet;

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
    } else if is_resolved {
        services_without_end(subject, findings);
    }
}

/// Where `resolved` stands on services only, the incident is over once each of them has one.
fn services_without_end(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let ends = || {
        let timeline = postmortem.timeline.iter();
        timeline.filter(|event| event.kind.has(EventKind::Resolved))
    };
    let of_incident = ends().any(|event| event.services.is_empty());
    let unrecorded = postmortem.unrecorded.contains(&EventKind::Resolved);
    if of_incident || unrecorded || subject.has_lost("services") {
        return;
    }
    let ended: HashSet<&str> = ends()
        .flat_map(|event| event.services.iter().map(String::as_str))
        .collect();
    let services = postmortem.services.iter();
    let mut open = services.filter(|name| !ended.contains(name.as_str()));
    let Some(first) = open.next() else {
        return;
    };
    let message = match open.count() {
        0 => format!("the incident is resolved, and `{first}` has no `resolved`"),
        more => {
            format!("the incident is resolved, and `{first}` and {more} more have no `resolved`")
        }
    };
    let place = path!["status"];
    if let Some(finding) = findings.lacking(&path!["timeline"], &place, &message) {
        findings.add(finding.help(format!(
            "add an event of kind `resolved` with `services: [{first}]`, or one without `services` for the incident as a whole"
        )));
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
