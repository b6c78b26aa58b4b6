use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{DetectedBy, Fallback, Free, Method, Relation, SharedWith, TextItem, Worked};

use super::super::attachment::{PictureView, TextView};
use super::actions::DayView;
use super::people::{PersonView, person};
use super::sources::{SourceView, source};
use super::{Facts, Word, block, clean, line, spoken};

/// How it was noticed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DetectionView {
    pub(crate) by: Option<String>,
    pub(crate) how: Option<String>,
}

/// How service came back.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RecoveryView {
    pub(crate) how: Option<String>,
    pub(crate) method: Option<String>,
    pub(crate) permanent: Option<String>,
    pub(crate) plan: Option<SourceView>,
    pub(crate) rto: Option<String>,
    pub(crate) rpo: Option<String>,
}

/// Somebody else's service.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DependencyView {
    pub(crate) name: String,
    pub(crate) provider: Option<String>,
    pub(crate) failed: bool,
    pub(crate) state: Word,
    pub(crate) fallback: Option<String>,
    pub(crate) fallback_tone: &'static str,
    pub(crate) what: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) internal: bool,
}

/// Lessons of one sort.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LessonGroup {
    pub(crate) key: &'static str,
    pub(crate) title: &'static str,
    pub(crate) items: Vec<Item>,
}

/// A sentence with what stands behind it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Item {
    pub(crate) what: String,
    pub(crate) detail: Option<String>,
    pub(crate) internal: bool,
}

/// Another incident.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RelatedView {
    pub(crate) id: String,
    pub(crate) how: Option<String>,
    pub(crate) internal: bool,
}

/// A word and its meaning.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Term {
    pub(crate) term: String,
    pub(crate) meaning: String,
}

/// A file beside the document.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AttachmentView {
    pub(crate) file: String,
    pub(crate) url: Option<String>,
    pub(crate) caption: Option<String>,
    pub(crate) alt: Option<String>,
    pub(crate) internal: bool,
    /// Where the file is a picture that is in the page.
    pub(crate) picture: Option<PictureView>,
    /// Where the file is a text that is in the page.
    pub(crate) log: Option<TextView>,
}

/// How the document was reviewed and shared.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ReviewView {
    pub(crate) reviewers: Vec<PersonView>,
    pub(crate) date: Option<DayView>,
    pub(crate) shared_with: Option<String>,
    pub(crate) shared_on: Option<DayView>,
}

/// An organisation's own field.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Field {
    pub(crate) name: String,
    pub(crate) value: String,
}

pub fn detection(facts: &Facts<'_>) -> Option<DetectionView> {
    let detection = facts.postmortem.detection.as_ref()?;
    let view = DetectionView {
        by: detection.by.map(|by| {
            match by {
                DetectedBy::Alert => "an alert",
                DetectedBy::Employee => "an employee",
                DetectedBy::User => "a user",
                DetectedBy::Vendor => "a vendor",
                DetectedBy::Unknown => "unknown",
            }
            .to_owned()
        }),
        how: block(&detection.how),
    };
    (view.by.is_some() || view.how.is_some()).then_some(view)
}

pub fn recovery(facts: &Facts<'_>) -> Option<RecoveryView> {
    let recovery = facts.postmortem.recovery.as_ref()?;
    let length = |length: &Option<crate::model::Length>| {
        let seconds = length.as_ref()?.seconds();
        Some(if seconds == 0 {
            "none".to_owned()
        } else {
            spoken::length(seconds)
        })
    };
    let view = RecoveryView {
        how: block(&recovery.how),
        // "Other" says nothing beside words that say how.
        method: recovery
            .method
            .filter(|method| *method != Method::Other || recovery.how.is_none())
            .map(|method| means(method).to_owned()),
        permanent: recovery.permanent.map(|permanent| {
            if permanent {
                "yes, nothing is left to undo"
            } else {
                "no, a workaround that is to be replaced"
            }
            .to_owned()
        }),
        plan: recovery.plan.as_deref().map(|plan| source(facts, plan)),
        rto: length(&recovery.rto),
        rpo: length(&recovery.rpo),
    };
    let says_something = view.how.is_some()
        || view.method.is_some()
        || view.permanent.is_some()
        || view.plan.is_some()
        || view.rto.is_some()
        || view.rpo.is_some();
    says_something.then_some(view)
}

/// What stands behind "fixed by".
fn means(method: Method) -> &'static str {
    match method {
        Method::Rollback => "a rollback",
        Method::FixForward => "a new change",
        Method::Disable => "switching it off",
        Method::Restart => "a restart",
        Method::RestoreBackup => "restoring a backup",
        Method::Scale => "more capacity",
        Method::Failover => "a failover",
        Method::Manual => "work by hand",
        Method::Other => "other means",
    }
}

pub fn dependencies(facts: &Facts<'_>) -> Vec<DependencyView> {
    let dependencies = facts.postmortem.dependencies.iter();
    dependencies
        .map(|dependency| {
            let (fallback, fallback_tone) = fallback(
                dependency.fallback,
                dependency.fallback_worked,
                dependency.failed,
            );
            DependencyView {
                name: clean::line(&dependency.name),
                provider: line(&dependency.provider),
                failed: dependency.failed,
                state: if dependency.failed {
                    Word::new("failed", "bad")
                } else {
                    Word::new("worked", "good")
                },
                fallback,
                fallback_tone,
                what: line(&dependency.what),
                detail: block(&dependency.detail),
                internal: dependency.internal,
            }
        })
        .collect()
}

/// The words and the tone of a fallback; that there is none is bad only where it was needed.
fn fallback(
    fallback: Option<Fallback>,
    worked: Option<Worked>,
    was_needed: bool,
) -> (Option<String>, &'static str) {
    let kind = match fallback {
        None => None,
        Some(Fallback::None) => {
            let tone = if was_needed { "bad" } else { "calm" };
            return (Some("None".to_owned()), tone);
        }
        Some(kind) => Some(kind.as_str()),
    };
    let (result, tone) = match worked {
        None => (None, "calm"),
        Some(Worked::Yes) => (Some("worked"), "good"),
        Some(Worked::Partly) => (Some("worked in part"), "fair"),
        Some(Worked::No) => (Some("did not work"), "bad"),
    };
    let words: Vec<&str> = kind.into_iter().chain(result).collect();
    (
        (!words.is_empty()).then(|| spoken::capital(&words.join(", "))),
        tone,
    )
}

pub fn lessons(facts: &Facts<'_>) -> Vec<LessonGroup> {
    let Some(lessons) = &facts.postmortem.lessons else {
        return Vec::new();
    };
    [
        ("went_well", "Went well", &lessons.went_well),
        ("went_wrong", "Went wrong", &lessons.went_wrong),
        ("got_lucky", "Where luck helped", &lessons.got_lucky),
        ("surprises", "Surprises", &lessons.surprises),
    ]
    .into_iter()
    .filter(|(_, _, items)| !items.is_empty())
    .map(|(key, title, items)| LessonGroup {
        key,
        title,
        items: items.iter().map(item).collect(),
    })
    .collect()
}

fn item(item: &TextItem) -> Item {
    Item {
        what: clean::line(&item.what),
        detail: block(&item.detail),
        internal: item.internal,
    }
}

pub fn related(facts: &Facts<'_>) -> Vec<RelatedView> {
    let related = facts.postmortem.related.iter();
    related
        .map(|related| RelatedView {
            id: related.id.as_str().to_owned(),
            how: related.how.map(|how| {
                match how {
                    Relation::Recurrence => "the same thing happened again",
                    Relation::SameCause => "it had the same cause",
                    Relation::FollowUp => "one followed from the other",
                }
                .to_owned()
            }),
            internal: related.internal,
        })
        .collect()
}

pub fn glossary(facts: &Facts<'_>) -> Vec<Term> {
    let glossary = facts.postmortem.glossary.iter();
    glossary
        .map(|(term, meaning)| Term {
            term: clean::line(term),
            meaning: clean::line(meaning),
        })
        .collect()
}

pub fn attachments(facts: &Facts<'_>) -> Vec<AttachmentView> {
    let attachments = facts.postmortem.attachments.iter();
    attachments
        .map(|attachment| AttachmentView {
            file: clean::line(&attachment.file),
            url: clean::address(&attachment.file),
            caption: line(&attachment.caption),
            alt: line(&attachment.alt),
            internal: attachment.internal,
            picture: None,
            log: None,
        })
        .collect()
}

pub fn review(facts: &Facts<'_>) -> Option<ReviewView> {
    let review = facts.postmortem.review.as_ref()?;
    Some(ReviewView {
        reviewers: review
            .reviewers
            .iter()
            .map(|key| person(facts, key))
            .collect(),
        date: review.date.map(DayView::of),
        shared_with: review.shared_with.map(|with| {
            match with {
                SharedWith::Team => "the team",
                SharedWith::Company => "the company",
                SharedWith::Public => "everyone",
            }
            .to_owned()
        }),
        shared_on: review.shared_on.map(DayView::of),
    })
}

pub fn custom(facts: &Facts<'_>) -> Vec<Field> {
    let custom = facts.postmortem.custom.iter();
    custom
        .map(|(name, value)| Field {
            name: spoken::label(&clean::line(name)).replace('_', " "),
            value: clean::line(&free(value)),
        })
        .collect()
}

fn free(value: &Free) -> String {
    match value {
        Free::Null => "not given".to_owned(),
        Free::Bool(true) => "yes".to_owned(),
        Free::Bool(false) => "no".to_owned(),
        Free::Number(number) => number.to_string(),
        Free::Text(text) => text.clone(),
        Free::List(items) => items.iter().map(free).collect::<Vec<_>>().join(", "),
        Free::Map(map) => {
            let pairs = map
                .iter()
                .map(|(name, value)| format!("{name}: {}", free(value)));
            pairs.collect::<Vec<_>>().join(", ")
        }
    }
}
