use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

use crate::model::{Event, EventKind, Mark, Postmortem, Resolved, Times};

use super::{Clock, ClockEnd};

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockState {
    /// Its milestone has not happened, as far as the document tells.
    NotBegun,
    /// Nobody can tell: of a time it rests on only the day is known, or such events are not recorded.
    NotRecorded,
    /// It runs.
    Running {
        /// When what it is about is due; past where it is overdue.
        due: DateTime<FixedOffset>,
    },
    /// What it is about has happened.
    Met {
        /// When it was due.
        due: DateTime<FixedOffset>,
        /// When it happened; nothing where only the day is known.
        at: Option<DateTime<FixedOffset>>,
        /// Whether that was later than promised.
        is_late: bool,
        /// The event's index in the timeline.
        event: usize,
    },
}

impl ClockState {
    /// When what it is about is, or was, due.
    pub fn due(self) -> Option<DateTime<FixedOffset>> {
        match self {
            Self::Running { due } | Self::Met { due, .. } => Some(due),
            Self::NotBegun | Self::NotRecorded => None,
        }
    }

    /// The seconds that are left of a clock that runs; negative where it is overdue.
    pub fn left(self, now: DateTime<Utc>) -> Option<i64> {
        match self {
            Self::Running { due } => Some((due.to_utc() - now).num_seconds()),
            _ => None,
        }
    }
}

/// When something ended a clock: an instant, or a span within which it did.
#[derive(Clone, Copy)]
struct End {
    earliest: DateTime<Utc>,
    latest: DateTime<Utc>,
    at: Option<DateTime<FixedOffset>>,
    event: usize,
}

impl End {
    fn of(event: usize, when: Resolved) -> Self {
        match when {
            Resolved::Instant(at) => Self {
                earliest: at.to_utc(),
                latest: at.to_utc(),
                at: Some(at),
                event,
            },
            Resolved::Within { from, until } => Self {
                earliest: from,
                latest: until - TimeDelta::seconds(1),
                at: None,
                event,
            },
        }
    }
}

/// What a record says about the end of a clock.
enum Ended {
    Not,
    By(End),
    /// It may have been, and earlier than anything that is recorded.
    PerhapsBefore(Option<End>),
}

impl Clock {
    /// How the clock stands for a document; it is for the caller to ask whether it is one for it.
    pub fn state(&self, postmortem: &Postmortem, times: &Times) -> ClockState {
        let from = match times.mark(self.from) {
            Mark::At { instant, .. } => instant,
            Mark::Missing if !is_told(postmortem, self.from) => return ClockState::NotBegun,
            _ => return ClockState::NotRecorded,
        };
        let Some(due) = TimeDelta::try_seconds(self.due_after.seconds())
            .and_then(|d| from.checked_add_signed(d))
        else {
            return ClockState::NotRecorded;
        };
        let ended = match self.until {
            None => Ended::Not,
            Some(ClockEnd::Milestone(kind)) => milestone(postmortem, times, kind),
            Some(ClockEnd::PublicWord) => self.word(postmortem, times, Event::is_public_word),
            Some(ClockEnd::Communication) => self.word(postmortem, times, |event| {
                event.kind.has(EventKind::Communication)
            }),
        };
        let met = |end: End, is_late| ClockState::Met {
            due,
            at: end.at,
            is_late,
            event: end.event,
        };
        match ended {
            Ended::Not => ClockState::Running { due },
            Ended::By(end) | Ended::PerhapsBefore(Some(end)) if end.latest <= due => {
                met(end, false)
            }
            Ended::By(end) if end.earliest > due => met(end, true),
            Ended::By(_) | Ended::PerhapsBefore(_) => ClockState::NotRecorded,
        }
    }

    /// The first word that ends the clock. What was said before the incident was about something else.
    fn word(
        &self,
        postmortem: &Postmortem,
        times: &Times,
        counts: impl Fn(&Event) -> bool,
    ) -> Ended {
        let ends = [EventKind::Started, EventKind::Detected, self.from];
        let marks = ends.iter().filter_map(|kind| times.mark(*kind).instant());
        let since = marks.min().map(|at| at.to_utc());
        let mut is_lost = postmortem.unrecorded.contains(&EventKind::Communication);
        let mut first: Option<End> = None;
        for (index, event) in postmortem.timeline.iter().enumerate() {
            if !counts(event) || !self.is_through_its_channel(event) {
                continue;
            }
            let when = event.at.moment().map(|at| at.resolve(postmortem.timezone));
            let Some(Ok(when)) = when else {
                is_lost = true;
                continue;
            };
            let end = End::of(index, when);
            if since.is_some_and(|since| end.latest < since) {
                continue;
            }
            if first.is_none_or(|first| end.latest < first.latest) {
                first = Some(end);
            }
        }
        match first {
            first if is_lost => Ended::PerhapsBefore(first),
            Some(end) => Ended::By(end),
            None => Ended::Not,
        }
    }

    fn is_through_its_channel(&self, event: &Event) -> bool {
        let Some(wanted) = &self.channel else {
            return true;
        };
        let plain = |text: &str| text.trim().to_lowercase();
        let channel = event.channel.as_deref();
        channel.is_some_and(|channel| plain(channel) == plain(wanted))
    }
}

/// Whether the incident, not a service alone, has an event of this kind.
fn is_told(postmortem: &Postmortem, kind: EventKind) -> bool {
    let mut events = postmortem.timeline.iter();
    events.any(|event| event.kind.has(kind) && event.services.is_empty())
}

fn milestone(postmortem: &Postmortem, times: &Times, kind: EventKind) -> Ended {
    let resolved = |event: usize| {
        let at = postmortem.timeline.get(event)?.at.moment()?;
        let when = at.resolve(postmortem.timezone).ok()?;
        Some(End::of(event, when))
    };
    match times.mark(kind) {
        Mark::At { event, .. } | Mark::Vague { event } => match resolved(event) {
            Some(end) => Ended::By(end),
            None => Ended::PerhapsBefore(None),
        },
        Mark::Missing if !is_told(postmortem, kind) => Ended::Not,
        Mark::Missing | Mark::Unknown { .. } | Mark::NotRecorded => Ended::PerhapsBefore(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{At, Audience};

    const NOTICE: &str = "name = \"customer notice\"\nfrom = \"detected\"\ndue_after = \"4h\"\nuntil = \"public-word\"\n";

    fn clock(text: &str) -> Clock {
        let config = Config::parse(&format!("[[clocks]]\n{text}")).expect(text);
        config.clocks[0].clone()
    }

    /// A document whose timeline has these events: a kind, and when it was.
    fn document(events: &[(&str, &str)]) -> Postmortem {
        let id = "2024-12-11-api".parse().expect("an id");
        let mut postmortem = Postmortem::new(id, "API");
        postmortem.timezone = Some("America/Los_Angeles".parse().expect("a zone"));
        for (kind, at) in events {
            let at: At = at.parse().expect("a time");
            let (kind, audience) = match *kind {
                "public" => ("communication", Some(Audience::Public)),
                "customers" => ("communication", Some(Audience::Customers)),
                kind => (kind, None),
            };
            let mut event = Event::new(at, kind.parse().expect("a kind"), "x");
            event.audience = audience;
            postmortem.timeline.push(event);
        }
        postmortem
    }

    fn state(clock: &Clock, postmortem: &Postmortem) -> String {
        let time = |at: DateTime<FixedOffset>| at.format("%d %H:%M").to_string();
        match clock.state(postmortem, &Times::of(postmortem)) {
            ClockState::NotBegun => "not begun".to_owned(),
            ClockState::NotRecorded => "not recorded".to_owned(),
            ClockState::Running { due } => format!("due {}", time(due)),
            ClockState::Met { at, is_late, .. } => format!(
                "met {}{}",
                at.map_or_else(|| "that day".to_owned(), time),
                if is_late { ", late" } else { "" }
            ),
        }
    }

    #[test]
    fn a_clock_runs_from_its_milestone_until_what_ends_it() {
        let notice = clock(NOTICE);
        for (events, wanted) in [
            (&[("started", "2024-12-11T15:16")][..], "not begun"),
            (&[("detected", "2024-12-11T15:13")], "due 11 19:13"),
            (&[("detected", "2024-12-11")], "not recorded"),
            (&[("detected", "unknown")], "not recorded"),
            (
                &[
                    ("detected", "2024-12-11T15:13"),
                    ("communication", "2024-12-11T15:40"),
                ],
                "due 11 19:13",
            ),
            (
                &[
                    ("detected", "2024-12-11T15:13"),
                    ("customers", "2024-12-11T15:40"),
                ],
                "met 11 15:40",
            ),
            (
                &[
                    ("detected", "2024-12-11T15:13"),
                    ("public", "2024-12-11T20:00"),
                    ("public", "2024-12-11T19:30"),
                ],
                "met 11 19:30, late",
            ),
            // Said of something else, before the incident.
            (
                &[
                    ("public", "2024-12-10T15:40"),
                    ("detected", "2024-12-11T15:13"),
                ],
                "due 11 19:13",
            ),
            // Said before it was detected, while users were hit.
            (
                &[
                    ("started", "2024-12-11T15:00"),
                    ("public", "2024-12-11T15:05"),
                    ("detected", "2024-12-11T15:13"),
                ],
                "met 11 15:05",
            ),
            // Some time on a day whose last hour is later than what was promised.
            (
                &[("detected", "2024-12-11T15:13"), ("public", "2024-12-11")],
                "not recorded",
            ),
            (
                &[("detected", "2024-12-11T15:13"), ("public", "2024-12-12")],
                "met that day, late",
            ),
            (
                &[("detected", "2024-12-11T22:13"), ("public", "2024-12-11")],
                "met that day",
            ),
            (
                &[("detected", "2024-12-11T15:13"), ("public", "unknown")],
                "not recorded",
            ),
            // It is met whenever the other one was.
            (
                &[
                    ("detected", "2024-12-11T15:13"),
                    ("public", "unknown"),
                    ("public", "2024-12-11T15:40"),
                ],
                "met 11 15:40",
            ),
        ] {
            assert_eq!(state(&notice, &document(events)), wanted, "{events:?}");
        }
    }

    #[test]
    fn what_is_not_recorded_ends_no_clock_and_makes_none_overdue() {
        let events = [
            ("detected", "2024-12-11T15:13"),
            ("public", "2024-12-11T20:00"),
        ];
        let mut postmortem = document(&events);
        postmortem.unrecorded = vec![EventKind::Communication];
        assert_eq!(state(&clock(NOTICE), &postmortem), "not recorded");
        postmortem.timeline[1].at = "2024-12-11T15:20".parse().expect("a time");
        assert_eq!(state(&clock(NOTICE), &postmortem), "met 11 15:20");
    }

    #[test]
    fn a_milestone_or_a_channel_may_end_it_or_nothing() {
        let rest = "name = \"x\"\nfrom = \"detected\"\ndue_after = \"72h\"\n";
        let authority = clock(&format!(
            "{rest}until = \"communication\"\nchannel = \"Data protection authority\"\n"
        ));
        let events = [
            ("detected", "2024-12-11T15:13"),
            ("communication", "2024-12-12T09:00"),
        ];
        let mut postmortem = document(&events);
        assert_eq!(state(&authority, &postmortem), "due 14 15:13");
        postmortem.timeline[1].channel = Some("data protection authority ".to_owned());
        assert_eq!(state(&authority, &postmortem), "met 12 09:00");
        assert_eq!(state(&clock(rest), &postmortem), "due 14 15:13");
        let back = clock(&format!("{rest}until = \"resolved\"\n"));
        assert_eq!(state(&back, &postmortem), "due 14 15:13");
        postmortem.timeline[1] = document(&[("resolved", "2024-12-20")]).timeline.remove(0);
        assert_eq!(state(&back, &postmortem), "met that day, late");
    }

    #[test]
    fn a_clock_is_for_the_documents_that_it_names() {
        let all = clock(NOTICE);
        let lines = "severities = [\"sev1\"]\ndata = [\"exposed\", \"lost\"]\nservices = [\"api\"]\ntags = [\"eu\"]\n";
        let some = clock(&format!("{NOTICE}{lines}"));
        let mut postmortem = document(&[]);
        assert!(all.is_for(&postmortem));
        assert!(!some.is_for(&postmortem));
        postmortem.severity = Some("sev1".to_owned());
        postmortem.services = vec!["web".to_owned(), "api".to_owned()];
        postmortem.tags = vec!["eu".to_owned()];
        assert!(!some.is_for(&postmortem));
        let data = |state: crate::model::DataState| crate::model::Impact {
            data: Some(state.into()),
            ..Default::default()
        };
        postmortem.impact = Some(data(crate::model::DataState::Lost));
        assert!(some.is_for(&postmortem));
        postmortem.impact = Some(data(crate::model::DataState::None));
        assert!(!some.is_for(&postmortem));
        postmortem.view = crate::model::View::Outside;
        assert!(!all.is_for(&postmortem));
    }
}
