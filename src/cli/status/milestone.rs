//! States of an incident and the milestones that bring them about.

use crate::model::{Event, EventKind, Postmortem, Status};

/// The states that a milestone brings about, the last first.
pub const STATES: [Status; 3] = [Status::Resolved, Status::Monitoring, Status::Identified];

/// The milestone that brings a state about; nothing for the first.
pub fn milestone_of(status: Status) -> Option<EventKind> {
    match status {
        Status::Investigating => None,
        Status::Identified => Some(EventKind::Identified),
        Status::Monitoring => Some(EventKind::Mitigated),
        Status::Resolved => Some(EventKind::Resolved),
    }
}

/// Whether a document has an event of this kind that is the whole incident's.
pub fn has(postmortem: &Postmortem, kind: EventKind) -> bool {
    let mut timeline = postmortem.timeline.iter();
    timeline.any(|event| is_whole(event, kind))
}

/// Whether an event is of this kind, and not that of some services alone.
pub fn is_whole(event: &Event, kind: EventKind) -> bool {
    event.kind.has(kind) && event.services.is_empty()
}

/// The state that an event brought about and that stays without it, and the one that the milestones which
/// are left speak for.
pub fn left_without(postmortem: &Postmortem, event: &Event) -> Option<(Status, Status)> {
    let brought_by = |status: &Status| milestone_of(*status);
    let status = STATES
        .into_iter()
        .find(|status| brought_by(status).is_some_and(|kind| is_whole(event, kind)))?;
    let is_left = |status: &Status| brought_by(status).is_some_and(|kind| has(postmortem, kind));
    if status != postmortem.status || is_left(&status) {
        return None;
    }
    let mut lower = STATES.into_iter().skip_while(|known| *known != status);
    Some((status, lower.find(is_left).unwrap_or(Status::Investigating)))
}
