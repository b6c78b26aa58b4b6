use crate::config::{Config, Words};
use crate::lint::{Findings, Subject};

use super::Topic;
use super::sentence::{Kind, Sentence};

/// Rules that take words of an organisation's own, beside those that look at single words.
const OTHERS: [&str; 2] = ["vague-action", "action-fixes-people"];

/// The first name in `[lint.words]` that is no rule which takes words.
pub fn unknown_words(config: &Config) -> Option<&str> {
    let takes = |name: &str| {
        Topic::WITH_WORDS.iter().any(|(_, rule, _)| *rule == name) || OTHERS.contains(&name)
    };
    config
        .lint
        .words
        .keys()
        .map(String::as_str)
        .find(|name| !takes(name))
}

/// The organisation's own words for a rule.
pub fn given_words<'a>(subject: &Subject<'a>, rule: &str) -> Option<&'a Words> {
    subject.config.lint.words.get(rule)
}

/// Finds the words that an organisation added to a rule that does not look at single words.
pub fn judge_given(subject: &Subject<'_>, findings: &mut Findings<'_>, rule: &str) {
    if let Some(words) = given_words(subject, rule) {
        judge_added(subject, findings, rule, words);
    }
}

/// Finds the words that an organisation added to a rule, wherever its texts hold them.
pub(super) fn judge_added(
    subject: &Subject<'_>,
    findings: &mut Findings<'_>,
    rule: &str,
    words: &Words,
) {
    for added in &words.add {
        let wanted: Vec<String> = added.split_whitespace().map(str::to_lowercase).collect();
        if wanted.is_empty() {
            continue;
        }
        for passage in subject.language().passages() {
            for sentence in passage.sentences() {
                let places = (0..sentence.tokens.len()).filter(|at| stands(sentence, *at, &wanted));
                for at in places.take(super::MOST_IN_A_TEXT) {
                    let bytes = sentence.span(&(at..at + wanted.len()));
                    let place = subject.document.place_within(&passage.path(), &bytes);
                    let message =
                        format!("`{added}` is a word that your organisation avoids (`{rule}`)");
                    findings.add(findings.at(place, message).help(
                        "say what was seen and done; the word stands in `[lint.words]` of `postmortem.toml`",
                    ));
                }
            }
        }
    }
}

fn stands(sentence: &Sentence, at: usize, wanted: &[String]) -> bool {
    wanted.iter().enumerate().all(|(step, word)| {
        sentence
            .tokens
            .get(at + step)
            .is_some_and(|token| token.kind == Kind::Word && token.word == *word)
    })
}
