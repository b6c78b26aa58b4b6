use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};

/// What readers may write in Markdown beyond plain CommonMark.
pub const MARKDOWN: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// What is nested deeper than this is shown without its nesting: nobody reads it, and some take very long
/// to make it.
pub const MOST_DEEP: usize = 50;

const TAGS: [&str; 25] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "sub",
    "sup",
];

/// The second wall behind the parser: what is not on this list does not reach the page.
static WALL: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut wall = Builder::empty();
    wall.tags(HashSet::from(TAGS))
        .generic_attributes(HashSet::new())
        .tag_attributes(
            [
                ("a", HashSet::from(["href"])),
                ("ol", HashSet::from(["start"])),
            ]
            .into(),
        )
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .clean_content_tags(HashSet::from(["script", "style"]))
        .link_rel(Some("noopener noreferrer nofollow"));
    wall
});

/// How line breaks inside a paragraph are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// As Markdown takes them: as spaces.
    Flow,
    /// As they are written, as output and excerpts want.
    Kept,
}

/// Long text of a document as HTML: Markdown in which HTML is text, headings stand below the page's
/// own, and pictures are links.
pub fn prose(markdown: &str, breaks: Breaks) -> String {
    let breaks = if is_wrapped(markdown) {
        Breaks::Flow
    } else {
        breaks
    };
    let mut depth = 0_usize;
    let events = Parser::new_ext(markdown, MARKDOWN)
        .filter_map(|event| shallow(event, &mut depth))
        .map(|event| tamed(event, breaks));
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    push_html(&mut html, events);
    WALL.clean(&html).to_string()
}

/// Whether the lines are those of an editor that wraps sentences: none but the last of a paragraph is short,
/// each begins like words, and the last ends a sentence. Output looks otherwise.
fn is_wrapped(text: &str) -> bool {
    const SHORT: usize = 50;
    let is_sentence = |paragraph: &str| {
        let lines: Vec<&str> = paragraph.trim_end().lines().collect();
        let is_long = |line: &&str| line.chars().count() >= SHORT;
        let begins =
            |line: &&str| line.starts_with(|c: char| c.is_alphabetic() || "*`(\"".contains(c));
        lines.iter().rev().skip(1).all(is_long)
            && lines.iter().all(begins)
            && paragraph.trim_end().ends_with(['.', '!', '?', ':'])
    };
    let mut paragraphs = text.split("\n\n").filter(|part| !part.trim().is_empty());
    paragraphs.all(is_sentence)
}

/// Takes the nesting from what is nested too deep; its words stay.
fn shallow<'a>(event: Event<'a>, depth: &mut usize) -> Option<Event<'a>> {
    let at = match event {
        Event::Start(_) => {
            *depth += 1;
            *depth
        }
        Event::End(_) => {
            let at = *depth;
            *depth = at.saturating_sub(1);
            at
        }
        _ => return Some(event),
    };
    match event {
        _ if at <= MOST_DEEP => Some(event),
        // Words of different blocks do not run together.
        Event::End(_) if at == MOST_DEEP + 1 => Some(Event::SoftBreak),
        _ => None,
    }
}

fn tamed(event: Event<'_>, breaks: Breaks) -> Event<'_> {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: below(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            ..
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url,
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        }),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        Event::SoftBreak if breaks == Breaks::Kept => Event::HardBreak,
        other => other,
    }
}

/// A heading two levels down: the page has one `h1`, and its sections are `h2`.
fn below(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    use pulldown_cmark::HeadingLevel::{H1, H2, H3, H4, H5, H6};
    match level {
        H1 => H3,
        H2 => H4,
        H3 => H5,
        H4 | H5 | H6 => H6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_text_and_markdown_is_html() {
        let html = prose(
            "# A *b*\n\n<script>alert(1)</script>\n\n1 < 2 <b>x</b>",
            Breaks::Flow,
        );
        assert!(html.contains("<h3>A <em>b</em></h3>"), "{html}");
        assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
        assert!(html.contains("&lt;b&gt;x&lt;/b&gt;"), "{html}");
    }

    #[test]
    fn links_go_to_the_web_and_pictures_are_links() {
        let html = prose(
            "[a](javascript:alert(1)) [b](https://b.example/ \"t\") ![c](https://c.example/x.png)",
            Breaks::Flow,
        );
        assert!(!html.contains("javascript"), "{html}");
        assert!(!html.contains("<img"), "{html}");
        assert!(
            html.contains(r#"href="https://b.example/" rel="noopener noreferrer nofollow""#),
            "{html}"
        );
        assert!(html.contains(r#"href="https://c.example/x.png""#), "{html}");
    }

    #[test]
    fn nothing_a_text_brings_has_an_id_a_class_or_a_style() {
        let html = prose(
            "```rust {.x}\nlet a;\n```\n\n| a |\n|:-:|\n| b |\n",
            Breaks::Flow,
        );
        for attribute in ["class=", "id=", "style="] {
            assert!(!html.contains(attribute), "{html}");
        }
        assert!(html.contains("<td>b</td>"), "{html}");
    }

    #[test]
    fn sentences_that_an_editor_wrapped_flow_and_output_does_not() {
        let wrapped = "Thousands of nodes made these calls at the same time, which was more\nthan the servers could answer, and the control plane went down.";
        assert!(!prose(wrapped, Breaks::Kept).contains("<br>"));
        for output in [
            "2024-12-11T15:16:00Z ERROR apiserver: the request timed out after 60 s\n2024-12-11T15:16:01Z ERROR apiserver: gone.",
            "pid 4411 waits for pid 4302 (CREATE INDEX CONCURRENTLY orders_by_card)\npid 4302 waits for nobody",
            "First we looked.\nThen we saw.",
        ] {
            assert!(prose(output, Breaks::Kept).contains("<br>"), "{output}");
        }
    }

    #[test]
    fn what_is_nested_beyond_reading_is_flat() {
        for (deep, tag) in [
            (format!("{}deepest", ">".repeat(2_000)), "<blockquote>"),
            (format!("{}deepest", ">- ".repeat(1_000)), "<ul>"),
            (
                format!("{}deepest{}", "*a **b ".repeat(300), "** *".repeat(300)),
                "<em>",
            ),
        ] {
            let html = prose(&deep, Breaks::Flow);
            assert!(html.contains("deepest"), "{html}");
            assert!(html.matches(tag).count() <= MOST_DEEP, "{html}");
        }
    }

    #[test]
    fn output_keeps_its_lines() {
        assert!(prose("a\nb", Breaks::Kept).contains("<br>"));
        assert!(!prose("a\nb", Breaks::Flow).contains("<br>"));
    }
}
