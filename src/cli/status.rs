mod change;
mod facts;
mod json;
mod milestone;
mod screen;
#[cfg(test)]
mod tests;

use super::chosen::Which;
use super::json::Format;
use super::named::named;
use super::screen::Screen;
use super::typed_time::TypedTime;
use super::{CommandError, Outcome, Surroundings, legible, record, words};

use crate::model;

use change::StatusChange;

pub use milestone::left_without;

use facts::Facts;
use json::StatusJson;

/// Show how an incident stands
///
/// How long it lasts, what happened last, what is suspected, when users were told and when they are to
/// hear more, and what is left on the clocks of the configuration.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  postmortem status
  postmortem status -i api-errors --format json")]
pub struct Status {
    /// How far the incident is now: investigating, identified, monitoring or resolved
    #[arg(value_name = "STATE", value_parser = state)]
    state: Option<model::Status>,

    /// What happened, for the timeline
    #[arg(value_name = "TEXT", trailing_var_arg = true)]
    text: Vec<String>,

    /// When it came to that: 5m (ago), 14:32, yesterday 23:50, 2024-12-11 15:16
    #[arg(
        short,
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        requires = "state"
    )]
    time: Option<String>,

    #[command(flatten)]
    which: Which,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Status {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let Some(status) = self.state else {
            return self.show(surroundings);
        };
        StatusChange {
            status,
            text: words::joined::<Self>(&self.text, "status STATE", surroundings)?,
            words: &self.text,
            time: self.time.as_deref(),
        }
        .run(&self.which, surroundings)
    }

    /// Shows how the incident stands.
    fn show(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let chosen = self.which.find_or_newest(surroundings)?;
        let reading = record::settled(&chosen, surroundings)?;
        let document = legible::document(&reading, surroundings)?;
        let now = surroundings.now()?;
        let facts = Facts::of(document.postmortem(), document.times(), &chosen.config, now);
        match self.format {
            Format::Human => {
                let mut screen = Screen::of(surroundings);
                screen::draw(&facts, &mut screen);
                surroundings.print(screen.into_text())?;
                Ok(Outcome::Fine)
            }
            Format::Json => {
                super::json::print(&StatusJson::of(&facts, &chosen.shown), surroundings)
            }
        }
    }
}

/// What people say instead of a state.
const OTHER_STATES: [(&str, &str); 13] = [
    ("mitigated", MITIGATED),
    ("started", MILESTONE),
    ("detected", MILESTONE),
    ("acknowledged", MILESTONE),
    ("declared", MILESTONE),
    ("open", "did you mean `investigating`?"),
    ("ongoing", "did you mean `investigating`?"),
    ("reopened", "did you mean `investigating`?"),
    ("watching", "did you mean `monitoring`?"),
    ("closed", "did you mean `resolved`?"),
    ("done", "did you mean `resolved`?"),
    ("fixed", "did you mean `resolved`?"),
    ("over", "did you mean `resolved`?"),
];

const MITIGATED: &str = "that is a milestone: postmortem log -k mitigated TEXT, or as a state: postmortem status monitoring";

const MILESTONE: &str = "that is a milestone and no state: postmortem log -k KIND TEXT";

fn state(word: &str) -> Result<model::Status, String> {
    if TypedTime::is_clock(word) {
        return Err(format!(
            "`{word}` looks like a time\nthe state comes first: postmortem status resolved -t TIME"
        ));
    }
    named(word, model::Status::ALL, &OTHER_STATES)
}
