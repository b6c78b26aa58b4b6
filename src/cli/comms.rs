mod list;

use crate::model::{Audience, Event, EventKind, Key};

use super::chosen::Which;
use super::named::named;
use super::prompt::{Prompt, TerminalPrompt, TextQuestion};
use super::record::Record;
use super::{CommandError, Outcome, Surroundings, log, words};

/// Write down what users, customers or the company were told
///
/// A word to the public, now or at the time given, unless --audience says otherwise. Options come
/// first, everything behind them is text.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    override_usage = "postmortem comms [OPTIONS] [TEXT]...",
    after_help = "\
Examples:
  postmortem comms We are looking into errors of the API
  postmortem comms -t 5m --channel \"status page\" The API answers again
  postmortem comms --audience internal The board was called"
)]
pub struct Comms {
    #[command(subcommand)]
    command: Option<CommsCommand>,

    /// What was said
    #[arg(value_name = "TEXT", trailing_var_arg = true)]
    text: Vec<String>,

    /// When: 5m (ago), 14:32, yesterday 23:50, 2024-12-11 15:16, a day, or unknown
    #[arg(short, long, value_name = "TIME", allow_hyphen_values = true)]
    time: Option<String>,

    /// Whom it reached: public, customers or internal
    #[arg(long, value_name = "AUDIENCE", default_value = "public", value_parser = audience)]
    audience: Audience,

    /// Where it was said, such as `status page`
    #[arg(long, value_name = "CHANNEL")]
    channel: Option<String>,

    /// Where it can be read: an address, or a link's id
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,

    /// Who said it: a short name, a key of `people`
    #[arg(long, value_name = "NAME")]
    by: Option<Key>,

    #[command(flatten)]
    which: Which,
}

#[derive(Debug, clap::Subcommand)]
enum CommsCommand {
    List(list::List),
}

impl Comms {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        if let Some(CommsCommand::List(list)) = &self.command {
            return list.run(surroundings);
        }
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
        let text = words::joined::<Self>(&self.text, "comms", surroundings)?;
        let record = Record::open_for(&text, &self.which, surroundings)?;
        let timed = log::timed(self.time.as_deref(), &self.text, "comms", &record)?;
        let text = match (timed.text.trim(), prompt) {
            ("", Some(prompt)) => asked(prompt, &record)?,
            _ => timed.text,
        };
        words::not_too_long(&text)?;
        let sentence = words::sentence(&text).ok_or_else(|| {
            CommandError::new("the text is missing")
                .help("postmortem comms We are looking into errors of the API")
        })?;
        words::mention_secrets(&text, surroundings);
        let at = match &timed.time {
            Some(typed) => log::time(typed, false, &record, &text)?,
            None => log::now(&record),
        };
        let mut event = Event::new(at, EventKind::Communication, sentence.what);
        event.detail = sentence.detail;
        event.audience = Some(self.audience);
        event.channel.clone_from(&self.channel);
        event.source.clone_from(&self.source);
        event.by.clone_from(&self.by);
        log::save(&record, vec![event], &mut |_| Ok(()))?.tell(&record);
        Ok(Outcome::Fine)
    }
}

fn asked(prompt: &mut dyn Prompt, record: &Record<'_>) -> Result<String, CommandError> {
    prompt
        .text(&TextQuestion {
            words: "What was said?",
            ..TextQuestion::default()
        })
        .map_err(|error| error.ended(&format!("nothing was changed in {}", record.shown())))
}

fn audience(word: &str) -> Result<Audience, String> {
    named(word, Audience::ALL, &[])
}
