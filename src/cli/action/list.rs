use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::chosen::Which;
use crate::cli::json::Format;
use crate::cli::screen::{Look, Screen};
use crate::cli::{CommandError, Outcome, Surroundings, legible, record};
use crate::model::{Action, ActionStatus, Day, Postmortem};
use crate::render::{Page, Readers};

/// List the actions, with their owners, due dates and states
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
        let today = surroundings.today(postmortem.timezone)?;
        if self.format == Format::Json {
            return crate::cli::json::print(&ActionsJson::of(postmortem, today), surroundings);
        }
        let mut screen = Screen::of(surroundings);
        screen.beside("", &postmortem.title, Look::Strong);
        let page = Page::of(postmortem, &chosen.config, Readers::Internal);
        match &page.actions {
            Some(actions) => super::items(&actions.items, today, &mut screen),
            None => screen.beside("  ", "nothing is to be done yet", Look::Faint),
        }
        surroundings.print(screen.into_text())?;
        Ok(Outcome::Fine)
    }
}

/// The actions of an incident, for machines: one object, version 1, in the order of the document.
#[derive(Serialize)]
struct ActionsJson<'a> {
    version: u32,
    id: &'a str,
    title: &'a str,
    /// The day that `overdue` speaks of.
    as_of: String,
    actions: Vec<ActionJson<'a>>,
}

#[derive(Serialize)]
struct ActionJson<'a> {
    id: &'a str,
    what: &'a str,
    detail: Option<&'a str>,
    kind: Option<&'static str>,
    r#for: Vec<&'a str>,
    owner: Option<&'a str>,
    priority: Option<&'static str>,
    due: Option<String>,
    overdue: bool,
    status: &'static str,
    done_on: Option<String>,
    outcome: Option<&'a str>,
    reason: Option<&'a str>,
    ticket: Option<&'a str>,
    internal: bool,
}

impl<'a> ActionsJson<'a> {
    fn of(postmortem: &'a Postmortem, today: NaiveDate) -> Self {
        Self {
            version: 1,
            id: postmortem.id.as_str(),
            title: &postmortem.title,
            as_of: Day(today).to_string(),
            actions: (postmortem.actions.iter())
                .map(|action| ActionJson::of(action, today))
                .collect(),
        }
    }
}

impl<'a> ActionJson<'a> {
    fn of(action: &'a Action, today: NaiveDate) -> Self {
        let is_open = matches!(action.status, ActionStatus::Open | ActionStatus::InProgress);
        Self {
            id: action.id.as_str(),
            what: &action.what,
            detail: action.detail.as_deref(),
            kind: action.kind.map(|kind| kind.as_str()),
            r#for: action.r#for.iter().map(|id| id.as_str()).collect(),
            owner: action.owner.as_ref().map(|owner| owner.as_str()),
            priority: action.priority.map(|priority| priority.as_str()),
            due: action.due.map(|due| due.to_string()),
            overdue: is_open && action.due.is_some_and(|due| due.0 < today),
            status: action.status.as_str(),
            done_on: action.done_on.map(|day| day.to_string()),
            outcome: action.outcome.as_deref(),
            reason: action.reason.as_deref(),
            ticket: action.ticket.as_deref(),
            internal: action.internal,
        }
    }
}
