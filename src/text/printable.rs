use std::borrow::Cow;

/// Makes a text safe for a terminal: control characters (but tab and line break), DEL, C1 and
/// bidirectional overrides become `\u{…}` in plain letters.
pub fn printable(text: &str) -> Cow<'_, str> {
    clean(text, |c| c != '\n' && c != '\t')
}

/// As [`printable`], for one line: line breaks and tabs become spaces.
pub fn printable_line(text: &str) -> String {
    let flat: String = text
        .chars()
        .map(|c| {
            if matches!(c, '\n' | '\r' | '\t') {
                ' '
            } else {
                c
            }
        })
        .collect();
    printable(&flat).into_owned()
}

/// As [`printable_line`], cut with `…` after so many characters.
pub fn excerpt(text: &str, most: usize) -> String {
    // Four bytes hold any character: what lies beyond cannot be shown anyway.
    let mut near = text.len().min(most.saturating_mul(4).saturating_add(4));
    while !text.is_char_boundary(near) {
        near -= 1;
    }
    let line = printable_line(&text[..near]);
    match line.char_indices().nth(most) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None if near < text.len() => format!("{line}…"),
        None => line,
    }
}

fn clean(text: &str, harmful_break: impl Fn(char) -> bool) -> Cow<'_, str> {
    let harmful = |c: char| harms_a_terminal(c) && harmful_break(c);
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if harmful(c) {
            safe.extend(c.escape_unicode());
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// Whether a character moves, hides or turns round what a terminal shows; line breaks and tabs are among them.
pub fn harms_a_terminal(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_cannot_reach_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(printable("a\u{9b}b\u{202e}c"), "a\\u{9b}b\\u{202e}c");
        assert_eq!(printable("one\n\ttwo"), "one\n\ttwo");
        assert_eq!(excerpt("one\ntwo three", 7), "one two…");
        assert_eq!(excerpt("é".repeat(9).as_str(), 9), "é".repeat(9));
        assert_eq!(printable_line("one\ntwo\u{7}"), "one two\\u{7}");
    }
}
