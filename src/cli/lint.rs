use super::{CommandError, Outcome, Surroundings};

/// Check documents.
#[derive(Debug, clap::Args)]
pub struct Lint {}

impl Lint {
    /// Runs the command.
    pub fn run(&self, _surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        todo!()
    }
}
