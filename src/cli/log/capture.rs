//! The capture loop: a line is an event, saved at once.

use crate::cli::prompt::{Prompt, PromptError, TextQuestion};
use crate::cli::record::Record;
use crate::cli::{CommandError, Outcome};
use crate::model::{At, Event, EventKind, Kinds};
use crate::text::printable_line;

use super::timed::timed_line;
use super::{Log, save, time, undo};

/// Signs that give a line a kind, with what they are called in the line that explains them.
const SIGNS: [(char, EventKind); 5] = [
    ('!', EventKind::Detected),
    ('?', EventKind::Hypothesis),
    ('>', EventKind::Action),
    ('+', EventKind::Mitigated),
    ('=', EventKind::Resolved),
];

/// Asks for events until an empty line; each is saved before the next is asked for.
pub fn events(
    record: &Record<'_>,
    log: &Log,
    prompt: &mut dyn Prompt,
) -> Result<Outcome, CommandError> {
    let surroundings = record.surroundings;
    surroundings.say(introduction(record));
    let mut count = 0_usize;
    let mut begun = String::new();
    loop {
        let asked = prompt.text(&TextQuestion {
            words: "log",
            initial: &begun,
            completions: &[],
            takes_lines: true,
        });
        let typed = match asked {
            Ok(typed) => typed,
            Err(PromptError::End) => String::new(),
            Err(error) => {
                let kept = format!("{} kept in {}", counted(count), record.shown());
                return Err(error.ended(&kept));
            }
        };
        let word = Word::of(&typed);
        if typed.trim().is_empty() || matches!(word, Some(Word::Quit)) {
            surroundings.say(format!("{} in {}\n", counted(count), record.shown()));
            return Ok(Outcome::Fine);
        }
        if let Some(word) = word {
            begun.clear();
            let moment = Record::of(record.chosen.clone(), surroundings)?;
            if word.heed(&moment) {
                count = count.saturating_sub(1);
            }
            continue;
        }
        // What was pasted behind the last line break waits for its Enter.
        let (lines, rest) = match typed.rsplit_once('\n') {
            Some((lines, rest)) => (lines.to_owned(), rest.to_owned()),
            None => (typed, String::new()),
        };
        begun = rest;
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            // The clock has moved on since the last line.
            let moment = record.later()?;
            match line_event(&moment, log, line) {
                Ok(event) => {
                    save(&moment, vec![event], &mut |_| Ok(()))?.tell(&moment);
                    count += 1;
                }
                Err(error) => surroundings.say(error.as_note("nothing was saved")),
            }
            if is_option(line) {
                surroundings.say(OPTION);
            }
        }
    }
}

/// A line that is meant for the loop and is no event.
enum Word {
    Undo,
    Help,
    Status,
    Quit,
}

impl Word {
    /// A line that is nothing but such a word; in a paste of several lines every line is an event.
    fn of(typed: &str) -> Option<Self> {
        Some(match typed.trim().to_lowercase().as_str() {
            "undo" | "--undo" => Self::Undo,
            "help" | "--help" | "-h" | "?" => Self::Help,
            "status" => Self::Status,
            "quit" | "exit" | "q" | ":q" => Self::Quit,
            _ => return None,
        })
    }

    /// Does what the word says, and tells whether an event was taken back.
    fn heed(&self, record: &Record<'_>) -> bool {
        let surroundings = record.surroundings;
        match self {
            Self::Undo => match undo(record) {
                Ok(_) => return true,
                Err(error) => surroundings.say(error.text()),
            },
            Self::Help | Self::Quit => surroundings.say(introduction(record)),
            Self::Status => surroundings.say(
                "note: not saved as an event: an empty line ends, then `postmortem status` shows how things stand\n",
            ),
        }
        false
    }
}

/// Said of a line that was meant as an option, and was saved as it stands.
const OPTION: &str = "note: options mean nothing in a line, it was saved as it stands; `undo` takes it back, `@15:13 ! TEXT` gives a time and a kind\n";

fn is_option(line: &str) -> bool {
    let line = line.trim_start();
    let long = line.strip_prefix("--");
    let is_long = long.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
    is_long || line.starts_with("-t ") || line.starts_with("-k ")
}

fn introduction(record: &Record<'_>) -> String {
    let signs: Vec<String> = SIGNS
        .iter()
        .map(|(sign, kind)| format!("{sign} {}", kind.as_str()))
        .collect();
    format!(
        "{}: a line is an event, saved at once; an empty line ends\nSigns: {}  @15:13 time   Words: undo help quit\n",
        printable_line(record.shown()),
        signs.join("  ")
    )
}

/// The event of a line: `! alerts paged the team`, `@15:13 ! alerts paged the team`. Where the time cannot
/// be used, the whole line is what happened now.
fn line_event(record: &Record<'_>, log: &Log, line: &str) -> Result<Event, CommandError> {
    let mut rest = line.trim();
    let mut at: Option<At> = None;
    if let Some(timed) = rest.strip_prefix('@') {
        let read = timed_line(timed, record)
            .and_then(|(typed, text)| Ok((time(&typed, false, record, text)?, text)));
        match read {
            Ok((time, text)) => {
                at = Some(time);
                rest = text.trim_start();
            }
            // Whoever types this is busy: the words are kept, and the time can be mended later.
            Err(error) => {
                let note = error.as_note("the line is saved as it stands, with the time of now");
                record.surroundings.say(note);
            }
        }
    }
    let sign = SIGNS
        .iter()
        .find_map(|(sign, kind)| Some((rest.strip_prefix(*sign)?, *kind)));
    let (text, kind) = match sign {
        Some((text, kind)) => (text.trim_start(), Some(kind)),
        None => (rest, None),
    };
    let mut event = log.event(record, text)?;
    if let Some(at) = at {
        event.at = at;
    }
    if let Some(kind) = kind {
        event.kind = Kinds::new(kind, []);
    }
    Ok(event)
}

fn counted(count: usize) -> String {
    match count {
        1 => "1 event".to_owned(),
        count => format!("{count} events"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_only_a_word_of_the_loop_is_no_event() {
        for typed in ["undo", " Undo ", "help", "?", "status", "quit", "exit"] {
            assert!(Word::of(typed).is_some(), "{typed}");
        }
        for typed in ["undo the rollout", "help is on its way", "one\nundo\n"] {
            assert!(Word::of(typed).is_none(), "{typed}");
        }
        for typed in ["-t 15:13 x", "-k detected x", "--kind x"] {
            assert!(is_option(typed), "{typed}");
        }
        for typed in ["--- a/file", "-", "- x", "-5 degrees", "-- x"] {
            assert!(!is_option(typed), "{typed}");
        }
    }
}
