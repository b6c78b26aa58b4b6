use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dialoguer::console::Term;
use signal_hook::SigId;

use crate::text::printable_line;

use super::chooser::{Chooser, Step};
use super::completion::Words;
use super::keys::{Key, Keys};
use super::line::{Line, end_of};
use super::terminal_mode::TerminalMode;
use super::theme::Theme;
use super::{Choice, Prompt, PromptError, TextQuestion};

/// Asks on the terminal at stdin and stderr.
#[derive(Debug, Clone, Copy)]
pub struct TerminalPrompt {
    /// Whether colour is welcome on stderr.
    pub colour: bool,
}

/// What may end a dialogue; Ctrl-C's signal is the first.
#[cfg(unix)]
const SIGNALS: [i32; 4] = {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
};
#[cfg(not(unix))]
const SIGNALS: [i32; 1] = [signal_hook::consts::SIGINT];

/// The number of the signal that Ctrl-C sends.
const INTERRUPT_SIGNAL: u8 = 2;

/// What is said of words that were typed where an answer is chosen.
const CHOOSE: &str = "choose with ↑ ↓ or a number, then Enter";

/// Holds the terminal while one question is asked: signals are noted instead of killing the
/// process, and whatever happens the cursor is shown again.
struct Asking {
    mode: TerminalMode,
    /// Each signal, and whether it came.
    signals: Vec<(i32, Arc<AtomicBool>)>,
    handlers: Vec<SigId>,
    term: Term,
    theme: Theme,
}

impl Asking {
    fn begin(colour: bool) -> Result<Self, PromptError> {
        let mut asking = Self {
            mode: TerminalMode::hold().map_err(PromptError::Terminal)?,
            signals: Vec::new(),
            handlers: Vec::new(),
            term: Term::stderr(),
            theme: Theme { colour },
        };
        for number in SIGNALS {
            let came = Arc::new(AtomicBool::new(false));
            let handler = signal_hook::flag::register(number, Arc::clone(&came))
                .map_err(PromptError::Terminal)?;
            asking.signals.push((number, came));
            asking.handlers.push(handler);
        }
        Ok(asking)
    }

    fn write(&self, text: &str) -> Result<(), PromptError> {
        self.term.write_str(text).map_err(PromptError::Terminal)
    }

    fn columns(&self) -> usize {
        usize::from(self.term.size().1)
    }

    /// Why reading failed: a signal came, or the terminal is gone.
    fn failure(&self, error: io::Error) -> PromptError {
        let mut came = self
            .signals
            .iter()
            .rev()
            .filter(|(_, came)| came.load(Ordering::SeqCst))
            .map(|(number, _)| u8::try_from(*number).unwrap_or(INTERRUPT_SIGNAL));
        match (came.next(), error.kind()) {
            (Some(signal), _) => PromptError::Signal(signal),
            (None, io::ErrorKind::Interrupted) => PromptError::Signal(INTERRUPT_SIGNAL),
            (None, _) => PromptError::Terminal(error),
        }
    }

    fn key(&self, keys: &mut Keys<'_>) -> Result<Option<Key>, PromptError> {
        keys.next().map_err(|error| self.failure(error))
    }

    /// The text of what was typed or pasted by now, with its line breaks.
    fn ahead(&self, keys: &mut Keys<'_>) -> Result<String, PromptError> {
        let ahead = keys.ahead().map_err(|error| self.failure(error))?;
        if ahead.contains(&Key::Interrupt) {
            return Err(PromptError::Signal(INTERRUPT_SIGNAL));
        }
        let character = |key: Key| match key {
            Key::Char(c) => Some(c),
            Key::Enter => Some('\n'),
            Key::Tab => Some(' '),
            _ => None,
        };
        Ok(ahead.into_iter().filter_map(character).collect())
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        for handler in self.handlers.drain(..) {
            signal_hook::low_level::unregister(handler);
        }
        let _ = self.term.show_cursor();
    }
}

/// A question with the line that is typed behind it, as they stand on the screen.
struct Field<'a> {
    asking: &'a Asking,
    question: String,
    /// What is on the screen up to the cursor.
    shown: String,
}

impl<'a> Field<'a> {
    fn of(asking: &'a Asking, words: &str) -> Self {
        Self {
            asking,
            question: asking.theme.question(words),
            shown: String::new(),
        }
    }

    /// What goes back to where the question begins, and takes away what is there.
    fn back(&self) -> String {
        match self.row(&self.shown) {
            0 => "\r\u{1b}[J".to_owned(),
            row => format!("\r\u{1b}[{row}A\u{1b}[J"),
        }
    }

    /// The row below the question's first at which the cursor stands behind a text.
    fn row(&self, text: &str) -> usize {
        let (row, column) = self.end(text);
        // Behind the last column the cursor was sent to the next row.
        row + usize::from(column == self.asking.columns())
    }

    fn end(&self, text: &str) -> (usize, usize) {
        let plain = dialoguer::console::strip_ansi_codes(text).into_owned();
        end_of(&plain, self.asking.columns())
    }

    /// Draws the question and the line anew.
    fn draw(&mut self, line: &Line) -> Result<(), PromptError> {
        let whole = format!("{}{}", self.question, line.text());
        let before = format!("{}{}", self.question, line.before());
        let mut drawn = format!("{}{whole}", self.back());
        let columns = self.asking.columns();
        if self.end(&whole).1 == columns {
            drawn.push_str("\r\n");
        }
        if !line.is_at_end() {
            let up = self.row(&whole) - self.row(&before).min(self.row(&whole));
            drawn.push('\r');
            if up > 0 {
                drawn.push_str(&format!("\u{1b}[{up}A"));
            }
            let column = self.end(&before).1 % columns.max(1);
            if column > 0 {
                drawn.push_str(&format!("\u{1b}[{column}C"));
            }
        }
        self.shown = before;
        self.asking.write(&drawn)
    }

    /// Leaves the question on the screen with its answer.
    fn answered(&self, answer: &str) -> Result<(), PromptError> {
        let drawn = format!("{}{}{answer}\n", self.back(), self.question);
        self.asking.write(&drawn)
    }

    /// Leaves the question on the screen as it is, and says what is lost with it.
    fn given_up(&self, typed: &str) {
        let _ = self.answered(typed);
        if !typed.trim().is_empty() {
            let _ = self.asking.write(&format!("not saved: {typed}\n"));
        }
    }
}

impl Prompt for TerminalPrompt {
    fn text(&mut self, question: &TextQuestion<'_>) -> Result<String, PromptError> {
        let asking = Asking::begin(self.colour)?;
        let mut keys = Keys::of(&asking.mode);
        let mut field = Field::of(&asking, question.words);
        let mut initial = printable_line(question.initial);
        // Lines typed before the question was shown are no answer where nobody has read it yet.
        if !question.takes_lines {
            initial = on_one_line(&format!("{initial} {}", asking.ahead(&mut keys)?));
        }
        let mut line = Line::of(&initial);
        loop {
            // A paste is drawn once.
            if !keys.has_more() {
                field.draw(&line)?;
            }
            let key = asking.key(&mut keys);
            let key = key.inspect_err(|_| field.given_up(&line.text()))?;
            match key {
                None => {
                    field.given_up(&line.text());
                    return Err(PromptError::End);
                }
                Some(Key::Interrupt) => {
                    field.given_up(&line.text());
                    return Err(PromptError::Signal(INTERRUPT_SIGNAL));
                }
                Some(Key::EndOfInput) if line.is_empty() => {
                    field.answered("")?;
                    return Err(PromptError::End);
                }
                Some(Key::Tab) if line.is_at_end() => {
                    if let Some(completed) = Words(question.completions).complete(&line.text()) {
                        line = Line::of(&completed);
                    } else {
                        line.press(Key::Char(' '));
                    }
                }
                Some(Key::Enter) => {
                    let answer = line.text();
                    let more = asking.ahead(&mut keys);
                    let more = more.inspect_err(|_| field.given_up(&answer))?;
                    field.answered(&answer)?;
                    match (more.is_empty(), question.takes_lines) {
                        (true, _) => return Ok(answer),
                        (false, true) => return Ok(format!("{answer}\n{more}")),
                        (false, false) => {
                            line = Line::of(&on_one_line(&format!("{answer} {more}")));
                            field = Field::of(&asking, question.words);
                            asking.write(
                                "several lines came at once; check them, then press Enter\n",
                            )?;
                        }
                    }
                }
                Some(key) => line.press(key),
            }
        }
    }

    fn choose(&mut self, choice: &Choice<'_>) -> Result<usize, PromptError> {
        let asking = Asking::begin(self.colour)?;
        let mut keys = Keys::of(&asking.mode);
        // Keys pressed before the question was there are no answer to it.
        asking.ahead(&mut keys)?;
        asking.term.hide_cursor().map_err(PromptError::Terminal)?;
        let mut list = List::of(&asking, choice);
        let mut chooser = Chooser::of(choice.answers.len());
        loop {
            if !keys.has_more() {
                list.draw(&chooser)?;
            }
            let ended = match asking.key(&mut keys)? {
                None | Some(Key::EndOfInput) => PromptError::End,
                Some(Key::Interrupt) => PromptError::Signal(INTERRUPT_SIGNAL),
                Some(key) => match chooser.press(key) {
                    Step::Asking => continue,
                    Step::Left if choice.may_end => PromptError::Signal(INTERRUPT_SIGNAL),
                    // Esc is as good as Enter on the first answer.
                    Step::Left => return list.answered(0),
                    Step::Chosen(answer) => return list.answered(answer),
                },
            };
            return Err(ended);
        }
    }
}

/// A question with the answers below it, as they stand on the screen.
struct List<'a> {
    asking: &'a Asking,
    choice: &'a Choice<'a>,
    /// The lines on the screen.
    shown: Vec<String>,
}

impl<'a> List<'a> {
    fn of(asking: &'a Asking, choice: &'a Choice<'a>) -> Self {
        Self {
            asking,
            choice,
            shown: Vec::new(),
        }
    }

    /// Takes away what was drawn, however wide the terminal is now.
    fn back(&self) -> String {
        let columns = self.asking.columns();
        let rows = self.shown.iter().map(|line| {
            let plain = dialoguer::console::strip_ansi_codes(line).into_owned();
            end_of(&plain, columns).0 + 1
        });
        match rows.sum::<usize>() {
            0 => String::new(),
            rows => format!("\r\u{1b}[{rows}A\u{1b}[J"),
        }
    }

    /// Draws the answers anew; where there are more than rows, those around the marked one.
    fn draw(&mut self, chooser: &Chooser) -> Result<(), PromptError> {
        let back = self.back();
        let (rows, columns) = self.asking.term.size();
        let (rows, columns) = (usize::from(rows), usize::from(columns));
        let most = rows.saturating_sub(2).max(1);
        let first = (chooser.marked + 1).saturating_sub(most);
        let theme = self.asking.theme;
        let hint = if chooser.is_misled { CHOOSE } else { "" };
        let heading = theme.heading(self.choice.words, hint, columns);
        let answers = self.choice.answers.iter().enumerate();
        let answers = answers.skip(first).take(most).map(|(index, text)| {
            let text = printable_line(text);
            theme.answer(index + 1, &text, index == chooser.marked, columns)
        });
        self.shown = std::iter::once(heading).chain(answers).collect();
        self.asking
            .write(&format!("{back}{}\n", self.shown.join("\n")))
    }

    /// Leaves the question on the screen with its answer alone.
    fn answered(&self, index: usize) -> Result<usize, PromptError> {
        let answer = self.choice.answers.get(index).map_or("", String::as_str);
        let question = self.asking.theme.question(self.choice.words);
        let answer = printable_line(answer);
        self.asking
            .write(&format!("{}{question}{answer}\n", self.back()))?;
        Ok(index)
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
