//! Choosing one of several answers with keys.

use super::keys::Key;

/// Where the choice stands.
#[derive(Debug)]
pub struct Chooser {
    /// The answer that is marked, from 0.
    pub marked: usize,
    /// Whether words were typed, which choose nothing.
    pub is_misled: bool,
    count: usize,
    /// The number that is being typed.
    number: usize,
    /// Whether the next Enter belongs to words that were typed.
    has_words: bool,
}

/// What a key came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing is chosen yet.
    Asking,
    /// This answer is chosen.
    Chosen(usize),
    /// The person wants none.
    Left,
}

impl Chooser {
    /// A choice of so many answers; the first is marked.
    pub fn of(count: usize) -> Self {
        Self {
            marked: 0,
            is_misled: false,
            count,
            number: 0,
            has_words: false,
        }
    }

    /// Does what a key says. Words choose nothing, nor does the Enter behind them: whoever types them has
    /// not seen the list. A number marks its answer.
    pub fn press(&mut self, key: Key) -> Step {
        match key {
            Key::Up => self.mark(self.marked.checked_sub(1).unwrap_or(self.count.max(1) - 1)),
            Key::Down => self.mark((self.marked + 1) % self.count.max(1)),
            Key::Home => self.mark(0),
            Key::End => self.mark(self.count.max(1) - 1),
            Key::Backspace | Key::DropStart | Key::DropWord => self.mark(self.marked),
            Key::Escape => return Step::Left,
            Key::Enter if self.has_words => {
                self.mark(self.marked);
                self.is_misled = true;
            }
            Key::Enter => return Step::Chosen(self.marked),
            Key::Char(c) => self.character(c),
            _ => {}
        }
        Step::Asking
    }

    fn mark(&mut self, answer: usize) {
        self.marked = answer;
        self.number = 0;
        self.has_words = false;
        self.is_misled = false;
    }

    fn character(&mut self, c: char) {
        let digit = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
        let number = digit.map(|digit| self.number.saturating_mul(10).saturating_add(digit));
        match number {
            Some(number) if (1..=self.count).contains(&number) && !self.has_words => {
                self.mark(number - 1);
                self.number = number;
            }
            None if c == ' ' => {}
            _ => {
                self.number = 0;
                self.has_words = true;
                self.is_misled = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(typed: &str) -> (Option<usize>, Chooser) {
        let mut chooser = Chooser::of(12);
        for c in typed.chars() {
            let key = match c {
                '\n' => Key::Enter,
                '↓' => Key::Down,
                '↑' => Key::Up,
                c => Key::Char(c),
            };
            if let Step::Chosen(answer) = chooser.press(key) {
                return (Some(answer), chooser);
            }
        }
        (None, chooser)
    }

    #[test]
    fn numbers_and_arrows_choose() {
        for (typed, answer) in [
            ("\n", 0),
            ("↓↓\n", 2),
            ("↑\n", 11),
            ("↑↓\n", 0),
            ("3\n", 2),
            ("12\n", 11),
            ("1↓\n", 1),
            ("3↓5\n", 4),
            (" \n", 0),
        ] {
            assert_eq!(chosen(typed).0, Some(answer), "{typed:?}");
        }
    }

    #[test]
    fn words_choose_nothing() {
        for typed in [
            "   ",
            "Checkout failed\n",
            "20m\n",
            "15:13\n",
            "99\n",
            "0\n",
            "one\ntwo\n",
        ] {
            let (answer, chooser) = chosen(typed);
            assert_eq!(answer, None, "{typed:?}");
            assert_eq!(chooser.is_misled, typed != "   ", "{typed:?}");
        }
        // An Enter of its own counts again.
        assert_eq!(chosen("Checkout failed\n\n").0, Some(0));
        assert_eq!(chosen("x↓\n").0, Some(1));
        assert_eq!(Chooser::of(2).press(Key::Escape), Step::Left);
    }
}
