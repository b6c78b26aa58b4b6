mod check;
mod eject;
mod list;
mod samples;
mod show;

use crate::render::BuiltIn;
use crate::text::nearest;

use super::{CommandError, Outcome, Surroundings};

/// List the templates of pages, look at one, copy one to make it yours
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Template {
    #[command(subcommand)]
    command: TemplateCommand,
}

#[derive(Debug, clap::Subcommand)]
enum TemplateCommand {
    List(list::List),
    Show(show::Show),
    Eject(eject::Eject),
    Check(check::Check),
}

impl Template {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        match &self.command {
            TemplateCommand::List(list) => list.run(surroundings),
            TemplateCommand::Show(show) => show.run(surroundings),
            TemplateCommand::Eject(eject) => eject.run(surroundings),
            TemplateCommand::Check(check) => check.run(surroundings),
        }
    }
}

/// The built-in template of a name, or what to type instead.
fn built_in(name: &str) -> Result<&'static BuiltIn, CommandError> {
    BuiltIn::named(name).ok_or_else(|| {
        let error = CommandError::new(format!("there is no built-in template `{name}`"));
        let names = crate::render::BUILT_IN.iter().map(|one| one.name);
        match nearest(name, names) {
            Some(meant) => error.help(format!("did you mean `{meant}`?")),
            None => error.help("`postmortem template list` shows them"),
        }
    })
}
