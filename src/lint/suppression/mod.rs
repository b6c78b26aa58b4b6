//! Comments that say which findings are known and why they stay.

mod comment;
mod removal;

use crate::diagnostic::{Diagnostic, Fix};
use crate::document::Document;
use crate::model::Stage;
use crate::text::{Span, only_near};

use super::{Class, Levels, Rule, catalogue};
use comment::{Malformed, Written};

pub const UNUSED: Rule = Rule::of_suppressions(
    "unused-suppression",
    include_str!("../rules/unused-suppression.md"),
)
.that_fixes();

pub const WITHOUT_REASON: Rule = Rule::of_suppressions(
    "suppression-without-reason",
    include_str!("../rules/suppression-without-reason.md"),
);

pub const UNKNOWN_RULE: Rule =
    Rule::of_suppressions("unknown-rule", include_str!("../rules/unknown-rule.md")).that_fixes();

pub const MALFORMED: Rule = Rule::of_suppressions(
    "malformed-suppression",
    include_str!("../rules/malformed-suppression.md"),
);

/// How one is written, as help says it.
const FORM: &str = "write it as `# postmortem: ignore[rule-a, rule-b] reason`";

/// The suppressions of a document.
#[derive(Debug)]
pub struct Suppressions<'a> {
    document: &'a Document,
    all: Vec<Suppression>,
    malformed: Vec<Malformed>,
}

#[derive(Debug)]
struct Suppression {
    written: Written,
    /// The bytes whose findings it speaks of.
    covers: Span,
    /// The rules it names, and whether each had a finding there.
    named: Vec<Named>,
}

#[derive(Debug)]
struct Named {
    place: Span,
    rule: Option<&'static Rule>,
    is_used: bool,
}

/// Whether findings of a rule can be suppressed. Without what a mistake of shape hides nobody knows
/// what a document says; a secret has to go; and what is said of suppressions is said to whoever writes
/// them.
pub fn can_be_suppressed(rule: &Rule) -> bool {
    let is_of_suppressions = [UNUSED, WITHOUT_REASON, UNKNOWN_RULE, MALFORMED]
        .iter()
        .any(|own| own.name == rule.name);
    rule.class != Class::Shape && rule.name != "secret" && !is_of_suppressions
}

impl<'a> Suppressions<'a> {
    /// Gathers them from the comments of a document.
    pub fn of(document: &'a Document) -> Self {
        let text = document.source().text();
        let mut all = Vec::new();
        let mut malformed = Vec::new();
        for comment in document.comments() {
            match comment::read(text, comment) {
                None => {}
                Some(Err(slip)) => malformed.push(slip),
                Some(Ok(written)) => match covered(document, &written) {
                    Ok(covers) => all.push(Suppression::new(text, written, covers)),
                    Err(slip) => malformed.push(slip),
                },
            }
        }
        Self {
            document,
            all,
            malformed,
        }
    }

    /// Why a finding is suppressed, where it is; the reason may be empty.
    pub fn reason(&mut self, finding: &Diagnostic) -> Option<String> {
        let start = finding.place.span.start;
        let mut reason = None;
        for suppression in &mut self.all {
            let covers = &suppression.covers;
            if !(covers.start <= start && start <= covers.end) {
                continue;
            }
            for named in &mut suppression.named {
                let is_meant = named
                    .rule
                    .is_some_and(|rule| rule.name == finding.rule && can_be_suppressed(rule));
                if is_meant {
                    named.is_used = true;
                    reason.get_or_insert_with(|| suppression.written.reason.clone());
                }
            }
        }
        reason
    }

    /// What there is to say about the suppressions themselves, once every finding was shown to
    /// [`Self::reason`].
    ///
    /// `is_whole` says whether all rules had their say: else nothing is unused.
    pub fn findings(&self, levels: &Levels, stage: Stage, is_whole: bool) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut tell = |rule: &Rule, finding: Diagnostic| {
            if let Some(level) = levels.of(rule, stage) {
                findings.push(Diagnostic { level, ..finding });
            }
        };
        for Malformed { comment, why } in &self.malformed {
            let message = format!("this looks like a suppression, but {why}");
            let finding = Diagnostic::error(MALFORMED.name, comment.clone(), message);
            tell(&MALFORMED, finding.help(FORM));
        }
        for suppression in &self.all {
            for named in &suppression.named {
                if named.rule.is_none() {
                    tell(&UNKNOWN_RULE, self.unknown(named));
                }
            }
            if suppression.written.reason.is_empty() {
                let place = suppression.written.comment.clone();
                let message = "the suppression says no reason";
                let finding = Diagnostic::error(WITHOUT_REASON.name, place, message);
                tell(
                    &WITHOUT_REASON,
                    finding.help("say behind the bracket why the finding may stay"),
                );
            }
            if let Some(finding) = self.unused(suppression, levels, stage, is_whole) {
                tell(&UNUSED, finding);
            }
        }
        findings
    }

    fn unknown(&self, named: &Named) -> Diagnostic {
        let name = self.document.source().slice(&named.place);
        let message = format!("there is no rule `{name}`");
        let finding = Diagnostic::error(UNKNOWN_RULE.name, named.place.clone(), message);
        match catalogue::nearest(name) {
            Some(near) => {
                let finding = finding.help(format!("did you mean `{near}`?"));
                let rules = catalogue::RULES.iter().map(|rule| rule.name);
                match only_near(name, rules) {
                    Some((meant, is_sure)) => {
                        let what = format!("write `{meant}`");
                        finding.fixed_by(Fix::replacing(what, is_sure, named.place.clone(), meant))
                    }
                    None => finding,
                }
            }
            None => finding.help("`postmortem rules` lists every rule"),
        }
    }

    /// That a suppression, or a part of it, suppresses nothing.
    fn unused(
        &self,
        suppression: &Suppression,
        levels: &Levels,
        stage: Stage,
        is_whole: bool,
    ) -> Option<Diagnostic> {
        let is_idle = |named: &&Named| {
            named.rule.is_some_and(|rule| {
                !can_be_suppressed(rule)
                    || is_whole && !named.is_used && is_looked_for(rule, levels, stage)
            })
        };
        let idle: Vec<&Named> = suppression.named.iter().filter(is_idle).collect();
        let first = idle.first()?;
        let names = idle.iter().filter_map(|named| named.rule);
        let never = names
            .clone()
            .find(|rule| !can_be_suppressed(rule))
            .map(|rule| rule.name);
        let names: Vec<String> = names.map(|rule| format!("`{}`", rule.name)).collect();
        let message = match never {
            Some(rule) => format!("findings of `{rule}` cannot be suppressed"),
            None => format!("nothing is found here by {}", names.join(", ")),
        };
        let is_all = idle.len() == suppression.named.len();
        let place = match is_all {
            true => suppression.written.comment.clone(),
            false => first.place.clone(),
        };
        let text = self.document.source().text();
        let gone: Vec<&Span> = idle.iter().map(|named| &named.place).collect();
        let replacement = match is_all {
            true => removal::of_comment(text, &suppression.written.comment),
            false => removal::of_names(text, &suppression.written, &gone),
        };
        let help = match never {
            Some("secret") => {
                "take the secret out of the document; what is none is written otherwise"
            }
            Some(_) => "correct what is found; without that nobody knows what the document says",
            None => "take it out, so that a later finding is not hidden",
        };
        let fix = Fix {
            what: "take out what suppresses nothing".to_owned(),
            safe: true,
            replacements: vec![replacement],
        };
        let finding = Diagnostic::error(UNUSED.name, place, message);
        Some(finding.help(help).fixed_by(fix))
    }
}

/// Whether a run over one document looks for a rule. Rules over several documents have no check of their
/// own; whether those find something depends on the other documents.
fn is_looked_for(rule: &Rule, levels: &Levels, stage: Stage) -> bool {
    let is_of_one_document = rule.check.is_some() || rule.class == Class::Suspicious;
    is_of_one_document && levels.of(rule, stage).is_some()
}

impl Suppression {
    fn new(text: &str, written: Written, covers: Span) -> Self {
        let named = written.names.iter().map(|place| Named {
            place: place.clone(),
            rule: text.get(place.clone()).and_then(catalogue::find),
            is_used: false,
        });
        Self {
            named: named.collect(),
            covers,
            written,
        }
    }
}

/// The bytes whose findings a suppression speaks of: of its line where something stands before it, else
/// of the entry below it.
fn covered(document: &Document, written: &Written) -> Result<Span, Malformed> {
    let source = document.source();
    let start = written.comment.start;
    let line = source.line_span(start);
    let is_alone = source.slice(&(line.start..start)).trim().is_empty()
        || source.slice(&(line.start..start)) == "\u{feff}";
    let malformed = |why: &str| Malformed {
        comment: written.comment.clone(),
        why: why.to_owned(),
    };
    if written.is_for_file {
        let is_on_top = document
            .entry_behind(0)
            .is_none_or(|first| start < first.start);
        return match is_on_top {
            true => Ok(0..source.text().len()),
            false => Err(malformed("`ignore-file` stands above the first key only")),
        };
    }
    if !is_alone {
        return Ok(document.line_with_texts(start));
    }
    match document.entry_behind(written.comment.end) {
        Some(entry) => Ok(source.line_span(entry.start).start.min(entry.start)..entry.end),
        None => Err(malformed("no entry stands below it")),
    }
}

#[cfg(test)]
mod tests;
