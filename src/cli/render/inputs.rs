use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::cli::chosen::Chosen;
use crate::cli::input::Input;
use crate::cli::lint::{Candidate, find};
use crate::cli::{CommandError, Surroundings};

/// The documents that a command line names, each once, in its order: files, ids, the documents of folders in
/// the order of their paths, and stdin.
pub fn inputs(
    given: &[PathBuf],
    surroundings: &Surroundings,
) -> Result<Vec<Candidate>, CommandError> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for given in given {
        let found = if surroundings.folder.join(given).is_dir() {
            let mut found = find(&[OsString::from(given)], None, surroundings)?;
            if let Some(failure) = found.failures.pop() {
                return Err(failure);
            }
            found.candidates
        } else {
            vec![Candidate {
                input: input(given, surroundings)?,
                is_named: true,
            }]
        };
        for candidate in found {
            let path = candidate.input.path().unwrap_or(Path::new("-"));
            let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            if seen.insert(real) {
                all.push(candidate);
            }
        }
    }
    Ok(all)
}

/// A file, or the one that the id of an incident stands for.
fn input(given: &Path, surroundings: &Surroundings) -> Result<Input, CommandError> {
    if given == Path::new("-") || surroundings.folder.join(given).exists() {
        return Input::named(given, surroundings);
    }
    match given.to_str() {
        Some(named) => Ok(Chosen::named(named, surroundings)?.input()),
        None => Err(
            CommandError::new(format!("there is no file `{}`", given.display()))
                .help("name a document, or the id of an incident"),
        ),
    }
}
