use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::cli::{CommandError, Outcome, Surroundings};
use crate::store;

use super::configured::ByFolder;
use super::inputs::inputs;
use super::made::{Made, Renderers};
use super::prepared::{Asked, Prepared, Unprepared};
use super::real::RealPaths;
use super::stale;

/// What becomes of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// They are written, or printed.
    Write,
    /// Those that are not there yet as they would be are written.
    Renew,
    /// They are compared with what is there.
    Check,
}

/// Pages of all documents that were named, made once.
pub struct Round<'a> {
    pub asked: &'a Asked,
    pub files: &'a [PathBuf],
    pub purpose: Purpose,
    pub surroundings: &'a Surroundings,
}

/// What became of a page.
enum Done {
    /// It is to be printed.
    Printed(String),
    /// It was written to this file.
    Written(PathBuf),
    /// There was nothing to do.
    Left,
    /// What is there is not what the document gives: a difference for stdout, words for stderr.
    Stale(stale::Stale),
    /// The public may not read it; the words say why.
    Refused(String),
}

/// The most errors that are told one by one.
const MOST_ERRORS: usize = 20;

impl Round<'_> {
    /// Makes the pages. Documents are read and pages made on all processors; what is said and printed comes in
    /// the order of the documents.
    pub fn run(&self) -> Result<Outcome, CommandError> {
        let (prepared, mut failures) = self.prepared()?;
        self.refuse_one_file_for_many(&prepared)?;
        let mut paths = RealPaths::default();
        self.refuse_twins(&prepared, &mut paths)?;
        self.spare_what_is_read(&prepared, &mut paths)?;
        let mut renderers = Renderers::default();
        for one in &prepared {
            renderers.learn(one, self.surroundings)?;
        }
        if self.purpose != Purpose::Check {
            self.sweep(&prepared);
        }
        let done = each(&prepared, |one| self.done(one, &renderers));
        let mut outcome = Outcome::Fine;
        let (mut printed, mut stale) = (Vec::new(), 0_usize);
        for (one, done) in prepared.iter().zip(done) {
            self.surroundings.say(&one.said);
            match done {
                Ok(Done::Left) => {}
                Ok(Done::Printed(text)) => printed.extend_from_slice(text.as_bytes()),
                Ok(Done::Written(path)) => {
                    printed.extend_from_slice(format!("{}\n", path.display()).as_bytes());
                }
                Ok(Done::Stale(found)) => {
                    stale += 1;
                    printed.extend_from_slice(found.difference.as_bytes());
                    self.surroundings.say(found.words);
                }
                Ok(Done::Refused(words)) => {
                    outcome = Outcome::Findings;
                    self.surroundings.say(words);
                }
                Err(error) => failures.push(error),
            }
        }
        self.surroundings.print(printed)?;
        if stale > 0 {
            outcome = Outcome::Findings;
            self.surroundings.say(stale::summary(stale, prepared.len()));
        }
        if self.purpose == Purpose::Write {
            // The process ends behind this, and the system takes memory back at once.
            std::mem::forget((prepared, renderers));
        }
        self.end(outcome, failures)
    }

    /// Every document, read, and why others were not read.
    fn prepared(&self) -> Result<(Vec<Prepared>, Vec<CommandError>), CommandError> {
        let mut configurations = ByFolder::default();
        let candidates = inputs(self.files, self.surroundings)?;
        let work = candidates.iter().map(|candidate| {
            let folder = self.surroundings.folder.join(candidate.input.folder());
            Ok((candidate, configurations.of(&folder, self.surroundings)?))
        });
        let work = work.collect::<Result<Vec<_>, CommandError>>()?;
        let read = each(&work, |(candidate, configured)| {
            self.asked.prepare(candidate, configured, self.surroundings)
        });
        let (mut prepared, mut failures) = (Vec::new(), Vec::new());
        for one in read {
            match one {
                Ok(Some(one)) => prepared.push(one),
                Ok(None) => {}
                Err(Unprepared { said, error }) => {
                    self.surroundings.say(said);
                    failures.push(error);
                }
            }
        }
        if prepared.is_empty() && failures.is_empty() {
            let names = self
                .files
                .iter()
                .map(|file| format!("`{}`", file.display()));
            let names: Vec<String> = names.collect();
            let what = format!("there is no document in {}", names.join(", "));
            return Err(CommandError::new(what)
                .help("a document is a `.yaml` or `.yml` file with `id:` and `title:` that git does not ignore"));
        }
        Ok((prepared, failures))
    }

    fn done(&self, one: &Prepared, renderers: &Renderers) -> Result<Done, CommandError> {
        let text = match one.make(renderers)? {
            Made::Text(text) => text,
            Made::Refused(words) => return Ok(Done::Refused(words)),
        };
        let Some(target) = &one.target else {
            return Ok(Done::Printed(text));
        };
        let file = self.surroundings.folder.join(target);
        match self.purpose {
            Purpose::Check => {
                return Ok(match stale::compared(one, &file, target, &text)? {
                    Some(found) => Done::Stale(found),
                    None => Done::Left,
                });
            }
            Purpose::Renew if std::fs::read(&file).is_ok_and(|there| there == text.as_bytes()) => {
                return Ok(Done::Left);
            }
            Purpose::Renew | Purpose::Write => {}
        }
        let cannot = |path: &Path, what: &str, error: &std::io::Error| {
            let (path, reason) = (path.display(), store::reason(error));
            CommandError::new(format!("`{path}` cannot be {what}: {reason}"))
                .help("nothing was changed there; choose another place with -o")
        };
        if let Some(above) = file.parent()
            && !above.is_dir()
        {
            std::fs::create_dir_all(above)
                .map_err(|error| cannot(&self.surroundings.shown(above), "made", &error))?;
        }
        store::put(&file, text.as_bytes()).map_err(|error| cannot(target, "written", &error))?;
        Ok(Done::Written(target.clone()))
    }

    /// Clears away what killed processes left where pages go.
    fn sweep(&self, prepared: &[Prepared]) {
        let targets = prepared.iter().filter_map(|one| one.target.as_deref());
        let files = targets.map(|target| self.surroundings.folder.join(target));
        store::sweep_of_all(&files.collect());
    }

    /// Several pages go to files of their own.
    fn refuse_one_file_for_many(&self, prepared: &[Prepared]) -> Result<(), CommandError> {
        let count = prepared.len();
        let help = "give each a name of its own: -o 'pages/{id}.html'";
        match &self.asked.target {
            _ if count < 2 => Ok(()),
            None => Err(
                CommandError::new(format!("{count} documents cannot all go to stdout")).help(help),
            ),
            Some(target) if target.is_one_file() => Err(CommandError::new(format!(
                "{count} documents cannot all go to `{}`; nothing was written",
                target.given()
            ))
            .help(help)),
            Some(_) => Ok(()),
        }
    }

    /// No two documents may write the same file; also not through a link, nor where names differ in case alone.
    fn refuse_twins(
        &self,
        prepared: &[Prepared],
        paths: &mut RealPaths,
    ) -> Result<(), CommandError> {
        let mut known: BTreeMap<String, &Prepared> = BTreeMap::new();
        for one in prepared {
            let Some(target) = &one.target else { continue };
            let path = self
                .surroundings
                .folder
                .join(self.surroundings.plain(target));
            let real = paths.of(&path).unwrap_or(path);
            if let Some(other) = known.insert(real.to_string_lossy().to_lowercase(), one) {
                let (first, second) = (&other.name, &one.name);
                return Err(CommandError::new(format!(
                    "`{first}` and `{second}` would both write `{}`; nothing was written",
                    target.display()
                ))
                .help("use {id} or {stem} in the name, whichever differs"));
            }
        }
        Ok(())
    }

    /// Refuses to write over what pages are made of, also through links.
    fn spare_what_is_read(
        &self,
        prepared: &[Prepared],
        paths: &mut RealPaths,
    ) -> Result<(), CommandError> {
        let mut real = |path: &Path| paths.of(&self.surroundings.folder.join(path));
        let own: Vec<Option<PathBuf>> = prepared
            .iter()
            .map(|one| real(one.path.as_deref()?))
            .collect();
        let documents: BTreeSet<&PathBuf> = own.iter().flatten().collect();
        for (one, own) in prepared.iter().zip(&own) {
            let Some((target, found)) = one.target.as_deref().and_then(|to| Some((to, real(to)?)))
            else {
                continue;
            };
            let ending = found.extension().and_then(|ending| ending.to_str());
            let is_ours = |ending: &str| {
                ["yaml", "yml", "toml"]
                    .iter()
                    .any(|ours| ours.eq_ignore_ascii_case(ending))
            };
            let template = one.template.path().and_then(&mut real);
            let what = if own.as_ref() == Some(&found) {
                "the document itself"
            } else if documents.contains(&found) {
                "a document"
            } else if template.is_some_and(|template| found.starts_with(template)) {
                "the template"
            } else if ending.is_some_and(is_ours) {
                "no page"
            } else {
                continue;
            };
            let shown = target.display();
            return Err(CommandError::new(format!(
                "`{shown}` is {what}, and would be overwritten"
            ))
            .help("nothing was changed; choose another place with -o"));
        }
        Ok(())
    }

    /// Tells what could not be done; what is the same for several documents is told once.
    fn end(&self, outcome: Outcome, failures: Vec<CommandError>) -> Result<Outcome, CommandError> {
        let mut told = BTreeSet::new();
        let mut failures: Vec<CommandError> = failures
            .into_iter()
            .filter(|failure| told.insert(failure.text()))
            .collect();
        let Some(last) = failures.pop() else {
            return Ok(outcome);
        };
        for failure in failures.iter().take(MOST_ERRORS) {
            failure.report(self.surroundings);
        }
        if let Some(more @ 1..) = failures.len().checked_sub(MOST_ERRORS) {
            self.surroundings.say(format!("and {more} more errors\n"));
        }
        Err(last)
    }
}

/// Does the same with each, on all processors where there are several; starting those takes longer than one page.
fn each<T: Sync, R: Send>(of: &[T], step: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    match of {
        [only] => vec![step(only)],
        _ => of.par_iter().map(step).collect(),
    }
}
