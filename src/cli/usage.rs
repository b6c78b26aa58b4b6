//! What clap finds wrong with the arguments, in the voice of every other error.

use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::text::nearest;

use super::{Cli, CommandError, Surroundings};

/// Prints help and version on stdout (exit 0), and a mistake in the arguments on stderr (exit 2).
pub fn answer(error: &clap::Error, surroundings: &Surroundings) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = error.render();
            let printed = if surroundings.stdout_colour() {
                surroundings.print(text.ansi().to_string())
            } else {
                surroundings.print(text.to_string())
            };
            match printed {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => error.report(surroundings),
            }
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            surroundings.say(error.render().to_string());
            ExitCode::from(2)
        }
        _ => in_our_words(error).report(surroundings),
    }
}

fn in_our_words(error: &clap::Error) -> CommandError {
    let word = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        Some(ContextValue::Strings(words)) => words.first().cloned(),
        _ => None,
    };
    let invalid = word(ContextKind::InvalidArg);
    let value = word(ContextKind::InvalidValue);
    let command = error.get(ContextKind::Usage).and_then(command_of);
    let command = command.unwrap_or_else(|| "postmortem".to_owned());
    let message = match (error.kind(), &invalid, &value) {
        (ErrorKind::UnknownArgument, Some(argument), _) if argument.starts_with('-') => {
            format!("`{command}` has no option `{argument}`")
        }
        (ErrorKind::UnknownArgument, Some(argument), _) => {
            format!("`{command}` has no place for `{argument}`")
        }
        (ErrorKind::InvalidSubcommand, ..) => {
            let typed = word(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("`{typed}` is not a command")
        }
        (ErrorKind::InvalidValue, Some(argument), Some(value)) if value.is_empty() => {
            format!("`{argument}` needs a value")
        }
        (ErrorKind::InvalidValue, Some(argument), Some(value)) => {
            format!("`{value}` is no value for `{argument}`")
        }
        (ErrorKind::ArgumentConflict, Some(argument), _) => {
            let prior = word(ContextKind::PriorArg).unwrap_or_default();
            format!("`{argument}` and `{prior}` exclude each other")
        }
        (ErrorKind::MissingRequiredArgument, Some(argument), _) => {
            format!("`{command}` needs {argument}")
        }
        _ => first_line(error),
    };
    let mut answer = CommandError::new(message);
    for kind in [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ] {
        if let Some(meant) = word(kind) {
            answer = answer.help(format!("did you mean `{meant}`?"));
        }
    }
    if error.kind() == ErrorKind::InvalidSubcommand
        && word(ContextKind::SuggestedSubcommand).is_none()
        && let Some(typed) = word(ContextKind::InvalidSubcommand)
        && let Some(meant) = nearest_command(&typed)
    {
        answer = answer.help(format!("did you mean `{meant}`?"));
    }
    if let Some(ContextValue::Strings(values)) = error.get(ContextKind::ValidValue)
        && !values.is_empty()
    {
        answer = answer.help(format!("it takes one of: {}", values.join(", ")));
    }
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(argument) = invalid.filter(|argument| argument.starts_with('-'))
    {
        answer = answer.help(format!(
            "if `{argument}` begins a text, write `--` before the text"
        ));
    }
    answer.help(format!("see `{command} --help`"))
}

/// Swapped letters are the commonest slip, and clap does not see them.
fn nearest_command(typed: &str) -> Option<String> {
    let tool = Cli::command();
    let names = tool.get_subcommands().map(clap::Command::get_name);
    nearest(typed, names).map(str::to_owned)
}

/// The command in a line such as `Usage: postmortem new [OPTIONS] [TITLE]`.
fn command_of(usage: &ContextValue) -> Option<String> {
    let usage = match usage {
        ContextValue::StyledStr(usage) => usage.to_string(),
        _ => return None,
    };
    let words = usage
        .split_whitespace()
        .skip_while(|word| *word == "Usage:");
    let names: Vec<&str> = words
        .take_while(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect();
    (!names.is_empty()).then(|| names.join(" "))
}

fn first_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let line = text.lines().next().unwrap_or_default();
    line.trim_end_matches('.').replace('\'', "`")
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn said(line: &str) -> String {
        let arguments = ["postmortem"].into_iter().chain(line.split(' '));
        let error = Cli::try_parse_from(arguments).expect_err(line);
        in_our_words(&error).text()
    }

    #[test]
    fn a_mistyped_argument_is_named_with_what_was_meant() {
        for (line, message, help) in [
            (
                "nwe",
                "error: `nwe` is not a command\n",
                "did you mean `new`?",
            ),
            (
                "new --severty sev1",
                "error: `postmortem new` has no option `--severty`\n",
                "did you mean `--severity`?",
            ),
            (
                "new -20m",
                "error: `postmortem new` has no option `-2`\n",
                "write `--` before the text",
            ),
            (
                "schema x",
                "error: `postmortem schema` has no place for `x`\n",
                "see `postmortem schema --help`",
            ),
            (
                "new a --resume",
                "error: `[TITLE]...` and `--resume [<ID>]` exclude each other\n",
                "see `postmortem new --help`",
            ),
            (
                "new a --severity",
                "error: `--severity <LEVEL>` needs a value\n",
                "see `postmortem",
            ),
        ] {
            let said = said(line);
            assert!(said.starts_with(message), "{line}: {said}");
            assert!(said.contains(help), "{line}: {said}");
        }
    }

    #[test]
    fn the_arguments_are_well_declared() {
        Cli::command().debug_assert();
    }
}
