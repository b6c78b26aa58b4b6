use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Action, ActionStatus, Day, EventKind, Postmortem, Times};

use super::super::clock::{Clock, long_day};
use super::people::{PersonView, person};
use super::sources::{SourceView, source};
use super::{Facts, Word, anchor, block, clean, line, spoken};

/// What is to be done, and which columns of it say anything.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Actions {
    pub(crate) items: Vec<ActionView>,
    pub(crate) has_kind: bool,
    pub(crate) has_owner: bool,
    pub(crate) has_due: bool,
    pub(crate) has_priority: bool,
}

/// A day, for machines and people.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DayView {
    pub(crate) machine: String,
    pub(crate) text: String,
}

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ActionView {
    pub(crate) id: String,
    pub(crate) anchor: String,
    pub(crate) what: String,
    pub(crate) detail: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) r#for: Vec<String>,
    pub(crate) owner: Option<PersonView>,
    pub(crate) priority: Option<String>,
    pub(crate) due: Option<DayView>,
    pub(crate) status: Word,
    /// `open for 40 d`, from the end of the incident to the day of `--as-of`; null without one, and where it is done.
    pub(crate) age: Option<String>,
    /// `12 d overdue`, on the day of `--as-of`.
    pub(crate) overdue: Option<String>,
    pub(crate) done_on: Option<DayView>,
    pub(crate) outcome: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) ticket: Option<SourceView>,
    pub(crate) internal: bool,
}

impl DayView {
    pub fn of(day: Day) -> Self {
        Self {
            machine: day.to_string(),
            text: long_day(day.0),
        }
    }
}

pub fn actions(facts: &Facts<'_>) -> Option<Actions> {
    let actions = &facts.postmortem.actions;
    if actions.is_empty() {
        return None;
    }
    Some(Actions {
        items: actions.iter().map(|one| action(facts, one)).collect(),
        has_kind: actions.iter().any(|action| action.kind.is_some()),
        has_owner: actions.iter().any(|action| action.owner.is_some()),
        has_due: actions.iter().any(|action| action.due.is_some()),
        has_priority: actions.iter().any(|action| action.priority.is_some()),
    })
}

/// Says of each open action how old and how late it is on a day.
pub fn age(actions: &mut Actions, postmortem: &Postmortem, day: Day) {
    let times = Times::of(postmortem);
    let clock = Clock::of(postmortem);
    let marks = [EventKind::Resolved, EventKind::Started].map(|kind| times.mark(kind).instant());
    let since = marks.into_iter().flatten().next();
    let since = since.map(|at| clock.local(at).date_naive());
    let days = |from: NaiveDate| (day.0 - from).num_days();
    for (view, action) in actions.items.iter_mut().zip(&postmortem.actions) {
        if !matches!(action.status, ActionStatus::Open | ActionStatus::InProgress) {
            continue;
        }
        let late = action.due.map(|due| days(due.0));
        view.overdue = late
            .filter(|days| *days > 0)
            .map(|days| format!("{days} d overdue"));
        view.age = since
            .map(days)
            .filter(|days| *days >= 0)
            .map(|days| format!("open for {days} d"));
    }
}

fn action(facts: &Facts<'_>, action: &Action) -> ActionView {
    let known =
        |id: &&crate::model::Key| facts.postmortem.causes.iter().any(|cause| cause.id == **id);
    ActionView {
        id: action.id.as_str().to_owned(),
        anchor: anchor("action", action.id.as_str()),
        what: clean::line(&action.what),
        detail: block(&action.detail),
        kind: action.kind.map(|kind| spoken::label(kind.as_str())),
        r#for: action
            .r#for
            .iter()
            .filter(known)
            .map(|id| id.as_str().to_owned())
            .collect(),
        owner: action.owner.as_ref().map(|key| person(facts, key)),
        priority: action.priority.map(|priority| priority.as_str().to_owned()),
        due: action.due.map(DayView::of),
        status: Word::new(
            action.status.as_str(),
            match action.status {
                ActionStatus::Done => "good",
                ActionStatus::InProgress => "fair",
                ActionStatus::Open | ActionStatus::Declined => "calm",
            },
        ),
        age: None,
        overdue: None,
        done_on: action.done_on.map(DayView::of),
        outcome: line(&action.outcome),
        reason: line(&action.reason),
        ticket: action.ticket.as_deref().map(|text| source(facts, text)),
        internal: action.internal,
    }
}
