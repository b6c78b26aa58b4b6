//! One writer at a time: a lock on a file beside the document.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::memory::{self, Remembered};
use super::{StoreError, beside, strays, write_aside};

/// The right to replace a document, held until this is dropped or the process ends.
///
/// The lock is on `.NAME.lock` beside the document: the document itself is replaced at every change,
/// and whoever waited for the old file would hold a lock that nobody else sees. The lock file stays
/// for the same reason.
#[derive(Debug)]
pub struct Lock {
    /// The document as the caller named it.
    named: PathBuf,
    /// The document behind all links.
    target: PathBuf,
    /// The lock file, locked.
    handle: File,
}

/// The first wait for another holder, and the longest.
const STEPS: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(4));

/// Whether this process had a lock before.
static HAD_ONE: AtomicBool = AtomicBool::new(false);

/// From when on somebody may wonder why nothing happens.
const NOTICED: Duration = Duration::from_millis(200);

impl Lock {
    /// Takes the lock of a document; `None` where somebody else held it for as long as `patience`.
    ///
    /// `waiting` is called once, when the wait becomes one that a person notices. A link is followed
    /// to the file it names, which need not be there at the moment. Strays of dead processes in the
    /// document's folder are swept.
    pub fn take(
        file: &Path,
        patience: Duration,
        waiting: &mut dyn FnMut(),
    ) -> Result<Option<Self>, StoreError> {
        let target =
            beside::followed(file).map_err(|error| StoreError::new(file, "found", &error))?;
        let path = beside::path(&target, "lock")
            .map_err(|error| StoreError::new(file, "locked", &error))?;
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        let open = || {
            beside::open(&path, &options, &target)
                .map_err(|error| StoreError::new(&path, "opened", &error))
        };
        if HAD_ONE.load(Ordering::Relaxed) {
            // Whoever takes it again at once, line by line, would never let others have it.
            sleep(STEPS.0);
        }
        let mut handle = open()?;
        let mut waited = Duration::ZERO;
        let (mut step, longest) = STEPS;
        let mut is_noticed = false;
        loop {
            match handle.try_lock() {
                Ok(()) if beside::names(&path, &handle).unwrap_or(true) => break,
                // It was deleted meanwhile: others lock another file of this name.
                Ok(()) => handle = open()?,
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(unlockable(&path, &error)),
            }
            if waited >= patience {
                return Ok(None);
            }
            if waited >= NOTICED && !is_noticed {
                is_noticed = true;
                waiting();
            }
            let nap = step.min(patience - waited);
            sleep(nap);
            waited += nap;
            step = (step * 3 / 2).min(longest);
        }
        HAD_ONE.store(true, Ordering::Relaxed);
        strays::sweep(&target);
        Ok(Some(Self {
            named: file.to_owned(),
            target,
            handle,
        }))
    }

    /// The document behind all links.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Replaces the document with a new text, but only while it still holds the old one, to the byte;
    /// gives whether it did.
    ///
    /// `false` means that somebody without the lock, such as an editor, was at work: read it again.
    /// Permissions stay, and so does the owner where the system allows that. In an error `is_done`
    /// says whether the new text stands there all the same.
    pub fn exchange(&self, old: &str, new: &str) -> Result<bool, StoreError> {
        write_aside::exchange(&self.target, old.as_bytes(), new.as_bytes())
            .map_err(|error| StoreError::new(&self.named, "written", &error))
    }

    /// The events that were logged last, newest last.
    pub fn memory(&mut self) -> Vec<Remembered> {
        memory::read(&self.handle)
    }

    /// Remembers one more event. That this fails, or that a crash takes it away, costs no more than
    /// the taking back of that event.
    pub fn remember(&mut self, event: Remembered) {
        let mut all = self.memory();
        all.push(event);
        let _ = memory::write(&self.handle, &all);
    }

    /// Forgets the newest event that is equal; gives whether there was one.
    pub fn forget(&mut self, event: &Remembered) -> bool {
        let mut all = self.memory();
        let Some(at) = all.iter().rposition(|one| one == event) else {
            return false;
        };
        all.remove(at);
        memory::write(&self.handle, &all).is_ok()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the system's lock has no time-out, so it is asked again"
)]
fn sleep(nap: Duration) {
    std::thread::sleep(nap);
}

fn unlockable(path: &Path, error: &io::Error) -> StoreError {
    let mut refused = StoreError::new(path, "locked", error);
    if error.kind() == io::ErrorKind::Unsupported {
        refused.why = "cannot be locked: the file system has no locks".to_owned();
    }
    refused
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "a test makes the files that it looks at"
)]
pub mod tests;
