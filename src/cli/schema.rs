use super::{CommandError, Outcome, Surroundings};

/// Print the JSON Schema of the format.
#[derive(Debug, clap::Args)]
pub struct Schema {}

impl Schema {
    /// Runs the command.
    pub fn run(&self, _surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        todo!()
    }
}
