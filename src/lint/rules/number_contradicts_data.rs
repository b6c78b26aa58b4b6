use crate::lint::claims::{clock_ranges, shares};
use crate::lint::known_shares::KnownShares;
use crate::lint::stretches::Stretches;
use crate::lint::texts::each_claim_text;
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
    each_claim_text(subject.postmortem, &mut |text, path| {
        for claim in clock_ranges(text) {
            let known = stretches.get_or_insert_with(|| Stretches::of(subject));
            let Some(known) = known else {
                return;
            };
            let Some(nearest) = known.not_at(claim.minute, claim.slack) else {
                continue;
            };
            let place = subject.document.place_within(&path(), &claim.place);
            let message = format!("nothing happened at `{}`", &text[claim.place.clone()]);
            findings.add(
                findings
                    .at(place, message)
                    .label(subject.place(&nearest.path()), "this is the nearest")
                    .help("correct the text, or the time it rests on"),
            );
        }
    });
}

fn percentages(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let impact = postmortem.impact.as_ref();
    let texts = [
        (postmortem.summary.as_ref(), path!["summary"]),
        (
            impact.and_then(|impact| impact.summary.as_ref()),
            path!["impact", "summary"],
        ),
    ];
    for (text, path) in texts {
        let Some(text) = text else {
            continue;
        };
        for claim in shares(text) {
            let Some(known) = KnownShares::of(postmortem) else {
                return;
            };
            let Some(nearest) = known.contradict(claim.percent, claim.slack) else {
                continue;
            };
            let place = subject.document.place_within(&path, &claim.place);
            let message = format!("no figure says `{}`", &text[claim.place.clone()]);
            findings.add(
                findings
                    .at(place, message)
                    .label(subject.place(nearest), "this is the nearest")
                    .help("correct one of the two, or add the figure that the text means"),
            );
        }
    }
}
