//! Which incident a command means.

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::store::{OpenIncident, Store, StoreError};
use crate::text::{excerpt, nearest, printable_line};

use super::input::Input;
use super::prompt::{Choice, Prompt, PromptError, TerminalPrompt};
use super::root::Root;
use super::{CommandError, Surroundings};

/// The option with which every command takes an incident.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Which {
    /// The incident: its id, a part of it, or its file. Else $POSTMORTEM_INCIDENT, else the only open one
    #[arg(short, long, value_name = "ID|FILE")]
    pub incident: Option<String>,
}

/// The document that a command is to work on.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Its file, absolute.
    pub file: PathBuf,
    /// The file as people want to see it: from the folder the command was called in.
    pub shown: String,
    /// The configuration that holds for it.
    pub config: Config,
}

impl Chosen {
    /// What an incident's name stands for: an id, the name of a file, a path, or a part of an id that no
    /// other has. A closed incident may be named as well as an open one.
    pub fn named(given: &str, surroundings: &Surroundings) -> Result<Self, CommandError> {
        Folder::of(surroundings)?.named(given)
    }

    /// The document, to be read.
    pub fn input(&self) -> Input {
        Input::file(self.file.clone(), self.shown.clone())
    }
}

impl Which {
    /// Finds the document that is meant: the one that is named, else the one of `POSTMORTEM_INCIDENT`,
    /// else the only open one, else the one that is picked on a terminal.
    pub fn find(&self, surroundings: &Surroundings) -> Result<Chosen, CommandError> {
        let mut terminal = TerminalPrompt {
            colour: surroundings.stderr_colour(),
        };
        let can_ask = surroundings.can_ask();
        let prompt = can_ask.then_some(&mut terminal as &mut dyn Prompt);
        self.find_with(surroundings, prompt)
    }

    /// As [`Self::find`], but where no incident is open, and none is named, the newest document, and says
    /// so: what is written and read in peace comes when the incident is over.
    pub fn find_or_newest(&self, surroundings: &Surroundings) -> Result<Chosen, CommandError> {
        if self.incident.is_none() && surroundings.incident().is_none() {
            let folder = Folder::of(surroundings)?;
            let failed = |error: StoreError| folder.failed(&error);
            let files = folder.store.files().map_err(failed)?;
            let open = folder.store.open_incidents().map_err(failed)?;
            if let (Some(newest), true) = (files.last(), open.is_empty()) {
                let chosen = folder.chosen(newest)?;
                surroundings.say(format!(
                    "note: no incident is open; the newest is {}\n",
                    printable_line(&chosen.shown)
                ));
                return Ok(chosen);
            }
        }
        self.find(surroundings)
    }

    /// As [`Self::find`], with somebody who picks, or nobody.
    pub fn find_with(
        &self,
        surroundings: &Surroundings,
        prompt: Option<&mut dyn Prompt>,
    ) -> Result<Chosen, CommandError> {
        let folder = Folder::of(surroundings)?;
        if let Some(given) = &self.incident {
            return folder.named(given);
        }
        if let Some(given) = surroundings.incident() {
            let named = folder.named(&given);
            return named.map_err(|error| {
                error.help("POSTMORTEM_INCIDENT says so; unset it, or name another with -i")
            });
        }
        let only = (folder.store.only_open()).map_err(|error| folder.failed(&error))?;
        if let Some(only) = only {
            return folder.chosen(&only);
        }
        let mut open = (folder.store.open_incidents()).map_err(|error| folder.failed(&error))?;
        // The newest is the likeliest.
        open.reverse();
        match (&open[..], prompt) {
            ([], _) => Err(folder.nothing_is_open()),
            ([only], _) => folder.chosen(&only.file),
            (several, None) => Err(name_one(several)),
            (several, Some(prompt)) => {
                let lines: Vec<String> = several.iter().map(line).collect();
                let picked = prompt.choose(&Choice {
                    words: "Which incident?",
                    answers: &lines,
                    may_end: true,
                });
                let picked = picked.map_err(not_picked)?;
                match several.get(picked) {
                    Some(open) => folder.chosen(&open.file),
                    None => Err(name_one(several)),
                }
            }
        }
    }
}

/// Where incidents are looked for.
struct Folder<'a> {
    surroundings: &'a Surroundings,
    store: Store,
}

impl<'a> Folder<'a> {
    fn of(surroundings: &'a Surroundings) -> Result<Self, CommandError> {
        Ok(Self {
            surroundings,
            store: Store::at(Root::of(surroundings)?.documents()),
        })
    }

    fn chosen(&self, file: &Path) -> Result<Chosen, CommandError> {
        let above = file.parent().unwrap_or(&self.surroundings.folder);
        let (config, _) = Config::find(above)?;
        Ok(Chosen {
            shown: self.surroundings.shown(file).display().to_string(),
            file: file.to_owned(),
            config,
        })
    }

    fn named(&self, given: &str) -> Result<Chosen, CommandError> {
        let given = given.trim();
        if given.is_empty() {
            return Err(CommandError::new("the incident's name is empty")
                .help("leave it out for the only open incident"));
        }
        let path = Path::new(given);
        let is_path = path.components().count() > 1 || ends_as_yaml(path);
        let here = self.surroundings.folder.join(path);
        if is_path && here.exists() {
            // A folder, a pipe or a device is refused there.
            Input::named(path, self.surroundings)?;
            return self.chosen(&here);
        }
        let files = (self.store.files()).map_err(|error| self.failed(&error))?;
        let wanted = match ends_as_yaml(path) {
            true => path
                .file_stem()
                .map_or(given.into(), |stem| stem.to_string_lossy()),
            false => given.into(),
        };
        if let Some(file) = files.iter().find(|file| name_of(file) == wanted) {
            return self.chosen(file);
        }
        let part = wanted.to_lowercase();
        let fitting: Vec<&PathBuf> = (files.iter())
            .filter(|file| !is_path && name_of(file).to_lowercase().contains(&part))
            .collect();
        match fitting[..] {
            [] => Err(self.unknown(given, &wanted, &files)),
            [only] => self.chosen(only),
            _ => Err(several_fit(given, &fitting)),
        }
    }

    fn unknown(&self, given: &str, wanted: &str, files: &[PathBuf]) -> CommandError {
        let folder = self.surroundings.shown(self.store.folder());
        let error = CommandError::new(format!(
            "there is no incident `{}` in {}/",
            excerpt(given, LONGEST_NAME),
            folder.display()
        ));
        let names: Vec<String> = files.iter().map(|file| name_of(file)).collect();
        let names = || names.iter().map(String::as_str);
        // The date is as easily mistyped as it is left out.
        let by_slug = nearest(wanted, names().map(slug_of));
        let meant = nearest(wanted, names())
            .or_else(|| names().rev().find(|name| by_slug == Some(slug_of(name))));
        match (meant, names().next_back()) {
            (Some(meant), _) => error.help(format!("did you mean `{meant}`?")),
            (None, Some(newest)) => error.help(format!("the newest is `{newest}`")),
            (None, None) => error.help("no incident was written down yet: postmortem new"),
        }
    }

    fn nothing_is_open(&self) -> CommandError {
        let shown = self.surroundings.shown(self.store.folder());
        let error = CommandError::new(format!("no incident is open in {}/", shown.display()));
        let files = self.store.files().unwrap_or_default();
        let newest = files.last().map(|file| name_of(file));
        let error = error.help("write one down: postmortem new");
        match newest {
            Some(newest) => error.help(format!("a closed one is named: -i {newest}")),
            None => error,
        }
    }

    fn failed(&self, error: &StoreError) -> CommandError {
        let shown = self.surroundings.shown(&error.path);
        CommandError::new(format!("`{}` {}", shown.display(), error.why))
    }
}

/// The longest name that a message repeats, in characters.
const LONGEST_NAME: usize = 120;

/// The longest title in a list, in characters.
const LONGEST_TITLE: usize = 60;

/// More than these are not listed.
const MOST_LISTED: usize = 10;

fn ends_as_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// The name of a document's file without its ending: the id.
fn name_of(file: &Path) -> String {
    file.file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

/// An id without its date.
fn slug_of(name: &str) -> &str {
    name.get(10..)
        .and_then(|rest| rest.strip_prefix('-'))
        .unwrap_or(name)
}

/// An open incident in a line.
fn line(open: &OpenIncident) -> String {
    let name = printable_line(&open.name);
    let Some(facts) = &open.facts else {
        return format!("{name}   cannot be read");
    };
    let title = excerpt(&facts.title, LONGEST_TITLE);
    let severity = facts
        .severity
        .as_deref()
        .map(|severity| format!("{}, ", excerpt(severity, 20)));
    format!(
        "{name}   {title} ({}{})",
        severity.unwrap_or_default(),
        facts.status
    )
}

/// Lists what may be meant, each with the flag that names it.
fn listed(error: CommandError, lines: &[String]) -> CommandError {
    let error = (lines.iter().take(MOST_LISTED))
        .fold(error, |error, line| error.help(format!("-i {line}")));
    match lines.len().checked_sub(MOST_LISTED) {
        Some(more @ 1..) => error.help(format!("and {more} more")),
        _ => error,
    }
}

fn name_one(open: &[OpenIncident]) -> CommandError {
    let error = CommandError::new(format!(
        "{} incidents are open: say which is meant",
        open.len()
    ));
    let lines: Vec<String> = open.iter().map(line).collect();
    listed(error, &lines)
}

fn several_fit(given: &str, fitting: &[&PathBuf]) -> CommandError {
    let error = CommandError::new(format!(
        "`{}` is a part of {} ids",
        excerpt(given, LONGEST_NAME),
        fitting.len()
    ));
    let lines: Vec<String> = fitting.iter().rev().map(|file| name_of(file)).collect();
    listed(error, &lines)
}

fn not_picked(error: PromptError) -> CommandError {
    match error {
        PromptError::Signal(2) => CommandError::interrupted("Interrupted; nothing was changed"),
        PromptError::Signal(signal) => CommandError::ended_by(signal, "Ended; nothing was changed"),
        // What the command was called for was not done.
        PromptError::End => CommandError::interrupted("Ended; nothing was changed"),
        PromptError::Terminal(error) => {
            let reason = crate::store::reason(&error);
            CommandError::new(format!(
                "the terminal failed: {reason}; nothing was changed"
            ))
            .help("name the incident with -i")
        }
    }
}
