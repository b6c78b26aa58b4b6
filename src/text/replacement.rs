use super::Span;

/// New bytes for a stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The bytes that go; empty where something is only put in.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

/// A text with replacements carried out.
///
/// They may come in any order; two at the same place keep theirs. Nothing is given where two overlap,
/// or where one does not lie on characters of the text.
pub fn replaced(text: &str, replacements: &[Replacement]) -> Option<String> {
    let mut ordered: Vec<&Replacement> = replacements.iter().collect();
    ordered.sort_by_key(|replacement| (replacement.span.start, replacement.span.end));
    let mut new = String::with_capacity(text.len() + 256);
    let mut done = 0;
    for Replacement { span, text: ours } in ordered {
        new.push_str(text.get(done..span.start)?);
        text.get(span.clone())?;
        new.push_str(ours);
        done = span.end;
    }
    new.push_str(text.get(done..)?);
    Some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replacement(span: Span, text: &str) -> Replacement {
        let text = text.to_owned();
        Replacement { span, text }
    }

    #[test]
    fn replacements_are_carried_out_in_any_order() {
        let all = [
            replacement(4..5, "E"),
            replacement(0..0, "<"),
            replacement(1..3, ""),
            replacement(0..0, "="),
        ];
        assert_eq!(replaced("abcde", &all).as_deref(), Some("<=adE"));
        assert_eq!(replaced("abc", &[]).as_deref(), Some("abc"));
    }

    #[test]
    fn what_overlaps_or_splits_a_character_is_refused() {
        let overlapping = [replacement(0..2, "x"), replacement(1..3, "y")];
        assert_eq!(replaced("abcd", &overlapping), None);
        assert_eq!(replaced("é", &[replacement(1..1, "x")]), None);
        assert_eq!(replaced("a", &[replacement(0..9, "x")]), None);
    }
}
