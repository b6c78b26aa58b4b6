use crate::lint::clocks::Spot;
use crate::lint::elapsed::elapsed;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::EventKind;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "impact-outside-incident",
    Class::Advice,
    include_str!("impact-outside-incident.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let times = subject.document.times();
    let started = times.mark(EventKind::Started);
    let resolved = times.mark(EventKind::Resolved);
    for clock in &subject.clocks {
        let (mark, seconds, words) = match clock.spot {
            Spot::WindowFrom(_) => {
                let early = started.instant().zip(clock.latest());
                let early = early.map(|(start, at)| (start.to_utc() - at).num_seconds());
                (started, early, "before the incident started")
            }
            Spot::WindowUntil(_) => {
                let late = resolved.instant().zip(clock.earliest());
                let late = late.map(|(end, at)| (at - end.to_utc()).num_seconds());
                (resolved, late, "after it was resolved")
            }
            _ => continue,
        };
        let (Some(seconds), Some(event)) = (seconds.filter(|seconds| *seconds >= 60), mark.event())
        else {
            continue;
        };
        let message = format!("a service was hit {} {words}", elapsed(seconds));
        let other = subject.place(&path!["timeline", event, "at"]);
        findings.add(
            findings
                .on(&clock.spot.path(), message)
                .label(other, "by the timeline")
                .help("if one of the two is a slip, correct it; if users still suffered, the milestone may be another"),
        );
    }
}
