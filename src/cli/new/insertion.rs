//! Puts one answer into a text that somebody has changed by hand, with no other byte touched. Whether
//! the result says what it should is checked by the caller, who reads it again.

use crate::model::schema;

use super::answer::Question;

/// The text with the lines of an answer in it; nothing where there is no plain place for them.
pub fn insert(text: &str, question: Question, lines: &str) -> Option<String> {
    let key = question.key();
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let ours = lines.replace('\n', line_end);
    let mut text = text.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(line_end);
    }
    let Some((start, theirs)) = place_of(&text, key) else {
        let at = place_for(&text, key);
        text.insert_str(at, &ours);
        return Some(text);
    };
    let first = theirs.lines().next()?;
    let behind = first.strip_prefix(key)?.strip_prefix(':')?.trim();
    let is_empty = matches!(behind, "" | "[]") && theirs.lines().skip(1).all(is_bare);
    if is_empty {
        let first_line = start..start + first.len() + line_end_at(&text, start + first.len());
        text.replace_range(first_line, &ours);
        return Some(text);
    }
    (question == Question::Started && behind.is_empty())
        .then(|| append_item(&text, start, theirs, &ours))?
}

/// The lines of a key of the root: from the key to the next one.
pub fn block(text: &str, key: &str) -> Option<String> {
    let (_, lines) = place_of(text, key)?;
    Some(format!("{}\n", lines.trim_end()))
}

/// Where a key of the root begins, and the lines that belong to it.
fn place_of<'t>(text: &'t str, key: &str) -> Option<(usize, &'t str)> {
    let mut starts = root_keys(text).skip_while(|(_, name)| *name != key);
    let (start, _) = starts.next()?;
    let end = starts.next().map_or(text.len(), |(next, _)| next);
    Some((start, text.get(start..end)?))
}

/// Where a key that is not there belongs: before the first that comes later in the format, and before
/// the comments above that; at the end where there is none.
fn place_for(text: &str, key: &str) -> usize {
    let schema = schema();
    let order: Vec<&str> = match schema.get("properties").and_then(|all| all.as_object()) {
        Some(properties) => properties.keys().map(String::as_str).collect(),
        None => Vec::new(),
    };
    let rank = |name: &str| order.iter().position(|known| *known == name);
    let ours = rank(key);
    // The first key keeps what is above it: the line that names the schema.
    let later = root_keys(text).skip(1).find(|(_, name)| rank(name) > ours);
    let Some((mut at, _)) = later else {
        return text.len();
    };
    while let Some(above) = text.get(..at).filter(|above| !above.is_empty()) {
        let start = above[..above.len() - 1]
            .rfind('\n')
            .map_or(0, |end| end + 1);
        if !above[start..].starts_with('#') {
            break;
        }
        at = start;
    }
    // A blank line between sections stays above what it set apart.
    while text[..at].ends_with("\n\n") {
        at -= 1;
    }
    at
}

/// The keys at the very left, with the bytes at which their lines begin.
fn root_keys(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let (name, behind) = line.split_once(':')?;
        let is_key = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            && behind.starts_with([' ', '\n', '\r']);
        is_key.then_some((start, name))
    })
}

/// Puts the items of our list behind the last item of theirs, at the same indent.
fn append_item(text: &str, start: usize, theirs: &str, ours: &str) -> Option<String> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let item = theirs.lines().skip(1).find(|line| !is_bare(line))?;
    if !item.trim_start().starts_with('-') {
        return None;
    }
    let mut end = start;
    let mut last = start;
    for line in theirs.split_inclusive('\n') {
        end += line.len();
        if !is_bare(line) {
            last = end;
        }
    }
    let mut items = String::new();
    let our_indent = ours.lines().nth(1).map(indent)?;
    for line in ours.split_inclusive('\n').skip(1) {
        items.push_str(&" ".repeat(indent(item)));
        items.push_str(line.get(our_indent..).unwrap_or(line.trim_start()));
    }
    let mut new = text.to_owned();
    new.insert_str(last, &items);
    Some(new)
}

fn is_bare(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn line_end_at(text: &str, at: usize) -> usize {
    match text.get(at..) {
        Some(rest) if rest.starts_with("\r\n") => 2,
        Some(rest) if rest.starts_with('\n') => 1,
        _ => 0,
    }
}
