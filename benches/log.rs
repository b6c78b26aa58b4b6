//! What one `postmortem log` costs as a whole process, beyond what the disk takes to sync the same bytes.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench makes the files it needs, says what it measured, and stops where it cannot"
)]

mod rounds;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

const GOAL: Duration = Duration::from_millis(10);
const ROUNDS: usize = 100;

/// How many documents of incidents that are over lie beside the one that is open.
const OTHERS: usize = 1_000;

/// How many events a long day has.
const EVENTS: usize = 2_400;

const SMALL: &str = include_str!("nine-kilobytes.yaml");

fn main() -> ExitCode {
    let cases = [
        ("a document of 9 kB", open(SMALL), 0),
        ("a day of 2,400 events", long_day(), 0),
        (
            "a document of 9 kB beside 1,000 others",
            open(SMALL),
            OTHERS,
        ),
    ];
    let mut met = true;
    for (name, text, others) in cases {
        met &= measure(name, &text, others);
    }
    ExitCode::from(u8::from(!met))
}

/// Measures one case; gives whether the goal was met.
fn measure(name: &str, text: &str, others: usize) -> bool {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("log");
    let documents = folder.join("postmortems");
    // Of an earlier run, which may have measured something else.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&documents).expect("a folder");
    for number in 0..others {
        let old = documents.join(format!("2023-01-01-old-{number}.yaml"));
        fs::write(old, SMALL).expect("written");
    }
    let file = documents.join("2024-12-11-open.yaml");
    fs::write(&file, text).expect("written");
    let [bare, log] = rounds::medians(
        ROUNDS,
        || sync(&documents, text),
        || {
            // The same document each time.
            fs::write(&file, text).expect("written");
            start(&folder);
        },
    );
    let more = log.saturating_sub(bare);
    let is_met = more <= GOAL;
    println!(
        "postmortem log, {name}: {log:.2?}, the disk alone: {bare:.2?}, {more:.2?} more, goal {GOAL:.2?}: {}",
        if is_met { "met" } else { "missed" },
    );
    is_met
}

/// The calls that make a text last, bare: written aside, synced, renamed, the folder synced.
fn sync(folder: &Path, text: &str) {
    let target = folder.join("bare.txt");
    fs::write(&target, text).expect("written");
    let aside: PathBuf = folder.join(".bare.txt.aside");
    let mut file = File::create(&aside).expect("made");
    file.write_all(text.as_bytes()).expect("written");
    file.sync_all().expect("synced");
    fs::rename(&aside, &target).expect("renamed");
    let above = File::open(folder).expect("opened");
    above.sync_all().expect("synced");
}

fn start(folder: &Path) {
    let ended = Command::new(env!("CARGO_BIN_EXE_postmortem"))
        .args(["log", "rolled back the deploy"])
        .current_dir(folder)
        .env("POSTMORTEM_NOW", "2024-12-12T07:59:00Z")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(ended.expect("it starts").success(), "it ends well");
}

/// The document of an incident that is not over.
fn open(text: &str) -> String {
    text.replace("\nstatus: resolved", "\nstatus: monitoring")
}

fn long_day() -> String {
    let mut text = "\
version: 1
id: 2024-12-11-open
title: A long day
severity: sev1
timezone: America/Los_Angeles
timeline:
"
    .to_owned();
    for number in 0..EVENTS {
        let (hour, minute) = (number / 100, number % 60);
        text.push_str(&format!(
            "  - {{at: 2024-12-11T{hour:02}:{minute:02}:00-08:00, kind: action, what: Event number {number} of a long day.}}\n"
        ));
    }
    text
}
