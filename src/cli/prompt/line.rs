//! A line of text while it is typed, and where its cursor stands.

use dialoguer::console::measure_text_width;

use super::keys::Key;

/// What was typed so far.
#[derive(Debug, Default)]
pub struct Line {
    chars: Vec<char>,
    /// How many characters stand before the cursor.
    cursor: usize,
}

impl Line {
    /// A line with a text in it, the cursor behind it.
    pub fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        Self {
            cursor: chars.len(),
            chars,
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// The text before the cursor.
    pub fn before(&self) -> String {
        self.chars.iter().take(self.cursor).collect()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Whether the cursor stands behind the text.
    pub fn is_at_end(&self) -> bool {
        self.cursor == self.chars.len()
    }

    /// Does what a key says; keys that mean nothing to a line change nothing.
    pub fn press(&mut self, key: Key) {
        match key {
            Key::Char(c) => {
                self.chars.insert(self.cursor, c);
                self.cursor += 1;
            }
            Key::Backspace => self.drop_from(self.cursor.saturating_sub(1)),
            Key::DropStart => self.drop_from(0),
            Key::DropWord => self.drop_from(self.word()),
            Key::DropEnd => self.chars.truncate(self.cursor),
            Key::Delete | Key::EndOfInput => {
                if !self.is_at_end() {
                    self.chars.remove(self.cursor);
                }
            }
            Key::Left => self.cursor = self.cursor.saturating_sub(1),
            Key::Right => self.cursor = self.chars.len().min(self.cursor + 1),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.chars.len(),
            Key::Enter
            | Key::Tab
            | Key::Up
            | Key::Down
            | Key::Escape
            | Key::Interrupt
            | Key::Other => {}
        }
    }

    fn drop_from(&mut self, start: usize) {
        self.chars.drain(start..self.cursor);
        self.cursor = start;
    }

    /// Where the word before the cursor begins.
    fn word(&self) -> usize {
        let before = self.chars.get(..self.cursor).unwrap_or_default();
        let is_word = |c: &char| !c.is_whitespace();
        let end = before.iter().rposition(is_word).map_or(0, |at| at + 1);
        let word = before.get(..end).unwrap_or_default();
        let space = word.iter().rposition(|c| c.is_whitespace());
        space.map_or(0, |at| at + 1)
    }
}

/// The row and the column, from 0, at which a text ends that begins in a terminal's first column. The
/// column is the terminal's width where the last one is taken.
pub fn end_of(text: &str, columns: usize) -> (usize, usize) {
    let columns = columns.max(1);
    let mut utf8 = [0; 4];
    text.chars().fold((0, 0), |(row, column), c| {
        let width = measure_text_width(c.encode_utf8(&mut utf8));
        match column + width > columns {
            true => (row + 1, width),
            false => (row, column + width),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, keys: &[Key]) -> String {
        let mut line = Line::of(text);
        for key in keys {
            line.press(*key);
        }
        let text = line.text();
        let before = line.before();
        format!("{before}|{}", text.strip_prefix(&before).expect("a start"))
    }

    #[test]
    fn a_line_is_corrected_with_the_usual_keys() {
        use Key::*;
        assert_eq!(typed("one two", &[DropStart]), "|");
        assert_eq!(typed("one two  ", &[DropWord]), "one |");
        assert_eq!(typed("one", &[DropWord, DropWord]), "|");
        assert_eq!(typed("one two", &[Home, Char('x')]), "x|one two");
        assert_eq!(typed("one", &[Home, Delete, EndOfInput]), "|e");
        assert_eq!(typed("one", &[Home, Right, DropEnd]), "o|");
        assert_eq!(typed("one", &[Left, Left, End, Backspace]), "on|");
        assert_eq!(typed("one", &[Left, DropStart]), "|e");
        assert_eq!(typed("障害", &[Left, Backspace, Left, Backspace]), "|害");
        assert_eq!(typed("", &[Backspace, Delete, DropWord, Right]), "|");
    }

    #[test]
    fn a_text_ends_where_the_terminal_ends_it() {
        assert_eq!(end_of("", 5), (0, 0));
        assert_eq!(end_of("abcde", 5), (0, 5));
        assert_eq!(end_of("abcdef", 5), (1, 1));
        // Two columns each: the third does not fit into the last one.
        assert_eq!(end_of("障害障", 5), (1, 2));
    }
}
