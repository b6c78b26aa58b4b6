//! A document with everything that follows from it, for machines.

use serde::Serialize;

use crate::config::Config;
use crate::model::{Derived, EventKind, Mark, Postmortem, Times};

use super::Readers;
use super::clock::Clock;
use super::view::Facts;
use super::view::budget::{Budget, budget};

/// One object, version 1: the document as it is written, and what is derived from it. Durations are whole
/// seconds; times are RFC 3339. What is not known is null.
#[derive(Serialize)]
struct Data<'a> {
    version: u32,
    audience: &'static str,
    document: &'a Postmortem,
    derived: Values<'a>,
}

#[derive(Serialize)]
struct Values<'a> {
    durations: Durations,
    milestones: Vec<Milestone>,
    services: Vec<Service<'a>>,
    error_budgets: Vec<Budget>,
}

#[derive(Serialize)]
struct Durations {
    to_detect: Length,
    to_acknowledge: Length,
    to_identify: Length,
    to_mitigate: Length,
    to_resolve: Length,
    to_first_public_word: Length,
    longest_public_silence: Length,
}

#[derive(Serialize)]
struct Length {
    /// Negative where the end came first.
    seconds: Option<i64>,
    about: bool,
    /// `known`, `not-recorded`, `unknown`, `missing` or `ongoing`.
    state: &'static str,
}

#[derive(Serialize)]
struct Milestone {
    kind: &'static str,
    at: Option<String>,
    about: bool,
    /// `known`, `vague` where only the day is known, `unknown`, `not-recorded` or `missing`.
    state: &'static str,
    /// The index of its event in the timeline.
    event: Option<usize>,
}

#[derive(Serialize)]
struct Service<'a> {
    service: &'a str,
    outage: Length,
    degraded: Length,
}

/// The text of the object.
///
/// # Errors
/// Where a number of the document has no JSON form.
pub fn text(
    postmortem: &Postmortem,
    config: &Config,
    readers: Readers,
) -> Result<String, serde_json::Error> {
    let facts = Facts {
        postmortem,
        config,
        times: Times::of(postmortem),
        clock: Clock::of(postmortem),
    };
    let data = Data {
        version: 1,
        audience: match readers {
            Readers::Internal => "internal",
            Readers::Public => "public",
        },
        document: postmortem,
        derived: values(&facts),
    };
    Ok(serde_json::to_string_pretty(&data)? + "\n")
}

fn values<'a>(facts: &'a Facts<'_>) -> Values<'a> {
    let times = &facts.times;
    let impact = facts.postmortem.impact.as_ref();
    Values {
        durations: Durations {
            to_detect: length(times.to_detect),
            to_acknowledge: length(times.to_acknowledge),
            to_identify: length(times.to_identify),
            to_mitigate: length(times.to_mitigate),
            to_resolve: length(times.to_resolve),
            to_first_public_word: length(times.to_first_public_word),
            longest_public_silence: length(times.longest_public_silence),
        },
        milestones: EventKind::MILESTONES
            .into_iter()
            .map(|kind| milestone(kind, times.mark(kind)))
            .collect(),
        services: times
            .services
            .iter()
            .map(|time| Service {
                service: &time.service,
                outage: length(time.outage),
                degraded: length(time.degraded),
            })
            .collect(),
        error_budgets: impact
            .and_then(|impact| impact.slo.as_ref())
            .map(|objectives| objectives.iter().map(|one| budget(facts, one)).collect())
            .unwrap_or_default(),
    }
}

fn length(derived: Derived) -> Length {
    Length {
        seconds: derived.seconds(),
        about: matches!(derived, Derived::Known { about: true, .. }),
        state: match derived {
            Derived::Known { .. } => "known",
            Derived::NotRecorded => "not-recorded",
            Derived::Unknown => "unknown",
            Derived::Missing => "missing",
            Derived::Ongoing => "ongoing",
        },
    }
}

fn milestone(kind: EventKind, mark: Mark) -> Milestone {
    Milestone {
        kind: kind.as_str(),
        at: mark.instant().map(|at| at.to_rfc3339()),
        about: matches!(mark, Mark::At { about: true, .. }),
        state: match mark {
            Mark::At { .. } => "known",
            Mark::Vague { .. } => "vague",
            Mark::Unknown { .. } => "unknown",
            Mark::NotRecorded => "not-recorded",
            Mark::Missing => "missing",
        },
        event: mark.event(),
    }
}
