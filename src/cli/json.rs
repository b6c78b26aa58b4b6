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
    surroundings.print(text(object)? + "\n")?;
    Ok(Outcome::Fine)
}

/// One object as machines read it.
pub fn text(object: &impl Serialize) -> Result<String, CommandError> {
    serde_json::to_string_pretty(object)
        .map_err(|error| CommandError::new(format!("the answer has no JSON form: {error}")))
}
