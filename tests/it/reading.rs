//! Whatever a file holds, reading it ends with findings at places that are there, and never with a panic.

use std::path::PathBuf;

use postmortem::document::{Document, Reading};
use postmortem::text::Source;

use crate::sandbox::project;

/// A small generator of numbers, so that a failure comes again on the next run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("it fits") % limit.max(1)
    }
}

const SHARDS: &[&str] = &[
    ": ",
    " #",
    "- ",
    "\n",
    "\n  ",
    "\n\t",
    "\t",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "|",
    ">",
    "&a ",
    "*a",
    "!t ",
    "%",
    "@",
    "`",
    "---\n",
    "...\n",
    "? ",
    "<<: ",
    "\u{feff}",
    "\u{0}",
    "\u{1b}[2J",
    "\u{85}",
    "\u{2028}",
    "é",
    "🎉",
    "\r",
    "\r\n",
    "~",
    "true",
    "no",
    "1e999",
    "0x",
    "what: ",
    "timeline:\n",
    "  at: 2024-13-01\n",
];

fn documents() -> Vec<String> {
    let folders = ["examples", "tests/documents", "tests/documents/broken"];
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(project().join(folder)).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a document"))
        .collect()
}

fn mangled(text: &str, numbers: &mut Numbers) -> String {
    let mut text = text.to_owned();
    for _ in 0..=numbers.below(4) {
        let mut at = numbers.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let mut end = (at + numbers.below(12)).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        match numbers.below(3) {
            0 => text.insert_str(at, SHARDS[numbers.below(SHARDS.len())]),
            1 => text.replace_range(at..end, ""),
            _ => text.replace_range(at..end, SHARDS[numbers.below(SHARDS.len())]),
        }
    }
    text
}

#[track_caller]
fn is_sane(reading: &Reading) {
    let text = reading.source.text();
    for finding in &reading.findings {
        let labels = finding.labels.iter().chain([&finding.place]);
        for label in labels {
            assert!(
                text.get(label.span.clone()).is_some(),
                "{finding:?} is not inside\n{text}"
            );
        }
        assert!(!finding.message.contains('\n'), "{finding:?}");
    }
    if !reading.is_whole() {
        assert!(!reading.findings.is_empty(), "no word about\n{text}");
    }
    let vague = reading
        .findings
        .iter()
        .find(|finding| finding.message.contains("does not read"));
    assert!(vague.is_none(), "{vague:?}\n{text}");
}

#[test]
fn mangled_documents_are_read_to_their_end() {
    let documents = documents();
    let mut numbers = Numbers(20_241_211);
    let mut broken = 0;
    for round in 0..1_500 {
        let short = &documents[round % documents.len()];
        let end = short
            .char_indices()
            .nth(3_000)
            .map_or(short.len(), |(at, _)| at);
        let text = mangled(&short[..end], &mut numbers);
        let reading = Document::read(Source::new("mangled.yaml", text));
        is_sane(&reading);
        broken += usize::from(!reading.is_whole());
    }
    assert!(broken > 500, "only {broken} were broken");
}

#[test]
fn a_slip_at_any_line_leaves_the_rest_readable() {
    let text = std::fs::read_to_string(
        project().join("examples/2023-06-07-support-bot-upstream-outage.yaml"),
    )
    .expect("an example");
    let lines: Vec<&str> = text.lines().collect();
    for at in 0..lines.len() {
        let mut with_slip = lines.clone();
        with_slip.insert(at, "\t@oops: it's: {");
        let reading = Document::read(Source::new("slip.yaml", with_slip.join("\n")));
        is_sane(&reading);
    }
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    for text in documents() {
        let plain = Document::read(Source::new("x.yaml", text.as_str()));
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let windows = Document::read(Source::new("x.yaml", windows));
        let places = |reading: &Reading| -> Vec<_> {
            let findings = reading.findings.iter();
            findings
                .map(|finding| {
                    (
                        finding.rule,
                        reading.source.position(finding.place.span.start),
                    )
                })
                .collect()
        };
        assert_eq!(places(&plain), places(&windows));
        let model = |reading: Reading| {
            reading
                .document
                .map(|document| document.postmortem().clone())
        };
        assert_eq!(model(plain), model(windows));
    }
}
