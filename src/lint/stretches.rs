use chrono::{DateTime, Duration, Timelike, Utc};

use crate::model::{At, Derived, EventKind, FigureValue};

use super::Subject;
use super::clocks::{Clock, Spot};

/// Every length of time and every hour that a document holds, to be asked whether prose may mean one.
#[derive(Debug)]
pub struct Stretches {
    /// The first and the last instant that each time may be, in order.
    times: Vec<(i64, i64)>,
    /// Lengths that are no difference of two times, in seconds: sums of windows, figures, promises.
    lengths: Vec<i64>,
    /// The minutes of the day at which each time stands, in every zone a reader may think in.
    minutes: Vec<(i64, Spot)>,
    /// Whether some time of it is an estimate.
    about: bool,
    /// Whether some time has no hour, so that anything may have been then.
    vague: bool,
}

/// Above this many times nobody can tell which two are meant, and any length is one of them.
const MOST: usize = 400;

impl Stretches {
    /// Takes the times of a document; nothing where one is missing, so that nothing can be contradicted.
    pub fn of(subject: &Subject<'_>) -> Option<Self> {
        let postmortem = subject.postmortem;
        let unknown = postmortem
            .timeline
            .iter()
            .any(|event| event.at == At::Unknown);
        let lost = subject.has_lost("timeline") || subject.has_lost("impact");
        let ends = [
            EventKind::Started,
            EventKind::Mitigated,
            EventKind::Resolved,
        ];
        let unrecorded = ends.iter().any(|kind| postmortem.unrecorded.contains(kind));
        let count = subject.clocks.len();
        if unknown || lost || unrecorded || !(2..=MOST).contains(&count) {
            return None;
        }
        let mut times = Vec::with_capacity(count);
        for clock in &subject.clocks {
            let (from, until) = (clock.earliest()?, clock.latest()?);
            times.push((from.timestamp(), until.timestamp()));
        }
        let windows = postmortem.impact.iter().flat_map(|impact| &impact.services);
        // What goes on has no length yet.
        if windows.clone().any(|window| window.until.is_none()) {
            return None;
        }
        let about = postmortem.timeline.iter().any(|event| event.about)
            || windows.into_iter().any(|window| window.about);
        times.sort_unstable();
        Some(Self {
            vague: times.iter().any(|(from, until)| from != until),
            times,
            lengths: lengths(subject),
            minutes: subject
                .clocks
                .iter()
                .flat_map(|clock| minutes(subject, clock))
                .collect(),
            about,
        })
    }

    /// Whether some stretch of the document may be so long, in seconds.
    pub fn allow(&self, seconds: i64, slack: i64) -> bool {
        let slack = if self.about {
            slack.max(seconds / 5).max(300)
        } else {
            slack
        };
        let (least, most) = (seconds - slack, seconds + slack);
        let fits = |length: &i64| (least..=most).contains(length);
        let pairs = |(index, (from, until)): (usize, &(i64, i64))| {
            let later = self.times.iter().skip(index + 1);
            later
                .clone()
                .any(|(first, last)| last - from >= least && first - until <= most)
        };
        self.lengths.iter().any(fits) || self.times.iter().enumerate().any(pairs)
    }

    /// The field whose time is nearest to a minute of the day at which surely nothing was; nothing where
    /// something may have been.
    pub fn not_at(&self, minute: i64, slack: i64) -> Option<Spot> {
        let slack = if self.about { slack.max(20) } else { slack };
        let apart = |other: i64| {
            let far = (minute - other).rem_euclid(1440);
            far.min(1440 - far)
        };
        // `3:16` may be in the afternoon.
        let distance = |(other, _): &&(i64, Spot)| apart(*other).min(apart(*other + 720));
        let nearest = self.minutes.iter().min_by_key(distance)?;
        (!self.vague && distance(&nearest) > slack).then_some(nearest.1)
    }
}

fn lengths(subject: &Subject<'_>) -> Vec<i64> {
    let postmortem = subject.postmortem;
    let mut lengths = Vec::new();
    let (mut outage, mut degraded) = (0, 0);
    for service in &subject.document.times().services {
        let known = |time: Derived| time.seconds().unwrap_or(0);
        let (down, slow) = (known(service.outage), known(service.degraded));
        outage += down;
        degraded += slow;
        lengths.extend([down, slow, down + slow]);
    }
    lengths.extend([outage, degraded, outage + degraded]);
    let recovery = postmortem.recovery.iter();
    let promises = recovery.flat_map(|recovery| recovery.rto.iter().chain(&recovery.rpo));
    lengths.extend(promises.map(|length| length.seconds()));
    for figure in postmortem.impact.iter().flat_map(|impact| &impact.figures) {
        let unit = match figure
            .unit
            .as_deref()
            .map(|unit| unit.trim_end_matches('s'))
        {
            Some("second") => 1,
            Some("minute" | "min") => 60,
            Some("hour" | "h") => 3_600,
            Some("day") => 86_400,
            _ => continue,
        };
        match &figure.value {
            FigureValue::Number(number) => lengths.push((number.value() * f64::from(unit)) as i64),
            FigureValue::Range(low, high) => {
                lengths.extend([low, high].map(|end| (end.value() * f64::from(unit)) as i64));
            }
            FigureValue::Unknown | FigureValue::Withheld => {}
        }
    }
    lengths
}

/// When a time was by the clocks of the document's zone, of its own offset, and of UTC.
fn minutes(subject: &Subject<'_>, clock: &Clock<'_>) -> Vec<(i64, Spot)> {
    let Ok(crate::model::Resolved::Instant(at)) = clock.meaning else {
        return Vec::new();
    };
    let of_day = |hour: u32, minute: u32| i64::from(hour * 60 + minute);
    let utc: DateTime<Utc> = at.to_utc() + Duration::zero();
    let mut minutes = vec![
        (of_day(at.hour(), at.minute()), clock.spot),
        (of_day(utc.hour(), utc.minute()), clock.spot),
    ];
    if let Some(zone) = subject.postmortem.timezone {
        let local = at.with_timezone(&zone.tz());
        minutes.push((of_day(local.hour(), local.minute()), clock.spot));
    }
    minutes
}
