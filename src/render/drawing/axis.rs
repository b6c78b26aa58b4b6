use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

use super::super::clock::{Clock, clock_text, next_day, short_day};

/// A mark on the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Seconds since 1970.
    pub at: i64,
    /// `15:00`, or a day where a step is a day or more.
    pub label: String,
    /// The day that begins or is first met here; where the clocks are changed, the zone from here on.
    pub day: Option<String>,
}

/// Seconds between two marks, from short to long. Those under a day divide it.
const STEPS: [i64; 24] = [
    10,
    30,
    60,
    120,
    300,
    600,
    900,
    1_800,
    3_600,
    7_200,
    10_800,
    21_600,
    43_200,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    91 * DAY,
    182 * DAY,
    365 * DAY,
    3_650 * DAY,
    7_300 * DAY,
    14_600 * DAY,
];
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// The marks between two instants on a wall clock, at most about `most` of them.
pub fn ticks(clock: &Clock, from: i64, until: i64, most: usize) -> Vec<Tick> {
    let most = i64::try_from(most.max(2)).unwrap_or(2);
    let step = STEPS
        .into_iter()
        .find(|step| (until - from) / step <= most)
        .unwrap_or(36_500 * DAY);
    let (Some(start), Some(end)) = (instant(from), instant(until)) else {
        return Vec::new();
    };
    let mut ticks = Vec::new();
    let (first, last) = (clock.local(start), clock.local(end));
    // While nobody turns the clocks, what they do not show between the two ends is at neither.
    let shown = match clock.changes(from, until, 1).is_empty() {
        true => first.naive_local()..=last.naive_local(),
        false => NaiveDateTime::MIN..=NaiveDateTime::MAX,
    };
    let (mut day, last) = (first.date_naive(), last.date_naive());
    while day <= last {
        if step >= DAY {
            push(&mut ticks, from, until, clock.midnight(day), || {
                (day_label(day, step), None)
            });
            for _ in 0..step / DAY {
                day = next_day(day);
            }
            continue;
        }
        let mut second = 0;
        while second < DAY {
            let time = u32::try_from(second)
                .ok()
                .and_then(|second| NaiveTime::from_num_seconds_from_midnight_opt(second, 0));
            let time = time.filter(|time| shown.contains(&day.and_time(*time)));
            // A time that the clocks were put forward over has no mark; one that they were put back over has
            // two, if there is room between them.
            let each = time.map_or_else(Vec::new, |time| clock.each_at(day, time));
            for at in each.into_iter().take(if step <= HOUR { 2 } else { 1 }) {
                push(&mut ticks, from, until, at, || {
                    (clock_text(clock.local(at)), Some(short_day(day)))
                });
            }
            second += step;
        }
        day = next_day(day);
    }
    ticks.sort_by_key(|tick| tick.at);
    if step < DAY {
        name_each_day_once(&mut ticks);
        mark_changes(clock, (from, until), step, &mut ticks);
    }
    ticks
}

fn name_each_day_once(ticks: &mut [Tick]) {
    let mut shown = None;
    for tick in ticks {
        if tick.day == shown {
            tick.day = None;
        } else {
            shown.clone_from(&tick.day);
        }
    }
}

/// More changes of the clock than this are not marked.
const MOST_CHANGES: usize = 4;

/// Marks where the clocks were changed; its time stands there where the next mark is not too near.
fn mark_changes(clock: &Clock, (from, until): (i64, i64), step: i64, ticks: &mut Vec<Tick>) {
    for change in clock.changes(from, until, MOST_CHANGES) {
        if let Some(tick) = ticks.iter_mut().find(|tick| tick.at == change.at) {
            tick.day = Some(change.zone);
            continue;
        }
        let is_near = |tick: &Tick| (tick.at - change.at).abs() < step.min(HOUR);
        let label = match instant(change.at) {
            Some(at) if !ticks.iter().any(is_near) && step <= HOUR => clock_text(clock.local(at)),
            _ => String::new(),
        };
        ticks.push(Tick {
            at: change.at,
            label,
            day: Some(change.zone),
        });
    }
    ticks.sort_by_key(|tick| tick.at);
}

/// Where a step is months long, the year says more than the day.
fn day_label(day: NaiveDate, step: i64) -> String {
    if step >= 91 * DAY {
        day.format("%b %Y").to_string()
    } else {
        short_day(day)
    }
}

fn push(
    ticks: &mut Vec<Tick>,
    from: i64,
    until: i64,
    at: DateTime<FixedOffset>,
    words: impl FnOnce() -> (String, Option<String>),
) {
    let at = at.timestamp();
    if (from..=until).contains(&at) {
        let (label, day) = words();
        ticks.push(Tick { at, label, day });
    }
}

fn instant(seconds: i64) -> Option<DateTime<FixedOffset>> {
    DateTime::from_timestamp(seconds, 0).map(|at| at.fixed_offset())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{IncidentId, Postmortem};

    fn clock(zone: &str) -> Clock {
        let id: IncidentId = "2024-12-11-api".parse().expect("an id");
        let mut postmortem = Postmortem::new(id, "API");
        postmortem.timezone = Some(zone.parse().expect("a zone"));
        Clock::of(&postmortem)
    }

    fn seconds(text: &str) -> i64 {
        text.parse::<DateTime<FixedOffset>>()
            .expect("a time")
            .timestamp()
    }

    #[test]
    fn marks_are_round_in_the_documents_zone_and_name_the_day_that_begins() {
        let from = seconds("2024-12-12T04:10:00Z");
        let until = seconds("2024-12-12T10:10:00Z");
        let ticks = ticks(&clock("America/Los_Angeles"), from, until, 8);
        let labels: Vec<_> = ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(
            labels,
            ["21:00", "22:00", "23:00", "00:00", "01:00", "02:00"]
        );
        let days: Vec<_> = ticks
            .iter()
            .filter_map(|tick| tick.day.as_deref())
            .collect();
        assert_eq!(days, ["11 Dec", "12 Dec"]);
    }

    #[test]
    fn a_clock_change_is_marked_once_and_every_mark_stands_in_order() {
        let every_ten_minutes = ticks(
            &clock("Europe/Berlin"),
            seconds("2024-10-27T00:50:00Z"),
            seconds("2024-10-27T01:20:00Z"),
            4,
        );
        let told: Vec<_> = every_ten_minutes
            .iter()
            .map(|tick| (tick.label.as_str(), tick.day.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("02:50", Some("27 Oct")),
                ("02:00", Some("CET")),
                ("02:10", None),
                ("02:20", None)
            ]
        );
        for (from, until) in [
            ("2024-03-31T00:00:00Z", "2024-03-31T06:00:00Z"),
            ("2024-10-27T00:00:00Z", "2024-10-27T06:00:00Z"),
        ] {
            let ticks = ticks(&clock("Europe/Berlin"), seconds(from), seconds(until), 8);
            assert!((4..=8).contains(&ticks.len()), "{ticks:?}");
            let zones: Vec<_> = ticks
                .iter()
                .filter_map(|tick| tick.day.as_deref())
                .filter(|day| day.starts_with("CE"))
                .collect();
            assert_eq!(zones.len(), 1, "{ticks:?}");
            assert!(
                ticks.windows(2).all(|pair| pair[0].at < pair[1].at),
                "{ticks:?}"
            );
        }
    }

    #[test]
    fn steps_fit_any_length() {
        let from = seconds("2024-01-01T00:00:00Z");
        for length in [
            20,
            90,
            720,
            5_000,
            86_400,
            1_000_000,
            100_000_000,
            7_000_000_000,
        ] {
            let count = ticks(&clock("UTC"), from, from + length, 8).len();
            assert!((1..=10).contains(&count), "{length}: {count}");
        }
    }
}
