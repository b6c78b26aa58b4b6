use std::path::PathBuf;

use crate::model;
use crate::store;

use super::{CommandError, Outcome, Surroundings};

/// Print the JSON Schema of the format, for editors and other tools
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example: postmortem schema -o postmortem.schema.json
Editors find that file through the first line of a document; `postmortem init` writes it as well.")]
pub struct Schema {
    /// Write it to a file; `-` is stdout
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

impl Schema {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let text = text()?;
        if self.output.as_os_str() == "-" {
            surroundings.print(text)?;
            return Ok(Outcome::Fine);
        }
        let file = surroundings.folder.join(&self.output);
        store::replace(&file, text.as_bytes()).map_err(|error| {
            CommandError::new(format!(
                "`{}` cannot be written: {}",
                self.output.display(),
                store::reason(&error)
            ))
        })?;
        Ok(Outcome::Fine)
    }
}

/// The schema as it stands in a file.
pub fn text() -> Result<String, CommandError> {
    serde_json::to_string_pretty(&model::schema())
        .map(|text| text + "\n")
        .map_err(|error| CommandError::new(format!("the schema cannot be written: {error}")))
}
