use std::cell::OnceCell;

use crate::config::Config;
use crate::document::Document;
use crate::model::{Action, ActionStatus, Postmortem, Resolved, View};
use crate::path;
use crate::text::Span;
use crate::yaml::Path;

use super::Around;
use super::clocks::{Clock, Spot, clocks};
use super::harm::Harm;
use super::language::Language;

/// What a rule sees: a document, its times placed once, and what the organisation says.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The document with its places.
    pub document: &'a Document,
    /// What it says.
    pub postmortem: &'a Postmortem,
    /// The organisation's words.
    pub config: &'a Config,
    /// What is around the document and not in it.
    pub around: Around<'a>,
    /// Every time in the document.
    pub clocks: Vec<Clock<'a>>,
    events: Vec<Option<Resolved>>,
    mistakes: Vec<usize>,
    /// Where the lines stand that begin a section.
    sections: OnceCell<Vec<usize>>,
    language: OnceCell<Language<'a>>,
    harm: OnceCell<Vec<Harm<'a>>>,
}

impl<'a> Subject<'a> {
    /// `mistakes` are the bytes at which mistakes of shape were found.
    pub(super) fn new(
        document: &'a Document,
        config: &'a Config,
        around: Around<'a>,
        mistakes: Vec<usize>,
    ) -> Self {
        let postmortem = document.postmortem();
        let clocks = clocks(postmortem);
        let mut events = vec![None; postmortem.timeline.len()];
        for clock in &clocks {
            if let (Spot::EventAt(index), Ok(resolved)) = (clock.spot, &clock.meaning) {
                events[index] = Some(*resolved);
            }
        }
        Self {
            document,
            postmortem,
            config,
            around,
            clocks,
            events,
            mistakes,
            sections: OnceCell::new(),
            language: OnceCell::new(),
            harm: OnceCell::new(),
        }
    }

    /// The document's texts as sentences, made when a rule of language first asks.
    pub fn language(&self) -> &Language<'a> {
        self.language
            .get_or_init(|| Language::new(self.postmortem, self.config))
    }

    /// The texts in which harm is told in numbers.
    pub fn harm(&self) -> &[Harm<'a>] {
        self.harm.get_or_init(|| Harm::of(self.postmortem))
    }

    /// When an event was; nothing where it is unknown or cannot be told.
    pub fn event(&self, index: usize) -> Option<Resolved> {
        self.events.get(index).copied().flatten()
    }

    /// The time that stands in a field, where one does.
    pub fn clock(&self, spot: Spot) -> Option<&Clock<'a>> {
        self.clocks.iter().find(|clock| clock.spot == spot)
    }

    /// Whether the incident is our own, so that owners, dates and promises can be asked for.
    pub fn is_own(&self) -> bool {
        self.postmortem.view == View::Own
    }

    /// The actions of an incident of our own; of others' nobody outside knows the owners and dates.
    pub fn own_actions(&self) -> impl Iterator<Item = (usize, &'a Action)> {
        let actions = self.postmortem.actions.iter().enumerate();
        actions.filter(|_| self.is_own())
    }

    /// Those of them that are still to be done.
    pub fn open_own_actions(&self) -> impl Iterator<Item = (usize, &'a Action)> {
        self.own_actions().filter(|(_, action)| {
            matches!(action.status, ActionStatus::Open | ActionStatus::InProgress)
        })
    }

    /// Whether a mistake of shape stands in a section of the document: what is not there any more may
    /// have been lost to it.
    pub fn has_lost(&self, section: &str) -> bool {
        if self.mistakes.is_empty() {
            return false;
        }
        let key = self.document.key_place(&path![section]);
        let text = self.document.source().text();
        let all = self.sections.get_or_init(|| sections(text));
        let next = all.partition_point(|start| *start <= key.end);
        let section = key.start..all.get(next).copied().unwrap_or(text.len());
        self.mistakes.iter().any(|place| section.contains(place))
    }

    /// Where a value stands.
    pub fn place(&self, path: &Path) -> Span {
        self.document.place(path)
    }
}

/// The lines of a document that do not belong to what stands above them.
fn sections(text: &str) -> Vec<usize> {
    let goes_on = |byte: u8| {
        matches!(
            byte,
            b' ' | b'\t' | b'-' | b'#' | b'\n' | b'\r' | b']' | b'}'
        )
    };
    let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
    let begins = |start: &usize| {
        text.as_bytes()
            .get(*start)
            .is_some_and(|byte| !goes_on(*byte))
    };
    starts.filter(begins).collect()
}
