//! What killed processes left behind: files that were written aside and never put in place.

use std::fs::{File, OpenOptions};
use std::path::Path;

use super::beside;
use super::write_aside::WORD;

/// Removes the strays in the folder of a file.
///
/// A stray has the name of an aside, and nobody holds its lock: its writer is dead, on whatever
/// machine and under whatever number it ran. A living writer's aside is left, be it stopped. What
/// cannot be removed stays: sweeping is no reason to fail.
pub fn sweep(file: &Path) {
    for name in beside::siblings(file).unwrap_or_default() {
        if is_aside(name.as_encoded_bytes()) {
            remove(&beside::folder(file).join(name));
        }
    }
}

/// Whether a file is called `.NAME.aside-PROCESS-NUMBER`.
fn is_aside(name: &[u8]) -> bool {
    let Some(at) = name
        .windows(WORD.len())
        .rposition(|part| part == WORD.as_bytes())
    else {
        return false;
    };
    let (before, numbers) = (&name[..at], &name[at + WORD.len()..]);
    let mut parts = numbers.split(|byte| *byte == b'-');
    let mut number = || {
        parts
            .next()
            .is_some_and(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit))
    };
    before.len() > 2
        && before.starts_with(b".")
        && before.ends_with(b".")
        && number()
        && number()
        && parts.next().is_none()
}

/// Removes an aside unless its writer lives.
fn remove(path: &Path) {
    // A pipe of that name would be waited for, and a link is not ours.
    if !std::fs::symlink_metadata(path).is_ok_and(|about| about.is_file()) {
        return;
    }
    let Ok(file) = open(path) else {
        return;
    };
    // Locked while it is removed, so that its writer sees that it came too late.
    if file.try_lock().is_ok() && beside::names(path, &file).unwrap_or(false) {
        let _ = std::fs::remove_file(path);
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    // Some file systems lock only what may be written; a read-only document's aside may not be.
    let both = OpenOptions::new().read(true).write(true).open(path);
    both.or_else(|_| File::open(path))
}
