use serde::Serialize;

use super::{CommandError, Outcome, Surroundings};

/// How a command that shows something writes it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Human,
    /// One object, versioned
    Json,
}

/// Prints one object for machines.
pub fn print(
    object: &impl Serialize,
    surroundings: &Surroundings,
) -> Result<Outcome, CommandError> {
    let text = serde_json::to_string_pretty(object)
        .map_err(|error| CommandError::new(format!("the answer has no JSON form: {error}")))?;
    surroundings.print(text + "\n")?;
    Ok(Outcome::Fine)
}
