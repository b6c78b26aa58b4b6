//! Floor 4: findings in the formats that people and machines read.
//!
//! A format is one file with a type that implements [`Format`]. No format ever shows a secret: what
//! looks like one is starred out of every text that came from a file.

mod excerpt;
mod human;
mod json;
mod safe;
mod summary;

pub use human::Human;
pub use json::Json;
pub use summary::Summary;

use crate::diagnostic::Diagnostic;
use crate::text::Source;

/// A file and what was found in it, in order of place.
#[derive(Debug, Clone)]
pub struct FileFindings {
    /// The file.
    pub source: Source,
    /// What was found.
    pub findings: Vec<Diagnostic>,
}

/// A way to write findings down.
pub trait Format {
    /// The findings of a run, as bytes for stdout.
    fn write(&self, files: &[FileFindings]) -> Vec<u8>;
}
