use serde::Serialize;

use crate::cli::chosen::Which;
use crate::cli::json::Format;
use crate::cli::screen::{Look, Screen};
use crate::cli::{CommandError, Outcome, Surroundings, legible, record};
use crate::model::{Cause, Postmortem, TextItem};
use crate::render::{Page, Readers};

/// List the causes as a tree of whys, with how sure we are of each
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
            return crate::cli::json::print(&CausesJson::of(postmortem), surroundings);
        }
        let mut screen = Screen::of(surroundings);
        screen.beside("", &postmortem.title, Look::Strong);
        if postmortem.causes.is_empty() {
            screen.beside("  ", "no cause is suspected yet", Look::Faint);
        } else {
            let page = Page::of(postmortem, &chosen.config, Readers::Internal);
            super::tree(&page.causes, &mut screen);
        }
        surroundings.print(screen.into_text())?;
        Ok(Outcome::Fine)
    }
}

/// The causes of an incident, for machines: one object, version 1, in the order of the document.
#[derive(Serialize)]
struct CausesJson<'a> {
    version: u32,
    id: &'a str,
    title: &'a str,
    causes: Vec<CauseJson<'a>>,
}

#[derive(Serialize)]
struct CauseJson<'a> {
    id: &'a str,
    role: Option<&'static str>,
    state: &'static str,
    category: Option<&'a str>,
    what: &'a str,
    detail: Option<&'a str>,
    because: Vec<&'a str>,
    evidence: Vec<EvidenceJson<'a>>,
    accepted: Option<&'a str>,
    /// The ids of the actions that answer it.
    actions: Vec<&'a str>,
    internal: bool,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    what: &'a str,
    detail: Option<&'a str>,
    internal: bool,
}

impl<'a> CausesJson<'a> {
    fn of(postmortem: &'a Postmortem) -> Self {
        Self {
            version: 1,
            id: postmortem.id.as_str(),
            title: &postmortem.title,
            causes: (postmortem.causes.iter())
                .map(|cause| CauseJson::of(cause, postmortem))
                .collect(),
        }
    }
}

impl<'a> CauseJson<'a> {
    fn of(cause: &'a Cause, postmortem: &'a Postmortem) -> Self {
        let actions = postmortem.actions.iter();
        Self {
            id: cause.id.as_str(),
            role: cause.role.map(|role| role.as_str()),
            state: cause.state.as_str(),
            category: cause.category.as_ref().map(|category| category.0.as_str()),
            what: &cause.what,
            detail: cause.detail.as_deref(),
            because: cause.because.iter().map(|id| id.as_str()).collect(),
            evidence: cause.evidence.iter().map(EvidenceJson::of).collect(),
            accepted: cause.accepted.as_deref(),
            actions: actions
                .filter(|action| action.r#for.contains(&cause.id))
                .map(|action| action.id.as_str())
                .collect(),
            internal: cause.internal,
        }
    }
}

impl<'a> EvidenceJson<'a> {
    fn of(item: &'a TextItem) -> Self {
        Self {
            what: &item.what,
            detail: item.detail.as_deref(),
            internal: item.internal,
        }
    }
}
