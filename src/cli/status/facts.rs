use chrono::{DateTime, FixedOffset, Utc};

use crate::config::{Clock, ClockState, Config};
use crate::model::{
    Cause, CauseState, Event, EventKind, Mark, Postmortem, Resolved, Status, Times, View,
};

/// What can be told of an incident at a moment. Nothing here is text.
#[derive(Debug)]
pub struct Facts<'a> {
    pub postmortem: &'a Postmortem,
    pub config: &'a Config,
    pub now: DateTime<Utc>,
    /// How long it lasts, or lasted.
    pub duration: Option<Duration>,
    /// The event that came last, and when.
    pub last_event: Option<(&'a Event, When)>,
    pub public: Public<'a>,
    /// The clocks that are for this document.
    pub clocks: Vec<(&'a Clock, ClockState)>,
    /// What the document does not say yet, in words.
    pub not_said: Vec<&'static str>,
}

/// How long an incident lasts, or lasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration {
    pub from: DateTime<FixedOffset>,
    pub since: Since,
    /// When it was over; it goes on where there is none.
    pub until: Option<DateTime<FixedOffset>>,
    /// Whether one of the times is an estimate.
    pub about: bool,
}

/// What a duration counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    Started,
    Detected,
    /// Nothing better is known than when something was first noted.
    FirstEntry,
}

/// When an event was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    At(DateTime<FixedOffset>),
    /// On a day, in a month, or nobody knows.
    Vague,
}

impl When {
    pub fn instant(self) -> Option<DateTime<FixedOffset>> {
        match self {
            Self::At(at) => Some(at),
            Self::Vague => None,
        }
    }
}

/// What users were told, and when they are to hear more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Public<'a> {
    /// The document does not hold what users were told.
    NotRecorded,
    /// As far as the document tells.
    Told {
        last: Option<(usize, When)>,
        /// How often the severity promises a word, in seconds, and the severity.
        every: Option<(&'a str, i64)>,
        /// When the next word is due; past where it is overdue.
        due: Option<DateTime<FixedOffset>>,
    },
}

impl Duration {
    pub fn seconds(self, now: DateTime<Utc>) -> i64 {
        let until = self.until.map_or(now, |until| until.to_utc());
        (until - self.from.to_utc()).num_seconds()
    }
}

impl<'a> Facts<'a> {
    /// Tells what a document says, at `now`.
    pub fn of(
        postmortem: &'a Postmortem,
        times: &Times,
        config: &'a Config,
        now: DateTime<Utc>,
    ) -> Self {
        let duration = duration(postmortem, times);
        Self {
            postmortem,
            config,
            now,
            duration,
            last_event: last_event(postmortem, now),
            public: public(postmortem, times, config, duration),
            clocks: (config.clocks.iter())
                .filter(|clock| clock.is_for(postmortem))
                .map(|clock| (clock, clock.state(postmortem, times)))
                .collect(),
            not_said: not_said(postmortem, times),
        }
    }

    pub fn is_over(&self) -> bool {
        self.postmortem.status == Status::Resolved
    }

    pub fn causes(&self, state: CauseState) -> impl Iterator<Item = &'a Cause> {
        let causes = self.postmortem.causes.iter();
        causes.filter(move |cause| cause.state == state)
    }
}

fn when(event: &Event, postmortem: &Postmortem) -> Option<Resolved> {
    event.at.moment()?.resolve(postmortem.timezone).ok()
}

fn instant(event: &Event, postmortem: &Postmortem) -> Option<DateTime<FixedOffset>> {
    match when(event, postmortem)? {
        Resolved::Instant(at) => Some(at),
        Resolved::Within { .. } => None,
    }
}

fn duration(postmortem: &Postmortem, times: &Times) -> Option<Duration> {
    let mark = |kind| match times.mark(kind) {
        Mark::At { instant, about, .. } => Some((instant, about)),
        _ => None,
    };
    let first_entry = || {
        let events = postmortem.timeline.iter();
        let instants = events.filter_map(|event| Some((instant(event, postmortem)?, event.about)));
        instants.min_by_key(|(at, _)| *at)
    };
    let (since, (from, about)) = (mark(EventKind::Started).map(|from| (Since::Started, from)))
        .or_else(|| mark(EventKind::Detected).map(|from| (Since::Detected, from)))
        .or_else(|| first_entry().map(|from| (Since::FirstEntry, from)))?;
    let resolved = mark(EventKind::Resolved);
    if resolved.is_none() && postmortem.status == Status::Resolved {
        return None;
    }
    // One that was opened again goes on.
    let resolved = resolved.filter(|_| postmortem.status == Status::Resolved);
    Some(Duration {
        from,
        since,
        until: resolved.map(|(at, _)| at),
        about: about || resolved.is_some_and(|(_, about)| about),
    })
}

/// The last event that has happened; where none has a time, the last that was written down.
fn last_event(postmortem: &Postmortem, now: DateTime<Utc>) -> Option<(&Event, When)> {
    let events = postmortem.timeline.iter();
    let timed = events
        .filter_map(|event| Some((event, instant(event, postmortem)?)))
        .filter(|(_, at)| at.to_utc() <= now)
        .max_by_key(|(_, at)| *at);
    match timed {
        Some((event, at)) => Some((event, When::At(at))),
        None => {
            let event = postmortem.timeline.last()?;
            let when = instant(event, postmortem).map_or(When::Vague, When::At);
            Some((event, when))
        }
    }
}

fn public<'a>(
    postmortem: &Postmortem,
    times: &Times,
    config: &'a Config,
    duration: Option<Duration>,
) -> Public<'a> {
    if postmortem.unrecorded.contains(&EventKind::Communication) {
        return Public::NotRecorded;
    }
    let mark = |kind| times.mark(kind).instant();
    let (started, detected) = (mark(EventKind::Started), mark(EventKind::Detected));
    // What was said before the incident was about something else.
    let since = started.into_iter().chain(detected).min();
    let mut last: Option<(usize, When, DateTime<Utc>)> = None;
    for (index, event) in postmortem.timeline.iter().enumerate() {
        if !event.is_public_word() {
            continue;
        }
        let (when, latest) = match when(event, postmortem) {
            Some(Resolved::Instant(at)) => (When::At(at), at.to_utc()),
            Some(Resolved::Within { until, .. }) => (When::Vague, until),
            None => (When::Vague, DateTime::<Utc>::MAX_UTC),
        };
        if since.is_some_and(|since| latest < since.to_utc()) {
            continue;
        }
        if last.is_none_or(|(_, _, before)| before <= latest) {
            last = Some((index, when, latest));
        }
    }
    let last = last.map(|(index, when, _)| (index, when));
    let severity = postmortem.severity.as_deref();
    let severity = severity.and_then(|name| config.severity(name));
    let every = severity.and_then(|severity| {
        let every = severity.update_every.as_ref()?;
        Some((severity.name.as_str(), every.seconds()))
    });
    let goes_on = postmortem.view == View::Own
        && postmortem.status != Status::Resolved
        && mark(EventKind::Resolved).is_none();
    let every = every.filter(|_| goes_on);
    // Before anybody had noticed there was nothing to say.
    let base = match last {
        Some((_, when)) => when.instant(),
        None => started
            .into_iter()
            .chain(detected)
            .max()
            .or_else(|| duration.map(|duration| duration.from)),
    };
    let due = base.zip(every).and_then(|(base, (_, every))| {
        base.checked_add_signed(chrono::TimeDelta::try_seconds(every)?)
    });
    Public::Told { last, every, due }
}

/// What is worth knowing while it lasts, the most urgent first.
fn not_said(postmortem: &Postmortem, times: &Times) -> Vec<&'static str> {
    if postmortem.view == View::Outside {
        return Vec::new();
    }
    let lacks = |kind| matches!(times.mark(kind), Mark::Missing);
    let impact = postmortem.impact.as_ref();
    [
        (lacks(EventKind::Started), "since when"),
        (postmortem.severity.is_none(), "severity"),
        (postmortem.services.is_empty(), "services"),
        (lacks(EventKind::Detected), "when it was detected"),
        (postmortem.causes.is_empty(), "a suspected cause"),
        (
            impact.is_none_or(|impact| impact.data.is_none()),
            "whether data is hit",
        ),
        (postmortem.owner.is_none(), "owner"),
    ]
    .into_iter()
    .filter_map(|(is_open, words)| is_open.then_some(words))
    .collect()
}
