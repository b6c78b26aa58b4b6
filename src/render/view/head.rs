use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{EventKind, Mark, Resolved, Stage, Status};

use super::super::clean;
use super::super::clock::Stamp;
use super::{Facts, Word};

/// How bad it was.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SeverityView {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) meaning: Option<String>,
    pub(crate) tone: &'static str,
    /// How often the public is told while it lasts, `30 min`; null where nothing is promised.
    pub(crate) update_every: Option<String>,
}

/// The zone whose wall clock the page shows.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ZoneView {
    pub(crate) name: Option<String>,
    /// `PST`; where the document's times have more than one offset, all of them: `CEST, CET`.
    pub(crate) short: String,
    /// What stands behind "Times are": `PST (America/Los_Angeles)`, and when the clocks changed.
    pub(crate) text: String,
    /// Whether each time needs its zone beside it.
    pub(crate) is_mixed: bool,
    pub(crate) is_utc: bool,
}

/// From when until when the page's incident was.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Period {
    pub(crate) from: Stamp,
    pub(crate) until: Option<Stamp>,
    pub(crate) until_text: Option<String>,
    /// The zone of both times; null where each says its own.
    pub(crate) zone: Option<String>,
    pub(crate) utc: Option<String>,
    pub(crate) ongoing: bool,
    /// Why there is no end: `not over yet`, `end not recorded`, `end unknown`.
    pub(crate) open: Option<&'static str>,
}

pub fn severity(facts: &Facts<'_>) -> Option<SeverityView> {
    let name = clean::line(facts.postmortem.severity.as_deref()?);
    let is_usual = name
        .strip_prefix("sev")
        .is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
    let known = facts.config.severity(&name);
    let rank = facts.config.rank(&name);
    Some(SeverityView {
        label: if is_usual {
            name.to_uppercase()
        } else {
            super::spoken::label(&name)
        },
        meaning: known.map(|severity| clean::line(&severity.meaning)),
        update_every: known
            .and_then(|severity| severity.update_every.as_ref())
            .map(|length| super::spoken::length(length.seconds())),
        tone: match rank {
            Some(0 | 1) => "bad",
            Some(2) => "fair",
            _ => "calm",
        },
        name,
    })
}

pub fn status(status: Status) -> Word {
    let tone = match status {
        Status::Resolved => "good",
        Status::Monitoring => "fair",
        Status::Investigating | Status::Identified => "bad",
    };
    Word::new(status.as_str(), tone)
}

pub fn stage(stage: Stage) -> Word {
    let tone = match stage {
        Stage::Draft | Stage::InReview => "fair",
        Stage::Reviewed | Stage::Published => "calm",
    };
    Word::new(stage.as_str(), tone)
}

pub fn zone(facts: &Facts<'_>) -> ZoneView {
    let marks = EventKind::MILESTONES.map(|kind| facts.times.mark(kind).instant());
    let any = || {
        let moments = facts
            .postmortem
            .timeline
            .iter()
            .filter_map(|e| e.at.moment());
        moments
            .filter_map(|moment| match moment.resolve(facts.postmortem.timezone) {
                Ok(Resolved::Instant(at)) => Some(at),
                _ => None,
            })
            .next()
    };
    let instant = marks.into_iter().flatten().next().or_else(any);
    let day_of_id = || {
        let noon = facts.postmortem.id.date()?.and_hms_opt(12, 0, 0)?;
        Some(noon.and_utc().fixed_offset())
    };
    let name = facts.postmortem.timezone.map(|zone| zone.name().to_owned());
    let short = match instant.or_else(day_of_id) {
        Some(instant) => facts.clock.zone_at(instant),
        None => "UTC".to_owned(),
    };
    ZoneView {
        text: facts.clock.explained(&short),
        short: facts.clock.zones().unwrap_or(short),
        is_mixed: facts.clock.is_mixed(),
        is_utc: facts.clock.is_utc(),
        name,
    }
}

pub fn period(facts: &Facts<'_>) -> Option<Period> {
    let stamp = |kind| {
        let event = facts.times.mark(kind).event()?;
        let event = facts.postmortem.timeline.get(event)?;
        Some(facts.clock.stamp_at(&event.at, event.about))
    };
    let from = stamp(EventKind::Started)?;
    if from.precision == "unknown" {
        return None;
    }
    let until = match facts.times.mark(EventKind::Resolved) {
        Mark::At { .. } | Mark::Vague { .. } => stamp(EventKind::Resolved),
        _ => None,
    };
    let until_text = until.as_ref().map(|until| {
        if until.day == from.day && until.clock.is_some() {
            until.text.clone()
        } else {
            until.full.clone()
        }
    });
    Some(Period {
        zone: from
            .zone
            .clone()
            .filter(|_| from.clock.is_some() && !facts.clock.is_mixed()),
        utc: if facts.clock.is_utc() {
            None
        } else {
            in_utc(&from, until.as_ref())
        },
        open: match (&until, facts.times.mark(EventKind::Resolved)) {
            (Some(_), _) => None,
            (None, Mark::Unknown { .. }) => Some("end unknown"),
            (None, _) if facts.postmortem.status == Status::Resolved => Some("end not recorded"),
            (None, _) => Some("not over yet"),
        },
        ongoing: until.is_none() && facts.postmortem.status != Status::Resolved,
        until_text,
        from,
        until,
    })
}

fn in_utc(from: &Stamp, until: Option<&Stamp>) -> Option<String> {
    let (start, start_day) = (from.utc.clone()?, from.utc_day.clone()?);
    let same_day = from.utc_day == from.day;
    let Some(until) = until.filter(|until| until.utc.is_some()) else {
        return Some(if same_day {
            format!("{start} UTC")
        } else {
            format!("{start_day}, {start} UTC")
        });
    };
    let (end, end_day) = (until.utc.clone()?, until.utc_day.clone()?);
    Some(match (same_day, start_day == end_day) {
        (true, true) => format!("{start} to {end} UTC"),
        (false, true) => format!("{start_day}, {start} to {end} UTC"),
        (true, false) if until.day == from.day => format!("{start} to {end} UTC on {end_day}"),
        _ => format!("{start_day}, {start} to {end_day}, {end} UTC"),
    })
}

/// The start of an incident that began and ended on one day: the day need not be said again.
pub fn only_day(facts: &Facts<'_>) -> Option<Stamp> {
    let period = period(facts)?;
    let until = period.until?;
    (until.day == period.from.day && until.clock.is_some()).then_some(period.from)
}
