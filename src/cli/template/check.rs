use std::path::PathBuf;

use crate::render::{Format, TemplateError, unknown_names};
use crate::text::printable_line;

use super::super::template_choice::TemplateChoice;
use super::super::{CommandError, Outcome, Surroundings};
use super::samples;

/// Look for mistakes in a template: compile it, make pages of sample documents and of an empty draft
///
/// Names that stand for nothing are found everywhere, also in conditions and in blocks that no sample reaches.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit: 0 nothing found, 1 mistakes, 2 there is no such template.

Examples: postmortem template check templates/ours
          postmortem template check google")]
pub struct Check {
    /// A folder, a file, or a template of `postmortem template list`
    #[arg(value_name = "TEMPLATE")]
    template: PathBuf,
}

impl Check {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let choice = TemplateChoice::of(&self.template, surroundings)?;
        let formats = choice.formats(surroundings);
        if formats.is_empty() {
            let shown = self.template.display();
            return Err(
                CommandError::new(format!("the template `{shown}` has no page"))
                    .help("call its page page.html, page.md or page.txt"),
            );
        }
        let mut found = unknown_names(&choice.files(surroundings)?);
        let mut pages = 0;
        for format in &formats {
            match self.tried(&choice, *format, surroundings)? {
                Ok(count) => pages += count,
                Err(error) => found.push(error),
            }
        }
        let lines = distinct(&found);
        if lines.is_empty() {
            let names: Vec<&str> = formats.iter().map(|format| format.spoken()).collect();
            surroundings.say(format!(
                "nothing found: {pages} pages of {} documents, as {}\n",
                samples::COUNT,
                names.join(" and ")
            ));
            return Ok(Outcome::Fine);
        }
        surroundings.print(lines.join("\n") + "\n")?;
        Ok(Outcome::Findings)
    }

    /// How many pages of the samples could be made in a format, or the first mistake.
    fn tried(
        &self,
        choice: &TemplateChoice,
        format: Format,
        surroundings: &Surroundings,
    ) -> Result<Result<usize, TemplateError>, CommandError> {
        let renderer = match choice.compiled(format, surroundings)? {
            Ok(renderer) => renderer,
            Err(error) => return Ok(Err(error)),
        };
        let samples = samples::pages();
        for (name, page) in &samples {
            if let Err(mut error) = renderer.render(page) {
                error.message.push_str(&format!(" (in {name})"));
                return Ok(Err(error));
            }
        }
        Ok(Ok(samples.len()))
    }
}

/// A line for each mistake, without what is told of the same place already.
fn distinct(found: &[TemplateError]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut places = Vec::new();
    for error in found {
        let place = error.place.map(|place| (error.name.as_str(), place));
        if place.is_some() && places.contains(&place) {
            continue;
        }
        places.push(place);
        lines.push(printable_line(&error.to_string()));
    }
    lines
}
