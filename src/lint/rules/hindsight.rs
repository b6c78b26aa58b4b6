use crate::lint::language::{Found, Topic, Verdict, judge};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "hindsight",
    Class::Advice,
    include_str!("hindsight.md"),
    check,
);

/// The words at which the rule looks closer.
pub const WORDS: &[&str] = &[
    "obviously",
    "obvious",
    "clearly",
    "hindsight",
    "retrospect",
    "simply",
    "course",
    "evidently",
    "undoubtedly",
    "trivially",
    "naturally",
    "needless",
    "looking",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    judge(subject, findings, Topic::Hindsight, |found| {
        let words = phrase(found)?;
        let message = format!(
            "`{}` is said from behind, where the end is known",
            found.written(&words)
        );
        Some(Verdict::new(
            words,
            message,
            "say what could be seen at the time, and by whom: `the graph was on a page that nobody has open at night`",
        ))
    });
}

fn phrase(found: &Found<'_>) -> Option<std::ops::Range<usize>> {
    let (sentence, at) = (found.sentence, found.at);
    if sentence.is_denied(at) {
        return None;
    }
    let before = sentence.before(at, 1);
    let next = sentence.word(at + 1);
    match found.word() {
        "obviously" | "evidently" | "undoubtedly" | "trivially" => Some(at..at + 1),
        "obvious" => {
            let said = matches!(
                before,
                "was"
                    | "is"
                    | "seems"
                    | "seemed"
                    | "seem"
                    | "been"
                    | "looks"
                    | "painfully"
                    | "an"
                    | "the"
                    | "quite"
            );
            let thing = matches!(
                next,
                "in" | "now"
                    | "today"
                    | "afterwards"
                    | "mistake"
                    | "error"
                    | "cause"
                    | "sign"
                    | "signs"
                    | "that"
                    | ""
            );
            (said && thing).then_some(at..at + 1)
        }
        // `Clearly labelled` speaks of a label.
        "clearly" => (!next.ends_with("ed") && !is_clear(before, next)).then_some(at..at + 1),
        "hindsight" | "retrospect" => {
            let start = if matches!(before, "in" | "with" | "by") {
                at - 1
            } else {
                at
            };
            (start < at && next != "bias").then_some(start..at + 1)
        }
        "simply" => {
            let modal = matches!(
                before,
                "could" | "should" | "would" | "was" | "were" | "had" | "we"
            );
            modal.then_some(at..at + 1)
        }
        "course" => {
            (before == "of" && (at == 1 || ends_part(found, at + 1))).then(|| at - 1..at + 1)
        }
        // `Looking back at the logs` is work.
        "looking" => (at == 0 && next == "back" && ends_part(found, at + 2)).then_some(at..at + 2),
        "needless" => sentence.has(at + 1, &["to", "say"]).then_some(at..at + 3),
        "naturally" => (at == 0).then_some(at..at + 1),
        _ => None,
    }
}

/// Whether no word stands here: a comma, or the end.
fn ends_part(found: &Found<'_>, at: usize) -> bool {
    let token = found.sentence.tokens.get(at);
    token.is_none_or(|token| token.word.is_empty())
}

fn is_clear(before: &str, next: &str) -> bool {
    matches!(
        next,
        "visible"
            | "written"
            | "shown"
            | "seen"
            | "said"
            | "says"
            | "states"
            | "and"
            | "shows"
            | "in"
            | "on"
            | "separate"
            | "defined"
    ) || matches!(before, "more" | "most" | "very" | "as" | "too")
        || next.is_empty()
}
