//! The capture loop: a line is an event, saved at once.

use crate::cli::prompt::{Prompt, TextQuestion};
use crate::cli::record::Record;
use crate::cli::{CommandError, Outcome};
use crate::model::{At, Event, EventKind, Kinds};
use crate::text::printable_line;

use super::{Log, save, time};

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
            Err(error) => {
                let kept = format!("{} kept in {}", counted(count), record.shown());
                return Err(error.ended(&kept));
            }
        };
        if typed.trim().is_empty() {
            surroundings.say(format!("{} in {}\n", counted(count), record.shown()));
            return Ok(Outcome::Fine);
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
                Err(error) => {
                    surroundings.say(error.text());
                    begun = line.to_owned();
                }
            }
        }
    }
}

fn introduction(record: &Record<'_>) -> String {
    let signs: Vec<String> = SIGNS
        .iter()
        .map(|(sign, kind)| format!("{sign} {}", kind.as_str()))
        .collect();
    format!(
        "{}: a line is an event, saved at once; an empty line ends\nSigns: {}  @15:13 time\n",
        printable_line(record.shown()),
        signs.join("  ")
    )
}

/// The event of a line: `! alerts paged the team`, `@15:13 ! alerts paged the team`.
fn line_event(record: &Record<'_>, log: &Log, line: &str) -> Result<Event, CommandError> {
    let mut rest = line.trim();
    let mut at: Option<At> = None;
    if let Some(timed) = rest.strip_prefix('@') {
        let (typed, text) = timed.split_once(char::is_whitespace).unwrap_or((timed, ""));
        at = Some(time(typed, false, record, text)?);
        rest = text.trim_start();
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
