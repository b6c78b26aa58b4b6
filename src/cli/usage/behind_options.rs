use std::borrow::Cow;
use std::ffi::OsString;

use crate::cli::Cli;

use super::command_meant;

/// The words that stand behind the options of a command that takes words, so that no mistake in the
/// options costs them.
pub fn behind_options(arguments: &[OsString]) -> Option<String> {
    let mut declared = Cli::declared();
    declared.build();
    let mut command = &declared;
    let words: Vec<_> = arguments
        .iter()
        .map(|word| word.to_string_lossy())
        .collect();
    let mut named = 0;
    let mut at = 1;
    let mut first_words: Option<usize> = None;
    while let Some(word) = words.get(at) {
        at += 1;
        if word == "--" {
            return text_of(command, &words[at..]);
        }
        if word.len() > 1 && word.starts_with('-') {
            at += usize::from(takes_next(command, word));
            continue;
        }
        if let Some(below) = command.find_subcommand(word.as_ref()) {
            first_words = takes_text(command).then_some(at - 1);
            command = below;
            continue;
        }
        if command.has_subcommands() && !takes_text(command) {
            let is_near = command.get_name() != "postmortem"
                || command_meant(word, "postmortem").is_some_and(|meant| {
                    let meant = declared.find_subcommand(meant);
                    meant.is_some_and(|meant| takes_text(meant) || meant.has_subcommands())
                });
            return is_near
                .then(|| words[at..].join(" "))
                .filter(|text| !text.is_empty());
        }
        if !takes_text(command) {
            break;
        }
        if named + 1 < command.get_positionals().count() {
            named += 1;
            continue;
        }
        return text_of(command, &words[at - 1..]);
    }
    first_words.map(|first| words[first..].join(" "))
}

fn text_of(command: &clap::Command, words: &[Cow<'_, str>]) -> Option<String> {
    let text = words.join(" ");
    (takes_text(command) && !text.trim().is_empty()).then_some(text)
}

/// Whether a command takes words without quotes.
fn takes_text(command: &clap::Command) -> bool {
    let mut arguments = command.get_positionals();
    arguments.any(clap::Arg::is_trailing_var_arg_set)
}

/// Whether the value of an option is the argument behind it.
fn takes_next(command: &clap::Command, option: &str) -> bool {
    let mut arguments = command.get_arguments();
    match option.strip_prefix("--") {
        Some(long) => arguments.any(|argument| {
            argument.get_long() == Some(long) && argument.get_action().takes_values()
        }),
        None => arguments.any(|argument| {
            argument
                .get_short()
                .is_some_and(|short| option[1..] == short.to_string())
                && argument.get_action().takes_values()
        }),
    }
}
