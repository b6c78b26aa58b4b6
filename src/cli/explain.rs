use super::{CommandError, Outcome, Surroundings};

/// Say what a rule means.
#[derive(Debug, clap::Args)]
pub struct Explain {}

impl Explain {
    /// Runs the command.
    pub fn run(&self, _surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        todo!()
    }
}
