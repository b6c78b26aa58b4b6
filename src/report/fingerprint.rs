use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::text::Span;

use super::finding::{FileFindings, within};

/// How much of a line on each side of a place tells it from others, in bytes.
const AROUND: usize = 160;

/// What tells the findings of a file from each other and finds them again in a later version of it: the
/// rule, the words of the line, and which of several such it is. Neither the path nor the number of the
/// line is part of it.
pub(super) fn fingerprints(file: &FileFindings) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut all = Vec::with_capacity(file.diagnostics().len());
    for finding in file.diagnostics() {
        let text = file.shown();
        let line = file.source().line_span(finding.place.span.start);
        let words = words(text, &line, finding.place.span.start);
        let hash = hash(&[finding.rule, &words]);
        let before = seen.entry(hash.clone()).or_default();
        *before += 1;
        all.push(format!("{hash}:{before}"));
    }
    all
}

/// The first 128 bits of a SHA-256 over some texts, in hexadecimal digits.
pub(super) fn hash(texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    let bytes = hash.finalize();
    bytes[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn words(text: &str, line: &Span, place: usize) -> String {
    let start = place.saturating_sub(AROUND).max(line.start);
    let around = within(&(start..(place + AROUND).min(line.end)), text);
    let words = text.get(around).unwrap_or("").split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostic;
    use crate::report::FileFindings;
    use crate::text::Source;

    fn of(text: &str, word: &str) -> Vec<String> {
        let findings = text.match_indices(word);
        let findings =
            findings.map(|(at, _)| Diagnostic::error("r", at..at + word.len(), "whatever"));
        let file = FileFindings::new(Source::new("x", text), findings.collect());
        file.fingerprints().to_vec()
    }

    #[test]
    fn a_shifted_line_keeps_its_fingerprint() {
        let old = of("a: 1\n- what: TODO\n- what: TODO\n", "TODO");
        assert_eq!(old.len(), 2);
        assert_ne!(old[0], old[1]);
        let shifted = of(
            "# new\r\n\r\na: 1\r\n  - what:  TODO\r\n- what: TODO\r\n",
            "TODO",
        );
        assert_eq!(shifted, old);
        assert_ne!(of("- why: TODO\n", "TODO")[0], old[0]);
    }

    #[test]
    fn a_secret_has_no_part_in_it() {
        let one = of("x: password=Tr1ckyHorse99", "x");
        assert_eq!(one, of("x: password=Tr1ckyZebra99", "x"));
    }
}
