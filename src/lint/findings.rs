use crate::diagnostic::{Diagnostic, Level, MOST_FINDINGS};
use crate::document::Document;
use crate::text::Span;
use crate::yaml::Path;

/// What the rules have found so far, in one document.
#[derive(Debug)]
pub struct Findings<'a> {
    document: &'a Document,
    found: Vec<Diagnostic>,
    /// How much other rules had found when the one at hand began.
    found_before: usize,
    rule: &'static str,
    level: Level,
    fixed: bool,
}

impl<'a> Findings<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            found: Vec::new(),
            found_before: 0,
            rule: "",
            level: Level::Error,
            fixed: false,
        }
    }

    /// Turns to another rule; `fixed` where its level was given by hand.
    pub(super) fn turn_to(&mut self, rule: &'static str, level: Level, fixed: bool) {
        self.found_before = self.found.len();
        self.rule = rule;
        self.level = level;
        self.fixed = fixed;
    }

    pub(super) fn into_found(self) -> Vec<Diagnostic> {
        self.found
    }

    /// A finding of the rule at hand, at a span.
    pub fn at(&self, span: Span, message: impl AsRef<str>) -> Diagnostic {
        let mut finding = Diagnostic::error(self.rule, span, message);
        finding.level = self.level;
        finding
    }

    /// A finding at a value.
    pub fn on(&self, path: &Path, message: impl AsRef<str>) -> Diagnostic {
        self.at(self.document.place(path), message)
    }

    /// A finding that the value at `absent` is missing, told at `place`; nothing where a mistake of
    /// shape stands there, since its absence is no news then.
    pub fn lacking(&self, absent: &Path, place: &Path, message: &str) -> Option<Diagnostic> {
        let news = !self.document.is_damaged(absent) && !self.is_beside_blanked(absent);
        news.then(|| self.on(place, message))
    }

    /// Whether bytes of which no YAML could be made stand on the line where a value stands or would
    /// stand: it may be among them.
    fn is_beside_blanked(&self, path: &Path) -> bool {
        let blanked = self.document.blanked();
        if blanked.is_empty() {
            return false;
        }
        let source = self.document.source();
        let line = source.line_span(self.document.key_place(path).start);
        blanked
            .iter()
            .any(|bytes| bytes.start <= line.end && line.start <= bytes.end)
    }

    /// The bytes of the file at a place.
    pub fn written_at(&self, span: &Span) -> &str {
        self.document.source().slice(span)
    }

    /// Makes a finding mere information, where the rule's level was not given by hand.
    #[must_use]
    pub fn softened(&self, mut finding: Diagnostic) -> Diagnostic {
        if !self.fixed {
            finding.level = Level::Info;
        }
        finding
    }

    /// Keeps a finding, unless it speaks of bytes that the reader could make nothing of, or the rule
    /// has found more than anybody reads.
    pub fn add(&mut self, finding: Diagnostic) {
        if self.found.len() - self.found_before > MOST_FINDINGS {
            return;
        }
        let place = &finding.place.span;
        let touches = |bytes: &Span| bytes.start <= place.end && place.start <= bytes.end;
        if finding.rule == "secret" || !self.document.blanked().iter().any(touches) {
            self.found.push(finding);
        }
    }

    /// Whether some rule has a finding that begins where this span begins.
    pub fn stand_at(&self, span: &Span) -> bool {
        self.found
            .iter()
            .any(|finding| finding.place.span.start == span.start)
    }
}
