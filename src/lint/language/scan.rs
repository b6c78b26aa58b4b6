use std::sync::LazyLock;

use crate::lint::rules::unexplained_acronym;
use crate::lint::word_table::{SEED, WordTable, step};

use super::topic::Topic;

/// A word that some rule wants to look at more closely.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    /// Which text.
    pub passage: u32,
    /// The first byte of the word in it.
    pub at: u32,
    /// The bits of the rules.
    pub topics: u16,
}

/// The most words that are looked at in one text; a text is full of them long before.
const MOST: usize = 400;

/// The most words of a sentence that nobody minds, so that the rest need not be counted with care.
pub const LONG_SENTENCE: usize = 45;

/// Goes over a text once and keeps its words that some rule knows. Gives whether a long sentence may stand
/// in it.
///
/// Nearly every word is none of them, so a word is only a hash here; who is hit by chance is sent home when
/// the sentence is looked at.
pub fn scan(text: &str, passage: u32, hits: &mut Vec<Hit>) -> bool {
    let table = &*TABLE;
    let bytes = text.as_bytes();
    let most = hits.len() + MOST;
    let mut words = 0_usize;
    let mut may_be_long = false;
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        let class = CLASS[usize::from(*first)];
        if class != LETTER {
            if class == END {
                let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                if *first == b'!' && matches!(before, Some(b'!' | b'?')) && hits.len() < most {
                    hits.push(Hit {
                        passage,
                        at: at as u32,
                        topics: Topic::Exclamation.bit(),
                    });
                }
                may_be_long |= words > LONG_SENTENCE;
                if *first != b'\n' || matches!(bytes.get(at + 1), Some(b'\n' | b'-' | b'*')) {
                    words = 0;
                }
            }
            at += 1;
            continue;
        }
        let start = at;
        let mut hash = SEED;
        while let Some(byte) = bytes.get(at) {
            if CLASS[usize::from(*byte)] != LETTER {
                break;
            }
            hash = step(hash, *byte);
            at += 1;
        }
        words += 1;
        let mut topics = table.kinds_of(hash) & !Topic::KnownAcronym.bit();
        let word = bytes.get(start..at).unwrap_or_default();
        if first.is_ascii_uppercase()
            && let Some(acronym) = acronym(word)
            && table.kinds_of(acronym.iter().copied().fold(SEED, step)) & Topic::KnownAcronym.bit()
                == 0
        {
            topics |= Topic::Acronym.bit();
        }
        if topics != 0 && hits.len() < most {
            hits.push(Hit {
                passage,
                at: start as u32,
                topics,
            });
        }
    }
    may_be_long || words > LONG_SENTENCE
}

/// The capitals of a word that is nothing else, but for the `s` of a plural.
fn acronym(word: &[u8]) -> Option<&[u8]> {
    let stem = word.strip_suffix(b"s").unwrap_or(word);
    (stem.len() >= 2 && stem.iter().all(u8::is_ascii_uppercase)).then_some(stem)
}

const OTHER: u8 = 0;
const LETTER: u8 = 1;
const END: u8 = 2;

/// What each byte is. An apostrophe ends a word here, so that `Sam's` is found by `sam`; so does a hyphen.
static CLASS: [u8; 256] = {
    let mut class = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        let letter = byte as u8;
        if letter.is_ascii_alphanumeric() {
            class[byte] = LETTER;
        }
        if matches!(letter, b'.' | b'!' | b'?' | b'\n') {
            class[byte] = END;
        }
        byte += 1;
    }
    class
};

/// The words of all rules.
static TABLE: LazyLock<WordTable> = LazyLock::new(|| {
    let known: Vec<&str> = unexplained_acronym::KNOWN.split_whitespace().collect();
    let topics = Topic::WITH_WORDS.iter();
    let mut kinds: Vec<(u16, &[&str])> = topics
        .map(|(topic, _, words)| (topic.bit(), *words))
        .collect();
    kinds.push((Topic::KnownAcronym.bit(), &known));
    WordTable::of(&kinds)
});
