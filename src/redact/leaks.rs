use aho_corasick::{AhoCorasick, BuildError, MatchKind};

use crate::config::Config;
use crate::model::Postmortem;
use crate::yaml::Path;

use super::addresses::without_addresses;
use super::dictionary::{is_month, is_word};
use super::hosts::hosts_in;
use super::internal_words::{InternalWord, Sign, WordKind, of_parts};
use super::plain::spellings;
use super::removed::{Parts, Removed};
use super::skeleton::{Skeleton, View};
use super::slugs::Slugs;

/// What of a document stays inside, and how it is found in a page.
#[derive(Debug)]
pub struct Inside<'a> {
    config: &'a Config,
    parts: Parts,
    words: Vec<InternalWord>,
    slugs: Slugs,
    patterns: Vec<Pattern>,
    search: AhoCorasick,
}

/// One of the ways in which a word is looked for.
#[derive(Debug)]
struct Pattern {
    /// Which of the words it is.
    word: usize,
    skeleton: Skeleton,
    /// Whether it counts only with its capitals.
    with_case: bool,
}

impl Pattern {
    /// Whether what looks like this in a text means the word.
    fn counts(&self, word: &InternalWord, page: &Skeleton, from: usize, to: usize) -> bool {
        let has_sign = match word.sign {
            None => true,
            Some(Sign::Before(sign)) => page.has_sign(from, sign),
            Some(Sign::Behind(sign)) => page.has_sign(to, sign),
        };
        has_sign
            && is_whole(page.text(), from, to)
            && (!self.with_case
                || page.has_case_of(&self.skeleton, from) && !is_date(page.text(), from, to))
    }
}

/// An internal word in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The word, as it stands in the document.
    pub word: InternalWord,
    /// Where it begins in the page, in bytes.
    pub at: usize,
    /// Where it ends in the page.
    pub until: usize,
}

impl<'a> Inside<'a> {
    /// Takes the internal words of a document.
    ///
    /// # Errors
    /// Where there are too many words for a search to be built.
    pub fn of(postmortem: &Postmortem, config: &'a Config) -> Result<Self, BuildError> {
        let parts = Parts::of(postmortem, config);
        let words = of_parts(&parts, postmortem, config);
        let mut patterns = Vec::new();
        for (index, word) in words.iter().enumerate() {
            patterns.extend(patterns_of(index, word));
        }
        let texts = patterns.iter().map(|pattern| pattern.skeleton.text());
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(texts)?;
        let slugs = Slugs::of(parts.texts(), &config.public)?;
        Ok(Self {
            config,
            parts,
            words,
            slugs,
            patterns,
            search,
        })
    }

    /// What the public does not get, in the order of the document.
    pub fn removed(&self) -> &[Removed] {
        &self.parts.removed
    }

    /// The words that are looked for.
    pub fn words(&self) -> &[InternalWord] {
        &self.words
    }

    /// The texts that stay, with their places.
    pub fn kept(&self) -> &[(Path, String)] {
        &self.parts.kept
    }

    /// The texts that stay but for an address inside, which is taken out.
    pub fn changed(&self) -> Vec<&Path> {
        let public = &self.config.public;
        let texts = self.parts.kept.iter();
        texts
            .filter(|(_, text)| without_addresses(text, public) != *text)
            .map(|(path, _)| path)
            .collect()
    }

    /// Every internal word in a page, in the order of the page. Of words within another only the longer
    /// is told.
    pub fn leaks(&self, page: &str) -> Vec<Leak> {
        let mut leaks: Vec<Leak> = self.found_in(page);
        let hosts = hosts_in(page, &self.config.public).into_iter();
        for (at, until, host) in hosts.chain(self.slugs.found_in(page)) {
            let word = InternalWord {
                text: host,
                from: "public.internal_hosts".to_owned(),
                kind: WordKind::Address,
                with_case: false,
                sign: None,
            };
            leaks.push(Leak { word, at, until });
        }
        leaks.sort_by_key(|leak| (leak.at, std::cmp::Reverse(leak.until)));
        let mut seen_until = 0;
        leaks.retain(|leak| {
            let within = leak.until <= seen_until;
            seen_until = seen_until.max(leak.until);
            !within
        });
        leaks
    }

    fn found_in(&self, page: &str) -> Vec<Leak> {
        let mut leaks = Vec::new();
        for view in View::of(page) {
            let skeleton = Skeleton::of(page, view);
            let text = skeleton.text();
            for found in self.search.find_overlapping_iter(text) {
                let Some(pattern) = self.patterns.get(found.pattern().as_usize()) else {
                    continue;
                };
                let Some(word) = self.words.get(pattern.word) else {
                    continue;
                };
                let (from, to) = (found.start(), found.end());
                let counts = pattern.counts(word, &skeleton, from, to)
                    && !(word.kind == WordKind::Address && goes_on(page, skeleton.place(to)))
                    && !(word.sign == Some(Sign::Before('#'))
                        && is_colour(page, skeleton.place(from), to - from));
                if counts {
                    leaks.push(Leak {
                        word: word.clone(),
                        at: skeleton.place(from),
                        until: skeleton.place(to),
                    });
                }
            }
        }
        leaks
    }

    /// The first text of the document that is published and holds a word; nothing where a template wrote it.
    pub fn comes_from(&self, word: &InternalWord) -> Option<Path> {
        let patterns = patterns_of(0, word);
        let holds = |text: &str| {
            View::of(text).any(|view| {
                let skeleton = Skeleton::of(text, view);
                patterns.iter().any(|pattern| {
                    let sought = pattern.skeleton.text();
                    skeleton
                        .text()
                        .match_indices(sought)
                        .any(|(from, _)| pattern.counts(word, &skeleton, from, from + sought.len()))
                })
            })
        };
        let mut kept = self.parts.kept.iter();
        kept.find(|(_, text)| holds(text))
            .map(|(path, _)| path.clone())
    }
}

/// The ways in which a word is looked for: in each spelling, with its markup and without.
fn patterns_of(index: usize, word: &InternalWord) -> Vec<Pattern> {
    let mut patterns: Vec<Pattern> = Vec::new();
    for spelling in spellings(&word.text) {
        for view in View::of(&spelling) {
            let skeleton = Skeleton::of(&spelling, view);
            let text = skeleton.text();
            let known = patterns.iter().any(|known| known.skeleton.text() == text);
            // What is left of a text without its markup may be a word of all texts.
            let says_too_little =
                view != View::Whole && text.chars().count() < word.kind.shortest();
            if text.is_empty() || known || says_too_little {
                continue;
            }
            let is_name = word.kind == WordKind::Person && word.sign.is_none();
            let with_case =
                word.with_case || is_name && (text.chars().count() < 3 || is_word(text));
            patterns.push(Pattern {
                word: index,
                skeleton,
                with_case,
            });
        }
    }
    patterns
}

/// Whether what is found stands alone and is no part of a longer word. Scripts that set no spaces have no
/// words to be part of, but Korean syllables, which are compared letter by letter, end where they end.
fn is_whole(text: &str, from: usize, to: usize) -> bool {
    let spaced = |c: char| c != ' ' && u32::from(c) < 0x2e80 && !is_jamo(c);
    let begins = text[from..].starts_with(|c| !spaced(c)) || !text[..from].ends_with(spaced);
    let ends = text[..to].ends_with(|c| !spaced(c)) || !text[to..].starts_with(spaced);
    let goes_on = |c: char| matches!(c, '\u{1160}'..='\u{11ff}');
    begins && ends && !text[to..].starts_with(goes_on)
}

fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}')
}

/// Whether a name is the month of a date: `11 May`, `May 2024`.
fn is_date(text: &str, from: usize, to: usize) -> bool {
    let number = |c: char| c.is_ascii_digit();
    let before = text[..from].trim_end().ends_with(number);
    let behind = text[to..].trim_start().starts_with(number);
    is_month(&text[from..to]) && (before || behind)
}

/// Whether a number behind `#` is a colour of a style: `color:#444}`.
fn is_colour(page: &str, start: usize, length: usize) -> bool {
    let before = page[..start].trim_end_matches('#').ends_with(':');
    let behind = page[start..].chars().nth(length);
    matches!(length, 3 | 6) && (before || matches!(behind, Some(';' | '}')))
}

/// Whether an address goes on behind what was found, and is another one.
fn goes_on(page: &str, end: usize) -> bool {
    let mut rest = page[end..].chars();
    let sign = rest.next().is_some_and(|c| "/?#=&.-_%:@+~".contains(c));
    sign && rest.next().is_some_and(char::is_alphanumeric)
}
