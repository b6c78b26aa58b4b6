mod attachment;
mod capture;
mod saving;
mod timed;

use std::io::{BufRead, Read};
use std::path::PathBuf;

use crate::model::{At, Audience, Event, EventKind, Key, Kinds, Moment};
use crate::text::{excerpt, printable_line};

use super::chosen::Which;
use super::named::named;
use super::prompt::{Prompt, TerminalPrompt};
use super::record::{Record, Undone};
use super::typed_time::TypedTime;
use super::{CommandError, Outcome, Surroundings, echo, shell, status, words};

pub use saving::save;
pub use timed::timed;

/// Write down what happens: one event, now or at the time given
///
/// Needs no quotes: options come first, everything behind them is text. Without text on a terminal
/// every line is an event, saved at once; from a pipe too, and with `-` always. The shell keeps
/// `> # $ * & ( ) '` for itself: such text goes in quotes, or into `postmortem log` without words.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Kinds: started detected acknowledged declared identified mitigated resolved (milestones), change
alert report impact recovery escalation hypothesis decision action communication note
Times: 5m (ago), 1h30m, 14:32 (the last time it was), yesterday 23:50, 2024-12-11 15:16

Examples:
  postmortem log rolled back the deploy
  postmortem log -t 15:13 -k detected alerts paged the cluster team
  kubectl get events | postmortem log --detail - pods do not start
  postmortem log --attach errors.png errors rise on all nodes
  postmortem log --undo")]
pub struct Log {
    /// What happened; `-` reads one event a line from stdin
    #[arg(value_name = "TEXT", trailing_var_arg = true)]
    text: Vec<String>,

    /// When: 5m (ago), 14:32, yesterday 23:50, 2024-12-11 15:16, a day, or unknown
    #[arg(short, long, value_name = "TIME", allow_hyphen_values = true)]
    time: Option<String>,

    /// Let the time lie in the future: +20m, tomorrow 9:00
    #[arg(long, requires = "time")]
    future: bool,

    /// What kind of event; repeat it, or separate several with commas
    #[arg(short, long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    kind: Vec<EventKind>,

    /// Who did it or saw it: a short name, a key of `people`
    #[arg(long, value_name = "NAME")]
    by: Option<Key>,

    /// A service it concerns; repeat it, or separate several with commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    service: Vec<String>,

    /// Where it is known from: an address, or a link's id
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,

    /// For a communication: whom it reached
    #[arg(long, value_name = "AUDIENCE", value_parser = audience)]
    audience: Option<Audience>,

    /// For a communication: where it was said, such as `status page`
    #[arg(long, value_name = "CHANNEL")]
    channel: Option<String>,

    /// Output or an excerpt to keep with the event; `-` reads it from stdin
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    detail: Option<String>,

    /// Copy a picture or a file beside the document
    #[arg(long, value_name = "FILE")]
    attach: Option<PathBuf>,

    /// What the attached picture shows, for those who cannot see it
    #[arg(long, value_name = "TEXT", requires = "attach")]
    alt: Option<String>,

    /// A reader in a hurry must see it
    #[arg(long)]
    key: bool,

    /// The time is an estimate
    #[arg(long)]
    about: bool,

    /// Keep it out of everything public
    #[arg(long)]
    internal: bool,

    /// Take your last event back
    #[arg(long, conflicts_with_all = ["text", "time", "kind", "detail", "attach"])]
    undo: bool,

    #[command(flatten)]
    which: Which,
}

impl Log {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let mut terminal = TerminalPrompt {
            colour: surroundings.stderr_colour(),
        };
        let prompt = surroundings
            .can_ask()
            .then_some(&mut terminal as &mut dyn Prompt);
        self.run_with(surroundings, prompt)
    }

    fn run_with(
        &self,
        surroundings: &Surroundings,
        prompt: Option<&mut dyn Prompt>,
    ) -> Result<Outcome, CommandError> {
        let text = words::joined::<Self>(&self.text, "log", surroundings)?;
        let record = self.open(&text, surroundings)?;
        let timed = timed(self.time.as_deref(), &self.text, "log", &record)?;
        let given = Self {
            time: timed.time,
            text: match timed.text.as_str() {
                "" => Vec::new(),
                _ => self.text.clone(),
            },
            ..self.clone()
        };
        given.save(&record, &timed.text, prompt)
    }

    /// Saves what was said, or what lines say.
    fn save(
        &self,
        record: &Record<'_>,
        text: &str,
        prompt: Option<&mut dyn Prompt>,
    ) -> Result<Outcome, CommandError> {
        let surroundings = record.surroundings;
        let reads_lines = text == "-";
        if reads_lines && self.detail.as_deref() == Some("-") {
            return Err(
                CommandError::new("`-` stands for the events and for the detail of one")
                    .help("postmortem log --detail - TEXT keeps the output with one event"),
            );
        }
        if self.undo {
            return undo(record);
        }
        if reads_lines {
            return self.lines(record);
        }
        if text.trim().is_empty() {
            let has_nothing_else = self.detail.is_none() && self.attach.is_none();
            if self.text.is_empty() && has_nothing_else && !surroundings.stdin_is_terminal() {
                return self.lines(record);
            }
            return match prompt {
                Some(prompt) if has_nothing_else => capture::events(record, self, prompt),
                _ => Err(nothing_said()),
            };
        }
        let mut event = self.event(record, text)?;
        if let Some(detail) = self.detail()? {
            words::mention_secrets(&detail, surroundings);
            event.detail = match event.detail {
                Some(first) => Some(format!("{}\n\n{detail}", first.trim_end())),
                None => Some(detail),
            };
        }
        let attachment = match &self.attach {
            Some(file) => Some(attachment::copied(
                record,
                file,
                &event,
                self.alt.as_deref(),
            )?),
            None => None,
        };
        let saved = save(record, vec![event], &mut |postmortem| {
            if let Some(attachment) = &attachment {
                postmortem.attachments.push(attachment.clone());
            }
            Ok(())
        })?;
        saved.tell(record);
        let first = text.split_whitespace().next().unwrap_or_default();
        if self.time.is_none()
            && !surroundings.are_words(self.text.len())
            && TypedTime::is_clock(first)
        {
            surroundings.say(format!(
                "note: saved as of now; if `{first}` is when it was: postmortem log --undo, then postmortem log -t {first} …\n"
            ));
        }
        if let (Some(attachment), false) = (&attachment, saved.is_in_place()) {
            surroundings.say(format!(
                "note: `{}` lies beside the document, but is not named in it yet\n",
                attachment.file
            ));
        }
        Ok(Outcome::Fine)
    }

    /// Finds the document. A mistake there must not cost what was typed.
    fn open<'s>(
        &self,
        text: &str,
        surroundings: &'s Surroundings,
    ) -> Result<Record<'s>, CommandError> {
        // `-` stands for lines that nobody has read yet.
        let typed = if text == "-" { "" } else { text };
        Record::open_for(typed, &self.which, surroundings)
    }

    /// The event that a text makes with the options given.
    fn event(&self, record: &Record<'_>, text: &str) -> Result<Event, CommandError> {
        words::not_too_long(text)?;
        let sentence = words::sentence(text).ok_or_else(nothing_said)?;
        words::mention_secrets(text, record.surroundings);
        let mut event = Event::new(self.at(record, text)?, EventKind::Note, sentence.what);
        if let Some((first, more)) = self.kind.split_first() {
            event.kind = Kinds::new(*first, more.iter().copied());
        }
        event.detail = sentence.detail;
        event.services = self.services();
        event.by.clone_from(&self.by);
        event.source.clone_from(&self.source);
        event.audience = self.audience;
        event.channel.clone_from(&self.channel);
        event.key = self.key;
        event.about = self.about;
        event.internal = self.internal;
        Ok(event)
    }

    fn at(&self, record: &Record<'_>, text: &str) -> Result<At, CommandError> {
        let Some(typed) = &self.time else {
            return Ok(now(record));
        };
        time(typed, self.future, record, text)
    }

    fn services(&self) -> Vec<String> {
        let mut services: Vec<String> = Vec::new();
        for name in self.service.iter().map(|name| name.trim()) {
            if !name.is_empty() && !services.iter().any(|known| known == name) {
                services.push(name.to_owned());
            }
        }
        services
    }

    fn detail(&self) -> Result<Option<String>, CommandError> {
        let text = match self.detail.as_deref() {
            None => return Ok(None),
            Some("-") => piped()?,
            Some(text) => text.to_owned(),
        };
        words::not_too_long(&text)?;
        Ok(words::detail(&text))
    }

    /// Each line of stdin as an event, saved when it comes.
    fn lines(&self, record: &Record<'_>) -> Result<Outcome, CommandError> {
        let mut count = 0_usize;
        let mut stdin = std::io::stdin().lock();
        loop {
            let mut line = Vec::new();
            // A device need not end.
            let most = words::LONGEST_DETAIL as u64 + 2;
            let read = stdin.by_ref().take(most).read_until(b'\n', &mut line);
            match read {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    return Err(CommandError::new(format!("stdin cannot be read: {error}")));
                }
            }
            let line = String::from_utf8_lossy(&line);
            words::not_too_long(&line)?;
            if words::sentence(&line).is_none() {
                continue;
            }
            let moment = record.later()?;
            let event = self.event(&moment, &line)?;
            save(&moment, vec![event], &mut |_| Ok(()))?.tell(&moment);
            count += 1;
        }
        if count == 0 {
            return Err(match self.text.is_empty() {
                true => nothing_said(),
                false => CommandError::new("nothing came in on stdin"),
            });
        }
        Ok(Outcome::Fine)
    }
}

/// The current time as documents hold it.
pub fn now(record: &Record<'_>) -> At {
    let local = record.now.with_timezone(&record.zone.tz());
    At::Known(Moment::at(local.fixed_offset()))
}

/// The time that was typed for a text.
pub fn time(
    typed: &str,
    may_be_ahead: bool,
    record: &Record<'_>,
    text: &str,
) -> Result<At, CommandError> {
    if typed.trim().eq_ignore_ascii_case("unknown") {
        return Ok(At::Unknown);
    }
    let read = match may_be_ahead {
        true => TypedTime::parse_ahead,
        false => TypedTime::parse,
    };
    match read(typed, record.now, record.zone) {
        Ok(time) => Ok(At::Known(time.moment().clone())),
        Err(error) => {
            let ahead = TypedTime::parse_ahead(typed, record.now, record.zone).is_ok();
            let refused = CommandError::new(error.message);
            Err(match ahead && !may_be_ahead {
                true => refused
                    .help(format!(
                        "what has not happened yet is an action: postmortem action add {}",
                        shell::quoted(text)
                    ))
                    .help("for an event that is to come, add --future")
                    .typed(text),
                false => refused.help(error.help).typed(text),
            })
        }
    }
}

fn undo(record: &Record<'_>) -> Result<Outcome, CommandError> {
    let mut attached = None;
    let mut left = None;
    let undone = record.undo(&mut |postmortem, event| {
        attached = attachment::taken_out(record, postmortem, event);
        left = status::left_without(postmortem, event);
    });
    match undone {
        Ok(Undone::Event(event)) => {
            let line = echo::event(&event, record.now, record.zone);
            record.surroundings.say(format!("taken back: {line}\n"));
            if let Some(file) = attached {
                record.surroundings.say(format!(
                    "`{}` is not attached any more; the file stays on disk\n",
                    printable_line(&file)
                ));
            }
            if let Some((status, before)) = left {
                record.surroundings.say(format!(
                    "status: still {status}; to set it back: postmortem status {before}\n"
                ));
            }
            Ok(Outcome::Fine)
        }
        Ok(Undone::Changed(what)) => Err(CommandError::new(format!(
            "`{}` was changed or taken out since you logged it; nothing was taken back",
            excerpt(&what, 60)
        ))
        .help("take it out in the file: postmortem edit")
        .help("take back the one before it: postmortem log --undo")),
        Ok(Undone::Nothing) => Err(CommandError::new(format!(
            "`{}` has no event that you logged from here",
            record.shown()
        ))
        .help("take others out in the file: postmortem edit")),
        Err(unchanged) => Err(record.told(unchanged, "")),
    }
}

fn piped() -> Result<String, CommandError> {
    let mut bytes = Vec::new();
    let most = words::LONGEST_DETAIL as u64 + 1;
    std::io::stdin()
        .lock()
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| CommandError::new(format!("stdin cannot be read: {error}")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn nothing_said() -> CommandError {
    CommandError::new("the text is missing").help("postmortem log rolled back the deploy")
}

/// What people say instead of a kind.
const OTHER_KINDS: [(&str, &str); 12] = [
    ("fix", "did you mean `change`, `action` or `mitigated`?"),
    ("fixed", "did you mean `mitigated` or `resolved`?"),
    ("deploy", "did you mean `change`?"),
    ("deployment", "did you mean `change`?"),
    ("rollback", "did you mean `action` or `change`?"),
    ("page", "did you mean `alert`?"),
    ("paged", "did you mean `alert`?"),
    ("comms", "did you mean `communication`?"),
    ("end", "did you mean `resolved`?"),
    ("ended", "did you mean `resolved`?"),
    ("closed", "did you mean `resolved`?"),
    (
        "milestone",
        "a milestone is one of started, detected, acknowledged, declared, identified, mitigated, resolved",
    ),
];

fn kind(word: &str) -> Result<EventKind, String> {
    named(word, EventKind::ALL, &OTHER_KINDS)
}

fn audience(word: &str) -> Result<Audience, String> {
    named(word, Audience::ALL, &[])
}
