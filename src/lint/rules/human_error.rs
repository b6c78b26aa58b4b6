use crate::lint::language::{Field, Found, Glimpse, Topic, Verdict, judge_likely};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "human-error",
    Class::Wording,
    include_str!("human-error.md"),
    check,
);

/// The words at which the rule looks closer.
pub const WORDS: &[&str] = &["human", "operator", "user", "manual", "pilot"];

const ERRORS: &[&str] = &[
    "error",
    "errors",
    "mistake",
    "mistakes",
    "failure",
    "failures",
    "oversight",
];

/// Whether the next word is one for errors.
pub fn is_before_error(glimpse: &Glimpse<'_>) -> bool {
    glimpse.next().is_any(ERRORS)
}

/// How long the phrase at a word is, if it is one that stops at the person.
pub fn length(found: &Found<'_>) -> Option<usize> {
    let (sentence, at) = (found.sentence, found.at);
    let names = WORDS.contains(&found.word()) && ERRORS.contains(&sentence.word(at + 1));
    // `Human error rate`, `user error message` and `manual failure injection` are other things.
    let goes_on = matches!(
        sentence.word(at + 2),
        "rate"
            | "rates"
            | "message"
            | "messages"
            | "page"
            | "pages"
            | "code"
            | "codes"
            | "report"
            | "reports"
            | "injection"
            | "mode"
            | "log"
            | "logs"
            | "budget"
            | "handler"
            | "handling"
            | "screen"
            | "count"
            | "event"
            | "events"
            | "tests"
    );
    let machine = matches!(found.word(), "operator" | "user" | "manual")
        && matches!(sentence.word(at + 1), "failure" | "failures");
    (names && !goes_on && !machine && !sentence.is_denied(at)).then_some(2)
}

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let is_likely =
        |glimpse: &Glimpse<'_>| glimpse.field == Field::Cause && is_before_error(glimpse);
    judge_likely(subject, findings, Topic::HumanError, is_likely, |found| {
        if found.passage.field != Field::Cause {
            return None;
        }
        let words = found.at..found.at + length(found)?;
        let message = format!("`{}` stops where a cause begins", found.written(&words));
        Some(Verdict::new(
            words,
            message,
            "ask what made it easy to do and hard to notice: `the tool runs on production unless told otherwise, and shows no sign of it`",
        ))
    });
}
