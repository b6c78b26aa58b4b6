use std::sync::OnceLock;

use crate::diagnostic::{Diagnostic, Fix, Label, Level, Secret, mask, secrets};
use crate::text::{Position, Source, Span, replaced};

use super::fingerprint::fingerprints;
use super::safe;

/// A file and what was found in it, in order of place.
#[derive(Debug, Clone)]
pub struct FileFindings {
    source: Source,
    findings: Vec<Diagnostic>,
    shows_suppressed: bool,
    shown: OnceLock<String>,
    secrets: OnceLock<Vec<Secret>>,
    fingerprints: OnceLock<Vec<String>>,
}

impl FileFindings {
    /// Takes a file and what was found in it.
    pub fn new(source: Source, findings: Vec<Diagnostic>) -> Self {
        Self {
            source,
            findings,
            shows_suppressed: false,
            shown: OnceLock::new(),
            secrets: OnceLock::new(),
            fingerprints: OnceLock::new(),
        }
    }

    /// The same with the secrets of its text, where somebody has found them already.
    #[must_use]
    pub fn knowing(mut self, secrets: &[Secret]) -> Self {
        self.secrets = OnceLock::from(secrets.to_vec());
        self
    }

    /// The same with what the document suppresses, in the formats that can say so.
    #[must_use]
    pub fn showing_suppressed(mut self) -> Self {
        self.shows_suppressed = true;
        self
    }

    /// Leaves out the findings of which `goes` is told the fingerprint and says so; gives how many. The
    /// others keep their fingerprints.
    pub fn leave_out(&mut self, goes: impl Fn(&Diagnostic, &str) -> bool) -> usize {
        let fingerprints = self.fingerprints().to_vec();
        let all = std::mem::take(&mut self.findings)
            .into_iter()
            .zip(fingerprints);
        let (gone, kept): (Vec<_>, Vec<_>) =
            all.partition(|(finding, fingerprint)| goes(finding, fingerprint));
        let (findings, fingerprints): (Vec<_>, Vec<String>) = kept.into_iter().unzip();
        self.findings = findings;
        self.fingerprints = OnceLock::from(fingerprints);
        gone.len()
    }

    /// The file.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What was found, with what the document suppresses.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// For each finding a text that stays the same where only lines are added or removed elsewhere, and
    /// that no other finding in the file has.
    pub fn fingerprints(&self) -> &[String] {
        self.fingerprints.get_or_init(|| fingerprints(self))
    }

    /// The file's path, with `/` between folders, as it may be shown.
    pub(super) fn path(&self) -> String {
        safe::line(&self.path_raw())
    }

    /// The same with every character that no secret is made of, for where it is escaped in another way.
    pub(super) fn path_raw(&self) -> String {
        let path = mask(self.source.name()).into_owned();
        match std::path::MAIN_SEPARATOR {
            '/' => path,
            separator => path.replace(separator, "/"),
        }
    }

    /// The text as it may be shown, as long as the source to the byte.
    pub(super) fn shown(&self) -> &str {
        self.shown
            .get_or_init(|| safe::source(self.source.text(), self.secrets()))
    }

    /// The findings, each with what a format asks about it, but for what is suppressed.
    pub(super) fn all(&self) -> impl Iterator<Item = Finding<'_>> {
        self.every()
            .filter(|finding| finding.diagnostic.suppressed.is_none())
    }

    /// As [`Self::all`], with what is suppressed where it is to be shown.
    pub(super) fn all_shown(&self) -> impl Iterator<Item = Finding<'_>> {
        let shows = self.shows_suppressed;
        self.every()
            .filter(move |finding| shows || finding.diagnostic.suppressed.is_none())
    }

    fn every(&self) -> impl Iterator<Item = Finding<'_>> {
        let findings = self.findings.iter().enumerate();
        findings.map(|(index, diagnostic)| Finding {
            file: self,
            diagnostic,
            index,
        })
    }

    fn secrets(&self) -> &[Secret] {
        self.secrets.get_or_init(|| secrets(self.source.text()))
    }

    fn holds_secret(&self, span: &Span) -> bool {
        let secrets = self.secrets();
        let next = secrets.partition_point(|secret| secret.span.end <= span.start);
        secrets
            .get(next)
            .is_some_and(|secret| secret.span.start < span.end)
    }
}

/// A finding in its file. Whatever it gives may be shown, but what says that it is raw.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finding<'a> {
    pub file: &'a FileFindings,
    pub diagnostic: &'a Diagnostic,
    index: usize,
}

/// A stretch of a file, in lines and characters from 1; its end is excluded.
#[derive(Debug, Clone)]
pub(super) struct Region {
    /// Bytes from 0, on the boundaries of characters.
    pub bytes: Span,
    pub start: Position,
    pub end: Position,
}

impl<'a> Finding<'a> {
    pub fn rule(&self) -> &'static str {
        self.diagnostic.rule
    }

    pub fn level(&self) -> Level {
        self.diagnostic.level
    }

    pub fn path(&self) -> String {
        self.file.path()
    }

    /// What was found, in one line.
    pub fn message(&self) -> String {
        safe::line(&self.diagnostic.message)
    }

    /// What to do, a line each.
    pub fn help(&self) -> Vec<String> {
        let help = self.diagnostic.help.iter();
        help.map(|help| safe::line(help)).collect()
    }

    /// What was found, and what to do in the lines below.
    pub fn message_and_help(&self) -> String {
        let mut text = self.message();
        for help in self.help() {
            text.push_str(&format!("\nhelp: {help}"));
        }
        text
    }

    /// Why the document suppresses it, where it does.
    pub fn suppressed(&self) -> Option<String> {
        let reason = self.diagnostic.suppressed.as_deref()?;
        Some(match reason {
            "" => "no reason is given".to_owned(),
            reason => safe::line(reason),
        })
    }

    pub fn fingerprint(&self) -> &'a str {
        let all = self.file.fingerprints();
        all.get(self.index).map_or("", String::as_str)
    }

    pub fn region(&self) -> Region {
        self.region_of(&self.diagnostic.place.span)
    }

    /// Other places that belong to it, each with its words.
    pub fn others(&self) -> impl Iterator<Item = (Region, String)> {
        let labels = self.diagnostic.labels.iter();
        labels.map(|Label { span, text }| (self.region_of(span), safe::line(text)))
    }

    pub fn region_of(&self, span: &Span) -> Region {
        let source = &self.file.source;
        let bytes = within(span, source.text());
        Region {
            start: source.position(bytes.start),
            end: source.position(bytes.end),
            bytes,
        }
    }

    /// The text of a region, raw; nothing where a secret is in it or where it is long.
    pub fn snippet(&self, region: &Region) -> Option<&'a str> {
        let is_short = region.bytes.len() <= LONGEST_SNIPPET;
        (is_short && !self.file.holds_secret(&region.bytes))
            .then(|| self.file.source.slice(&region.bytes))
    }

    /// How it can be mended, raw; nothing where the change touches or makes a secret, or cannot be
    /// carried out.
    pub fn fix(&self) -> Option<&'a Fix> {
        let fix = self.diagnostic.fix.as_ref()?;
        let (region, text) = self.merged(fix)?;
        if self.file.holds_secret(&region.bytes) {
            return None;
        }
        // What was put in may become a secret together with what stands beside it.
        let source = &self.file.source;
        let Span { start, end } = region.bytes;
        let before = within(&(start.saturating_sub(BESIDE)..start), source.text());
        let after = within(&(end..end + BESIDE), source.text());
        let (before, after) = (source.slice(&before), source.slice(&after));
        let new = before.len()..before.len() + text.len();
        let made = secrets(&format!("{before}{text}{after}"));
        let shows = |secret: &Secret| secret.span.start < new.end && new.start < secret.span.end;
        (!made.iter().any(shows)).then_some(fix)
    }

    /// A fix as one replacement: the stretch from its first byte to its last, and the new text there.
    pub fn merged(&self, fix: &Fix) -> Option<(Region, String)> {
        let spans = || fix.replacements.iter().map(|change| &change.span);
        let start = spans().map(|span| span.start).min()?;
        let end = spans().map(|span| span.end).max()?;
        let old = self.file.source.text().get(start..end)?;
        let mut inner = fix.replacements.clone();
        for change in &mut inner {
            change.span = change.span.start - start..change.span.end.checked_sub(start)?;
        }
        let new = replaced(old, &inner)?;
        Some((self.region_of(&(start..end)), new))
    }
}

/// How far from a change a secret may be that it makes, in bytes.
const BESIDE: usize = 500;

/// Longer stretches of a file are not repeated, in bytes.
const LONGEST_SNIPPET: usize = 2_000;

/// The span, inside the text and on the boundaries of characters.
pub(super) fn within(span: &Span, text: &str) -> Span {
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(span.start);
    start..boundary(span.end).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Replacement;

    fn file(text: &str, changes: &[(Span, &str)]) -> FileFindings {
        let change = |(span, text): &(Span, &str)| Replacement {
            span: span.clone(),
            text: (*text).to_owned(),
        };
        let fix = Fix {
            what: "mend it".to_owned(),
            safe: true,
            replacements: changes.iter().map(change).collect(),
        };
        let finding = Diagnostic::error("r", 0..0, "m").fixed_by(fix);
        FileFindings::new(Source::new("x", text), vec![finding])
    }

    fn merged(text: &str, changes: &[(Span, &str)]) -> Option<(Span, String)> {
        let file = file(text, changes);
        let finding = file.all().next().expect("one");
        let (region, text) = finding.merged(finding.fix()?)?;
        Some((region.bytes, text))
    }

    #[test]
    fn a_fix_of_several_changes_is_one_replacement() {
        let changes = [(8..9, ""), (2..3, "B")];
        assert_eq!(
            merged("a b c d e", &changes),
            Some((2..9, "B c d ".to_owned()))
        );
        assert_eq!(merged("a", &[(0..9, "x")]), None);
        assert_eq!(merged("a", &[]), None);
        let reversed = Span { start: 1, end: 0 };
        assert_eq!(merged("abc", &[(reversed, "x")]), None);
    }

    #[test]
    fn a_fix_shows_no_secret() {
        let text = "a: b\npassword=Tr1ckyHorse99\n";
        assert_eq!(merged(text, &[(0..1, "A"), (30..30, "")]), None);
        assert_eq!(merged("a: b", &[(0..0, "password=Tr1ckyHorse99 ")]), None);
        assert_eq!(merged("password=x", &[(9..10, "Tr1ckyHorse99")]), None);
        assert!(merged(text, &[(0..1, "A")]).is_some());
    }
}
