use std::sync::LazyLock;

use crate::lint::language::{Field, People, Sentence, given_words};
use crate::lint::word_table::WordTable;
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "action-fixes-people",
    Class::Wording,
    include_str!("action-fixes-people.md"),
    check,
);

/// What is done to people alone.
const TO_PEOPLE: &[&str] = &[
    "remind",
    "retrain",
    "re-train",
    "educate",
    "coach",
    "discipline",
    "reprimand",
    "admonish",
    "sensitise",
    "sensitize",
    "warn",
];

/// What may be done to a model or a tool as well, so that the object decides.
const TO_ANY: &[&str] = &[
    "train",
    "tell",
    "teach",
    "instruct",
    "ask",
    "urge",
    "encourage",
];

const PHRASES: &[&[&str]] = &[
    &["be", "more", "careful"],
    &["be", "careful"],
    &["be", "more", "vigilant"],
    &["take", "more", "care"],
    &["take", "greater", "care"],
    &["pay", "more", "attention"],
    &["pay", "closer", "attention"],
    &["pay", "attention"],
    &["double-check"],
    &["double", "check"],
    &["raise", "awareness"],
    &["increase", "awareness"],
    &["stress", "the", "importance"],
    &["reinforce", "the", "importance"],
    &["remember", "to"],
    &["more", "training"],
    &["additional", "training"],
    &["better", "training"],
    &["refresher", "training"],
    &["training", "for"],
    &["follow", "the", "process"],
    &["follow", "the", "runbook"],
    &["try", "harder"],
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let words = given_words(subject, RULE.name);
    let language = subject.language();
    for passage in language.of(Field::Action) {
        if !may_be(passage.text) {
            continue;
        }
        let Some(sentence) = passage.sentences().first() else {
            continue;
        };
        let Some(tokens) = on_people(language.people(), sentence) else {
            continue;
        };
        let bytes = sentence.span(&tokens);
        let word = passage.text.get(bytes.clone()).unwrap_or("");
        if words.is_some_and(|words| words.silences(word, word)) {
            continue;
        }
        let message = format!("`{word}` asks people to be better, and leaves the system as it is");
        let place = subject.document.place_within(&passage.path(), &bytes);
        findings.add(findings.at(place, message).help(
            "change what people work with: a check that refuses the input, a default that is safe, a message at the right moment",
        ));
    }
    crate::lint::language::judge_given(subject, findings, RULE.name);
}

/// A look at the words, before the text is taken apart.
fn may_be(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(|word| FIRST.kinds(word) != 0)
}

/// With what the rule's words begin.
static FIRST: LazyLock<WordTable> = LazyLock::new(|| {
    let phrases = PHRASES.iter().filter_map(|phrase| phrase.first());
    let phrases: Vec<&str> = phrases.copied().collect();
    WordTable::of(&[(1, TO_PEOPLE), (1, TO_ANY), (1, &phrases)])
});

fn on_people(people: &People, sentence: &Sentence) -> Option<std::ops::Range<usize>> {
    let mut at = 0;
    while sentence.word(at).ends_with("ly")
        || matches!(
            sentence.word(at),
            "please" | "we" | "should" | "must" | "will" | "always" | "everyone" | "engineers"
        )
    {
        at += 1;
    }
    let word = sentence.word(at);
    if TO_PEOPLE.contains(&word) {
        // A tool that warns or reminds is a change of the system; it stands first then.
        let of_people = word != "warn" || is_people(people, sentence, at + 1);
        return of_people.then_some(at..at + 1);
    }
    if TO_ANY.contains(&word)
        && is_people(people, sentence, at + 1)
        && !(word == "ask" && sentence.mentions(&["whether", "why", "for"]))
    {
        return Some(at..at + 1);
    }
    let from_start = PHRASES.iter().find(|phrase| sentence.has(at, phrase));
    if let Some(phrase) = from_start {
        return Some(at..at + phrase.len());
    }
    // `Make sure that engineers are more careful`, `Provide additional training`.
    (at..sentence.tokens.len().min(at + 8)).find_map(|at| {
        let phrase = PHRASES.iter().find(|phrase| sentence.has(at, phrase))?;
        let by_hand = matches!(phrase.first(), Some(&"double-check" | &"double"));
        let acts = is_people(people, sentence, at.saturating_sub(2))
            || is_people(people, sentence, at.saturating_sub(1))
            || !by_hand;
        acts.then(|| at..at + phrase.len())
    })
}

/// Whether somebody at work stands within the next words.
fn is_people(people: &People, sentence: &Sentence, from: usize) -> bool {
    (from..from + 4)
        .take_while(|at| {
            !matches!(
                sentence.word(*at),
                "on" | "to" | "for" | "from" | "in" | "with"
            )
        })
        .any(|at| {
            people.has(sentence, at)
                || matches!(
                    sentence.word(at),
                    "everybody" | "anybody" | "anyone" | "responders"
                )
        })
}
