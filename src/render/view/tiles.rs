use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Derived, DetectedBy, EventKind, Mark, Status};

use super::super::clock::Stamp;
use super::timeline::Chronicle;
use super::{Facts, spoken};

/// One of the numbers at the head of the page.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Tile {
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) note: Option<String>,
    /// `known`, `ongoing`, or `open` where there is no length and will be none.
    pub(crate) state: &'static str,
}

/// A derived duration: what it says, and why it may say no number.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Duration {
    /// `4 h 22 min`, `3 min before`, `at once`, `not recorded`, `unknown`; null where an end is missing.
    pub(crate) text: Option<String>,
    /// The whole seconds, as a text; null where there is no number.
    pub(crate) seconds: Option<String>,
    /// `known`, `not-recorded`, `unknown`, `missing` or `ongoing`.
    pub(crate) state: &'static str,
    pub(crate) about: bool,
}

/// Every duration of the document.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Durations {
    pub(crate) to_detect: Duration,
    pub(crate) to_acknowledge: Duration,
    pub(crate) to_identify: Duration,
    pub(crate) to_mitigate: Duration,
    pub(crate) to_resolve: Duration,
    pub(crate) to_first_public_word: Duration,
    pub(crate) longest_public_silence: Duration,
}

/// A milestone of the incident.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Milestone {
    pub(crate) kind: &'static str,
    pub(crate) label: String,
    pub(crate) time: Stamp,
    pub(crate) anchor: String,
}

pub fn duration(derived: Derived) -> Duration {
    Duration {
        text: spoken::duration(derived),
        seconds: derived.seconds().map(|seconds| seconds.to_string()),
        state: match derived {
            Derived::Known { .. } => "known",
            Derived::NotRecorded => "not-recorded",
            Derived::Unknown => "unknown",
            Derived::Missing => "missing",
            Derived::Ongoing => "ongoing",
        },
        about: matches!(derived, Derived::Known { about: true, .. }),
    }
}

pub fn durations(facts: &Facts<'_>) -> Durations {
    let times = &facts.times;
    Durations {
        to_detect: duration(times.to_detect),
        to_acknowledge: duration(times.to_acknowledge),
        to_identify: duration(times.to_identify),
        to_mitigate: duration(times.to_mitigate),
        to_resolve: duration(times.to_resolve),
        to_first_public_word: duration(times.to_first_public_word),
        longest_public_silence: duration(times.longest_public_silence),
    }
}

pub fn milestones(facts: &Facts<'_>, chronicle: &Chronicle) -> Vec<Milestone> {
    let of = |kind: EventKind| {
        let index = facts.times.mark(kind).event()?;
        let event = facts.postmortem.timeline.get(index)?;
        Some(Milestone {
            kind: kind.as_str(),
            label: spoken::label(kind.as_str()),
            time: facts.clock.stamp_at(&event.at, event.about),
            anchor: chronicle.anchor(index).to_owned(),
        })
    };
    EventKind::MILESTONES.into_iter().filter_map(of).collect()
}

/// The numbers that answer a reader's first questions; behind them stand those that nobody knows. A question
/// that does not arise has no tile.
pub fn tiles(facts: &Facts<'_>) -> Vec<Tile> {
    let times = &facts.times;
    let mut tiles: Vec<Tile> = [
        affected(facts),
        tile("Detected", times.to_detect, detected_note(facts)),
        acknowledged(times.to_acknowledge),
        tile(
            "Identified",
            times.to_identify,
            identified_note(times.to_identify),
        ),
        tile(
            "Mitigated",
            times.to_mitigate,
            Some("most users well again".to_owned()),
        ),
        tile(
            "Users told",
            times.to_first_public_word,
            silence_note(facts),
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    tiles.sort_by_key(|tile| tile.state == "open");
    tiles
}

fn tile(label: &str, derived: Derived, note: Option<String>) -> Option<Tile> {
    let value = spoken::duration(derived)?;
    let is_after = derived.seconds().is_some_and(|seconds| seconds > 0);
    Some(Tile {
        label: if is_after {
            format!("{label} after")
        } else {
            label.to_owned()
        },
        value,
        // A note explains a number; a word that stands for none needs no explanation.
        note: note.filter(|_| derived.seconds().is_some()),
        state: if derived.seconds().is_some() {
            "known"
        } else {
            "open"
        },
    })
}

/// Who took it up when is asked less often than the rest: a tile for a number only.
fn acknowledged(derived: Derived) -> Option<Tile> {
    let note = (derived.seconds()? > 0).then(|| "from detection".to_owned());
    tile("Acknowledged", derived, note)
}

fn affected(facts: &Facts<'_>) -> Option<Tile> {
    let derived = facts.settled(facts.times.to_resolve);
    let is_open = facts.postmortem.status != Status::Resolved;
    let has_started = matches!(
        facts.times.mark(EventKind::Started),
        Mark::At { .. } | Mark::Vague { .. }
    );
    let ongoing = derived == Derived::Missing && is_open && has_started;
    Some(Tile {
        label: "Users affected for".to_owned(),
        value: match derived {
            Derived::Known { seconds, about } if seconds > 0 => spoken::estimated(seconds, about),
            _ if ongoing => "not over yet".to_owned(),
            _ => spoken::duration(derived)?,
        },
        note: derived
            .seconds()
            .map(|_| "from first effect to full recovery".to_owned()),
        state: if derived.seconds().is_some() {
            "known"
        } else if ongoing || derived == Derived::Ongoing {
            "ongoing"
        } else {
            "open"
        },
    })
}

fn detected_note(facts: &Facts<'_>) -> Option<String> {
    let by = facts
        .postmortem
        .detection
        .as_ref()
        .and_then(|detection| detection.by);
    let seconds = facts.times.to_detect.seconds();
    let by = match by {
        Some(DetectedBy::Alert) => Some("by an alert"),
        Some(DetectedBy::Employee) => Some("by an employee"),
        Some(DetectedBy::User) => Some("by a user"),
        Some(DetectedBy::Vendor) => Some("by a vendor"),
        Some(DetectedBy::Unknown) => Some("nobody knows by whom"),
        None => None,
    };
    if seconds.is_some_and(|seconds| seconds < 0) {
        return Some(match by {
            Some(by) => format!("{by}, before users felt it"),
            None => "before users felt it".to_owned(),
        });
    }
    by.map(str::to_owned)
}

fn identified_note(derived: Derived) -> Option<String> {
    let seconds = derived.seconds()?;
    Some(if seconds == 0 {
        "in the minute it began".to_owned()
    } else if seconds < 0 {
        "before users felt it".to_owned()
    } else {
        "the cause was known".to_owned()
    })
}

fn silence_note(facts: &Facts<'_>) -> Option<String> {
    let silence = facts.times.longest_public_silence;
    // Where users waited longest for the first word, the tile says so already.
    if silence == facts.times.to_first_public_word {
        return None;
    }
    match silence {
        Derived::Known { seconds, about } if seconds > 0 => Some(format!(
            "longest silence {}",
            spoken::estimated(seconds, about)
        )),
        Derived::NotRecorded if facts.times.to_first_public_word != Derived::NotRecorded => {
            Some("longest silence not recorded".to_owned())
        }
        _ => None,
    }
}
