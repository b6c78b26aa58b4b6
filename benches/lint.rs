//! What linting a document costs beside merely reading it.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench says what it measured, and stops where it cannot"
)]

mod rounds;

use std::hint::black_box;
use std::process::ExitCode;

use postmortem::config::Config;
use postmortem::document::Document;
use postmortem::lint::Levels;
use postmortem::model::Postmortem;
use postmortem::text::Source;

const DOCUMENT: &str = include_str!("nine-kilobytes.yaml");
const GOAL: f64 = 1.6;
const ROUNDS: usize = 2_000;

fn main() -> ExitCode {
    let findings = lint();
    assert_eq!(findings, 0, "the document is clean");
    let [bare, linted] = rounds::medians(ROUNDS, bare_read, || {
        black_box(lint());
    });
    let ratio = linted.as_secs_f64() / bare.as_secs_f64();
    let met = ratio <= GOAL;
    println!(
        "lint of {} bytes: {linted:.1?}, bare typed read: {bare:.1?}, ratio {ratio:.2}, goal {GOAL:.2}: {}",
        DOCUMENT.len(),
        if met { "met" } else { "missed" },
    );
    ExitCode::from(u8::from(!met))
}

fn bare_read() {
    let read: Postmortem = serde_yaml::from_str(black_box(DOCUMENT)).expect("a document");
    black_box(read);
}

fn lint() -> usize {
    let reading = Document::read(Source::new("nine-kilobytes.yaml", black_box(DOCUMENT)));
    let findings = postmortem::lint::lint(
        black_box(&reading),
        &Config::default(),
        &Levels::default(),
        Some("2024-12-11-telemetry-rollout"),
    );
    findings.len()
}
