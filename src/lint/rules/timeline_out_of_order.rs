use chrono::{DateTime, Utc};

use crate::diagnostic::Fix;
use crate::lint::clocks::{earliest, latest};
use crate::lint::elapsed::elapsed;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "timeline-out-of-order",
    Class::Suspicious,
    include_str!("timeline-out-of-order.md"),
    check,
)
.that_fixes();

/// An event whose time can be told: its index, and the first and last second that may be meant.
#[derive(Clone, Copy)]
struct Told {
    index: usize,
    earliest: DateTime<Utc>,
    latest: DateTime<Utc>,
}

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let told: Vec<Told> = (0..subject.postmortem.timeline.len())
        .filter_map(|index| {
            let resolved = subject.event(index)?;
            Some(Told {
                index,
                earliest: earliest(resolved),
                latest: latest(resolved),
            })
        })
        .collect();
    let odd_ones = odd_ones(&told);
    // Where something of the timeline was lost, its indices are not those of the file.
    let fix = match odd_ones.is_empty() || subject.has_lost("timeline") {
        true => None,
        false => sorting(subject, &told),
    };
    for (odd, other) in odd_ones {
        let place = subject.place(&path!["timeline", odd.index, "at"]);
        if findings.stand_at(&place) {
            continue;
        }
        let (message, distance) = if odd.index > other.index {
            let early = elapsed((other.earliest - odd.latest).num_seconds());
            (
                "an event is earlier than the one above it",
                format!("{early} earlier"),
            )
        } else {
            let late = elapsed((odd.earliest - other.latest).num_seconds());
            (
                "an event is later than the one below it",
                format!("{late} later"),
            )
        };
        let mut finding = findings
            .at(place, message)
            .saying(distance)
            .label(
                subject.place(&path!["timeline", other.index, "at"]),
                "than this",
            )
            .help("move the event to its place, or correct its time");
        finding.fix.clone_from(&fix);
        findings.add(finding);
    }
}

fn sorting(subject: &Subject<'_>, told: &[Told]) -> Option<Fix> {
    let order = in_order(told, subject.postmortem.timeline.len());
    Some(Fix {
        what: "sort the timeline".to_owned(),
        safe: true,
        replacements: subject.document.reordered(&path!["timeline"], &order)?,
    })
}

/// The events in the order of their times. Those at one instant keep their order; one of which only the
/// day or nothing is known stays behind the one it stood behind, or as near to that as its day allows.
fn in_order(told: &[Told], count: usize) -> Vec<usize> {
    let known = |index: usize| told.iter().find(|told| told.index == index);
    let mut exact: Vec<&Told> = (told.iter())
        .filter(|told| told.earliest == told.latest)
        .collect();
    exact.sort_by_key(|told| told.earliest);
    let mut order: Vec<usize> = exact.iter().map(|told| told.index).collect();
    for index in 0..count {
        if order.contains(&index) {
            continue;
        }
        let before = index.checked_sub(1);
        let wanted = before
            .and_then(|before| order.iter().position(|placed| *placed == before))
            .map_or(0, |at| at + 1);
        let fits = |at: &usize| {
            let Some(event) = known(index) else {
                return true;
            };
            let (above, below) = order.split_at(*at);
            let mut above = above.iter().filter_map(|index| known(*index));
            let mut below = below.iter().filter_map(|index| known(*index));
            above.all(|above| above.earliest <= event.latest)
                && below.all(|below| below.latest >= event.earliest)
        };
        let places = (0..=order.len()).filter(fits);
        let at = places.min_by_key(|at| at.abs_diff(wanted));
        order.insert(at.unwrap_or(wanted), index);
    }
    order
}

/// The events that break the order, each with the one it stands wrong to.
///
/// Where one event stands too early in the list, everything below it seems too late: it is the odd
/// one when the next two events agree with what stands above it.
fn odd_ones(told: &[Told]) -> Vec<(Told, Told)> {
    let mut odd = Vec::new();
    let mut kept: Vec<Told> = Vec::new();
    for (at, event) in told.iter().enumerate() {
        let Some(top) = kept.last().copied() else {
            kept.push(*event);
            continue;
        };
        if event.latest >= top.earliest {
            if event.earliest > top.earliest {
                kept.push(*event);
            }
            continue;
        }
        let next_is_early_too = told
            .get(at + 1)
            .is_some_and(|next| next.latest < top.earliest && next.latest >= event.earliest);
        let before = kept.len().checked_sub(2).and_then(|at| kept.get(at));
        let fits_above = before.is_none_or(|before| event.latest >= before.earliest);
        let is_top_odd = next_is_early_too && fits_above && top.index + 1 == event.index;
        if is_top_odd {
            odd.push((top, *event));
            kept.pop();
            kept.push(*event);
        } else {
            odd.push((*event, top));
        }
    }
    odd
}
