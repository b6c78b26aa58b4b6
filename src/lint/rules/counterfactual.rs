use crate::lint::language::clause::{is_done_by_people, subject};
use crate::lint::language::{Field, Found, People, Topic, Verdict, judge};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "counterfactual",
    Class::Wording,
    include_str!("counterfactual.md"),
    check,
);

/// The words at which the rule looks closer.
pub const WORDS: &[&str] = &[
    "should",
    "shouldn",
    "could",
    "would",
    "wouldn",
    "ought",
    "failed",
    "neglected",
    "forgot",
    "omitted",
    "only",
];

/// What people did not do to a thing: `should have been tested` blames whoever did not test it.
const WORK: &[&str] = &[
    "alerted",
    "announced",
    "anticipated",
    "asked",
    "avoided",
    "blocked",
    "caught",
    "checked",
    "considered",
    "contacted",
    "detected",
    "discovered",
    "documented",
    "done",
    "escalated",
    "expected",
    "fixed",
    "foreseen",
    "found",
    "identified",
    "informed",
    "investigated",
    "limited",
    "mitigated",
    "monitored",
    "noticed",
    "notified",
    "paged",
    "planned",
    "prevented",
    "questioned",
    "raised",
    "rehearsed",
    "removed",
    "replaced",
    "reviewed",
    "rolled",
    "seen",
    "spotted",
    "staged",
    "stopped",
    "tested",
    "told",
    "tried",
    "updated",
    "verified",
    "warned",
    "written",
];

/// What something would have done, had it been there.
const SAVED: &[&str] = &[
    "avoided",
    "caught",
    "detected",
    "exposed",
    "found",
    "helped",
    "limited",
    "prevented",
    "revealed",
    "saved",
    "shortened",
    "shown",
    "spared",
    "stopped",
];

/// What people could not do, which is a fact: `two engineers failed to log in`.
const INABILITY: &[&str] = &[
    "authenticate",
    "connect",
    "find",
    "get",
    "join",
    "load",
    "log",
    "open",
    "reach",
    "read",
    "recover",
    "reproduce",
    "restore",
    "see",
    "start",
    "restart",
];

const IRREGULAR: &[&str] = &[
    "slept",
    "heard",
    "driven",
    "drawn",
    "thrown",
    "hidden",
    "sought",
    "taught",
    "dealt",
    "spread",
    "stuck",
    "struck",
    "seen",
    "known",
    "caught",
    "taken",
    "made",
    "done",
    "gone",
    "been",
    "had",
    "found",
    "told",
    "said",
    "written",
    "run",
    "kept",
    "held",
    "led",
    "lost",
    "sent",
    "set",
    "shown",
    "stood",
    "thought",
    "brought",
    "built",
    "bought",
    "come",
    "become",
    "chosen",
    "broken",
    "given",
    "got",
    "gotten",
    "grown",
    "hit",
    "put",
    "read",
    "spoken",
    "cut",
    "shut",
    "begun",
    "felt",
    "fallen",
    "forgotten",
    "meant",
    "met",
    "paid",
    "spent",
    "understood",
    "won",
    "let",
    "left",
    "woken",
    "foreseen",
];

const HELP: &str = "tell what was done, and what made it reasonable at the time: `Jane saw …, so she …`; what is to change is an action";

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    judge(subject, findings, Topic::Counterfactual, |found| {
        // `Nothing would have stopped it` is what these two lists are for.
        if matches!(found.passage.field, Field::GotLucky | Field::Surprises) {
            return None;
        }
        match found.word() {
            "failed" | "neglected" | "forgot" | "omitted" => left_undone(found),
            "only" => if_only(found),
            _ => might_have_been(found),
        }
    });
}

/// `Sam failed to check`; of software it is a fact.
fn left_undone(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let is_undone = sentence.word(at + 1) == "to"
        && !INABILITY.contains(&sentence.word(at + 2))
        && is_done_by_people(found.people, sentence, at)
        && !sentence.is_denied(at);
    is_undone.then(|| {
        let words = at..at + 2;
        let message = format!(
            "`{}` tells of people what they did not do",
            found.written(&words)
        );
        Verdict::new(words, message, HELP)
    })
}

fn if_only(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let wishes = sentence.before(at, 1) == "if"
        && (at + 2..at + 6).any(|next| matches!(sentence.word(next), "had" | "hadn't"));
    wishes.then(|| Verdict::new(at - 1..at + 1, "`if only` tells of another world", HELP))
}

fn might_have_been(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let modal = found.word();
    let (have, participle) = perfect(found)?;
    let denied = modal.ends_with("n't") || (at + 1..have).any(|at| sentence.word(at) == "not");
    let could = modal.starts_with("could");
    if sentence.asks || (could && denied) || is_about_nobody(found) {
        return None;
    }
    let mut verb = participle;
    let passive = sentence.word(verb) == "been";
    if passive {
        verb += 1;
        while sentence.word(verb).ends_with("ly") {
            verb += 1;
        }
    }
    let word = sentence.word(verb);
    let counts = if passive && WORK.contains(&word) {
        true
    } else if modal.starts_with("would") && (SAVED.contains(&word) || word == "happened") {
        !denied || word == "happened"
    } else if could && SAVED.contains(&word) {
        true
    } else if sentence.before(at, 1) == "they" {
        WORK.contains(&word)
    } else {
        is_done_by_people(found.people, sentence, at)
    };
    let is_users = subject(sentence, at).is_some_and(|head| People::has_user(sentence, head));
    (counts && (passive || !is_users)).then(|| {
        let words = at..have + 1;
        let message = format!("`{}` tells what did not happen", found.written(&words));
        Verdict::new(words, message, HELP)
    })
}

/// The tokens of `have` and of the participle behind a modal verb.
fn perfect(found: &Found<'_>) -> Option<(usize, usize)> {
    let (sentence, at) = (found.sentence, found.at);
    let skip = |mut at: usize| {
        while matches!(
            sentence.word(at),
            "not"
                | "also"
                | "easily"
                | "simply"
                | "probably"
                | "never"
                | "all"
                | "just"
                | "at"
                | "least"
                | "long"
                | "to"
        ) || (sentence.word(at).ends_with("ly") && !sentence.word(at).ends_with("reply"))
        {
            at += 1;
        }
        at
    };
    if found.word().ends_with("'ve") {
        return Some((at, skip(at + 1)));
    }
    let have = skip(at + 1);
    if sentence.word(have) != "have" || sentence.word(have + 1) == "to" {
        return None;
    }
    let participle = skip(have + 1);
    let word = sentence.word(participle);
    (word.ends_with("ed") || IRREGULAR.contains(&word)).then_some((have, participle))
}

/// `Nobody could have known` defends people.
fn is_about_nobody(found: &Found<'_>) -> bool {
    (1..=4).any(|back| {
        matches!(
            found.sentence.before(found.at, back),
            "nobody" | "nothing" | "no-one" | "no" | "neither" | "none"
        )
    })
}
