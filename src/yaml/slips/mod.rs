//! What people slip on who write YAML by hand: each slip gets its own words and remedy, is blanked out
//! with as many bytes, and reading goes on, so that one run finds them all.

mod anatomy;
mod diagnose;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::text::Span;

use super::parse::{Failure, SyntaxError, parse};
use super::tree::Tree;
use anatomy::Anatomy;
use diagnose::diagnose;

/// The largest document.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// How many slips are looked for, and how many bytes may be parsed anew for them.
const MOST_SLIPS: usize = 100;
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// What could be made of a text.
#[derive(Debug)]
pub struct Recovered {
    /// The tree; absent only where nothing could be made of the text.
    pub tree: Option<Tree>,
    /// Syntax errors, and what YAML allows but a document may not hold.
    pub findings: Vec<Diagnostic>,
    /// The bytes that were blanked out: what is said about values there is no news.
    pub blanked: Vec<Span>,
}

/// A slip: what to say of it, and what to put in its place.
struct Slip {
    finding: Diagnostic,
    /// Replacements of as many bytes.
    patches: Vec<(Span, Patch)>,
}

enum Patch {
    /// Spaces instead.
    Blank,
    /// A bare word of as many letters, so that a text stays a text.
    Word,
    /// Another character instead of one byte.
    Byte(u8),
}

/// Parses a text, past every slip in it.
pub fn recover(text: &str) -> Recovered {
    if text.len() > LARGEST {
        return nothing(
            Diagnostic::error("too-large", 0..0, "the file is larger than 4 MiB")
                .help("a postmortem is read by people: link long output, or attach it as a file"),
        );
    }
    // Most documents are read as they are.
    let mut bytes = Cow::Borrowed(text.as_bytes());
    if !text.ends_with('\n') {
        bytes.to_mut().push(b'\n');
    }
    let mut findings = Vec::new();
    let mut blanked: Vec<Span> = Vec::new();
    let mut lines_told = BTreeSet::new();
    let mut budget = MOST_BYTES;
    for _ in 0..MOST_SLIPS {
        // A patch replaces whole characters by ASCII, so the text stays UTF-8.
        let current = match &bytes {
            Cow::Borrowed(_) => Cow::Borrowed(text),
            Cow::Owned(bytes) => String::from_utf8_lossy(bytes),
        };
        let error = match parse(&current) {
            Ok(parsed) => {
                findings.extend(parsed.findings);
                return Recovered {
                    tree: Some(parsed.tree),
                    findings,
                    blanked,
                };
            }
            Err(Failure::Syntax(error)) => error,
            Err(Failure::TooLarge(finding)) => {
                findings.push(finding);
                break;
            }
            Err(Failure::Empty) => {
                if findings.is_empty() {
                    findings.push(empty_document());
                }
                break;
            }
        };
        let slip = slip_at(&current, &error, &lines_told, &blanked);
        let line = Anatomy::new(&current)
            .line_at(slip.finding.place.span.start)
            .start;
        let patched = apply(&slip, bytes.to_mut(), &mut blanked);
        if lines_told.insert(line) {
            findings.push(slip.finding);
        }
        budget = budget.saturating_sub(text.len());
        if !patched || budget == 0 {
            break;
        }
    }
    Recovered {
        tree: None,
        findings,
        blanked,
    }
}

/// The slip behind an error; where its line was told of before, the whole entry goes.
fn slip_at(text: &str, error: &SyntaxError, told: &BTreeSet<usize>, blanked: &[Span]) -> Slip {
    let anatomy = Anatomy::new(text);
    let slip = diagnose(text, error);
    let line = anatomy.line_at(slip.finding.place.span.start);
    let is_new = !told.contains(&line.start);
    if is_new && slip.patches.iter().any(|(span, _)| has_text(text, span)) {
        return slip;
    }
    let whole = anatomy.entry_around(line.start, blanked);
    Slip {
        patches: vec![(whole, Patch::Blank)],
        ..slip
    }
}

fn has_text(text: &str, span: &Span) -> bool {
    text.get(span.clone())
        .is_some_and(|text| !text.trim().is_empty())
}

fn apply(slip: &Slip, bytes: &mut [u8], blanked: &mut Vec<Span>) -> bool {
    let mut changed = false;
    for (span, patch) in &slip.patches {
        let Some(region) = bytes.get_mut(span.clone()) else {
            continue;
        };
        for byte in region.iter_mut() {
            let put = match patch {
                Patch::Blank if matches!(*byte, b'\n' | b'\r') => *byte,
                Patch::Blank => b' ',
                Patch::Word => b'x',
                Patch::Byte(put) => *put,
            };
            changed |= *byte != put;
            *byte = put;
        }
        blanked.push(span.clone());
    }
    changed
}

fn nothing(finding: Diagnostic) -> Recovered {
    Recovered {
        tree: None,
        findings: vec![finding],
        blanked: Vec::new(),
    }
}

fn empty_document() -> Diagnostic {
    Diagnostic::error("empty-document", 0..0, "the file holds no document").help(
        "the least a document has is `version: 1`, `id` and `title`; `postmortem new` writes one",
    )
}
#[cfg(test)]
mod tests {
    use super::*;

    /// Each text, and for each finding its rule and the bytes it points at.
    const SLIPS: &[(&str, &[(&str, &str)])] = &[
        (
            "a: 1\nwhat: Step 1: back\nb: 2\n",
            &[("colon-in-bare-text", "Step 1: back")],
        ),
        (
            "t:\n  - {at: x, what: Step 1: done}\n",
            &[("colon-in-bare-text", "Step 1: done")],
        ),
        ("a: x: y: z\n", &[("colon-in-bare-text", "x: y: z")]),
        ("t:\n\t- a\n", &[("tab-in-indentation", "\t")]),
        ("a: x\n\tb: 1\n", &[("tab-in-indentation", "\t")]),
        ("a: 1\n b: 2\n", &[("wrong-indentation", "b: 2")]),
        ("a:\n    b: 1\n  c: 2\n", &[("wrong-indentation", "c: 2")]),
        ("t:\n  - a: 1\n   b: 2\n", &[("wrong-indentation", "b: 2")]),
        ("a: b\n  c: d\n", &[("wrong-indentation", "c: d")]),
        ("- a: 1\nb: 2\n", &[("wrong-indentation", "b: 2")]),
        ("a: b\n- c\n", &[("wrong-indentation", "- c")]),
        ("a: 1\nbé\u{4}c: 2\n", &[("not-yaml", "\u{4}")]),
        ("a: \"unclosed\nb: 2\n", &[("not-yaml", "\"unclosed")]),
        (
            "a: 'it's bad'\nb: 1\n",
            &[("reserved-character", "'it's bad'")],
        ),
        (
            "a: \"q\" and more\n",
            &[("reserved-character", "\"q\" and more")],
        ),
        ("a: [x, y\nb: 1\n", &[("not-yaml", "[")]),
        ("a: {x: 1\nb: 2\n", &[("not-yaml", "{")]),
        ("a: @bob\n", &[("reserved-character", "@bob")]),
        ("a: `cmd`\n", &[("reserved-character", "`cmd`")]),
        ("a: *bold* x\n", &[("reserved-character", "*bold* x")]),
        ("a: [WIP] fix\n", &[("reserved-character", "[WIP] fix")]),
        ("a: > text\nb: 1\n", &[("reserved-character", "> text")]),
        ("a: - b\n", &[("reserved-character", "- b")]),
        (
            "a:\n  - @x\n  - `y`\n",
            &[("reserved-character", "@x"), ("reserved-character", "`y`")],
        ),
        ("a: !tag x\n", &[("alias-or-tag", "x")]),
        ("a: *x\n", &[("alias-or-tag", "*x")]),
        ("a\nb: 1\n", &[("not-yaml", "a")]),
        ("a:b\nc: d\n", &[("not-yaml", "a:b")]),
        ("a: |\n text\n  more\nbad\nb: 1\n", &[("not-yaml", "bad")]),
        ("a: 1\n---\nb: 2\n", &[("not-yaml", "---")]),
        ("a: b\u{0}c\n", &[("not-yaml", "\u{0}")]),
        ("a: 1\nb: 2\na: 3\n", &[("duplicate-key", "a")]),
        ("? [x]\n: 1\n", &[("not-yaml", "[")]),
        ("", &[("empty-document", "")]),
        ("# c\n", &[("empty-document", "")]),
        (
            "a: @x\nb: 'it's'\nc: d: e\nf: [1\ng: fine\n",
            &[
                ("reserved-character", "@x"),
                ("reserved-character", "'it's'"),
                ("colon-in-bare-text", "d: e"),
                ("not-yaml", "["),
            ],
        ),
    ];

    #[test]
    fn each_slip_is_told_once_at_its_place() {
        for (text, wanted) in SLIPS {
            let recovered = recover(text);
            let found: Vec<_> = recovered
                .findings
                .iter()
                .map(|finding| (finding.rule, &text[finding.place.span.clone()]))
                .collect();
            assert_eq!(&found, wanted, "{text:?}");
        }
    }

    #[test]
    fn reading_goes_on_past_a_slip() {
        let recovered = recover("a: @x\nb: kept\n");
        let tree = recovered.tree.expect("a tree");
        let b = tree.entry(&tree.root, "b").expect("b");
        assert!(
            matches!(&b.value.content, crate::yaml::Content::Scalar(s) if tree.text_of(s) == "kept")
        );
    }

    #[test]
    fn hostile_texts_end_soon_and_without_panic() {
        let nested: String = (0..3_000)
            .map(|level| format!("{}a:\n", " ".repeat(level)))
            .collect();
        let deep_items = format!("{}x", "- ".repeat(3_000));
        for text in [
            "[".repeat(200_000),
            "{".repeat(200_000),
            "a: \"".repeat(10_000),
            "a: b: c\n".repeat(3_000),
            nested,
            deep_items,
            "\u{feff}\u{feff}".to_owned(),
            "&a [*a, *a]".to_owned(),
            "%YAML 9.9\n---\na: 1".to_owned(),
        ] {
            let recovered = recover(&text);
            assert!(
                !recovered.findings.is_empty(),
                "{}",
                &text[..text.len().min(20)]
            );
        }
    }
}
