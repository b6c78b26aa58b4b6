use chrono::{DateTime, FixedOffset};

use crate::model::{Derived, Effect, Event, EventKind, Moment, Resolved, Status};

use super::super::clean;
use super::super::clock::short_day;
use super::super::spoken;
use super::super::view::{Chronicle, Facts};
use super::Colour;
use super::phases::{Phase, phases};

/// A window of a service.
#[derive(Debug, Clone)]
pub struct Bar {
    pub effect: Effect,
    pub share: Option<String>,
    pub from: i64,
    pub until: i64,
    pub open: bool,
}

/// A service with its windows.
#[derive(Debug, Clone)]
pub struct Row {
    pub name: String,
    pub bars: Vec<Bar>,
}

/// A change, at an instant or over a stretch.
#[derive(Debug, Clone)]
pub struct Change {
    pub what: String,
    pub from: i64,
    pub until: i64,
}

/// A numbered event.
#[derive(Debug, Clone)]
pub struct Key {
    pub number: usize,
    pub at: i64,
    pub anchor: String,
    pub what: String,
}

/// A stretch in which users were told nothing.
#[derive(Debug, Clone)]
pub struct Silence {
    pub from: i64,
    pub until: i64,
    pub text: String,
}

/// What lies before or after the axis.
#[derive(Debug, Clone)]
pub struct Outside {
    pub before: bool,
    pub key: Option<Key>,
    pub text: String,
}

/// What a drawing shows, in seconds since 1970.
#[derive(Debug)]
pub struct Scene {
    pub title: String,
    pub from: i64,
    pub until: i64,
    pub phases: Vec<Phase>,
    pub rows: Vec<Row>,
    pub more_rows: usize,
    pub changes: Vec<Change>,
    pub keys: Vec<Key>,
    pub words: Vec<i64>,
    pub silence: Option<Silence>,
    pub outside: Vec<Outside>,
    pub zone: String,
    /// What a window without an end says.
    pub no_end: &'static str,
}

/// More services than this are in the table only; never a single one, whose row would take no more room than
/// the words about it.
const MOST_ROWS: usize = 14;
/// More events outside the axis than this are in the table only.
const MOST_OUTSIDE: usize = 6;

impl Scene {
    /// Chooses what to draw.
    pub fn of(facts: &Facts<'_>, chronicle: &Chronicle) -> Option<Self> {
        let events = events(facts, chronicle);
        let (from, core_until) = span(facts, &events)?;
        let ongoing = is_ongoing(facts);
        let length = core_until - from;
        // What goes on has room to fade out.
        let goes_on =
            ongoing || milestone(facts, EventKind::Resolved).is_some_and(|at| at > core_until);
        let until = if goes_on {
            core_until + length / 12
        } else {
            core_until
        };
        let inside = |at: i64| (from..=until).contains(&at);
        let (rows, more_rows) = rows(facts, until);
        let keys = events.iter().filter_map(|event| {
            Some(Key {
                number: event.number?,
                at: event.at,
                anchor: event.anchor.clone(),
                what: event.what.clone(),
            })
        });
        let is_change = |event: &&Placed| event.event.kind.has(EventKind::Change);
        Some(Self {
            title: clean::line(&facts.postmortem.title),
            phases: phases(facts, until, ongoing),
            rows,
            more_rows,
            changes: events
                .iter()
                .filter(is_change)
                .filter(|event| event.until.unwrap_or(event.at) >= from && event.at <= until)
                .map(|event| Change {
                    what: event.what.clone(),
                    from: event.at.max(from),
                    until: event.until.unwrap_or(event.at).clamp(from, until),
                })
                .collect(),
            keys: keys.filter(|key| inside(key.at)).collect(),
            words: events
                .iter()
                .filter(|event| event.event.is_public_word())
                .map(|event| event.at)
                .filter(|at| inside(*at))
                .collect(),
            silence: silence(facts, &events, from, until),
            outside: outside(facts, &events, (from, core_until), until),
            zone: zone(facts, from, until),
            no_end: facts.no_end(),
            from,
            until,
        })
    }

    /// A sentence that says how to read the drawing.
    pub fn caption(&self) -> String {
        let mut caption = format!(
            "What happened when, in {}.",
            self.zone.replace(", ", " and ")
        );
        if self.zone.contains(',') {
            caption.push_str(" A zone above the axis stands where the clocks were changed.");
        }
        if !self.keys.is_empty() {
            caption.push_str(" Numbers are the key events of the timeline.");
        }
        if !self.words.is_empty() {
            caption.push_str(" Diamonds are updates to the public or to customers.");
        }
        if self.more_rows > 0 {
            caption.push_str(&format!(
                " {} more services are in the table of impact only.",
                self.more_rows
            ));
        }
        caption
    }

    /// The colours of phases and services in use.
    pub fn legend(&self) -> Vec<Colour> {
        let mut legend: Vec<Colour> = Vec::new();
        for bar in self.rows.iter().flat_map(|row| &row.bars) {
            let (class, label) = effect(bar.effect);
            if legend.iter().all(|colour| colour.class != class) {
                legend.push(Colour {
                    class,
                    label: label.to_owned(),
                });
            }
        }
        legend.sort_by_key(|colour| colour.class);
        if !self.changes.is_empty() {
            legend.push(Colour {
                class: "change",
                label: "Change".to_owned(),
            });
        }
        legend
    }
}

/// The class and the word of an effect.
pub fn effect(effect: Effect) -> (&'static str, &'static str) {
    match effect {
        Effect::Outage => ("bad", "Down"),
        Effect::Degraded => ("fair", "Degraded"),
        Effect::Unknown => ("unsure", "Effect unknown"),
    }
}

/// An event whose instant is known.
struct Placed<'a> {
    event: &'a Event,
    number: Option<usize>,
    anchor: String,
    what: String,
    at: i64,
    until: Option<i64>,
}

fn events<'a>(facts: &Facts<'a>, chronicle: &Chronicle) -> Vec<Placed<'a>> {
    let place = |index: &usize| {
        let event = facts.postmortem.timeline.get(*index)?;
        Some(Placed {
            event,
            number: chronicle.number(*index),
            anchor: chronicle.anchor(*index).to_owned(),
            what: clean::line(&event.what),
            at: seconds(facts, event.at.moment()?)?,
            until: event.until.as_ref().and_then(|until| seconds(facts, until)),
        })
    };
    chronicle.order().iter().filter_map(place).collect()
}

fn seconds(facts: &Facts<'_>, moment: &Moment) -> Option<i64> {
    match moment.resolve(facts.postmortem.timezone) {
        Ok(Resolved::Instant(at)) => Some(at.timestamp()),
        _ => None,
    }
}

fn instant(seconds: i64) -> Option<DateTime<FixedOffset>> {
    DateTime::from_timestamp(seconds, 0).map(|at| at.fixed_offset())
}

/// The zone of the axis; where the clocks change on it, those of both sides: `CEST, CET`.
fn zone(facts: &Facts<'_>, from: i64, until: i64) -> String {
    // An axis this long shows days, and no hour on it can be mistaken.
    const LONG: i64 = 60 * 86_400;
    let mut names: Vec<String> = instant(from)
        .map(|at| facts.clock.zone_at(at))
        .into_iter()
        .collect();
    if until - from > LONG {
        return names.join("");
    }
    for change in facts.clock.changes(from, until, 4) {
        if !names.contains(&change.zone) {
            names.push(change.zone);
        }
    }
    names.join(", ")
}

/// When a milestone was, in seconds since 1970.
pub fn milestone(facts: &Facts<'_>, kind: EventKind) -> Option<i64> {
    facts.times.mark(kind).instant().map(|at| at.timestamp())
}

fn is_ongoing(facts: &Facts<'_>) -> bool {
    let windows = facts
        .postmortem
        .impact
        .iter()
        .flat_map(|impact| &impact.services);
    let any_open = windows.into_iter().any(|window| window.until.is_none());
    let is_over = milestone(facts, EventKind::Resolved).is_some()
        || facts.postmortem.status == Status::Resolved;
    any_open || (!is_over && milestone(facts, EventKind::Started).is_some())
}

/// From when until when the axis goes: the incident itself and what lies near it. What lies days away would
/// press the hours that matter into a sliver.
fn span(facts: &Facts<'_>, events: &[Placed<'_>]) -> Option<(i64, i64)> {
    let windows = facts
        .postmortem
        .impact
        .iter()
        .flat_map(|impact| &impact.services);
    let ends = windows
        .flat_map(|window| [Some(&window.from), window.until.as_ref()])
        .flatten()
        .filter_map(|moment| seconds(facts, moment));
    let ends: Vec<i64> = ends.collect();
    let mut core: Vec<i64> = EventKind::MILESTONES
        .into_iter()
        .filter_map(|kind| milestone(facts, kind))
        .collect();
    core.extend(&ends);
    core.sort_unstable();
    core.dedup();
    // A last milestone far behind everything else, such as an end that was declared a week later, is
    // named at the edge.
    while let [first, .., before_last, last] = core[..]
        && !ends.contains(&last)
        && before_last - first >= 300
        && last - first > 6 * (before_last - first)
    {
        core.pop();
    }
    let all = || {
        events
            .iter()
            .flat_map(|event| [Some(event.at), event.until])
            .flatten()
    };
    let (first, last) = match (core.first(), core.last()) {
        (Some(first), Some(last)) if first < last => (*first, *last),
        // An early draft: one milestone, or none. What happened so far is all there is; what
        // happened within a day of the milestone belongs to it.
        (Some(only), _) => {
            let near = all()
                .filter(|at| (at - only).abs() <= 86_400)
                .chain([*only]);
            let (first, last) = ends_of(near)?;
            (first, last)
        }
        _ => ends_of(all())?,
    };
    if first >= last {
        return None;
    }
    let near = ((last - first) * 7 / 20).max(600);
    let nearby = all().filter(|at| (first - near..=last + near).contains(at));
    let (from, until) = ends_of(nearby.chain([first, last]))?;
    let margin = ((until - from) / 50).max(1);
    Some((from - margin, until + margin))
}

fn ends_of(instants: impl Iterator<Item = i64>) -> Option<(i64, i64)> {
    instants.fold(None, |ends, at| match ends {
        None => Some((at, at)),
        Some((first, last)) => Some((at.min(first), at.max(last))),
    })
}

fn rows(facts: &Facts<'_>, end: i64) -> (Vec<Row>, usize) {
    let windows = facts
        .postmortem
        .impact
        .iter()
        .flat_map(|impact| &impact.services);
    let mut names: Vec<&str> = Vec::new();
    let listed = facts.postmortem.services.iter().map(String::as_str);
    for name in listed.chain(windows.clone().map(|window| window.service.as_str())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let bars = |name: &str| -> Vec<Bar> {
        let of_service = windows.clone().filter(|window| window.service == name);
        let bars = of_service.filter_map(|window| {
            let until = match &window.until {
                Some(until) => seconds(facts, until)?,
                None => end,
            };
            let from = seconds(facts, &window.from)?;
            (from <= until).then(|| Bar {
                effect: window.effect,
                share: window
                    .share
                    .as_ref()
                    .map(|share| share.as_str().replace('%', " %").replace("  ", " ")),
                from,
                until,
                open: window.until.is_none(),
            })
        });
        let mut bars: Vec<Bar> = bars.collect();
        bars.sort_by_key(|bar| (bar.from, bar.until));
        bars
    };
    let mut rows: Vec<Row> = names
        .into_iter()
        .map(|name| Row {
            name: clean::line(name),
            bars: bars(name),
        })
        .filter(|row| !row.bars.is_empty())
        .collect();
    let more = match rows.len().saturating_sub(MOST_ROWS) {
        1 => 0,
        more => more,
    };
    rows.truncate(rows.len() - more);
    (rows, more)
}

/// Where the longest silence was. How long it was is for the model to say; this finds its place.
fn silence(facts: &Facts<'_>, events: &[Placed<'_>], from: i64, until: i64) -> Option<Silence> {
    let Derived::Known {
        seconds: longest,
        about,
    } = facts.times.longest_public_silence
    else {
        return None;
    };
    let start = milestone(facts, EventKind::Started)?;
    let end = milestone(facts, EventKind::Resolved)?;
    let words = events.iter().filter(|event| event.event.is_public_word());
    let mut points: Vec<i64> = words
        .map(|event| event.at)
        .filter(|at| start < *at && *at < end)
        .collect();
    if points.is_empty() || longest <= 0 {
        return None;
    }
    points.extend([start, end]);
    points.sort_unstable();
    let pair = points
        .windows(2)
        .find(|pair| pair[1] - pair[0] == longest)?;
    // One dash among many diamonds tells nothing.
    if pair[0] < from || pair[1] > until || longest < (until - from) / 10 {
        return None;
    }
    Some(Silence {
        from: pair[0],
        until: pair[1],
        text: format!("longest silence, {}", spoken::estimated(longest, about)),
    })
}

fn outside(
    facts: &Facts<'_>,
    events: &[Placed<'_>],
    (from, core_until): (i64, i64),
    until: i64,
) -> Vec<Outside> {
    let started = milestone(facts, EventKind::Started).unwrap_or(from);
    let resolved = milestone(facts, EventKind::Resolved)
        .unwrap_or(core_until)
        .min(core_until);
    let tells = |event: &&Placed<'_>| {
        event.number.is_some()
            || event.event.kind.has(EventKind::Change)
            || event.event.is_public_word()
    };
    let is_outside =
        |event: &&Placed<'_>| event.until.unwrap_or(event.at) < from || event.at > until;
    let away: Vec<&Placed<'_>> = events.iter().filter(tells).filter(is_outside).collect();
    let name = |event: &&Placed<'_>| {
        let before = event.at < from;
        let (away, side) = if before {
            (started - event.until.unwrap_or(event.at), "before")
        } else {
            (event.at - resolved, "later")
        };
        let day = instant(event.at).map_or_else(String::new, |at| {
            short_day(facts.clock.local(at).date_naive())
        });
        Outside {
            before,
            key: event.number.map(|number| Key {
                number,
                at: event.at,
                anchor: event.anchor.clone(),
                what: event.what.clone(),
            }),
            text: format!(
                "{day}, {} {side}: {}",
                spoken::length(coarse(away)),
                event.what
            ),
        }
    };
    let more = away.len().saturating_sub(MOST_OUTSIDE);
    let mut outside: Vec<Outside> = away.iter().take(MOST_OUTSIDE).map(name).collect();
    if more > 0 {
        outside.push(Outside {
            before: away.last().is_some_and(|event| event.at < from),
            key: None,
            text: format!("and {more} more in the timeline"),
        });
    }
    outside
}

/// Away from the drawing nobody asks for minutes.
fn coarse(seconds: i64) -> i64 {
    const DAY: i64 = 86_400;
    if seconds >= 2 * DAY {
        (seconds + DAY / 2) / DAY * DAY
    } else if seconds >= 7_200 {
        (seconds + 1_800) / 3_600 * 3_600
    } else {
        seconds
    }
}
