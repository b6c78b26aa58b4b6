use std::path::PathBuf;

use serde_json::Value;

use crate::config;
use crate::lint::catalogue;
use crate::model;
use crate::store;

use super::{CommandError, Outcome, Surroundings};

/// Print the JSON Schema of the format, for editors and other tools
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example: postmortem schema -o postmortem.schema.json
Editors find that file through the first line of a document; `postmortem init` writes it as well.
For the configuration: postmortem schema --config -o postmortem-toml.schema.json
Editors find it through the line `#:schema ./postmortem-toml.schema.json` at its top.")]
pub struct Schema {
    /// Print the schema of the configuration, `postmortem.toml`
    #[arg(long)]
    config: bool,
    /// Write it to a file; `-` is stdout
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

impl Schema {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let text = match self.config {
            true => configuration_text()?,
            false => text()?,
        };
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

/// The schema of documents as it stands in a file.
pub fn text() -> Result<String, CommandError> {
    in_file(&model::schema())
}

fn configuration_text() -> Result<String, CommandError> {
    let rules = catalogue::RULES.iter();
    let names = rules.flat_map(|rule| std::iter::once(&rule.name).chain(rule.aliases));
    let names: Vec<&str> = names.copied().collect();
    in_file(&config::schema(&names))
}

fn in_file(schema: &Value) -> Result<String, CommandError> {
    serde_json::to_string_pretty(schema)
        .map(|text| text + "\n")
        .map_err(|error| CommandError::new(format!("the schema cannot be written: {error}")))
}
