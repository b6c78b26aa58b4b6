use chrono::{DateTime, FixedOffset};

use super::windows::{Window, total, union};
use super::{At, Effect, Event, EventKind, Moment, Postmortem, Resolved, ServiceImpact, Zone};

/// A duration that a document yields, or why it yields none. Durations are never typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derived {
    /// So many seconds; negative where the end came first (an alert before the harm).
    Known {
        /// The seconds.
        seconds: i64,
        /// Whether one of the times is an estimate.
        about: bool,
    },
    /// It rests on kinds in `unrecorded`, or on a time of which only the day is known.
    NotRecorded,
    /// Asked, and nobody knows (`at: unknown`).
    Unknown,
    /// One of its ends is not in the document.
    Missing,
    /// It has begun and not ended.
    Ongoing,
}

impl Derived {
    /// The seconds, where they are known.
    pub fn seconds(self) -> Option<i64> {
        match self {
            Self::Known { seconds, .. } => Some(seconds),
            _ => None,
        }
    }
}

/// Where on the line of time a milestone of the incident stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// At an instant.
    At {
        /// The instant, with its offset.
        instant: DateTime<FixedOffset>,
        /// Whether it is an estimate.
        about: bool,
        /// The event's index in the timeline.
        event: usize,
    },
    /// On a day or in a month; the hour is not known.
    Vague {
        /// The event's index in the timeline.
        event: usize,
    },
    /// Nobody knows.
    Unknown {
        /// The event's index in the timeline.
        event: usize,
    },
    /// The record does not hold such events in full.
    NotRecorded,
    /// There is no such event, or its time cannot be read.
    Missing,
}

impl Mark {
    /// The instant, where it is known.
    pub fn instant(self) -> Option<DateTime<FixedOffset>> {
        match self {
            Self::At { instant, .. } => Some(instant),
            _ => None,
        }
    }

    /// The event's index in the timeline, where there is one.
    pub fn event(self) -> Option<usize> {
        match self {
            Self::At { event, .. } | Self::Vague { event } | Self::Unknown { event } => Some(event),
            _ => None,
        }
    }
}

/// How long a service was hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceTime {
    /// The service.
    pub service: String,
    /// Its downtime: the union of its `outage` windows.
    pub outage: Derived,
    /// The union of its `degraded` windows, which is not added to downtime.
    pub degraded: Derived,
}

/// Every duration that follows from a document. The timeline and the impact windows are the only
/// clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    marks: [Mark; 7],
    /// From `started` to `detected`.
    pub to_detect: Derived,
    /// From `detected` to `acknowledged`.
    pub to_acknowledge: Derived,
    /// From `started` to `identified`.
    pub to_identify: Derived,
    /// From `started` to `mitigated`.
    pub to_mitigate: Derived,
    /// From `started` to `resolved`.
    pub to_resolve: Derived,
    /// From `started` to the first word to the public or to customers.
    pub to_first_public_word: Derived,
    /// The longest stretch between `started` and `resolved` in which users were told nothing.
    pub longest_public_silence: Derived,
    /// Downtime, service by service, in the order of `impact.services`.
    pub services: Vec<ServiceTime>,
}

impl Times {
    /// Derives every duration; local times and days are read in the document's zone.
    pub fn of(postmortem: &Postmortem) -> Self {
        let marks = EventKind::MILESTONES.map(|kind| mark(postmortem, kind));
        let [
            started,
            detected,
            acknowledged,
            _,
            identified,
            mitigated,
            resolved,
        ] = marks;
        Self {
            marks,
            to_detect: between(started, detected),
            to_acknowledge: between(detected, acknowledged),
            to_identify: between(started, identified),
            to_mitigate: between(started, mitigated),
            to_resolve: between(started, resolved),
            to_first_public_word: first_public_word(postmortem, started, detected),
            longest_public_silence: longest_public_silence(postmortem, started, resolved),
            services: services(postmortem),
        }
    }

    /// Where the incident's own milestone of this kind stands; other kinds are `Missing`.
    ///
    /// It is the event of that kind that names no services. Where all of them name services, the
    /// earliest stands for the incident, but for `mitigated` and `resolved` the latest, and only
    /// once each service of the document has one.
    pub fn mark(&self, kind: EventKind) -> Mark {
        EventKind::MILESTONES
            .iter()
            .zip(self.marks)
            .find(|(known, _)| **known == kind)
            .map_or(Mark::Missing, |(_, mark)| mark)
    }
}

fn mark(postmortem: &Postmortem, kind: EventKind) -> Mark {
    if postmortem.unrecorded.contains(&kind) {
        return Mark::NotRecorded;
    }
    let of_kind = || {
        postmortem
            .timeline
            .iter()
            .enumerate()
            .filter(|(_, event)| event.kind.has(kind))
    };
    if let Some((index, event)) = of_kind().find(|(_, event)| event.services.is_empty()) {
        return place(index, event, postmortem.timezone);
    }
    let of_services = of_kind().map(|(index, event)| place(index, event, postmortem.timezone));
    if matches!(kind, EventKind::Mitigated | EventKind::Resolved) {
        let every_service_has_one = postmortem
            .services
            .iter()
            .all(|service| of_kind().any(|(_, event)| event.services.contains(service)));
        if !every_service_has_one {
            return Mark::Missing;
        }
        let marks: Vec<Mark> = of_services.collect();
        if let Some(vague) = marks.iter().find(|mark| mark.instant().is_none()) {
            return *vague;
        }
        return marks
            .into_iter()
            .max_by_key(|mark| mark.instant())
            .unwrap_or(Mark::Missing);
    }
    of_services
        .min_by_key(|mark| (mark.instant().is_none(), mark.instant()))
        .unwrap_or(Mark::Missing)
}

fn place(index: usize, event: &Event, zone: Option<Zone>) -> Mark {
    let At::Known(moment) = &event.at else {
        return Mark::Unknown { event: index };
    };
    match moment.resolve(zone) {
        Ok(Resolved::Instant(instant)) => Mark::At {
            instant,
            about: event.about,
            event: index,
        },
        Ok(Resolved::Within { .. }) => Mark::Vague { event: index },
        Err(_) => Mark::Missing,
    }
}

fn between(from: Mark, until: Mark) -> Derived {
    match (from, until) {
        (
            Mark::At { instant, about, .. },
            Mark::At {
                instant: end,
                about: about_end,
                ..
            },
        ) => Derived::Known {
            seconds: (end - instant).num_seconds(),
            about: about || about_end,
        },
        (Mark::Missing, _) | (_, Mark::Missing) => Derived::Missing,
        (Mark::NotRecorded | Mark::Vague { .. }, _)
        | (_, Mark::NotRecorded | Mark::Vague { .. }) => Derived::NotRecorded,
        _ => Derived::Unknown,
    }
}

/// A word to users: when, whether about, or the span of the day that is all we know.
struct Word {
    when: Resolved,
    about: bool,
}

fn public_words(postmortem: &Postmortem) -> Option<Vec<Word>> {
    if postmortem.unrecorded.contains(&EventKind::Communication) {
        return None;
    }
    let words = postmortem
        .timeline
        .iter()
        .filter(|event| event.is_public_word());
    words
        .map(|event| {
            let when = event.at.moment()?.resolve(postmortem.timezone).ok()?;
            Some(Word {
                when,
                about: event.about,
            })
        })
        .collect()
}

fn first_public_word(postmortem: &Postmortem, started: Mark, detected: Mark) -> Derived {
    let Mark::At {
        instant: start,
        about,
        ..
    } = started
    else {
        return between(started, started);
    };
    let Some(words) = public_words(postmortem) else {
        return Derived::NotRecorded;
    };
    let since = detected
        .instant()
        .map_or(start, |detected| start.min(detected));
    let first = words
        .iter()
        .filter_map(|word| match word.when {
            Resolved::Instant(at) if at >= since => Some((at, word.about)),
            _ => None,
        })
        .min_by_key(|(at, _)| *at);
    let vague_may_be_first = words.iter().any(|word| match word.when {
        Resolved::Within { from, until } => until > since && first.is_none_or(|(at, _)| from < at),
        Resolved::Instant(_) => false,
    });
    match first {
        _ if vague_may_be_first => Derived::NotRecorded,
        None => Derived::Missing,
        Some((at, about_word)) => Derived::Known {
            seconds: (at - start).num_seconds(),
            about: about || about_word,
        },
    }
}

fn longest_public_silence(postmortem: &Postmortem, started: Mark, resolved: Mark) -> Derived {
    let (
        Mark::At {
            instant: start,
            about,
            ..
        },
        Mark::At {
            instant: end,
            about: about_end,
            ..
        },
    ) = (started, resolved)
    else {
        return between(started, resolved);
    };
    let Some(words) = public_words(postmortem) else {
        return Derived::NotRecorded;
    };
    let mut points = vec![start, end];
    let mut about = about || about_end;
    for word in words {
        match word.when {
            Resolved::Instant(at) if start < at && at < end => {
                points.push(at);
                about |= word.about;
            }
            Resolved::Within { from, until } if from < end && until > start => {
                return Derived::NotRecorded;
            }
            _ => {}
        }
    }
    points.sort();
    let longest = points
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).num_seconds())
        .max();
    longest.map_or(Derived::Missing, |seconds| Derived::Known {
        seconds,
        about,
    })
}

fn services(postmortem: &Postmortem) -> Vec<ServiceTime> {
    let windows = postmortem.impact.iter().flat_map(|impact| &impact.services);
    let mut names: Vec<&str> = Vec::new();
    for window in windows.clone() {
        if !names.contains(&window.service.as_str()) {
            names.push(&window.service);
        }
    }
    let time = |name: &str, effect: Effect| {
        let of_service = windows
            .clone()
            .filter(|window| window.service == name && window.effect == effect);
        window_time(of_service, postmortem.timezone)
    };
    names
        .into_iter()
        .map(|name| ServiceTime {
            service: name.to_owned(),
            outage: time(name, Effect::Outage),
            degraded: time(name, Effect::Degraded),
        })
        .collect()
}

fn window_time<'a>(
    windows: impl Iterator<Item = &'a ServiceImpact>,
    zone: Option<Zone>,
) -> Derived {
    let mut spans: Vec<Window> = Vec::new();
    let mut about = false;
    let mut any = false;
    for window in windows {
        any = true;
        about |= window.about;
        let instant = |moment: &Moment| match moment.resolve(zone) {
            Ok(Resolved::Instant(at)) => Some(at),
            _ => None,
        };
        let Some(until) = &window.until else {
            return Derived::Ongoing;
        };
        match (instant(&window.from), instant(until)) {
            (Some(from), Some(until)) => spans.push((from, until)),
            _ => return Derived::NotRecorded,
        }
    }
    if !any {
        return Derived::Missing;
    }
    Derived::Known {
        seconds: total(&union(spans)).num_seconds(),
        about,
    }
}
