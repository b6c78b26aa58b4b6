use crate::lint::{Class, Findings, Rule, Subject};
use chrono::Duration;

use crate::model::{Day, EventKind};
use crate::path;
use crate::yaml::Path;

pub const RULE: Rule = Rule::checked(
    "review-before-incident",
    Class::Wrong,
    include_str!("review-before-incident.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(review) = &subject.postmortem.review else {
        return;
    };
    let started = subject.document.times().mark(EventKind::Started);
    let Some((start, event)) = started.instant().zip(started.event()) else {
        return;
    };
    // It may still have been the day before elsewhere on Earth.
    let first = (start.to_utc() - Duration::hours(12)).date_naive();
    let mut judge = |day: Option<Day>, path: Path, what: &str| {
        if let Some(day) = day.filter(|day| day.0 < first) {
            let message = format!("it was {what} on {day}, before the incident started");
            let other = subject.place(&path!["timeline", event, "at"]);
            findings.add(findings.on(&path, message).label(other, "it started here"));
        }
    };
    judge(review.date, path!["review", "date"], "reviewed");
    judge(review.shared_on, path!["review", "shared_on"], "shared");
}
