use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{
    DataImpact, DataState, Effect, Figure, FigureValue, Moment, Number, Resolved, ServiceImpact,
    ServiceTime,
};

use super::super::clock::Stamp;
use super::budget::{Budget, budget};
use super::tiles::{Duration, duration};
use super::{Facts, Word, block, clean, line, spoken};

/// What users met.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ImpactView {
    pub(crate) summary: Option<String>,
    pub(crate) services: Vec<ServiceView>,
    pub(crate) figures: Vec<FigureView>,
    pub(crate) data: Option<DataView>,
    pub(crate) slo: Vec<Budget>,
}

/// A service, how long it was hit, and when.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ServiceView {
    pub(crate) service: String,
    pub(crate) outage: Duration,
    pub(crate) degraded: Duration,
    pub(crate) windows: Vec<WindowView>,
}

/// A window in which a service was hit.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WindowView {
    pub(crate) effect: Word,
    pub(crate) from: Stamp,
    pub(crate) until: Option<Stamp>,
    /// `15:16`, with its day where the page's incident spans several.
    pub(crate) from_text: String,
    /// Null where it goes on, and where it says no more than the start does.
    pub(crate) until_text: Option<String>,
    /// `15:16 to 17:36`.
    pub(crate) text: String,
    pub(crate) length: Option<String>,
    /// `40 % of users or requests`.
    pub(crate) share: Option<String>,
    /// Why there is no end: `still going on`, `end not recorded`.
    pub(crate) open: Option<&'static str>,
    pub(crate) about: bool,
    pub(crate) note: Option<String>,
    pub(crate) internal: bool,
}

/// A number with the words that say what it counts.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FigureView {
    pub(crate) what: String,
    pub(crate) value: String,
    /// `measured` or `estimated`; null where nothing is said.
    pub(crate) basis: Option<&'static str>,
    pub(crate) detail: Option<String>,
    pub(crate) internal: bool,
}

/// What happened to data.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DataView {
    pub(crate) state: Word,
    pub(crate) text: String,
    pub(crate) what: Option<String>,
    pub(crate) from: Option<Stamp>,
    pub(crate) until: Option<Stamp>,
    /// `14 May, 10:02 to 10:05`; null where no time is given.
    pub(crate) when: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) note: Option<String>,
}

pub fn impact(facts: &Facts<'_>) -> Option<ImpactView> {
    let impact = facts.postmortem.impact.as_ref()?;
    let only_day = super::head::only_day(facts);
    let view = ImpactView {
        summary: block(&impact.summary),
        services: facts
            .times
            .services
            .iter()
            .map(|time| service(facts, time, &impact.services, only_day.as_ref()))
            .collect(),
        figures: impact.figures.iter().map(figure).collect(),
        data: impact
            .data
            .as_ref()
            .map(|one| data(facts, one, only_day.as_ref())),
        slo: impact
            .slo
            .iter()
            .flatten()
            .map(|objective| budget(facts, objective))
            .collect(),
    };
    let says_nothing = view.summary.is_none()
        && view.services.is_empty()
        && view.figures.is_empty()
        && view.data.is_none()
        && view.slo.is_empty();
    (!says_nothing).then_some(view)
}

fn service(
    facts: &Facts<'_>,
    time: &ServiceTime,
    windows: &[ServiceImpact],
    only_day: Option<&Stamp>,
) -> ServiceView {
    let of_service = windows
        .iter()
        .filter(|window| window.service == time.service);
    ServiceView {
        service: clean::line(&time.service),
        outage: duration(facts.settled(time.outage)),
        degraded: duration(facts.settled(time.degraded)),
        windows: of_service.map(|one| window(facts, one, only_day)).collect(),
    }
}

fn window(facts: &Facts<'_>, window: &ServiceImpact, only_day: Option<&Stamp>) -> WindowView {
    let from = facts.clock.stamp(&window.from, window.about);
    let until = window
        .until
        .as_ref()
        .map(|until| facts.clock.stamp(until, false));
    let instant = |moment: &Moment| match moment.resolve(facts.postmortem.timezone) {
        Ok(Resolved::Instant(at)) => Some(at),
        _ => None,
    };
    let length = instant(&window.from)
        .zip(window.until.as_ref().and_then(instant))
        .map(|(from, until)| (until - from).num_seconds())
        .filter(|seconds| *seconds >= 0)
        .map(|seconds| spoken::estimated(seconds, window.about));
    let from_text = in_short(&from, only_day);
    let says_more = |until: &&Stamp| until.clock.is_some() || until.day != from.day;
    let until_text = until
        .as_ref()
        .filter(says_more)
        .map(|until| in_short(until, Some(&from)));
    WindowView {
        effect: effect(window.effect),
        text: match (&until, &until_text) {
            (None, _) => format!("since {from_text}, {}", facts.no_end()),
            (Some(_), None) => from_text.clone(),
            (Some(_), Some(until)) => format!("{from_text} to {until}"),
        },
        open: until.is_none().then(|| facts.no_end()),
        from_text,
        until_text,
        from,
        until,
        length,
        share: window.share.as_ref().map(|share| {
            let share = share.as_str().replace('%', " %").replace("  ", " ");
            format!("{share} of users or requests")
        }),
        about: window.about,
        note: line(&window.note),
        internal: window.internal,
    }
}

/// A time without the day that stands beside it already.
fn in_short(stamp: &Stamp, beside: Option<&Stamp>) -> String {
    match (&stamp.clock, &stamp.short_day) {
        (Some(_), _) if beside.is_some_and(|other| other.day == stamp.day) => stamp.text.clone(),
        (Some(_), Some(day)) => format!("{day}, {}", stamp.text),
        _ => stamp.full.clone(),
    }
}

fn data(facts: &Facts<'_>, data: &DataImpact, only_day: Option<&Stamp>) -> DataView {
    let from = data
        .from
        .as_ref()
        .map(|at| facts.clock.stamp(at, data.about));
    let until = data.until.as_ref().map(|at| facts.clock.stamp(at, false));
    DataView {
        state: Word::new(
            data.state.as_str(),
            match data.state {
                DataState::None => "good",
                DataState::Unknown => "fair",
                DataState::Exposed | DataState::Lost | DataState::Corrupted => "bad",
            },
        ),
        text: match data.state {
            DataState::None => "No data was exposed, lost or corrupted",
            DataState::Exposed => "Data was exposed",
            DataState::Lost => "Data was lost",
            DataState::Corrupted => "Data was corrupted",
            DataState::Unknown => "Not known whether data was affected",
        }
        .to_owned(),
        what: line(&data.what),
        when: match (&from, &until) {
            (None, None) => None,
            (Some(from), None) => Some(format!("since {}", in_short(from, only_day))),
            (None, Some(until)) => Some(format!("until {}", in_short(until, only_day))),
            (Some(from), Some(until)) => Some(format!(
                "{} to {}",
                in_short(from, only_day),
                in_short(until, Some(from))
            )),
        },
        from,
        until,
        detail: block(&data.detail),
        note: line(&data.note),
    }
}

/// The word that readers see for an effect.
pub fn effect(effect: Effect) -> Word {
    let (label, tone) = match effect {
        Effect::Outage => ("Down", "bad"),
        Effect::Degraded => ("Degraded", "fair"),
        Effect::Unknown => ("Effect unknown", "calm"),
    };
    Word {
        word: effect.as_str().to_owned(),
        label: label.to_owned(),
        tone,
    }
}

fn figure(figure: &Figure) -> FigureView {
    let unit = line(&figure.unit).map_or_else(String::new, |unit| {
        // `%` and `EUR` stay with their number; a word may go to the next line.
        let space = if unit.chars().count() <= 3 {
            '\u{a0}'
        } else {
            ' '
        };
        format!("{space}{unit}")
    });
    let number = |number: &Number| spoken::grouped(&number.to_string());
    FigureView {
        what: clean::line(&figure.what),
        value: match &figure.value {
            FigureValue::Number(value) => format!("{}{unit}", number(value)),
            FigureValue::Range(low, high) => {
                format!("{} to {}{unit}", number(low), number(high))
            }
            FigureValue::Unknown => "unknown".to_owned(),
            FigureValue::Withheld => "not disclosed".to_owned(),
        },
        basis: figure
            .measured
            .map(|measured| if measured { "measured" } else { "estimated" }),
        detail: block(&figure.detail),
        internal: figure.internal,
    }
}
