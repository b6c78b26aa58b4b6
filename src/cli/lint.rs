mod configurations;
mod files;
mod outputs;

use std::ffi::OsString;
use std::path::PathBuf;

use rayon::prelude::*;

use crate::config::RuleLevel;
use crate::lint::{Manual, catalogue, lint};
use crate::model::Stage;
use crate::report::{Entries, FileFindings, RuleText, Run, Summary};

use super::input::Input;
use super::{CommandError, Outcome, Surroundings};

use configurations::{Configuration, Configurations};
use files::Candidate;
use outputs::{Output, Outputs};

/// Check documents.
///
/// Findings go to stdout, the count to stderr. Exits with 1 if there is an error or a warning, with 0
/// if there is nothing or only information.
#[derive(Debug, clap::Args)]
pub struct Lint {
    /// Files and folders; `-` reads stdin. The folder of the configuration if none is named
    #[arg(value_name = "FILE|FOLDER")]
    paths: Vec<OsString>,
    /// How findings are written: human (the default), concise, json, jsonl, sarif, github, gitlab,
    /// junit, rdjson or checkstyle; with a file, they go there. May be given several times
    #[arg(long = "format", value_name = "FORMAT[=FILE]")]
    outputs: Vec<Output>,
    /// The level of a rule, whatever the stage: error, warning, info or off
    #[arg(long = "level", value_name = "RULE=LEVEL", value_parser = given_level)]
    levels: Vec<(String, RuleLevel)>,
    /// What the text on stdin is called; decides the configuration as well
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    /// Show how many findings each rule has, and not each of them
    #[arg(long)]
    statistics: bool,
    /// Print findings only, no count
    #[arg(short, long)]
    quiet: bool,
}

impl Lint {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let outputs = Outputs::new(&self.outputs, self.statistics, surroundings)?;
        let found = files::find(&self.paths, self.stdin_filename.as_deref(), surroundings)?;
        let inputs = || found.candidates.iter().map(|candidate| &candidate.input);
        outputs.spare(inputs().filter_map(Input::path))?;
        let mut configurations = Configurations::new(&self.levels, surroundings);
        let work = found.candidates.iter().map(|candidate| {
            let folder = surroundings.folder.join(candidate.input.folder());
            Ok((candidate, configurations.of(&folder)?))
        });
        let work = work.collect::<Result<Vec<_>, CommandError>>()?;
        let looked_at = work
            .par_iter()
            .map(|(candidate, configuration)| look(candidate, configuration, &outputs));

        let mut failures = found.failures;
        let mut summary = Summary::default();
        let mut files = Vec::new();
        for looked_at in looked_at.collect::<Vec<_>>() {
            match looked_at {
                Ok(Some((counts, entries))) => {
                    summary.absorb(&counts);
                    files.push(entries);
                }
                Ok(None) => {}
                Err(failure) => failures.push(failure),
            }
        }
        if files.is_empty() && failures.is_empty() {
            return Err(no_document(&found.folders));
        }
        let rules = rule_texts();
        let run = Run {
            summary: &summary,
            rules: &rules,
            complete: failures.is_empty(),
        };
        outputs.write(&run, files, surroundings)?;
        if !self.quiet && summary.files > 0 {
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

/// What is kept of a file: its counts, and what each output says of it.
type LookedAt = (Summary, Vec<Entries>);

/// Reads a file and checks it; nothing where it only lies in a folder and is no document.
fn look(
    candidate: &Candidate,
    configuration: &Configuration,
    outputs: &Outputs,
) -> Result<Option<LookedAt>, CommandError> {
    let Candidate { input, is_named } = candidate;
    let text = input.text()?;
    if !is_named && !files::looks_like_a_document(text.as_str()) {
        return Ok(None);
    }
    let reading = text.read();
    let Configuration { config, levels } = configuration;
    let findings = lint(&reading, config, levels, input.stem());
    let file = FileFindings::new(reading.source, findings);
    let mut counts = Summary::default();
    counts.add(&file);
    Ok(Some((counts, outputs.of(&file))))
}

fn no_document(folders: &[String]) -> CommandError {
    let folders: Vec<String> = folders.iter().map(|name| format!("`{name}`")).collect();
    CommandError::new(format!("there is no document in {}", folders.join(", "))).help(
        "a document is a `.yaml` or `.yml` file with `id:` and `title:` that git does not ignore; \
         name a file to have it checked whatever it looks like",
    )
}

/// The rules as the formats are told of them.
fn rule_texts() -> Vec<RuleText> {
    let rules = catalogue::RULES.iter();
    rules
        .map(|rule| RuleText {
            name: rule.name,
            summary: Manual::of(rule.text).map_or("", |manual| manual.summary),
            markdown: rule.text,
            level: rule.class.level(Stage::InReview),
        })
        .collect()
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
