//! What a report may show of a text that came from a file.

use crate::diagnostic::mask;
use crate::text::printable_line;

/// A message, label, help or path: one line, without secrets, harmless to a terminal.
pub fn line(text: &str) -> String {
    printable_line(&mask(text))
}

/// A source with every secret starred out and every character that could harm a terminal replaced
/// by one of as many bytes, so that offsets stay true.
pub fn source(text: &str) -> String {
    mask(text).chars().map(shown).collect()
}

fn shown(c: char) -> char {
    if matches!(c, '\n' | '\r' | '\t')
        || printable_line(c.encode_utf8(&mut [0; 4])) == c.to_string()
    {
        return c;
    }
    match c.len_utf8() {
        1 => '?',
        2 => '¿',
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_keeps_its_offsets_and_loses_its_sting() {
        let text = "a\u{1b}[31m \u{9b}b \u{202e}é\tpassword=Tr1ckyHorse99 end";
        let safe = source(text);
        assert_eq!(safe.len(), text.len());
        assert_eq!(safe, "a?[31m ¿b \u{fffd}é\tpassword=************* end");
    }

    #[test]
    fn a_line_shows_no_secret() {
        let text = line("`password=Tr1ckyHorse99` is\nodd\u{1b}");
        assert_eq!(text, "`password=*************` is odd\\u{1b}");
    }
}
