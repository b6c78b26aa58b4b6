use std::io::{self, Write};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::clean;
use super::html::MARKDOWN;

/// Plain text has nothing that needs an escape.
pub fn as_it_is(text: &str, output: &mut dyn Write) -> io::Result<()> {
    output.write_all(text.as_bytes())
}

/// Long text of a document as words alone: the marks of Markdown are gone, items of lists have a dash, and
/// the address of a link stands behind its words.
pub fn prose(markdown: &str) -> String {
    let markdown = clean::block(markdown);
    let mut text = String::with_capacity(markdown.len());
    let mut links: Vec<(String, usize)> = Vec::new();
    let mut lists = 0_usize;
    for event in Parser::new_ext(&markdown, MARKDOWN) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::Html(words) | Event::InlineHtml(words) => text.push_str(&words),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak => text.push('\n'),
            Event::Start(Tag::List(_)) => {
                lists += 1;
                end_line(&mut text);
            }
            Event::End(TagEnd::List(_)) => {
                lists = lists.saturating_sub(1);
                if lists == 0 {
                    end_block(&mut text);
                }
            }
            Event::Start(Tag::Item) => {
                end_line(&mut text);
                text.push_str(&"  ".repeat(lists.saturating_sub(1).min(8)));
                text.push_str("- ");
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push((dest_url.into_string(), text.len()));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some((url, from)) = links.pop()
                    && let Some(address) = clean::address(&url)
                    && text.get(from..) != Some(url.as_str())
                {
                    text.push_str(&format!(" ({address})"));
                }
            }
            Event::End(TagEnd::Paragraph) if lists > 0 => end_line(&mut text),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock) => {
                end_block(&mut text);
            }
            Event::End(TagEnd::TableCell) => text.push_str("  "),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                text.truncate(text.trim_end().len());
                text.push('\n');
            }
            Event::End(TagEnd::Table | TagEnd::BlockQuote(_)) => end_block(&mut text),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn end_block(text: &mut String) {
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push_str("\n\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        for (markdown, words) in [
            ("**Cards** failed,\n`pay` too.", "Cards failed, pay too."),
            ("a\n\n# b\n\nc", "a\n\nb\n\nc"),
            ("x:\n\n- a\n- b\n  - c\n\ny", "x:\n\n- a\n- b\n  - c\n\ny"),
            (
                "[status](https://s.example/) <https://t.example/>",
                "status (https://s.example/) https://t.example/",
            ),
            ("[a](javascript:alert)", "a"),
            ("1 < 2 <b>x</b>", "1 < 2 <b>x</b>"),
        ] {
            assert_eq!(prose(markdown), words, "{markdown}");
        }
    }
}
