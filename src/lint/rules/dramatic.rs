use crate::lint::language::clause::is_done_by_people;
use crate::lint::language::{Found, Topic, Verdict, judge};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "dramatic",
    Class::Wording,
    include_str!("dramatic.md"),
    check,
);

/// The words at which the rule looks closer.
pub const WORDS: &[&str] = &[
    "ridiculous",
    "ridiculously",
    "unbelievable",
    "unbelievably",
    "absurd",
    "absurdly",
    "insane",
    "insanely",
    "crazy",
    "catastrophic",
    "catastrophe",
    "disaster",
    "disastrous",
    "nightmare",
    "horrible",
    "horribly",
    "terrible",
    "terribly",
    "horrific",
    "shocking",
    "shockingly",
    "chaos",
    "chaotic",
    "panicked",
    "panic",
    "fiasco",
    "debacle",
    "embarrassing",
    "ludicrous",
    "shameful",
    "outrageous",
    "incredibly",
    "incredible",
    "appalling",
    "meltdown",
    "mayhem",
    "epic",
    "madness",
    "hell",
    "awful",
    "dumpster",
    "carnage",
    "havoc",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    judge(subject, findings, Topic::Dramatic, |found| {
        let at = found.at;
        is_drama(found).then(|| {
            Verdict::new(
                at..at + 1,
                format!("`{}` is a cry, not a measure", found.written(&(at..at + 1))),
                "give the measure instead: how many, how long, how much more than usual",
            )
        })
    });
    exclamations(subject, findings);
}

fn is_drama(found: &Found<'_>) -> bool {
    let (sentence, at) = (found.sentence, found.at);
    let next = sentence.word(at + 1);
    let before = sentence.before(at, 1);
    match found.word() {
        "catastrophic" => !matches!(
            next,
            "backtracking" | "forgetting" | "cancellation" | "failure"
        ),
        "disaster" => {
            !matches!(
                next,
                "recovery"
                    | "drill"
                    | "plan"
                    | "exercise"
                    | "relief"
                    | "area"
                    | "site"
                    | "mode"
                    | "test"
            ) && matches!(
                before,
                "a" | "total" | "complete" | "absolute" | "utter" | "real" | "this"
            )
        }
        "chaos" => !matches!(
            next,
            "engineering"
                | "monkey"
                | "experiment"
                | "experiments"
                | "test"
                | "tests"
                | "testing"
                | "mesh"
                | "day"
                | "tool"
                | "run"
        ),
        "panicked" => is_done_by_people(found.people, sentence, at),
        "panic" => {
            matches!(before, "in" | "a" | "general")
                && found.word() == "panic"
                && !matches!(next, "handler" | "button" | "in" | "mode" | "log")
                && sentence.tokens.get(at + 1).is_none_or(|token| {
                    token.word.is_empty() || matches!(token.word.as_str(), "broke" | "and" | "set")
                })
        }
        "meltdown" => !sentence.tokens.get(at).is_some_and(|token| token.capital),
        "epic" => {
            !matches!(next, "ticket" | "in" | "for" | "is" | "link" | "")
                && !sentence.tokens.get(at).is_some_and(|token| token.capital)
        }
        "hell" => before != "shell",
        "dumpster" => next == "fire",
        "terrible" | "horrible" | "awful" | "crazy" => !sentence.is_denied(at),
        _ => true,
    }
}

/// `!!` and `?!`.
fn exclamations(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let language = subject.language();
    for (passage, bytes) in language.marks(Topic::Exclamation) {
        let place = subject.document.place_within(&passage.path(), &bytes);
        findings.add(
            findings
                .at(place, "the exclamation marks shout")
                .help("one full stop is enough; give the measure instead"),
        );
    }
}
