use chrono::{Datelike, Months, NaiveDate};

use crate::lint::clocks::{Clock, Spot};
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::EventKind;

pub const RULE: Rule = Rule::checked(
    "date-far-from-incident",
    Class::Suspicious,
    include_str!("date-far-from-incident.md"),
    check,
);

/// A change may be this much older than what it caused; a bug can sleep for long.
const OLDEST_IN_YEARS: i32 = 25;
/// What followed from an incident is in its document for so long at most.
const LATEST_IN_YEARS: i32 = 2;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(home) = subject.document.id().and_then(|id| id.date()) else {
        return;
    };
    for clock in &subject.clocks {
        let Some(day) = clock.moment.written_day() else {
            continue;
        };
        let far = day.signed_duration_since(home).num_days().abs() > 20;
        let years = day.year() - home.year();
        let impossible = !(-OLDEST_IN_YEARS..=LATEST_IN_YEARS).contains(&years);
        let meant = (far && may_be_a_slip(subject, clock)).then(|| slip(day, home));
        let meant = meant.flatten();
        if meant.is_none() && !impossible {
            continue;
        }
        let message = format!("`{day}` is far from the incident of {home}");
        let mut finding = findings.on(&clock.spot.path(), message);
        if let Some(meant) = meant {
            let unit = if years == 0 || day.month() != home.month() && meant.month() != day.month()
            {
                "month"
            } else {
                "year"
            };
            finding = finding
                .saying(format!("exactly a {unit} off"))
                .help(format!("`{meant}`?"));
        } else {
            finding = finding.help("check the year");
        }
        findings.add(finding);
    }
}

/// The day near the incident that a slip of exactly a month or a year turned into this one.
fn slip(day: NaiveDate, home: NaiveDate) -> Option<NaiveDate> {
    let moved = [
        day.checked_add_months(Months::new(1)),
        day.checked_sub_months(Months::new(1)),
        day.checked_add_months(Months::new(12)),
        day.checked_sub_months(Months::new(12)),
    ];
    let same_day = |meant: &NaiveDate| meant.day() == day.day();
    let near = |meant: &NaiveDate| meant.signed_duration_since(home).num_days().abs() <= 1;
    moved.into_iter().flatten().filter(same_day).find(near)
}

/// What led to an incident or followed from it may well be a year away to the day, such as a
/// certificate: there a slip is believed only where the time is also out of order.
fn may_be_a_slip(subject: &Subject<'_>, clock: &Clock<'_>) -> bool {
    let (Spot::EventAt(index) | Spot::EventUntil(index)) = clock.spot else {
        return true;
    };
    let harmless = [
        EventKind::Change,
        EventKind::Note,
        EventKind::Decision,
        EventKind::Action,
        EventKind::Communication,
    ];
    let may_be_far = subject
        .postmortem
        .timeline
        .get(index)
        .is_some_and(|event| event.kind.iter().all(|kind| harmless.contains(&kind)));
    !may_be_far || is_out_of_order(subject, clock, index)
}

fn is_out_of_order(subject: &Subject<'_>, clock: &Clock<'_>, index: usize) -> bool {
    let neighbour = |step: isize| {
        let other = subject.clock(Spot::EventAt(index.checked_add_signed(step)?))?;
        Some((other.earliest()?, other.latest()?))
    };
    let comes_before = neighbour(-1)
        .zip(clock.latest())
        .is_some_and(|((before, _), latest)| latest < before);
    let comes_after = neighbour(1)
        .zip(clock.earliest())
        .is_some_and(|((_, after), earliest)| earliest > after);
    comes_before || comes_after
}
