//! Files that appear whole or not at all: written beside the target, synced, then put in place.

use std::error::Error;
use std::fmt;
use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::{beside, strays};

/// Writes a file that must not exist yet; `AlreadyExists` where something of that name is there.
pub fn create(file: &Path, data: &[u8]) -> io::Result<()> {
    let aside = Aside::write(file, data)?;
    match std::fs::hard_link(&aside.path, file) {
        Ok(()) => settled(file),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // Some file systems have no links: there the name is taken first, empty.
        Err(_) => {
            OpenOptions::new().write(true).create_new(true).open(file)?;
            aside.put(file).inspect_err(|_| {
                let _ = std::fs::remove_file(file);
            })?;
            settled(file)
        }
    }
}

/// Writes a file, and replaces it where it exists; a link is followed to the file it names.
///
/// What is no regular file, such as `/dev/null`, is written to and not replaced.
pub fn replace(file: &Path, data: &[u8]) -> io::Result<()> {
    let target = beside::followed(file)?;
    let is_special = std::fs::metadata(&target).is_ok_and(|about| !about.is_file());
    if is_special {
        return OpenOptions::new()
            .write(true)
            .open(&target)?
            .write_all(data);
    }
    strays::sweep_of(&target);
    Aside::write(&target, data)?.put(&target)?;
    settled(&target)
}

/// Writes a file that can be made again at any time: as [`replace`], but nobody waits for the disk, and what killed
/// processes left is swept by whoever writes many. A reader sees the old file or the new one, never a part.
pub fn put(file: &Path, data: &[u8]) -> io::Result<()> {
    let replaced = match std::fs::symlink_metadata(file) {
        Ok(about) if about.is_symlink() => return put(&beside::followed(file)?, data),
        about => about.ok(),
    };
    if replaced.as_ref().is_some_and(|about| !about.is_file()) {
        return replace(file, data);
    }
    let mut aside = Aside::open(file, replaced.as_ref())?;
    aside.file.write_all(data)?;
    aside.put(file)
}

/// Replaces a file that is no link with new bytes, but only while it still holds the old ones; gives
/// whether it did.
///
/// Editors know no lock. So the file is looked at once more when all that is left is to rename, and
/// where the system can swap two names, what was there is looked at again when it is out of the way.
pub fn exchange(target: &Path, old: &[u8], new: &[u8]) -> io::Result<bool> {
    if !holds(target, old)? {
        return Ok(false);
    }
    Aside::write(target, new)?.put_for(target, old, new)
}

/// Whether a file holds these bytes; one that an editor moved out of the way for a moment does not.
fn holds(file: &Path, data: &[u8]) -> io::Result<bool> {
    match std::fs::metadata(file) {
        Ok(about) if !about.is_file() => return Err(io::Error::other("it is no plain file")),
        Ok(about) if about.len() != data.len() as u64 => return Ok(false),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    }
    match std::fs::read(file) {
        Ok(there) => Ok(there == data),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// What was written stands in its place, but its folder could not be synced.
#[derive(Debug)]
pub struct Unsettled(io::Error);

impl fmt::Display for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = super::reason(&self.0);
        write!(
            f,
            "it is in its place, but a power cut may undo that: {reason}"
        )
    }
}

impl Error for Unsettled {}

impl Unsettled {
    /// The error of a writing that was done.
    pub fn after(error: io::Error) -> io::Error {
        io::Error::new(error.kind(), Self(error))
    }

    /// Whether an error says that the writing was done all the same.
    pub fn is(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|inner| inner.is::<Self>())
    }
}

/// Makes a file's new name last.
pub fn settled(file: &Path) -> io::Result<()> {
    beside::sync_folder(file).map_err(Unsettled::after)
}

/// The word in the name of every aside.
pub const WORD: &str = "aside-";

/// How many files beside a target may be in the way.
const MOST_STRAYS: u32 = 1_000;

/// A file beside the target that is gone when this is dropped.
///
/// It is called `.NAME.aside-PROCESS-NUMBER`. While its writer lives the file is locked: that, and not
/// the number of the process, which another may have by then, tells what a dead process left.
struct Aside {
    path: PathBuf,
    file: File,
    is_put: bool,
}

impl Aside {
    fn write(target: &Path, data: &[u8]) -> io::Result<Self> {
        let replaced = std::fs::metadata(target).ok();
        let mut aside = Self::open(target, replaced.as_ref())?;
        aside.file.write_all(data)?;
        aside.file.sync_all()?;
        Ok(aside)
    }

    /// Begins a file that is as accessible as the one it will replace.
    fn open(target: &Path, replaced: Option<&Metadata>) -> io::Result<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if replaced.is_some() {
            // Nobody may look at it before it has the permissions of what it replaces.
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        for _ in 0..MOST_STRAYS {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let process = std::process::id();
            let path = beside::path(target, &format!("{WORD}{process}-{number}"))?;
            let file = match options.open(&path) {
                Ok(file) => file,
                // Left by a killed process of the same number.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            };
            let is_taken = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
            // Before it was locked it looked like a stray, and may have been swept.
            if is_taken || !beside::names(&path, &file)? {
                continue;
            }
            if let Some(about) = replaced {
                beside::make_alike(&file, about, 0);
            }
            return Ok(Self {
                path,
                file,
                is_put: false,
            });
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Puts it in the place of its target.
    fn put(mut self, target: &Path) -> io::Result<()> {
        std::fs::rename(&self.path, target)?;
        self.is_put = true;
        Ok(())
    }

    /// Puts it, which holds `new`, in the place of its target, but only while that holds `old`; gives
    /// whether it did.
    fn put_for(self, target: &Path, old: &[u8], new: &[u8]) -> io::Result<bool> {
        if !holds(target, old)? {
            return Ok(false);
        }
        // What comes out of the way must not look like a stray.
        let replaced = File::open(target).inspect(|file| drop(file.try_lock()));
        match swap(&self.path, target) {
            Ok(()) => {
                let is_put = match self.give_back(target, old, new) {
                    Ok(is_put) => is_put,
                    Err(error) => return Err(self.kept(target, &error)),
                };
                drop(replaced);
                match is_put {
                    true => settled(target).map(|()| true),
                    false => Ok(false),
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            // Not every file system can: then what is saved in this very moment is written over.
            Err(_) => {
                self.put(target)?;
                settled(target).map(|()| true)
            }
        }
    }

    /// Keeps what came out of the way under a name that is never swept: it may be what an editor saved.
    fn kept(mut self, target: &Path, error: &io::Error) -> io::Error {
        self.is_put = true;
        let number = self.path.to_string_lossy();
        let number = number.rsplit(WORD).next().unwrap_or_default();
        let kept = beside::path(target, &format!("kept-{number}"))
            .and_then(|kept| std::fs::rename(&self.path, &kept).map(|()| kept))
            .unwrap_or_else(|_| self.path.clone());
        let reason = super::reason(error);
        let kept = kept.display();
        Unsettled::after(io::Error::other(format!(
            "{reason}; what was saved in that moment may be in `{kept}`"
        )))
    }

    /// Looks at what came out of the way in exchange for `new`. What is not `old` was saved since that was
    /// read, and goes back into its place; gives whether nothing had to.
    fn give_back(&self, target: &Path, old: &[u8], new: &[u8]) -> io::Result<bool> {
        let (mut expected, mut put) = (old.to_vec(), new.to_vec());
        let mut is_put = true;
        for _ in 0..MOST_STRAYS {
            let came = std::fs::read(&self.path).map_err(Unsettled::after)?;
            if came == expected {
                break;
            }
            swap(&self.path, target)?;
            is_put = false;
            expected = std::mem::replace(&mut put, came);
        }
        Ok(is_put)
    }
}

/// Swaps what two names stand for, in one step.
#[cfg(target_os = "linux")]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Swaps what two names stand for: not everywhere can that be done.
#[cfg(not(target_os = "linux"))]
fn swap(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

impl Drop for Aside {
    fn drop(&mut self) {
        if !self.is_put {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "a test makes the files that it looks at"
)]
pub(crate) mod tests {
    use super::*;

    /// A folder of its own for a test, gone afterwards.
    #[derive(Debug)]
    pub struct Folder {
        // Dropping it removes the folder.
        _kept: tempfile::TempDir,
        path: PathBuf,
    }

    impl Folder {
        pub fn new() -> Self {
            let kept = tempfile::tempdir().expect("a folder");
            let path = kept.path().canonicalize().expect("a folder");
            Self { _kept: kept, path }
        }

        pub fn path(&self) -> &Path {
            &self.path
        }

        pub fn names_in(&self, folder: &str) -> Vec<String> {
            let entries = std::fs::read_dir(self.path.join(folder)).expect("a folder");
            let mut names: Vec<String> = entries
                .map(|entry| entry.expect("an entry").file_name())
                .map(|name| name.to_string_lossy().into_owned())
                .collect();
            names.sort();
            names
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_nothing_yet_stays_and_gets_its_file() {
        let folder = Folder::new();
        let link = folder.path().join("link.html");
        std::os::unix::fs::symlink("page.html", &link).expect("a link");
        replace(&link, b"x").expect("it is written");
        assert!(std::fs::symlink_metadata(&link).is_ok_and(|about| about.is_symlink()));
        assert_eq!(
            std::fs::read(folder.path().join("page.html")).expect("the file"),
            b"x"
        );
    }

    #[test]
    fn what_exists_is_never_created_over() {
        let folder = Folder::new();
        let file = folder.path().join("a.yaml");
        create(&file, b"one").expect("created");
        let again = create(&file, b"two").expect_err("there");
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&file).expect("read"), b"one");
        #[cfg(unix)]
        {
            let dangling = folder.path().join("link.yaml");
            std::os::unix::fs::symlink("nowhere", &dangling).expect("linked");
            let error = create(&dangling, b"x").expect_err("there");
            assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        }
        std::fs::create_dir(folder.path().join("b.yaml")).expect("made");
        assert!(create(&folder.path().join("b.yaml"), b"x").is_err());
        assert!(
            !folder
                .names_in(".")
                .iter()
                .any(|name| name.starts_with('.'))
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = Folder::new();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        std::fs::write(&real, "old").expect("written");
        std::os::unix::fs::symlink("real", &link).expect("linked");
        replace(&link, b"new").expect("replaced");
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&real).expect("read"), b"new");
        assert_eq!(folder.names_in("."), ["link", "real"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_not_replaced() {
        replace(Path::new("/dev/null"), b"gone").expect("written");
        assert!(!std::fs::metadata("/dev/null").expect("there").is_file());
    }

    #[test]
    fn what_was_saved_during_the_sync_is_not_written_over() {
        let folder = Folder::new();
        let file = folder.path().join("a.yaml");
        std::fs::write(&file, "old").expect("written");
        for theirs in ["new", "longer"] {
            let aside = Aside::write(&file, b"ours").expect("written");
            std::fs::write(&file, theirs).expect("saved");
            assert!(!aside.put_for(&file, b"old", b"ours").expect("compared"));
            assert_eq!(std::fs::read(&file).expect("read"), theirs.as_bytes());
        }
        assert_eq!(folder.names_in("."), ["a.yaml"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_was_saved_while_the_names_were_swapped_goes_back() {
        let folder = Folder::new();
        let file = folder.path().join("a.yaml");
        std::fs::write(&file, "theirs").expect("written");
        let aside = Aside::write(&file, b"ours").expect("written");
        swap(&aside.path, &file).expect("swapped");
        assert_eq!(std::fs::read(&file).expect("read"), b"ours");
        assert!(!aside.give_back(&file, b"old", b"ours").expect("compared"));
        assert_eq!(std::fs::read(&file).expect("read"), b"theirs");
        // And once more, where the editor saves again before its text is back.
        swap(&aside.path, &file).expect("swapped");
        std::fs::write(&file, "newer").expect("saved");
        assert!(!aside.give_back(&file, b"old", b"ours").expect("compared"));
        assert_eq!(std::fs::read(&file).expect("read"), b"newer");
        drop(aside);
        assert_eq!(folder.names_in("."), ["a.yaml"]);
    }

    #[test]
    fn many_at_once_get_a_name_each() {
        let folder = Folder::new();
        let store = crate::store::Store::at(folder.path());
        let day = chrono::NaiveDate::from_ymd_opt(2024, 12, 11).expect("a day");
        let add = || store.add(day, "same", |id| id.to_string()).expect("added");
        let ids: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(add)).collect();
            let ended = threads.into_iter().map(|thread| thread.join());
            ended.map(|id| id.expect("ended")).collect()
        });
        assert_eq!(folder.names_in(".").len(), 8);
        for id in ids {
            let text = std::fs::read_to_string(store.file_of(&id)).expect("read");
            assert_eq!(text, id.to_string());
        }
    }
}
