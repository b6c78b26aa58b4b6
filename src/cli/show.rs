mod head;
mod impact;
mod rest;
#[cfg(test)]
mod tests;
mod timeline;

use std::path::Path;

use crate::render::{Page, Readers};

use super::chosen::{Chosen, Which};
use super::input::Input;
use super::screen::{Look, Screen};
use super::{CommandError, Outcome, Surroundings, action, cause, legible, record};

/// Read a document in the terminal
///
/// Everything in it, with what follows from its times, the timeline with the distance of each event from
/// the start. A document with mistakes is shown as far as it can be read.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  postmortem show
  postmortem show 2024-12-11-api-errors | less")]
pub struct Show {
    /// The incident: its id, a part of it, its file, or `-` for stdin. The open one if none is named, else the newest
    #[arg(value_name = "ID|FILE")]
    incident: Option<String>,
}

impl Show {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let (input, config) = match self.incident.as_deref() {
            Some("-") => {
                let (config, _) = crate::config::Config::find(&surroundings.folder)?;
                (Input::named(Path::new("-"), surroundings)?, config)
            }
            named => {
                let chosen = match named {
                    Some(named) => Chosen::named(named, surroundings)?,
                    None => Which::default().find_or_newest(surroundings)?,
                };
                record::settle(&chosen, surroundings);
                (chosen.input(), chosen.config)
            }
        };
        let reading = input.read()?;
        let document = legible::document(&reading, surroundings)?;
        let page = Page::of(document.postmortem(), &config, Readers::Internal);
        let mut screen = Screen::of(surroundings);
        draw(
            &page,
            surroundings.today(document.postmortem().timezone)?,
            &mut screen,
        );
        surroundings.print(screen.into_text())?;
        Ok(Outcome::Fine)
    }
}

/// Draws the whole document.
fn draw(page: &Page, today: chrono::NaiveDate, screen: &mut Screen) {
    head::draw(page, screen);
    section(screen, "Summary", page.summary.as_deref());
    impact::draw(page, screen);
    if !page.causes.is_empty() {
        screen.heading("Why it happened");
        cause::tree(&page.causes, screen);
    }
    timeline::draw(page, screen);
    rest::how_it_was_fixed(page, screen);
    rest::dependencies(page, screen);
    rest::lessons(page, screen);
    if let Some(actions) = &page.actions {
        screen.heading("What will change");
        action::items(&actions.items, today, screen);
    }
    section(screen, "Background", page.background.as_deref());
    rest::references(page, screen);
    rest::internal_facts(page, screen);
    section(screen, "Internal notes", page.internal_notes.as_deref());
}

fn section(screen: &mut Screen, title: &str, text: Option<&str>) {
    if let Some(text) = text {
        screen.heading(title);
        screen.prose("  ", text, Look::Plain);
    }
}
