//! What is said on a command line without quotes: options first, then words.

use clap::Args;

use crate::diagnostic::secrets;
use crate::text::{excerpt, plain};

use super::{CommandError, Surroundings};

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
            return Err(behind_the_words(option, command, words));
        }
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
    let what = excerpt(&line(first), EXCERPT);
    let detail = Some(detail(text)?);
    Some(Sentence { what, detail })
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
    let mut shorts = declared.get_arguments();
    let is_known = shorts.any(|argument| argument.get_short() == Some(short));
    is_known && letters.next().is_none() || word == "-h"
}

fn behind_the_words(option: &str, command: &str, words: &[String]) -> CommandError {
    let before: Vec<&str> = words.iter().map(String::as_str).collect();
    CommandError::new(format!(
        "`{option}` stands behind the text, and options come before it; nothing was saved"
    ))
    .help(format!("an option: postmortem {command} {option} … TEXT"))
    .help(format!(
        "a part of the text: postmortem {command} -- {}",
        excerpt(&before.join(" "), EXCERPT)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

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
