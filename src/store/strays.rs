//! What killed processes left behind: files that were written aside and never put in place.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use super::beside;
use super::write_aside::WORD;

/// Removes the strays in the folder of a file.
///
/// A stray has the name of an aside, and nobody holds its lock: its writer is dead, on whatever
/// machine and under whatever number it ran. A living writer's aside is left, be it stopped. What
/// cannot be removed stays: sweeping is no reason to fail.
pub fn sweep(file: &Path) {
    sweep_named(file, b".");
}

/// Removes the strays of one file alone: what else lies in its folder may be anybody's.
pub fn sweep_of(file: &Path) {
    let first = beside::path(file, WORD).ok();
    if let Some(front) = first.as_deref().and_then(Path::file_name) {
        sweep_named(file, front.as_encoded_bytes());
    }
}

/// As [`sweep_of`] for many files; each folder is looked through once.
pub fn sweep_of_all(files: &BTreeSet<PathBuf>) {
    let folders: BTreeSet<&Path> = files.iter().map(|file| beside::folder(file)).collect();
    for folder in folders {
        let Some(any) = files.iter().find(|file| beside::folder(file) == folder) else {
            continue;
        };
        for name in beside::siblings(any).unwrap_or_default() {
            let is_ours = |file: &OsStr| files.contains(&folder.join(file));
            if written_for(&name).is_some_and(is_ours) {
                remove(&folder.join(name));
            }
        }
    }
}

/// The name of the file for which an aside was written; nothing for what is none.
fn written_for(name: &OsStr) -> Option<&OsStr> {
    let text = name.to_str()?;
    if !is_aside(text.as_bytes()) {
        return None;
    }
    let (before, _) = text.rsplit_once(WORD)?;
    Some(OsStr::new(before.strip_prefix('.')?.strip_suffix('.')?))
}

/// Removes the strays in the folder of a file whose names begin like this.
fn sweep_named(file: &Path, front: &[u8]) {
    for name in beside::siblings(file).unwrap_or_default() {
        let bytes = name.as_encoded_bytes();
        if bytes.starts_with(front) && is_aside(bytes) {
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

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "a test makes the files that it looks at"
)]
mod tests {
    use super::*;
    use crate::store::lock::tests::taken;
    use crate::store::tests::Folder;

    #[test]
    fn what_the_dead_left_is_swept_and_nothing_else() {
        let folder = Folder::new();
        let name = |name: &str| folder.path().join(name);
        let strays = [
            ".a.yaml.aside-1-0",
            // A document that another process was about to make.
            ".2024-12-11-b.yaml.aside-4194304-12",
            // The number of a process that lives is no sign of life.
            &format!(".a.yaml.aside-{}-999999", std::process::id()),
        ];
        let mut theirs = vec![
            ".a.yaml.aside-1-0.bak",
            ".a.yaml.aside-1",
            ".a.yaml.aside--1",
            ".a.yaml.aside-1-",
            ".a.yaml.aside-1-x",
            ".a.yaml.aside-1-0-0",
            ".a.yaml.swp",
            ".a.yaml.XYZ123",
            ".a.yaml.lock-1-0",
            "a.yaml.aside-1-0",
            "..aside-1-0",
            "aside-1-0",
            "a.yaml",
            "a.yaml~",
            ".a.yaml.journal.1",
        ];
        for file in strays.iter().chain(&theirs) {
            std::fs::write(name(file), "x").expect("written");
        }
        std::fs::create_dir(name(".c.yaml.aside-1-0")).expect("made");
        theirs.push(".c.yaml.aside-1-0");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("a.yaml", name(".d.yaml.aside-1-0")).expect("linked");
            theirs.push(".d.yaml.aside-1-0");
        }
        // One whose writer lives.
        let living = File::create_new(name(".e.yaml.aside-1-0")).expect("made");
        living.lock().expect("locked");
        theirs.push(".e.yaml.aside-1-0");
        theirs.push(".a.yaml.lock");
        drop(taken(&name("a.yaml")));
        theirs.sort_unstable();
        assert_eq!(folder.names_in("."), theirs);
        drop(living);
        drop(taken(&name("a.yaml")));
        assert!(!name(".e.yaml.aside-1-0").exists());
    }

    #[test]
    fn a_page_that_is_written_sweeps_its_own_strays() {
        let folder = Folder::new();
        for name in [
            ".a.html.aside-1-0",
            ".ba.html.aside-1-0",
            ".a.html.x.aside-1-0",
        ] {
            std::fs::write(folder.path().join(name), "x").expect("written");
        }
        crate::store::replace(&folder.path().join("a.html"), b"new").expect("replaced");
        let left = [".a.html.x.aside-1-0", ".ba.html.aside-1-0", "a.html"];
        assert_eq!(folder.names_in("."), left);
    }

    #[test]
    fn pages_that_are_written_together_sweep_their_own_strays() {
        let folder = Folder::new();
        for name in [
            ".a.html.aside-1-0",
            ".b.html.aside-1-0",
            ".ba.html.aside-1-0",
            ".a.html.x.aside-1-0",
        ] {
            std::fs::write(folder.path().join(name), "x").expect("written");
        }
        let files = ["a.html", "b.html"].map(|name| folder.path().join(name));
        sweep_of_all(&files.clone().into());
        for file in files {
            crate::store::put(&file, b"new").expect("put");
        }
        let left = [
            ".a.html.x.aside-1-0",
            ".ba.html.aside-1-0",
            "a.html",
            "b.html",
        ];
        assert_eq!(folder.names_in("."), left);
    }

    #[test]
    fn many_write_aside_while_one_sweeps() {
        let folder = Folder::new();
        let write = |thread: usize| {
            for number in 0..100 {
                let file = folder.path().join(format!("{thread}-{number}.yaml"));
                crate::store::create(&file, b"new").expect("created");
                crate::store::replace(&file, b"newer").expect("replaced");
            }
        };
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..4)
                .map(|thread| scope.spawn(move || write(thread)))
                .collect();
            while !writers.iter().all(|writer| writer.is_finished()) {
                sweep(&folder.path().join("a.yaml"));
            }
        });
        assert_eq!(
            folder.names_in(".").len(),
            400,
            "no stray is left, and no file is missing"
        );
    }
}
