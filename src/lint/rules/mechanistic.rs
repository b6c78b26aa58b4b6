use crate::lint::language::{Field, Found, Glimpse, Topic, Verdict, judge_likely};
use crate::lint::{Class, Findings, Rule, Subject};

use super::human_error;

pub const RULE: Rule = Rule::checked(
    "mechanistic",
    Class::Wording,
    include_str!("mechanistic.md"),
    check,
);

/// The words at which the rule looks closer: the first of each phrase.
pub const WORDS: &[&str] = &[
    "human",
    "operator",
    "user",
    "manual",
    "pilot",
    "loss",
    "lost",
    "complacency",
    "complacent",
    "lack",
    "procedural",
    "fat",
    "inattention",
    "inattentiveness",
    "pebkac",
    "violated",
    "error",
];

const PHRASES: &[&[&str]] = &[
    &["loss", "of", "awareness"],
    &["loss", "of", "situational", "awareness"],
    &["loss", "of", "situation", "awareness"],
    &["loss", "of", "focus"],
    &["loss", "of", "concentration"],
    &["lost", "situational", "awareness"],
    &["lost", "situation", "awareness"],
    &["lost", "concentration"],
    &["complacency"],
    &["complacent"],
    &["lack", "of", "discipline"],
    &["lack", "of", "attention"],
    &["lack", "of", "diligence"],
    &["lack", "of", "care"],
    &["lack", "of", "vigilance"],
    &["lack", "of", "awareness"],
    &["procedural", "violation"],
    &["procedural", "violations"],
    &["procedural", "error"],
    &["violated", "procedure"],
    &["violated", "procedures"],
    &["violated", "the", "procedure"],
    &["violated", "protocol"],
    &["fat", "finger"],
    &["fat-finger"],
    &["fat-fingered"],
    &["fat-fingering"],
    &["fat", "fingered"],
    &["inattention"],
    &["inattentiveness"],
    &["pebkac"],
    &["error", "of", "judgement"],
    &["error", "of", "judgment"],
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    judge_likely(subject, findings, Topic::Mechanistic, is_likely, |found| {
        let (sentence, at) = (found.sentence, found.at);
        if sentence.is_denied(at) {
            return None;
        }
        let phrase = PHRASES.iter().find(|phrase| sentence.has(at, phrase));
        let length = phrase
            .map(|phrase| phrase.len())
            .or_else(|| outside_causes(found))?;
        let words = at..at + length;
        let message = format!(
            "`{}` names a part of a person as if it had broken",
            found.written(&words)
        );
        Some(Verdict::new(
            words,
            message,
            "say what the person saw and knew, and what the tools allowed: `the two consoles look alike, and the command went to the other`",
        ))
    });
}

/// Whether a phrase may begin here: the next word is its second.
fn is_likely(glimpse: &Glimpse<'_>) -> bool {
    let begins = |phrase: &&[&str]| match phrase {
        [first, second, ..] => glimpse.is_any(&[first]) && glimpse.next().is_any(&[second]),
        alone => glimpse.is_any(alone),
    };
    glimpse.is_joined() || PHRASES.iter().any(begins) || human_error::is_before_error(glimpse)
}

/// `Human error` as a cause is for the rule of that name.
fn outside_causes(found: &Found<'_>) -> Option<usize> {
    // `The operator's mistake` is for `blame`.
    let owned = found
        .sentence
        .tokens
        .get(found.at)
        .is_some_and(|token| token.possessive);
    (found.passage.field != Field::Cause && !owned).then(|| human_error::length(found))?
}
