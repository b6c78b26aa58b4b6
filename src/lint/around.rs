use std::fmt;

use chrono::{DateTime, Utc};

/// What is around a document and not in it, as far as the caller can tell.
#[derive(Clone, Copy, Default)]
pub struct Around<'a> {
    /// The file's name without its ending; absent for standard input.
    pub file_stem: Option<&'a str>,
    /// What counts as now; without it nothing is late and nothing in the future.
    pub now: Option<DateTime<Utc>>,
    /// Whether there is a file at a path, from the document's folder; absent where nobody can look.
    pub has_file: Option<&'a dyn Fn(&str) -> bool>,
}

/// A file's name alone: no clock, nobody who can look.
impl<'a> From<Option<&'a str>> for Around<'a> {
    fn from(file_stem: Option<&'a str>) -> Self {
        Self {
            file_stem,
            ..Self::default()
        }
    }
}

impl fmt::Debug for Around<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Around")
            .field("file_stem", &self.file_stem)
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}
