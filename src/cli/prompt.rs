//! Questions on a terminal. Commands see the trait; a scripted double answers in tests.

mod chooser;
mod completion;
mod keys;
mod line;
mod terminal;
mod terminal_mode;
mod theme;

use std::io;

use super::CommandError;

pub use terminal::TerminalPrompt;

/// A question that is answered with a line of text.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextQuestion<'a> {
    /// The question, in a few words.
    pub words: &'a str,
    /// What stands in the line already, to be changed or confirmed.
    pub initial: &'a str,
    /// Words that Tab completes, the last one after a comma.
    pub completions: &'a [String],
    /// Whether lines that were pasted behind the first are answers as well: the answer then has line
    /// breaks, and what stands behind the last was not finished.
    pub takes_lines: bool,
}

/// A question that is answered by choosing one of several lines.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// The question, in a few words.
    pub words: &'a str,
    /// The answers; the first is chosen by Enter alone.
    pub answers: &'a [String],
    /// Whether Esc ends the dialogue, where the first answer is not as good as none.
    pub may_end: bool,
}

/// Why a question has no answer.
#[derive(Debug)]
pub enum PromptError {
    /// A signal of this number ended the dialogue: 2 for Ctrl-C.
    Signal(u8),
    /// The person wants no more questions: Ctrl-D, or a terminal that was closed.
    End,
    /// The terminal failed or went away.
    Terminal(io::Error),
}

impl PromptError {
    /// The end of a command, with what was kept or left.
    pub fn ended(self, kept: &str) -> CommandError {
        match self {
            Self::Signal(2) => CommandError::interrupted(format!("Interrupted; {kept}")),
            Self::Signal(signal) => CommandError::ended_by(signal, format!("Ended; {kept}")),
            Self::End => CommandError::finished(format!("Ended; {kept}")),
            Self::Terminal(error) => {
                let reason = crate::store::reason(&error);
                CommandError::new(format!("the terminal failed: {reason}; {kept}"))
            }
        }
    }
}

/// Whoever answers questions.
pub trait Prompt {
    /// Asks for a line of text; empty where the person had nothing to say.
    fn text(&mut self, question: &TextQuestion<'_>) -> Result<String, PromptError>;

    /// Asks for one of several answers, by its index.
    fn choose(&mut self, choice: &Choice<'_>) -> Result<usize, PromptError>;
}

#[cfg(test)]
#[expect(
    clippy::panic_in_result_fn,
    reason = "a script that does not fit fails its test"
)]
pub(crate) mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// What the double does at a question.
    #[derive(Debug, Clone)]
    pub enum Reply {
        /// Types a line.
        Line(&'static str),
        /// Chooses the answer that begins with these words.
        Pick(&'static str),
        /// Presses Ctrl-C.
        Interrupt,
        /// Presses Ctrl-D.
        End,
    }

    /// Answers from a list, and keeps the questions it was asked.
    #[derive(Default)]
    pub struct Script {
        replies: VecDeque<Reply>,
        /// The questions, each with what stood in the line already.
        pub asked: Vec<String>,
        /// Called before each answer, as somebody else at work on the same files.
        pub meanwhile: Option<Box<dyn FnMut(usize)>>,
    }

    impl Script {
        pub fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
            Self {
                replies: replies.into_iter().collect(),
                ..Self::default()
            }
        }

        pub fn is_used_up(&self) -> bool {
            self.replies.is_empty()
        }

        fn next(&mut self, words: &str, initial: &str) -> Reply {
            let initial = match initial {
                "" => String::new(),
                initial => format!(" [{initial}]"),
            };
            self.asked.push(format!("{words}{initial}"));
            if let Some(meanwhile) = &mut self.meanwhile {
                meanwhile(self.asked.len() - 1);
            }
            self.replies
                .pop_front()
                .unwrap_or_else(|| panic!("asked once more than expected: {:?}", self.asked))
        }
    }

    impl Prompt for Script {
        fn text(&mut self, question: &TextQuestion<'_>) -> Result<String, PromptError> {
            match self.next(question.words, question.initial) {
                Reply::Line(text) => Ok(text.to_owned()),
                Reply::Interrupt => Err(PromptError::Signal(2)),
                Reply::End => Err(PromptError::End),
                Reply::Pick(words) => panic!("`{}` cannot be picked {words}", question.words),
            }
        }

        fn choose(&mut self, choice: &Choice<'_>) -> Result<usize, PromptError> {
            match self.next(choice.words, "") {
                Reply::Pick(words) => Ok(choice
                    .answers
                    .iter()
                    .position(|answer| answer.starts_with(words))
                    .unwrap_or_else(|| panic!("no {words} in {:?}", choice.answers))),
                Reply::Interrupt => Err(PromptError::Signal(2)),
                Reply::End => Err(PromptError::End),
                Reply::Line(text) => panic!("`{}` is no line for {text}", choice.words),
            }
        }
    }
}
