/// Whether a text is seen at a glance to be clean and one line, as most are.
pub fn is_line(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.contains("  ")
}

/// A text of one line: breaks become spaces, and nothing in it steers a reader's screen.
pub fn line(text: &str) -> String {
    if is_line(text) {
        return text.to_owned();
    }
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}') {
            if !clean.ends_with(' ') {
                clean.push(' ');
            }
        } else if !steers(c) {
            clean.push(c);
        }
    }
    clean.trim().to_owned()
}

/// A text of several lines, whose breaks and tabs stay.
pub fn block(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let clean: String = text
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || !steers(*c))
        .collect();
    clean.trim_matches('\n').trim_end().to_owned()
}

/// Control characters, and those that turn the direction of what stands around them.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// An address that may be a link: a web or mail address, or a path beside the document. Everything
/// that could end an attribute or a Markdown link is percent-encoded.
pub fn address(text: &str) -> Option<String> {
    let text = line(text);
    let scheme_ends = text.find(':');
    let path_begins = text.find(['/', '?', '#', '\\']).unwrap_or(text.len());
    match scheme_ends {
        Some(end) if end < path_begins => {
            let scheme = text[..end].to_ascii_lowercase();
            if !matches!(scheme.as_str(), "http" | "https" | "mailto") {
                return None;
            }
        }
        _ if text.is_empty() || text.starts_with("//") || text.starts_with('\\') => return None,
        _ => {}
    }
    let mut safe = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        // Markdown reads entities in addresses too: `java&#115;cript:` is a path here and would be a script there.
        let may_be_entity = c == '&' && is_entity(&text[at + 1..]);
        if may_be_entity
            || matches!(
                c,
                ' ' | '"'
                    | '\''
                    | '<'
                    | '>'
                    | '\\'
                    | '`'
                    | '('
                    | ')'
                    | '['
                    | ']'
                    | '{'
                    | '}'
                    | '|'
                    | '*'
                    | '^'
            )
        {
            safe.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    Some(safe)
}

/// Whether what stands behind a `&` makes it a character by number or by name.
fn is_entity(behind: &str) -> bool {
    let mut names = behind.split(|c: char| !c.is_ascii_alphanumeric() && c != '#');
    let name = names.next().unwrap_or_default();
    !name.is_empty() && behind[name.len()..].starts_with(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_stays_one_line() {
        assert_eq!(line(" a\n\n| b\t\u{202e}c\u{2028}d "), "a | b c d");
        assert_eq!(block("\n  a\r\nb\u{202e}\n\n"), "  a\nb");
    }

    #[test]
    fn only_web_mail_and_paths_are_addresses() {
        for bad in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "//evil.example/",
            "\\\\evil.example",
            "",
            "vbscript:x",
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
        assert_eq!(
            address("https://a.example/(x)\"y").as_deref(),
            Some("https://a.example/%28x%29%22y")
        );
        assert_eq!(
            address("java&#115;cript&colon;x?a=1&b=2;").as_deref(),
            Some("java%26#115;cript%26colon;x?a=1&b=2;")
        );
        assert_eq!(address("graphs/a:b.png").as_deref(), Some("graphs/a:b.png"));
    }
}
