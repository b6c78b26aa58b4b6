//! Carries out the fixes that findings bring, under a guard, until nothing is left to do.

mod guard;

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Fix};
use crate::document::Reading;
use crate::text::{Replacement, Source, Span, replaced};

use guard::Looked;

/// Which fixes are carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fixes {
    /// Those that nobody could have meant otherwise.
    #[default]
    Safe,
    /// Guesses as well.
    All,
}

/// What came of fixing a text.
#[derive(Debug)]
pub struct Fixed {
    /// The document as it is now.
    pub reading: Reading,
    /// What is found in it now.
    pub findings: Vec<Diagnostic>,
    /// How many findings were mended.
    pub count: usize,
}

/// Fixes beget fixes, such as in a section whose mistyped name kept it from being read; more rounds than
/// this only a document needs that has more slips than a thousand each.
const MOST_ROUNDS: usize = 12;
/// Where fixes cannot be carried out together, so many are tried one by one.
const MOST_TRIED: usize = 100;

/// Carries out the fixes of findings, and of those that are found then, until none is left that may be
/// carried out.
///
/// Every new text must read at least as far as the one before, with every value and every comment;
/// what would not is left as it is. Fixes that meet in one place wait for each other. A second run on
/// the result changes nothing.
pub fn fix(
    reading: Reading,
    findings: Vec<Diagnostic>,
    which: Fixes,
    look: &dyn Fn(Source) -> (Reading, Vec<Diagnostic>),
) -> Fixed {
    let mut now = Looked { reading, findings };
    let mut count = 0;
    let mut seen = HashSet::new();
    for _ in 0..MOST_ROUNDS {
        seen.insert(now.text().to_owned());
        let wanted = apart(&now.findings, which);
        let Some((new, mended)) = carried_out(&now, &wanted, look) else {
            break;
        };
        if seen.contains(new.text()) {
            break;
        }
        count += mended;
        now = new;
    }
    Fixed {
        reading: now.reading,
        findings: now.findings,
        count,
    }
}

/// The fixes that may be carried out, in order of place, none of which meets another.
fn apart(findings: &[Diagnostic], which: Fixes) -> Vec<&Diagnostic> {
    let mut chosen: Vec<(&Diagnostic, Span)> = Vec::new();
    for finding in findings {
        let fix = finding.fix.as_ref();
        let fix = fix.filter(|fix| fix.safe || which == Fixes::All);
        let Some(place) = fix.and_then(reach) else {
            continue;
        };
        let meets = |other: &Span| place.start <= other.end && other.start <= place.end;
        let is_free = !chosen.iter().any(|(_, other)| meets(other));
        if finding.suppressed.is_none() && is_free {
            chosen.push((finding, place));
        }
    }
    chosen.into_iter().map(|(finding, _)| finding).collect()
}

/// From the first byte that a fix changes to the last.
fn reach(fix: &Fix) -> Option<Span> {
    let spans = || fix.replacements.iter().map(|change| &change.span);
    let start = spans().map(|span| span.start).min()?;
    let end = spans().map(|span| span.end).max()?;
    Some(start..end)
}

/// Carries out all of these together, or those of them that can be one after the other; gives how many
/// findings that mends.
fn carried_out(
    now: &Looked,
    wanted: &[&Diagnostic],
    look: &dyn Fn(Source) -> (Reading, Vec<Diagnostic>),
) -> Option<(Looked, usize)> {
    if wanted.is_empty() {
        return None;
    }
    if let Some(new) = attempt(now, wanted, look) {
        return Some((new, mended(now, wanted)));
    }
    let mut kept: Vec<&Diagnostic> = Vec::new();
    let mut best = None;
    for finding in wanted.iter().take(MOST_TRIED) {
        kept.push(finding);
        match attempt(now, &kept, look) {
            Some(new) => best = Some(new),
            None => {
                kept.pop();
            }
        }
    }
    best.map(|new| (new, mended(now, &kept)))
}

/// How many findings bring one of these fixes: one may mend several.
fn mended(now: &Looked, carried_out: &[&Diagnostic]) -> usize {
    let all = now.findings.iter().filter(|finding| {
        finding.fix.is_some() && carried_out.iter().any(|one| one.fix == finding.fix)
    });
    all.count()
}

fn attempt(
    now: &Looked,
    fixes: &[&Diagnostic],
    look: &dyn Fn(Source) -> (Reading, Vec<Diagnostic>),
) -> Option<Looked> {
    let replacements: Vec<Replacement> = fixes
        .iter()
        .filter_map(|finding| finding.fix.as_ref())
        .flat_map(|fix| fix.replacements.iter().cloned())
        .collect();
    let text = replaced(now.text(), &replacements)?;
    let (reading, findings) = look(Source::new(now.reading.source.name(), text));
    let new = Looked { reading, findings };
    guard::is_sound(now, &new, fixes, &replacements).then_some(new)
}

#[cfg(test)]
mod tests;
