use std::ops::Range;
use std::sync::LazyLock;

use crate::lint::byte_pairs::BytePairs;
use crate::lint::texts::{Kind, each_text};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "placeholder-text",
    Class::Missing,
    include_str!("placeholder-text.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    each_text(subject.postmortem, &mut |text, kind, path| {
        if is_empty_answer(text) {
            let place = subject.place(&path());
            findings.add(findings.at(place, "the text says nothing").help(HELP));
            return;
        }
        if kind == Kind::Excerpt {
            return;
        }
        let mut from = 0;
        for _ in 0..MOST_IN_A_TEXT {
            let Some(found) = placeholder(text, from) else {
                return;
            };
            let word = &text[found.clone()];
            let place = subject.document.place_within(&path(), &found);
            let message = format!("`{word}` still stands for something else");
            findings.add(findings.at(place, message).help(HELP));
            from = found.end;
        }
    });
}

/// One text full of them is found often enough.
const MOST_IN_A_TEXT: usize = 8;

const HELP: &str = "write what is known; `unknown` is an answer, and what is still to be found out is an action of kind `investigate`";

/// Whether a text was left empty, or dots, question marks or `N/A` stand in its place.
fn is_empty_answer(text: &str) -> bool {
    let word = text.trim().trim_end_matches('.');
    let not_applicable = ["n/a", "n.a"]
        .iter()
        .any(|none| word.eq_ignore_ascii_case(none));
    not_applicable
        || text
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, '.' | '…' | '?' | '-' | '–' | '—' | '_'))
}

/// Words that stand for what is still to be written. In small letters some of them are words like others.
const WORDS: [&str; 6] = ["TODO", "TBD", "TBC", "FIXME", "XXX", "tbd"];
const LOREM: &str = "lorem ipsum";

/// The next placeholder at or behind `from`; code and addresses are left out.
fn placeholder(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let begins = &*BEGINS;
    while let Some(next) = (bytes.get(at..)?.windows(2)).position(|two| begins.may_begin(two)) {
        at += next;
        let byte = bytes[at];
        if byte == b'`' {
            at = code_end(bytes, at);
            continue;
        }
        if at >= from && !is_behind_word(bytes, at) {
            let length = match byte {
                b'T' | b't' | b'F' | b'X' => word_at(text, at),
                b'L' | b'l' => lorem_at(text, at),
                b'<' => prompt_at(text, at),
                _ => question_at(text, at),
            };
            if let Some(length) = length {
                return Some(at..at + length);
            }
        }
        at += 1;
    }
    None
}

/// With which two bytes a placeholder may begin, or code.
static BEGINS: LazyLock<BytePairs> = LazyLock::new(|| {
    let mut begins = BytePairs::NONE;
    for [first, second] in [
        b"TO", b"TB", b"tb", b"FI", b"XX", b"lo", b"Lo", b"lO", b"LO",
    ] {
        begins.add(*first, *second);
    }
    for first in [b'`', b'<', b'['] {
        begins.add_any_behind(first);
    }
    begins
});

/// Whether a byte stands in a word that has begun before it.
fn is_behind_word(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| bytes.get(at));
    before.is_some_and(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'/' | b'-') || !byte.is_ascii()
    })
}

/// The end of a span or block of code: behind the same number of backticks, or of these where they
/// are not closed.
fn code_end(bytes: &[u8], at: usize) -> usize {
    let ticks = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
    let mut next = at + ticks;
    while next < bytes.len() {
        if bytes[next] != b'`' {
            next += 1;
            continue;
        }
        let run = bytes[next..]
            .iter()
            .take_while(|byte| **byte == b'`')
            .count();
        if run == ticks {
            return next + run;
        }
        next += run;
    }
    at + ticks
}

fn word_at(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let word = WORDS.iter().find(|word| rest.starts_with(**word))?;
    let after = rest[word.len()..].chars().next();
    let ends = after.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '/'));
    ends.then_some(word.len())
}

fn lorem_at(text: &str, at: usize) -> Option<usize> {
    let start = text.get(at..at + LOREM.len())?;
    start.eq_ignore_ascii_case(LOREM).then_some(LOREM.len())
}

/// The length of a prompt such as `<what users could not do>`. One word is a prompt if it is a usual
/// one; tags, addresses and types are none.
fn prompt_at(text: &str, at: usize) -> Option<usize> {
    const USUAL: [&str; 14] = [
        "name",
        "title",
        "date",
        "time",
        "owner",
        "description",
        "summary",
        "link",
        "url",
        "team",
        "service",
        "placeholder",
        "text",
        "impact",
    ];
    let window = text[at + 1..].char_indices().take(100);
    let end = window
        .take_while(|(_, c)| !matches!(c, '<' | '\n'))
        .find(|(_, c)| *c == '>')?
        .0;
    let inner = &text[at + 1..at + 1 + end];
    let begins = inner.starts_with(char::is_alphabetic)
        && inner.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '?' | '…' | '.'));
    let plain = !inner.contains(['=', '@', ':', '/', '"', ';']);
    let words = inner.contains(' ') || USUAL.contains(&inner.to_lowercase().as_str());
    (begins && plain && words).then_some(end + 2)
}

/// The length of a prompt such as `[what could users not do?]`. What an editor adds to somebody's words,
/// `[the vendor]`, and what a link is called are none.
fn question_at(text: &str, at: usize) -> Option<usize> {
    const FIRST: [&str; 14] = [
        "what", "who", "when", "where", "why", "how", "which", "describe", "insert", "fill",
        "enter", "explain", "your", "add",
    ];
    let window = text[at + 1..].char_indices().take(200);
    let end = window
        .take_while(|(_, c)| !matches!(c, '[' | '\n'))
        .find(|(_, c)| *c == ']')?
        .0;
    let inner = &text[at + 1..at + 1 + end];
    let after = text[at + 1 + end + 1..].chars().next();
    if matches!(after, Some('(' | '[' | ':')) {
        return None;
    }
    let (first, rest) = inner.split_once(' ')?;
    let asks = FIRST.iter().any(|word| first.eq_ignore_ascii_case(word));
    let open = inner.ends_with(['?', '…']) || inner.ends_with("...");
    let told_to =
        !first.to_ascii_lowercase().starts_with('w') && !first.eq_ignore_ascii_case("how");
    (asks && !rest.is_empty() && (open || told_to)).then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        placeholder(text, 0).map(|range| &text[range])
    }

    #[test]
    fn what_was_left_to_write_is_found() {
        assert_eq!(found("TODO: write this"), Some("TODO"));
        assert_eq!(found("Cause (TBD)."), Some("TBD"));
        assert_eq!(found("so\n\n  FIXME later"), Some("FIXME"));
        assert_eq!(found("Lorem Ipsum dolor"), Some("Lorem Ipsum"));
        assert_eq!(
            found("it was <what users could not do>."),
            Some("<what users could not do>")
        );
        assert_eq!(found("<owner>"), Some("<owner>"));
        for prompt in [
            "[what could users not do?]",
            "[Describe the impact]",
            "[how was it noticed…]",
            "[your name here]",
        ] {
            let text = format!("so: {prompt}.");
            assert_eq!(found(&text), Some(prompt), "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_left_alone() {
        for text in [
            "the todo list service",
            "run `grep TODO src` and ``a ` TODO``",
            "```\nTODO\n```",
            "TODOs grew",
            "X-XXX-header",
            "tables<br>and <b>bold</b>",
            "<https://example.com/a b>",
            "Vec<String of x>",
            "5 < 6 and 7 > 6",
            "see path/TODO and XXXL",
            "`[what now?]` and [ ] and [x] done",
            "[What went wrong?](https://example.com) [how so?][1]",
            "they said [the vendor] would, [sic] and [removed]",
            "[when it was noticed] the pager",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn dots_are_no_answer() {
        for text in ["", " \n", "…", "...", "???", "-", "N/A", "n/a."] {
            assert!(is_empty_answer(text), "{text:?}");
        }
        assert!(!is_empty_answer("none") && !is_empty_answer("N/A on iOS"));
    }
}
