use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::html::MARKDOWN;

/// Markdown in which each paragraph is one line: chats show every line break of a text that an editor wrapped.
/// Breaks that mean something stay.
pub fn flowing(markdown: &str) -> String {
    let mut flowing = String::with_capacity(markdown.len());
    let mut done = 0;
    let mut quotes = 0_usize;
    for (event, range) in Parser::new_ext(markdown, MARKDOWN).into_offset_iter() {
        match event {
            // In a quotation each line has its own sign.
            Event::Start(Tag::BlockQuote(_)) => quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => quotes = quotes.saturating_sub(1),
            Event::SoftBreak if quotes == 0 && range.start >= done => {
                flowing.push_str(markdown.get(done..range.start).unwrap_or("").trim_end());
                flowing.push(' ');
                let rest = markdown.get(range.end..).unwrap_or("");
                done = markdown.len() - rest.trim_start_matches([' ', '\t', '\n']).len();
            }
            _ => {}
        }
    }
    flowing.push_str(markdown.get(done..).unwrap_or(""));
    flowing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_lines_and_other_breaks_stay() {
        for (markdown, expected) in [
            ("one\ntwo\n\nthree\nfour", "one two\n\nthree four"),
            ("- one\n  two\n- three", "- one two\n- three"),
            ("one  \ntwo\\\nthree", "one  \ntwo\\\nthree"),
            ("```\na\nb\n```\nc\nd", "```\na\nb\n```\nc d"),
            ("> a\n> b\n\nc\nd", "> a\n> b\n\nc d"),
            ("| a |\n| - |\n| b |", "| a |\n| - |\n| b |"),
            ("", ""),
        ] {
            assert_eq!(flowing(markdown), expected, "{markdown}");
        }
    }
}
