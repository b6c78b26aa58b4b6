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
/// As much as most documents have, in bytes, so that they are read at once.
const USUAL: usize = 16 * 1024;

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

    /// The path by which it is known: the file's, or the one that stdin stands for.
    pub fn named_path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The file's name without its ending.
    pub fn stem(&self) -> Option<&str> {
        self.path.as_deref()?.file_stem()?.to_str()
    }

    /// Whether the file still holds this text.
    pub fn still_holds(&self, text: &str) -> bool {
        let there = self.file.as_ref().map(fs::read);
        there.is_some_and(|there| there.is_ok_and(|there| there == text.as_bytes()))
    }

    /// Reads the text and the document in it.
    pub fn read(&self) -> Result<Reading, CommandError> {
        Ok(self.text()?.read())
    }

    /// Reads the text.
    pub fn text(&self) -> Result<InputText, CommandError> {
        let mut bytes = Vec::with_capacity(USUAL);
        let read = match &self.file {
            Some(path) => File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes)),
            None => io::stdin().lock().take(MOST).read_to_end(&mut bytes),
        };
        read.map_err(|error| {
            CommandError::new(format!("`{}` cannot be read: {error}", self.name))
        })?;
        let was_cut = bytes.len() as u64 == MOST;
        let (text, invalid) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let invalid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let is_utf16 = error.as_bytes().starts_with(&[0xff, 0xfe])
                    || error.as_bytes().starts_with(&[0xfe, 0xff]);
                (text, Some((invalid, is_utf16)).filter(|_| !was_cut))
            }
        };
        Ok(InputText {
            source: Source::new(self.name.as_str(), text),
            invalid,
        })
    }
}

/// The text of an input, before it is read as a document.
#[derive(Debug)]
pub struct InputText {
    source: Source,
    /// The first byte that is no UTF-8, and whether the text is UTF-16.
    invalid: Option<(usize, bool)>,
}

impl InputText {
    /// The text; what was not UTF-8 is U+FFFD.
    pub fn as_str(&self) -> &str {
        self.source.text()
    }

    /// Reads the document.
    pub fn read(self) -> Reading {
        match self.invalid {
            None => Document::read(self.source),
            Some((invalid, is_utf16)) => not_utf8(self.source, invalid, is_utf16),
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

fn not_utf8(source: Source, invalid: usize, is_utf16: bool) -> Reading {
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
