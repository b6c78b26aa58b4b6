use std::fmt::Write;
use std::path::Path;

use crate::config::{Config, FILE_NAME};
use crate::store::{self, Store};

use super::{CommandError, Outcome, Surroundings, schema};

/// Set up a folder for postmortems: configuration, schema, git
#[derive(Debug, clap::Args)]
#[command(after_help = "\
It asks nothing and overwrites nothing; run again, it adds what is missing.
The other commands work in a folder that was never set up, too: every key has a default.

Example: postmortem init")]
pub struct Init {
    /// Set up this folder although one above it is set up already
    #[arg(long)]
    here: bool,

    /// Only print a workflow with which GitHub checks every pull request
    #[arg(long, conflicts_with = "here")]
    workflow: bool,
}

/// The configuration with every key and its default.
const CONFIGURATION: &str = include_str!("init/postmortem.toml");

/// The schema's name; the first line of every document names it.
const SCHEMA: &str = "postmortem.schema.json";

/// Where the workflow is to be saved.
const WORKFLOW: &str = ".github/workflows/postmortems.yml";

const SNIPPET: &str = "\
name: postmortems
on: [pull_request]
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      # Install postmortem here, as its README says.
      - run: postmortem lint
";

impl Init {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        if self.workflow {
            surroundings.print(SNIPPET)?;
            return Ok(Outcome::Fine);
        }
        if !self.here
            && let Some(above) = set_up_above(&surroundings.folder)
        {
            return Err(refused(surroundings, above));
        }
        let mut setup = Setup {
            surroundings,
            said: String::new(),
            is_changed: false,
        };
        let outcome = setup.all();
        // What was done before a failure was done all the same.
        surroundings.say(&setup.said);
        outcome?;
        if !setup.is_changed {
            surroundings.say("\nNothing was missing.\n");
        } else if !surroundings.folder.join(WORKFLOW).exists() {
            Self::tell_workflow(surroundings)?;
        }
        surroundings.say("Next: postmortem new \"API answers with errors\"\n");
        Ok(Outcome::Fine)
    }

    /// On a terminal how the workflow is had, else the workflow.
    fn tell_workflow(surroundings: &Surroundings) -> Result<(), CommandError> {
        surroundings.say("\n");
        if surroundings.stdout_is_terminal() {
            surroundings.say(format!(
                "To check every pull request on GitHub: postmortem init --workflow >{WORKFLOW}\n"
            ));
            return Ok(());
        }
        surroundings.print(SNIPPET)?;
        surroundings.say(format!(
            "\nTo check every pull request on GitHub, save the lines above as {WORKFLOW}\n"
        ));
        Ok(())
    }
}

/// The nearest folder above that has a configuration, where this one has none.
fn set_up_above(here: &Path) -> Option<&Path> {
    let mut upwards = here.ancestors();
    let nearest = upwards.find(|folder| folder.join(FILE_NAME).exists())?;
    (nearest != here).then_some(nearest)
}

/// A second configuration would hide the first from this folder, which is rarely meant.
fn refused(surroundings: &Surroundings, above: &Path) -> CommandError {
    let file = surroundings.shown(&above.join(FILE_NAME));
    let above = surroundings.shown(above);
    CommandError::new(format!(
        "`{}` holds for this folder already; nothing was done",
        file.display()
    ))
    .help(format!(
        "to add what is missing there, run `postmortem init` in {}",
        above.display()
    ))
    .help("for a configuration of this folder's own: postmortem init --here")
}

struct Setup<'a> {
    surroundings: &'a Surroundings,
    said: String,
    /// Whether anything was missing.
    is_changed: bool,
}

impl Setup<'_> {
    /// Makes all that is missing.
    fn all(&mut self) -> Result<(), CommandError> {
        let here = self.surroundings.folder.clone();
        let configuration = here.join(FILE_NAME);
        self.file(&configuration, CONFIGURATION, "every key with its default")?;
        let (config, _) = Config::find(&here).map_err(|error| {
            CommandError::new(error.to_string()).help("mend it, then run `postmortem init` again")
        })?;
        let store = Store::at(here.join(&config.directory));
        let made = store.make_folder().map_err(|error| self.cannot(&error))?;
        let what = if made { Done::Created } else { Done::LeftAlone };
        self.tell(what, store.folder(), "the documents, one file an incident");
        let beside = store
            .folder()
            .parent()
            .filter(|above| above.starts_with(&here));
        let schema_file = beside.unwrap_or(&here).join(SCHEMA);
        let schema = schema::text()?;
        self.file(&schema_file, &schema, "for editors")?;
        if Store::read(&schema_file).is_ok_and(|there| there != schema) {
            let shown = self.surroundings.shown(&schema_file);
            let _ = writeln!(
                self.said,
                "  it is not this version's; to renew it: postmortem schema -o {}",
                shown.display()
            );
        }
        let pattern = pattern(&config.directory);
        self.lines(
            &here.join(".gitattributes"),
            &[
                format!("{pattern}*.yaml text eol=lf"),
                format!("{SCHEMA} text eol=lf linguist-generated"),
            ],
            "one line ending for everybody",
        )?;
        self.lines(
            &here.join(".gitignore"),
            // Locks, journals, and what a killed process leaves: `.ID.yaml.lock`.
            &[format!("{pattern}.*.yaml.*")],
            "locks and leftovers of the tool",
        )?;
        Ok(())
    }

    /// Writes a file unless something of its name is there.
    fn file(&mut self, file: &Path, text: &str, about: &str) -> Result<(), CommandError> {
        match store::create(file, text.as_bytes()) {
            Ok(()) => self.tell(Done::Created, file, about),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                self.tell(Done::LeftAlone, file, about);
            }
            Err(error) => return Err(self.not_written(file, &error)),
        }
        Ok(())
    }

    /// Adds the lines that a file lacks; the others stay as they are.
    fn lines(&mut self, file: &Path, lines: &[String], about: &str) -> Result<(), CommandError> {
        if !file.exists() {
            return self.file(file, &format!("{}\n", lines.join("\n")), about);
        }
        let old = Store::read(file).map_err(|error| self.cannot(&error))?;
        let missing = lines
            .iter()
            .filter(|line| !old.lines().any(|there| there.trim() == line.as_str()));
        let line_end = if old.contains("\r\n") { "\r\n" } else { "\n" };
        let mut new = old.clone();
        for line in missing {
            if !new.is_empty() && !new.ends_with('\n') {
                new.push_str(line_end);
            }
            new.push_str(line);
            new.push_str(line_end);
        }
        if new == old {
            self.tell(Done::LeftAlone, file, about);
            return Ok(());
        }
        store::replace(file, new.as_bytes()).map_err(|error| self.not_written(file, &error))?;
        self.tell(Done::AddedTo, file, about);
        Ok(())
    }

    fn tell(&mut self, done: Done, path: &Path, about: &str) {
        self.is_changed |= done != Done::LeftAlone;
        let what = match done {
            Done::Created => "created",
            Done::AddedTo => "added to",
            Done::LeftAlone => "left alone",
        };
        let mut shown = self.surroundings.shown(path).display().to_string();
        if path.is_dir() {
            shown.push('/');
        }
        let _ = writeln!(self.said, "{what:<11}{shown:<26}{about}");
    }

    fn cannot(&self, error: &store::StoreError) -> CommandError {
        let shown = self.surroundings.shown(&error.path);
        CommandError::new(format!("`{}` {}", shown.display(), error.why))
    }

    fn not_written(&self, file: &Path, error: &std::io::Error) -> CommandError {
        let shown = self.surroundings.shown(file);
        let reason = store::reason(error);
        CommandError::new(format!("`{}` cannot be written: {reason}", shown.display()))
    }
}

/// What became of a file or a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Created,
    AddedTo,
    LeftAlone,
}

/// A folder as git's patterns name it from its own folder: `/postmortems/`.
fn pattern(directory: &Path) -> String {
    let names = directory.components().filter_map(|part| match part {
        std::path::Component::Normal(name) => name.to_str(),
        _ => None,
    });
    let mut pattern = String::from("/");
    for name in names {
        pattern.push_str(name);
        pattern.push('/');
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The file with every key that stands behind `#` in force.
    fn in_force() -> String {
        let mut text = String::new();
        for line in CONFIGURATION.lines() {
            match line.strip_prefix('#') {
                Some(key) if key.starts_with(|c: char| c.is_ascii_lowercase() || c == '[') => {
                    text.push_str(key);
                }
                _ => {}
            }
            text.push('\n');
        }
        text
    }

    #[test]
    fn the_file_changes_nothing_as_it_is_written() {
        assert_eq!(Config::parse(CONFIGURATION), Ok(Config::default()));
    }

    #[test]
    fn what_stands_behind_the_hash_is_the_default() {
        let config = Config::parse(&in_force()).expect("every line reads");
        let zone = config.timezone.map(|zone| zone.name());
        assert_eq!(zone, Some("Europe/Berlin"));
        // The zone, the clocks and the choice of templates are examples; none is built in.
        assert_eq!((config.clocks.len(), config.templates.len()), (2, 2));
        let usual = Config {
            timezone: config.timezone,
            clocks: config.clocks.clone(),
            templates: config.templates.clone(),
            ..Config::default()
        };
        assert_eq!(config, usual);
    }

    #[test]
    fn every_key_of_the_configuration_is_shown() {
        // The debug form names every field, also those added later.
        let fields = format!("{:#?}", Config::default());
        let of_config = fields.lines().filter_map(|line| {
            let key = line.strip_prefix("    ")?;
            let (name, _) = key.split_once(':')?;
            (!name.starts_with(' ')).then_some(name)
        });
        let of_config: Vec<&str> = of_config.collect();
        assert!(of_config.len() >= 8, "{of_config:?}");
        for name in of_config {
            let shown = in_force().lines().any(|line| {
                line.trim_matches(['[', ']']).split([' ', '.', ']']).next() == Some(name)
            });
            assert!(shown, "`{name}` is missing from the file");
        }
    }
}
