use std::ops::Range;

use super::markdown::exempt;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    /// A quotation, code, a link, a number in figures: stands in the sentence like a noun nobody judges.
    Exempt,
    Comma,
    /// Any other mark: a colon, a bracket, a dash.
    Mark,
}

/// A word or a mark of a sentence.
#[derive(Debug, Clone)]
pub struct Token {
    pub kind: Kind,
    /// The word in small letters, without `'s`; empty for what is no word.
    pub word: String,
    /// Whether it was written with `'s` or `s'`.
    pub possessive: bool,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Its bytes in the text.
    pub span: Range<usize>,
}

/// A sentence: its tokens in order.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    pub tokens: Vec<Token>,
    /// Whether it ends with a question mark.
    pub asks: bool,
}

impl Sentence {
    /// The word at a token; empty where there is none.
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.word.as_str())
    }

    /// The word so many tokens before one.
    pub fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// Whether these words stand here, one after the other.
    pub fn has(&self, at: usize, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(step, word)| self.word(at + step) == *word)
    }

    /// The bytes of some tokens.
    pub fn span(&self, tokens: &Range<usize>) -> Range<usize> {
        let part = self.tokens.get(tokens.clone()).unwrap_or_default();
        match (part.first(), part.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => 0..0,
        }
    }

    /// Whether a word of the list stands anywhere in it.
    pub fn mentions(&self, words: &[&str]) -> bool {
        self.tokens
            .iter()
            .any(|token| words.contains(&token.word.as_str()))
    }

    /// Whether a figure stands in it.
    pub fn has_number(&self) -> bool {
        self.tokens
            .iter()
            .any(|token| token.word.bytes().any(|byte| byte.is_ascii_digit()))
    }

    /// How many words it has; what is quoted counts as one.
    pub fn length(&self) -> usize {
        self.tokens
            .iter()
            .filter(|token| matches!(token.kind, Kind::Word | Kind::Exempt))
            .count()
    }

    /// Whether the words before a token deny it: `never`, `no`, `did not`.
    pub fn is_denied(&self, at: usize) -> bool {
        const DENIALS: [&str; 12] = [
            "no", "not", "never", "nobody", "none", "nothing", "neither", "nor", "without",
            "cannot", "no-one", "hardly",
        ];
        let from = at.saturating_sub(4);
        self.tokens
            .get(from..at)
            .unwrap_or_default()
            .iter()
            .rev()
            .take_while(|token| token.kind == Kind::Word)
            .any(|token| DENIALS.contains(&token.word.as_str()) || token.word.ends_with("n't"))
    }
}

/// The most tokens of a sentence.
const LONGEST: usize = 400;

/// Takes a text apart.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let exempt = exempt(text);
    let mut exempt = exempt.into_iter().peekable();
    let mut found = Vec::new();
    let mut open = Sentence::default();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        while exempt.peek().is_some_and(|span| span.end <= at) {
            exempt.next();
        }
        if let Some(span) = exempt.peek()
            && span.start <= at
        {
            open.tokens
                .push(mark(Kind::Exempt, at..span.end.max(at + next.len_utf8())));
            at = span.end.max(at + next.len_utf8());
            continue;
        }
        if is_letter(next) {
            let until = exempt.peek().map_or(text.len(), |span| span.start);
            let end = word_end(text, at, until);
            open.tokens.push(word(text, at..end));
            at = end;
            continue;
        }
        let end = at + next.len_utf8();
        let ends = match next {
            '.' => ends_sentence(text, at, &open),
            '!' | '?' | '…' => true,
            '\n' => begins_block(text.get(end..).unwrap_or("")),
            _ => false,
        };
        let begins_item = open.tokens.is_empty() && matches!(next, '-' | '+' | '#');
        if next == ',' {
            open.tokens.push(mark(Kind::Comma, at..end));
        } else if !begins_item
            && !next.is_whitespace()
            && !matches!(next, '.' | '!' | '?' | '*' | '_')
        {
            open.tokens.push(mark(Kind::Mark, at..end));
        }
        // What goes on for so long is no sentence; rules may look through one as a whole.
        let ends = ends || (next.is_whitespace() && open.tokens.len() > LONGEST);
        if ends && !open.tokens.is_empty() {
            open.asks = next == '?';
            found.push(std::mem::take(&mut open));
        }
        at = end;
    }
    if !open.tokens.is_empty() {
        found.push(open);
    }
    found
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '@'
}

fn word_end(text: &str, start: usize, until: usize) -> usize {
    let rest = text.get(start..until).unwrap_or("");
    let inner = |c: char| is_letter(c) || matches!(c, '-' | '\'' | '’' | '_' | '/' | '.' | '%');
    let length = rest.find(|c: char| !inner(c)).unwrap_or(rest.len());
    let word = rest.get(..length).unwrap_or("");
    let word = word.trim_end_matches(['-', '.', '/', '_']);
    start + word.len().max(1)
}

fn word(text: &str, span: Range<usize>) -> Token {
    let written = text.get(span.clone()).unwrap_or("");
    let bare = written.trim_start_matches('@');
    let mut word = match bare.is_ascii() {
        true => bare.to_ascii_lowercase(),
        false => bare.to_lowercase().replace('’', "'"),
    };
    let mut possessive = false;
    for ending in ["'s", "'"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem != "it"
            && stem != "let"
        {
            let length = stem.len();
            word.truncate(length);
            possessive = true;
            break;
        }
    }
    Token {
        kind: Kind::Word,
        word,
        possessive,
        capital: written.starts_with(|c: char| c.is_uppercase() || c == '@'),
        span,
    }
}

fn mark(kind: Kind, span: Range<usize>) -> Token {
    Token {
        kind,
        word: String::new(),
        possessive: false,
        capital: false,
        span,
    }
}

/// Whether a full stop ends a sentence: white space or the end follows, and no abbreviation is before.
fn ends_sentence(text: &str, at: usize, open: &Sentence) -> bool {
    const SHORT: [&str; 10] = [
        "e.g", "i.e", "approx", "vs", "cf", "etc", "dr", "mr", "ms", "incl",
    ];
    let after = text.get(at + 1..).and_then(|rest| rest.chars().next());
    let last = open.tokens.last().map_or("", |token| token.word.as_str());
    after.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '"' | '”'))
        && !SHORT.contains(&last)
}

/// Whether a new paragraph or list item begins here.
fn begins_block(rest: &str) -> bool {
    let line = rest.trim_start_matches([' ', '\t', '\r']);
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['\n', '#'])
        || ["- ", "* ", "+ "].iter().any(|item| line.starts_with(item))
        || (number.len() < line.len() && (number.starts_with(". ") || number.starts_with(") ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let sentences = sentences(text);
        let all = sentences.iter().map(|sentence| {
            let words = sentence.tokens.iter().map(|token| match token.kind {
                Kind::Word => token.word.clone(),
                Kind::Exempt => "¤".to_owned(),
                Kind::Comma => ",".to_owned(),
                Kind::Mark => "|".to_owned(),
            });
            words.collect::<Vec<_>>().join(" ")
        });
        all.collect()
    }

    #[test]
    fn a_text_is_taken_apart() {
        assert_eq!(
            words(
                "Sam's deploy of v1.2 broke. It hit 4.5 % of users, e.g. shops.\nAgain!\n\n- one\n- two"
            ),
            [
                "sam deploy of v1.2 broke",
                "it hit 4.5 | of users , e.g shops",
                "again",
                "one",
                "two"
            ]
        );
        assert_eq!(
            words("They said \"should have\" and `failed to` on-call (don't)."),
            ["they said ¤ and ¤ on-call | don't |"]
        );
    }
}
