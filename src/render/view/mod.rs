//! What templates see: the document as plain values, ready to print. An absent value is null, never
//! missing; numbers and durations are texts.

pub(crate) mod actions;
pub(crate) mod budget;
pub(crate) mod causes;
pub(crate) mod head;
pub(crate) mod impact;
pub(crate) mod metadata;
pub(crate) mod people;
pub(crate) mod rest;
pub(crate) mod sources;
pub(crate) mod tiles;
pub(crate) mod timeline;

use schemars::JsonSchema;
use serde::Serialize;

use crate::config::Config;
use crate::model::{Day, Derived, Postmortem, Stage, Status, Times, View};

use super::Readers;
use super::attachment::Embedded;
use super::brand::Brand;
use super::clean;
use super::clock::Clock;
use super::context::Wanted;
use super::drawing::{self, Drawing};
use super::spoken;

pub use timeline::Chronicle;

/// A word of the format, as it stands in files and as readers see it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Word {
    /// As in the file: `ruled-out`.
    pub word: String,
    /// As a label: `Ruled out`.
    pub label: String,
    /// `good`, `fair`, `bad` or `calm`: which colour stands beside the label.
    pub tone: &'static str,
}

impl Word {
    fn new(word: &str, tone: &'static str) -> Self {
        Self {
            word: word.to_owned(),
            label: spoken::label(word),
            tone,
        }
    }
}

/// A section of the page, for its table of contents.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Section {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
}

/// The document as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Page {
    pub(crate) audience: &'static str,
    pub(crate) generator: &'static str,
    pub(crate) brand: Option<Brand>,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) severity: Option<head::SeverityView>,
    pub(crate) status: Word,
    pub(crate) stage: Word,
    pub(crate) view: &'static str,
    pub(crate) asks: bool,
    pub(crate) zone: head::ZoneView,
    pub(crate) period: Option<head::Period>,
    pub(crate) owner: Option<people::PersonView>,
    pub(crate) people: Vec<people::PersonView>,
    pub(crate) services: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) sources: Vec<sources::SourceView>,
    pub(crate) summary: Option<String>,
    pub(crate) background: Option<String>,
    pub(crate) tiles: Vec<tiles::Tile>,
    pub(crate) durations: tiles::Durations,
    pub(crate) milestones: Vec<tiles::Milestone>,
    pub(crate) drawing: Option<Drawing>,
    pub(crate) impact: Option<impact::ImpactView>,
    pub(crate) detection: Option<rest::DetectionView>,
    pub(crate) causes: Vec<causes::CauseView>,
    pub(crate) factors: causes::Factors,
    pub(crate) timeline: Vec<timeline::Day>,
    pub(crate) events: String,
    pub(crate) public_words: Vec<timeline::EventView>,
    pub(crate) unrecorded: Vec<String>,
    pub(crate) recovery: Option<rest::RecoveryView>,
    pub(crate) dependencies: Vec<rest::DependencyView>,
    pub(crate) lessons: Vec<rest::LessonGroup>,
    pub(crate) actions: Option<actions::Actions>,
    pub(crate) related: Vec<rest::RelatedView>,
    pub(crate) glossary: Vec<rest::Term>,
    pub(crate) links: Vec<sources::SourceView>,
    pub(crate) attachments: Vec<rest::AttachmentView>,
    pub(crate) review: Option<rest::ReviewView>,
    pub(crate) internal_notes: Option<String>,
    pub(crate) custom: Vec<rest::Field>,
    pub(crate) contents: Vec<Section>,
    pub(crate) as_of: Option<actions::DayView>,
    pub(crate) metadata: Option<metadata::Metadata>,
}

/// What every part of the view is made from.
pub struct Facts<'a> {
    pub postmortem: &'a Postmortem,
    pub config: &'a Config,
    pub times: Times,
    pub clock: Clock,
}

impl Facts<'_> {
    /// A duration as the status has it: what is resolved does not go on, its end is not recorded.
    fn settled(&self, derived: Derived) -> Derived {
        match derived {
            Derived::Ongoing if self.postmortem.status == Status::Resolved => Derived::NotRecorded,
            other => other,
        }
    }

    /// What a window without an end says.
    pub fn no_end(&self) -> &'static str {
        if self.postmortem.status == Status::Resolved {
            "end not recorded"
        } else {
            "still going on"
        }
    }
}

impl Page {
    /// Makes the view of a document.
    pub fn of(postmortem: &Postmortem, config: &Config, readers: Readers) -> Self {
        Self::with(postmortem, config, readers, Wanted::ALL)
    }

    /// Makes the view of a document for a template. Of what takes long, only those parts are made that are wanted.
    pub fn with(
        postmortem: &Postmortem,
        config: &Config,
        readers: Readers,
        wanted: Wanted,
    ) -> Self {
        let facts = Facts {
            postmortem,
            config,
            times: Times::of(postmortem),
            clock: Clock::of(postmortem),
        };
        let chronicle = Chronicle::of(&facts);
        let list = |items: &[String]| items.iter().map(|item| clean::line(item)).collect();
        let mut page = Self {
            audience: match readers {
                Readers::Internal => "internal",
                Readers::Public => "public",
            },
            generator: concat!("postmortem ", env!("CARGO_PKG_VERSION")),
            brand: None,
            id: postmortem.id.as_str().to_owned(),
            title: clean::line(&postmortem.title),
            severity: head::severity(&facts),
            status: head::status(postmortem.status),
            stage: head::stage(postmortem.stage),
            view: match postmortem.view {
                View::Own => "own",
                View::Outside => "outside",
            },
            asks: readers == Readers::Internal
                && postmortem.view == View::Own
                && matches!(postmortem.stage, Stage::Draft | Stage::InReview),
            zone: head::zone(&facts),
            period: head::period(&facts),
            owner: postmortem
                .owner
                .as_ref()
                .map(|key| people::person(&facts, key)),
            people: people::everyone(&facts),
            services: list(&postmortem.services),
            tags: list(&postmortem.tags),
            sources: sources::sources(&facts, &postmortem.sources),
            summary: block(&postmortem.summary),
            background: block(&postmortem.background),
            tiles: tiles::tiles(&facts),
            durations: tiles::durations(&facts),
            milestones: wanted.made("milestones", || tiles::milestones(&facts, &chronicle)),
            drawing: wanted.made("drawing", || drawing::draw(&facts, &chronicle)),
            impact: impact::impact(&facts),
            detection: rest::detection(&facts),
            causes: causes::tree(&facts),
            factors: wanted.made("factors", || causes::factors(&facts)),
            events: chronicle.len().to_string(),
            public_words: wanted.made("public_words", || {
                timeline::public_words(&facts, &chronicle)
            }),
            timeline: timeline::days(&facts, &chronicle),
            unrecorded: postmortem
                .unrecorded
                .iter()
                .map(|kind| spoken::word(kind.as_str()))
                .collect(),
            recovery: rest::recovery(&facts),
            dependencies: rest::dependencies(&facts),
            lessons: rest::lessons(&facts),
            actions: actions::actions(&facts),
            related: rest::related(&facts),
            glossary: rest::glossary(&facts),
            links: sources::links(&facts),
            attachments: rest::attachments(&facts),
            review: rest::review(&facts),
            internal_notes: block(&postmortem.internal_notes),
            custom: rest::custom(&facts),
            contents: Vec::new(),
            as_of: None,
            metadata: None,
        };
        page.contents = page.sections();
        if readers == Readers::Public {
            page.metadata = Some(metadata::Metadata::of(&page));
        }
        page
    }

    /// Puts a brand above the page.
    pub fn wear(&mut self, brand: Brand) {
        self.brand = Some(brand);
        if self.metadata.is_some() {
            self.metadata = Some(metadata::Metadata::of(self));
        }
    }

    /// Says how old and how late the actions of its document are on a day. Without it nothing on a page depends on the
    /// day on which it is made.
    pub fn set_as_of(&mut self, postmortem: &Postmortem, day: Day) {
        self.as_of = Some(actions::DayView::of(day));
        if let Some(actions) = &mut self.actions {
            actions::age(actions, postmortem, day);
        }
    }

    /// Puts a file beside the document into the page, by the index of its attachment.
    pub fn embed(&mut self, index: usize, embedded: Embedded) {
        if let Some(attachment) = self.attachments.get_mut(index) {
            match embedded {
                Embedded::Picture(picture) => attachment.picture = Some(picture),
                Embedded::Text(text) => attachment.log = Some(text),
            }
        }
    }

    /// The sections that have something to say, in the order of the page.
    fn sections(&self) -> Vec<Section> {
        let sections = [
            (self.impact.is_some(), "impact", "Impact"),
            (!self.causes.is_empty(), "causes", "Why it happened"),
            (!self.timeline.is_empty(), "timeline", "What happened"),
            (
                self.recovery.is_some() || self.detection.is_some(),
                "recovery",
                "How it was noticed and fixed",
            ),
            (
                !self.dependencies.is_empty(),
                "dependencies",
                "What it depends on",
            ),
            (!self.lessons.is_empty(), "lessons", "What was learnt"),
            (self.actions.is_some(), "actions", "What will change"),
            (self.background.is_some(), "background", "Background"),
            (!self.glossary.is_empty(), "glossary", "Glossary"),
            (!self.related.is_empty(), "related", "Related incidents"),
            (!self.attachments.is_empty(), "attachments", "Attachments"),
            (
                !self.links.is_empty() || !self.sources.is_empty(),
                "sources",
                "Sources",
            ),
            (self.has_notes(), "notes", "Internal"),
        ];
        sections
            .into_iter()
            .filter(|(has, _, _)| *has)
            .map(|(_, id, title)| Section { id, title })
            .collect()
    }

    fn has_notes(&self) -> bool {
        self.audience == "internal"
            && (self.internal_notes.is_some()
                || self.review.is_some()
                || !self.custom.is_empty()
                || !self.people.is_empty())
    }
}

fn line(text: &Option<String>) -> Option<String> {
    let text = text.as_deref().map(clean::line)?;
    (!text.is_empty()).then_some(text)
}

fn block(text: &Option<String>) -> Option<String> {
    let text = text.as_deref().map(clean::block)?;
    (!text.is_empty()).then_some(text)
}

/// The fragment by which a page is entered at an item: a prefix and a key, which holds letters, digits,
/// `.`, `_` and `-` only.
fn anchor(prefix: &str, key: &str) -> String {
    format!("{prefix}-{key}")
}
