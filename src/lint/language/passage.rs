use std::cell::OnceCell;

use crate::model::{Postmortem, TextItem};
use crate::path;
use crate::yaml::Path;

use super::sentence::{Sentence, sentences};

/// What a text is about, as far as language goes. Glossary, links, names, excerpts and tickets are not
/// judged at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Title,
    Summary,
    Background,
    Notes,
    Detection,
    Recovery,
    Impact,
    DataImpact,
    Cause,
    Accepted,
    Event,
    Note,
    Dependency,
    Action,
    Outcome,
    Reason,
    WentWell,
    WentWrong,
    GotLucky,
    Surprises,
}

/// A text of the document, and its sentences once they are asked for.
#[derive(Debug)]
pub struct Passage<'a> {
    pub field: Field,
    /// Which item of its list it belongs to.
    pub index: usize,
    pub text: &'a str,
    sentences: OnceCell<Vec<Sentence>>,
}

/// How much of a text is taken apart, in bytes: more is no prose, and would need a great deal of memory.
const LONGEST: usize = 256 * 1024;

impl<'a> Passage<'a> {
    fn new(field: Field, index: usize, text: &'a str) -> Self {
        Self {
            field,
            index,
            text,
            sentences: OnceCell::new(),
        }
    }

    /// The sentences of the text; of one that is longer than any prose, those at its front.
    pub fn sentences(&self) -> &[Sentence] {
        let front = self.text.floor_char_boundary(LONGEST);
        let prose = self.text.get(..front).unwrap_or(self.text);
        self.sentences.get_or_init(|| sentences(prose))
    }

    /// Where the text stands.
    pub fn path(&self) -> Path {
        let at = self.index;
        match self.field {
            Field::Title => path!["title"],
            Field::Summary => path!["summary"],
            Field::Background => path!["background"],
            Field::Notes => path!["internal_notes"],
            Field::Detection => path!["detection", "how"],
            Field::Recovery => path!["recovery", "how"],
            Field::Impact => path!["impact", "summary"],
            Field::DataImpact => path!["impact", "data", "what"],
            Field::Cause => path!["causes", at, "what"],
            Field::Accepted => path!["causes", at, "accepted"],
            Field::Event => path!["timeline", at, "what"],
            Field::Note => path!["timeline", at, "note"],
            Field::Dependency => path!["dependencies", at, "what"],
            Field::Action => path!["actions", at, "what"],
            Field::Outcome => path!["actions", at, "outcome"],
            Field::Reason => path!["actions", at, "reason"],
            Field::WentWell => path!["lessons", "went_well", at, "what"],
            Field::WentWrong => path!["lessons", "went_wrong", at, "what"],
            Field::GotLucky => path!["lessons", "got_lucky", at, "what"],
            Field::Surprises => path!["lessons", "surprises", at, "what"],
        }
    }
}

/// Every text of a document whose language is judged, in the order of the format.
pub fn passages(postmortem: &Postmortem) -> Vec<Passage<'_>> {
    let mut found = Vec::with_capacity(64);
    let mut add = |field, index, text| found.push(Passage::new(field, index, text));
    add(Field::Title, 0, &postmortem.title);
    let impact = postmortem.impact.as_ref();
    let whole = [
        (Field::Summary, postmortem.summary.as_ref()),
        (Field::Background, postmortem.background.as_ref()),
        (Field::Notes, postmortem.internal_notes.as_ref()),
        (
            Field::Detection,
            postmortem.detection.as_ref().and_then(|it| it.how.as_ref()),
        ),
        (
            Field::Recovery,
            postmortem.recovery.as_ref().and_then(|it| it.how.as_ref()),
        ),
        (Field::Impact, impact.and_then(|it| it.summary.as_ref())),
        (
            Field::DataImpact,
            impact
                .and_then(|it| it.data.as_ref())
                .and_then(|it| it.what.as_ref()),
        ),
    ];
    for (field, text) in whole {
        if let Some(text) = text {
            add(field, 0, text);
        }
    }
    for (index, cause) in postmortem.causes.iter().enumerate() {
        add(Field::Cause, index, &cause.what);
        if let Some(accepted) = &cause.accepted {
            add(Field::Accepted, index, accepted);
        }
    }
    for (index, event) in postmortem.timeline.iter().enumerate() {
        add(Field::Event, index, &event.what);
        if let Some(note) = &event.note {
            add(Field::Note, index, note);
        }
    }
    for (index, dependency) in postmortem.dependencies.iter().enumerate() {
        if let Some(what) = &dependency.what {
            add(Field::Dependency, index, what);
        }
    }
    for (index, action) in postmortem.actions.iter().enumerate() {
        add(Field::Action, index, &action.what);
        if let Some(outcome) = &action.outcome {
            add(Field::Outcome, index, outcome);
        }
        if let Some(reason) = &action.reason {
            add(Field::Reason, index, reason);
        }
    }
    if let Some(lessons) = &postmortem.lessons {
        let lists: [(Field, &[TextItem]); 4] = [
            (Field::WentWell, &lessons.went_well),
            (Field::WentWrong, &lessons.went_wrong),
            (Field::GotLucky, &lessons.got_lucky),
            (Field::Surprises, &lessons.surprises),
        ];
        for (field, items) in lists {
            for (index, item) in items.iter().enumerate() {
                add(field, index, &item.what);
            }
        }
    }
    found
}
