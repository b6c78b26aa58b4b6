use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

/// The bytes of a text that are not its author's own words: code, links, quotations, addresses. In order,
/// without overlap.
pub fn exempt(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if has_marks(text) {
        of_markdown(text, &mut found);
    }
    quotations(text, &mut found);
    addresses(text, &mut found);
    found.sort_by_key(|span| (span.start, span.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for span in found {
        match joined.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// Whether anything stands in the text that makes code, a link or a block quotation.
fn has_marks(text: &str) -> bool {
    text.bytes()
        .any(|byte| matches!(byte, b'`' | b'[' | b'<' | b'>' | b'~'))
        || text.contains("\n    ")
        || text.starts_with("    ")
        || text.contains('\t')
}

fn of_markdown(text: &str, found: &mut Vec<Range<usize>>) {
    for (event, span) in Parser::new(text).into_offset_iter() {
        let is_exempt = match event {
            Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => true,
            Event::Start(tag) => matches!(
                tag,
                Tag::CodeBlock(_)
                    | Tag::Link { .. }
                    | Tag::Image { .. }
                    | Tag::BlockQuote(_)
                    | Tag::HtmlBlock
            ),
            _ => false,
        };
        if is_exempt {
            found.push(span);
        }
    }
}

/// What stands between quotation marks that are closed within the paragraph.
fn quotations(text: &str, found: &mut Vec<Range<usize>>) {
    let mut open: Option<(usize, &[char])> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let paragraph_ends = c == '\n' && before == '\n';
        if paragraph_ends {
            open = None;
        }
        match open {
            Some((start, closing)) if closing.contains(&c) => {
                let end = at + c.len_utf8();
                let next = text.get(end..).and_then(|rest| rest.chars().next());
                // An apostrophe inside single quotation marks does not close them.
                let closes =
                    !matches!(c, '\'' | '’') || next.is_none_or(|next| !next.is_alphanumeric());
                if closes {
                    found.push(start..end);
                    open = None;
                }
            }
            None => {
                let begins = !before.is_alphanumeric();
                open = match c {
                    '"' => Some((at, &['"'])),
                    '“' => Some((at, &['”'])),
                    '„' => Some((at, &['“', '”'])),
                    '«' => Some((at, &['»'])),
                    '‘' => Some((at, &['’'])),
                    '\'' if begins => Some((at, &['\''])),
                    _ => None,
                };
            }
            _ => {}
        }
        before = c;
    }
}

/// Bare addresses of the web and paths.
fn addresses(text: &str, found: &mut Vec<Range<usize>>) {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("://")) {
        let at = from + at;
        let start = text
            .get(..at)
            .and_then(|before| before.rfind(char::is_whitespace))
            .map_or(0, |blank| blank + 1);
        let start = start.max(from.min(at));
        let length = text
            .get(at..)
            .and_then(|rest| rest.find(char::is_whitespace))
            .unwrap_or(text.len() - at);
        // The blank may be a character of several bytes.
        let start = (start..=at)
            .find(|start| text.is_char_boundary(*start))
            .unwrap_or(at);
        found.push(start..at + length);
        from = at + length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        exempt(text).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn what_others_wrote_is_exempt() {
        assert_eq!(
            parts(
                "say \"a b\" and `c d`, [e f](https://g.example) at https://h.example/i or don't"
            ),
            [
                "\"a b\"",
                "`c d`",
                "[e f](https://g.example)",
                "https://h.example/i"
            ]
        );
        assert_eq!(parts("> quoted\n\nmine"), ["> quoted\n"]);
        assert_eq!(
            parts("it's the team's 'own fault' isn't it"),
            ["'own fault'"]
        );
        assert_eq!(parts("an open \" mark\n\nand \"another\""), ["\"another\""]);
        assert_eq!(parts("“so” and ‘it’s so’"), ["“so”", "‘it’s so’"]);
        assert_eq!(parts("x:\n\n    code here\n\nend").len(), 1);
    }
}
