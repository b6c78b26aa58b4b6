//! Rules over several documents: what each leaves behind, and what they say together.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Level};
use crate::document::{Document, Reading};
use crate::model::{
    ActionStatus, Category, Cause, CauseRole, CauseState, Postmortem, Relation, View,
};
use crate::path;
use crate::text::{Span, excerpt};
use crate::yaml::Path;

use super::{Class, Levels, Rule};

/// Two documents have the same id.
pub const DUPLICATE_ID: Rule = Rule::of_reader(
    "duplicate-id",
    Class::Wrong,
    include_str!("rules/duplicate-id.md"),
);

/// The same cause again, while what was to be done about it is still open.
pub const RECURRING_CAUSE: Rule = Rule::of_reader(
    "recurring-cause",
    Class::Advice,
    include_str!("rules/recurring-cause.md"),
);

/// How many causes and open actions of a document are kept: memory grows with the number of files only.
const MOST_KEPT: usize = 16;
/// How much of an action's sentence is kept, in characters.
const WORDS_KEPT: usize = 60;

/// What one document leaves behind for the rules over all.
#[derive(Debug, Clone, Default)]
pub struct Left {
    name: String,
    id: String,
    id_place: Span,
    day: Option<NaiveDate>,
    duplicate: Option<Level>,
    recurring: Option<Level>,
    causes: Vec<LeftCause>,
    related: Vec<(String, Span)>,
    open: Vec<OpenAction>,
}

#[derive(Debug, Clone)]
struct LeftCause {
    id: String,
    category: String,
    services: Vec<String>,
    place: Span,
}

#[derive(Debug, Clone)]
struct OpenAction {
    id: String,
    what: String,
    causes: Vec<String>,
}

impl Left {
    /// What a document leaves behind; nothing that any rule would look at where it could not be read.
    pub fn of(reading: &Reading, levels: &Levels) -> Self {
        let name = reading.source.name().to_owned();
        let document = reading.document.as_ref();
        let Some((document, id)) = document.and_then(|document| Some((document, document.id()?)))
        else {
            return Self {
                name,
                ..Self::default()
            };
        };
        let postmortem = document.postmortem();
        let stage = postmortem.stage;
        Self {
            name,
            id: id.as_str().to_owned(),
            id_place: document.place(&path!["id"]),
            day: id.date(),
            duplicate: levels.of(&DUPLICATE_ID, stage),
            recurring: levels.of(&RECURRING_CAUSE, stage),
            causes: causes(document),
            related: related(document),
            open: open_actions(postmortem),
        }
    }
}

fn causes(document: &Document) -> Vec<LeftCause> {
    let postmortem = document.postmortem();
    let says_nothing = |category: &Category| category.0 == Category::UNKNOWN;
    let set_it_off = |cause: &Cause| {
        cause.state == CauseState::Confirmed
            && matches!(cause.role, Some(CauseRole::Trigger | CauseRole::Root))
    };
    let causes = postmortem.causes.iter().enumerate();
    causes
        .filter(|(_, cause)| postmortem.view == View::Own && set_it_off(cause))
        .filter_map(|(index, cause)| {
            let category = cause.category.as_ref().filter(|word| !says_nothing(word))?;
            Some(LeftCause {
                id: cause.id.as_str().to_owned(),
                category: category.0.clone(),
                services: postmortem
                    .services
                    .iter()
                    .take(MOST_KEPT)
                    .cloned()
                    .collect(),
                place: document.place(&path!["causes", index, "category"]),
            })
        })
        .take(MOST_KEPT)
        .collect()
}

fn related(document: &Document) -> Vec<(String, Span)> {
    let related = document.postmortem().related.iter().enumerate();
    let again = related
        .filter(|(_, other)| matches!(other.how, Some(Relation::Recurrence | Relation::SameCause)));
    again
        .map(|(index, other)| {
            let place: Path = path!["related", index, "id"];
            (other.id.as_str().to_owned(), document.place(&place))
        })
        .take(MOST_KEPT)
        .collect()
}

fn open_actions(postmortem: &Postmortem) -> Vec<OpenAction> {
    let actions = postmortem.actions.iter();
    let open = actions.filter(|action| {
        postmortem.view == View::Own
            && matches!(action.status, ActionStatus::Open | ActionStatus::InProgress)
    });
    open.map(|action| OpenAction {
        id: action.id.as_str().to_owned(),
        what: excerpt(&action.what, WORDS_KEPT),
        causes: action
            .r#for
            .iter()
            .map(|cause| cause.as_str().to_owned())
            .collect(),
    })
    .take(MOST_KEPT)
    .collect()
}

/// What all documents say together: each finding with the index of the document that it is about.
pub fn check(all: &[Left]) -> Vec<(usize, Diagnostic)> {
    let mut found = Vec::new();
    duplicate_ids(all, &mut found);
    recurring_causes(all, &mut found);
    found.sort_by_key(|(index, _)| *index);
    found
}

fn duplicate_ids(all: &[Left], found: &mut Vec<(usize, Diagnostic)>) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, left) in all.iter().enumerate() {
        if left.id.is_empty() {
            continue;
        }
        let Some(other) = first.get(left.id.as_str()).and_then(|at| all.get(*at)) else {
            first.insert(&left.id, index);
            continue;
        };
        if let Some(level) = left.duplicate {
            let message = format!("`{}` is the id of `{}` too", left.id, other.name);
            let finding = finding(&DUPLICATE_ID, level, &left.id_place, &message)
                .help("give the incident that was later another slug, and its file the same name");
            found.push((index, finding));
        }
    }
}

fn recurring_causes(all: &[Left], found: &mut Vec<(usize, Diagnostic)>) {
    let mut order: Vec<usize> = (0..all.len()).filter(|at| all[*at].day.is_some()).collect();
    order.sort_by_key(|at| (all[*at].day, &all[*at].id));
    let ids: HashMap<&str, usize> = order.iter().map(|at| (all[*at].id.as_str(), *at)).collect();
    // The latest document with this category and service whose action about it is still open.
    let mut pending: HashMap<(&str, &str), (usize, &OpenAction)> = HashMap::new();
    for index in order {
        let left = &all[index];
        let mut told: Vec<&str> = Vec::new();
        let mut tell = |other: usize, action: &OpenAction, place: &Span, why: &str| {
            let other = &all[other];
            if other.day >= left.day || told.contains(&other.id.as_str()) {
                return None;
            }
            told.push(&other.id);
            let level = left.recurring?;
            let message = format!(
                "{why} `{}`, whose action `{}` is still open",
                other.id, action.id
            );
            let finding = finding(&RECURRING_CAUSE, level, place, &message)
                .help(format!("do it now, or say there why not: {}", action.what));
            Some((index, finding))
        };
        for (id, place) in &left.related {
            let other = ids.get(id.as_str()).copied();
            if let Some((other, action)) = other.and_then(|at| Some((at, all[at].open.first()?))) {
                found.extend(tell(other, action, place, "this is related to"));
            }
        }
        for cause in &left.causes {
            let why = format!("`{}` was a cause of", cause.category);
            for service in &cause.services {
                if let Some((other, action)) = pending.get(&(cause.category.as_str(), service)) {
                    found.extend(tell(*other, action, &cause.place, &why));
                }
            }
        }
        for cause in &left.causes {
            let about_it = |action: &&OpenAction| action.causes.contains(&cause.id);
            let Some(action) = left.open.iter().find(about_it) else {
                continue;
            };
            for service in &cause.services {
                pending.insert((&cause.category, service), (index, action));
            }
        }
    }
}

fn finding(rule: &Rule, level: Level, place: &Span, message: &str) -> Diagnostic {
    let mut finding = Diagnostic::error(rule.name, place.clone(), message);
    finding.level = level;
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    fn left(name: &str, text: &str) -> Left {
        let text = format!("version: 1\ntitle: T\nstage: reviewed\nservices: [api]\n{text}");
        let reading = Document::read(Source::new(name, text));
        assert!(reading.findings.is_empty(), "{:?}", reading.findings);
        Left::of(&reading, &Levels::default())
    }

    fn said(all: &[Left]) -> Vec<(usize, &'static str, String)> {
        let found = check(all).into_iter();
        found
            .map(|(index, finding)| (index, finding.rule, finding.message))
            .collect()
    }

    const EARLIER: &str = "id: 2024-03-01-a\ncauses: [{id: C1, role: root, state: confirmed, category: expiry, what: x}]\nactions: [{id: A1, what: Renew by machine, for: [C1]}]\n";
    const LATER: &str = "id: 2024-09-01-b\ncauses: [{id: C7, role: root, state: confirmed, category: expiry, what: x}]\n";

    #[test]
    fn an_id_that_two_documents_have_is_told_once_and_names_the_other() {
        let all = [
            left("a.yaml", "id: 2024-03-01-a\n"),
            left("b.yaml", "id: 2024-03-01-a\n"),
            left("c.yaml", "id: 2024-03-01-c\n"),
        ];
        let message = "`2024-03-01-a` is the id of `a.yaml` too".to_owned();
        assert_eq!(said(&all), [(1, "duplicate-id", message)]);
    }

    #[test]
    fn a_cause_that_returns_while_its_action_is_open_is_told_whatever_the_order_of_files() {
        let (earlier, later) = (left("a.yaml", EARLIER), left("b.yaml", LATER));
        let message =
            "`expiry` was a cause of `2024-03-01-a`, whose action `A1` is still open".to_owned();
        let all = [later.clone(), earlier.clone()];
        assert_eq!(said(&all), [(0, "recurring-cause", message)]);
        for (one, other) in [
            (
                EARLIER.replace("for: [C1]", "for: [C1], status: done"),
                LATER.to_owned(),
            ),
            (EARLIER.replace("for: [C1]", "for: []"), LATER.to_owned()),
            (EARLIER.to_owned(), LATER.replace("expiry", "design")),
            (EARLIER.to_owned(), LATER.replace("confirmed", "suspected")),
            (
                EARLIER.to_owned(),
                LATER.replace("role: root", "role: contributing"),
            ),
            (
                EARLIER.replace("expiry", "unknown"),
                LATER.replace("expiry", "unknown"),
            ),
            (
                EARLIER.replace("id: 2024-03-01-a", "view: outside\nid: 2024-03-01-a"),
                LATER.to_owned(),
            ),
        ] {
            assert_eq!(
                said(&[left("a", &one), left("b", &other)]),
                [],
                "{one}{other}"
            );
        }
    }

    #[test]
    fn a_recurrence_that_is_named_needs_no_category() {
        let later = "id: 2024-09-01-b\nrelated: [{id: 2024-03-01-a, how: recurrence}, {id: 2020-01-01-z, how: same-cause}]\n";
        let all = [left("a", EARLIER), left("b", later)];
        let message =
            "this is related to `2024-03-01-a`, whose action `A1` is still open".to_owned();
        assert_eq!(said(&all), [(1, "recurring-cause", message)]);
        let follow_up = later.replace("recurrence", "follow-up");
        assert_eq!(said(&[left("a", EARLIER), left("b", &follow_up)]), []);
    }

    #[test]
    fn what_cannot_be_read_leaves_nothing() {
        let broken = |name: &str| {
            let reading = Document::read(Source::new(name, "version: 1\nid: nonsense\ntitle: T\n"));
            Left::of(&reading, &Levels::default())
        };
        assert_eq!(said(&[broken("a"), broken("b")]), []);
    }
}
