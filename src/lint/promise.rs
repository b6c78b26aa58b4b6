use chrono::{DateTime, Utc};

use crate::config::Severity;
use crate::model::{EventKind, Length, Mark, Resolved, Status};

use super::Subject;

/// What users were promised to hear during an incident, and what they heard.
pub struct Promise<'a> {
    severity: &'a Severity,
    every: &'a Length,
    /// Since when there was something to say, and the event that says so: users were hit, and somebody
    /// had noticed. Nothing where nobody can tell when that was.
    pub known: Option<(DateTime<Utc>, usize)>,
    /// The event of the first harm.
    pub started_event: usize,
    /// When it was over; of an incident that still goes on, the last that is told of it.
    pub end: DateTime<Utc>,
    /// Words to users, with their events, in order.
    pub words: Vec<(DateTime<Utc>, usize)>,
}

impl<'a> Promise<'a> {
    /// The promise of our own incident's severity; nothing where none was made, or where times are
    /// missing, vague or not recorded, so that nobody can tell whether it was kept.
    pub fn of(subject: &Subject<'a>) -> Option<Self> {
        let postmortem = subject.postmortem;
        let unrecorded = postmortem.unrecorded.contains(&EventKind::Communication);
        // An event that cannot be read may have been a word.
        if !subject.is_own() || unrecorded || subject.has_lost("timeline") {
            return None;
        }
        let severity = subject.config.severity(postmortem.severity.as_deref()?)?;
        let every = severity.update_every.as_ref()?;
        let times = subject.document.times();
        let started = times.mark(EventKind::Started);
        let started_event = started.event()?;
        let start = started.instant()?.to_utc();
        let known = match times.mark(EventKind::Detected) {
            Mark::At { instant, event, .. } if instant.to_utc() > start => {
                Some((instant.to_utc(), event))
            }
            Mark::At { .. } => Some((start, started_event)),
            Mark::Missing if !has(subject, EventKind::Detected) => Some((start, started_event)),
            _ => None,
        };
        let resolved = times.mark(EventKind::Resolved).instant();
        let end = resolved.map_or_else(|| last_told(subject), |at| Some(at.to_utc()))?;
        // Before the incident began, words were about something else.
        let since = times
            .mark(EventKind::Detected)
            .instant()
            .map_or(start, |at| start.min(at.to_utc()));
        let mut words = Vec::new();
        for (index, event) in postmortem.timeline.iter().enumerate() {
            if !event.is_public_word() {
                continue;
            }
            match subject.event(index)? {
                Resolved::Instant(at) => words.push((at.to_utc(), index)),
                // It may have been said at any time of that day, so nothing can be told.
                Resolved::Within { from, until } if from < end && until > start => return None,
                Resolved::Within { .. } => {}
            }
        }
        words.retain(|(at, _)| *at >= since);
        words.sort_unstable();
        Some(Self {
            severity,
            every,
            known,
            started_event,
            end,
            words,
        })
    }

    /// How many seconds may pass between two words.
    pub fn seconds(&self) -> i64 {
        self.every.seconds()
    }

    /// The promise, said.
    pub fn in_words(&self) -> String {
        format!(
            "{} promises a word every {}",
            self.severity.name, self.every
        )
    }
}

fn has(subject: &Subject<'_>, kind: EventKind) -> bool {
    let timeline = &subject.postmortem.timeline;
    timeline.iter().any(|event| event.kind.has(kind))
}

/// The last instant at which the incident surely was not over: while it goes on that of any event, once
/// it is resolved that of an event which is part of it, since notes and actions may be of later weeks.
fn last_told(subject: &Subject<'_>) -> Option<DateTime<Utc>> {
    let over = subject.postmortem.status == Status::Resolved;
    let part_of_it = |kind: EventKind| {
        kind.is_milestone() || matches!(kind, EventKind::Impact | EventKind::Recovery)
    };
    let events = subject.postmortem.timeline.iter().enumerate();
    let told = events.filter(|(_, event)| !over || event.kind.iter().any(part_of_it));
    told.filter_map(|(index, _)| match subject.event(index)? {
        Resolved::Instant(at) => Some(at.to_utc()),
        Resolved::Within { .. } => None,
    })
    .max()
}
