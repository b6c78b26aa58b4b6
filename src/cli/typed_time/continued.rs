//! Times typed without quotes: which of the words behind a time still belong to it.

use chrono::{DateTime, Utc};

use crate::model::Zone;

use super::{TypedTime, TypedTimeError};

/// Abbreviations of zones: behind a clock time they are meant as one, also where clocks never say so.
const ZONES: [&str; 24] = [
    "UTC", "GMT", "CET", "CEST", "WET", "WEST", "EET", "EEST", "BST", "MSK", "EST", "EDT", "CST",
    "CDT", "MST", "MDT", "PST", "PDT", "IST", "JST", "KST", "AEST", "AEDT", "SGT",
];

/// Words of other languages, but for their case.
const ALSO_WORDS: [&str; 4] = ["est", "ist", "west", "wet"];

/// What a word can be in a time; it says what may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `5`, which wants a unit.
    Number,
    /// `5m`, or the unit of a number.
    Length,
    /// `10:05`
    Clock,
    /// `10pm`, `pm`
    Half,
    /// `yesterday`, `2024-12-11`
    Day,
    At,
    In,
    /// `ago`, `UTC`, `+02:00`: nothing follows.
    End,
}

impl TypedTime {
    /// How many of the words behind `time` go on with it, as in `5m` with `ago the gateway restarted`.
    ///
    /// Fails where a word can only be meant as a part of the time, and makes no time with it.
    pub fn continued(
        time: &str,
        words: &[&str],
        now: DateTime<Utc>,
        zone: Zone,
    ) -> Result<usize, TypedTimeError> {
        let last = time.split_whitespace().last().unwrap_or_default();
        let mut parts = vec![(last, part(last))];
        for word in words {
            let before = parts.last().and_then(|(_, part)| *part);
            match before.and_then(|before| next(before, word)) {
                Some(part) => parts.push((*word, Some(part))),
                None => break,
            }
        }
        let fitting = parts.len() - 1;
        let read = |count: usize| {
            let mut typed = time.to_owned();
            for word in &words[..count] {
                typed.push(' ');
                typed.push_str(word);
            }
            Self::parse_ahead(&typed, now, zone)
        };
        let taken = (1..=fitting).rev().find(|count| read(*count).is_ok());
        let taken = taken.unwrap_or(0);
        match words.get(taken) {
            Some(word) if taken < fitting && is_only_a_time(word) => match read(taken + 1) {
                Err(error) => Err(error),
                Ok(_) => Ok(taken),
            },
            _ => Ok(taken),
        }
    }

    /// Whether a word at the beginning of a text looks like the time of what the text says.
    pub fn is_clock(word: &str) -> bool {
        matches!(part(word), Some(Part::Clock | Part::Half)) && word.starts_with(digit)
    }
}

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// What a word is by its form.
fn part(word: &str) -> Option<Part> {
    let word = word.trim_end_matches(',').to_ascii_lowercase();
    if matches!(word.as_str(), "today" | "yesterday" | "tomorrow") {
        return Some(Part::Day);
    }
    match word.as_str() {
        "at" => return Some(Part::At),
        "in" | "+" => return Some(Part::In),
        "am" | "pm" => return Some(Part::Half),
        _ if is_unit(&word) => return Some(Part::Length),
        _ => {}
    }
    let word = word.trim_start_matches(['-', '−', '–', '+']);
    let rest = word.trim_start_matches(digit);
    let digits = word.len() - rest.len();
    let begins_clock = |rest: &str| {
        let bytes = rest.as_bytes();
        matches!(bytes, [b':', a, b, ..] if a.is_ascii_digit() && b.is_ascii_digit())
    };
    match rest {
        _ if digits == 0 => None,
        "" => Some(Part::Number),
        "am" | "pm" if digits <= 2 => Some(Part::Half),
        _ if digits <= 2 && begins_clock(rest) => {
            let behind = rest.trim_start_matches(|c: char| digit(c) || matches!(c, ':' | '.'));
            match behind {
                "" => Some(Part::Clock),
                "am" | "pm" => Some(Part::Half),
                _ if behind == "z" || behind.starts_with(['+', '-', '–']) => Some(Part::End),
                _ => None,
            }
        }
        _ if digits == 4 && rest.starts_with('-') && !rest.contains(['t', ' ']) => Some(Part::Day),
        _ if digits == 4 && rest.starts_with('-') => Some(Part::Clock),
        _ if is_length(word) => Some(Part::Length),
        _ => None,
    }
}

/// What a word is behind such a part; nothing where it cannot go on with it.
fn next(before: Part, word: &str) -> Option<Part> {
    let lower = word.to_ascii_lowercase();
    let form = part(word);
    match before {
        _ if lower == "ago" => Some(Part::End),
        Part::Number if is_unit(&lower) => Some(Part::Length),
        Part::Number | Part::Clock if matches!(lower.as_str(), "am" | "pm") => Some(Part::Half),
        Part::Clock | Part::Half if is_zone(word) || is_offset(word) => Some(Part::End),
        Part::Length if is_length(&lower) || form == Some(Part::Number) => form,
        Part::In if form == Some(Part::Number) || is_length(&lower) => form,
        Part::Day if form == Some(Part::At) => form,
        Part::Day | Part::At if word.starts_with(digit) => {
            form.filter(|form| matches!(form, Part::Number | Part::Clock | Part::Half | Part::End))
        }
        _ => None,
    }
}

/// Whether nobody begins a text with this word behind a time.
fn is_only_a_time(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    ZONES.contains(&word)
        || is_zone_in_small_letters(word)
        || is_offset(word)
        || matches!(lower.as_str(), "ago" | "am" | "pm")
        || word.starts_with(digit)
            && matches!(part(word), Some(Part::Clock | Part::Half | Part::End))
}

fn is_zone(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    matches!(lower.as_str(), "utc" | "gmt" | "z")
        || (1..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
        || is_zone_in_small_letters(word)
}

fn is_zone_in_small_letters(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
        && !ALSO_WORDS.contains(&word)
        && ZONES.contains(&word.to_ascii_uppercase().as_str())
}

/// `+02:00`, and what is meant as that.
fn is_offset(word: &str) -> bool {
    let Some(rest) = word.strip_prefix(['+', '-']) else {
        return false;
    };
    rest.contains(':') && rest.bytes().all(|b| b.is_ascii_digit() || b == b':')
}

/// `30m`, `1h30m`
fn is_length(word: &str) -> bool {
    let mut rest = word;
    while !rest.is_empty() {
        let unit = rest.trim_start_matches(digit);
        let end = unit.find(digit).unwrap_or(unit.len());
        if unit.len() == rest.len() || !is_unit(&unit[..end]) {
            return false;
        }
        rest = &unit[end..];
    }
    !word.is_empty()
}

fn is_unit(word: &str) -> bool {
    super::seconds_of(word).is_some()
}
