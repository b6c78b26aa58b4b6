use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Level};
use crate::document::{Document, Reading};
use crate::model::Postmortem;
use crate::text::Replacement;
use crate::yaml::read_as_others_do;

/// A document and what is found in it.
pub struct Looked {
    pub reading: Reading,
    pub findings: Vec<Diagnostic>,
}

impl Looked {
    pub fn text(&self) -> &str {
        self.reading.source.text()
    }

    fn postmortem(&self) -> Option<&Postmortem> {
        self.reading.document.as_ref().map(Document::postmortem)
    }

    /// Mistakes that keep the document from being read whole.
    fn mistakes(&self) -> usize {
        let findings = self.reading.findings.iter();
        findings
            .filter(|finding| finding.level == Level::Error)
            .count()
    }
}

/// What the fix of a rule may do to what a document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// Nothing: it is only written in another way.
    Nothing,
    /// Events may change places.
    Order,
    /// Values may be others, but none may be lost.
    Values,
    /// Values may go.
    Any,
}

fn change(rule: &str) -> Change {
    match rule {
        "bare-yes-or-no" | "unused-suppression" | "unknown-rule" => Change::Nothing,
        "timeline-out-of-order" => Change::Order,
        "duplicate-event" => Change::Any,
        _ => Change::Values,
    }
}

/// Rules whose fixes make text of a comment, or take a comment away.
fn is_about_comments(rule: &str) -> bool {
    matches!(
        rule,
        "text-cut-by-comment" | "unused-suppression" | "unknown-rule"
    )
}

/// Whether a text with fixes carried out reads at least as far as the one before, is a step forward, and
/// has lost nothing.
pub fn is_sound(
    old: &Looked,
    new: &Looked,
    fixes: &[&Diagnostic],
    replacements: &[Replacement],
) -> bool {
    let change = fixes.iter().map(|finding| change(finding.rule)).max();
    let change = change.unwrap_or(Change::Nothing);
    let is_forward = match old.mistakes() {
        0 => new.reading.is_whole() && fewer_findings(old, new, fixes),
        mistakes => {
            new.mistakes() < mistakes
                || leaves(new.postmortem()) > leaves(old.postmortem())
                || new.mistakes() == mistakes && fewer_findings(old, new, fixes)
                || fixes.iter().all(|fixed| is_known_now(new, fixed))
        }
    };
    is_forward
        && says_enough(old, new, change)
        && others_agree(old, new)
        && comments_stay(old, new, fixes, replacements)
}

/// Whether a field was mistyped and is known now; what is in it could not be judged before, so that
/// there may be more mistakes than there were.
fn is_known_now(new: &Looked, fixed: &Diagnostic) -> bool {
    let is_same =
        |finding: &Diagnostic| finding.rule == fixed.rule && finding.message == fixed.message;
    fixed.rule == "unknown-field" && !new.findings.iter().any(is_same)
}

fn fewer_findings(old: &Looked, new: &Looked, fixes: &[&Diagnostic]) -> bool {
    let count = |looked: &Looked, rule: &str| {
        let of_rule = looked
            .findings
            .iter()
            .filter(|finding| finding.rule == rule);
        of_rule.count()
    };
    fixes
        .iter()
        .all(|fixed| count(new, fixed.rule) < count(old, fixed.rule))
}

fn says_enough(old: &Looked, new: &Looked, change: Change) -> bool {
    let (Some(before), Some(after)) = (old.postmortem(), new.postmortem()) else {
        return old.postmortem().is_none();
    };
    match change {
        // What could not be read before is there now, so that more may be said.
        _ if !old.reading.is_whole() => {
            change == Change::Any || leaves(Some(after)) >= leaves(Some(before))
        }
        Change::Nothing => before == after,
        Change::Order => {
            let (mut before, mut after) = (before.clone(), after.clone());
            let sorted = |document: &mut Postmortem| {
                let events = std::mem::take(&mut document.timeline);
                let mut words: Vec<String> =
                    events.iter().map(|event| format!("{event:?}")).collect();
                words.sort_unstable();
                words
            };
            sorted(&mut before) == sorted(&mut after) && before == after
        }
        Change::Values => leaves(Some(after)) >= leaves(Some(before)),
        Change::Any => true,
    }
}

/// How many values a document holds.
fn leaves(postmortem: Option<&Postmortem>) -> usize {
    fn count(value: &Value) -> usize {
        match value {
            Value::Array(items) => items.iter().map(count).sum(),
            Value::Object(entries) => entries.values().map(count).sum(),
            _ => 1,
        }
    }
    let value = postmortem.and_then(|document| serde_json::to_value(document).ok());
    value.as_ref().map_or(0, count)
}

/// Whether other tools read the same, or read something else before already.
fn others_agree(old: &Looked, new: &Looked) -> bool {
    let agree = |looked: &Looked| match looked.postmortem() {
        // A text in a block at the very end lacks its line break for others where the file does, which no
        // fix changes.
        Some(ours) if looked.reading.is_whole() => {
            let missing = if looked.text().ends_with('\n') {
                ""
            } else {
                "\n"
            };
            let text = format!("{}{missing}", looked.text());
            read_as_others_do::<Postmortem>(&text).as_ref() == Ok(ours)
        }
        _ => true,
    };
    agree(new) || !agree(old)
}

fn comments_stay(
    old: &Looked,
    new: &Looked,
    fixes: &[&Diagnostic],
    replacements: &[Replacement],
) -> bool {
    let may_go = fixes.iter().any(|finding| is_about_comments(finding.rule));
    let is_touched = |comment: &crate::text::Span| {
        let mut spans = replacements.iter().map(|change| &change.span);
        may_go && spans.any(|span| span.start < comment.end && comment.start < span.end)
    };
    let mut left: HashMap<&str, usize> = HashMap::new();
    for comment in new.reading.document.iter().flat_map(|new| new.comments()) {
        *left.entry(words(new, comment)).or_default() += 1;
    }
    let mut kept = old.reading.document.iter().flat_map(|old| old.comments());
    kept.all(|comment| {
        let left = left.get_mut(words(old, comment)).filter(|left| **left > 0);
        match left {
            Some(left) => {
                *left -= 1;
                true
            }
            None => is_touched(comment),
        }
    })
}

fn words<'a>(looked: &'a Looked, comment: &crate::text::Span) -> &'a str {
    looked.reading.source.slice(comment).trim_end()
}
