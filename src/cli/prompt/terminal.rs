use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dialoguer::console::{Term, measure_text_width};
use dialoguer::theme::Theme;
use dialoguer::{Completion, Input, Select};
use signal_hook::SigId;

use crate::text::printable_line;

use super::terminal_mode::TerminalMode;
use super::theme::{HouseTheme, ListTheme};
use super::{Choice, Prompt, PromptError, TextQuestion};

/// Asks on the terminal at stdin and stderr.
#[derive(Debug, Clone, Copy)]
pub struct TerminalPrompt {
    /// Whether colour is welcome on stderr.
    pub colour: bool,
}

/// The byte that Ctrl-C sends.
const INTERRUPT: u8 = 3;

/// The byte that Ctrl-D sends.
const END_OF_INPUT: u8 = 4;

/// What was typed first when lines are asked for.
enum FirstKeys {
    /// The answer: whole lines, or none.
    Answer(String),
    /// The beginning of one.
    Line(String),
}

/// What may end a dialogue; Ctrl-C's signal is the first.
#[cfg(unix)]
const SIGNALS: [i32; 4] = {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
};
#[cfg(not(unix))]
const SIGNALS: [i32; 1] = [signal_hook::consts::SIGINT];

/// Holds the terminal while one question is asked: signals are noted instead of killing the
/// process, and whatever happens the cursor is shown again.
struct Asking {
    mode: TerminalMode,
    /// Each signal, and whether it came.
    signals: Vec<(i32, Arc<AtomicBool>)>,
    handlers: Vec<SigId>,
    term: Term,
}

impl Asking {
    fn begin() -> io::Result<Self> {
        let mut asking = Self {
            mode: TerminalMode::hold()?,
            signals: Vec::new(),
            handlers: Vec::new(),
            term: Term::stderr(),
        };
        for number in SIGNALS {
            let came = Arc::new(AtomicBool::new(false));
            let handler = signal_hook::flag::register(number, Arc::clone(&came))?;
            asking.signals.push((number, came));
            asking.handlers.push(handler);
        }
        Ok(asking)
    }

    fn line(&self, text: &str) -> Result<(), PromptError> {
        self.term.write_line(text).map_err(PromptError::Terminal)
    }

    /// Leaves a question on the screen with its answer.
    fn answered(&self, theme: HouseTheme, words: &str, answer: &str) -> Result<(), PromptError> {
        let mut said = String::new();
        // Writing to a string cannot fail.
        let _ = theme.format_input_prompt_selection(&mut said, words, answer);
        self.line(&said)
    }

    /// The prompt library takes away the last row of an answer; this sees to the rows above it.
    fn clear_wrapped(&self, question: &str, answer: &str) -> Result<(), PromptError> {
        let (_, columns) = self.term.size();
        let width = measure_text_width(&format!("{question} › {answer}"));
        let rows = width.saturating_sub(1) / usize::from(columns.max(1));
        if rows == 0 {
            return Ok(());
        }
        self.term
            .clear_last_lines(rows)
            .map_err(PromptError::Terminal)
    }

    /// Why a prompt failed: a signal came, or the terminal is gone.
    fn failure(&self, error: dialoguer::Error) -> PromptError {
        let dialoguer::Error::IO(error) = error;
        // The prompt library raises SIGINT for whatever interrupts it, so another signal counts first.
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

    /// What was typed before the question was shown, or pasted behind its first line, on one line.
    fn typed_ahead(&self) -> Result<Option<String>, PromptError> {
        let lines = self.lines_ahead()?;
        Ok(lines.map(|lines| lines.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// As [`Self::typed_ahead`], with its line breaks.
    fn lines_ahead(&self) -> Result<Option<String>, PromptError> {
        let typed = self.mode.typed_ahead().map_err(PromptError::Terminal)?;
        if typed.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self::text_of(&typed)?))
    }

    /// Shows a question and waits for the first keys of a line: the prompt library knows no Ctrl-D. Gives
    /// all there is where that is an answer already, else what the line begins with.
    fn first_keys(&self, theme: HouseTheme, words: &str) -> Result<FirstKeys, PromptError> {
        let mut shown = String::new();
        // Writing to a string cannot fail.
        let _ = theme.format_input_prompt(&mut shown, words, None);
        let failed = |error: io::Error| self.failure(error.into());
        self.term.write_str(&shown).map_err(failed)?;
        let keys = self.mode.first_keys().map_err(failed)?;
        let is_end = matches!(keys.first(), None | Some(&END_OF_INPUT));
        let text = Self::text_of(&keys)?;
        let _ = self.term.clear_line();
        // Whoever draws the question next does so from its first row on.
        self.clear_wrapped(words, "")?;
        if is_end {
            self.answered(theme, words, "")?;
            return Ok(FirstKeys::Answer(String::new()));
        }
        if let Some((first, _)) = text.split_once('\n') {
            self.answered(theme, words, first)?;
            let more = self.lines_ahead()?.unwrap_or_default();
            return Ok(FirstKeys::Answer(text + &more));
        }
        Ok(FirstKeys::Line(text))
    }

    /// The text in what was typed, with its line breaks.
    fn text_of(typed: &[u8]) -> Result<String, PromptError> {
        if typed.contains(&INTERRUPT) {
            return Err(PromptError::Signal(INTERRUPT_SIGNAL));
        }
        let text = String::from_utf8_lossy(typed);
        // A key such as an arrow is an escape sequence, and no text.
        let text = text.split('\u{1b}').next().unwrap_or_default();
        let kept: String = text
            .chars()
            .map(|c| match c {
                '\r' | '\n' => '\n',
                c if c.is_whitespace() => ' ',
                c => c,
            })
            .filter(|c| !c.is_control() || *c == '\n')
            .collect();
        Ok(kept)
    }
}

/// The number of the signal that Ctrl-C sends.
const INTERRUPT_SIGNAL: u8 = 2;

impl Drop for Asking {
    fn drop(&mut self) {
        for handler in self.handlers.drain(..) {
            signal_hook::low_level::unregister(handler);
        }
        // `Select` hides the cursor and shows it again only where it is answered.
        let _ = self.term.show_cursor();
    }
}

impl Prompt for TerminalPrompt {
    fn text(&mut self, question: &TextQuestion<'_>) -> Result<String, PromptError> {
        let asking = Asking::begin().map_err(PromptError::Terminal)?;
        let theme = HouseTheme {
            colour: self.colour,
        };
        let words = Words(question.completions);
        let mut line = printable_line(question.initial);
        if question.takes_lines && line.is_empty() {
            let first = asking.first_keys(theme, question.words);
            let first = first.inspect_err(|_| drop(asking.term.write_line("")));
            match first? {
                FirstKeys::Answer(answer) => return Ok(answer),
                FirstKeys::Line(begun) => line = begun,
            }
        } else if let Some(early) = asking.typed_ahead()? {
            line = format!("{line} {early}").trim().to_owned();
        }
        loop {
            let asked = Input::<String>::with_theme(&theme)
                .with_prompt(question.words)
                .with_initial_text(line.as_str())
                .completion_with(&words)
                .allow_empty(true)
                .report(false)
                .interact_text_on(&asking.term);
            let answer = match asked {
                Ok(answer) => answer,
                Err(error) => {
                    let failure = asking.failure(error);
                    let _ = asking.term.write_line("");
                    return Err(failure);
                }
            };
            // Lines pasted behind the first would answer questions nobody has read yet.
            if question.takes_lines {
                let more = asking.lines_ahead()?.unwrap_or_default();
                asking.clear_wrapped(question.words, &answer)?;
                asking.answered(theme, question.words, &answer)?;
                return Ok(match more.as_str() {
                    "" => answer,
                    more => format!("{answer}\n{more}"),
                });
            }
            let more = asking.typed_ahead()?.unwrap_or_default();
            asking.clear_wrapped(question.words, &answer)?;
            if more.is_empty() {
                asking.answered(theme, question.words, &answer)?;
                return Ok(answer);
            }
            line = format!("{answer} {more}").trim().to_owned();
            asking.line("several lines came at once; check them, then press Enter")?;
        }
    }

    fn choose(&mut self, choice: &Choice<'_>) -> Result<usize, PromptError> {
        let asking = Asking::begin().map_err(PromptError::Terminal)?;
        let theme = HouseTheme {
            colour: self.colour,
        };
        // Keys pressed before the question was there are no answer to it.
        asking.typed_ahead()?;
        let (_, columns) = asking.term.size();
        let list = ListTheme {
            house: theme,
            lines: choice.answers,
            columns: usize::from(columns),
        };
        let chosen = Select::with_theme(&list)
            .with_prompt(choice.words)
            .report(false)
            .items(0..choice.answers.len())
            .default(0)
            .interact_on_opt(&asking.term);
        match chosen {
            Ok(None) if choice.may_end => Err(PromptError::Signal(INTERRUPT_SIGNAL)),
            Ok(chosen) => {
                // Esc is as good as Enter on the first answer.
                let chosen = chosen.unwrap_or(0);
                let answer = choice.answers.get(chosen).map_or("", String::as_str);
                asking.answered(theme, choice.words, answer)?;
                Ok(chosen)
            }
            Err(error) => {
                let failure = asking.failure(error);
                let _ = asking.term.write_line("");
                Err(failure)
            }
        }
    }
}

/// Completes the last word after a comma.
struct Words<'a>(&'a [String]);

impl Completion for Words<'_> {
    fn get(&self, input: &str) -> Option<String> {
        let (before, begun) = match input.rfind(',') {
            Some(comma) => input.split_at(comma + 1),
            None => ("", input),
        };
        let begun = begun.trim_start();
        let mut fitting = self.0.iter().filter(|word| word.starts_with(begun));
        let first = fitting.next().filter(|_| !begun.is_empty())?;
        // As far as all that fit agree.
        let agreed = fitting.fold(first.as_str(), |agreed, word| {
            let same = agreed
                .char_indices()
                .zip(word.chars())
                .find(|((_, a), b)| a != b);
            let end = same.map_or(agreed.len().min(word.len()), |((at, _), _)| at);
            agreed.get(..end).unwrap_or(agreed)
        });
        let space = if before.is_empty() { "" } else { " " };
        Some(format!("{before}{space}{agreed}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tab_completes_the_word_after_the_comma() {
        let words = ["api", "chatgpt", "chat-history"].map(str::to_owned);
        let complete = |input: &str| Words(&words).get(input);
        assert_eq!(complete("a").as_deref(), Some("api"));
        assert_eq!(complete("api, c").as_deref(), Some("api, chat"));
        assert_eq!(complete("api,chatg").as_deref(), Some("api, chatgpt"));
        assert_eq!(complete("x"), None);
        assert_eq!(complete(""), None);
    }
}
