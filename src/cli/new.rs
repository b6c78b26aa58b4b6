use super::{CommandError, Outcome, Surroundings};

/// Write an incident down.
#[derive(Debug, clap::Args)]
pub struct New {}

impl New {
    /// Runs the command.
    pub fn run(&self, _surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        todo!()
    }
}
