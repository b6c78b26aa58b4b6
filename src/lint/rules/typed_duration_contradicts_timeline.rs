use crate::lint::claims::{Claim, durations};
use crate::lint::elapsed::elapsed;
use crate::lint::stretches::Stretches;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::EventKind;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "typed-duration-contradicts-timeline",
    Class::Suspicious,
    include_str!("typed-duration-contradicts-timeline.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let mut stretches = None;
    for harm in subject.harm() {
        for claim in durations(harm) {
            // Most documents claim no length, so this is made only where one does.
            let known = stretches.get_or_insert_with(|| Stretches::of(subject));
            let Some(known) = known else {
                return;
            };
            if !known.allow(claim.seconds, claim.slack) {
                let place = subject.document.place_within(&harm.path, &claim.place);
                let said = &harm.text[claim.place.clone()];
                let finding = findings.at(place, format!("`{said}` is no stretch of the timeline"));
                findings.add(with_the_incident(subject, finding, &claim));
            }
        }
    }
}

/// Shows how long the incident was, beside what the prose says of it.
fn with_the_incident(
    subject: &Subject<'_>,
    mut finding: crate::diagnostic::Diagnostic,
    claim: &Claim,
) -> crate::diagnostic::Diagnostic {
    let times = subject.document.times();
    let started = times.mark(EventKind::Started);
    let ends = [
        (EventKind::Mitigated, times.to_mitigate),
        (EventKind::Resolved, times.to_resolve),
    ];
    let ends = ends
        .into_iter()
        .filter_map(|(kind, length)| Some((kind, length.seconds()?, times.mark(kind).event()?)));
    // The one that is nearer to what is said.
    let nearest = ends.min_by_key(|(_, seconds, _)| (seconds - claim.seconds).abs());
    if let (Some(from), Some((kind, seconds, until))) = (started.event(), nearest) {
        finding = finding
            .label(
                subject.place(&path!["timeline", from, "at"]),
                "it started here",
            )
            .label(
                subject.place(&path!["timeline", until, "at"]),
                format!("and was {kind} {} later", elapsed(seconds)),
            );
    }
    finding.help("correct the number, or the time it rests on; better, leave it out: pages say it by themselves")
}
