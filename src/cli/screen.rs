//! What commands draw on a terminal: lines no wider than it, coloured where colour is welcome.

mod wrap;

use dialoguer::console::measure_text_width;

use crate::text::printable_line;

use super::Surroundings;

pub use wrap::{paragraphs, wrapped};

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As everything else.
    Plain,
    /// A title, a time: what the eye looks for.
    Strong,
    /// What is read second.
    Faint,
    /// Somebody has to do something.
    Bad,
    /// To be kept in mind.
    Fair,
    /// As it should be.
    Good,
    /// A name that stands for something else: an id, a kind.
    Name,
}

impl Look {
    /// The look of a tone that pages use.
    pub fn of_tone(tone: &str) -> Self {
        match tone {
            "good" => Self::Good,
            "fair" => Self::Fair,
            "bad" => Self::Bad,
            _ => Self::Plain,
        }
    }

    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("1"),
            Self::Faint => Some("2"),
            Self::Bad => Some("1;31"),
            Self::Fair => Some("33"),
            Self::Good => Some("32"),
            Self::Name => Some("36"),
        }
    }
}

/// How many columns a text takes on a terminal.
pub fn columns(text: &str) -> usize {
    measure_text_width(text)
}

/// Lines that grow from top to bottom.
///
/// Every text is made printable here, so that nothing of a file reaches the terminal as it is.
#[derive(Debug)]
pub struct Screen {
    text: String,
    width: usize,
    colour: bool,
}

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;

/// Where a label leaves fewer columns than these, the text begins below it.
const LEAST_TEXT: usize = 12;

/// Narrower than this no sentence can be set.
const NARROWEST: usize = 24;

impl Screen {
    /// An empty screen for stdout.
    pub fn of(surroundings: &Surroundings) -> Self {
        Self::new(surroundings.width(), surroundings.stdout_colour())
    }

    /// An empty screen of so many columns.
    pub fn new(width: usize, colour: bool) -> Self {
        Self {
            text: String::new(),
            width: width.clamp(NARROWEST, WIDEST),
            colour,
        }
    }

    /// How many columns a line may take.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether what stands side by side elsewhere has to stand one below the other.
    pub fn is_narrow(&self) -> bool {
        self.width < 60
    }

    /// A text of one line, printable, as it looks.
    pub fn paint(&self, look: Look, text: &str) -> String {
        let text = printable_line(text);
        match look.code().filter(|_| self.colour && !text.is_empty()) {
            Some(code) => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            None => text,
        }
    }

    /// Adds a line of parts that were painted.
    pub fn line(&mut self, painted: &str) {
        self.text.push_str(painted.trim_end());
        self.text.push('\n');
    }

    /// Adds an empty line, unless there is one or nothing stands above it.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Adds the title of a section, with an empty line above it.
    pub fn heading(&mut self, title: &str) {
        self.gap();
        let title = self.paint(Look::Strong, title);
        self.line(&title);
    }

    /// Adds a text that was painted already in front of a text that is wrapped beside it; further lines
    /// stand below the first.
    pub fn beside(&mut self, front: &str, text: &str, look: Look) {
        let column = columns(front);
        self.hanging(front, &" ".repeat(column), text, look);
    }

    /// As [`Self::beside`], with what stands in front of further lines.
    pub fn hanging(&mut self, front: &str, further: &str, text: &str, look: Look) {
        let text = printable_line(text);
        let room = self
            .width
            .saturating_sub(columns(front).max(columns(further)));
        for (index, line) in wrapped(&text, room).iter().enumerate() {
            let front = if index == 0 { front } else { further };
            let line = format!("{front}{}", self.paint(look, line));
            self.line(&line);
        }
    }

    /// As [`Self::hanging`], for a text that begins with a label of its own look; further lines stand
    /// below the label.
    pub fn labelled(
        &mut self,
        front: &str,
        further: &str,
        label: (&str, Look),
        text: &str,
        look: Look,
    ) {
        let (words, label_look) = label;
        if words.is_empty() {
            return self.hanging(front, further, text, look);
        }
        let label = self.paint(label_look, words);
        // No line breaks within the label, nor behind it.
        let glued = printable_line(words).replace(' ', "\u{a0}") + "\u{a0}\u{a0}";
        let room = self
            .width
            .saturating_sub(columns(front).max(columns(further)));
        if columns(&glued) + LEAST_TEXT > room {
            self.hanging(front, further, words, label_look);
            return self.hanging(further, further, text, look);
        }
        let lines = wrapped(&format!("{glued}{}", printable_line(text)), room);
        for (index, line) in lines.iter().enumerate() {
            let line = match line.strip_prefix(&glued) {
                Some(rest) if index == 0 => format!("{front}{label}  {}", self.paint(look, rest)),
                _ => format!("{further}{}", self.paint(look, line)),
            };
            self.line(&line);
        }
    }

    /// Adds a text of any number of lines with so many blanks in front of each. Paragraphs are set anew;
    /// lists, quoted and indented lines keep their lines.
    pub fn prose(&mut self, indent: &str, text: &str, look: Look) {
        let room = self.width.saturating_sub(columns(indent));
        for line in paragraphs(text, room) {
            self.kept(indent, &line, room, look);
        }
    }

    /// Adds output as it stands, line by line; only what is wider than the screen goes on below.
    pub fn verbatim(&mut self, indent: &str, text: &str, look: Look) {
        let room = self.width.saturating_sub(columns(indent));
        for line in text.lines() {
            self.kept(indent, &line.replace('\t', "    "), room, look);
        }
    }

    /// A line with its blanks; what is wider than the screen goes on below, as far to the right.
    fn kept(&mut self, indent: &str, line: &str, room: usize, look: Look) {
        let flat = printable_line(line);
        let blanks = flat.len() - flat.trim_start().len();
        let inner = &flat[..blanks.min(room / 2)];
        let parts = match columns(&flat) > room {
            true => wrapped(&flat, room.saturating_sub(inner.len())),
            false => vec![flat.trim_start().to_owned()],
        };
        for part in parts {
            let line = format!("{indent}{inner}{}", self.paint(look, &part));
            self.line(&line);
        }
    }

    /// All that was drawn.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// A text with blanks behind it, so that it takes so many columns; painted parts are measured as seen.
pub fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_file_reaches_the_terminal_as_it_is() {
        let mut screen = Screen::new(40, false);
        screen.heading("a\u{1b}[31m");
        screen.beside("  ", "b\u{9b}2J\nc", Look::Bad);
        screen.prose("", "d\u{202e}\n\ne\u{7}", Look::Plain);
        screen.verbatim("", "f\r\n\tg\u{0}", Look::Faint);
        let text = screen.into_text();
        let harmful = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!text.contains(harmful), "{text:?}");
    }

    #[test]
    fn colours_take_no_columns() {
        let mut screen = Screen::new(30, true);
        let front = screen.paint(Look::Name, "C1");
        screen.beside(
            &padded(&front, 5),
            "one two three four five six seven",
            Look::Bad,
        );
        assert_eq!(
            screen.into_text(),
            "\u{1b}[36mC1\u{1b}[0m   \u{1b}[1;31mone two three four five\u{1b}[0m\n     \u{1b}[1;31msix seven\u{1b}[0m\n"
        );
    }
}
