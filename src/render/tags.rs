use std::ops::Range;

/// What a word of a tag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A name or a keyword.
    Name,
    /// A number.
    Number,
    /// A text in quotes.
    Text,
    /// Any other character.
    Mark,
}

/// A word of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    pub token: Token,
    pub text: &'a str,
    /// Its first byte in the template.
    pub at: usize,
}

/// A tag of a template: `{{ … }}`, or a statement, `{% … %}`. A comment is a statement without words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    pub is_statement: bool,
    pub words: Vec<Word<'a>>,
    /// Its bytes in the template.
    pub whole: Range<usize>,
}

/// The tags of a template, in their order; what stands in `raw` is none.
pub fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut from = 0;
    let mut is_raw = false;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find('{')) {
        let open = from + found;
        let begins = |mark: &str| text.get(open..).is_some_and(|rest| rest.starts_with(mark));
        if begins("{#") {
            let end = text.get(open..).and_then(|rest| rest.find("#}"));
            from = end.map_or(text.len(), |end| open + end + 2);
            if !is_raw {
                tags.push(Tag {
                    is_statement: true,
                    words: Vec::new(),
                    whole: open..from,
                });
            }
            continue;
        }
        if !begins("{%") && !begins("{{") {
            from = open + 1;
            continue;
        }
        let is_statement = begins("{%");
        let (words, end) = words(text, open + 2, if is_statement { "%}" } else { "}}" });
        from = end;
        match words.first().map(|word| word.text).filter(|_| is_statement) {
            Some("raw") => is_raw = true,
            Some("endraw") => is_raw = false,
            _ if is_raw => {}
            _ => tags.push(Tag {
                is_statement,
                words,
                whole: open..end,
            }),
        }
    }
    tags
}

/// The words up to the end of a tag, and the byte behind it.
fn words<'a>(text: &'a str, from: usize, close: &str) -> (Vec<Word<'a>>, usize) {
    let mut words = Vec::new();
    let mut depth = 0_usize;
    let mut at = from;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..];
        if depth == 0 && rest.starts_with(close) {
            // The dash that eats the white space behind the tag is no word.
            if words.last().is_some_and(|word: &Word<'_>| word.text == "-") {
                words.pop();
            }
            return (words, at + close.len());
        }
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let (token, length) = match c {
            '"' | '\'' | '`' => {
                let end = rest.get(1..).and_then(|inner| inner.find(c));
                (Token::Text, end.map_or(rest.len(), |end| end + 2))
            }
            _ if c.is_ascii_digit() => (Token::Number, length_of(rest, |c| c.is_ascii_digit())),
            '-' if words.last().is_some_and(|word: &Word<'_>| word.text == "[") => (
                Token::Number,
                1 + length_of(&rest[1..], |c| c.is_ascii_digit()),
            ),
            _ if is_word(c) => (Token::Name, length_of(rest, is_word)),
            _ => (Token::Mark, c.len_utf8()),
        };
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_dash = c == '-' && at == from;
        if !c.is_whitespace() && !is_dash {
            words.push(Word {
                token,
                text: &rest[..length],
                at,
            });
        }
        at += length;
    }
    (words, text.len())
}

fn length_of(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_cut_into_words() {
        let text = "a{%- if x.y == \"}}\" -%}{# {{ no }} #}{{ <pill word={b} /> }}{% raw %}{{ c }}{% endraw %}{{ d[-1]";
        let words: Vec<Vec<&str>> = tags(text)
            .iter()
            .map(|tag| tag.words.iter().map(|word| word.text).collect())
            .collect();
        assert_eq!(
            words,
            [
                vec!["if", "x", ".", "y", "=", "=", "\"}}\""],
                vec![],
                vec!["<", "pill", "word", "=", "{", "b", "}", "/", ">"],
                vec!["d", "[", "-1", "]"],
            ]
        );
        assert_eq!(tags("ä{{ b }}")[0].words[0].at, 5);
    }
}
