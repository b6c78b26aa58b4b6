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
        prop_assert!(!is_plain(&text) || escaped(&text) == text);
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
        prop_assert!(Parser::new_ext(&page, MARKDOWN).reference_definitions().iter().next().is_none(), "{}", page);
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
    assert_eq!(escaped("$5 or $6"), "\\$5 or \\$6");
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
fn html_that_only_other_parsers_see_is_text_too() {
    for text in [
        "a <![CDATA[>](<img src=x onerror=1> ]]> b",
        "a <!-->](<img src=x onerror=1> --> b",
        "a <? >](<img src=x onerror=1> ?> b",
        "a <!X >](<img src=x onerror=1>",
        "[a](<b>c) <img\nsrc=x>",
        "\\\\<img src=x>",
        "[a](<x y> \"<img src=x>\") </p>",
    ] {
        let made = prose(text);
        assert!(
            !made.contains("<i")
                && !made.contains("<!")
                && !made.contains("<?")
                && !made.contains("</"),
            "{made}"
        );
    }
    assert_eq!(prose("\\<b> 1 < 2 `<b>`"), "\\<b> 1 < 2 `<b>`");
    assert_eq!(prose("```\n<b>\n[x]: y\n```"), "```\n<b>\n[x]: y\n```");
    assert_eq!(prose("<https://a.example/>"), "<https://a.example/>");
    assert_eq!(prose("[a](<x y>)"), "[a](x%20y)");
}

#[test]
fn prices_are_no_formulas() {
    for (text, made) in [
        ("from $5 to $10", "from \\$5 to \\$10"),
        ("$$x$$ and `$y$`", "\\$\\$x\\$\\$ and `$y$`"),
        ("\\$5 or \\$6", "\\$5 or \\$6"),
        ("$`z`$", "\\$`z`\\$"),
        ("it cost $5", "it cost $5"),
        (
            "[a](https://b.example/$c) $d$",
            "[a](https://b.example/$c) \\$d\\$",
        ),
        (
            "<https://b.example/$c$> www.d.example/$e$f",
            "<https://b.example/$c$> www.d.example/$e$f",
        ),
    ] {
        assert_eq!(prose(text), made, "{text}");
    }
}

#[test]
fn names_of_addresses_stay_in_their_text() {
    let made = prose(
        "See [the *page*][p], [p], [p][] and [q].\n\n[p]: https://a.example/x_(y) \"t\"\n[q]: javascript:alert(1)\n[p]: https://b.example/\n",
    );
    assert_eq!(
        made.trim_end(),
        "See [the *page*](https://a.example/x_%28y%29), [p](https://a.example/x_%28y%29), [p](https://a.example/x_%28y%29) and \\[q].\n\n\n\n[p]\\: https://b.example/"
    );
    for text in [
        "> [a]: x",
        "- [a\n  b]: javascript:x",
        "[^1]: note",
        "<b>\n[a]: x",
    ] {
        let page = format!("{}\n\n[a] [a b] [^1]", prose(text));
        assert!(!html(&page).contains("href"), "{page}");
        assert!(!page.contains("]:"), "{page}");
    }
}

#[test]
fn pictures_are_links() {
    assert_eq!(
        prose("![x](http://a.example/p.png)"),
        "[x](http://a.example/p.png)"
    );
    assert_eq!(
        prose("![x][p]\n\n[p]: http://a.example/p.png").trim_end(),
        "[x](http://a.example/p.png)"
    );
    assert_eq!(
        prose("[![x*y](p.png) z](http://a.example/)"),
        "[x\\*y z](http://a.example/)"
    );
    for text in [
        "!![x](a.png)",
        "!!!!!!!!!!!!![x](a.png)",
        "![a ![b](c.png)](d.png)",
        "![x](javascript:y)",
    ] {
        assert!(
            !html(&prose(text)).contains("<img"),
            "{text}: {}",
            prose(text)
        );
    }
}

#[test]
fn what_is_nested_beyond_reading_is_words() {
    let page = prose(&">".repeat(20_000));
    assert!(!html(&page).contains("<blockquote>"));
    assert!(html(&prose("> > > a")).contains("<blockquote>"));
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
