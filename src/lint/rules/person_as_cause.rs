use crate::lint::language::clause::{names_people_next, noun_from};
use crate::lint::language::{Field, Kind, People, Sentence};
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::CauseState;

pub const RULE: Rule = Rule::checked(
    "person-as-cause",
    Class::Wording,
    include_str!("person-as-cause.md"),
    check,
);

/// Verbs that tell in which situation somebody was; that is a cause like others.
const SITUATION: &[&str] = &[
    "had", "has", "have", "could", "couldn't", "can", "cannot", "can't", "was", "were", "is",
    "are", "wasn't", "weren't", "saw", "sees", "see", "got", "received", "needed", "need", "needs",
    "must", "knew", "know", "knows", "learnt", "heard", "depended", "depends", "work", "works",
    "worked", "share", "shares", "shared", "use", "uses", "used", "may", "will", "would", "trust",
    "rely", "relies", "relied", "own", "owns", "owned", "get", "gets", "cover", "covers", "sit",
    "sits", "who", "whose", "handling", "on", "in", "of", "and", "at",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let language = subject.language();
    for passage in language.of(Field::Cause) {
        let cause = subject.postmortem.causes.get(passage.index);
        if cause.is_none_or(|cause| cause.state == CauseState::RuledOut) {
            continue;
        }
        // A short look first: most causes begin with a thing.
        if !may_name_people(language.people(), passage.text) {
            continue;
        }
        let Some(sentence) = passage.sentences().first() else {
            continue;
        };
        let Some(tokens) = person(language.people(), sentence) else {
            continue;
        };
        let bytes = sentence.span(&tokens);
        let words = passage.text.get(bytes.clone()).unwrap_or("");
        let message = format!("`{words}` stands as the cause");
        let place = subject.document.place_within(&passage.path(), &bytes);
        findings.add(findings.at(place, message).help(
            "say what made it possible, with the system as the subject: `the console runs a command on all sites unless one is named`",
        ));
    }
}

/// Whether one of the first words is somebody at work, or something was done `by` somebody.
fn may_name_people(people: &People, text: &str) -> bool {
    let mut first = text
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .take(7);
    text.contains(" by ") || first.any(|word| people.may_be(word))
}

/// The tokens of the person that a cause begins with, or ends in.
fn person(people: &People, sentence: &Sentence) -> Option<std::ops::Range<usize>> {
    let head = noun_from(sentence, 0)?;
    let token = sentence.tokens.get(head)?;
    let is_person = people.has(sentence, head) && !token.possessive && token.word != "we";
    let next = sentence.tokens.get(head + 1);
    let acts = next.is_some_and(|next| next.kind == Kind::Word)
        && !SITUATION.contains(&sentence.word(head + 1));
    if is_person && acts {
        return Some(0..head + 1);
    }
    let by = sentence
        .tokens
        .iter()
        .position(|token| token.word == "by")?;
    let done = sentence.before(by, 1).ends_with("ed")
        || matches!(sentence.before(by, 1), "run" | "made" | "set" | "hand");
    let head = names_people_next(people, sentence, by + 1)?;
    let hand = sentence.before(by, 1) == "hand";
    (done
        && !hand
        && !matches!(
            sentence.before(by, 1),
            "owned" | "used" | "needed" | "reviewed" | "shared" | "watched"
        ))
    .then_some(by..head + 1)
}
