mod files;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::config::{Config, RuleLevel};
use crate::lint::{LevelError, Levels, lint};
use crate::report::{FileFindings, Format, Human, Json, Summary};

use super::input::Input;
use super::{CommandError, Outcome, Surroundings};

use files::Found;

/// Check documents.
///
/// Findings go to stdout, the count to stderr. Exits with 1 if there is an error or a warning, with 0
/// if there is nothing or only information.
#[derive(Debug, clap::Args)]
pub struct Lint {
    /// Files and folders; `-` reads stdin. The folder of the configuration if none is named
    #[arg(value_name = "FILE|FOLDER")]
    paths: Vec<OsString>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t)]
    format: Output,
    /// The level of a rule, whatever the stage: error, warning, info or off
    #[arg(long = "level", value_name = "RULE=LEVEL", value_parser = given_level)]
    levels: Vec<(String, RuleLevel)>,
    /// What the text on stdin is called; decides the configuration as well
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    /// Print findings only, no count
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Output {
    /// The lines of the file with marks below them
    #[default]
    Human,
    /// One object, versioned
    Json,
}

impl Lint {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let Found {
            inputs,
            mut failures,
        } = files::find(&self.paths, self.stdin_filename.as_deref(), surroundings)?;
        let mut rules = RulesByFolder::default();
        let mut files = Vec::with_capacity(inputs.len());
        for input in inputs {
            let (config, levels) = rules.of(&input, &self.levels, surroundings)?;
            match input.read() {
                Ok(reading) => {
                    let findings = lint(&reading, config, levels, input.stem());
                    let source = reading.source;
                    files.push(FileFindings { source, findings });
                }
                Err(error) => failures.push(error),
            }
        }
        let bytes = match self.format {
            Output::Human => Human {
                colour: surroundings.stdout_colour(),
                width: surroundings.width(),
            }
            .write(&files),
            Output::Json => Json.write(&files),
        };
        surroundings.print(bytes)?;
        let summary = Summary::of(&files);
        if !self.quiet && !files.is_empty() {
            surroundings.say(format!("{summary}\n"));
        }
        // The last failure is told by whoever called; those before it here.
        if let Some(last) = failures.pop() {
            for failure in &failures {
                failure.report(surroundings);
            }
            return Err(last);
        }
        Ok(if summary.fails() {
            Outcome::Findings
        } else {
            Outcome::Fine
        })
    }
}

/// The configuration that holds for a folder, read once.
#[derive(Default)]
struct RulesByFolder(BTreeMap<PathBuf, (Config, Levels)>);

impl RulesByFolder {
    fn of(
        &mut self,
        input: &Input,
        given: &[(String, RuleLevel)],
        surroundings: &Surroundings,
    ) -> Result<&(Config, Levels), CommandError> {
        let folder = surroundings.folder.join(input.folder());
        if !self.0.contains_key(&folder) {
            let (config, found_in) = configuration(&folder)?;
            let configured = config.lint.levels.iter();
            let configured = configured.map(|(name, level)| (name.as_str(), *level));
            if let Err(error) = Levels::new(configured.clone()) {
                let path = found_in.unwrap_or_default().join(crate::config::FILE_NAME);
                let path = surroundings.shown(&path);
                return Err(refused(
                    &format!("{}: `[lint.levels]`: {error}", path.display()),
                    &error,
                ));
            }
            let given = given.iter().map(|(name, level)| (name.as_str(), *level));
            let levels = Levels::new(configured.chain(given))
                .map_err(|error| refused(&format!("--level: {error}"), &error))?;
            self.0.insert(folder.clone(), (config, levels));
        }
        self.0
            .get(&folder)
            .ok_or_else(|| CommandError::new("the configuration could not be kept"))
    }
}

fn refused(message: &str, error: &LevelError) -> CommandError {
    CommandError::new(message).help(error.help())
}

/// The configuration of a folder and where it was found.
fn configuration(folder: &Path) -> Result<(Config, Option<PathBuf>), CommandError> {
    Config::find(folder).map_err(|error| {
        CommandError::new(error.to_string())
            .help("correct the file; without it every key has a default")
    })
}

fn given_level(text: &str) -> Result<(String, RuleLevel), String> {
    let (rule, level) = text
        .split_once('=')
        .ok_or("write it as RULE=LEVEL, such as `missing-summary=off`")?;
    let level = match level {
        "error" => RuleLevel::Error,
        "warning" => RuleLevel::Warning,
        "info" => RuleLevel::Info,
        "off" => RuleLevel::Off,
        other => return Err(format!("`{other}` is none of error, warning, info, off")),
    };
    Ok((rule.to_owned(), level))
}
