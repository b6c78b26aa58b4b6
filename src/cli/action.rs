mod add;
mod close;
mod items;
mod list;

use crate::model::{self, Key};
use crate::text::printable_line;

use super::{CommandError, Outcome, Surroundings};

pub use items::items;

/// Write down what is to be done, and what became of it
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Action {
    #[command(subcommand)]
    command: ActionCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ActionCommand {
    Add(add::Add),
    Done(close::Done),
    Decline(close::Decline),
    List(list::List),
}

impl Action {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        match &self.command {
            ActionCommand::List(list) => list.run(surroundings),
            ActionCommand::Add(add) => add.run(surroundings),
            ActionCommand::Done(done) => done.run(surroundings),
            ActionCommand::Decline(decline) => decline.run(surroundings),
        }
    }
}

/// An action in a line: `A1  open  jane  due 2025-01-31  limit the agent`.
fn line(action: &model::Action) -> String {
    let mut line = format!("{}  {}  ", action.id, action.status);
    if let Some(priority) = action.priority {
        line.push_str(&format!("{priority}  "));
    }
    if let Some(owner) = &action.owner {
        line.push_str(&format!("{owner}  "));
    }
    match (action.done_on, action.due) {
        (Some(day), _) => line.push_str(&format!("on {day}  ")),
        (None, Some(day)) => line.push_str(&format!("due {day}  ")),
        (None, None) => {}
    }
    line.push_str(&action.what);
    printable_line(&line)
}

/// The refusal of an id that no action has.
fn unknown(id: &Key, actions: &[model::Action]) -> CommandError {
    let error = CommandError::new(format!("there is no action `{id}`"));
    match actions {
        [] => error.help("postmortem action add TEXT writes one down"),
        actions => actions
            .iter()
            .take(10)
            .fold(error, |error, action| error.help(line(action))),
    }
}
