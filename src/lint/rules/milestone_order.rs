use chrono::{DateTime, Utc};

use crate::lint::clocks::{earliest, latest};
use crate::lint::elapsed::elapsed;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::EventKind;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "milestone-order",
    Class::Wrong,
    include_str!("milestone-order.md"),
    check,
);

/// Which milestone cannot come after which. That `resolved` comes after `started` has its own rule.
const ORDER: [(EventKind, EventKind); 3] = [
    (EventKind::Started, EventKind::Mitigated),
    (EventKind::Mitigated, EventKind::Resolved),
    (EventKind::Detected, EventKind::Acknowledged),
];

/// Services looked at one by one; a document with more is no incident that people wrote down.
const MOST_SERVICES: usize = 64;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (before, after) in ORDER {
        for scope in scopes(subject, after) {
            let (Some(first), Some(second)) = (
                milestone(subject, before, scope),
                milestone(subject, after, scope),
            ) else {
                continue;
            };
            let Some((begin, end)) = reversed(subject, first, second) else {
                continue;
            };
            let place = subject.place(&path!["timeline", second, "at"]);
            if findings.stand_at(&place) {
                continue;
            }
            let early = elapsed((begin - end).num_seconds());
            let finding = findings
                .at(place, format!("`{after}` comes before `{before}`"))
                .saying(format!("{early} earlier"))
                .label(
                    subject.place(&path!["timeline", first, "at"]),
                    format!("{before} here"),
                )
                .help(format!("{after}: {}", lower_first(after.meaning())));
            findings.add(finding);
        }
    }
}

/// The incident itself, and each service that has this milestone of its own.
fn scopes<'a>(subject: &'a Subject<'_>, kind: EventKind) -> Vec<Option<&'a str>> {
    let mut scopes = vec![None];
    for event in &subject.postmortem.timeline {
        if event.kind.has(kind) {
            for service in &event.services {
                if scopes.len() <= MOST_SERVICES && !scopes.contains(&Some(service.as_str())) {
                    scopes.push(Some(service));
                }
            }
        }
    }
    scopes
}

/// The event of a milestone: a service's own, else the incident's.
fn milestone(subject: &Subject<'_>, kind: EventKind, service: Option<&str>) -> Option<usize> {
    let timeline = &subject.postmortem.timeline;
    let of_incident = || {
        timeline
            .iter()
            .position(|event| event.kind.has(kind) && event.services.is_empty())
    };
    let Some(service) = service else {
        return of_incident();
    };
    let own = timeline.iter().position(|event| {
        event.kind.has(kind) && event.services.iter().any(|name| name == service)
    });
    own.or_else(|| of_incident().filter(|_| kind == EventKind::Started))
}

fn reversed(
    subject: &Subject<'_>,
    first: usize,
    second: usize,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let begin = earliest(subject.event(first)?);
    let end = latest(subject.event(second)?);
    (end < begin).then_some((begin, end))
}

fn lower_first(text: &str) -> String {
    let text = text.strip_prefix("Milestone: ").unwrap_or(text);
    text.trim_end_matches('.').to_owned()
}
