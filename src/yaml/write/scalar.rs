use super::super::tree::is_text;

/// A text without quotes, where every YAML reader takes it for this text.
///
/// The judge is the YAML organisation's own emitter: what it would quote is quoted here.
pub(super) fn bare(text: &str) -> Option<String> {
    if text.len() > 4096
        || text.contains(['\n', '\r'])
        || needs_escape(text)
        || is_word_of_yaml_1_1(text)
    {
        return None;
    }
    if !is_text(text) {
        return None;
    }
    let written = serde_yaml::to_string(text).ok()?;
    (written.strip_suffix('\n') == Some(text)).then(|| text.to_owned())
}

/// As [`bare`], inside brackets or braces.
pub(super) fn is_bare_in_flow(text: &str) -> bool {
    !text.contains([',', '[', ']', '{', '}', '"', '\'', '#', '&', '*', '?'])
        && !text.contains("://")
        && !text.contains(": ")
        && !text.ends_with(':')
        && !text.starts_with(['-', ':'])
        && bare(text).is_some()
}

/// A text in double quotes, with escapes for all that a reader might fold, hide or refuse.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if escaped(c) && u32::from(c) <= 0xff => {
                quoted.push_str(&format!("\\x{:02X}", u32::from(c)))
            }
            c if escaped(c) => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A text as a `|` block with its line break behind it, where a block can hold it.
pub(super) fn block(text: &str, indent: usize) -> Option<String> {
    let body = text.trim_end_matches('\n');
    let first = body.lines().next().unwrap_or("");
    let awkward = body.is_empty()
        || first.starts_with([' ', '\t'])
        || first.trim().is_empty()
        || text.contains('\r')
        || body
            .lines()
            .any(|line| line.starts_with('\t') || (line.trim().is_empty() && !line.is_empty()))
        || body.ends_with([' ', '\t'])
        || body.chars().any(|c| c != '\n' && c != '\t' && escaped(c));
    if awkward {
        return None;
    }
    let chomp = match text.len() - body.len() {
        0 => "-",
        1 => "",
        _ => return None,
    };
    let mut block = format!("|{chomp}\n");
    for line in body.split('\n') {
        if !line.is_empty() {
            block.extend(std::iter::repeat_n(' ', indent));
            block.push_str(line);
        }
        block.push('\n');
    }
    Some(block)
}

fn needs_escape(text: &str) -> bool {
    text.chars().any(escaped)
}

/// Whether a character must be written as an escape: controls, what libyaml takes for line breaks,
/// byte-order marks, and what turns the direction of text.
fn escaped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Words that readers of YAML 1.1 take for true, false, or a number of sixties.
fn is_word_of_yaml_1_1(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    let sixties = text.contains(':')
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'-' | b'+' | b'_'));
    matches!(
        word.as_str(),
        "y" | "yes" | "n" | "no" | "on" | "off" | "=" | "<<"
    ) || sixties
}
