//! What starting the tool costs beside starting nothing.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench says what it measured, and stops where it cannot"
)]

mod rounds;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

const GOAL: Duration = Duration::from_millis(2);
const ROUNDS: usize = 500;

fn main() -> ExitCode {
    let empty = build_empty_program();
    let [nothing, version] = rounds::medians(
        ROUNDS,
        || start(Command::new(&empty)),
        || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_postmortem"));
            command.arg("--version");
            start(command);
        },
    );
    let more = version.saturating_sub(nothing);
    let met = more <= GOAL;
    println!(
        "postmortem --version: {version:.2?}, an empty program: {nothing:.2?}, {more:.2?} more, goal {GOAL:.2?}: {}",
        if met { "met" } else { "missed" },
    );
    ExitCode::from(u8::from(!met))
}

/// Builds a program that does nothing, as `cargo build --release` would.
fn build_empty_program() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let source = folder.join("empty.rs");
    let program = folder.join("empty");
    #[expect(clippy::disallowed_methods, reason = "the file is the bench's own")]
    std::fs::write(&source, "fn main() {}\n").expect("a source is written");
    let built = Command::new("rustc")
        .args(["--edition=2024", "-O", "-Cstrip=symbols", "-o"])
        .args([&program, &source])
        .status();
    assert!(built.expect("rustc runs").success(), "it is built");
    program
}

fn start(mut command: Command) {
    let ended = command.stdout(Stdio::null()).status();
    assert!(ended.expect("it starts").success(), "it ends well");
}
