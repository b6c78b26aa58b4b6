use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Reading};
use crate::text::Source;

use super::{CommandError, Surroundings};

/// A document that a command is given: a file, or stdin.
#[derive(Debug)]
pub struct Input {
    /// Absent for stdin.
    file: Option<PathBuf>,
    /// What it is called in messages.
    name: String,
    /// Its path, or the one that stdin is to stand for.
    path: Option<PathBuf>,
}

/// One byte more than the reader takes, so that it sees that there is more.
const MOST: u64 = 4 * 1024 * 1024 + 1;

impl Input {
    /// What was named on a command line: a file, or `-` for stdin. What is neither file nor folder is
    /// refused: reading a device need not end.
    pub fn named(given: &Path, surroundings: &Surroundings) -> Result<Self, CommandError> {
        if given == Path::new("-") {
            return Ok(Self::stdin(None));
        }
        let path = surroundings.folder.join(given);
        let about = fs::metadata(&path).map_err(|error| unreadable(&path, &error, surroundings))?;
        if about.is_dir() {
            let name = given.display();
            return Err(
                CommandError::new(format!("`{name}` is a folder, not a document"))
                    .help("name one of the documents in it"),
            );
        }
        if !about.is_file() {
            return Err(not_a_file(given));
        }
        Ok(Self::file(path, given.display().to_string()))
    }

    /// A file, with the name by which the user knows it.
    pub fn file(path: PathBuf, name: String) -> Self {
        Self {
            file: Some(path.clone()),
            name,
            path: Some(path),
        }
    }

    /// What comes in on stdin, under the name of a file if one is given.
    pub fn stdin(name: Option<&Path>) -> Self {
        Self {
            file: None,
            name: name.map_or_else(|| "<stdin>".to_owned(), |name| name.display().to_string()),
            path: name.map(Path::to_owned),
        }
    }

    /// The folder whose configuration holds.
    pub fn folder(&self) -> &Path {
        let above = self.path.as_deref().and_then(Path::parent);
        above.unwrap_or(Path::new(""))
    }

    /// The file; absent for stdin.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The file's name without its ending.
    pub fn stem(&self) -> Option<&str> {
        self.path.as_deref()?.file_stem()?.to_str()
    }

    /// Reads the text and the document in it.
    pub fn read(&self) -> Result<Reading, CommandError> {
        let mut bytes = Vec::new();
        let read = match &self.file {
            Some(path) => File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes)),
            None => io::stdin().lock().take(MOST).read_to_end(&mut bytes),
        };
        read.map_err(|error| {
            CommandError::new(format!("`{}` cannot be read: {error}", self.name))
        })?;
        let was_cut = bytes.len() as u64 == MOST;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Document::read(Source::new(self.name.as_str(), text))),
            Err(error) => {
                let invalid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let source = Source::new(self.name.as_str(), text);
                if was_cut {
                    return Ok(Document::read(source));
                }
                Ok(not_utf8(source, invalid, error.as_bytes()))
            }
        }
    }
}

/// Why a pipe or a device is no document.
pub fn not_a_file(given: &Path) -> CommandError {
    let name = given.display();
    CommandError::new(format!("`{name}` is a pipe or a device, not a file"))
        .help("let the text come in on stdin and name it `-`, as in `… | postmortem lint -`")
}

/// Why a file or folder cannot be read.
pub fn unreadable(path: &Path, error: &io::Error, surroundings: &Surroundings) -> CommandError {
    let shown = surroundings.shown(path);
    let failure = CommandError::new(format!("`{}` cannot be read: {error}", shown.display()));
    if error.kind() == io::ErrorKind::NotFound {
        return failure.help("`postmortem lint` alone checks every document of the repository");
    }
    failure
}

fn not_utf8(source: Source, invalid: usize, bytes: &[u8]) -> Reading {
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let message = match is_utf16 {
        true => "the file is written in UTF-16".to_owned(),
        false => format!(
            "the file is not UTF-8: byte {} begins no character",
            invalid + 1
        ),
    };
    let place = invalid..invalid + '\u{fffd}'.len_utf8();
    let finding = Diagnostic::error("not-yaml", place, message)
        .help("save the file as UTF-8, the encoding of all YAML files");
    Reading {
        document: None,
        findings: vec![finding],
        source,
    }
}
