use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, MOST_FINDINGS};
use crate::text::Span;

use super::tree::{Entry, Scalar, Value};

/// The keys of a map so far. Few are compared one by one; many go into a table.
#[derive(Default)]
pub(super) struct Seen(HashMap<String, Span>);

impl Seen {
    const FEW: usize = 40;

    /// Where this key stood first, if it did.
    pub(super) fn first(&mut self, text: &str, entries: &[Entry], key: &Scalar) -> Option<Span> {
        let word = written(text, key);
        if entries.len() < Self::FEW {
            let same = |entry: &&Entry| is_written(text.as_bytes(), &entry.key, word.as_bytes());
            return entries
                .iter()
                .find(same)
                .map(|entry| entry.key_span.clone());
        }
        for entry in entries.get(self.0.len()..).unwrap_or_default() {
            let key = written(text, &entry.key).to_owned();
            self.0.insert(key, entry.key_span.clone());
        }
        self.0.get(word).cloned()
    }
}

fn written<'t>(text: &'t str, scalar: &'t Scalar) -> &'t str {
    match &scalar.value {
        Value::Slice(span) => text.get(span.clone()).unwrap_or(""),
        Value::Own(own) => own,
    }
}

/// Whether a scalar is this word; its length and its first byte tell it of most.
fn is_written(text: &[u8], scalar: &Scalar, word: &[u8]) -> bool {
    match &scalar.value {
        Value::Slice(span) => {
            span.len() == word.len()
                && text
                    .get(span.clone())
                    .is_some_and(|key| key.first() == word.first() && key == word)
        }
        Value::Own(own) => own.as_bytes() == word,
    }
}

/// Says of a key that it stands twice in its map.
pub(super) fn tell_twice(
    findings: &mut Vec<Diagnostic>,
    text: &str,
    key: &Scalar,
    span: &Span,
    first: &Span,
) {
    let message = format!("`{}` stands twice in one map", written(text, key));
    let finding = Diagnostic::error("duplicate-key", span.clone(), message)
        .label(first.clone(), "first here")
        .help("keep one of the two; of a list, join the items under one key");
    tell(findings, finding);
}

/// Keeps a finding, unless there are too many for anybody.
pub(super) fn tell(findings: &mut Vec<Diagnostic>, finding: Diagnostic) {
    if findings.len() <= MOST_FINDINGS {
        findings.push(finding);
    }
}
