use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{EventKind, Status};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "no-event-before-start",
    Class::Advice,
    include_str!("no-event-before-start.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let outside = postmortem.dependencies.iter().any(|one| one.failed);
    let unrecorded = postmortem.unrecorded.contains(&EventKind::Change);
    let is_over = postmortem.status == Status::Resolved;
    if !subject.is_own() || !is_over || outside || unrecorded || subject.has_lost("timeline") {
        return;
    }
    let started = subject.document.times().mark(EventKind::Started);
    let Some((start, event)) = started.instant().zip(started.event()) else {
        return;
    };
    // Some changes do harm at once: what led there is told by the same event.
    let of_start = postmortem.timeline.get(event);
    if of_start.is_some_and(|event| event.kind.has(EventKind::Change)) {
        return;
    }
    let is_before =
        |clock: &crate::lint::clocks::Clock<'_>| clock.earliest().is_some_and(|at| at < start);
    if subject.clocks.iter().any(is_before) {
        return;
    }
    let place = path!["timeline", event, "at"];
    let message = "the timeline begins with the harm, and not with what led there";
    findings.add(findings.on(&place, message).help(
        "add what came before as an event: the `change`, the limit that was neared, the alert that nobody saw",
    ));
}
