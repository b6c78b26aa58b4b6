use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Audience, Event, EventKind, Resolved};

use super::super::clock::Stamp;
use super::people::{PersonView, person};
use super::sources::{SourceView, source};
use super::{Facts, Word, block, clean, line, spoken};

/// The events in order of time, with what the page and the drawing call them.
#[derive(Debug)]
pub struct Chronicle {
    pub(crate) order: Vec<usize>,
    pub(crate) numbers: Vec<Option<usize>>,
    pub(crate) anchors: Vec<String>,
}

/// A day of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Day {
    /// `11 December 2024`, a month, or `Time unknown`.
    pub(crate) label: String,
    pub(crate) machine: Option<String>,
    pub(crate) events: Vec<EventView>,
}

/// An entry of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EventView {
    pub(crate) number: Option<String>,
    pub(crate) anchor: String,
    pub(crate) time: Stamp,
    pub(crate) until: Option<Stamp>,
    /// `15:20`, with its day where it is another.
    pub(crate) until_text: Option<String>,
    pub(crate) length: Option<String>,
    pub(crate) kinds: Vec<Word>,
    pub(crate) milestone: bool,
    pub(crate) services: Vec<String>,
    pub(crate) what: String,
    pub(crate) detail: Option<String>,
    pub(crate) by: Option<PersonView>,
    pub(crate) audience: Option<String>,
    pub(crate) channel: Option<String>,
    pub(crate) public_word: bool,
    pub(crate) source: Option<SourceView>,
    pub(crate) key: bool,
    pub(crate) note: Option<String>,
    pub(crate) internal: bool,
}

impl Chronicle {
    /// Puts the events of a document in order and names them.
    ///
    /// A day is in order anywhere within it, so such an event stays behind the one it follows in the
    /// file; so does one whose time nobody knows.
    pub fn of(facts: &Facts<'_>) -> Self {
        let timeline = &facts.postmortem.timeline;
        let mut places: Vec<(DateTime<Utc>, usize)> = Vec::with_capacity(timeline.len());
        let mut before: Option<DateTime<Utc>> = None;
        for (index, event) in timeline.iter().enumerate() {
            let place = match event
                .at
                .moment()
                .map(|at| at.resolve(facts.postmortem.timezone))
            {
                Some(Ok(Resolved::Instant(at))) => at.to_utc(),
                Some(Ok(Resolved::Within { from, until })) => match before {
                    Some(before) if from <= before && before < until => before,
                    _ => from,
                },
                _ => before.unwrap_or(DateTime::<Utc>::MIN_UTC),
            };
            before = Some(place);
            places.push((place, index));
        }
        places.sort();
        let order: Vec<usize> = places.into_iter().map(|(_, index)| index).collect();
        Self {
            numbers: numbers(timeline, &order),
            anchors: anchors(facts, &order),
            order,
        }
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The number of a key event, by its index in the file.
    pub fn number(&self, index: usize) -> Option<usize> {
        self.numbers.get(index).copied().flatten()
    }

    /// The fragment of an event, by its index in the file.
    pub fn anchor(&self, index: usize) -> &str {
        self.anchors.get(index).map_or("timeline", String::as_str)
    }

    /// The indices of the events in order of time.
    pub fn order(&self) -> &[usize] {
        &self.order
    }
}

/// Key events are numbered; where none is marked, the milestones are.
fn numbers(timeline: &[Event], order: &[usize]) -> Vec<Option<usize>> {
    let any_marked = timeline.iter().any(|event| event.key);
    let is_key = |event: &Event| {
        if any_marked {
            event.key
        } else {
            event.kind.iter().any(EventKind::is_milestone)
        }
    };
    let mut numbers = vec![None; timeline.len()];
    let keys = order.iter().filter(|index| is_key(&timeline[**index]));
    for (number, index) in keys.enumerate() {
        numbers[*index] = Some(number + 1);
    }
    numbers
}

/// Anchors come from the time in UTC, so that a link to an event holds when others are added before it.
fn anchors(facts: &Facts<'_>, order: &[usize]) -> Vec<String> {
    let timeline = &facts.postmortem.timeline;
    let mut anchors = vec![String::new(); timeline.len()];
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for index in order {
        let moment = timeline[*index].at.moment();
        let name = match moment.map(|moment| (moment, moment.resolve(facts.postmortem.timezone))) {
            Some((_, Ok(Resolved::Instant(at)))) => {
                at.to_utc().format("t%Y%m%dT%H%M%SZ").to_string()
            }
            Some((moment, Ok(Resolved::Within { .. }))) => {
                format!("t{}", moment.as_str().replace('-', ""))
            }
            _ => "t-unknown".to_owned(),
        };
        let count = taken.entry(name.clone()).or_default();
        *count += 1;
        anchors[*index] = match *count {
            1 => name,
            count => format!("{name}-{count}"),
        };
    }
    anchors
}

/// The timeline, grouped by day in the document's zone.
pub fn days(facts: &Facts<'_>, chronicle: &Chronicle) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for index in chronicle.order() {
        let Some(event) = facts.postmortem.timeline.get(*index) else {
            continue;
        };
        let view = view(facts, chronicle, *index, event);
        let label = match (&view.time.day, days.last()) {
            (Some(day), _) => day.clone(),
            (None, Some(day)) => day.label.clone(),
            (None, None) => "Time unknown".to_owned(),
        };
        match days.last_mut() {
            Some(day) if day.label == label => day.events.push(view),
            _ => days.push(Day {
                machine: view.time.machine.as_deref().map(day_of),
                label,
                events: vec![view],
            }),
        }
    }
    days
}

/// What was said to the public and to customers, in order of time.
pub fn public_words(facts: &Facts<'_>, chronicle: &Chronicle) -> Vec<EventView> {
    let timeline = &facts.postmortem.timeline;
    let words = chronicle.order().iter().filter_map(|index| {
        let event = timeline
            .get(*index)
            .filter(|event| event.is_public_word())?;
        Some(view(facts, chronicle, *index, event))
    });
    words.collect()
}

fn day_of(machine: &str) -> String {
    machine.chars().take(10).collect()
}

fn view(facts: &Facts<'_>, chronicle: &Chronicle, index: usize, event: &Event) -> EventView {
    let time = facts.clock.stamp_at(&event.at, event.about);
    let until = event
        .until
        .as_ref()
        .map(|until| facts.clock.stamp(until, false));
    let until_text = until
        .as_ref()
        .map(|until| match (&until.clock, &until.short_day) {
            (Some(_), _) if until.day == time.day => until.text.clone(),
            (Some(_), Some(day)) => format!("{day}, {}", until.text),
            _ => until.full.clone(),
        });
    let instant = |moment: Option<&crate::model::Moment>| -> Option<DateTime<FixedOffset>> {
        match moment?.resolve(facts.postmortem.timezone) {
            Ok(Resolved::Instant(at)) => Some(at),
            _ => None,
        }
    };
    let length = instant(event.at.moment())
        .zip(instant(event.until.as_ref()))
        .map(|(from, until)| (until - from).num_seconds())
        .filter(|seconds| *seconds > 0)
        .map(spoken::length);
    let milestone = event.kind.iter().any(EventKind::is_milestone);
    EventView {
        number: chronicle.number(index).map(|number| number.to_string()),
        anchor: chronicle.anchor(index).to_owned(),
        until,
        until_text,
        length,
        kinds: event
            .kind
            .iter()
            .map(|kind| word(kind, event.audience))
            .collect(),
        milestone,
        services: event
            .services
            .iter()
            .map(|service| clean::line(service))
            .collect(),
        what: clean::line(&event.what),
        detail: block(&event.detail),
        by: event.by.as_ref().map(|key| person(facts, key)),
        audience: event.audience.map(|audience| {
            match audience {
                Audience::Public => "to the public",
                Audience::Customers => "to customers",
                Audience::Internal => "within the company",
            }
            .to_owned()
        }),
        channel: line(&event.channel),
        public_word: event.is_public_word(),
        source: event.source.as_deref().map(|text| source(facts, text)),
        key: event.key,
        note: line(&event.note),
        internal: event.internal,
        time,
    }
}

/// A kind of event; a communication is told by whom it is for.
fn word(kind: EventKind, audience: Option<Audience>) -> Word {
    let tone = match kind {
        EventKind::Started | EventKind::Impact => "bad",
        EventKind::Mitigated | EventKind::Resolved | EventKind::Recovery => "good",
        EventKind::Change => "fair",
        _ => "calm",
    };
    let word = Word::new(kind.as_str(), tone);
    let label = match (kind, audience) {
        (EventKind::Communication, Some(Audience::Public)) => "Public update",
        (EventKind::Communication, Some(Audience::Customers)) => "Customer update",
        _ => return word,
    };
    Word {
        label: label.to_owned(),
        ..word
    }
}
