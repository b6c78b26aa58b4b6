//! Texts as different people write them. Nothing here is shared with what the tool writes by.

use crate::dice::Dice;

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Key,
    Block,
    Item,
    Flow,
}

/// A text in a block.
pub struct Block {
    pub header: String,
    pub lines: Vec<String>,
    /// Whether the blank lines below belong to it.
    pub keeps: bool,
}

/// A text without quotes, where that is surely safe.
pub fn plain(text: &str, place: Place) -> Option<String> {
    let begins_well = text.starts_with(|c: char| c.is_alphabetic())
        || looks_like_time(text) && !matches!(place, Place::Key);
    let is_word = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
        .contains(&text.to_lowercase().as_str());
    let all_well = text.chars().all(|c| match c {
        ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '%' | ';' | '+' | '@' => true,
        ',' => !matches!(place, Place::Flow | Place::Key),
        ':' => !matches!(place, Place::Key),
        _ => c.is_alphanumeric() || u32::from(c) > 0x1f000,
    });
    let ends_well = !text.ends_with([' ', ':']) && !text.contains(": ");
    let colons_well = !matches!(place, Place::Flow) || looks_like_time(text) || !text.contains(':');
    (begins_well && !is_word && all_well && ends_well && colons_well).then(|| text.to_owned())
}

fn looks_like_time(text: &str) -> bool {
    text.len() >= 10
        && text.starts_with("20")
        && text.contains('-')
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "-:TZ+. ".contains(c))
}

/// A text in single quotes where it can be, else in double ones.
pub fn quoted(text: &str, dice: &mut Dice) -> String {
    let is_simple = text.chars().all(|c| !is_odd(c));
    if is_simple && dice.in_hundred(50) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if is_odd(c) && u32::from(c) > 0xffff => {
                quoted.push_str(&format!("\\U{:08X}", u32::from(c)));
            }
            c if is_odd(c) => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn is_odd(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{85}' | '\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}'
            | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..)
        || u32::from(c) & 0xfffe == 0xfffe
}

/// A text over several lines, broken at single spaces between letters.
pub fn wrapped(written: &str, indent: usize, dice: &mut Dice) -> String {
    let chars: Vec<char> = written.chars().collect();
    let mut text = String::new();
    for (at, c) in chars.iter().enumerate() {
        let is_letter = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphabetic);
        let may = *c == ' ' && at > 1 && is_letter(at - 1) && is_letter(at + 1);
        // Letters behind a backslash are no letters.
        let may = may && !written.contains('\\') && !written.contains(": ");
        if may && dice.in_hundred(30) {
            text.push('\n');
            text.extend(std::iter::repeat_n(' ', indent));
        } else {
            text.push(*c);
        }
    }
    text
}

/// A text as `|` or `>`, where a block can hold it; its lines are `deeper` than what it is behind.
pub fn block(text: &str, deeper: usize, explicit: bool, dice: &mut Dice) -> Option<Block> {
    let body = text.trim_end_matches('\n');
    let awkward = body.is_empty()
        || body.chars().any(|c| c != '\n' && is_odd(c))
        || body.starts_with(['\n', '\t'])
        || body.lines().any(|line| {
            line.starts_with('\t')
                || line.ends_with(' ')
                || line.trim().is_empty() && !line.is_empty()
        });
    if awkward || body.starts_with(' ') && !explicit || deeper > 9 {
        return None;
    }
    let breaks = text.len() - body.len();
    let chomp = match breaks {
        0 => "-",
        1 if dice.in_hundred(30) => "+",
        1 => "",
        _ => "+",
    };
    let indicator = if explicit {
        deeper.to_string()
    } else {
        String::new()
    };
    let folds = !body.contains(' ') || body.lines().all(|line| !line.starts_with(' '));
    let folded = folds && dice.in_hundred(30);
    let style = if folded { '>' } else { '|' };
    let header = match dice.in_hundred(50) {
        true => format!("{style}{chomp}{indicator}"),
        false => format!("{style}{indicator}{chomp}"),
    };
    let mut lines: Vec<String> = Vec::new();
    for (at, line) in body.split('\n').enumerate() {
        if !folded {
            lines.push(line.to_owned());
            continue;
        }
        // In a folded text a line break is a blank line; one at a space is none.
        let follows_text =
            at > 0 && !line.is_empty() && lines.last().is_some_and(|l| !l.is_empty());
        if follows_text {
            lines.push(String::new());
        }
        if line.is_empty() {
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
            lines.push(String::new());
            continue;
        }
        let pieces = wrapped(line, 0, dice);
        lines.extend(pieces.split('\n').map(str::to_owned));
    }
    lines.extend(std::iter::repeat_n(String::new(), breaks.saturating_sub(1)));
    let keeps = chomp == "+";
    Some(Block {
        header,
        lines,
        keeps,
    })
}
