use std::borrow::Cow;

/// A text without what was meant for a terminal only: colours and other escape sequences, control
/// characters but tab and line break, marks that turn the direction of text. Line ends become `\n`.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unfit) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' => skip_escape(&mut rest),
            '\u{9b}' => skip_to_final(&mut rest),
            '\r' if rest.peek() == Some(&'\n') => {}
            '\r' => plain.push('\n'),
            c if is_unfit(c) => {}
            c => plain.push(c),
        }
    }
    Cow::Owned(plain)
}

/// Passes over what stands behind an ESC.
fn skip_escape(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match rest.peek() {
        Some('[') => {
            rest.next();
            skip_to_final(rest);
        }
        // A title or a link: up to BEL, or ESC and a backslash.
        Some(']') => {
            while let Some(c) = rest.next() {
                if c == '\u{7}' {
                    break;
                }
                if c == '\u{1b}' {
                    rest.next_if_eq(&'\\');
                    break;
                }
                if rest.peek() == Some(&'\n') {
                    break;
                }
            }
        }
        Some('(' | ')' | '#' | '%') => {
            rest.next();
            rest.next_if(|c| c.is_ascii_graphic());
        }
        _ => {
            rest.next_if(|c| ('@'..='~').contains(c) || c.is_ascii_digit());
        }
    }
}

/// Passes over the parameters of a control sequence and the letter that ends it.
fn skip_to_final(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    while rest.next_if(|c| (' '..='?').contains(c)).is_some() {}
    rest.next_if(|c| ('@'..='~').contains(c));
}

fn is_unfit(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_titles_go_and_the_words_stay() {
        for (text, wanted) in [
            ("\u{1b}[1;31mred\u{1b}[0m", "red"),
            ("\u{1b}]0;title\u{7}x", "x"),
            (
                "\u{1b}]8;;https://example.org\u{1b}\\link\u{1b}]8;;\u{1b}\\",
                "link",
            ),
            ("\u{1b}(Bx\u{1b}7y", "xy"),
            ("a\u{0}b\u{7f}c\u{9b}31md", "abcd"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("a\u{202e}b\tc", "ab\tc"),
            ("\u{1b}", ""),
            ("\u{1b}[", ""),
            ("\u{1b}]0;x\ny", "\ny"),
        ] {
            assert_eq!(plain(text), wanted, "{text:?}");
        }
        assert!(matches!(plain("🔥 障害\n"), Cow::Borrowed(_)));
    }
}
