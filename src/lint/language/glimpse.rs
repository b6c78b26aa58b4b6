use super::Field;

/// A word of a text that was not taken apart yet, and the words beside it: letters and figures of ASCII, told apart by
/// anything else. Good for a look that may say yes too often, and no only where a sentence would.
#[derive(Debug, Clone, Copy)]
pub struct Glimpse<'t> {
    /// What the text is about.
    pub field: Field,
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Glimpse<'t> {
    /// The word that begins at a byte; empty where none does.
    pub fn new(field: Field, text: &'t str, start: usize) -> Self {
        let letters = text.bytes().skip(start).take_while(is_letter).count();
        Self {
            field,
            text,
            start,
            end: start + letters,
        }
    }

    /// Whether it is one of these, which are written in small letters.
    pub fn is_any(&self, words: &[&str]) -> bool {
        let word = self.word();
        words.iter().any(|known| word.eq_ignore_ascii_case(known))
    }

    /// The word as it is written.
    pub fn word(&self) -> &'t str {
        self.text.get(self.start..self.end).unwrap_or("")
    }

    /// The next word; empty at the end of the text.
    pub fn next(&self) -> Self {
        let rest = self.text.bytes().skip(self.end);
        let marks = rest.take_while(|byte| !is_letter(byte)).count();
        Self::new(self.field, self.text, self.end + marks)
    }

    /// The word before; empty at the beginning of the text.
    pub fn before(&self) -> Self {
        let text = self.text.as_bytes();
        let back = |from: usize, of: fn(&u8) -> bool| {
            let before = text.get(..from).unwrap_or_default();
            from - before.iter().rev().take_while(|byte| of(byte)).count()
        };
        let end = back(self.start, |byte| !is_letter(byte));
        Self {
            start: back(end, is_letter),
            end,
            ..*self
        }
    }

    /// Whether one of these is among so many words behind it.
    pub fn is_before_any(&self, words: &[&str], most: usize) -> bool {
        let mut next = *self;
        (0..most).any(|_| {
            next = next.next();
            next.is_any(words)
        })
    }

    /// So many words before it, and what stands between them.
    pub fn text_before(&self, words: usize) -> &'t str {
        let first = (0..words).fold(*self, |word, _| word.before());
        self.text.get(first.start..self.start).unwrap_or("")
    }

    /// Whether it is part of a longer one, `read-only`.
    pub fn is_joined(&self) -> bool {
        let byte = |at: Option<usize>| at.and_then(|at| self.text.as_bytes().get(at));
        let joins = |sign: Option<usize>, beyond: Option<usize>| {
            matches!(byte(sign), Some(b'-' | b'_' | b'/')) && byte(beyond).is_some_and(is_letter)
        };
        joins(self.start.checked_sub(1), self.start.checked_sub(2))
            || joins(Some(self.end), Some(self.end + 1))
    }
}

fn is_letter(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::{Field, Glimpse};

    #[test]
    fn words_stand_beside_each_other() {
        let text = "Ünder *if only*, they hadn't read-only";
        let only = Glimpse::new(Field::Title, text, text.find("only").expect("a word"));
        assert_eq!((only.word(), only.before().word()), ("only", "if"));
        assert_eq!(only.before().before().word(), "nder");
        assert_eq!(only.before().before().before().word(), "");
        assert_eq!(only.text_before(2), "nder *if ");
        assert!(only.is_before_any(&["hadn"], 2) && !only.is_before_any(&["hadn"], 1));
        let had = only.next().next();
        assert_eq!((had.word(), had.next().word()), ("hadn", "t"));
        assert!(had.is_any(&["x", "hadn"]) && !had.is_joined());
        let last = had.next().next().next();
        assert!(last.word() == "only" && last.is_joined());
        assert_eq!(last.next().word(), "");
    }
}
