use crate::cli::introduced::introduce;
use crate::cli::record::{Change, Record, Unchanged};
use crate::cli::{CommandError, echo, elapsed};
use crate::model::{Event, EventKind, Postmortem, Resolved, Status, Zone};
use crate::store::Journal;
use crate::text::printable_line;

/// Where events are now.
pub enum Saved {
    /// In the document.
    InPlace(Vec<Event>, Box<Postmortem>),
    /// In the journal beside it, since the document could not be changed: why.
    InJournal(Vec<Event>, String),
}

/// Saves events into the timeline with another change of the document; where the document cannot be
/// changed now, into the journal, from which the next command takes them. What can be saved nowhere is
/// in the error.
pub fn save(
    record: &Record<'_>,
    events: Vec<Event>,
    change: &mut Change<'_>,
) -> Result<Saved, CommandError> {
    let mut notes = Vec::new();
    let logged = record.log(&mut |postmortem| {
        change(postmortem)?;
        let config = &record.chosen.config;
        notes.clear();
        for event in &events {
            let by = event.by.as_ref();
            notes.extend(introduce(postmortem, config, by, &event.services));
        }
        Ok(events.clone())
    });
    let unchanged = match logged {
        Ok((changed, _)) => {
            record.surroundings.say(notes.concat());
            return Ok(Saved::InPlace(events, Box::new(changed.postmortem)));
        }
        Err(unchanged) => unchanged,
    };
    let typed = events
        .iter()
        .map(|event| match &event.detail {
            Some(detail) => format!("{}\n{detail}", event.what),
            None => event.what.clone(),
        })
        .collect::<Vec<_>>()
        .join("\n");
    let why = match &unchanged {
        Unchanged::Locked => "another process holds the file".to_owned(),
        Unchanged::Contended => "the file is being saved all the time".to_owned(),
        Unchanged::Unreadable(why) => format!("the file does not read at the moment: {why}"),
        Unchanged::Failed(error) if error.is_done => {
            return Err(record.told(unchanged, &typed));
        }
        Unchanged::Failed(error) => format!("the file {}", error.why),
        Unchanged::NoPlace(_) | Unchanged::Refused(_) => {
            return Err(record.told(unchanged, &typed));
        }
    };
    let journal = Journal::of(&record.chosen.file);
    let who = record.surroundings.user();
    let kept = journal.and_then(|journal| {
        events
            .iter()
            .try_for_each(|event| journal.append(event, &who))
    });
    match kept {
        Ok(()) => Ok(Saved::InJournal(events, why)),
        Err(error) => {
            let kept = match error.is_done {
                true => " has it, but a power cut may undo that: it",
                false => "",
            };
            let told = record.told(unchanged, &typed);
            Err(told.help(format!("the journal beside it{kept} {}", error.why)))
        }
    }
}

impl Saved {
    /// Whether the document has them.
    pub fn is_in_place(&self) -> bool {
        matches!(self, Self::InPlace(..))
    }

    /// Says on stderr what was saved and when that was.
    pub fn tell(&self, record: &Record<'_>) {
        let (events, why) = match self {
            Self::InPlace(events, _) => (events, None),
            Self::InJournal(events, why) => (events, Some(why)),
        };
        let surroundings = record.surroundings;
        for event in events {
            let line = echo::event(event, record.now, record.zone);
            let hint = match why {
                None => "undo: postmortem log --undo",
                Some(_) => "",
            };
            surroundings.say(echo::with_hint(&line, hint, surroundings.width()));
            if let Self::InPlace(_, postmortem) = self {
                for note in notes(event, postmortem, record.zone) {
                    surroundings.say(format!("{note}\n"));
                }
            }
        }
        if let Some(why) = why {
            surroundings.say(format!(
                "saved beside {}, and put in its place by the next command: {}\n",
                printable_line(record.shown()),
                printable_line(why)
            ));
        }
    }
}

/// How long before an incident events are usual, in hours.
const USUAL_HOURS_BEFORE: i64 = 6;

/// What is odd about an event in its document, or what is to be done next.
fn notes(event: &Event, postmortem: &Postmortem, zone: Zone) -> Vec<String> {
    let mut notes = Vec::new();
    let is_resolved = event.kind.has(EventKind::Resolved) && event.services.is_empty();
    if is_resolved && postmortem.status != Status::Resolved {
        notes.push(format!(
            "The incident is still {}. Next: postmortem status resolved",
            postmortem.status
        ));
    }
    let instant = |event: &Event| match event.at.moment()?.resolve(Some(zone)) {
        Ok(Resolved::Instant(at)) => Some(at.to_utc()),
        _ => None,
    };
    let begins = |event: &&Event| {
        let is_harm = event.kind.has(EventKind::Started) || event.kind.has(EventKind::Detected);
        is_harm && event.services.is_empty()
    };
    let others = postmortem.timeline.iter().filter(|other| *other != event);
    let begin = others.filter(begins).filter_map(instant).min();
    if let (Some(at), Some(begin)) = (instant(event), begin)
        && (begin - at).num_hours() >= USUAL_HOURS_BEFORE
        && !event.kind.has(EventKind::Change)
    {
        notes.push(format!(
            "note: that is {} before the incident began; if it is not meant: postmortem log --undo",
            elapsed::elapsed(begin - at)
        ));
    }
    notes
}
