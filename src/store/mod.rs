//! Floor 5: the folder of documents, for many writers and any crash.

mod attachment;
mod beside;
mod documents;
mod journal;
mod lock;
mod memory;
mod strays;
mod write_aside;

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;

use crate::model::IncidentId;

pub use attachment::{AttachmentError, attachment};
pub use documents::{OpenFacts, OpenIncident, looks_like_a_document};
pub use journal::{Claimed, Journal, missing};
pub use lock::Lock;
pub use memory::Remembered;
pub use strays::sweep_of_all;
pub use write_aside::{create, put, replace};

use write_aside::Unsettled;

/// The folder in which documents lie, one file an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    folder: PathBuf,
}

/// Why the folder or a file in it could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError {
    /// The file or folder.
    pub path: PathBuf,
    /// What failed: `cannot be written: permission denied`.
    pub why: String,
    /// Whether what was to be written stands in its place all the same, though a power cut may undo
    /// that.
    pub is_done: bool,
}

impl StoreError {
    fn new(path: &Path, action: &str, error: &io::Error) -> Self {
        let is_done = Unsettled::is(error);
        let why = match is_done {
            true => format!("cannot be made to last: {}", reason(error)),
            false => format!("cannot be {action}: {}", reason(error)),
        };
        Self {
            path: path.to_owned(),
            why,
            is_done,
        }
    }

    fn refused(path: &Path, why: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            why: why.into(),
            is_done: false,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path.display(), self.why)
    }
}

impl std::error::Error for StoreError {}

/// What an error of the system says, without its number.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Adds to the end of a file, and makes it where it is not there.
pub fn append(file: &Path, data: &[u8]) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(file)?;
    file.write_all(data)
}

/// The ending of a document's file name.
const EXTENSION: &str = "yaml";

/// How long another writer is waited for.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// More incidents of one title on one day than anybody has.
const MOST_OF_A_NAME: u32 = 1_000;

impl Store {
    /// The documents of this folder, which need not exist yet.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file in which an incident is, or would be.
    pub fn file_of(&self, id: &IncidentId) -> PathBuf {
        self.folder.join(format!("{id}.{EXTENSION}"))
    }

    /// Makes sure that the folder is there; gives whether it had to be made.
    pub fn make_folder(&self) -> Result<bool, StoreError> {
        if self.folder.is_dir() {
            return Ok(false);
        }
        std::fs::create_dir_all(&self.folder)
            .map(|()| true)
            .map_err(|error| StoreError::new(&self.folder, "created", &error))
    }

    /// Writes a new document under the first free id of a day and a slug: the second incident of
    /// the same name gets `-2`. `text` is told the id. No file is ever overwritten, and none is
    /// left half-written.
    pub fn add(
        &self,
        day: NaiveDate,
        slug: &str,
        text: impl Fn(&IncidentId) -> String,
    ) -> Result<IncidentId, StoreError> {
        for number in 1..=MOST_OF_A_NAME {
            let numbered = match number {
                1 => slug.to_owned(),
                number => format!("{slug}-{number}"),
            };
            let id = IncidentId::new(day, &numbered).map_err(|why| {
                let why = format!("cannot hold `{day}-{numbered}`: {why}");
                StoreError::refused(&self.folder, why)
            })?;
            let file = self.file_of(&id);
            match create(&file, text(&id).as_bytes()) {
                Ok(()) => return Ok(id),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(StoreError::new(&file, "written", &error)),
            }
        }
        let why = format!("holds {MOST_OF_A_NAME} incidents named `{day}-{slug}`");
        Err(StoreError::refused(&self.folder, why))
    }

    /// The ids of all documents, oldest first. A folder that is not there holds none.
    pub fn ids(&self) -> Result<Vec<IncidentId>, StoreError> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(StoreError::new(&self.folder, "read", &error)),
        };
        let mut ids = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| StoreError::new(&self.folder, "read", &error))?;
            let file = PathBuf::from(entry.file_name());
            // A pipe of that name would be waited for.
            let is_file = std::fs::metadata(entry.path()).is_ok_and(|about| about.is_file());
            let is_document = is_file && file.extension().is_some_and(|ending| ending == EXTENSION);
            let stem = file.file_stem().and_then(|stem| stem.to_str());
            if let (true, Some(Ok(id))) = (is_document, stem.map(str::parse)) {
                ids.push(id);
            }
        }
        ids.sort();
        Ok(ids)
    }

    /// Reads the text of a file.
    pub fn read(file: &Path) -> Result<String, StoreError> {
        std::fs::read_to_string(file).map_err(|error| StoreError::new(file, "read", &error))
    }

    /// Replaces a file with a new text under its lock, but only while it still holds the old one;
    /// gives whether it did. A link is followed to the file it names.
    pub fn exchange(file: &Path, old: &str, new: &str) -> Result<bool, StoreError> {
        let Some(lock) = Lock::take(file, PATIENCE, &mut || {})? else {
            return Err(StoreError::refused(
                file,
                "is held by another process all the time",
            ));
        };
        lock.exchange(old, new)
    }
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "a test makes the files that it looks at"
)]
pub(crate) mod tests {
    use super::*;

    pub use write_aside::tests::Folder;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 12, 11).expect("a day")
    }

    #[test]
    fn a_second_incident_of_the_same_name_gets_a_number() {
        let folder = Folder::new();
        let store = Store::at(folder.path().join("postmortems"));
        assert_eq!(store.ids(), Ok(Vec::new()));
        assert_eq!(store.make_folder(), Ok(true));
        assert_eq!(store.make_folder(), Ok(false));
        let add = || {
            let id = store.add(day(), "api", |id| format!("id: {id}\n"));
            id.expect("added").to_string()
        };
        assert_eq!(add(), "2024-12-11-api");
        assert_eq!(add(), "2024-12-11-api-2");
        assert_eq!(add(), "2024-12-11-api-3");
        let ids = store.ids().expect("a folder");
        assert_eq!(ids.len(), 3);
        for id in &ids {
            let text = Store::read(&store.file_of(id)).expect("a file");
            assert_eq!(text, format!("id: {id}\n"));
        }
        assert_eq!(folder.names_in("postmortems").len(), 3, "no stray files");
    }

    #[test]
    fn only_documents_have_ids() {
        let folder = Folder::new();
        for name in [
            "2024-12-11-b.yaml",
            "2024-12-10-z.yaml",
            ".2024-12-11-b.yaml.lock",
            "README.md",
            "notes.yaml",
            "2024-12-11-c.yml",
        ] {
            std::fs::write(folder.path().join(name), "").expect("written");
        }
        std::fs::create_dir(folder.path().join("2024-12-11-d.yaml")).expect("made");
        let ids = Store::at(folder.path()).ids().expect("a folder");
        let ids: Vec<&str> = ids.iter().map(IncidentId::as_str).collect();
        assert_eq!(ids, ["2024-12-10-z", "2024-12-11-b"]);
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = Folder::new();
        let file = folder.path().join("a.yaml");
        std::fs::write(&file, "theirs").expect("written");
        assert_eq!(Store::exchange(&file, "ours", "new"), Ok(false));
        assert_eq!(Store::read(&file).as_deref(), Ok("theirs"));
        assert_eq!(Store::exchange(&file, "theirs", "new"), Ok(true));
        assert_eq!(Store::read(&file).as_deref(), Ok("new"));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let folder = Folder::new();
        std::fs::write(folder.path().join("file"), "").expect("written");
        let store = Store::at(folder.path().join("file/postmortems"));
        let error = store.make_folder().expect_err("a file is in the way");
        assert!(error.why.starts_with("cannot be created: "), "{error}");
        assert!(!error.why.contains("os error"), "{error}");
    }
}
