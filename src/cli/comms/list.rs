use serde::Serialize;

use crate::cli::chosen::Which;
use crate::cli::json::Format;
use crate::cli::screen::{Look, Screen};
use crate::cli::{CommandError, Outcome, Surroundings, echo, legible, record};
use crate::model::{Audience, Event, EventKind, Postmortem};

/// List what users, customers or the company were told, and when
#[derive(Debug, clap::Args)]
pub struct List {
    #[command(flatten)]
    which: Which,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl List {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let chosen = self.which.find(surroundings)?;
        let reading = record::settled(&chosen, surroundings)?;
        let document = legible::document(&reading, surroundings)?;
        let postmortem = document.postmortem();
        if self.format == Format::Json {
            return crate::cli::json::print(&CommsJson::of(postmortem), surroundings);
        }
        let now = surroundings.now()?;
        let zone = match postmortem.timezone.or(chosen.config.timezone) {
            Some(zone) => zone,
            None => surroundings.zone()?,
        };
        let mut screen = Screen::of(surroundings);
        screen.beside("", &postmortem.title, Look::Strong);
        let mut words = communications(postmortem).peekable();
        if words.peek().is_none() {
            screen.beside("  ", "nobody was told anything yet", Look::Faint);
        }
        for event in words {
            let (clock, ago) = echo::when(&event.at, now, zone);
            let audience = audience(event);
            let channel = event.channel.as_deref();
            let channel = channel.map_or_else(String::new, |channel| format!(", {channel}"));
            let ago = match ago.as_str() {
                "" => ago,
                ago => format!(", {ago}"),
            };
            screen.beside(
                "  ",
                &format!("{clock}{ago} · {audience}{channel}"),
                Look::Faint,
            );
            screen.hanging("    ", "    ", &event.what, Look::Plain);
        }
        surroundings.print(screen.into_text())?;
        Ok(Outcome::Fine)
    }
}

fn communications(postmortem: &Postmortem) -> impl Iterator<Item = &Event> {
    let events = postmortem.timeline.iter();
    events.filter(|event| event.kind.has(EventKind::Communication))
}

/// Whom it reached; where nothing is said it stayed inside.
fn audience(event: &Event) -> Audience {
    event.audience.unwrap_or(Audience::Internal)
}

/// What was told, for machines: one object, version 1, in the order of the document. A time is as the
/// document holds it.
#[derive(Serialize)]
struct CommsJson<'a> {
    version: u32,
    id: &'a str,
    title: &'a str,
    communications: Vec<CommJson<'a>>,
}

#[derive(Serialize)]
struct CommJson<'a> {
    at: String,
    audience: &'static str,
    channel: Option<&'a str>,
    what: &'a str,
    detail: Option<&'a str>,
    by: Option<&'a str>,
    source: Option<&'a str>,
    internal: bool,
}

impl<'a> CommsJson<'a> {
    fn of(postmortem: &'a Postmortem) -> Self {
        let communications = communications(postmortem).map(|event| CommJson {
            at: event.at.to_string(),
            audience: audience(event).as_str(),
            channel: event.channel.as_deref(),
            what: &event.what,
            detail: event.detail.as_deref(),
            by: event.by.as_ref().map(|by| by.as_str()),
            source: event.source.as_deref(),
            internal: event.internal,
        });
        Self {
            version: 1,
            id: postmortem.id.as_str(),
            title: &postmortem.title,
            communications: communications.collect(),
        }
    }
}
