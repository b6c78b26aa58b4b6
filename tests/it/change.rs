//! What commands change in a document, and any other change of a field.

use postmortem::model::*;

use crate::dice::Dice;

/// A change by its name, for the reports of failures.
pub type Change = (&'static str, fn(&mut Postmortem, &mut Dice, &Postmortem));

const TEXTS: &[&str] = &[
    "Rolled back the deploy",
    "rolled back: all fine",
    "- a dash",
    "# no comment",
    "Reverted #4412, again",
    "{a: b} [c]",
    "*bold* &c !d | > %e @f `g`",
    "key: value # x",
    "🔥 é 障害",
    "a\u{85}b\u{2028}c\u{2029}d",
    "tab\there",
    "control \u{1b}[31m",
    " leads",
    "trails ",
    "yes",
    "1.10",
    "2024-12-11",
    "~",
    "'single' \"double\" back\\slash",
    "two\nlines",
    "block\nof text\n",
    "with\n\n  depth: 1\n\n# no comment\n- no item\n",
    "\n\nempty first",
    "ends with many\n\n\n",
    "cr\r\nlf",
    "---",
    "...\n---\n",
    "a sentence that is long enough to be broken by an editor, but not by this tool, which leaves a line a line",
];

pub fn text(dice: &mut Dice) -> String {
    if dice.in_hundred(1) {
        return "a line of a hundred thousand bytes, no less; ".repeat(2_200);
    }
    (*dice.one_of(TEXTS)).to_owned()
}

fn some(dice: &mut Dice) -> Option<String> {
    (!dice.in_hundred(20)).then(|| text(dice))
}

fn key(dice: &mut Dice) -> Key {
    format!("K{}", dice.below(1000)).parse().expect("a key")
}

fn event(dice: &mut Dice) -> Event {
    let minute = dice.below(60);
    let at = format!("2024-12-11T15:{minute:02}:00-08:00");
    let kind = *dice.one_of(EventKind::ALL);
    let mut event = Event::new(at.parse().expect("a time"), kind, text(dice));
    if dice.in_hundred(30) {
        event.detail = some(dice);
    }
    if dice.in_hundred(30) {
        event.by = Some(key(dice));
    }
    if dice.in_hundred(20) {
        event.services = vec![text(dice), text(dice)];
    }
    event
}

/// The commands, each as it changes what a document says.
pub const COMMANDS: &[Change] = &[
    ("log", |document, dice, _| {
        let at = dice.below(document.timeline.len() + 1);
        document.timeline.insert(at, event(dice));
    }),
    ("log, many lines", |document, dice, _| {
        for _ in 0..2 + dice.below(4) {
            let at = dice.below(document.timeline.len() + 1);
            document.timeline.insert(at, event(dice));
        }
    }),
    ("log --undo", |document, dice, _| {
        if !document.timeline.is_empty() {
            let at = dice.below(document.timeline.len());
            document.timeline.remove(at);
        }
    }),
    ("status", |document, dice, _| {
        document.status = *dice.one_of(Status::ALL);
        if dice.in_hundred(50) {
            document.timeline.push(event(dice));
        }
    }),
    ("cause add", |document, dice, _| {
        document.causes.push(Cause {
            id: key(dice),
            role: dice.in_hundred(30).then_some(CauseRole::Root),
            state: CauseState::Suspected,
            category: None,
            what: text(dice),
            detail: None,
            because: Vec::new(),
            evidence: Vec::new(),
            accepted: None,
            internal: false,
        });
    }),
    ("cause confirm", |document, dice, _| {
        let count = document.causes.len();
        if let Some(cause) = document.causes.get_mut(dice.below(count)) {
            cause.state = *dice.one_of(CauseState::ALL);
            cause.role = dice.in_hundred(50).then_some(CauseRole::Trigger);
            let evidence = text(dice);
            cause.evidence.push(evidence.as_str().into());
        }
    }),
    ("action add", |document, dice, _| {
        let text = text(dice);
        document.actions.push(Action {
            id: key(dice),
            what: text,
            detail: None,
            kind: dice.in_hundred(50).then_some(ActionKind::Prevent),
            r#for: document
                .causes
                .iter()
                .map(|cause| cause.id.clone())
                .collect(),
            owner: dice.in_hundred(50).then(|| key(dice)),
            priority: None,
            due: dice
                .in_hundred(50)
                .then(|| "2025-01-31".parse().expect("a day")),
            status: ActionStatus::Open,
            done_on: None,
            outcome: None,
            reason: None,
            ticket: None,
            internal: false,
        });
    }),
    ("action done", |document, dice, _| {
        let count = document.actions.len();
        if let Some(action) = document.actions.get_mut(dice.below(count)) {
            action.status = ActionStatus::Done;
            action.done_on = Some("2025-01-20".parse().expect("a day"));
            action.outcome = some(dice);
        }
    }),
    ("action decline", |document, dice, _| {
        let count = document.actions.len();
        if let Some(action) = document.actions.get_mut(dice.below(count)) {
            action.status = ActionStatus::Declined;
            action.reason = some(dice);
        }
    }),
    ("log --attach", |document, dice, _| {
        document.attachments.push(Attachment {
            file: "2024-12-11-x/graph 1.png".to_owned(),
            caption: some(dice),
            alt: None,
            internal: false,
        });
    }),
    ("fill", |document, dice, _| match dice.below(8) {
        0 => document.summary = some(dice),
        1 => document.severity = some(dice),
        2 => document.services = vec![text(dice), "api".to_owned()],
        3 => {
            document.detection = Some(Detection {
                by: Some(*dice.one_of(DetectedBy::ALL)),
                how: some(dice),
            });
        }
        4 => {
            let impact = document.impact.get_or_insert_default();
            impact.summary = some(dice);
        }
        5 => {
            let lessons = document.lessons.get_or_insert_default();
            lessons.went_well.push(text(dice).as_str().into());
            lessons.surprises.insert(0, text(dice).as_str().into());
        }
        6 => document.owner = Some(key(dice)),
        _ => document.timezone = Some("Europe/Paris".parse().expect("a zone")),
    }),
    ("people", |document, dice, _| {
        let person = Person {
            name: some(dice),
            role: some(dice),
            ..Person::default()
        };
        document.people.insert(key(dice), person);
    }),
];

/// One field as another document has it.
pub const FIELDS: &[Change] = &[
    ("title", |document, dice, _| document.title = text(dice)),
    ("stage", |document, _, other| document.stage = other.stage),
    ("view", |document, _, other| document.view = other.view),
    ("people", |document, _, other| {
        document.people = other.people.clone()
    }),
    ("services", |document, _, other| {
        document.services = other.services.clone()
    }),
    ("tags", |document, _, other| {
        document.tags = other.tags.clone()
    }),
    ("sources", |document, _, other| {
        document.sources = other.sources.clone()
    }),
    ("summary", |document, _, other| {
        document.summary = other.summary.clone()
    }),
    ("background", |document, _, other| {
        document.background = other.background.clone()
    }),
    ("impact", |document, _, other| {
        document.impact = other.impact.clone()
    }),
    ("impact parts", |document, dice, other| {
        if let (Some(impact), Some(other)) = (&mut document.impact, &other.impact) {
            match dice.below(4) {
                0 => impact.services = other.services.clone(),
                1 => impact.figures = other.figures.clone(),
                2 => impact.data = other.data.clone(),
                _ => impact.slo = other.slo.clone(),
            }
        }
    }),
    ("detection", |document, _, other| {
        document.detection = other.detection.clone()
    }),
    ("causes", |document, _, other| {
        document.causes = other.causes.clone()
    }),
    ("a cause", |document, dice, other| {
        let count = document.causes.len();
        if let (Some(cause), Some(other)) = (
            document.causes.get_mut(dice.below(count)),
            other.causes.first(),
        ) {
            match dice.below(6) {
                0 => cause.because = other.because.clone(),
                1 => cause.evidence = other.evidence.clone(),
                2 => cause.what = other.what.clone(),
                3 => cause.accepted = other.accepted.clone(),
                4 => cause.category = other.category.clone(),
                _ => *cause = other.clone(),
            }
        }
    }),
    ("timeline", |document, _, other| {
        document.timeline = other.timeline.clone()
    }),
    ("an event", |document, dice, other| {
        let count = document.timeline.len();
        if let (Some(event), Some(other)) = (
            document.timeline.get_mut(dice.below(count)),
            other.timeline.first(),
        ) {
            match dice.below(8) {
                0 => event.at = other.at.clone(),
                1 => event.kind = other.kind.clone(),
                2 => event.services = other.services.clone(),
                3 => event.what = other.what.clone(),
                4 => event.detail = other.detail.clone(),
                5 => event.note = other.note.clone(),
                6 => event.key = !event.key,
                _ => *event = other.clone(),
            }
        }
    }),
    ("unrecorded", |document, _, other| {
        document.unrecorded = other.unrecorded.clone()
    }),
    ("recovery", |document, _, other| {
        document.recovery = other.recovery.clone()
    }),
    ("dependencies", |document, _, other| {
        document.dependencies = other.dependencies.clone()
    }),
    ("lessons", |document, _, other| {
        document.lessons = other.lessons.clone()
    }),
    ("actions", |document, _, other| {
        document.actions = other.actions.clone()
    }),
    ("related", |document, _, other| {
        document.related = other.related.clone()
    }),
    ("glossary", |document, _, other| {
        document.glossary = other.glossary.clone()
    }),
    ("links", |document, _, other| {
        document.links = other.links.clone()
    }),
    ("attachments", |document, _, other| {
        document.attachments = other.attachments.clone()
    }),
    ("review", |document, _, other| {
        document.review = other.review.clone()
    }),
    ("internal_notes", |document, _, other| {
        document.internal_notes = other.internal_notes.clone();
    }),
    ("custom", |document, _, other| {
        document.custom = other.custom.clone()
    }),
];
