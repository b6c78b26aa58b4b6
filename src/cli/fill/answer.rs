use crate::model::Postmortem;

use crate::cli::CommandError;

use super::question::Question;

/// What an answer does to a document.
type Change = Box<dyn FnMut(&mut Postmortem) -> Result<(), CommandError>>;

/// An answer, checked.
pub struct Answer {
    /// What was typed or chosen.
    pub typed: String,
    /// What it makes of the document. What somebody else has answered meanwhile stands.
    pub change: Change,
    /// What was understood, where that is news.
    pub said: Option<String>,
    /// What is asked next, whatever else is missing.
    pub then: Vec<Question>,
}

impl Answer {
    /// An answer that changes the document as told.
    pub fn new(
        typed: impl Into<String>,
        mut change: impl FnMut(&mut Postmortem) + 'static,
    ) -> Self {
        Self {
            typed: typed.into(),
            change: Box::new(move |postmortem| {
                change(postmortem);
                Ok(())
            }),
            said: None,
            then: Vec::new(),
        }
    }

    /// An answer that may fail on a document that has changed.
    pub fn trying(
        typed: impl Into<String>,
        change: impl FnMut(&mut Postmortem) -> Result<(), CommandError> + 'static,
    ) -> Self {
        Self {
            typed: typed.into(),
            change: Box::new(change),
            said: None,
            then: Vec::new(),
        }
    }

    /// Adds what was understood.
    pub fn saying(mut self, said: impl Into<String>) -> Self {
        self.said = Some(said.into());
        self
    }

    /// Adds a question that follows.
    pub fn then(mut self, question: Question) -> Self {
        self.then.push(question);
        self
    }
}
