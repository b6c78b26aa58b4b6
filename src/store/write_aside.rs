//! Files that appear whole or not at all: written beside the target, synced, then put in place.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

/// Writes a file that must not exist yet; `AlreadyExists` where something of that name is there.
pub fn create(file: &Path, data: &[u8]) -> io::Result<()> {
    let aside = Aside::write(file, data)?;
    match std::fs::hard_link(&aside.path, file) {
        Ok(()) => sync_folder(file),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // Some file systems have no links: there the name is taken first, empty.
        Err(_) => {
            OpenOptions::new().write(true).create_new(true).open(file)?;
            std::fs::rename(&aside.path, file)
                .inspect_err(|_| {
                    let _ = std::fs::remove_file(file);
                })
                .and_then(|()| sync_folder(file))
        }
    }
}

/// Writes a file, and replaces it where it exists; a link is followed to the file it names.
///
/// What is no regular file, such as `/dev/null`, is written to and not replaced.
pub fn replace(file: &Path, data: &[u8]) -> io::Result<()> {
    let target = match std::fs::canonicalize(file) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => end_of_links(file),
        Err(error) => return Err(error),
    };
    let is_special = std::fs::metadata(&target).is_ok_and(|about| !about.is_file());
    if is_special {
        return OpenOptions::new()
            .write(true)
            .open(&target)?
            .write_all(data);
    }
    let mut aside = AtomicWriteFile::open(&target)?;
    aside.write_all(data)?;
    aside.commit()
}

/// The file that a link would name if it were there; the path itself where it is no link.
fn end_of_links(file: &Path) -> PathBuf {
    let mut end = file.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = std::fs::read_link(&end) else {
            break;
        };
        end = end.with_file_name(next);
    }
    end
}

/// As many links in a row as Linux follows.
const MOST_LINKS: u32 = 40;

/// How many files beside a target may be in the way.
const MOST_STRAYS: u32 = 1_000;

/// A file beside the target that is gone when this is dropped.
struct Aside {
    path: PathBuf,
}

impl Aside {
    fn write(target: &Path, data: &[u8]) -> io::Result<Self> {
        let name = target
            .file_name()
            .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
        for number in 0..MOST_STRAYS {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(format!(".{}-{number}", std::process::id()));
            let path = target.with_file_name(hidden);
            let file = OpenOptions::new().write(true).create_new(true).open(&path);
            match file {
                Ok(file) => return Self { path }.filled(file, data),
                // Another thread's, or left by a killed process of the same number.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    fn filled(self, mut file: File, data: &[u8]) -> io::Result<Self> {
        file.write_all(data)?;
        file.sync_all()?;
        Ok(self)
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Makes a new name last; where folders cannot be opened there is nothing to do.
fn sync_folder(file: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
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
