//! Floor 1: what a check has to say, as data. Who prints it, and how, is decided higher up.

mod secret;
mod secret_escapes;
mod secret_prefixes;
mod secret_shapes;
#[cfg(test)]
mod secret_tests;
mod secret_values;

pub use secret::{Secret, mask, secrets};

use crate::text::{Replacement, Span, excerpt};

/// The longest message, label or line of help, in characters: they quote files, and files hold anything.
const LONGEST: usize = 300;

/// The most findings that are told of one file. Nobody reads more, and a file can be made of nothing else.
pub const MOST_FINDINGS: usize = 1_000;

/// How much a finding matters. A rule has a level; *severity* is a word for incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; never fails a run.
    Info,
    /// Should be dealt with; fails a run.
    Warning,
    /// Wrong; fails a run.
    Error,
}

impl Level {
    /// The word for people and machines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// A place with a few words about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The bytes of the source.
    pub span: Span,
    /// What is there; may be empty.
    pub text: String,
}

/// How a finding can be mended without asking anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: `sort the timeline`.
    pub what: String,
    /// Whether nobody could have meant anything else; what is not safe is only done when asked for.
    pub safe: bool,
    /// The change, in bytes of the source.
    pub replacements: Vec<Replacement>,
}

impl Fix {
    /// New bytes for one stretch; safe where nobody could have meant anything else.
    pub fn replacing(
        what: impl AsRef<str>,
        safe: bool,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        let text = text.into();
        Self {
            what: excerpt(what.as_ref(), LONGEST),
            safe,
            replacements: vec![Replacement { span, text }],
        }
    }
}

/// A finding: which rule, how bad, where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name in kebab-case; it names the bad state and never changes meaning.
    pub rule: &'static str,
    /// How much it matters here.
    pub level: Level,
    /// What was found, in one line without a full stop.
    pub message: String,
    /// Where.
    pub place: Label,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// What to do, a line each.
    pub help: Vec<String>,
    /// How it can be mended by itself.
    pub fix: Option<Fix>,
    /// Why it is known and may stay, where the document says so; the reason may be empty.
    pub suppressed: Option<String>,
}

impl Diagnostic {
    /// An error at a place; warnings and information are set by [`Diagnostic::level`].
    pub fn error(rule: &'static str, span: Span, message: impl AsRef<str>) -> Self {
        Self {
            rule,
            level: Level::Error,
            message: excerpt(message.as_ref(), LONGEST),
            place: Label {
                span,
                text: String::new(),
            },
            labels: Vec::new(),
            help: Vec::new(),
            fix: None,
            suppressed: None,
        }
    }

    /// Adds words beside the place.
    #[must_use]
    pub fn saying(mut self, text: impl AsRef<str>) -> Self {
        self.place.text = excerpt(text.as_ref(), LONGEST);
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl AsRef<str>) -> Self {
        self.labels.push(Label {
            span,
            text: excerpt(text.as_ref(), LONGEST),
        });
        self
    }

    /// Adds a line of advice.
    #[must_use]
    pub fn help(mut self, text: impl AsRef<str>) -> Self {
        self.help.push(excerpt(text.as_ref(), LONGEST));
        self
    }
    /// Adds a way to mend it.
    #[must_use]
    pub fn fixed_by(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}
