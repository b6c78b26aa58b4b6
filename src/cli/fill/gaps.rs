//! From what the linter finds to what is asked.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::model::{Action, Cause, CauseState, EventKind, Fallback, Key, Postmortem, Status};
use crate::path;
use crate::yaml::Path;

use super::question::{Lesson, Question};

/// A finding, and where it was made.
struct Gap<'a> {
    document: &'a Document,
    finding: &'a Diagnostic,
}

type Asked = fn(&Gap<'_>) -> Vec<Question>;

/// What an answer to which question heals, in the order in which people are asked: from what happened
/// to what follows from it. A rule of which the linter knows nothing finds nothing.
const TABLE: &[(&str, Asked)] = &[
    ("missing-severity", |_| vec![Question::Severity]),
    ("missing-services", |_| vec![Question::Services]),
    ("missing-milestone", milestones),
    ("missing-detection", |_| vec![Question::DetectedBy]),
    ("missing-impact", |_| vec![Question::Harm]),
    ("impact-without-number", |_| vec![Question::Figure]),
    ("data-impact-unanswered", |_| vec![Question::Data]),
    ("window-without-end", windows),
    ("slo-unanswered", |_| vec![Question::Objective]),
    ("public-update-late", told),
    ("missing-cause", |_| vec![Question::Cause]),
    ("unconfirmed-cause", verdicts),
    ("no-trigger", |_| vec![Question::Trigger]),
    ("cause-without-evidence", |gap| {
        gap.cause(Question::Evidence)
    }),
    ("ruled-out-without-evidence", |gap| {
        gap.cause(Question::Evidence)
    }),
    ("dependency-without-fallback", fallbacks),
    ("cause-without-action", |gap| {
        gap.cause(Question::ActionAbout)
    }),
    ("no-actions", |_| vec![Question::AnyAction]),
    ("action-without-owner", |gap| gap.action(Question::Owner)),
    ("action-without-priority", |gap| {
        gap.action(Question::Priority)
    }),
    ("action-without-due-date", |gap| gap.action(Question::Due)),
    ("action-without-ticket", |gap| gap.action(Question::Ticket)),
    ("done-without-date", |gap| gap.action(Question::DoneOn)),
    ("declined-without-reason", |gap| {
        gap.action(Question::Reason)
    }),
    ("recovery-without-plan", |_| vec![Question::Plan]),
    ("attachment-without-alt", pictures),
    ("unanswered-lessons", lessons),
    ("no-surprises", |_| {
        vec![Question::Lesson(Lesson::Surprise, 0)]
    }),
    ("missing-summary", |_| vec![Question::Summary]),
    ("missing-owner", |_| vec![Question::DocumentOwner]),
    ("published-without-review", |_| vec![Question::Reviewers]),
];

/// What is asked about a document, each question once, with the finding that it may heal.
pub fn questions<'f>(
    document: &Document,
    findings: &'f [Diagnostic],
) -> Vec<(Question, &'f Diagnostic)> {
    let mut questions: Vec<(Question, &Diagnostic)> = Vec::new();
    for (rule, asked) in TABLE {
        for finding in findings.iter().filter(|finding| finding.rule == *rule) {
            for question in asked(&Gap { document, finding }) {
                if !questions.iter().any(|(known, _)| *known == question) {
                    questions.push((question, finding));
                }
            }
        }
    }
    questions
}

/// Whether no question heals what this rule finds.
pub fn has_no_question(finding: &Diagnostic) -> bool {
    !TABLE.iter().any(|(rule, _)| *rule == finding.rule)
}

impl<'a> Gap<'a> {
    fn postmortem(&self) -> &'a Postmortem {
        self.document.postmortem()
    }

    /// The item of a list that the finding is about: the last one that begins no later.
    fn item<'i, T>(&self, list: &Path, items: &'i [T]) -> Option<&'i T> {
        let place = self.finding.place.span.start;
        let begins = |index: usize| self.document.key_place(&list.clone().then(index)).start;
        let at = (0..items.len()).rev().find(|index| begins(*index) <= place);
        items.get(at?)
    }

    fn cause(&self, question: fn(Key) -> Question) -> Vec<Question> {
        let found: Option<&Cause> = self.item(&path!["causes"], &self.postmortem().causes);
        found
            .map(|cause| question(cause.id.clone()))
            .into_iter()
            .collect()
    }

    fn action(&self, question: fn(Key) -> Question) -> Vec<Question> {
        let found: Option<&Action> = self.item(&path!["actions"], &self.postmortem().actions);
        found
            .map(|action| question(action.id.clone()))
            .into_iter()
            .collect()
    }
}

/// Every milestone that a complete record has and this one has not.
fn milestones(gap: &Gap<'_>) -> Vec<Question> {
    let postmortem = gap.postmortem();
    let ends = |service: Option<&String>| {
        let mut events = postmortem.timeline.iter();
        events.any(|event| {
            event.kind.has(EventKind::Resolved)
                && match service {
                    Some(service) => event.services.contains(service),
                    None => true,
                }
        })
    };
    let has_started = postmortem
        .timeline
        .iter()
        .any(|event| event.kind.has(EventKind::Started));
    let mut open = Vec::new();
    if !has_started && !postmortem.unrecorded.contains(&EventKind::Started) {
        open.push(Question::Milestone(EventKind::Started, None));
    }
    if postmortem.status == Status::Resolved
        && !postmortem.unrecorded.contains(&EventKind::Resolved)
    {
        if !ends(None) {
            open.push(Question::Milestone(EventKind::Resolved, None));
        } else if !ends_as_a_whole(postmortem) {
            let services = postmortem.services.iter().filter(|name| !ends(Some(name)));
            open.extend(
                services
                    .map(|service| Question::Milestone(EventKind::Resolved, Some(service.clone()))),
            );
        }
    }
    open
}

fn ends_as_a_whole(postmortem: &Postmortem) -> bool {
    let mut events = postmortem.timeline.iter();
    events.any(|event| event.kind.has(EventKind::Resolved) && event.services.is_empty())
}

fn windows(gap: &Gap<'_>) -> Vec<Question> {
    let windows = gap
        .postmortem()
        .impact
        .iter()
        .flat_map(|impact| &impact.services);
    let open = windows.filter(|window| window.until.is_none());
    open.map(|window| Question::WindowEnd(window.service.clone(), window.from.to_string()))
        .collect()
}

/// A word that came late came; only where none is recorded there is something to ask.
fn told(gap: &Gap<'_>) -> Vec<Question> {
    let mut timeline = gap.postmortem().timeline.iter();
    match timeline.any(|event| event.is_public_word()) {
        true => Vec::new(),
        false => vec![Question::Told],
    }
}

fn verdicts(gap: &Gap<'_>) -> Vec<Question> {
    let causes = gap.postmortem().causes.iter();
    let suspected = causes.filter(|cause| cause.state == CauseState::Suspected);
    suspected
        .map(|cause| Question::Verdict(cause.id.clone()))
        .collect()
}

fn fallbacks(gap: &Gap<'_>) -> Vec<Question> {
    let found = gap.item(&path!["dependencies"], &gap.postmortem().dependencies);
    let question = found.map(|dependency| match dependency.fallback {
        Some(Fallback::None) => Question::FallbackAction(dependency.name.clone()),
        _ => Question::Fallback(dependency.name.clone()),
    });
    // What an action is to change already is information, and no question.
    let is_planned = !gap.finding.labels.is_empty();
    question.filter(|_| !is_planned).into_iter().collect()
}

fn pictures(gap: &Gap<'_>) -> Vec<Question> {
    let found = gap.item(&path!["attachments"], &gap.postmortem().attachments);
    let question = found.map(|attachment| Question::Alt(attachment.file.clone()));
    question.into_iter().collect()
}

fn lessons(gap: &Gap<'_>) -> Vec<Question> {
    let lessons = gap.postmortem().lessons.clone().unwrap_or_default();
    let asked = [
        (Lesson::Well, &lessons.went_well),
        (Lesson::Wrong, &lessons.went_wrong),
        (Lesson::Lucky, &lessons.got_lucky),
    ];
    let open = asked.into_iter().filter(|(_, said)| said.is_empty());
    open.map(|(lesson, _)| Question::Lesson(lesson, 0))
        .collect()
}
