#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::Write;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::clean;
use super::html::{MARKDOWN, MOST_DEEP};

/// Writes a text of one line so that Markdown shows the same words, in a paragraph, a heading or a cell
/// of a table.
pub fn escape(text: &str, output: &mut dyn Write) -> std::io::Result<()> {
    output.write_all(shown(text).as_bytes())
}

/// Puts a text behind another in the same way.
pub fn push_escaped(text: &str, to: &mut String) {
    to.push_str(&shown(text));
}

fn shown(text: &str) -> Cow<'_, str> {
    match is_plain(text) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(escaped(text)),
    }
}

/// Whether a text is seen at a glance to need no escapes, as most are: it begins with a letter, and holds nothing
/// that means something behind one.
fn is_plain(text: &str) -> bool {
    let means = |byte: u8| {
        matches!(
            byte,
            b'\\' | b'`' | b'*' | b'[' | b']' | b'|' | b'~' | b'_' | b'<' | b'&' | b'$'
        )
    };
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && clean::is_line(text)
        && !text.bytes().any(means)
}

/// The same, as a text.
pub fn escaped(text: &str) -> String {
    let text = clean::line(text);
    let mut safe = String::with_capacity(text.len() + 16);
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied();
        let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' => safe.extend(['\\', c]),
            '_' if in_word(before) && in_word(next) => safe.push(c),
            '_' => safe.push_str("\\_"),
            '<' => safe.push_str("&lt;"),
            '>' if before.is_none() => safe.push_str("&gt;"),
            '&' if next.is_some_and(|n| n.is_ascii_alphanumeric() || n == '#') => {
                safe.push_str("&amp;");
            }
            '#' | '-' | '+' | '=' if before.is_none() => safe.extend(['\\', c]),
            '.' | ')' if is_number(&safe) && next.is_none_or(|n| n == ' ') => {
                safe.extend(['\\', c]);
            }
            _ => safe.push(c),
        }
        before = Some(c);
    }
    safe
}

fn is_number(text: &str) -> bool {
    (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Long text of a document inside a page of Markdown: as it was written, but HTML is text, headings
/// stand below the section's, pictures are links, and nothing left open swallows what comes after it. An
/// address that the text gives to a name of its own goes where the name is used, so that no other text of
/// the page is captured.
pub fn prose(text: &str) -> String {
    let mut text = clean::block(text);
    // Taking the meaning from one piece of HTML may give it to what stood inside; a few rounds settle it.
    for _ in 0..8 {
        let Some(changes) = changes(&text) else {
            break;
        };
        if changes.is_empty() {
            text.truncate(text.trim_end().len());
            return shifted(&closed(text));
        }
        text = replaced(&text, changes);
    }
    plain(&text)
}

/// A text whose Markdown cannot be trusted, as words.
fn plain(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(escaped).collect();
    lines.join("\n")
}

type Change = (Range<usize>, String);

/// What has to be written otherwise; none where the text is nested beyond reading.
fn changes(text: &str) -> Option<Vec<Change>> {
    let parser = Parser::new_ext(text, MARKDOWN).into_offset_iter();
    let definitions = parser.reference_definitions().iter();
    let mut changes: Vec<Change> = definitions
        .map(|(_, definition)| (definition.span.clone(), String::new()))
        .collect();
    // Where `<` and `]` stand for themselves, or for something that was looked at.
    let mut settled: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<bool> = Vec::new();
    let mut picture: Option<(Range<usize>, String)> = None;
    for (event, range) in parser {
        match &event {
            Event::Start(tag) => {
                let in_link = open.contains(&true);
                open.push(matches!(tag, Tag::Link { .. }));
                if open.len() > MOST_DEEP {
                    return None;
                }
                match tag {
                    Tag::CodeBlock(_) => settled.push(range),
                    Tag::Image { .. } if in_link => {
                        picture.get_or_insert((range, String::new()));
                    }
                    Tag::Link {
                        link_type,
                        dest_url,
                        ..
                    }
                    | Tag::Image {
                        link_type,
                        dest_url,
                        ..
                    } => {
                        if matches!(tag, Tag::Image { .. }) {
                            changes.push((range.start..range.start + 1, String::new()));
                        }
                        match addressed(text, &range, *link_type, dest_url) {
                            Some(change) => changes.push(change),
                            None => settled.push(range.start..range.start + 1),
                        }
                    }
                    _ => {}
                }
            }
            Event::End(end) => {
                open.pop();
                // A picture in a link is its words: a link holds no other.
                if *end == TagEnd::Image
                    && let Some((range, words)) = picture.take()
                {
                    changes.push((range, escaped(&words)));
                }
            }
            Event::Code(words) | Event::Text(words) => {
                if let Some((_, told)) = &mut picture {
                    told.push_str(words);
                }
                if matches!(event, Event::Code(_)) {
                    settled.push(range);
                }
            }
            _ => {}
        }
    }
    changes.extend(marks(text, &settled));
    changes.sort_by_key(|(range, _)| range.start);
    let mut done = 0;
    changes.retain(|(range, _)| {
        let is_free = range.start >= done;
        if is_free {
            done = range.end;
        }
        is_free
    });
    Some(changes)
}

/// Makes a link say its own address, or be words where it may not be followed; none where it is well already.
fn addressed(
    text: &str,
    range: &Range<usize>,
    link_type: LinkType,
    destination: &str,
) -> Option<Change> {
    let link = &text[range.clone()];
    let address = if is_anchor(destination) {
        clean::address(destination.get(1..)?).map(|name| format!("#{name}"))
    } else {
        clean::address(destination)
    };
    let Some(address) = address else {
        if matches!(link_type, LinkType::Autolink | LinkType::Email) {
            return Some((range.start..range.start + 1, "&lt;".to_owned()));
        }
        let start = range.start + link.find('[')?;
        return Some((start..start + 1, "\\[".to_owned()));
    };
    let words_end = match link_type {
        LinkType::Inline => link.rfind("](<")? + 1,
        LinkType::Reference => {
            let mut opens = link.rmatch_indices('[').map(|(at, _)| at);
            opens.find(|at| !is_escaped(link, *at))?
        }
        LinkType::Collapsed | LinkType::Shortcut => link.strip_suffix("[]").unwrap_or(link).len(),
        _ => return None,
    };
    // The parser counts the empty brackets of `[name][]` in at some times only.
    let has_brackets = link_type == LinkType::Collapsed && text[range.end..].starts_with("[]");
    let end = range.end + if has_brackets { 2 } else { 0 };
    Some((range.start + words_end..end, format!("({address})")))
}

/// Every `<` that may begin HTML to some reader of Markdown, every `]:` that may give an address to a name, and
/// every `$` that may begin a formula on GitHub. What one parser takes for words another may not, so these are not
/// left to a parser.
fn marks(text: &str, settled: &[Range<usize>]) -> Vec<Change> {
    let mut settled: Vec<&Range<usize>> = settled.iter().collect();
    settled.sort_by_key(|range| range.start);
    let mut settled = settled.into_iter().peekable();
    let mut marks = Vec::new();
    // One alone is a price, or what it likes.
    let has_formula = memchr::memchr_iter(b'$', text.as_bytes()).nth(1).is_some();
    let mut skip_to = 0;
    let mut is_escaped = false;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let pair = [*byte, bytes.get(at + 1).copied().unwrap_or(b'\n')];
        while let Some(range) = settled.next_if(|range| range.start <= at) {
            skip_to = skip_to.max(range.end);
        }
        let was_escaped = is_escaped;
        is_escaped = pair[0] == b'\\' && !was_escaped && at >= skip_to;
        if at < skip_to || was_escaped {
            continue;
        }
        match &pair {
            [b'<', next] if next.is_ascii_alphabetic() || b"/!?".contains(next) => {
                marks.push((at..at + 1, "&lt;".to_owned()));
            }
            b"]:" => marks.push((at..at + 2, "]\\:".to_owned())),
            [b'$', _] if has_formula && !is_in_address(text, at) => {
                marks.push((at..at + 1, "\\$".to_owned()));
            }
            _ => {}
        }
    }
    marks
}

/// Whether the word that a place stands in is an address, in which a backslash would be part of it.
fn is_in_address(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    word.contains("://") || word.contains("www.")
}

/// Whether a backslash takes the meaning from what stands at a place.
fn is_escaped(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    before.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

fn is_anchor(address: &str) -> bool {
    address.starts_with('#')
}

fn replaced(text: &str, changes: Vec<(Range<usize>, String)>) -> String {
    let mut result = String::with_capacity(text.len() + changes.len() * 4);
    let mut done = 0;
    for (range, replacement) in changes {
        result.push_str(text.get(done..range.start).unwrap_or(""));
        result.push_str(&replacement);
        done = range.end;
    }
    result.push_str(text.get(done..).unwrap_or(""));
    result
}

/// Closes a fence that was left open; a text that swallows what follows for another reason becomes words.
fn closed(text: String) -> String {
    if is_closed(&text) {
        return text;
    }
    let longest = |fence: char| {
        let mut longest = 2;
        let mut run = 0;
        for c in text.chars() {
            run = if c == fence { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        fence.to_string().repeat(longest.max(3))
    };
    for fence in [longest('`'), longest('~')] {
        let candidate = format!("{text}\n{fence}");
        if is_closed(&candidate) {
            return candidate;
        }
    }
    plain(&text)
}

fn is_closed(text: &str) -> bool {
    const AFTER: &str = "a line after it";
    let with_more = format!("{text}\n\n{AFTER}");
    let mut depth = 0_usize;
    let mut last: Option<(usize, bool, String)> = None;
    for event in Parser::new_ext(&with_more, MARKDOWN) {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    last = Some((0, tag == Tag::Paragraph, String::new()));
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(words) => {
                if let Some((texts, _, line)) = &mut last {
                    *texts += 1;
                    line.push_str(&words);
                }
            }
            _ => {}
        }
    }
    last.is_some_and(|(texts, is_paragraph, line)| texts == 1 && is_paragraph && line == AFTER)
}

/// Moves headings two levels down, as the page's own are the first and the second.
fn shifted(text: &str) -> String {
    let mut changes = Vec::new();
    for (event, range) in Parser::new_ext(text, MARKDOWN).into_offset_iter() {
        let Event::Start(Tag::Heading { level, .. }) = event else {
            continue;
        };
        let heading = &text[range.clone()];
        let level = level as usize;
        if heading.starts_with('#') {
            let hashes = "#".repeat((level + 2).min(6));
            changes.push((range.start..range.start + level, hashes));
        } else {
            // Underlined: the words, then a line of `=` or `-`.
            let body = heading.trim_end();
            let words = body.rsplit_once('\n').map_or(body, |(words, _)| words);
            let words = clean::line(words);
            let end = range.start + body.len();
            changes.push((
                range.start..end,
                format!("{} {words}", "#".repeat(level + 2)),
            ));
        }
    }
    replaced(text, changes)
}
