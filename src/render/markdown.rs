use std::io::Write;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::clean;
use super::html::MARKDOWN;

/// Writes a text of one line so that Markdown shows the same words, in a paragraph, a heading or a cell
/// of a table.
pub fn escape(text: &str, output: &mut dyn Write) -> std::io::Result<()> {
    output.write_all(escaped(text).as_bytes())
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
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' => safe.extend(['\\', c]),
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
/// stand below the section's, and nothing left open swallows what comes after it.
pub fn prose(text: &str) -> String {
    let mut text = clean::block(text);
    // Taking the meaning from one piece of HTML may give it to what stood inside; a few rounds settle it.
    for _ in 0..8 {
        let changes = changes(&text);
        if changes.is_empty() {
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

fn changes(text: &str) -> Vec<(Range<usize>, String)> {
    let mut changes = Vec::new();
    for (event, range) in Parser::new_ext(text, MARKDOWN).into_offset_iter() {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => {
                for (at, _) in text[range.clone()].match_indices('<') {
                    changes.push((range.start + at..range.start + at + 1, "&lt;".to_owned()));
                }
            }
            Event::Start(
                Tag::Link {
                    link_type,
                    ref dest_url,
                    ..
                }
                | Tag::Image {
                    link_type,
                    ref dest_url,
                    ..
                },
            ) if clean::address(dest_url).is_none() && !is_anchor(dest_url) => {
                if matches!(link_type, LinkType::Autolink | LinkType::Email) {
                    changes.push((range.start..range.start + 1, "&lt;".to_owned()));
                } else if let Some(at) = text[range.clone()].find('[') {
                    let start = range.start + at;
                    changes.push((start..start + 1, "\\[".to_owned()));
                }
            }
            _ => {}
        }
    }
    changes.sort_by_key(|(range, _)| range.start);
    changes.dedup_by_key(|(range, _)| range.start);
    changes
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::html::push_html;

    fn shown(markdown: &str) -> String {
        Parser::new_ext(markdown, MARKDOWN)
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.to_string()),
                _ => None,
            })
            .collect()
    }

    fn html(markdown: &str) -> String {
        let mut html = String::new();
        push_html(&mut html, Parser::new_ext(markdown, MARKDOWN));
        html
    }

    proptest! {
        #[test]
        fn an_escaped_text_shows_its_own_words(text in "[ -~äλ]{0,40}") {
            let words = clean::line(&text);
            prop_assert_eq!(shown(&escaped(&text)), words.clone());
            let table = format!("| a | b |\n| --- | --- |\n| {} | x |\n", escaped(&text));
            let html = html(&table);
            prop_assert_eq!(html.matches("<td>").count(), 2, "{}", html);
            prop_assert_eq!(shown(&table), format!("ab{words}x"));
            let heading = format!("## {}", escaped(&text));
            prop_assert!(words.is_empty() || words.ends_with('#') || shown(&heading) == words, "{}", heading);
        }

        #[test]
        fn what_follows_a_block_is_never_swallowed(text in "[-<>!`~#|=a \\[\\]():.*\n]{0,40}") {
            let page = format!("{}\n\n## After", prose(&text));
            let html = html(&page);
            prop_assert!(html.contains("<h2>After</h2>"), "{:?} -> {}", page, html);
            prop_assert!(!Parser::new_ext(&page, MARKDOWN).any(|event| matches!(event, Event::Html(_) | Event::InlineHtml(_))), "{}", page);
        }
    }

    #[test]
    fn words_that_look_like_markup_stay_words() {
        assert_eq!(escaped("a|b\n`c` <d>"), "a\\|b \\`c\\` &lt;d>");
        assert_eq!(escaped("# x"), "\\# x");
        assert_eq!(escaped("- x"), "\\- x");
        assert_eq!(escaped("12. x"), "12\\. x");
        assert_eq!(escaped("snake_case _em_"), "snake_case \\_em\\_");
    }

    #[test]
    fn a_block_keeps_its_markdown_but_not_its_html() {
        let text = prose("# One\n\nTwo\n===\n\n- *a*\n- `<b>`\n\n<script>x</script>");
        assert!(text.contains("### One"), "{text}");
        assert!(text.contains("### Two"), "{text}");
        assert!(text.contains("- *a*\n- `<b>`"), "{text}");
        assert!(!html(&text).contains("<script>"), "{text}");
    }

    #[test]
    fn a_fence_left_open_is_closed() {
        let page = format!("{}\n\n## After", prose("```\ncode"));
        assert!(html(&page).contains("<h2>After</h2>"), "{page}");
    }

    #[test]
    fn a_script_is_no_link() {
        for text in [
            "[a](javascript:alert(1))",
            "<javascript:alert(1)>",
            "[a]\n\n[a]: javascript:x",
        ] {
            assert!(!html(&prose(text)).contains("href"), "{text}");
        }
    }
}
