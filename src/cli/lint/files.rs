use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::super::chosen::Chosen;
use super::super::configurations::find as find_configuration;
use super::super::input::{Input, not_a_file, unreadable};
use super::super::root::Root;
use super::super::{CommandError, Surroundings};

/// What a command line names, and what of it could not be looked at.
pub struct Found {
    pub candidates: Vec<Candidate>,
    pub failures: Vec<CommandError>,
    /// The folders that were looked through, as people know them.
    pub folders: Vec<String>,
}

/// What may be a document.
#[derive(Debug)]
pub struct Candidate {
    pub input: Input,
    /// Whether it was named, and is to be checked whatever it looks like; else it was met in a folder.
    pub is_named: bool,
}

/// Finds what may be documents in files and folders, in the order of their paths, each once.
pub fn find(
    paths: &[OsString],
    stdin_name: Option<&Path>,
    surroundings: &Surroundings,
) -> Result<Found, CommandError> {
    // Sorted by path; stdin, which has none, comes first.
    let mut candidates = BTreeMap::new();
    let mut failures = Vec::new();
    let mut folders = Vec::new();
    if paths.is_empty() {
        folders.push(configured_folder(surroundings)?);
    }
    let named = |input| Candidate {
        input,
        is_named: true,
    };
    for given in paths {
        if given == "-" {
            let name = stdin_name.map(|name| surroundings.plain(name));
            candidates.insert(PathBuf::new(), named(Input::stdin(name.as_deref())));
            continue;
        }
        let path = surroundings.folder.join(given);
        match fs::metadata(&path) {
            Err(error) => match id(given, surroundings) {
                Some(chosen) => {
                    let input = Input::file(chosen.file.clone(), chosen.shown);
                    candidates.insert(real(&chosen.file), named(input));
                }
                None => failures.push(unreadable(&path, &error, surroundings)),
            },
            Ok(about) if about.is_dir() => folders.push(path),
            Ok(about) if about.is_file() => {
                let name = surroundings.plain(Path::new(given)).display().to_string();
                candidates.insert(real(&path), named(Input::file(path, name)));
            }
            Ok(_) => {
                failures.push(not_a_file(Path::new(given)));
            }
        }
    }
    for folder in &folders {
        let real_folder = real(folder);
        for entry in entries(folder) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    failures.push(not_walked(folder, &error, surroundings));
                    continue;
                }
            };
            let path = entry.path();
            let is_link = entry.path_is_symlink();
            let is_file = match is_link {
                true => path.is_file(),
                false => entry.file_type().is_some_and(|kind| kind.is_file()),
            };
            if !is_file || !is_yaml(path) {
                continue;
            }
            let key = match path.strip_prefix(folder) {
                Ok(below) if !is_link => real_folder.join(below),
                _ => real(path),
            };
            candidates.entry(key).or_insert_with(|| Candidate {
                input: Input::file(
                    path.to_owned(),
                    surroundings.shown(path).display().to_string(),
                ),
                is_named: false,
            });
        }
    }
    Ok(Found {
        candidates: candidates.into_values().collect(),
        failures,
        folders: (folders.iter())
            .map(|folder| surroundings.shown(folder).display().to_string())
            .collect(),
    })
}

/// The path without links: what makes two ways of naming a file the same.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// The document that an id or a part of one stands for, where no file has that name.
fn id(given: &OsString, surroundings: &Surroundings) -> Option<Chosen> {
    let given = given.to_str().filter(|given| !given.contains(['/', '.']))?;
    Chosen::named(given, surroundings).ok()
}

fn configured_folder(surroundings: &Surroundings) -> Result<PathBuf, CommandError> {
    // The error of a configuration that does not read is told here.
    find_configuration(&surroundings.folder)?;
    let folder = Root::of(surroundings)?.documents();
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

/// Everything in a folder and the folders in it, but for what is hidden and what git ignores. Links to
/// folders are not followed, so that no circle of them can be.
fn entries(folder: &Path) -> impl Iterator<Item = Result<ignore::DirEntry, ignore::Error>> {
    WalkBuilder::new(folder)
        .follow_links(false)
        .hidden(true)
        // The repository decides, and not what this user or another tool ignores: the findings are
        // to be the same everywhere.
        .git_ignore(true)
        .git_exclude(false)
        .git_global(false)
        .ignore(false)
        .parents(true)
        .build()
}

fn not_walked(folder: &Path, error: &ignore::Error, surroundings: &Surroundings) -> CommandError {
    let shown = surroundings.shown(folder);
    CommandError::new(format!(
        "not everything in `{}` can be read: {error}",
        shown.display()
    ))
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// How much of a file is looked at to see whether it is a document, in bytes.
const HEAD: usize = 8192;

/// Whether the first keys of a text are those of a document.
pub fn looks_like_a_document(text: &str) -> bool {
    let mut head = text.len().min(HEAD);
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    crate::store::looks_like_a_document(&text[..head])
}
