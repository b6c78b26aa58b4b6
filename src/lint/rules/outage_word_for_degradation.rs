use crate::lint::language::{Field, Found, Glimpse, Topic, Verdict, judge_likely};
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::Effect;

pub const RULE: Rule = Rule::checked(
    "outage-word-for-degradation",
    Class::Advice,
    include_str!("outage-word-for-degradation.md"),
    check,
);

/// The words at which the rule looks closer.
pub const WORDS: &[&str] = &["outage", "down", "offline", "unavailable", "downtime"];

/// Words that make it somebody else's outage, or a part of one.
const OTHERS: &[&str] = &[
    "provider",
    "vendor",
    "upstream",
    "supplier",
    "third-party",
    "partial",
    "carrier",
    "network",
    "power",
    "partner",
    "bank",
    "some",
    "few",
    "per",
    "part",
    "one",
    "region",
    "zone",
];

/// Only where every window says `degraded` is it known that nothing was down.
fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let windows = subject
        .postmortem
        .impact
        .as_ref()
        .map(|impact| &impact.services);
    let only_degraded = windows.is_some_and(|windows| {
        !windows.is_empty()
            && windows
                .iter()
                .all(|window| window.effect == Effect::Degraded)
    });
    if !only_degraded {
        return;
    }
    let is_told = |field| matches!(field, Field::Title | Field::Summary | Field::Impact);
    let is_likely = |glimpse: &Glimpse<'_>| is_told(glimpse.field);
    judge_likely(subject, findings, Topic::OutageWord, is_likely, |found| {
        (is_told(found.passage.field) && says_outage(found)).then(|| {
            let words = found.at..found.at + 1;
            let message = format!("`{}`, where `impact.services` says `degraded` throughout", found.written(&words));
            Verdict::new(
                words,
                message,
                "write what it was (`slow`, `degraded`, `failed for one in ten`), or make a window an `outage` if nothing worked",
            )
        })
    });
}

fn says_outage(found: &Found<'_>) -> bool {
    let (sentence, at) = (found.sentence, found.at);
    if sentence.is_denied(at) || sentence.mentions(OTHERS) {
        return false;
    }
    let before = sentence.before(at, 1);
    match found.word() {
        "down" => {
            let is_state = matches!(
                before,
                "was"
                    | "were"
                    | "is"
                    | "are"
                    | "went"
                    | "goes"
                    | "completely"
                    | "fully"
                    | "been"
                    | "all"
            ) || sentence
                .tokens
                .get(at)
                .is_some_and(|_| at + 1 == sentence.tokens.len() && at <= 2);
            let goes_on = matches!(sentence.word(at + 1), "to" | "from" | "by" | "as");
            is_state && !goes_on
        }
        "outage" => !matches!(sentence.word(at + 1), "page" | "drill"),
        _ => true,
    }
}
