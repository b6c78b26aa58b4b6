use crate::model::EventKind;

use super::super::view::Facts;
use super::scene::milestone;

/// A stretch of time with a name.
#[derive(Debug, Clone)]
pub struct Phase {
    pub name: &'static str,
    pub class: &'static str,
    pub from: i64,
    pub until: i64,
    pub open: bool,
}

/// Names every stretch between two milestones by what was known and done in it.
pub fn phases(facts: &Facts<'_>, end: i64, ongoing: bool) -> Vec<Phase> {
    let at = |kind| milestone(facts, kind);
    let (started, detected) = (at(EventKind::Started), at(EventKind::Detected));
    let (identified, mitigated) = (at(EventKind::Identified), at(EventKind::Mitigated));
    let resolved = at(EventKind::Resolved);
    let mut points: Vec<i64> = [started, detected, identified, mitigated, resolved]
        .into_iter()
        .flatten()
        .collect();
    if ongoing && resolved.is_none() {
        points.push(end);
    }
    points.sort_unstable();
    points.dedup();
    let passed = |kind: Option<i64>, now: i64| kind.is_some_and(|at| at <= now);
    let name = |now: i64| -> Option<(&'static str, &'static str)> {
        if passed(resolved, now) {
            return None;
        }
        if passed(mitigated, now) {
            return Some(("Recovering", "good"));
        }
        if !passed(started, now) && started.is_some() {
            return passed(detected, now).then_some(("Early warning", "fair"));
        }
        if passed(identified, now) {
            return Some(("Mitigating", "work"));
        }
        match detected {
            Some(at) if at <= now => Some(("Investigating", "calm")),
            Some(_) => Some(("Undetected", "fair")),
            None => passed(started, now).then_some(("Users affected", "fair")),
        }
    };
    let mut phases: Vec<Phase> = Vec::new();
    for pair in points.windows(2) {
        let (from, until) = (pair[0], pair[1]);
        let Some((name, class)) = name(from) else {
            continue;
        };
        match phases.last_mut() {
            Some(before) if before.name == name && before.until == from => before.until = until,
            _ => phases.push(Phase {
                name,
                class,
                from,
                until,
                open: false,
            }),
        }
    }
    if ongoing
        && resolved.is_none()
        && let Some(last) = phases.last_mut()
        && last.until == end
    {
        last.open = true;
    }
    // What begins behind the edge is not drawn, and what goes on behind it fades out.
    phases.retain(|phase| phase.from < end);
    if let Some(last) = phases.last_mut().filter(|last| last.until > end) {
        last.until = end;
        last.open = true;
    }
    phases
}
