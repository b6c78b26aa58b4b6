//! Floor 6: the commands. The only place with a terminal, environment variables, a clock and exit codes.

mod action;
mod cause;
mod checks;
mod chosen;
mod command_error;
mod comms;
mod configurations;
mod echo;
mod edit;
mod elapsed;
mod explain;
mod fill;
mod fmt;
mod init;
mod input;
mod introduced;
mod json;
mod legible;
mod lint;
mod log;
mod named;
mod new;
mod numbered;
mod prompt;
mod record;
mod render;
mod root;
mod rules;
mod schema;
mod screen;
mod shell;
mod show;
mod status;
mod surroundings;
mod template;
mod template_choice;
mod typed_time;
mod usage;
mod words;

use std::ffi::OsString;

use clap::{Arg, ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use command_error::CommandError;
pub use surroundings::Surroundings;

/// Write incident postmortems: capture, check and publish them from one YAML file.
#[derive(Debug, Parser)]
#[command(
    name = "postmortem",
    version,
    after_help = "\
Begin with: postmortem new
Data goes to stdout, words to stderr. Exit: 0 fine, 1 findings, 2 could not do it, 130 interrupted."
)]
struct Cli {
    /// Ask nothing; what is missing is an error that names the flags
    #[arg(long, global = true, display_order = 100)]
    no_input: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    New(new::New),
    Log(log::Log),
    Comms(comms::Comms),
    Status(status::Status),
    Show(show::Show),
    Cause(cause::Cause),
    Action(action::Action),
    Fill(fill::Fill),
    Edit(edit::Edit),
    Lint(lint::Lint),
    Rules(rules::Rules),
    Fmt(fmt::Fmt),
    Explain(explain::Explain),
    Render(render::Render),
    Template(template::Template),
    Schema(schema::Schema),
}

/// The commands that may ask.
const ASKING: [&str; 9] = [
    "new", "log", "comms", "status", "show", "cause", "action", "fill", "edit",
];

impl Cli {
    /// The arguments as clap is to understand them.
    fn declared() -> clap::Command {
        Self::command().mut_subcommands(asking)
    }

    fn parsed(arguments: &[OsString]) -> Result<Self, clap::Error> {
        match Self::parsed_alone(arguments) {
            Some(cli) => Ok(cli),
            None => Self::parsed_of_all(arguments),
        }
    }

    /// The arguments of a command that runs often, where they are in order. To declare all commands takes longer than
    /// to read one of them; help and mistakes need them all.
    fn parsed_alone(arguments: &[OsString]) -> Option<Self> {
        match arguments.get(1)?.to_str()? {
            "lint" => alone("lint", arguments, Command::Lint),
            "log" => alone("log", arguments, Command::Log),
            "render" => alone("render", arguments, Command::Render),
            _ => None,
        }
    }

    fn parsed_of_all(arguments: &[OsString]) -> Result<Self, clap::Error> {
        let mut declared = Self::declared();
        let matches = declared.try_get_matches_from_mut(arguments)?;
        Self::from_arg_matches(&matches).map_err(|error| error.format(&mut declared))
    }
}

/// Gives a command the option to ask nothing.
///
/// Those that never ask take it, so that a script need not know which do, and say nothing of it.
fn asking(command: clap::Command) -> clap::Command {
    match command.get_name() {
        name if ASKING.contains(&name) => command,
        _ => command.arg(no_input().hide(true)),
    }
}

fn no_input() -> Arg {
    Arg::new("no_input")
        .long("no-input")
        .action(ArgAction::SetTrue)
}

fn alone<T: Args>(
    name: &'static str,
    arguments: &[OsString],
    command: impl FnOnce(T) -> Command,
) -> Option<Cli> {
    let declared = T::augment_args(clap::Command::new(name));
    let matches = clap::Command::new("postmortem")
        .arg(no_input().global(true))
        .subcommand(asking(declared))
        .try_get_matches_from(arguments)
        .ok()?;
    let (_, given) = matches.subcommand()?;
    Some(Cli {
        no_input: matches.get_flag("no_input") || given.get_flag("no_input"),
        command: command(T::from_arg_matches(given).ok()?),
    })
}

/// How a command that could do its work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to report: exit 0.
    Fine,
    /// It found something: exit 1.
    Findings,
}

/// Runs the program on its arguments and gives its exit code: 0 fine, 1 findings, 2 could not do it,
/// 130 interrupted.
pub fn main() -> u8 {
    let mut surroundings = Surroundings::of_process();
    let cli = match Cli::parsed(&surroundings.arguments) {
        Ok(cli) => cli,
        Err(error) => return usage::answer(&error, &surroundings.arguments, &surroundings),
    };
    surroundings.no_input = cli.no_input;
    let outcome = match cli.command {
        Command::Init(command) => command.run(&surroundings),
        Command::New(command) => command.run(&surroundings),
        Command::Log(command) => command.run(&surroundings),
        Command::Comms(command) => command.run(&surroundings),
        Command::Status(command) => command.run(&surroundings),
        Command::Show(command) => command.run(&surroundings),
        Command::Cause(command) => command.run(&surroundings),
        Command::Action(command) => command.run(&surroundings),
        Command::Fill(command) => command.run(&surroundings),
        Command::Edit(command) => command.run(&surroundings),
        Command::Lint(command) => command.run(&surroundings),
        Command::Rules(command) => command.run(&surroundings),
        Command::Fmt(command) => command.run(&surroundings),
        Command::Explain(command) => command.run(&surroundings),
        Command::Render(command) => command.run(&surroundings),
        Command::Template(command) => command.run(&surroundings),
        Command::Schema(command) => command.run(&surroundings),
    };
    match outcome {
        Ok(Outcome::Fine) => 0,
        Ok(Outcome::Findings) => 1,
        Err(error) => error.report(&surroundings),
    }
}
