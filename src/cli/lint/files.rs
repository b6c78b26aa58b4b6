use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::super::input::{Input, not_a_file, unreadable};
use super::super::{CommandError, Surroundings};
use super::configuration;

/// What a command line names: documents, and what could not be looked at.
pub struct Found {
    pub inputs: Vec<Input>,
    pub failures: Vec<CommandError>,
}

/// Finds the documents in files and folders, in the order of their paths, each once.
pub fn find(
    paths: &[OsString],
    stdin_name: Option<&Path>,
    surroundings: &Surroundings,
) -> Result<Found, CommandError> {
    // Sorted by path; stdin, which has none, comes first.
    let mut inputs = BTreeMap::new();
    let mut failures = Vec::new();
    let mut folders = Vec::new();
    if paths.is_empty() {
        folders.push(configured_folder(surroundings)?);
    }
    for given in paths {
        if given == "-" {
            inputs.insert(PathBuf::new(), Input::stdin(stdin_name));
            continue;
        }
        let path = surroundings.folder.join(given);
        match fs::metadata(&path) {
            Err(error) => failures.push(unreadable(&path, &error, surroundings)),
            Ok(about) if about.is_dir() => folders.push(path),
            Ok(about) if about.is_file() => {
                let name = Path::new(given).display().to_string();
                inputs.insert(identity(&path), Input::file(path, name));
            }
            Ok(_) => {
                failures.push(not_a_file(Path::new(given)));
            }
        }
    }
    for folder in &folders {
        for path in documents(folder, surroundings, &mut failures) {
            let name = surroundings.shown(&path).display().to_string();
            inputs
                .entry(identity(&path))
                .or_insert(Input::file(path, name));
        }
    }
    if inputs.is_empty() && failures.is_empty() {
        let folders: Vec<String> = (folders.iter())
            .map(|folder| format!("`{}`", surroundings.shown(folder).display()))
            .collect();
        return Err(
            CommandError::new(format!("there is no document in {}", folders.join(", "))).help(
                "a document is a `.yaml` or `.yml` file with `id:` and `title:`; name a file to have it checked whatever it looks like",
            ),
        );
    }
    Ok(Found {
        inputs: inputs.into_values().collect(),
        failures,
    })
}

/// What makes two ways of naming a file the same.
fn identity(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn configured_folder(surroundings: &Surroundings) -> Result<PathBuf, CommandError> {
    let (config, found_in) = configuration(&surroundings.folder)?;
    let root = found_in.unwrap_or_else(|| surroundings.folder.clone());
    let folder = root.join(&config.directory);
    if folder.is_dir() {
        return Ok(folder);
    }
    let shown = surroundings.shown(&folder);
    Err(
        CommandError::new(format!("there is no folder `{}`", shown.display())).help(
            "name what to check: `postmortem lint FILE`; or set the repository up: `postmortem init`",
        ),
    )
}

/// Every document in a folder and the folders in it. Links to folders are not followed, so that no
/// circle of them can be.
fn documents(
    folder: &Path,
    surroundings: &Surroundings,
    failures: &mut Vec<CommandError>,
) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                failures.push(unreadable(&folder, &error, surroundings));
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if hidden {
                continue;
            }
            if kind.is_dir() {
                open.push(path);
            } else if is_yaml(&path) && path.is_file() && looks_like_a_document(&path) {
                found.push(path);
            }
        }
    }
    found
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// How much of a file is read to see whether it is a document, in bytes.
const HEAD: u64 = 8192;

/// Whether the first keys of a file are those of a document. One that cannot be read is taken, so that
/// the failure is told.
fn looks_like_a_document(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    if read.is_err() {
        return true;
    }
    crate::store::looks_like_a_document(&String::from_utf8_lossy(&head))
}
