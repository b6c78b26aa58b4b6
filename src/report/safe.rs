//! What a report may show of a text that came from a file.

use serde::Serialize;

use crate::diagnostic::{Secret, mask};
use crate::text::{harms_a_terminal, printable_line};

/// A message, label, help or path: one line, without secrets, harmless to a terminal.
pub fn line(text: &str) -> String {
    printable_line(&mask(text))
}

/// A source with these secrets starred out and every character that could harm a terminal replaced
/// by one of as many bytes, so that offsets stay true.
pub fn source(text: &str, secrets: &[Secret]) -> String {
    if secrets.is_empty() && text.as_bytes().chunks(64).all(are_harmless) {
        return text.to_owned();
    }
    let mut secrets = secrets.iter().peekable();
    let mut safe = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        while secrets.next_if(|secret| secret.span.end <= at).is_some() {}
        let is_secret = secrets.peek().is_some_and(|secret| secret.span.start <= at);
        if is_secret && !matches!(c, '\n' | '\r') {
            safe.extend(std::iter::repeat_n('*', c.len_utf8()));
        } else {
            safe.push(shown(c));
        }
    }
    safe
}

/// Whether no byte could harm a terminal; all are looked at side by side.
fn are_harmless(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |all, byte| {
        all & (byte.wrapping_sub(b' ') <= b'~' - b' ' || matches!(byte, b'\n' | b'\r' | b'\t'))
    })
}

fn shown(c: char) -> char {
    if matches!(c, '\n' | '\r' | '\t') || !harms_a_terminal(c) {
        return c;
    }
    match c.len_utf8() {
        1 => '?',
        2 => '¿',
        _ => '\u{fffd}',
    }
}

/// A value as JSON in one line, in which every character that could harm a terminal is escaped: the
/// value is the same to whoever reads it.
pub fn json(value: &impl Serialize) -> String {
    // Numbers, texts and lists always have a JSON form.
    let text = serde_json::to_string(value).unwrap_or_default();
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text;
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if shown(c) == c {
            safe.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::secrets;

    #[test]
    fn a_source_keeps_its_offsets_and_loses_its_sting() {
        let text = "a\u{1b}[31m \u{9b}b \u{202e}é\tpassword=Tr1ckyHorse99 end";
        let safe = source(text, &secrets(text));
        assert_eq!(safe.len(), text.len());
        assert_eq!(safe, "a?[31m ¿b \u{fffd}é\tpassword=************* end");
    }

    #[test]
    fn json_is_harmless_and_says_the_same() {
        let text = "a\u{1b}[31m \u{9b}\u{202e}\u{7f}\u{feff}é😀\0\"";
        let json = json(&text);
        assert!(
            json.chars().all(|c| !c.is_control() && shown(c) == c),
            "{json}"
        );
        assert!(json.contains("é😀"), "{json}");
        let back: String = serde_json::from_str(&json).expect("JSON");
        assert_eq!(back, text);
    }

    #[test]
    fn a_line_shows_no_secret() {
        let text = line("`password=Tr1ckyHorse99` is\nodd\u{1b}");
        assert_eq!(text, "`password=*************` is odd\\u{1b}");
    }
}
