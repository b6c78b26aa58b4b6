use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::report::FileFindings;
use crate::store;

use super::super::input::Input;
use super::super::{CommandError, Surroundings};

/// The version of the file; it rises when a key goes or changes its meaning.
const VERSION: u32 = 1;

/// Findings that were there when a team began to look, so that only new ones are told.
///
/// A finding is known by its rule, its file and the words of its line, not by the number of the line.
#[derive(Debug)]
pub struct Baseline {
    /// The folder from which the paths in it count.
    folder: PathBuf,
    known: BTreeSet<Known>,
}

/// A finding in a baseline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Known {
    /// From the folder of the baseline, with `/` between folders.
    path: String,
    rule: String,
    fingerprint: String,
}

#[derive(Deserialize)]
struct Written {
    version: u32,
    findings: Vec<Known>,
}

impl Known {
    /// What tells it from the others of its file.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

impl Baseline {
    /// Reads a baseline.
    pub fn read(given: &Path, surroundings: &Surroundings) -> Result<Self, CommandError> {
        let file = surroundings.folder.join(given);
        let text = std::fs::read_to_string(&file).map_err(|error| {
            let error = store::reason(&error);
            let shown = given.display();
            CommandError::new(format!("`{shown}` cannot be read: {error}")).help(format!(
                "postmortem lint --write-baseline {shown} writes one"
            ))
        })?;
        let refused = |why: String| {
            CommandError::new(format!("`{}` is no baseline: {why}", given.display()))
                .help("write it again with `postmortem lint --write-baseline`")
        };
        let written: Written =
            serde_json::from_str(&text).map_err(|error| refused(error.to_string()))?;
        if written.version != VERSION {
            return Err(refused(format!(
                "it has version {}, and this tool reads version {VERSION}",
                written.version
            )));
        }
        Ok(Self {
            folder: folder_of(&file),
            known: written.findings.into_iter().collect(),
        })
    }

    /// A baseline to be written to a file; what an earlier one there knows is kept of files that are not
    /// looked at.
    pub fn new(given: &Path, surroundings: &Surroundings) -> Result<Self, CommandError> {
        let file = surroundings.folder.join(given);
        if file.exists() {
            return Self::read(given, surroundings);
        }
        Ok(Self {
            folder: folder_of(&file),
            known: BTreeSet::new(),
        })
    }

    /// What would be known of a file's findings. A secret is never known: it has to go.
    pub fn of(
        &self,
        input: &Input,
        file: &FileFindings,
        surroundings: &Surroundings,
    ) -> Vec<Known> {
        let path = self.path_of(input, surroundings);
        let findings = file.diagnostics().iter().zip(file.fingerprints());
        findings
            .filter(|(finding, _)| finding.suppressed.is_none() && finding.rule != "secret")
            .map(|(finding, fingerprint)| Known {
                path: path.clone(),
                rule: finding.rule.to_owned(),
                fingerprint: fingerprint.clone(),
            })
            .collect()
    }

    /// Whether a finding is known.
    pub fn knows(&self, finding: &Known) -> bool {
        self.known.contains(finding)
    }

    /// How many known findings are there no more, in the files that were looked at and in those that are
    /// gone.
    pub fn healed(&self, looked_at: &BTreeSet<String>, found: &BTreeSet<Known>) -> usize {
        let known = self.known.iter();
        known
            .filter(|known| !found.contains(known) && !self.is_elsewhere(known, looked_at))
            .count()
    }

    /// The text of a baseline that knows what was found, a finding a line.
    pub fn text(&self, looked_at: &BTreeSet<String>, found: &BTreeSet<Known>) -> String {
        let elsewhere = self.known.iter();
        let elsewhere = elsewhere.filter(|known| self.is_elsewhere(known, looked_at));
        let all: BTreeSet<&Known> = elsewhere.chain(found).collect();
        let lines = all
            .into_iter()
            .filter_map(|known| serde_json::to_string(known).ok());
        let lines: Vec<String> = lines.collect();
        let list = match lines.is_empty() {
            true => "[]".to_owned(),
            false => format!("[\n{}\n]", lines.join(",\n")),
        };
        format!("{{\n\"version\": {VERSION},\n\"findings\": {list}\n}}\n")
    }

    /// The path of a document as it stands in the baseline.
    pub fn path_of(&self, input: &Input, surroundings: &Surroundings) -> String {
        match input.named_path() {
            Some(path) => relative(&self.folder, &real(&surroundings.folder.join(path))),
            None => "<stdin>".to_owned(),
        }
    }

    fn is_elsewhere(&self, known: &Known, looked_at: &BTreeSet<String>) -> bool {
        !looked_at.contains(&known.path) && self.folder.join(&known.path).is_file()
    }
}

fn folder_of(file: &Path) -> PathBuf {
    real(file.parent().unwrap_or(Path::new("")))
}

fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// The way from a folder to a file, with `/` between folders.
fn relative(folder: &Path, file: &Path) -> String {
    let parts = |path: &Path| -> Vec<String> {
        let parts = path.components().filter(|part| *part != Component::CurDir);
        parts
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect()
    };
    let (from, to) = (parts(folder), parts(file));
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = vec!["..".to_owned(); from.len() - same];
    [up.as_slice(), &to[same..]].concat().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_count_from_the_baseline() {
        let of = |folder: &str, file: &str| relative(Path::new(folder), Path::new(file));
        assert_eq!(of("/a/b", "/a/b/c/d.yaml"), "c/d.yaml");
        assert_eq!(of("/a/b", "/a/x.yaml"), "../x.yaml");
        assert_eq!(of("/a/b", "/a/b/x.yaml"), "x.yaml");
    }
}
