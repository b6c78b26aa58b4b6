use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, SystemTime};

use crate::cli::{CommandError, Outcome, Surroundings};
use crate::config::{Config, FILE_NAME};

use super::inputs::inputs;
use super::round::{Purpose, Round};

/// How long nothing may have changed before pages are made, and how often is looked. Editors empty a file
/// before they write it, or rename another over it; neither takes longer.
const PAUSE: Duration = Duration::from_millis(200);

/// More files than this in a template are no template.
const MOST_FILES: usize = 2_000;

/// How a file looked: when it was changed, and how long it is; nothing where it is not there.
type Look = Option<(Option<SystemTime>, u64)>;

/// What pages are made of, by path.
type Looks = BTreeMap<PathBuf, Look>;

/// Makes pages whenever what they are made of is saved, until somebody presses Ctrl-C.
///
/// It looks again and again instead of being told: that needs nothing of the system, works on every disk,
/// and files that come and go, as editors make them, are no special case.
pub fn watch(
    files: &[PathBuf],
    asked: &super::prepared::Asked,
    surroundings: &Surroundings,
) -> Result<Outcome, CommandError> {
    let ended = Ended::arm()?;
    let round = Round {
        asked,
        files,
        purpose: Purpose::Renew,
        surroundings,
    };
    let mut beside = attachments(&round);
    let mut made_of = looks(&round, &beside);
    make(&round);
    surroundings.say("watching; Ctrl-C ends it\n");
    loop {
        ended.pause()?;
        let mut now = looks(&round, &beside);
        if now == made_of {
            continue;
        }
        // It is being written: what is there now may be half of it.
        loop {
            ended.pause()?;
            let later = looks(&round, &beside);
            if later == now {
                break;
            }
            now = later;
        }
        // Looked at before pages are made: what is saved meanwhile looks otherwise later.
        beside = attachments(&round);
        made_of = looks(&round, &beside);
        make(&round);
    }
}

/// Makes the pages; what is wrong is said, and the next save may mend it.
fn make(round: &Round<'_>) {
    if let Err(error) = round.run() {
        round.surroundings.say(error.text());
    }
}

/// The files beside the documents that their pages hold.
fn attachments(round: &Round<'_>) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for candidate in inputs(round.files, round.surroundings).unwrap_or_default() {
        let folder = round.surroundings.folder.join(candidate.input.folder());
        let reading = candidate.input.read().ok();
        let document = reading.and_then(|reading| reading.document);
        for attachment in document
            .iter()
            .flat_map(|one| &one.postmortem().attachments)
        {
            paths.push(folder.join(&attachment.file));
        }
    }
    paths
}

/// How all that pages are made of looks now. What cannot be found is left to the making, which says so.
fn looks(round: &Round<'_>, beside: &[PathBuf]) -> Looks {
    let Round {
        asked,
        files,
        surroundings,
        ..
    } = round;
    let mut paths: Vec<PathBuf> = files
        .iter()
        .map(|file| surroundings.folder.join(file))
        .chain(beside.iter().cloned())
        .collect();
    for candidate in inputs(files, surroundings).unwrap_or_default() {
        paths.extend(candidate.input.path().map(Path::to_owned));
    }
    let mut templates: Vec<PathBuf> = asked
        .template
        .iter()
        .filter_map(|template| Some(surroundings.folder.join(template.path()?)))
        .collect();
    let mut folders: Vec<PathBuf> = paths
        .iter()
        .filter_map(|path| Some(path.parent()?.to_owned()))
        .collect();
    folders.sort();
    folders.dedup();
    for folder in &folders {
        paths.extend(folder.ancestors().map(|above| above.join(FILE_NAME)));
        if let Ok((config, Some(root))) = Config::find(folder) {
            let rules = config.templates.iter();
            templates.extend(rules.map(|rule| root.join(rule.template())));
            paths.extend(config.brand.logo.map(|logo| root.join(logo)));
        }
    }
    templates.sort();
    templates.dedup();
    for template in templates {
        below(&template, &mut paths);
    }
    paths
        .into_iter()
        .map(|path| (look(&path), path))
        .map(|(look, path)| (path, look))
        .collect()
}

/// A file, or all in a folder.
fn below(path: &Path, paths: &mut Vec<PathBuf>) {
    if paths.len() > MOST_FILES {
        return;
    }
    paths.push(path.to_owned());
    for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
        // A link may lead round in a circle.
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => below(&entry.path(), paths),
            _ => paths.push(entry.path()),
        }
    }
}

fn look(path: &Path) -> Look {
    let about = std::fs::metadata(path).ok()?;
    let length = if about.is_dir() { 0 } else { about.len() };
    Some((about.modified().ok(), length))
}

/// Whether somebody wants an end.
struct Ended {
    came: Arc<AtomicBool>,
    /// Nobody sends here: waiting on it is how time passes.
    nothing: Receiver<()>,
    _sender: std::sync::mpsc::Sender<()>,
}

impl Ended {
    fn arm() -> Result<Self, CommandError> {
        let came = Arc::new(AtomicBool::new(false));
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            signal_hook::flag::register(signal, Arc::clone(&came)).map_err(|error| {
                CommandError::new(format!("Ctrl-C cannot be waited for: {error}"))
            })?;
        }
        let (sender, nothing) = channel();
        Ok(Self {
            came,
            nothing,
            _sender: sender,
        })
    }

    /// Lets some time pass.
    fn pause(&self) -> Result<(), CommandError> {
        let waited = self.nothing.recv_timeout(PAUSE);
        if self.came.load(Ordering::Relaxed) || waited != Err(RecvTimeoutError::Timeout) {
            return Err(CommandError::interrupted("no longer watching"));
        }
        Ok(())
    }
}
