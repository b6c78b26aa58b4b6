use chrono::{DateTime, Utc};

use crate::config::Severity;
use crate::model::{EventKind, Length, Resolved};

use super::Subject;

/// What users were promised to hear during an incident, and what they heard.
pub struct Promise<'a> {
    severity: &'a Severity,
    every: &'a Length,
    /// Since when there was something to say: users were hit, and somebody had noticed.
    pub known: DateTime<Utc>,
    /// The event that says so.
    pub known_event: usize,
    /// The event of the first harm.
    pub started_event: usize,
    /// When it was over.
    pub end: DateTime<Utc>,
    /// Words to users, with their events, in order.
    pub words: Vec<(DateTime<Utc>, usize)>,
}

impl<'a> Promise<'a> {
    /// The promise of our own incident's severity; nothing where none was made, or where times are
    /// missing, vague or not recorded, so that nobody can tell whether it was kept.
    pub fn of(subject: &Subject<'a>) -> Option<Self> {
        let postmortem = subject.postmortem;
        if !subject.is_own() || postmortem.unrecorded.contains(&EventKind::Communication) {
            return None;
        }
        let severity = subject.config.severity(postmortem.severity.as_deref()?)?;
        let every = severity.update_every.as_ref()?;
        let times = subject.document.times();
        let started = times.mark(EventKind::Started);
        let started_event = started.event()?;
        let start = started.instant()?.to_utc();
        let detected = times.mark(EventKind::Detected);
        let (known, known_event) = match (detected.instant(), detected.event()) {
            (Some(at), Some(event)) if at > start => (at.to_utc(), event),
            _ => (start, started_event),
        };
        let end = times.mark(EventKind::Resolved).instant()?.to_utc();
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
        words.retain(|(at, _)| *at >= start.min(known));
        words.sort_unstable();
        Some(Self {
            severity,
            every,
            known,
            known_event,
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
