//! What clap finds wrong with the arguments, in the voice of every other error.

mod behind_options;

use std::error::Error;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::text::nearest;

use super::{Cli, CommandError, Surroundings};

use behind_options::behind_options;

/// What other tools call a command, and what it is called here.
const ELSEWHERE: [(&str, &str); 8] = [
    ("add", "new"),
    ("build", "render"),
    ("check", "lint"),
    ("create", "new"),
    ("html", "render"),
    ("publish", "render"),
    ("start", "new"),
    ("validate", "lint"),
];

/// Commands that take words without quotes.
const TAKES_WORDS: [&str; 5] = [
    " log",
    " comms",
    "cause add",
    "action add",
    "action decline",
];

/// Prints help and version on stdout (exit 0), and a mistake in the arguments on stderr (exit 2).
pub fn answer(error: &clap::Error, arguments: &[OsString], surroundings: &Surroundings) -> u8 {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = error.render();
            let text = if surroundings.stdout_colour() {
                text.ansi().to_string()
            } else {
                text.to_string()
            };
            match surroundings.print(without_blanks_at_ends(&text)) {
                Ok(()) => 0,
                Err(error) => error.report(surroundings),
            }
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            surroundings.say(without_blanks_at_ends(&error.render().to_string()));
            2
        }
        _ => in_our_words(error, arguments).report(surroundings),
    }
}

/// clap indents empty lines too.
fn without_blanks_at_ends(text: &str) -> String {
    text.lines()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect()
}

fn in_our_words(error: &clap::Error, arguments: &[OsString]) -> CommandError {
    let word = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        Some(ContextValue::Strings(words)) => words.first().cloned(),
        _ => None,
    };
    let invalid = word(ContextKind::InvalidArg);
    let value = word(ContextKind::InvalidValue);
    let prior = word(ContextKind::PriorArg);
    let usage = error.get(ContextKind::Usage).and_then(command_in);
    let command = usage.unwrap_or_else(|| command_called(arguments));
    let mut meant_by_value: Vec<String> = Vec::new();
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
        (ErrorKind::MissingSubcommand, ..) => "a command is missing".to_owned(),
        (ErrorKind::InvalidValue, Some(argument), Some(value)) if value.is_empty() => {
            format!("`{argument}` needs a value")
        }
        (ErrorKind::InvalidValue, Some(argument), Some(value)) => {
            format!("`{value}` is no value for `{argument}`")
        }
        (ErrorKind::ValueValidation, Some(argument), Some(value)) => {
            let why = error.source().map(ToString::to_string).unwrap_or_default();
            let mut lines = why.lines();
            let why = lines.next().map(|why| format!(": {why}"));
            meant_by_value = lines.map(str::to_owned).collect();
            format!(
                "`{value}` is no value for `{argument}`{}",
                why.unwrap_or_default()
            )
        }
        (ErrorKind::ArgumentConflict, Some(argument), _) if invalid == prior => {
            let name = argument.split(' ').next().unwrap_or(argument);
            format!("`{name}` was given twice")
        }
        (ErrorKind::ArgumentConflict, Some(argument), _) => {
            let prior = prior.unwrap_or_default();
            format!("`{argument}` and `{prior}` exclude each other")
        }
        (ErrorKind::MissingRequiredArgument, Some(argument), _) => {
            format!("`{command}` needs {argument}")
        }
        _ => first_line(error),
    };
    let mut answer = CommandError::new(message);
    for help in meant_by_value {
        answer = answer.help(help);
    }
    let typed = behind_options(arguments);
    if let Some(typed) = &typed {
        answer = answer.typed(typed.as_str());
    }
    let meant = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            word(ContextKind::InvalidSubcommand).and_then(|typed| command_meant(&typed, &command))
        }
        _ => word(ContextKind::SuggestedArg).or_else(|| word(ContextKind::SuggestedValue)),
    };
    if let Some(meant) = meant {
        answer = answer.help(format!("did you mean `{meant}`?"));
    }
    if let (ErrorKind::UnknownArgument, Some(argument)) = (error.kind(), &invalid)
        && argument.starts_with('-')
        && TAKES_WORDS.iter().any(|known| command.ends_with(known))
    {
        let help = format!("a text that begins with a dash: {command} -- {argument}…");
        answer = answer.help(help);
    }
    if error.kind() == ErrorKind::MissingSubcommand {
        answer = answer.help("begin with: postmortem new");
    }
    if let Some(ContextValue::Strings(values)) = error.get(ContextKind::ValidValue)
        && !values.is_empty()
    {
        answer = answer.help(format!("it takes one of: {}", values.join(", ")));
    }
    if error.kind() == ErrorKind::UnknownArgument
        && command == "postmortem new"
        && let Some(argument) = invalid.filter(|argument| argument.starts_with('-'))
    {
        answer = answer.help(format!(
            "if `{argument}` begins a text, write `--` before the text"
        ));
    }
    answer.help(format!("see `{command} --help`"))
}

/// The command that a word stands for elsewhere, else the one whose name is nearest. clap's own
/// guess takes `lnt` for `init` and does not see swapped letters.
///
/// Below a command such as `postmortem cause`, one of its own.
fn command_meant(typed: &str, command: &str) -> Option<String> {
    let typed = typed.to_lowercase();
    let declared = Cli::declared();
    let below = command.split(' ').nth(1);
    if let Some(below) = below.and_then(|name| declared.find_subcommand(name))
        && below.has_subcommands()
    {
        let name = below.get_name();
        let names: Vec<&str> = below
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        let begun = names
            .iter()
            .copied()
            .find(|known| known.starts_with(&typed));
        let meant = begun.or_else(|| nearest(&typed, names))?;
        return Some(format!("postmortem {name} {meant}"));
    }
    if let Some((_, meant)) = ELSEWHERE.iter().find(|(name, _)| *name == typed) {
        return Some((*meant).to_owned());
    }
    let mut names: Vec<&str> = declared
        .get_subcommands()
        .map(clap::Command::get_name)
        .chain(["help"])
        .collect();
    // Of two that are as near, the first is taken.
    names.sort_by_key(|name| name.chars().next() != typed.chars().next());
    nearest(&typed, names).map(str::to_owned)
}

/// The command in a line such as `Usage: postmortem new [OPTIONS] [TITLE]`.
fn command_in(usage: &ContextValue) -> Option<String> {
    let ContextValue::StyledStr(usage) = usage else {
        return None;
    };
    let usage = usage.to_string();
    let words = usage
        .split_whitespace()
        .skip_while(|word| *word == "Usage:");
    let names: Vec<&str> = words
        .take_while(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// The command that was called, where clap gives no usage. No option before it takes a value.
fn command_called(arguments: &[OsString]) -> String {
    let words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let first = words.into_iter().find(|word| !word.starts_with('-'));
    match first.filter(|word| Cli::declared().find_subcommand(word).is_some()) {
        Some(command) => format!("postmortem {command}"),
        None => "postmortem".to_owned(),
    }
}

fn first_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let line = text.lines().next().unwrap_or_default();
    line.trim_end_matches('.').replace('\'', "`")
}

#[cfg(test)]
mod tests {
    use super::super::ASKING;
    use super::*;

    fn said(line: &str) -> String {
        let arguments = ["postmortem"].into_iter().chain(line.split(' '));
        let arguments: Vec<OsString> = arguments.map(OsString::from).collect();
        let error = Cli::parsed(&arguments).expect_err(line);
        in_our_words(&error, &arguments).text()
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
                "-q lint",
                "error: `postmortem` has no option `-q`\n",
                "`-q`\n  help: see `postmortem --help`",
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
                "see `postmortem new --help`",
            ),
            (
                "render x --format pdf",
                "error: `pdf` is no value for `--format <FORMAT>`\n",
                "see `postmortem render --help`",
            ),
            (
                "--no-input lint --level x",
                "error: `x` is no value for `--level <RULE=LEVEL>`: write it as RULE=LEVEL",
                "see `postmortem lint --help`",
            ),
            (
                "new a --severity sev1 --severity sev2",
                "error: `--severity` was given twice\n",
                "see `postmortem new --help`",
            ),
            (
                "--no-input",
                "error: a command is missing\n",
                "begin with: postmortem new\n  help: see `postmortem --help`",
            ),
            (
                "help nwe",
                "error: `nwe` is not a command\n",
                "did you mean `new`?",
            ),
        ] {
            let said = said(line);
            assert!(said.starts_with(message), "{line}: {said}");
            assert!(said.contains(help), "{line}: {said}");
        }
    }

    #[test]
    fn what_a_command_is_called_elsewhere_is_understood() {
        for (typed, meant) in [
            ("lnt", "lint"),
            ("int", "init"),
            ("Lint", "lint"),
            ("hlep", "help"),
            ("check", "lint"),
            ("create", "new"),
            ("add", "new"),
            ("start", "new"),
            ("html", "render"),
            ("build", "render"),
            ("publish", "render"),
        ] {
            let said = said(typed);
            let help = said.lines().nth(1);
            let expected = format!("  help: did you mean `{meant}`?");
            assert_eq!(help, Some(expected.as_str()), "{typed}: {said}");
            assert_eq!(said.matches("did you mean").count(), 1, "{said}");
        }
        let commands = Cli::declared();
        for (_, meant) in ELSEWHERE {
            assert!(commands.find_subcommand(meant).is_some(), "{meant}");
        }
    }

    #[test]
    fn the_option_against_questions_is_taken_everywhere_and_shown_where_it_counts() {
        let mut commands = Cli::declared();
        commands.build();
        let commands: Vec<_> = commands.get_subcommands().cloned().collect();
        for mut command in commands {
            let name = command.get_name().to_owned();
            let is_shown = command
                .render_long_help()
                .to_string()
                .contains("--no-input");
            assert_eq!(is_shown, ASKING.contains(&name.as_str()), "{name}");
        }
        for line in [
            "lint --no-input",
            "--no-input lint",
            "new --no-input x",
            "schema --no-input",
            "status --no-input",
            "cause list --no-input",
        ] {
            let arguments = ["postmortem"].into_iter().chain(line.split(' '));
            let arguments: Vec<OsString> = arguments.map(OsString::from).collect();
            assert!(Cli::parsed(&arguments).expect(line).no_input, "{line}");
        }
    }

    #[test]
    fn a_command_declared_alone_takes_what_it_takes_among_all() {
        for (line, is_taken) in [
            ("lint", true),
            ("lint a.yaml b --format json --no-input", true),
            ("log -t 10m -k mitigated two words -- -x", true),
            ("log --no-input x", true),
            ("render a.yaml -o {id}.html --audience public", true),
            ("render --no-input -", true),
            ("render --help", false),
            ("render --formt x", false),
            ("lint --version", false),
            ("--no-input lint", false),
            ("show", false),
            ("", false),
        ] {
            let arguments = ["postmortem"].into_iter().chain(line.split_whitespace());
            let arguments: Vec<OsString> = arguments.map(OsString::from).collect();
            let alone = Cli::parsed_alone(&arguments);
            assert_eq!(alone.is_some(), is_taken, "{line}");
            if let Some(alone) = alone {
                let among_all = Cli::parsed_of_all(&arguments).expect(line);
                assert_eq!(format!("{alone:?}"), format!("{among_all:?}"), "{line}");
            }
        }
    }

    #[test]
    fn the_arguments_are_well_declared() {
        Cli::declared().debug_assert();
    }
}
