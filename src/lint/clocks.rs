use chrono::{DateTime, Duration, Utc};

use crate::model::{Event, Moment, MomentError, Postmortem, Resolved, ServiceImpact, Zone};
use crate::path;
use crate::yaml::Path;

/// A field that holds a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// When an event was.
    EventAt(usize),
    /// When it ended.
    EventUntil(usize),
    /// When a service began to be hit.
    WindowFrom(usize),
    /// When it was well again.
    WindowUntil(usize),
    /// Since when data was hit.
    DataFrom,
    /// Until when.
    DataUntil,
}

impl Spot {
    /// The way to the field.
    pub fn path(self) -> Path {
        match self {
            Self::EventAt(index) => path!["timeline", index, "at"],
            Self::EventUntil(index) => path!["timeline", index, "until"],
            Self::WindowFrom(index) => path!["impact", "services", index, "from"],
            Self::WindowUntil(index) => path!["impact", "services", index, "until"],
            Self::DataFrom => path!["impact", "data", "from"],
            Self::DataUntil => path!["impact", "data", "until"],
        }
    }
}

/// A time of the document, placed on the line of time once for all rules.
#[derive(Debug)]
pub struct Clock<'a> {
    /// Where it stands.
    pub spot: Spot,
    /// The time as written.
    pub moment: &'a Moment,
    /// What it means, or why it means nothing.
    pub meaning: Result<Resolved, MomentError>,
}

impl Clock<'_> {
    /// The first instant that may be meant.
    pub fn earliest(&self) -> Option<DateTime<Utc>> {
        self.meaning.as_ref().ok().copied().map(earliest)
    }

    /// The last second that may be meant.
    pub fn latest(&self) -> Option<DateTime<Utc>> {
        self.meaning.as_ref().ok().copied().map(latest)
    }
}

/// The first instant that may be meant.
pub fn earliest(resolved: Resolved) -> DateTime<Utc> {
    match resolved {
        Resolved::Instant(at) => at.to_utc(),
        Resolved::Within { from, .. } => from,
    }
}

/// The last second that may be meant.
pub fn latest(resolved: Resolved) -> DateTime<Utc> {
    match resolved {
        Resolved::Instant(at) => at.to_utc(),
        Resolved::Within { until, .. } => until - Duration::seconds(1),
    }
}

/// Every time of a document, those of the timeline first and in its order.
pub fn clocks(postmortem: &Postmortem) -> Vec<Clock<'_>> {
    let zone = postmortem.timezone;
    let mut clocks = Vec::with_capacity(postmortem.timeline.len() + 16);
    for (index, event) in postmortem.timeline.iter().enumerate() {
        of_event(&mut clocks, index, event, zone);
    }
    let Some(impact) = &postmortem.impact else {
        return clocks;
    };
    for (index, window) in impact.services.iter().enumerate() {
        of_window(&mut clocks, index, window, zone);
    }
    if let Some(data) = &impact.data {
        add(&mut clocks, Spot::DataFrom, data.from.as_ref(), zone);
        add(&mut clocks, Spot::DataUntil, data.until.as_ref(), zone);
    }
    clocks
}

fn of_event<'a>(clocks: &mut Vec<Clock<'a>>, index: usize, event: &'a Event, zone: Option<Zone>) {
    add(clocks, Spot::EventAt(index), event.at.moment(), zone);
    add(clocks, Spot::EventUntil(index), event.until.as_ref(), zone);
}

fn of_window<'a>(
    clocks: &mut Vec<Clock<'a>>,
    index: usize,
    window: &'a ServiceImpact,
    zone: Option<Zone>,
) {
    add(clocks, Spot::WindowFrom(index), Some(&window.from), zone);
    add(
        clocks,
        Spot::WindowUntil(index),
        window.until.as_ref(),
        zone,
    );
}

fn add<'a>(
    clocks: &mut Vec<Clock<'a>>,
    spot: Spot,
    moment: Option<&'a Moment>,
    zone: Option<Zone>,
) {
    if let Some(moment) = moment {
        clocks.push(Clock {
            spot,
            moment,
            meaning: moment.resolve(zone),
        });
    }
}
