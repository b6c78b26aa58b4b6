use crate::lint::language::{Found, Glimpse, Topic, Verdict, judge_likely};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "overclaim",
    Class::Wording,
    include_str!("overclaim.md"),
    check,
);

/// The words at which the rule looks closer.
pub const WORDS: &[&str] = &[
    "never",
    "again",
    "forever",
    "guarantee",
    "guarantees",
    "guaranteed",
    "bulletproof",
    "foolproof",
    "impossible",
    "permanently",
    "once",
    "eliminate",
    "eliminates",
    "eliminated",
    "unbreakable",
    "infallible",
    "recur",
    "recurrence",
    "repeat",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    judge_likely(subject, findings, Topic::Overclaim, is_likely, |found| {
        let words = phrase(found)?;
        let message = format!(
            "`{}` promises more than anybody can keep",
            found.written(&words)
        );
        Some(Verdict::new(
            words,
            message,
            "say what the change does and what it does not: `this input is refused now; another of its kind pages within a minute`",
        ))
    });
}

/// What shall never be.
const COMES_BACK: &[&str] = &[
    "happen", "happens", "recur", "occur", "return", "repeat", "reoccur", "again", "see", "fail",
];

/// Whether the words beside the usual ones are those without which they claim nothing.
fn is_likely(glimpse: &Glimpse<'_>) -> bool {
    if glimpse.is_joined() {
        return false;
    }
    if glimpse.is_any(&["never"]) {
        glimpse.next().is_any(COMES_BACK)
    } else if glimpse.is_any(&["again"]) {
        glimpse.before().is_any(&["happen", "occur", "recur"])
    } else if glimpse.is_any(&["once"]) {
        glimpse.next().is_any(&["and"])
    } else if glimpse.is_any(&["recur", "repeat"]) {
        glimpse.before().is_any(&["cannot", "not", "t"])
    } else {
        true
    }
}

fn phrase(found: &Found<'_>) -> Option<std::ops::Range<usize>> {
    let (sentence, at) = (found.sentence, found.at);
    let next = sentence.word(at + 1);
    let before = sentence.before(at, 1);
    // `We cannot promise that it will never happen again` claims nothing.
    let is_modest = sentence.mentions(&["promise", "claim", "claims", "pretend", "believe"])
        || sentence.mentions(&["cannot"]) && !matches!(found.word(), "again" | "recur" | "repeat");
    if is_modest || sentence.asks {
        return None;
    }
    match found.word() {
        "never" => {
            let claims =
                COMES_BACK.contains(&next) && (next != "see" || sentence.mentions(&["again"]));
            let promised = matches!(
                before,
                "will"
                    | "shall"
                    | "can"
                    | "must"
                    | "this"
                    | "it"
                    | "should"
                    | "incident"
                    | "outage"
                    | "that"
            );
            // `Never again` alone; `never again wrote to the disk` is a fact.
            let alone = next == "again" && (at == 0 || at + 2 >= sentence.tokens.len());
            (claims && (promised || alone)).then_some(at..at + 2)
        }
        "again" => {
            let verb = at.checked_sub(1)?;
            let denied = (1..=4).any(|back| {
                let word = sentence.before(verb, back);
                matches!(word, "not" | "cannot" | "won't" | "can't" | "impossible")
            });
            let future = (1..=4).any(|back| {
                matches!(
                    sentence.before(verb, back),
                    "will" | "cannot" | "can" | "won't" | "can't" | "does" | "impossible"
                )
            });
            (matches!(before, "happen" | "occur" | "recur") && denied && future)
                .then_some(verb..at + 1)
        }
        "recur" | "repeat" => {
            let denied = matches!(before, "cannot" | "not")
                && matches!(
                    sentence.before(at, 2),
                    "will" | "can" | "it" | "this" | "problem" | "incident" | "outage"
                )
                || matches!(before, "can't" | "won't");
            denied.then_some(at - 1..at + 1)
        }
        "recurrence" => (before == "any"
            && matches!(
                sentence.before(at, 2),
                "prevents" | "excludes" | "prevent" | "exclude"
            ))
        .then_some(at - 2..at + 1),
        "forever" => matches!(
            before,
            "fixed" | "solved" | "gone" | "problem" | "this" | "it" | "resolved" | "prevented"
        )
        .then_some(at - 1..at + 1),
        "permanently" => matches!(
            next,
            "fixed" | "fixes" | "solved" | "solves" | "prevented" | "eliminated"
        )
        .then_some(at..at + 2),
        "once" => sentence
            .has(at, &["once", "and", "for", "all"])
            .then_some(at..at + 4),
        "guarantee" | "guarantees" | "guaranteed" => {
            let claims = matches!(next, "that" | "this" | "no" | "it" | "we")
                || sentence.has(at + 1, &["to", "never"]);
            let promises = claims
                && !sentence.is_denied(at)
                && !matches!(before, "no" | "a" | "the" | "delivery");
            promises.then_some(at..at + 1)
        }
        "bulletproof" | "foolproof" | "unbreakable" | "infallible" => {
            (!sentence.is_denied(at)).then_some(at..at + 1)
        }
        "impossible" => {
            let again = sentence.has(at + 1, &["to", "happen"])
                || sentence.has(at + 1, &["for", "this"])
                || sentence.has(at + 1, &["to", "recur"]);
            (again && !sentence.is_denied(at)).then_some(at..at + 1)
        }
        "eliminate" | "eliminates" | "eliminated" => {
            let all = matches!(before, "completely" | "fully" | "entirely" | "totally");
            let risk = sentence.has(at + 1, &["the", "risk"])
                || sentence.has(at + 1, &["any", "risk"])
                || sentence.has(at + 1, &["all", "risk"]);
            if all {
                Some(at - 1..at + 1)
            } else {
                risk.then_some(at..at + 3)
            }
        }
        _ => None,
    }
}
