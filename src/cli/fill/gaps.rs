//! From what the linter finds to what is asked.

use crate::diagnostic::{Diagnostic, Level};
use crate::document::Document;
use crate::model::{Action, Cause, CauseState, EventKind, Fallback, Key, Postmortem, Status};
use crate::path;
use crate::yaml::Path;

use super::causes;
use super::question::{Lesson, Question};

/// A finding, and where it was made.
struct Gap<'a> {
    document: &'a Document,
    finding: &'a Diagnostic,
}

type Asked = fn(&Gap<'_>) -> Vec<Question>;

/// What an answer to which question heals, in the order in which people are asked: what readers need
/// first, then what follows from it. Questions about one action stand together.
const TABLE: &[(&str, Asked)] = &[
    ("missing-severity", |_| vec![Question::Severity]),
    ("missing-impact", |_| vec![Question::Harm]),
    ("impact-without-number", |_| vec![Question::Figure]),
    ("data-impact-unanswered", |_| vec![Question::Data]),
    ("slo-unanswered", |_| vec![Question::Objective]),
    ("missing-milestone", milestones),
    ("window-without-end", windows),
    ("public-update-late", told),
    ("missing-detection", |_| vec![Question::DetectedBy]),
    ("missing-cause", |_| vec![Question::Cause]),
    ("unconfirmed-cause", verdicts),
    ("cause-without-evidence", |gap| {
        gap.cause(Question::Evidence)
    }),
    ("ruled-out-without-evidence", |gap| {
        gap.cause(Question::Evidence)
    }),
    ("cause-without-action", |gap| {
        gap.cause(Question::ActionAbout)
    }),
    ("dependency-without-fallback", fallbacks),
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
    ("no-trigger", triggers),
    ("missing-summary", |_| vec![Question::Summary]),
    ("unanswered-lessons", lessons),
    ("no-surprises", |_| {
        vec![Question::Lesson(Lesson::Surprise, 0)]
    }),
    ("recovery-without-plan", |_| vec![Question::Plan]),
    ("attachment-without-alt", pictures),
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
            for question in (Gap { document, finding }).questions(*asked) {
                if !questions.iter().any(|(known, _)| *known == question) {
                    questions.push((question, finding));
                }
            }
        }
    }
    by_action(document.postmortem(), &mut questions);
    questions
}

/// Whether no question heals what was found.
pub fn has_no_question(document: &Document, finding: &Diagnostic) -> bool {
    let asked = TABLE.iter().find(|(rule, _)| *rule == finding.rule);
    asked.is_none_or(|(_, asked)| (Gap { document, finding }).questions(*asked).is_empty())
}

/// Puts the questions about one action together, in the order of the actions.
fn by_action(postmortem: &Postmortem, questions: &mut [(Question, &Diagnostic)]) {
    let is_of_action = |(question, _): &(Question, &Diagnostic)| question.action().is_some();
    let first = questions.iter().position(is_of_action);
    let last = questions.iter().rposition(is_of_action);
    if let (Some(first), Some(last)) = (first, last)
        && let Some(asked) = questions.get_mut(first..=last)
    {
        asked.sort_by_key(|(question, _)| {
            let mut actions = postmortem.actions.iter();
            actions.position(|action| question.action() == Some(&action.id))
        });
    }
}

impl<'a> Gap<'a> {
    fn postmortem(&self) -> &'a Postmortem {
        self.document.postmortem()
    }

    /// What is asked. Advice is worth a key and no more; whoever wants it asked raises its level.
    fn questions(&self, asked: Asked) -> Vec<Question> {
        let mut questions = asked(self);
        if self.finding.level == Level::Info {
            questions.retain(Question::takes_one_key);
        }
        questions
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

/// Which of several causes set it off. A lone cause is not asked: it would be called the trigger, which
/// needs no action, where it is the reason as well.
fn triggers(gap: &Gap<'_>) -> Vec<Question> {
    let causes = &gap.postmortem().causes;
    let stands = |cause: &&Cause| cause.state != CauseState::RuledOut;
    let is_choice = causes.iter().filter(stands).count() > 1;
    match is_choice && causes.iter().any(causes::may_be_trigger) {
        true => vec![Question::Trigger],
        false => Vec::new(),
    }
}

fn fallbacks(gap: &Gap<'_>) -> Vec<Question> {
    let found = gap.item(&path!["dependencies"], &gap.postmortem().dependencies);
    let question = found.map(|dependency| match dependency.fallback {
        Some(Fallback::None) => Question::FallbackAction(dependency.name.clone()),
        _ => Question::Fallback(dependency.name.clone()),
    });
    question.into_iter().collect()
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
