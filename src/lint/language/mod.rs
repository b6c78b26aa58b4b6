//! The language of a document: its texts, the words in them that a rule knows, and the sentences around those.
//!
//! Texts are gone over once, byte by byte, for all rules. Only a sentence that holds a word which some rule knows is
//! taken apart, and only once. A rule then judges that word in its sentence: who is its subject, what is denied, what
//! is quoted.

pub mod clause;
mod glimpse;
mod markdown;
pub mod passage;
pub mod people;
mod scan;
mod sentence;
mod topic;
mod words;

pub use glimpse::Glimpse;
pub use passage::{Field, Passage};
pub use people::People;
pub use scan::LONG_SENTENCE;
pub use sentence::{Kind, Sentence};
pub use topic::Topic;
pub use words::{given_words, judge_given, unknown_words};

use std::cell::OnceCell;
use std::ops::Range;

use crate::config::{Config, Words};
use crate::model::Postmortem;

use super::{Findings, Subject};
use scan::{Hit, scan};

/// The texts of a document, made ready for the rules of language.
#[derive(Debug)]
pub struct Language<'a> {
    passages: Vec<Passage<'a>>,
    long: Vec<usize>,
    hits: Vec<Hit>,
    topics: u16,
    people: OnceCell<People>,
    postmortem: &'a Postmortem,
    config: &'a Config,
}

/// A word in its sentence.
#[derive(Debug, Clone, Copy)]
pub struct Found<'l> {
    pub passage: &'l Passage<'l>,
    pub sentence: &'l Sentence,
    /// The token of the word.
    pub at: usize,
    pub people: &'l People,
}

/// What a rule says of a word: which tokens, what is wrong with them, and how to say it instead.
#[derive(Debug)]
pub struct Verdict {
    pub tokens: Range<usize>,
    pub message: String,
    pub help: String,
}

impl Verdict {
    /// A verdict on some tokens.
    pub fn new(tokens: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            tokens,
            message: message.into(),
            help: help.into(),
        }
    }
}

impl Found<'_> {
    /// The words of some tokens as they are written.
    pub fn written(&self, tokens: &Range<usize>) -> &str {
        self.passage
            .text
            .get(self.sentence.span(tokens))
            .unwrap_or("")
    }

    /// The word itself.
    pub fn word(&self) -> &str {
        self.sentence.word(self.at)
    }
}

/// The most findings of one rule in one text.
const MOST_IN_A_TEXT: usize = 20;

impl<'a> Language<'a> {
    /// Goes over the texts of a document.
    pub fn new(postmortem: &'a Postmortem, config: &'a Config) -> Self {
        let passages = passage::passages(postmortem);
        let mut hits = Vec::new();
        let mut long = Vec::new();
        for (index, passage) in passages.iter().enumerate() {
            if scan(passage.text, index as u32, &mut hits) {
                long.push(index);
            }
        }
        let topics = hits.iter().fold(0, |topics, hit| topics | hit.topics);
        Self {
            passages,
            long,
            hits,
            topics,
            people: OnceCell::new(),
            postmortem,
            config,
        }
    }

    /// Every text of the document.
    pub fn passages(&self) -> &[Passage<'a>] {
        &self.passages
    }

    /// The texts of one kind.
    pub fn of(&self, field: Field) -> impl Iterator<Item = &Passage<'a>> {
        self.passages
            .iter()
            .filter(move |passage| passage.field == field)
    }

    /// The texts in which a sentence may be long.
    pub fn long(&self) -> impl Iterator<Item = &Passage<'a>> {
        self.long
            .iter()
            .filter_map(|index| self.passages.get(*index))
    }

    /// People at work.
    pub fn people(&self) -> &People {
        self.people
            .get_or_init(|| People::new(self.postmortem, self.config))
    }

    /// The organisation's own words for a rule.
    fn words(&self, rule: &str) -> Option<&'a Words> {
        self.config.lint.words.get(rule)
    }

    /// Every word that a topic knows, in its sentence; what is quoted is left out.
    pub fn each(&self, topic: Topic) -> impl Iterator<Item = Found<'_>> {
        self.each_likely(topic, |_| true)
    }

    /// As [`Self::each`], but for words that need not be looked at in their sentences.
    fn each_likely(
        &self,
        topic: Topic,
        is_likely: impl Fn(&Glimpse<'_>) -> bool,
    ) -> impl Iterator<Item = Found<'_>> {
        let bit = topic.bit();
        let hits = if self.topics & bit == 0 {
            &[][..]
        } else {
            &self.hits
        };
        hits.iter()
            .filter(move |hit| hit.topics & bit != 0)
            .filter_map(move |hit| {
                let passage = self.passages.get(hit.passage as usize)?;
                let glimpse = Glimpse::new(passage.field, passage.text, hit.at as usize);
                is_likely(&glimpse).then(|| self.found(hit))?
            })
    }

    /// The runs of marks of a topic that are no words, outside of quotations and code.
    pub fn marks(&self, topic: Topic) -> impl Iterator<Item = (&Passage<'_>, Range<usize>)> {
        let bit = topic.bit();
        self.hits
            .iter()
            .filter(move |hit| hit.topics & bit != 0)
            .filter_map(|hit| {
                let passage = self.passages.get(hit.passage as usize)?;
                let second = hit.at as usize;
                let is_mark = |byte: &u8| matches!(byte, b'!' | b'?');
                let bytes = passage.text.as_bytes();
                let goes_on = second
                    .checked_sub(2)
                    .and_then(|at| bytes.get(at))
                    .is_some_and(is_mark);
                let mut tokens = passage
                    .sentences()
                    .iter()
                    .flat_map(|sentence| &sentence.tokens);
                let exempt =
                    tokens.any(|token| token.kind == Kind::Exempt && token.span.contains(&second));
                let length = bytes
                    .get(second..)?
                    .iter()
                    .take_while(|byte| is_mark(byte))
                    .count();
                (!goes_on && !exempt).then(|| (passage, second - 1..second + length))
            })
    }

    fn found(&self, hit: &Hit) -> Option<Found<'_>> {
        let passage = self.passages.get(hit.passage as usize)?;
        let byte = hit.at as usize;
        let sentences = passage.sentences();
        let after = sentences.partition_point(|sentence| {
            sentence
                .tokens
                .first()
                .is_some_and(|first| first.span.start <= byte)
        });
        let sentence = sentences.get(after.checked_sub(1)?)?;
        let at = sentence
            .tokens
            .partition_point(|token| token.span.end <= byte);
        let token = sentence.tokens.get(at)?;
        let is_here = token.kind == Kind::Word && token.span.contains(&byte);
        is_here.then_some(Found {
            passage,
            sentence,
            at,
            people: self.people(),
        })
    }
}

/// Judges every word of a topic, and keeps what is found: words that the organisation silenced are left
/// alone, words that it added are found wherever they stand.
pub fn judge(
    subject: &Subject<'_>,
    findings: &mut Findings<'_>,
    topic: Topic,
    verdict: impl Fn(&Found<'_>) -> Option<Verdict>,
) {
    judge_likely(subject, findings, topic, |_| true, verdict);
}

/// As [`judge`], for a rule that can tell of most of its words that they are harmless without taking their sentences
/// apart, which is costly.
pub fn judge_likely(
    subject: &Subject<'_>,
    findings: &mut Findings<'_>,
    topic: Topic,
    is_likely: impl Fn(&Glimpse<'_>) -> bool,
    verdict: impl Fn(&Found<'_>) -> Option<Verdict>,
) {
    let language = subject.language();
    let words = language.words(topic.rule());
    let mut before: Option<(usize, Range<usize>, usize)> = None;
    // In every test each word is judged, so that no look beside it is too short.
    debug_assert!(
        language
            .each_likely(topic, |glimpse| !is_likely(glimpse))
            .all(|found| verdict(&found).is_none()),
        "a word that {} would judge was passed over",
        topic.rule()
    );
    for found in language.each_likely(topic, is_likely) {
        let Some(verdict) = verdict(&found) else {
            continue;
        };
        let span = found.sentence.span(&verdict.tokens);
        let silenced =
            words.is_some_and(|words| words.silences(found.written(&verdict.tokens), found.word()));
        let passage = std::ptr::from_ref(found.passage) as usize;
        let count = match &before {
            Some((same, last, count)) if *same == passage => {
                if span.start < last.end || *count >= MOST_IN_A_TEXT {
                    continue;
                }
                count + 1
            }
            _ => 1,
        };
        if silenced {
            continue;
        }
        before = Some((passage, span.clone(), count));
        let place = subject.document.place_within(&found.passage.path(), &span);
        findings.add(findings.at(place, verdict.message).help(verdict.help));
    }
    if let Some(words) = words {
        words::judge_added(subject, findings, topic.rule(), words);
    }
}
