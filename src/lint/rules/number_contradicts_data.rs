use crate::lint::claims::{clock_ranges, shares};
use crate::lint::known_shares::KnownShares;
use crate::lint::stretches::Stretches;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "number-contradicts-data",
    Class::Suspicious,
    include_str!("number-contradicts-data.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    clock_times(subject, findings);
    percentages(subject, findings);
}

fn clock_times(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let mut stretches = None;
    for harm in subject.harm() {
        for claim in clock_ranges(harm) {
            let known = stretches.get_or_insert_with(|| Stretches::of(subject));
            let Some(known) = known else {
                return;
            };
            let Some(nearest) = known.not_at(claim.minute, claim.slack) else {
                continue;
            };
            let place = subject.document.place_within(&harm.path, &claim.place);
            let message = format!("nothing happened at `{}`", &harm.text[claim.place.clone()]);
            findings.add(
                findings
                    .at(place, message)
                    .label(subject.place(&nearest.path()), "this is the nearest")
                    .help("correct the text, or the time it rests on"),
            );
        }
    }
}

fn percentages(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let lessons = path!["lessons"];
    for harm in subject.harm() {
        // A lesson may well name the shares of other incidents.
        if harm.path.segments().starts_with(lessons.segments()) {
            continue;
        }
        for claim in shares(harm) {
            let Some(known) = KnownShares::of(postmortem) else {
                return;
            };
            let Some(nearest) = known.contradict(claim.percent, claim.slack) else {
                continue;
            };
            let place = subject.document.place_within(&harm.path, &claim.place);
            let message = format!("no figure says `{}`", &harm.text[claim.place.clone()]);
            findings.add(
                findings
                    .at(place, message)
                    .label(subject.place(nearest), "this is the nearest")
                    .help("correct one of the two, or add the figure that the text means"),
            );
        }
    }
}
