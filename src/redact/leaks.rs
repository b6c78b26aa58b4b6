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
    /// The name of the document's time zone, which holds that of a city.
    zone: Option<String>,
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
        let of_person = word.kind == WordKind::Person && word.sign.is_none() && !self.with_case;
        has_sign
            && (is_whole(page.text(), from, to) || of_person && is_genitive(page.text(), from, to))
            && (!self.with_case || page.is_capital(from) || page.has_case_of(&self.skeleton, from))
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
            zone: postmortem.timezone.map(|zone| zone.to_string()),
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

    /// Whether a word is a part of the name of the document's zone, as `Sydney` in `Australia/Sydney`.
    fn is_zone(&self, page: &str, start: usize, end: usize) -> bool {
        self.zone.as_deref().is_some_and(|zone| {
            let from = page.floor_char_boundary(start.saturating_sub(zone.len()));
            let around = page.get(from..page.ceil_char_boundary(end + zone.len()));
            around.is_some_and(|around| {
                let mut places = around.match_indices(zone);
                places.any(|(at, _)| from + at <= start && end <= from + at + zone.len())
            })
        })
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
                let (start, end) = (skeleton.place(from), skeleton.place(to));
                let means_other = is_month(&text[from..to]) && is_date(page, start, end)
                    || self.is_zone(page, start, end)
                    || word.kind == WordKind::Address && goes_on(page, start, end)
                    || word.sign == Some(Sign::Before('#')) && is_colour(page, start, to - from);
                let counts = !means_other && pattern.counts(word, &skeleton, from, to);
                if counts {
                    leaks.push(Leak {
                        word: word.clone(),
                        at: start,
                        until: end,
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
    let spaced = |c: char| c != ' ' && !is_unspaced(c) && !is_jamo(c);
    let begins = text[from..].starts_with(|c| !spaced(c)) || !text[..from].ends_with(spaced);
    let ends = text[..to].ends_with(|c| !spaced(c)) || !text[to..].starts_with(spaced);
    let goes_on = |c: char| matches!(c, '\u{1160}'..='\u{11ff}');
    begins && ends && !text[to..].starts_with(goes_on)
}

/// Whether a letter is of a script that sets no spaces: Thai, Lao, Burmese, Khmer, Chinese, Japanese.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..)
}

fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}')
}

/// Whether a name has an `s` behind it that makes it a genitive, as in German: `Jörgs`.
fn is_genitive(text: &str, from: usize, to: usize) -> bool {
    let is_long = text[from..to].chars().count() >= 4;
    is_long && text[to..].starts_with('s') && is_whole(text, from, to + 1)
}

/// Whether a name is the month of a date: `11 May`, `May 11`, `May 2024`; not in `15:20 May rolled back`.
fn is_date(page: &str, start: usize, end: usize) -> bool {
    let gap = [' ', '\u{a0}'];
    let digits = |c: char| c.is_ascii_digit();
    let is_day = |figures: &str| matches!(figures.parse(), Ok(1_u8..=31)) && figures.len() <= 2;
    let before = page[..start].strip_suffix(gap).unwrap_or_default();
    let rest = before.trim_end_matches(digits);
    let day = is_day(&before[rest.len()..])
        && !rest.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '-' | '/'));
    let behind = &page[end..];
    let (comma, behind) = match behind.strip_prefix(',') {
        Some(behind) => (true, behind),
        None => (false, behind),
    };
    let behind = behind.strip_prefix(gap).unwrap_or_default();
    let rest = behind.trim_start_matches(digits);
    let figures = &behind[..behind.len() - rest.len()];
    let is_year = figures.len() == 4 && matches!(figures.parse(), Ok(1900_u16..=2199));
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || c == ':');
    day || (is_year || !comma && is_day(figures)) && !goes_on
}

/// Whether a number behind `#` is a colour of a style: `color:#444}`.
fn is_colour(page: &str, start: usize, length: usize) -> bool {
    let before = page[..start].trim_end_matches('#').ends_with(':');
    let behind = page[start..].chars().nth(length);
    matches!(length, 3 | 6) && (before || matches!(behind, Some(';' | '}')))
}

/// Whether an address goes on behind what was found, and is another one. A query, a place in the page or what is
/// done with a number (`/77/edit`) makes no other address of it.
fn goes_on(page: &str, start: usize, end: usize) -> bool {
    let mut rest = page[end..].chars();
    let sign = rest.next().filter(|c| "/=&.-_%:@+~".contains(*c));
    let last = page[start..end].rsplit('/').next().unwrap_or_default();
    let is_numbered = !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit());
    sign.is_some_and(|sign| !(sign == '/' && is_numbered))
        && rest.next().is_some_and(char::is_alphanumeric)
}
