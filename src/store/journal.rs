//! Events that wait beside a document, because it could not be written when they were logged.
//!
//! A process that appends needs no lock: the holder of the lock may be stopped. It adds a line to
//! `.NAME.journal`, syncs it, and looks whether the journal of that name still has it. The holder of
//! the lock takes the journal out of the way first (`.NAME.journal.1`), then reads it, puts the events
//! into the document, and deletes it at last. Whoever wrote into a journal that was taken out of the
//! way writes again: an event may stand in two journals, and never in none.

use std::collections::HashSet;
use std::fs::OpenOptions;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::model::{At, Event, Resolved};

use super::write_aside::{self, Unsettled};
use super::{Lock, StoreError, beside};

/// The events that wait beside a document.
#[derive(Debug, Clone)]
pub struct Journal {
    /// The document behind all links.
    target: PathBuf,
    /// `.NAME.journal`.
    path: PathBuf,
}

/// How often a journal may be taken away from under one who writes into it.
const MOST_RACES: u32 = 1_000;

impl Journal {
    /// The journal of a document, which need not exist; nor need the document.
    pub fn of(document: &Path) -> Result<Self, StoreError> {
        let found = beside::followed(document).and_then(|target| {
            let path = beside::path(&target, "journal")?;
            Ok(Self { target, path })
        });
        found.map_err(|error| StoreError::new(document, "found", &error))
    }

    /// Where events are appended.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends an event; when this returns it is on disk. It needs no lock and waits for nobody. In an
    /// error `is_done` says whether the event stands in the journal all the same. `who` logged it, as
    /// the caller names people.
    pub fn append(&self, event: &Event, who: &str) -> Result<(), StoreError> {
        let failed = |error| StoreError::new(&self.path, "written", &error);
        let json = Line::new(event, who)
            .written()
            .map_err(|error| failed(error.into()))?;
        // It begins with a line end: whatever a dead process left half-written ends here.
        let line = format!("\n{json}\n");
        for _ in 0..MOST_RACES {
            if self.try_append(line.as_bytes()).map_err(failed)? {
                return Ok(());
            }
        }
        Err(failed(io::Error::other("it is taken away all the time")))
    }

    /// Appends a line; gives whether all of it stands in the journal of that name.
    fn try_append(&self, line: &[u8]) -> io::Result<bool> {
        let mut options = OpenOptions::new();
        options.append(true);
        let mut file = beside::open(&self.path, &options, &self.target)?;
        // One write, so that the lines of two processes never mix.
        match file.write(line) {
            Ok(written) if written == line.len() => {}
            Ok(_) => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(false),
            Err(error) => return Err(error),
        }
        let synced = file.sync_all();
        let is_there = self.has(line)?;
        if is_there {
            // Others may have appended behind it by now, so it cannot be taken out again.
            synced.map_err(Unsettled::after)?;
            write_aside::settled(&self.path)?;
        }
        Ok(is_there)
    }

    /// Whether a line stands in the journal of that name. One that was taken away has another.
    fn has(&self, line: &[u8]) -> io::Result<bool> {
        match std::fs::read(&self.path) {
            Ok(there) => Ok(there.windows(line.len()).any(|part| part == line)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The events that wait, as far as they read; none where there is no journal. For readers, who
    /// hold no lock and change nothing.
    pub fn waiting(&self) -> Vec<Event> {
        let mut files: Vec<PathBuf> = self.taken().unwrap_or_default();
        files.push(self.path.clone());
        let plain = files.iter().filter(|file| is_plain(file));
        let texts = plain.filter_map(|file| std::fs::read(file).ok());
        let all = texts.flat_map(|text| lines(&text).filter_map(Line::read).collect::<Vec<_>>());
        each_once(all.collect())
            .into_iter()
            .map(|line| line.event)
            .collect()
    }

    /// Takes the journal out of the way and reads it, and with it what a crash left of earlier ones.
    pub fn claim(lock: &Lock) -> Result<Claimed, StoreError> {
        let journal = Self::of(lock.target())?;
        let failed = |error| StoreError::new(&journal.path, "read", &error);
        let mut files = journal.taken().map_err(failed)?;
        if is_plain(&journal.path) {
            let free = (1..=u64::MAX)
                .map(|number| journal.numbered(number))
                .find(|path| std::fs::symlink_metadata(path).is_err());
            if let Some(free) = free {
                std::fs::rename(&journal.path, &free).map_err(failed)?;
                files.push(free);
            }
        }
        let mut claimed = Claimed {
            journal,
            events: Vec::new(),
            authors: Vec::new(),
            files: Vec::new(),
        };
        let mut all = Vec::new();
        for file in files.into_iter().filter(|file| is_plain(file)) {
            let text =
                std::fs::read(&file).map_err(|error| StoreError::new(&file, "read", &error))?;
            all.extend(lines(&text).filter_map(Line::read));
            claimed.files.push((file, text));
        }
        for line in each_once(all) {
            claimed.events.push(line.event);
            claimed.authors.push(line.who);
        }
        Ok(claimed)
    }

    /// The journals that were taken out of the way and not cleared, oldest first.
    fn taken(&self) -> io::Result<Vec<PathBuf>> {
        let Some(name) = self.path.file_name() else {
            return Ok(Vec::new());
        };
        let mut numbers: Vec<u64> = beside::siblings(&self.path)?
            .iter()
            .filter_map(|there| {
                let rest = there
                    .as_encoded_bytes()
                    .strip_prefix(name.as_encoded_bytes())?
                    .strip_prefix(b".")?;
                std::str::from_utf8(rest).ok()?.parse().ok()
            })
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers
            .into_iter()
            .map(|number| self.numbered(number))
            .collect())
    }

    fn numbered(&self, number: u64) -> PathBuf {
        self.ending(&number.to_string())
    }

    fn ending(&self, ending: &str) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".");
        name.push(ending);
        name.into()
    }
}

/// Journals that were taken out of the way.
#[derive(Debug)]
#[must_use = "what is not cleared is claimed again"]
pub struct Claimed {
    /// The events, in the order in which they were logged. Some may stand in the document already: see
    /// [`missing`].
    pub events: Vec<Event>,
    /// Who logged each of them.
    pub authors: Vec<String>,
    journal: Journal,
    /// The files as they were read.
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Claimed {
    /// Deletes what was claimed, once the events are in the document. Lines that are no events are
    /// kept: gives the file that has them, if there were any.
    pub fn clear(self) -> Result<Option<PathBuf>, StoreError> {
        // One that grew has a line whose writer writes it again; should it have died, the line counts.
        let unchanged: Vec<_> = self
            .files
            .iter()
            .filter(|(file, text)| std::fs::read(file).is_ok_and(|there| there == *text))
            .collect();
        if unchanged.is_empty() {
            return Ok(None);
        }
        let unreadable: Vec<&[u8]> = unchanged
            .iter()
            .flat_map(|(_, text)| lines(text).filter(|line| Line::read(line).is_none()))
            .collect();
        let kept = self.journal.ending("unreadable");
        if !unreadable.is_empty() {
            self.keep(&kept, &unreadable)
                .map_err(|error| StoreError::new(&kept, "written", &error))?;
        }
        for (file, _) in unchanged {
            std::fs::remove_file(file).map_err(|error| StoreError::new(file, "removed", &error))?;
        }
        beside::sync_folder(&self.journal.path)
            .map_err(|error| StoreError::new(&self.journal.path, "removed", &error))?;
        Ok((!unreadable.is_empty()).then_some(kept))
    }

    /// Adds lines to a file, and makes them last.
    fn keep(&self, file: &Path, unreadable: &[&[u8]]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.append(true);
        let mut kept = beside::open(file, &options, &self.journal.target)?;
        let there = std::fs::read(file)?;
        // A crash between keeping and deleting brings them here again.
        let new = unreadable
            .iter()
            .filter(|line| !lines(&there).any(|kept| kept == **line));
        let mut text = Vec::new();
        for line in new {
            text.push(b'\n');
            text.extend_from_slice(line);
            text.push(b'\n');
        }
        kept.write_all(&text)?;
        kept.sync_all()?;
        write_aside::settled(file)
    }
}

/// The events that are not in a timeline yet.
///
/// An event is there where one of the same time, kind, words and author has all that it says; each there
/// stands for one here. Without that, a crash between the writing of the document and the clearing of
/// the journal would double them.
pub fn missing(events: Vec<Event>, timeline: &[Event]) -> Vec<Event> {
    let mut there: Vec<&Event> = timeline.iter().collect();
    let is_missing = |event: &Event| match there.iter().position(|one| says(one, event)) {
        Some(at) => {
            there.swap_remove(at);
            false
        }
        None => true,
    };
    let mut events = events;
    events.retain(is_missing);
    events
}

/// Whether one event says all that another one says; somebody may have added to it.
fn says(one: &Event, other: &Event) -> bool {
    fn has<T: PartialEq + Default>(one: &T, other: &T) -> bool {
        *other == T::default() || one == other
    }
    one.what == other.what
        && one.by == other.by
        && one.kind == other.kind
        && is_same_time(&one.at, &other.at)
        && has(&one.until, &other.until)
        && has(&one.services, &other.services)
        && has(&one.detail, &other.detail)
        && has(&one.audience, &other.audience)
        && has(&one.channel, &other.channel)
        && has(&one.source, &other.source)
        && has(&one.note, &other.note)
}

/// Whether two times are one, however they are written.
fn is_same_time(one: &At, other: &At) -> bool {
    let instant = |at: &At| match at.moment()?.resolve(None) {
        Ok(Resolved::Instant(instant)) => Some(instant),
        _ => None,
    };
    one == other || instant(one).is_some_and(|at| instant(other) == Some(at))
}

/// The lines that hold something.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty())
}

/// A line of a journal.
struct Line {
    event: Event,
    /// Who logged it.
    who: String,
    /// What tells it from every other line; a line that is written again keeps it.
    id: String,
}

/// The keys of a line beside those of its event; no event has one of these names.
const WHO: &str = "logged-by";
const ID: &str = "line";

impl Line {
    fn new(event: &Event, who: &str) -> Self {
        // Seeded anew by every process and for every state: enough to tell lines apart.
        let chance = RandomState::new().build_hasher().finish();
        Self {
            event: event.clone(),
            who: who.to_owned(),
            id: format!("{}-{chance:016x}", std::process::id()),
        }
    }

    fn written(&self) -> serde_json::Result<String> {
        let mut line = serde_json::to_value(&self.event)?;
        if let Some(line) = line.as_object_mut() {
            line.insert(WHO.to_owned(), self.who.as_str().into());
            line.insert(ID.to_owned(), self.id.as_str().into());
        }
        serde_json::to_string(&line)
    }

    fn read(line: &[u8]) -> Option<Self> {
        let mut line: serde_json::Value = serde_json::from_slice(line).ok()?;
        let keys = line.as_object_mut()?;
        let mut word = |key: &str| match keys.remove(key) {
            Some(serde_json::Value::String(word)) => word,
            _ => String::new(),
        };
        let (who, id) = (word(WHO), word(ID));
        let event = serde_json::from_value(line).ok()?;
        Some(Self { event, who, id })
    }
}

/// The lines without those that were written again into another journal.
fn each_once(all: Vec<Line>) -> Vec<Line> {
    let mut seen = HashSet::new();
    all.into_iter()
        .filter(|line| line.id.is_empty() || seen.insert(line.id.clone()))
        .collect()
}

/// Whether a file is there, and neither a link nor a pipe.
fn is_plain(file: &Path) -> bool {
    std::fs::symlink_metadata(file).is_ok_and(|about| about.is_file())
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "a test makes the files that it looks at"
)]
mod tests;
