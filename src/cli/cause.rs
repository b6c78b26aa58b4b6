mod add;
mod judge;
mod list;
mod tree;

use crate::model::{self, Key};
use crate::text::printable_line;

use super::{CommandError, Outcome, Surroundings};

pub use add::known;
pub use tree::tree;

/// Write down what may have caused an incident, and what is known of it
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Cause {
    #[command(subcommand)]
    command: CauseCommand,
}

#[derive(Debug, clap::Subcommand)]
enum CauseCommand {
    Add(add::Add),
    Confirm(judge::Confirm),
    RuleOut(judge::RuleOut),
    List(list::List),
}

impl Cause {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        match &self.command {
            CauseCommand::List(list) => list.run(surroundings),
            CauseCommand::Add(add) => add.run(surroundings),
            CauseCommand::Confirm(confirm) => confirm.run(surroundings),
            CauseCommand::RuleOut(rule_out) => rule_out.run(surroundings),
        }
    }
}

/// A cause in a line: `C1  suspected  rollout of the telemetry agent`.
fn line(cause: &model::Cause) -> String {
    let category = cause.category.as_ref();
    let category = category.map_or_else(String::new, |category| format!("   {}", category.0));
    printable_line(&format!(
        "{}  {}  {}{category}",
        cause.id, cause.state, cause.what
    ))
}

/// The refusal of an id that no cause has.
fn unknown(id: &Key, causes: &[model::Cause]) -> CommandError {
    let error = CommandError::new(format!("there is no cause `{id}`"));
    match causes {
        [] => error.help("postmortem cause add TEXT writes one down"),
        causes => causes
            .iter()
            .take(10)
            .fold(error, |error, cause| error.help(line(cause))),
    }
}
