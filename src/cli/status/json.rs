use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde::Serialize;

use crate::config::ClockState;
use crate::model::{CauseState, Event};

use super::facts::{Facts, Public, Since, When};

/// How an incident stands, for machines: one object, version 1. Durations are whole seconds; times are
/// RFC 3339 with the offset in which they were written. What is not known is null.
#[derive(Serialize)]
pub struct StatusJson<'a> {
    version: u32,
    now: String,
    file: &'a str,
    id: &'a str,
    title: &'a str,
    severity: Option<&'a str>,
    status: &'static str,
    stage: &'static str,
    elapsed: Option<Elapsed>,
    last_event: Option<EventJson<'a>>,
    causes: Vec<CauseJson<'a>>,
    public: PublicJson<'a>,
    clocks: Vec<ClockJson<'a>>,
    not_said: &'a [&'static str],
}

#[derive(Serialize)]
struct Elapsed {
    seconds: i64,
    /// `started`, `detected` or `first-entry`.
    since: &'static str,
    from: String,
    until: Option<String>,
    about: bool,
}

#[derive(Serialize)]
struct EventJson<'a> {
    at: String,
    seconds_ago: Option<i64>,
    kind: Vec<&'static str>,
    what: &'a str,
    channel: Option<&'a str>,
}

#[derive(Serialize)]
struct CauseJson<'a> {
    id: &'a str,
    state: &'static str,
    category: Option<&'a str>,
    what: &'a str,
}

#[derive(Serialize)]
struct PublicJson<'a> {
    recorded: bool,
    last: Option<EventJson<'a>>,
    update_every: Option<i64>,
    due: Option<String>,
    /// Negative where it is overdue.
    due_in: Option<i64>,
}

#[derive(Serialize)]
struct ClockJson<'a> {
    name: &'a str,
    /// `not-begun`, `not-recorded`, `running`, `overdue`, `met` or `met-late`.
    state: &'static str,
    from: &'static str,
    until: Option<&'static str>,
    due: Option<String>,
    /// Of a clock that runs; negative where it is overdue.
    left: Option<i64>,
    met_at: Option<String>,
}

impl<'a> StatusJson<'a> {
    /// The object for these facts.
    pub fn of(facts: &'a Facts<'a>, file: &'a str) -> Self {
        let postmortem = facts.postmortem;
        Self {
            version: 1,
            now: time(facts.now.fixed_offset()),
            file,
            id: postmortem.id.as_str(),
            title: &postmortem.title,
            severity: postmortem.severity.as_deref(),
            status: postmortem.status.as_str(),
            stage: postmortem.stage.as_str(),
            elapsed: facts.duration.map(|duration| Elapsed {
                seconds: duration.seconds(facts.now),
                since: match duration.since {
                    Since::Started => "started",
                    Since::Detected => "detected",
                    Since::FirstEntry => "first-entry",
                },
                from: time(duration.from),
                until: duration.until.map(time),
                about: duration.about,
            }),
            last_event: facts
                .last_event
                .map(|(one, when)| event(one, when, facts.now)),
            causes: CauseState::ALL
                .iter()
                .flat_map(|state| facts.causes(*state))
                .map(|cause| CauseJson {
                    id: cause.id.as_str(),
                    state: cause.state.as_str(),
                    category: cause.category.as_ref().map(|category| category.0.as_str()),
                    what: &cause.what,
                })
                .collect(),
            public: public(facts),
            clocks: clocks(facts),
            not_said: &facts.not_said,
        }
    }
}

fn time(at: DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn event<'a>(event: &'a Event, when: When, now: DateTime<Utc>) -> EventJson<'a> {
    EventJson {
        at: match when {
            When::At(at) => time(at),
            When::Vague => event.at.to_string(),
        },
        seconds_ago: when.instant().map(|at| (now - at.to_utc()).num_seconds()),
        kind: event.kind.iter().map(|kind| kind.as_str()).collect(),
        what: &event.what,
        channel: event.channel.as_deref(),
    }
}

fn public<'a>(facts: &'a Facts<'a>) -> PublicJson<'a> {
    let (recorded, last, every, due) = match facts.public {
        Public::NotRecorded => (false, None, None, None),
        Public::Told { last, every, due } => (true, last, every, due),
    };
    PublicJson {
        recorded,
        last: last.and_then(|(index, when)| {
            let told = facts.postmortem.timeline.get(index)?;
            Some(event(told, when, facts.now))
        }),
        update_every: every.map(|(_, seconds)| seconds),
        due: due.map(time),
        due_in: due.map(|due| (due.to_utc() - facts.now).num_seconds()),
    }
}

fn clocks<'a>(facts: &'a Facts<'a>) -> Vec<ClockJson<'a>> {
    let clocks = facts.clocks.iter();
    clocks
        .map(|(clock, state)| {
            let left = state.left(facts.now);
            ClockJson {
                name: &clock.name,
                state: match state {
                    ClockState::NotBegun => "not-begun",
                    ClockState::NotRecorded => "not-recorded",
                    ClockState::Running { .. } if left.is_some_and(|left| left < 0) => "overdue",
                    ClockState::Running { .. } => "running",
                    ClockState::Met { is_late: true, .. } => "met-late",
                    ClockState::Met { is_late: false, .. } => "met",
                },
                from: clock.from.as_str(),
                until: clock.until.map(|until| until.as_str()),
                due: state.due().map(time),
                left,
                met_at: match state {
                    ClockState::Met { at, .. } => at.map(time),
                    _ => None,
                },
            }
        })
        .collect()
}
