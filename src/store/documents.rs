use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::document::Document;
use crate::model::{IncidentId, Status};
use crate::path;
use crate::text::Source;

use super::{Store, StoreError};

/// An incident that is open as far as anybody can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenIncident {
    /// Its document.
    pub file: PathBuf,
    /// The file's name without its ending: the id.
    pub name: String,
    /// What can be told of it; nothing where the file cannot be read.
    pub facts: Option<OpenFacts>,
}

/// What a list says of an open incident. Texts are as they stand in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFacts {
    /// Its title.
    pub title: String,
    /// Its severity.
    pub severity: Option<String>,
    /// How far it is.
    pub status: Status,
}

/// How much of a file is looked at before it is read whole, in bytes. `status` is among the first keys.
const HEAD: usize = 4096;

/// One byte more than the reader takes, so that it sees that there is more.
const MOST: u64 = 4 * 1024 * 1024 + 1;

impl Store {
    /// Every file that may hold a document, in the order of their names, which begin with a date. What
    /// lies in folders below is not looked at.
    pub fn files(&self) -> Result<Vec<PathBuf>, StoreError> {
        let failed = |error: io::Error| StoreError::new(self.folder(), "read", &error);
        let entries = match fs::read_dir(self.folder()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let mut files = Vec::new();
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if is_hidden || !is_yaml(&path) {
                continue;
            }
            // A link is followed; a pipe of that name would be waited for.
            let is_file = match entry.file_type() {
                Ok(kind) if kind.is_file() => true,
                Ok(kind) if kind.is_symlink() => path.is_file(),
                _ => false,
            };
            if is_file {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    /// The incidents whose `status` is not `resolved`, oldest first.
    ///
    /// A file that says at its root that it is resolved is not parsed. One that cannot be read counts as
    /// open: nobody can tell that it is not.
    pub fn open_incidents(&self) -> Result<Vec<OpenIncident>, StoreError> {
        let files = unless_resolved(self.files()?).into_iter();
        Ok(files.filter_map(|(file, text)| open(file, text)).collect())
    }

    /// The only incident that is open, where a look at the files is enough to tell: no file is parsed, as
    /// [`Self::open_incidents`] does to tell them all.
    pub fn only_open(&self) -> Result<Option<PathBuf>, StoreError> {
        let mut only = None;
        for (file, text) in unless_resolved(self.files()?) {
            match text {
                Ok(text) if only.is_none() && is_plainly_open(&text) => only = Some(file),
                Ok(text) if !is_named_as_one(&file) && !looks_like_a_document(&text) => {}
                _ => return Ok(None),
            }
        }
        Ok(only)
    }
}

/// From so many files on it is worth to look at several at once.
const MANY: usize = 50;

/// The files that are not plainly resolved, in their order, with their texts.
fn unless_resolved(files: Vec<PathBuf>) -> Vec<(PathBuf, io::Result<String>)> {
    let look = |file: PathBuf| {
        let text = text_unless_resolved(&file).transpose()?;
        Some((file, text))
    };
    match files.len() {
        ..MANY => files.into_iter().filter_map(look).collect(),
        MANY.. => files.into_par_iter().filter_map(look).collect(),
    }
}

/// Whether a file's name is that of a document.
fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// Whether a file is called as a document should be.
fn is_named_as_one(file: &Path) -> bool {
    let stem = file.file_stem().map(std::ffi::OsStr::to_string_lossy);
    stem.is_some_and(|name| name.parse::<IncidentId>().is_ok())
}

fn open(file: PathBuf, text: io::Result<String>) -> Option<OpenIncident> {
    let name = file.file_stem()?.to_string_lossy().into_owned();
    let unreadable = |file, name| {
        Some(OpenIncident {
            file,
            name,
            facts: None,
        })
    };
    let Ok(text) = text else {
        return unreadable(file, name);
    };
    if !is_named_as_one(&file) && !looks_like_a_document(&text) {
        return None;
    }
    let reading = Document::read(Source::new(name.as_str(), text));
    let is_whole = reading.is_whole();
    let Some(document) = reading.document else {
        return unreadable(file, name);
    };
    let postmortem = document.postmortem();
    match (postmortem.status, is_whole) {
        (Status::Resolved, true) => return None,
        // In the middle of a merge it may say both.
        (Status::Resolved, false) => return unreadable(file, name),
        _ => {}
    }
    let has_title = !document.is_damaged(&path!["title"]);
    Some(OpenIncident {
        file,
        name,
        facts: has_title.then(|| OpenFacts {
            title: postmortem.title.clone(),
            severity: postmortem.severity.clone(),
            status: postmortem.status,
        }),
    })
}

/// The text of a file; nothing where a look at it shows that the incident is resolved.
fn text_unless_resolved(file: &Path) -> io::Result<Option<String>> {
    let mut file = File::open(file)?;
    let mut bytes = Vec::with_capacity(2 * HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut bytes)?;
    let whole_lines = match bytes.len() {
        HEAD => bytes.iter().rposition(|b| *b == b'\n').unwrap_or(0),
        all => all,
    };
    if is_plainly_resolved(&String::from_utf8_lossy(&bytes[..whole_lines])) {
        return Ok(None);
    }
    file.take(MOST).read_to_end(&mut bytes)?;
    match String::from_utf8(bytes) {
        Ok(text) if is_plainly_resolved(&text) => Ok(None),
        Ok(text) => Ok(Some(text)),
        Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error)),
    }
}

/// Whether every `status` at the root of a document says `resolved`, and one does. A key of the root
/// stands at the beginning of its line, and nothing else that is YAML does.
fn is_plainly_resolved(text: &str) -> bool {
    let mut states = text
        .split(['\n', '\r'])
        .filter_map(|line| line.strip_prefix("status:"))
        .peekable();
    states.peek().is_some()
        && states.all(|state| {
            let state = state.split(" #").next().unwrap_or(state).trim();
            matches!(state, "resolved" | "\"resolved\"" | "'resolved'")
        })
}

/// Whether a text is that of a document in block style that has no `status` at its root, or none but those
/// of an open incident. A root of which one key begins its line has all its keys there.
fn is_plainly_open(text: &str) -> bool {
    let lines = || text.split(['\n', '\r']);
    let has_root_keys = ["version:", "id:", "title:"]
        .iter()
        .all(|key| lines().any(|line| line.starts_with(key)));
    has_root_keys
        && lines().all(|line| match line.strip_prefix("status:") {
            Some(state) => {
                let state = state.split(" #").next().unwrap_or(state).trim();
                matches!(state, "investigating" | "identified" | "monitoring")
            }
            None => !["status", "\"", "'", "?", "{", "<<"]
                .iter()
                .any(|odd| line.starts_with(odd)),
        })
}

/// Whether the keys of a text, or of its beginning, are those of a document.
pub fn looks_like_a_document(text: &str) -> bool {
    const KEYS: [&str; 8] = [
        "version", "id", "title", "severity", "status", "stage", "timezone", "timeline",
    ];
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.split(['\n', '\r']);
    let keys = lines.filter_map(|line| Some(line.split_once(':')?.0.trim_end()));
    keys.filter(|key| KEYS.contains(key)).nth(1).is_some()
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "a test makes the files that it looks at"
)]
mod tests {
    use super::super::tests::Folder;
    use super::*;

    #[test]
    fn documents_are_told_from_other_yaml() {
        for document in [
            "version: 1\nid: 2024-12-11-x\n",
            "\u{feff}# a comment\r\nid: x\r\ntitel: y\r\nseverity: sev1\r\n",
        ] {
            assert!(looks_like_a_document(document), "{document:?}");
        }
        for other in [
            "version: '3'\nservices:\n  web:\n    id: x\n    title: y\n",
            "on: push\njobs: {}\n",
            "",
        ] {
            assert!(!looks_like_a_document(other), "{other:?}");
        }
    }

    #[test]
    fn a_look_sees_who_says_plainly_to_be_resolved() {
        for resolved in [
            "id: x\nstatus: resolved\n",
            "status:   \"resolved\"  # at last\r\ntitle: x\r\n",
            "status: 'resolved'",
        ] {
            assert!(is_plainly_resolved(resolved), "{resolved:?}");
        }
        for other in [
            "",
            "id: x\n",
            "status: monitoring\n",
            "status: resolved?\n",
            "status:\n  resolved\n",
            "summary: |\n  status: resolved\n",
            "actions:\n- status: resolved\n",
            "<<<<<<< ours\nstatus: resolved\n=======\nstatus: monitoring\n>>>>>>> theirs\n",
        ] {
            assert!(!is_plainly_resolved(other), "{other:?}");
        }
    }

    #[test]
    fn a_look_sees_who_says_plainly_to_be_open() {
        let head = "version: 1\nid: x\ntitle: y\n";
        for open in [
            "",
            "status: monitoring  # as we hope\r\n",
            "actions:\n- status: done\n",
        ] {
            assert!(is_plainly_open(&format!("{head}{open}")), "{open:?}");
        }
        for other in [
            "status: resolved\n",
            "status: monitoring\nstatus: resolved\n",
            "status:\n  resolved\n",
            "status : resolved\n",
            "\"status\": resolved\n",
            "'status': resolved\n",
            "? status\n: resolved\n",
            "<<<<<<< ours\n",
        ] {
            assert!(!is_plainly_open(&format!("{head}{other}")), "{other:?}");
        }
        for other in [
            "",
            "{version: 1, id: x, title: y, status: resolved}\n",
            " version: 1\n id: x\n title: y\n",
        ] {
            assert!(!is_plainly_open(other), "{other:?}");
        }
    }

    #[test]
    fn what_is_open_is_found_and_what_cannot_be_read_is_not_forgotten() {
        let folder = Folder::new();
        let head = "version: 1\nid: 2024-12-11-x\ntitle: API down\n";
        let far = "x".repeat(2 * HEAD);
        for (name, text) in [
            ("2024-12-01-done.yaml", format!("{head}status: resolved\n")),
            (
                "2024-12-02-far.yaml",
                format!("{head}summary: {far}\nstatus: resolved\n"),
            ),
            (
                "2024-12-03-flow.yaml",
                "{version: 1, id: 2024-12-03-flow, title: x, status: resolved}\n".to_owned(),
            ),
            ("2024-12-04-draft.yaml", head.to_owned()),
            (
                "2024-12-05-seen.yml",
                format!("{head}severity: sev2\nstatus: monitoring\n"),
            ),
            ("2024-12-06-torn.yaml", "<<<<<<< ours\n".to_owned()),
            (
                "2024-12-06-torn-later.yaml",
                format!(
                    "{head}<<<<<<< ours\nstatus: resolved\n=======\nstatus: monitoring\n>>>>>>> theirs\n"
                ),
            ),
            ("2024-12-07-odd.yaml", format!("{head}status: resolvd\n")),
            ("2024-12-08-empty.yaml", String::new()),
            ("ours.yaml", head.to_owned()),
            ("compose.yaml", "services: {}\n".to_owned()),
            ("notes.md", head.to_owned()),
            (".2024-12-09-hidden.yaml", head.to_owned()),
        ] {
            fs::write(folder.path().join(name), text).expect("written");
        }
        fs::write(
            folder.path().join("2024-12-10-latin.yaml"),
            b"title: \xe9\n",
        )
        .expect("written");
        fs::create_dir(folder.path().join("2024-12-10-folder.yaml")).expect("made");
        let open = Store::at(folder.path()).open_incidents().expect("a folder");
        let open: Vec<(&str, Option<Status>)> = open
            .iter()
            .map(|open| {
                (
                    open.name.as_str(),
                    open.facts.as_ref().map(|facts| facts.status),
                )
            })
            .collect();
        assert_eq!(
            open,
            [
                ("2024-12-04-draft", Some(Status::Investigating)),
                ("2024-12-05-seen", Some(Status::Monitoring)),
                ("2024-12-06-torn-later", None),
                ("2024-12-06-torn", None),
                ("2024-12-07-odd", Some(Status::Investigating)),
                ("2024-12-08-empty", None),
                ("2024-12-10-latin", None),
                ("ours", Some(Status::Investigating)),
            ]
        );
        assert_eq!(Store::at(folder.path()).only_open(), Ok(None));
        for name in [
            "2024-12-05-seen.yml",
            "2024-12-06-torn.yaml",
            "2024-12-06-torn-later.yaml",
            "2024-12-07-odd.yaml",
            "2024-12-08-empty.yaml",
            "2024-12-10-latin.yaml",
            "ours.yaml",
        ] {
            fs::remove_file(folder.path().join(name)).expect("removed");
        }
        // In flow style, so that only who parses it sees that it is over.
        assert_eq!(Store::at(folder.path()).only_open(), Ok(None));
        fs::remove_file(folder.path().join("2024-12-03-flow.yaml")).expect("removed");
        let only = folder.path().join("2024-12-04-draft.yaml");
        assert_eq!(Store::at(folder.path()).only_open(), Ok(Some(only)));
        let nowhere = Store::at(folder.path().join("nowhere"));
        assert_eq!(nowhere.open_incidents(), Ok(Vec::new()));
    }
}
