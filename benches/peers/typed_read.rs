//! The bare typed read: every document of a folder through `serde_yaml`, on all cores, and nothing else.
//!
//! `benches/peers/run` measures `postmortem lint` against it. What does not read is counted, as a linter
//! would have to say more of it.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench says what it measured, and stops where it cannot"
)]

use std::hint::black_box;
use std::path::PathBuf;

use postmortem::model::Postmortem;
use rayon::prelude::*;

#[expect(
    clippy::disallowed_methods,
    reason = "a bench of one argument needs no parser"
)]
fn main() {
    // `cargo bench` hands on a flag of its own.
    let Some(folder) = std::env::args()
        .skip(1)
        .find(|given| !given.starts_with('-'))
    else {
        println!("name a folder of documents; ./benches/peers/run does");
        return;
    };
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort_unstable();
    let read = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).expect("a text");
        let read = serde_yaml::from_str::<Postmortem>(&text);
        usize::from(black_box(&read).is_ok())
    };
    let sound: usize = files.par_iter().map(read).sum();
    println!("{sound} of {} files read", files.len());
}
