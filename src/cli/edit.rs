mod editor;
mod overwritten;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::diagnostic::{Diagnostic, Level};
use crate::document::Reading;
use crate::report::{FileFindings, Human};
use crate::text::printable_line;

use super::checks::{Checks, counted};
use super::chosen::Which;
use super::prompt::{Choice, Prompt, PromptError, TerminalPrompt};
use super::record::{Record, Unchanged};
use super::{CommandError, Outcome, Surroundings};

use editor::Failure;

/// Open a document in your editor, and check it on return
///
/// The editor is $VISUAL or $EDITOR, with arguments if need be, and opens the file itself. Errors are
/// shown on return; exits with 1 if some are left. What others log meanwhile is not lost.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  postmortem edit
  postmortem edit 2024-12-11-api-errors
  EDITOR='code --wait' postmortem edit")]
pub struct Edit {
    /// The incident: its id, a part of it, or its file; the same as -i
    #[arg(value_name = "ID|FILE", conflicts_with = "incident")]
    named: Option<String>,

    #[command(flatten)]
    which: Which,
}

/// Opens a file at a line, and waits.
type Open<'o> = dyn FnMut(&Path, Option<usize>) -> Result<(), Failure> + 'o;

impl Edit {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let mut terminal = TerminalPrompt {
            colour: surroundings.stderr_colour(),
        };
        let prompt = surroundings
            .can_ask()
            .then_some(&mut terminal as &mut dyn Prompt);
        self.run_with(surroundings, prompt, &mut |file, line| {
            editor::open(file, line, surroundings)
        })
    }

    fn run_with(
        &self,
        surroundings: &Surroundings,
        mut prompt: Option<&mut dyn Prompt>,
        open: &mut Open<'_>,
    ) -> Result<Outcome, CommandError> {
        let which = Which {
            incident: self.named.clone().or_else(|| self.which.incident.clone()),
        };
        let record = Record::of(which.find_or_newest(surroundings)?, surroundings)?;
        let mut line = None;
        loop {
            fold(&record);
            let before = Before::of(&record)?;
            let opened = open(&record.chosen.file, line);
            // The clock has moved on.
            let record = Record::of(record.chosen.clone(), surroundings)?;
            let is_changed = before.text != text(&record)?;
            let lost = overwritten::events(before.logged.as_deref(), &record)?;
            overwritten::put_back(&lost, &record, prompt.as_deref_mut())?;
            fold(&record);
            if let Err(failure) = opened {
                let shown = record.shown();
                return Err(failure.told(&match is_changed {
                    true => format!("what it saved stands in {shown}"),
                    false => format!("{shown} is as it was"),
                }));
            }
            let reading = record.chosen.input().read()?;
            let findings = Checks::of(&record)?.findings(&reading);
            tell(&record, &reading, &findings, is_changed);
            let Some(error) = first_error(&findings) else {
                return Ok(Outcome::Fine);
            };
            let at = reading.source.position(error.place.span.start).line;
            let Some(prompt) = prompt.as_deref_mut() else {
                return Ok(Outcome::Findings);
            };
            let chosen = prompt.choose(&Choice {
                words: "What now?",
                answers: &[
                    format!("Go back to line {at}"),
                    "Leave it as it is".to_owned(),
                ],
                may_end: true,
            });
            match chosen {
                Ok(0) => line = Some(at),
                Ok(_) | Err(PromptError::End) => return Ok(Outcome::Findings),
                Err(error) => {
                    return Err(error.ended(&format!("{} is as you saved it", record.shown())));
                }
            }
        }
    }
}

/// How a document stood when the editor was opened.
struct Before {
    text: String,
    logged: Option<Vec<crate::store::Remembered>>,
}

impl Before {
    fn of(record: &Record<'_>) -> Result<Self, CommandError> {
        Ok(Self {
            text: text(record)?,
            logged: record.logged(),
        })
    }
}

fn text(record: &Record<'_>) -> Result<String, CommandError> {
    Ok(record.chosen.input().read()?.source.text().to_owned())
}

/// Takes what waits in the journal into the document. Where that cannot be done now, it goes on
/// waiting: nobody is kept from the editor, with which a document is mended.
fn fold(record: &Record<'_>) {
    if let Err(Unchanged::Failed(error)) = record.change(&mut |_| Ok(())) {
        record
            .surroundings
            .say(format!("note: {}\n", printable_line(&error.to_string())));
    }
}

fn first_error(findings: &[Diagnostic]) -> Option<&Diagnostic> {
    findings
        .iter()
        .find(|finding| finding.level == Level::Error)
}

/// Shows the errors, and counts the rest.
fn tell(record: &Record<'_>, reading: &Reading, findings: &[Diagnostic], is_changed: bool) {
    let surroundings = record.surroundings;
    let errors = findings
        .iter()
        .filter(|finding| finding.level == Level::Error);
    let errors = FileFindings::new(reading.source.clone(), errors.cloned().collect());
    let human = Human {
        colour: surroundings.stderr_colour(),
        width: surroundings.width(),
    };
    surroundings.say(human.shown(&errors));
    let levels = [Level::Error, Level::Warning, Level::Info];
    let counts: Vec<String> = levels
        .iter()
        .filter_map(|level| counted(findings, *level))
        .collect();
    let file = printable_line(record.shown());
    let state = if is_changed { "" } else { " is as it was" };
    surroundings.say(match counts.is_empty() {
        true => format!("{file}{state}: no findings\n"),
        false => format!(
            "{file}{state}: {}   postmortem lint {file}\n",
            counts.join(", ")
        ),
    });
}
