//! What was logged last, kept in the lock file, so that it can be taken back.

use std::fs::File;
use std::io::{self, Read, Seek, Write};

use serde::{Deserialize, Serialize};

/// An event that was logged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Remembered {
    /// Who logged it, as the caller names people.
    pub who: String,
    /// The event as it was written.
    pub event: serde_json::Value,
}

/// How many are remembered.
const MOST: usize = 50;

/// How many bytes of them, the newest apart.
const MOST_BYTES: usize = 1 << 20;

/// Reads what a lock file remembers, newest last. Lines that say nothing are passed over.
pub fn read(mut file: &File) -> Vec<Remembered> {
    let mut text = Vec::new();
    let whole = file
        .rewind()
        .and_then(|()| file.take(8 * MOST_BYTES as u64).read_to_end(&mut text));
    if whole.is_err() {
        return Vec::new();
    }
    let lines = text.split(|byte| *byte == b'\n');
    lines
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect()
}

/// Writes what a lock file is to remember: the newest of these.
///
/// In place and without a sync: whoever waits for the lock waits for this very file, so it cannot be
/// replaced, and what a crash tears or takes away can be done without.
pub fn write(mut file: &File, all: &[Remembered]) -> io::Result<()> {
    let mut lines: Vec<String> = Vec::new();
    let mut bytes = 0;
    for one in all.iter().rev().take(MOST) {
        let line = serde_json::to_string(one).map_err(io::Error::other)?;
        bytes += line.len();
        if bytes > MOST_BYTES && !lines.is_empty() {
            break;
        }
        lines.push(line);
    }
    let mut text = String::new();
    for line in lines.iter().rev() {
        text.push_str(line);
        text.push('\n');
    }
    file.rewind()?;
    file.set_len(0)?;
    file.write_all(text.as_bytes())
}
