//! The document of an incident while people change it, several at once.

use std::cell::RefCell;

use chrono::{DateTime, Utc};

use crate::diagnostic::{Diagnostic, Level, mask};
use crate::document::{Document, NotEdited, Reading};
use crate::model::{Event, Postmortem, Zone};
use crate::store::{Claimed, Journal, Lock, PATIENCE, Remembered, StoreError, missing};
use crate::text::printable_line;

use super::chosen::{Chosen, Which};
use super::{CommandError, Surroundings};

/// How often an editor may save the file while it is written.
const MOST_RACES: usize = 20;

/// A document that is to be changed.
pub struct Record<'s> {
    /// The process.
    pub surroundings: &'s Surroundings,
    /// The document and the configuration that holds for it.
    pub chosen: Chosen,
    /// The current time.
    pub now: DateTime<Utc>,
    /// The zone in which times are typed.
    pub zone: Zone,
    /// What was read last, which need not be read again while the file holds it.
    seen: RefCell<Option<Reading>>,
}

/// What a change made of a document.
pub struct Changed {
    /// What it says now.
    pub postmortem: Postmortem,
    /// Whether anything had to be written.
    pub is_written: bool,
    /// The events that came from the journal.
    folded: Vec<Event>,
}

/// What became of an event that was to be taken back.
pub enum Undone {
    /// It is out of the timeline.
    Event(Box<Event>),
    /// People changed it or took it out since: what it said. The one before is the last now.
    Changed(String),
    /// Whoever is at work has logged none.
    Nothing,
}

/// Why a document was not changed.
pub enum Unchanged {
    /// Another process holds it.
    Locked,
    /// It does not read at the moment: a place with a message.
    Unreadable(String),
    /// There is no place for the change in the text.
    NoPlace(NotEdited),
    /// An editor saves all the time.
    Contended,
    /// The system refused.
    Failed(StoreError),
    /// What was asked for makes no sense for this document.
    Refused(CommandError),
}

impl From<StoreError> for Unchanged {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl From<CommandError> for Unchanged {
    fn from(error: CommandError) -> Self {
        Self::Refused(error)
    }
}

/// Changes what a document says; called again where the document changed meanwhile.
pub type Change<'c> = dyn FnMut(&mut Postmortem) -> Result<(), CommandError> + 'c;

/// As [`Change`], and gives what is to be logged with it.
pub type Logging<'c> = dyn FnMut(&mut Postmortem) -> Result<Vec<Event>, CommandError> + 'c;

impl<'s> Record<'s> {
    /// Finds the document that is meant, and looks at it.
    pub fn open(which: &Which, surroundings: &'s Surroundings) -> Result<Self, CommandError> {
        Self::of(which.find(surroundings)?, surroundings)
    }

    /// As [`Self::open`], or an error in which what was typed is not lost.
    pub fn open_for(
        text: &str,
        which: &Which,
        surroundings: &'s Surroundings,
    ) -> Result<Self, CommandError> {
        Self::open(which, surroundings).map_err(|error| error.typed(text))
    }

    /// Looks at a document.
    pub fn of(chosen: Chosen, surroundings: &'s Surroundings) -> Result<Self, CommandError> {
        let reading = chosen.input().read()?;
        let document = reading.document.as_ref();
        let zone = document.and_then(|document| document.postmortem().timezone);
        let zone = match zone.or(chosen.config.timezone) {
            Some(zone) => zone,
            None => surroundings.zone()?,
        };
        if let Some(finding) = reading
            .findings
            .iter()
            .find(|finding| finding.rule == "unknown-timezone")
        {
            surroundings.say(format!(
                "note: {}: times are read in {zone}\n",
                printable_line(&finding.message)
            ));
        }
        Ok(Self {
            surroundings,
            now: surroundings.now()?,
            zone,
            chosen,
            seen: RefCell::new(Some(reading)),
        })
    }

    /// The same document later: at another moment, and read anew where that is possible.
    pub fn later(&self) -> Result<Self, CommandError> {
        Self::of(self.chosen.clone(), self.surroundings).or_else(|_| {
            Ok(Self {
                surroundings: self.surroundings,
                chosen: self.chosen.clone(),
                now: self.surroundings.now()?,
                zone: self.zone,
                seen: RefCell::new(None),
            })
        })
    }

    /// Reads the file. An editor may have moved it away for a moment: that is no reason to lose anything.
    fn read(&self) -> Result<Reading, Unchanged> {
        let input = self.chosen.input();
        let seen = self.seen.take();
        match seen.filter(|seen| input.still_holds(seen.source.text())) {
            Some(seen) => Ok(seen),
            None => input
                .read()
                .map_err(|error| Unchanged::Unreadable(error.to_string())),
        }
    }

    /// The file as people want to see it.
    pub fn shown(&self) -> &str {
        &self.chosen.shown
    }

    /// Changes the document under its lock. Events that wait in the journal come into it first.
    pub fn change(&self, change: &mut Change<'_>) -> Result<Changed, Unchanged> {
        let mut lock = self.lock()?;
        self.change_locked(&mut lock, change)
    }

    /// As [`Self::change`], or an error in which what was typed is not lost.
    pub fn change_or_tell(
        &self,
        typed: &str,
        change: &mut Change<'_>,
    ) -> Result<Changed, CommandError> {
        self.change(change)
            .map_err(|unchanged| self.told(unchanged, typed))
    }

    /// Puts the events that a change gives into the timeline, and remembers them as the last ones of
    /// whoever is at work.
    pub fn log(&self, change: &mut Logging<'_>) -> Result<(Changed, Vec<Event>), Unchanged> {
        let mut lock = self.lock()?;
        let mut events = Vec::new();
        let changed = self.change_locked(&mut lock, &mut |postmortem| {
            events = change(postmortem)?;
            for event in &events {
                postmortem.log(event.clone());
            }
            Ok(())
        })?;
        let who = self.surroundings.user();
        for event in &events {
            remember(&mut lock, event, &who);
        }
        Ok((changed, events))
    }

    /// Takes the last event of whoever is at work back out of the timeline.
    ///
    /// `also` changes what belongs to the event, once it is out.
    pub fn undo(&self, also: &mut dyn FnMut(&mut Postmortem, &Event)) -> Result<Undone, Unchanged> {
        let mut lock = self.lock()?;
        // The last event may wait in the journal.
        self.change_locked(&mut lock, &mut |_| Ok(()))?;
        let who = self.surroundings.user();
        let Some(last) = lock.memory().into_iter().rfind(|last| last.who == who) else {
            return Ok(Undone::Nothing);
        };
        let mut undone = None;
        self.change_locked(&mut lock, &mut |postmortem| {
            let is_last =
                |event: &Event| serde_json::to_value(event).is_ok_and(|event| event == last.event);
            let at = postmortem.timeline.iter().rposition(is_last);
            undone = at.map(|at| postmortem.timeline.remove(at));
            if let Some(event) = &undone {
                also(postmortem, event);
            }
            Ok(())
        })?;
        lock.forget(&last);
        Ok(match undone {
            Some(event) => Undone::Event(Box::new(event)),
            None => Undone::Changed(last.event["what"].as_str().unwrap_or_default().to_owned()),
        })
    }

    /// The events that were logged last, newest last; nothing where another process holds the document.
    pub fn logged(&self) -> Option<Vec<Remembered>> {
        self.lock().ok().map(|mut lock| lock.memory())
    }

    fn lock(&self) -> Result<Lock, Unchanged> {
        let mut waiting = || {
            let shown = printable_line(self.shown());
            self.surroundings
                .say(format!("waiting for another writer of {shown} …\n"));
        };
        let lock = Lock::take(&self.chosen.file, PATIENCE, &mut waiting)?;
        lock.ok_or(Unchanged::Locked)
    }

    fn change_locked(
        &self,
        lock: &mut Lock,
        change: &mut Change<'_>,
    ) -> Result<Changed, Unchanged> {
        // While the file does not read, what waits is left as it is.
        let reading = self.read()?;
        readable(&reading).map_err(Unchanged::Unreadable)?;
        self.seen.replace(Some(reading));
        let claimed = Journal::claim(lock)?;
        let changed = match self.exchange(lock, &claimed.events, change) {
            // An event of the journal must not keep others from being saved.
            Err(Unchanged::NoPlace(refused)) if !claimed.events.is_empty() => {
                let changed = self.exchange(lock, &[], change)?;
                self.fold_one_by_one(lock, claimed, &refused);
                return Ok(changed);
            }
            changed => changed?,
        };
        for (event, who) in claimed.events.iter().zip(&claimed.authors) {
            if changed.folded.contains(event) {
                remember(lock, event, who);
            }
        }
        self.clear(claimed, lock);
        Ok(changed)
    }

    /// Puts in what can be put in of a journal; the rest goes on waiting, and that is said.
    fn fold_one_by_one(&self, lock: &mut Lock, claimed: Claimed, refused: &NotEdited) {
        let mut waiting = 0_usize;
        for (event, who) in claimed.events.iter().zip(&claimed.authors) {
            let folded = self.exchange(lock, std::slice::from_ref(event), &mut |_| Ok(()));
            match folded {
                Ok(changed) if changed.is_written => remember(lock, event, who),
                Ok(_) => {}
                Err(_) => waiting += 1,
            }
        }
        match waiting {
            0 => self.clear(claimed, lock),
            _ => self.surroundings.say(format!(
                "note: {waiting} logged before cannot be put into {} yet: {}\n",
                printable_line(self.shown()),
                printable_line(&refused.why)
            )),
        }
    }

    fn exchange(
        &self,
        lock: &Lock,
        kept: &[Event],
        change: &mut Change<'_>,
    ) -> Result<Changed, Unchanged> {
        for _ in 0..MOST_RACES {
            let reading = self.read()?;
            let document = readable(&reading).map_err(Unchanged::Unreadable)?;
            let mut wanted = document.postmortem().clone();
            let folded = missing(kept.to_vec(), &wanted.timeline);
            for event in &folded {
                wanted.log(event.clone());
            }
            change(&mut wanted)?;
            let mut is_written = wanted != *document.postmortem();
            if is_written {
                let edited = document.edit(&wanted);
                let edited = edited.map_err(|refused| match first_error(&reading) {
                    None => Unchanged::NoPlace(refused),
                    // What is wrong with it may be what is in the way.
                    Some(error) => Unchanged::Unreadable(error),
                })?;
                is_written = lock.exchange(reading.source.text(), &edited.text)?;
                if !is_written {
                    continue;
                }
            }
            return Ok(Changed {
                postmortem: wanted,
                is_written,
                folded,
            });
        }
        Err(Unchanged::Contended)
    }

    fn clear(&self, claimed: Claimed, lock: &Lock) {
        let folded = claimed.events.len();
        match claimed.clear() {
            Ok(unreadable) => {
                if let Some(file) = unreadable {
                    let shown = self.surroundings.shown(&file);
                    self.surroundings.say(format!(
                        "note: what could not be read of the journal is kept in {}\n",
                        printable_line(&shown.display().to_string())
                    ));
                }
            }
            // The events are in the document; what stays of the journal is found to be there already.
            Err(error) => self.surroundings.say(format!(
                "note: the journal of {} {}\n",
                printable_line(&lock.target().display().to_string()),
                printable_line(&error.why)
            )),
        }
        if folded > 0 {
            let events = if folded == 1 { "event" } else { "events" };
            self.surroundings.say(format!(
                "{folded} {events} from the journal put into {}\n",
                printable_line(self.shown())
            ));
        }
    }

    /// Why nothing was changed, with what was typed.
    pub fn told(&self, unchanged: Unchanged, typed: &str) -> CommandError {
        let shown = self.shown();
        let error = match unchanged {
            Unchanged::Refused(error) => error,
            Unchanged::Locked => CommandError::new(format!(
                "`{shown}` is being changed by another process for more than {} s; nothing was changed",
                PATIENCE.as_secs()
            ))
            .help("try again; a process that holds it and does not run must be ended"),
            Unchanged::Unreadable(why) => CommandError::new(format!(
                "`{shown}` does not read at the moment, so nothing was changed: {why}"
            ))
            .help(format!("postmortem lint {shown}")),
            Unchanged::Contended => CommandError::new(format!(
                "`{shown}` is being saved by somebody else all the time; nothing was changed"
            ))
            .help("try again"),
            Unchanged::Failed(error) => {
                let path = self.surroundings.shown(&error.path);
                let outcome = match error.is_done {
                    true => "the change stands in the file, but a power cut may undo it",
                    false => "nothing was changed",
                };
                CommandError::new(format!("`{}` {}; {outcome}", path.display(), error.why))
            }
            Unchanged::NoPlace(refused) => {
                return CommandError::new(format!(
                    "`{shown}` was not changed: {}",
                    refused.why
                ))
                .help(format!(
                    "write it into the file yourself, near line {}: postmortem edit",
                    refused.line
                ))
                .typed(refused.lines);
            }
        };
        error.typed(typed)
    }
}

/// Puts events that wait in the journal of a document into it before it is read; says so where that is
/// not possible now.
pub fn settle(chosen: &Chosen, surroundings: &Surroundings) {
    let waiting = Journal::of(&chosen.file).map(|journal| journal.waiting().len());
    let Ok(count @ 1..) = waiting else {
        return;
    };
    let settled = Record::of(chosen.clone(), surroundings)
        .map_err(Unchanged::Refused)
        .and_then(|record| record.change(&mut |_| Ok(())));
    if settled.is_err() {
        let events = if count == 1 {
            "event waits"
        } else {
            "events wait"
        };
        surroundings.say(format!(
            "note: {count} {events} in the journal beside {}, since it cannot be changed now\n",
            printable_line(&chosen.shown)
        ));
    }
}

/// Reads a document with all that waits in its journal.
pub fn settled(chosen: &Chosen, surroundings: &Surroundings) -> Result<Reading, CommandError> {
    settle(chosen, surroundings);
    chosen.input().read()
}

fn remember(lock: &mut Lock, event: &Event, who: &str) {
    if let Ok(event) = serde_json::to_value(event) {
        let who = who.to_owned();
        lock.remember(Remembered { who, event });
    }
}

/// Mistakes that leave open what the file says as a whole.
const OF_YAML: [&str; 4] = ["duplicate-key", "alias-or-tag", "not-yaml", "too-large"];

/// The document of a reading that can be changed: every value in it has its place, though some may be
/// wrong. Else where and why it does not read.
fn readable(reading: &Reading) -> Result<&Document, String> {
    let is_of_yaml = |finding: &Diagnostic| OF_YAML.contains(&finding.rule);
    let is_torn = reading.findings.iter().any(is_of_yaml);
    match &reading.document {
        Some(document) if document.blanked().is_empty() && !is_torn => Ok(document),
        _ => Err(first_error(reading).unwrap_or_else(|| "there is no document in it".to_owned())),
    }
}

/// Where and why a document does not read; nothing where it reads whole.
fn first_error(reading: &Reading) -> Option<String> {
    let is_error = |finding: &&Diagnostic| finding.level == Level::Error;
    let finding = reading.findings.iter().find(is_error)?;
    let line = reading.source.position(finding.place.span.start).line;
    Some(format!("line {line}: {}", mask(&finding.message)))
}
