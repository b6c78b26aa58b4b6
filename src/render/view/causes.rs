use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Cause, CauseRole, CauseState};

use super::sources::{SourceView, source};
use super::{Facts, Word, anchor, block, clean, line, spoken};

/// A cause with those behind it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CauseView {
    pub(crate) id: String,
    pub(crate) anchor: String,
    /// `Root cause`, `Trigger`; null where no part is given.
    pub(crate) role: Option<String>,
    pub(crate) state: Word,
    pub(crate) category: Option<String>,
    /// Part and category in a line, and that it is confirmed: `Root cause, confirmed, design`; null where
    /// nothing of it is told.
    pub(crate) heading: Option<String>,
    pub(crate) what: String,
    pub(crate) detail: Option<String>,
    pub(crate) evidence: Vec<SourceView>,
    pub(crate) accepted: Option<String>,
    /// The actions that answer it.
    pub(crate) actions: Vec<String>,
    pub(crate) internal: bool,
    /// Whether it stands elsewhere in full and is only referred to here.
    pub(crate) elsewhere: bool,
    pub(crate) because: Vec<CauseView>,
}

/// The causes one by one, without the trees: for pages that tell them in a sentence each. What was ruled out is
/// in none of the lists.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Factors {
    /// What set it off.
    pub(crate) trigger: Vec<CauseView>,
    /// What is confirmed: roots first, then triggers, then the rest.
    pub(crate) confirmed: Vec<CauseView>,
    /// What is only suspected, in the same order.
    pub(crate) suspected: Vec<CauseView>,
}

/// The causes by what is known of them.
pub fn factors(facts: &Facts<'_>) -> Factors {
    let mut causes: Vec<&Cause> = facts.postmortem.causes.iter().collect();
    causes.sort_by_key(|cause| match cause.role {
        Some(CauseRole::Root) => 0,
        Some(CauseRole::Trigger) => 1,
        Some(CauseRole::Contributing) => 2,
        Some(CauseRole::Prolonged) => 3,
        None => 4,
    });
    let of = |wanted: &dyn Fn(&Cause) -> bool| {
        let chosen = causes.iter().filter(|cause| wanted(cause));
        chosen.map(|cause| view(facts, cause)).collect()
    };
    Factors {
        trigger: of(&|cause| {
            cause.role == Some(CauseRole::Trigger) && cause.state != CauseState::RuledOut
        }),
        confirmed: of(&|cause| cause.state == CauseState::Confirmed),
        suspected: of(&|cause| cause.state == CauseState::Suspected),
    }
}

/// Deeper causes begin a tree of their own: nobody reads a page indented further than this.
const DEEPEST: usize = 6;

/// The causes as trees: what others are explained by stands below them, once. What was ruled out comes last.
pub fn tree(facts: &Facts<'_>) -> Vec<CauseView> {
    let causes = &facts.postmortem.causes;
    let explains: BTreeSet<&str> = causes
        .iter()
        .flat_map(|cause| cause.because.iter().filter(move |id| **id != cause.id))
        .map(|id| id.as_str())
        .collect();
    let mut forest = Forest {
        facts,
        by_id: BTreeMap::new(),
        shown: BTreeSet::new(),
    };
    for cause in causes {
        // Of two causes with one id the first is meant.
        forest.by_id.entry(cause.id.as_str()).or_insert(cause);
    }
    let mut trees = Vec::new();
    let is_root = |cause: &&Cause| !explains.contains(cause.id.as_str());
    // A second round takes what no root leads to: circles, and what stands too deep.
    for cause in causes.iter().filter(is_root).chain(causes) {
        if !forest.shown.contains(cause.id.as_str()) {
            trees.push(forest.grow(cause, 0));
        }
    }
    trees.sort_by_key(|tree| tree.state.word == CauseState::RuledOut.as_str());
    trees
}

struct Forest<'a> {
    facts: &'a Facts<'a>,
    by_id: BTreeMap<&'a str, &'a Cause>,
    /// The ids of causes that stand in a tree.
    shown: BTreeSet<&'a str>,
}

impl<'a> Forest<'a> {
    fn grow(&mut self, cause: &'a Cause, depth: usize) -> CauseView {
        let mut view = view(self.facts, cause);
        if depth > DEEPEST || !self.shown.insert(cause.id.as_str()) {
            view.elsewhere = true;
            return view;
        }
        for id in cause.because.iter().filter(|id| **id != cause.id) {
            if let Some(other) = self.by_id.get(id.as_str()).copied() {
                view.because.push(self.grow(other, depth + 1));
            }
        }
        view
    }
}

fn view(facts: &Facts<'_>, cause: &Cause) -> CauseView {
    let id = cause.id.as_str();
    let evidence = cause.evidence.iter().map(|item| SourceView {
        detail: block(&item.detail),
        internal: item.internal,
        ..source(facts, &item.what)
    });
    let answers = facts.postmortem.actions.iter();
    let role = cause.role.map(|role| match role {
        CauseRole::Root => "Root cause",
        CauseRole::Trigger => "Trigger",
        CauseRole::Contributing => "Contributing factor",
        CauseRole::Prolonged => "Made it last longer",
    });
    let category = cause
        .category
        .as_ref()
        .map(|category| match category.0.as_str() {
            "unknown" => "category unknown".to_owned(),
            known => spoken::word(&clean::line(known)),
        });
    let is_confirmed = cause.state == CauseState::Confirmed;
    let heading: Vec<&str> = role
        .into_iter()
        .chain(is_confirmed.then_some("confirmed"))
        .chain(category.as_deref())
        .collect();
    CauseView {
        id: id.to_owned(),
        anchor: anchor("cause", id),
        role: role.map(str::to_owned),
        heading: (!heading.is_empty()).then(|| spoken::capital(&heading.join(", "))),
        state: Word::new(
            cause.state.as_str(),
            match cause.state {
                CauseState::Confirmed => "good",
                CauseState::Suspected => "fair",
                CauseState::RuledOut => "calm",
            },
        ),
        category,
        what: clean::line(&cause.what),
        detail: block(&cause.detail),
        evidence: evidence.collect(),
        accepted: line(&cause.accepted),
        actions: answers
            .filter(|action| action.r#for.contains(&cause.id))
            .map(|action| action.id.as_str().to_owned())
            .collect(),
        internal: cause.internal,
        elsewhere: false,
        because: Vec::new(),
    }
}
