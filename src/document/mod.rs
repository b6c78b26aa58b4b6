//! Floor 3: a document with its source, its places and its meaning.

use crate::diagnostic::Diagnostic;
use crate::model::{Postmortem, Times};
use crate::text::{Source, Span};
use crate::yaml::Path;

/// A document that was read: what it means, and where each part of it stands.
#[derive(Debug)]
pub struct Document {
    source: Source,
    postmortem: Postmortem,
    times: Times,
}

/// What came of reading a file.
#[derive(Debug)]
pub struct Reading {
    /// The document. Where findings were made it holds what could be read all the same; it is absent
    /// only where nothing could.
    pub document: Option<Document>,
    /// Every mistake of shape, in the order of the file. Reading failed if there is one of level error.
    pub findings: Vec<Diagnostic>,
    /// The source, also where nothing could be read.
    pub source: Source,
}

impl Document {
    /// Reads a source whole; all mistakes of shape are found at once.
    pub fn read(source: Source) -> Reading {
        todo!()
    }

    /// The text with its lines.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What the document says.
    pub fn postmortem(&self) -> &Postmortem {
        &self.postmortem
    }

    /// The durations that follow from it.
    pub fn times(&self) -> &Times {
        &self.times
    }

    /// Where a value stands; where there is none, its parent's key (or the first key of the file).
    pub fn place(&self, path: &Path) -> Span {
        todo!()
    }

    /// Where the key of a value stands, or for an item of a list the item's first key or text.
    pub fn key_place(&self, path: &Path) -> Span {
        todo!()
    }

    /// Where a word stands inside a text value, as it is written; the value's place where the
    /// word cannot be found as it is.
    pub fn place_of(&self, path: &Path, word: &str) -> Span {
        todo!()
    }

    /// Whether a shape mistake was found where this value stands or would stand, so that its
    /// absence is no news.
    pub fn is_damaged(&self, path: &Path) -> bool {
        todo!()
    }
}
