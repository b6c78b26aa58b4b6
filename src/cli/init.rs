use super::{CommandError, Outcome, Surroundings};

/// Set up a repository for postmortems.
#[derive(Debug, clap::Args)]
pub struct Init {}

impl Init {
    /// Runs the command.
    pub fn run(&self, _surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        todo!()
    }
}
