use serde_json::json;

use crate::render::{BUILT_IN, Readers};

use super::super::json::{self, Format};
use super::super::{CommandError, Outcome, Surroundings};

/// List the built-in templates with their formats
#[derive(Debug, clap::Args)]
pub struct List {
    /// How the list is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The version of the JSON; it rises when a key goes or changes its meaning.
const VERSION: u32 = 1;

impl List {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        if self.format == Format::Json {
            let templates = BUILT_IN.iter().map(|template| {
                let formats = template.formats().into_iter();
                json!({
                    "name": template.name,
                    "what": template.what,
                    "formats": formats.map(|format| format.flag()).collect::<Vec<_>>(),
                    "audience": readers(template.readers),
                })
            });
            let templates: Vec<_> = templates.collect();
            return json::print(
                &json!({ "version": VERSION, "templates": templates }),
                surroundings,
            );
        }
        let names = BUILT_IN.iter().map(|template| template.name.len());
        let column = names.max().unwrap_or(0);
        let mut text = String::new();
        for template in BUILT_IN {
            let formats: Vec<&str> = template.formats().iter().map(|one| one.flag()).collect();
            text.push_str(&format!(
                "{:column$}  {:8}  {}\n",
                template.name,
                formats.join(", "),
                template.what
            ));
        }
        surroundings.print(text)?;
        Ok(Outcome::Fine)
    }
}

/// Whom pages are for, as `--audience` has it.
pub fn readers(readers: Readers) -> &'static str {
    match readers {
        Readers::Internal => "internal",
        Readers::Public => "public",
    }
}
