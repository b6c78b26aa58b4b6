//! What is said on a command line without quotes: options first, then words.

use clap::Args;

use crate::diagnostic::secrets;
use crate::text::plain;

use super::{CommandError, Surroundings, shell};

/// The longest sentence that stands in a list, in characters; what is longer goes below it.
const LONGEST_SENTENCE: usize = 1_000;

/// How much of a long text stands for it, in characters.
const EXCERPT: usize = 200;

/// The longest text that is kept with an event, in bytes.
pub const LONGEST_DETAIL: usize = 1_000_000;

/// A sentence, and what was said beyond it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// One line, not empty.
    pub what: String,
    /// The whole text, where it had several lines or was too long.
    pub detail: Option<String>,
}

/// Joins words; an option among them is refused, since nobody can tell whether it is one.
///
/// `C` are the arguments of the command called `command`. Behind `--` everything is a word.
pub fn joined<C: Args>(
    words: &[String],
    command: &str,
    surroundings: &Surroundings,
) -> Result<String, CommandError> {
    if !surroundings.are_words(words.len()) {
        let declared = C::augment_args(clap::Command::new("words"));
        let option = words.iter().skip(1).find(|word| is_option(word, &declared));
        if let Some(option) = option {
            let corrected = options_first(words, &declared, command, surroundings);
            return Err(behind_the_words(option, &corrected, command, words));
        }
        if let [word] = words
            && let Some(meant) = command_meant(command, word)
        {
            return Err(
                CommandError::new(format!("`{word}` alone is no text; nothing was saved"))
                    .help(format!("did you mean: {meant}"))
                    .help(format!("if it is the text: postmortem {command} -- {word}")),
            );
        }
    }
    if !words.is_empty() {
        mention_redirection(surroundings);
    }
    Ok(words.join(" "))
}

/// Makes a sentence of what was typed, piped or pasted; nothing where it is blank.
pub fn sentence(text: &str) -> Option<Sentence> {
    let text = plain(text);
    let text = text.trim();
    let first = text.lines().next()?;
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_short = text.chars().nth(LONGEST_SENTENCE).is_none();
    if is_short && first.len() == text.len() {
        let what = line(text);
        return (!what.is_empty()).then_some(Sentence { what, detail: None });
    }
    let what = beginning(line(first));
    let detail = Some(detail(text)?);
    Some(Sentence { what, detail })
}

/// A line, cut with `…` where it is too long to stand for a text.
fn beginning(line: String) -> String {
    match line.char_indices().nth(EXCERPT) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

/// Makes text of any number of lines fit to be kept; nothing where it is blank.
pub fn detail(text: &str) -> Option<String> {
    let text = plain(text);
    let lines: Vec<&str> = text.trim_matches('\n').lines().map(str::trim_end).collect();
    let text = lines.join("\n");
    if text.trim().is_empty() {
        return None;
    }
    // A text of several lines ends with a line break, as in any file.
    let end = if text.contains('\n') { "\n" } else { "" };
    Some(text + end)
}

/// Refuses a text that no document should hold.
pub fn not_too_long(text: &str) -> Result<(), CommandError> {
    if text.len() <= LONGEST_DETAIL {
        return Ok(());
    }
    Err(CommandError::new(format!(
        "the text is {} bytes long, and a document holds {LONGEST_DETAIL} at most",
        text.len()
    ))
    .help("save it as a file and keep that beside the document: postmortem log --attach FILE TEXT"))
}

/// Says so where a text holds what looks like a password or a key: it is kept as it is.
pub fn mention_secrets(text: &str, surroundings: &Surroundings) {
    if let Some(secret) = secrets(text).first() {
        surroundings.say(format!(
            "note: this looks like {}; it is saved as it is: change it with `postmortem edit`\n",
            secret.what
        ));
    }
}

fn is_option(word: &str, declared: &clap::Command) -> bool {
    if let Some(long) = word.strip_prefix("--") {
        let name = long.split('=').next().unwrap_or(long);
        let mut longs = declared.get_arguments().filter_map(clap::Arg::get_long);
        return longs.any(|known| known == name) || matches!(name, "help" | "no-input");
    }
    let mut letters = word.strip_prefix('-').unwrap_or("").chars();
    let Some(short) = letters.next() else {
        return false;
    };
    let is_alone = letters.next().is_none();
    let mut known = declared.get_arguments();
    let known = known.find(|argument| argument.get_short() == Some(short));
    // Its value may stand right behind it: `-t5m`.
    let is_known = known.is_some_and(|known| is_alone || known.get_action().takes_values());
    is_known || word == "-h"
}

/// The command that a word was probably meant to be, where it is all that was said.
fn command_meant(command: &str, word: &str) -> Option<String> {
    let list = match command {
        "log" => "postmortem show",
        "comms" => "postmortem comms list",
        "cause add" => "postmortem cause list",
        "action add" => "postmortem action list",
        _ => return None,
    };
    match word.to_lowercase().as_str() {
        "list" | "ls" | "show" => Some(list.to_owned()),
        "status" => Some("postmortem status".to_owned()),
        "help" => Some(format!("postmortem {command} --help")),
        "undo" if matches!(command, "log" | "comms") => Some("postmortem log --undo".to_owned()),
        "undo" => Some("postmortem edit".to_owned()),
        _ => None,
    }
}

/// The whole line with the options before the words, to be copied.
fn options_first(
    words: &[String],
    declared: &clap::Command,
    command: &str,
    surroundings: &Surroundings,
) -> String {
    let all = &surroundings.arguments;
    let before = all.len().checked_sub(words.len()).filter(|end| *end > 0);
    let before: Vec<String> = match before {
        Some(end) => all[1..end]
            .iter()
            .map(|word| word.to_string_lossy().into_owned())
            .collect(),
        None => command.split(' ').map(str::to_owned).collect(),
    };
    let (mut options, mut text) = (Vec::new(), Vec::new());
    let mut words = words.iter().enumerate();
    while let Some((at, word)) = words.next() {
        if at == 0 || !is_option(word, declared) {
            text.push(word.as_str());
            continue;
        }
        options.push(word.as_str());
        if takes_value(word, declared)
            && let Some((_, value)) = words.next()
        {
            options.push(value);
        }
    }
    let before = before.iter().map(String::as_str);
    shell::line(
        ["postmortem"]
            .into_iter()
            .chain(before)
            .chain(options)
            .chain(text),
    )
}

fn takes_value(option: &str, declared: &clap::Command) -> bool {
    let name = option.trim_start_matches('-');
    let mut arguments = declared.get_arguments();
    let is_it = |argument: &clap::Arg| match option.starts_with("--") {
        true => argument.get_long() == Some(name),
        false => argument.get_short() == name.chars().next(),
    };
    arguments.any(|argument| is_it(argument) && argument.get_action().takes_values())
}

/// Says so where the shell has probably taken a `>` out of the text.
fn mention_redirection(surroundings: &Surroundings) {
    if surroundings.only_stdout_is_a_file() {
        surroundings.say(
            "note: stdout goes into a file: was `>` meant as text? The shell took it and the word behind it; type such text into `postmortem log` without words\n",
        );
    }
}

fn behind_the_words(
    option: &str,
    corrected: &str,
    command: &str,
    words: &[String],
) -> CommandError {
    let before: Vec<&str> = words.iter().map(String::as_str).collect();
    CommandError::new(format!(
        "`{option}` stands behind the text, and options come before it; nothing was saved"
    ))
    .help(format!("an option: {corrected}"))
    .help(format!(
        "a part of the text: postmortem {command} -- {}",
        shell::line(before)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_one_with_its_value_behind_it_as_well() {
        #[derive(clap::Args)]
        struct Some {
            #[arg(short, long)]
            time: Option<String>,
            #[arg(short)]
            quiet: bool,
        }
        let declared = Some::augment_args(clap::Command::new("words"));
        for option in ["-t", "-t5m", "--time", "--time=5m", "-q", "-h", "--help"] {
            assert!(is_option(option, &declared), "{option}");
        }
        for word in ["-40", "-", "--", "-quick", "--timeout", "t", "5m", "--t"] {
            assert!(!is_option(word, &declared), "{word}");
        }
    }

    #[test]
    fn a_sentence_is_one_line_and_nothing_is_lost() {
        let said = |text: &str| sentence(text).map(|said| (said.what, said.detail));
        assert_eq!(
            said(" rolled  back\n"),
            Some(("rolled back".to_owned(), None))
        );
        assert_eq!(said("\u{1b}[31m \n"), None);
        assert_eq!(said(""), None);
        for odd in [
            "- x",
            "# x",
            "a: b",
            "{x}",
            "@x",
            "null",
            "🔥 障害",
            "'",
            "<<",
            "%a",
        ] {
            assert_eq!(said(odd), Some((odd.to_owned(), None)));
        }
        assert_eq!(
            said("one\n  two\u{1b}[0m"),
            Some(("one".to_owned(), Some("one\n  two\n".to_owned())))
        );
        let long = "é".repeat(100_000);
        let (what, detail) = said(&long).expect("a sentence");
        assert_eq!(what.chars().count(), EXCERPT + 1);
        assert_eq!(detail.as_deref(), Some(long.as_str()));
    }
}
