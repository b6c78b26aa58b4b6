//! What prose claims in numbers: how long users were hit, from when to when, and which share of them.
//!
//! Only sentences that speak of harm are read, and only numbers that nothing hedges: "about an hour"
//! claims nothing that a timeline could contradict.

use std::ops::Range;

use super::harm::{Harm, Word};

/// A length of time that a text claims, in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Where it stands in the text.
    pub place: Range<usize>,
    /// How many seconds are claimed.
    pub seconds: i64,
    /// How far the truth may be away from a number that was rounded.
    pub slack: i64,
}

/// A clock time that a text gives as an end of the harm, in minutes since midnight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockClaim {
    /// Where it stands in the text.
    pub place: Range<usize>,
    /// Minutes since midnight, in whatever zone.
    pub minute: i64,
    /// How far the truth may be away, in minutes.
    pub slack: i64,
}

/// A share that a text claims, in percent.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareClaim {
    /// Where it stands in the text.
    pub place: Range<usize>,
    /// Percent.
    pub percent: f64,
    /// How far the truth may be away from a number that was rounded.
    pub slack: f64,
}

/// No incident lasts for so many of any unit.
const MOST: f64 = 100_000.0;

/// What makes a number an estimate.
const HEDGES: [&str; 32] = [
    "about",
    "above",
    "additional",
    "almost",
    "another",
    "approximately",
    "around",
    "at",
    "below",
    "between",
    "circa",
    "extra",
    "fewer",
    "first",
    "further",
    "last",
    "least",
    "less",
    "more",
    "most",
    "nearly",
    "next",
    "other",
    "over",
    "remaining",
    "roughly",
    "some",
    "than",
    "to",
    "under",
    "up",
    "within",
];

/// The lengths of time for which a text says that users were hit.
pub fn durations(harm: &Harm<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for words in &harm.sentences {
        for at in 0..words.len() {
            let Some((claim, next)) = duration(words, at) else {
                continue;
            };
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            let after = words.get(next);
            let for_so_long = before.is_some_and(|word| word.is(&["for", "lasted"]));
            let so_long_an_outage = after
                .is_some_and(|word| word.is(&["outage", "interruption", "incident"]))
                || after.is_some_and(|word| word.is(&["of"]))
                    && words
                        .get(next + 1)
                        .is_some_and(|word| word.is(&["downtime", "outage"]));
            if (for_so_long || so_long_an_outage) && !is_hedged(words, at) {
                claims.push(claim);
            }
        }
    }
    claims
}

/// The clock times between which a text says that users were hit: `from 15:16 to 19:38`.
pub fn clock_ranges(harm: &Harm<'_>) -> Vec<ClockClaim> {
    let mut claims = Vec::new();
    for words in &harm.sentences {
        for at in 1..words.len() {
            let Some((first, next)) = clock(words, at) else {
                continue;
            };
            let ends = match words.get(next) {
                Some(word) if words[at - 1].is(&["from"]) => word.is(&["to", "until", "till"]),
                Some(word) if words[at - 1].is(&["between"]) => word.is(&["and"]),
                _ => false,
            };
            if let Some((second, _)) = clock(words, next + 1).filter(|_| ends) {
                // One of the two may be told with `PM` for both.
                claims.extend([first, second]);
            }
        }
    }
    claims
}

/// The shares of users or requests that a text says were hit: `80% of chats`.
pub fn shares(harm: &Harm<'_>) -> Vec<ShareClaim> {
    let mut claims = Vec::new();
    for words in &harm.sentences {
        for (at, word) in words.iter().enumerate() {
            let (digits, next) = match word.text.strip_suffix('%') {
                Some("") | None => match words.get(at + 1) {
                    Some(sign) if sign.text == "%" || sign.is(&["percent"]) => (word.text, at + 2),
                    _ => continue,
                },
                Some(digits) => (digits, at + 1),
            };
            let of = words.get(next).is_some_and(|word| word.is(&["of"]));
            let Ok(percent) = digits.parse::<f64>() else {
                continue;
            };
            if !of || !(0.0..=100.0).contains(&percent) || is_hedged(words, at) {
                continue;
            }
            let places = digits.split_once('.').map_or(0, |(_, after)| after.len());
            let unit = 0.1_f64.powi(i32::try_from(places).unwrap_or(0));
            claims.push(ShareClaim {
                place: word.start..words[next - 1].end(),
                percent,
                slack: unit.max(percent / 20.0),
            });
        }
    }
    claims
}

fn is_hedged(words: &[Word<'_>], at: usize) -> bool {
    let before = words[..at].iter().rev().take(2);
    let tilde = words[at].text.starts_with(['~', '<', '>', '≈']);
    tilde || before.into_iter().any(|word| word.is(&HEDGES))
}

/// A length of time that begins at a word, and the word behind it.
fn duration(words: &[Word<'_>], at: usize) -> Option<(Claim, usize)> {
    let first = words.get(at)?;
    if let Ok(length) = first.text.parse::<crate::model::Length>() {
        let unit = if first.text.ends_with('h') { 3_600 } else { 60 };
        let claim = claim(first.start..first.end(), length.seconds(), unit);
        return Some((claim, at + 1));
    }
    let (mut seconds, mut next) = (0.0, at);
    let mut smallest = i64::MAX;
    while let Some((count, of, behind)) = counted(words, next) {
        if of >= smallest {
            break;
        }
        seconds += count * of as f64;
        (smallest, next) = (of, behind);
        if reads(words, next, &["and", "a", "half"]) {
            seconds += of as f64 / 2.0;
            (smallest, next) = (of / 2, next + 3);
        }
        let more = counted(words, next + 1).is_some_and(|(_, more, _)| more < of);
        if more && reads(words, next, &["and"]) {
            next += 1;
        }
    }
    let last = words.get(next.checked_sub(1)?)?;
    (next > at).then(|| {
        (
            claim(first.start..last.end(), seconds as i64, smallest),
            next,
        )
    })
}

/// A number with its unit in seconds, and the word behind them.
fn counted(words: &[Word<'_>], at: usize) -> Option<(f64, i64, usize)> {
    let (count, behind) = amount(words, at)?;
    let of = unit(words.get(behind)?.text)?;
    Some((count, of, behind + 1))
}

/// Whether these words stand here.
fn reads(words: &[Word<'_>], at: usize, wanted: &[&str]) -> bool {
    let here = words.iter().skip(at);
    words.len() >= at + wanted.len() && here.zip(wanted).all(|(word, wanted)| word.is(&[wanted]))
}

fn claim(place: Range<usize>, seconds: i64, unit: i64) -> Claim {
    // Minutes may be cut or rounded; of an hour or a day, half may be missing.
    let of_unit = if unit <= 60 { unit } else { unit / 2 };
    Claim {
        place,
        seconds,
        slack: of_unit.max(seconds / 10).max(60),
    }
}

fn amount(words: &[Word<'_>], at: usize) -> Option<(f64, usize)> {
    const SPELT: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: [(&str, f64); 5] = [
        ("thirty", 30.0),
        ("forty", 40.0),
        ("fifty", 50.0),
        ("sixty", 60.0),
        ("ninety", 90.0),
    ];
    let word = words.get(at)?;
    if word.is(&["half"]) && words.get(at + 1).is_some_and(|next| next.is(&["an", "a"])) {
        return Some((0.5, at + 2));
    }
    let lower = word.text.to_ascii_lowercase();
    let spelt = SPELT
        .iter()
        .position(|known| *known == lower)
        .map(|count| count as f64);
    let tens = TENS
        .iter()
        .find(|(known, _)| *known == lower)
        .map(|(_, count)| *count);
    let digits = lower
        .parse::<f64>()
        .ok()
        .filter(|count| lower.starts_with(|c: char| c.is_ascii_digit()) && *count < MOST);
    let one = matches!(lower.as_str(), "a" | "an").then_some(1.0);
    let mut count = spelt.or(tens).or(digits).or(one)?;
    let mut next = at + 1;
    if reads(words, next, &["and", "a", "half"]) {
        (count, next) = (count + 0.5, at + 4);
    }
    // `twenty-two` comes as two words.
    if count >= 20.0 && digits.is_none() {
        let more = words
            .get(next)
            .and_then(|word| SPELT.iter().position(|known| word.is(&[known])));
        if let Some(more) = more.filter(|more| (1..10).contains(more)) {
            count += more as f64;
            next += 1;
        }
    }
    Some((count, next))
}

fn unit(word: &str) -> Option<i64> {
    let seconds = match word.to_ascii_lowercase().trim_end_matches('s') {
        "second" | "sec" => 1,
        "minute" | "min" => 60,
        "hour" | "hr" | "h" => 3_600,
        "day" => 86_400,
        "week" => 604_800,
        _ => return None,
    };
    Some(seconds)
}

/// A clock time at a word, and the word behind it.
fn clock(words: &[Word<'_>], at: usize) -> Option<(ClockClaim, usize)> {
    let word = words.get(at)?;
    let lower = word.text.to_ascii_lowercase();
    let (digits, glued) = match lower.find(|c: char| !(c.is_ascii_digit() || c == ':')) {
        Some(end) => lower.split_at(end),
        None => (lower.as_str(), ""),
    };
    let (hour, minute) = digits.split_once(':')?;
    let (hour, minute) = (hour.parse::<i64>().ok()?, minute.parse::<i64>().ok()?);
    let mut next = at + 1;
    let half = match glued {
        "" => match words.get(next).map(|word| word.text.to_ascii_lowercase()) {
            Some(word) if word == "am" || word == "pm" => {
                next += 1;
                word
            }
            _ => String::new(),
        },
        glued => glued.to_owned(),
    };
    let hour = match (half.as_str(), hour) {
        ("pm", 1..=11) => hour + 12,
        ("am", 12) => 0,
        ("am" | "pm", 1..=12) | ("", 0..=23) => hour,
        _ => return None,
    };
    // A zone's short name belongs to the time.
    let zone = |word: &Word<'_>| {
        word.text.len() >= 2
            && word.text.len() <= 7
            && word.text.bytes().all(|b| b.is_ascii_uppercase())
            || word.is(&["Pacific", "Eastern", "Central"])
    };
    if words.get(next).is_some_and(zone) {
        next += 1;
    }
    let slack = match minute {
        0 | 15 | 30 | 45 => 10,
        minute if minute % 5 == 0 => 4,
        _ => 2,
    };
    let claim = ClockClaim {
        place: word.start..word.end(),
        minute: hour * 60 + minute,
        slack,
    };
    (minute < 60).then_some((claim, next))
}
