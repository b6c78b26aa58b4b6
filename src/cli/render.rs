use super::{CommandError, Outcome, Surroundings};

/// Make a page of a document.
#[derive(Debug, clap::Args)]
pub struct Render {}

impl Render {
    /// Runs the command.
    pub fn run(&self, _surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        todo!()
    }
}
