//! Sentences that speak of harm to users, in the texts that tell how bad it was.

use std::sync::LazyLock;

use crate::model::Postmortem;
use crate::yaml::Path;

use super::texts::each_claim_text;
use super::word_table::WordTable;

/// A word with its place, without the punctuation around it.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// The word as it is written.
    pub text: &'a str,
    /// Where it begins in the text.
    pub start: usize,
}

impl Word<'_> {
    /// Where it ends in the text.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is one of these, in small letters or capitals.
    pub fn is(&self, words: &[&str]) -> bool {
        words
            .iter()
            .any(|word| self.text.eq_ignore_ascii_case(word))
    }
}

/// A text in which harm is told in numbers.
#[derive(Debug)]
pub struct Harm<'a> {
    /// The text.
    pub text: &'a str,
    /// Where it stands.
    pub path: Path,
    /// The words of each of its sentences that speaks of harm and of nothing else.
    pub sentences: Vec<Vec<Word<'a>>>,
}

impl<'a> Harm<'a> {
    /// The texts of a document in which harm is told in numbers.
    pub fn of(postmortem: &'a Postmortem) -> Vec<Self> {
        let mut found = Vec::new();
        each_claim_text(postmortem, &mut |text, path| {
            let sentences = sentences(text);
            if !sentences.is_empty() {
                found.push(Self {
                    text,
                    path: path(),
                    sentences,
                });
            }
        });
        found
    }
}

/// What makes a sentence speak of users who were hit.
const HARM: &[&str] = &[
    "affected",
    "broken",
    "degraded",
    "delayed",
    "disruption",
    "down",
    "downtime",
    "error",
    "errors",
    "failed",
    "failing",
    "failure",
    "impacted",
    "incident",
    "interrupted",
    "lasted",
    "offline",
    "outage",
    "refused",
    "rejected",
    "slow",
    "unavailable",
    "unreachable",
    "unusable",
    "wrong",
    "stuck",
];

/// What makes a sentence speak of something else as well: plans, promises, habits, other times.
const ELSEWHERE: &[&str] = &[
    "average",
    "budget",
    "could",
    "daily",
    "each",
    "earlier",
    "every",
    "expected",
    "hourly",
    "expire",
    "expires",
    "if",
    "keep",
    "keeps",
    "later",
    "limit",
    "longest",
    "median",
    "month",
    "nightly",
    "normally",
    "objective",
    "per",
    "planned",
    "previous",
    "promise",
    "promised",
    "quarter",
    "retention",
    "scheduled",
    "should",
    "slo",
    "sla",
    "target",
    "timeout",
    "usually",
    "weekly",
    "worst",
    "would",
    "year",
    "window",
    "retry",
];

/// What says how much something is, where no digits do.
const UNITS: &[&str] = &[
    "second", "seconds", "sec", "secs", "minute", "minutes", "min", "mins", "hour", "hours", "hr",
    "hrs", "day", "days", "week", "weeks",
];

const OF_HARM: u16 = 1;
const OF_ELSEWHERE: u16 = 2;
const OF_UNITS: u16 = 4;

static TABLE: LazyLock<WordTable> = LazyLock::new(|| {
    WordTable::of(&[
        (OF_HARM, HARM),
        (OF_ELSEWHERE, ELSEWHERE),
        (OF_UNITS, UNITS),
    ])
});

/// The words of each sentence that speaks of harm in numbers, and of nothing else.
fn sentences(text: &str) -> Vec<Vec<Word<'_>>> {
    let mut found = Vec::new();
    // A number in digits or in words: without either there is nothing to read.
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let has_unit = || {
        ["hour", "minute", "day", "week"]
            .iter()
            .any(|unit| text.contains(unit))
    };
    if !has_digit && !has_unit() {
        return found;
    }
    let mut words = Vec::new();
    for (start, raw) in pieces(text) {
        let ends_sentence = raw.ends_with(['.', '!', '?', ':', ';']);
        let inner = raw.trim_matches(|c: char| {
            matches!(
                c,
                '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '"' | '*' | '_'
            )
        });
        if !inner.is_empty() {
            let start = start + (inner.as_ptr() as usize - raw.as_ptr() as usize);
            words.push(Word { text: inner, start });
        }
        if ends_sentence {
            keep(&mut words, &mut found);
        }
    }
    keep(&mut words, &mut found);
    found
}

fn keep<'a>(words: &mut Vec<Word<'a>>, found: &mut Vec<Vec<Word<'a>>>) {
    if speaks_of_harm(words) {
        found.push(std::mem::take(words));
    } else {
        words.clear();
    }
}

fn speaks_of_harm(words: &[Word<'_>]) -> bool {
    let reads = |first: &str, second: &str| {
        words
            .windows(2)
            .any(|pair| pair[0].is(&[first]) && pair[1].is(&[second]))
    };
    let could_not = reads("could", "not");
    let mut of_harm = could_not;
    let mut has_number = false;
    for word in words {
        let kinds = TABLE.kinds(word.text);
        if kinds & OF_ELSEWHERE != 0 && !(could_not && word.is(&["could"])) {
            return false;
        }
        of_harm |= kinds & OF_HARM != 0;
        has_number |= kinds & OF_UNITS != 0 || word.text.bytes().any(|byte| byte.is_ascii_digit());
    }
    of_harm && has_number && !reads("kept", "for")
}

/// The words of a text, at spaces and at the hyphen of `22-minute`.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| c.is_whitespace() || c == '-')
        .filter(|piece| !piece.is_empty())
        .map(|piece| (piece.as_ptr() as usize - text.as_ptr() as usize, piece))
}
