use super::decoded::{Letter, decoded};
use super::plain::plain;
use super::stripped::{Between, stripped};

/// A text as it is compared: letters and digits in lower case and without accents, one space for all
/// that stands between them.
///
/// So `Sam Lee`, `SAM&nbsp;Lee`, `sam-lee`, `Sam%20Lee` and the same over two lines are one.
#[derive(Debug, Default)]
pub struct Skeleton {
    text: String,
    /// For each byte of the text, where what gave it begins in the original.
    places: Vec<usize>,
    /// For each byte of the text, whether it was a capital.
    capitals: Vec<bool>,
    /// The bytes at which a word begins directly behind a sign, or ends directly before one.
    signs: Vec<(usize, char)>,
    /// The character before the one that is added.
    last: Option<char>,
    end: usize,
}

/// A sign that makes a mention of a short name, and a ticket of a number.
fn is_sign(c: char) -> bool {
    matches!(c, '@' | '#' | '!')
}

/// What is looked at of a text that may hold markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Everything: tags, comments and addresses too.
    Whole,
    /// Everything, where `\n` is a line break that was escaped: `\nJane`.
    Lines,
    /// What is read, where markup stands inside a word: `J<b>a</b>ne`.
    Joined,
    /// What is read, where markup stands between words: `Jane<br>Doe`.
    Apart,
    /// The last two where line breaks were escaped: `\nJa**n**e`.
    JoinedLines,
    /// As before.
    ApartLines,
}

impl View {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Whole,
        Self::Lines,
        Self::Joined,
        Self::Apart,
        Self::JoinedLines,
        Self::ApartLines,
    ];

    /// Those that may show a text differently.
    pub fn of(text: &str) -> impl Iterator<Item = Self> {
        let has_lines = ["\\n", "\\r", "\\t"].iter().any(|line| text.contains(line));
        let is_of_lines =
            |view: &Self| matches!(view, Self::Lines | Self::JoinedLines | Self::ApartLines);
        let all = Self::ALL.into_iter();
        all.filter(move |view| has_lines || !is_of_lines(view))
    }
}

impl Skeleton {
    /// Reads a text: entities and escapes stand for their characters, however often they were escaped.
    pub fn of(text: &str, view: View) -> Self {
        let whole = || text.char_indices().map(|(at, c)| (c, at)).collect();
        let letters = match view {
            View::Whole => whole(),
            View::Lines => lines_broken(whole()),
            View::Joined => stripped(text, Between::Nothing),
            View::JoinedLines => lines_broken(stripped(text, Between::Nothing)),
            View::Apart => stripped(text, Between::Space),
            View::ApartLines => lines_broken(stripped(text, Between::Space)),
        };
        let mut skeleton = Self {
            end: text.len(),
            ..Self::default()
        };
        for (c, at) in decoded(letters) {
            skeleton.add(c, at);
        }
        if skeleton.text.ends_with(' ') {
            skeleton.text.pop();
            skeleton.places.pop();
            skeleton.capitals.pop();
        }
        skeleton
    }

    /// The text itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a byte of this text stands in the original; its end for what is behind the last.
    pub fn place(&self, byte: usize) -> usize {
        self.places.get(byte).copied().unwrap_or(self.end)
    }

    /// Whether the letter at a byte is a capital.
    pub fn is_capital(&self, byte: usize) -> bool {
        self.capitals.get(byte).is_some_and(|capital| *capital)
    }

    /// Whether the letters from a byte on are capitals where those of another text are.
    pub fn has_case_of(&self, other: &Self, byte: usize) -> bool {
        self.capitals
            .get(byte..byte + other.capitals.len())
            .is_some_and(|capitals| capitals == other.capitals)
    }

    /// Whether a word that begins or ends at a byte has a sign directly there.
    pub fn has_sign(&self, byte: usize, sign: char) -> bool {
        let first = self.signs.partition_point(|(at, _)| *at < byte);
        let signs = self.signs[first..].iter();
        signs
            .take_while(|(at, _)| *at == byte)
            .any(|(_, known)| *known == sign)
    }

    fn add(&mut self, c: char, at: usize) {
        if vanishes(c) {
            return;
        }
        let capital = c.is_uppercase();
        plain(c, |letter| {
            // Marks on the letter before them, also those that stood in one letter with it.
            if vanishes(letter) {
                return;
            }
            let last = self.last.replace(letter);
            if letter.is_alphanumeric() {
                if let Some(sign) = last.filter(|last| is_sign(*last)) {
                    self.signs.push((self.text.len(), sign));
                }
                self.push(letter, at, capital);
                return;
            }
            if is_sign(letter) && last.is_some_and(char::is_alphanumeric) {
                self.signs.push((self.text.len(), letter));
            }
            if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.push(' ', at, false);
            }
        });
    }

    fn push(&mut self, c: char, at: usize, capital: bool) {
        self.text.push(c);
        for _ in 0..c.len_utf8() {
            self.places.push(at);
            self.capitals.push(capital);
        }
    }
}

/// A text in which `\n`, `\r` and `\t` are what they are in JSON.
fn lines_broken(mut letters: Vec<Letter>) -> Vec<Letter> {
    let mut is_escaped = false;
    for (c, _) in &mut letters {
        if is_escaped && matches!(c, 'n' | 'r' | 't') {
            *c = ' ';
        }
        is_escaped = *c == '\\';
    }
    letters
}

/// What nobody sees, and marks that stand on the letter before them.
pub fn vanishes(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{300}'..='\u{36f}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{3099}'
            | '\u{309a}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skeleton(text: &str) -> String {
        Skeleton::of(text, View::Whole).text().to_owned()
    }

    #[test]
    fn every_spelling_of_a_name_is_one() {
        for text in [
            "Sam Lee",
            "SAM  LEE",
            "sam-lee",
            "Sam\n   Lee",
            "Sam&nbsp;Lee",
            "Sam%20Lee",
            "&#83;&#97;&#x6d; Lee",
            "&amp;#83;am Lee",
            "\\u0053am\\u{20}Lee",
            "\\x53am_Lee",
            "%53%61m+Lee",
            "%2553am Lee",
            "S\u{ad}a\u{200b}m Lee",
            "Ｓａｍ Lee",
            "Sám Leé",
            "S&aacute;m Lee",
            "Sa\u{301}m Lee",
        ] {
            assert_eq!(skeleton(text), "sam lee", "{text:?}");
        }
        for text in ["Jörg", "Jo\u{308}rg", "J&ouml;rg", "J%C3%B6rg", "JORG"] {
            assert_eq!(skeleton(text), "jorg", "{text:?}");
        }
    }

    #[test]
    fn markup_is_looked_through() {
        let joined = Skeleton::of("S<b class=\"a>b\">a</b>m L**e**e", View::Joined);
        assert_eq!(joined.text(), "sam lee");
        let apart = Skeleton::of(
            "Sam<br>Lee<!-- > --> [in](https://x.example) it",
            View::Apart,
        );
        assert_eq!(apart.text(), "sam lee in it");
    }

    #[test]
    fn places_and_capitals_are_those_of_the_original() {
        let text = "é &amp; <i>Mark</i>";
        let skeleton = Skeleton::of(text, View::Apart);
        assert_eq!(skeleton.text(), "e mark");
        assert_eq!(skeleton.place(2), text.find("Mark").expect("a name"));
        assert!(skeleton.has_case_of(&Skeleton::of("Mark", View::Whole), 2));
        assert!(!skeleton.has_case_of(&Skeleton::of("mark", View::Whole), 2));
    }
}
