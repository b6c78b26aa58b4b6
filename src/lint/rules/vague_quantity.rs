use crate::lint::language::{Field, Found, Glimpse, Topic, Verdict, judge_likely};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "vague-quantity",
    Class::Advice,
    include_str!("vague-quantity.md"),
    check,
);

/// The words at which the rule looks closer.
pub const WORDS: &[&str] = &[
    "some",
    "many",
    "number",
    "several",
    "various",
    "significant",
    "significantly",
    "brief",
    "briefly",
    "few",
    "lot",
    "lots",
    "numerous",
    "considerable",
    "substantial",
    "handful",
    "majority",
    "most",
    "multiple",
    "plenty",
    "while",
];

/// Where a figure stands beside the words, they need not say it again.
fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let impact = subject.postmortem.impact.as_ref();
    let is_told = impact.is_some_and(|impact| {
        !impact.figures.is_empty() || impact.services.iter().any(|window| window.share.is_some())
    });
    if is_told {
        return;
    }
    let is_likely = |glimpse: &Glimpse<'_>| glimpse.field == Field::Impact;
    judge_likely(
        subject,
        findings,
        Topic::VagueQuantity,
        is_likely,
        |found| {
            if found.passage.field != Field::Impact || found.sentence.has_number() {
                return None;
            }
            let words = phrase(found)?;
            let message = format!("`{}` leaves the size to the reader", found.written(&words));
            Some(Verdict::new(
                words,
                message,
                "give a number, a range or an upper bound in `impact.figures`; `value: unknown` is an answer as well",
            ))
        },
    );
}

fn phrase(found: &Found<'_>) -> Option<std::ops::Range<usize>> {
    let (sentence, at) = (found.sentence, found.at);
    let before = sentence.before(at, 1);
    let next = sentence.word(at + 1);
    match found.word() {
        "number" => (before == "a" && next == "of").then(|| at - 1..at + 2),
        "few" => matches!(before, "a" | "very" | "quite").then(|| at - 1..at + 1),
        "lot" => (before == "a" && next == "of").then(|| at - 1..at + 2),
        "lots" | "plenty" => (next == "of").then_some(at..at + 2),
        "handful" => (before == "a").then(|| at - 1..at + 1),
        "while" => (before == "a").then(|| at - 1..at + 1),
        "majority" => Some(at..at + 1),
        "some" => (!matches!(next, "of" | "kind" | "day" | "time" | "")).then_some(at..at + 1),
        "many" => {
            (!matches!(before, "how" | "as" | "so" | "too") && next != "as").then_some(at..at + 1)
        }
        "most" => (!matches!(before, "the" | "at") && !next.ends_with("ly") && next != "recent")
            .then_some(at..at + 1),
        "brief" => (!matches!(next, "summary" | "history")).then_some(at..at + 1),
        _ => Some(at..at + 1),
    }
}
