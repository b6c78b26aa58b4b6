mod baseline;
mod files;
mod fixing;
mod outputs;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use rayon::prelude::*;

use crate::config::RuleLevel;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::lint::across::{self, Left};
use crate::lint::{Around, Manual, catalogue, lint_all};
use crate::model::{Moment, Resolved, Stage, Zone};
use crate::report::{Entries, FileFindings, RuleText, Run, Summary};

use crate::text::{Source, printable_line};

use super::configurations::{Configuration, Configurations};
use super::input::Input;
use super::{CommandError, Outcome, Surroundings};

use baseline::{Baseline, Known};
pub(super) use files::{Candidate, find, looks_like_a_document};
pub(super) use fixing::replace;
use fixing::{Fixing, Which};
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
    /// The day or the time that counts as now, for what is late or in the future
    #[arg(long, value_name = "DATE|TIME", value_parser = given_time)]
    as_of: Option<DateTime<Utc>>,
    /// What the text on stdin is called; decides the configuration as well
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    /// Show how many findings each rule has, and not each of them
    #[arg(long)]
    statistics: bool,
    /// Mend what can be mended; with `unsafe` also where it is a guess what was meant
    #[arg(
        long,
        value_name = "WHICH",
        num_args = 0..=1,
        require_equals = true,
        value_enum,
        default_missing_value = "safe"
    )]
    fix: Option<Which>,
    /// Show what `--fix` would change, and change nothing; exits with 1 if there is something
    #[arg(long, conflicts_with_all = ["outputs", "statistics"])]
    diff: bool,
    /// Report only what this file does not know; see --write-baseline
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    baseline: Option<PathBuf>,
    /// Write down what is found now, so that --baseline reports only what is new
    #[arg(long, value_name = "FILE", conflicts_with_all = ["diff", "outputs", "statistics"])]
    write_baseline: Option<PathBuf>,
    /// Show what comments in the documents suppress as well, with the reasons
    #[arg(long)]
    show_suppressed: bool,
    /// Print findings only, no count
    #[arg(short, long)]
    quiet: bool,
}

impl Lint {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let outputs = Outputs::new(&self.outputs, self.statistics, surroundings)?;
        let found = find(&self.paths, self.stdin_filename.as_deref(), surroundings)?;
        let inputs = || found.candidates.iter().map(|candidate| &candidate.input);
        outputs.spare(inputs().filter_map(Input::path))?;
        let mut configurations = Configurations::new(&self.levels, surroundings);
        let work = found.candidates.iter().map(|candidate| {
            let folder = surroundings.folder.join(candidate.input.folder());
            Ok((candidate, configurations.of(&folder)?))
        });
        let work = work.collect::<Result<Vec<_>, CommandError>>()?;
        let now = match self.as_of {
            Some(chosen) => chosen,
            None => surroundings.now()?,
        };
        let baseline = match (&self.baseline, &self.write_baseline) {
            (Some(file), _) => Some(Baseline::read(file, surroundings)?),
            (_, Some(file)) => Some(Baseline::new(file, surroundings)?),
            _ => None,
        };
        let looker = Looker {
            baseline: baseline.as_ref(),
            reports_known: self.write_baseline.is_some(),
            outputs: &outputs,
            surroundings,
            now,
            show_suppressed: self.show_suppressed,
            fixing: self.fixing(&found.candidates)?,
        };
        let looked_at = work
            .par_iter()
            .map(|(candidate, configuration)| looker.look(candidate, configuration, Vec::new()))
            // What is kept of many documents is moved by its address.
            .map(|looked_at| looked_at.map(|seen| seen.map(Box::new)));

        let mut failures = found.failures;
        let mut looked_at_well = Vec::new();
        for (looked_at, work) in looked_at.collect::<Vec<_>>().into_iter().zip(&work) {
            match looked_at {
                Ok(Some(seen)) => looked_at_well.push((seen, work)),
                Ok(None) => {}
                Err(failure) => failures.push(failure),
            }
        }
        if !self.diff {
            looker.look_across(&mut looked_at_well)?;
        }
        let mut summary = Summary::default();
        let mut files = Vec::new();
        let mut printed = String::new();
        let mut found_now = BTreeSet::new();
        let mut paths = BTreeSet::new();
        for (seen, (candidate, _)) in looked_at_well {
            if let Some(baseline) = &baseline {
                paths.insert(baseline.path_of(&candidate.input, surroundings));
            }
            found_now.extend(seen.found);
            summary.absorb(&seen.counts);
            files.push(seen.entries);
            printed.push_str(&seen.printed);
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
        if let (Some(file), Some(baseline), true) =
            (&self.write_baseline, &baseline, failures.is_empty())
        {
            let text = baseline.text(&paths, &found_now);
            outputs::replace(
                &surroundings.folder.join(file),
                text.as_bytes(),
                surroundings,
            )?;
            if !self.quiet {
                let file = printable_line(&file.display().to_string());
                let count = found_now.len();
                surroundings.say(format!("{file} knows {count} findings now\n"));
            }
            return Ok(Outcome::Fine);
        }
        match looker.fixing.takes_stdout() {
            true => surroundings.print(printed)?,
            false => outputs.write(&run, files, surroundings)?,
        }
        if !self.quiet && summary.files > 0 {
            surroundings.say(match self.diff {
                true => format!("{}\n", summary.to_fix()),
                false => format!("{summary}\n"),
            });
        }
        if let (Some(file), Some(baseline), false) = (&self.baseline, &baseline, self.quiet) {
            let healed = baseline.healed(&paths, &found_now);
            if healed > 0 {
                let file = printable_line(&file.display().to_string());
                surroundings.say(format!(
                    "note: {healed} known findings are there no more\n  \
                     help: drop them from the baseline: postmortem lint --write-baseline {file}\n"
                ));
            }
        }
        // The last failure is told by whoever called; those before it here.
        if let Some(last) = failures.pop() {
            for failure in &failures {
                failure.report(surroundings);
            }
            return Err(last);
        }
        let is_found = match self.diff {
            true => summary.fixed > 0,
            false => summary.fails(),
        };
        Ok(if is_found {
            Outcome::Findings
        } else {
            Outcome::Fine
        })
    }

    fn fixing(&self, candidates: &[Candidate]) -> Result<Fixing, CommandError> {
        let has_stdin = candidates.iter().any(|one| one.input.path().is_none());
        let fixing = Fixing::new(self.fix, self.diff, has_stdin);
        if fixing.takes_stdout() && !self.outputs.is_empty() {
            return Err(CommandError::new(
                "the text from stdin goes to stdout when it is fixed, and findings cannot be written as well",
            )
            .help("leave `--format` out, or fix a file"));
        }
        Ok(fixing)
    }
}

/// What is kept of a file: its counts, what each output says of it, and what the rules over all need.
struct Seen {
    counts: Summary,
    entries: Vec<Entries>,
    /// What is printed instead: its text, or what would change in it.
    printed: String,
    /// What a baseline would know of it.
    found: Vec<Known>,
    left: Left,
}

/// A document with what holds for it.
type Work<'a> = (&'a Candidate, Arc<Configuration>);

/// What is the same for every file that is looked at.
struct Looker<'a> {
    baseline: Option<&'a Baseline>,
    reports_known: bool,
    outputs: &'a Outputs,
    surroundings: &'a Surroundings,
    now: DateTime<Utc>,
    show_suppressed: bool,
    fixing: Fixing,
}

impl Looker<'_> {
    /// Reads a file and checks it; nothing where it only lies in a folder and is no document. `more` is
    /// what is known of it from elsewhere.
    fn look(
        &self,
        candidate: &Candidate,
        configuration: &Configuration,
        more: Vec<Diagnostic>,
    ) -> Result<Option<Seen>, CommandError> {
        let Candidate { input, is_named } = candidate;
        let text = input.text()?;
        if !is_named && !looks_like_a_document(text.as_str()) {
            return Ok(None);
        }
        let reading = text.read();
        let folder = self.surroundings.folder.join(input.folder());
        let has_file = |name: &str| folder.join(name).is_file();
        let around = Around {
            file_stem: input.stem(),
            now: Some(self.now),
            has_file: Some(&has_file),
        };
        let path = input.named_path();
        let path = path.map(|path| self.surroundings.folder.join(path));
        let levels = configuration.levels_at(path.as_deref());
        let config = &configuration.config;
        let findings = lint_all(&reading, config, &levels, around, more);
        let look = |source: Source| {
            let reading = Document::read(source);
            let findings = lint_all(&reading, config, &levels, around, Vec::new());
            (reading, findings)
        };
        let fixed = self.fixing.carry_out(input, reading, findings, &look)?;
        let left = Left::of(&fixed.reading, &levels);
        let mut file = FileFindings::new(fixed.reading.source, fixed.findings);
        if let Some(document) = &fixed.reading.document {
            file = file.knowing(document.secrets());
        }
        if self.show_suppressed {
            file = file.showing_suppressed();
        }
        let mut counts = Summary::default();
        let mut found = Vec::new();
        if let Some(baseline) = self.baseline {
            found = baseline.of(input, &file, self.surroundings);
            let known = |finding: &Known| baseline.knows(finding) && !self.reports_known;
            let known: BTreeSet<&str> = (found.iter())
                .filter(|finding| known(finding))
                .map(Known::fingerprint)
                .collect();
            counts.known = file.leave_out(|finding, fingerprint| {
                finding.suppressed.is_none()
                    && finding.rule != "secret"
                    && known.contains(fingerprint)
            });
        }
        counts.add(&file);
        counts.count_fixed(fixed.count);
        let entries = self.outputs.of(&file);
        Ok(Some(Seen {
            counts,
            entries,
            printed: fixed.printed,
            found,
            left,
        }))
    }

    /// Checks the documents against each other. Those of which there is more to say are looked at again,
    /// so that no text has to be kept; what came on stdin is gone.
    fn look_across(&self, all: &mut [(Box<Seen>, &Work<'_>)]) -> Result<(), CommandError> {
        let left: Vec<Left> = all
            .iter_mut()
            .map(|(seen, _)| std::mem::take(&mut seen.left))
            .collect();
        let mut more: BTreeMap<usize, Vec<Diagnostic>> = BTreeMap::new();
        for (index, finding) in across::check(&left) {
            more.entry(index).or_default().push(finding);
        }
        for (index, findings) in more {
            let Some((seen, (candidate, configuration))) = all.get_mut(index) else {
                continue;
            };
            if candidate.input.path().is_some()
                && let Some(mut again) = self.look(candidate, configuration, findings)?
            {
                again.counts.count_fixed(seen.counts.fixed);
                **seen = again;
            }
        }
        Ok(())
    }
}

pub(super) fn no_document(folders: &[String]) -> CommandError {
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

/// A time with its offset; of a day its noon in UTC, which is that day nearly everywhere.
fn given_time(text: &str) -> Result<DateTime<Utc>, String> {
    let moment: Moment = text.parse()?;
    match moment.resolve(Some(Zone::UTC)) {
        Ok(Resolved::Instant(at)) if !moment.is_local() => Ok(at.to_utc()),
        Ok(Resolved::Within { from, until }) if until - from <= Duration::days(1) => {
            Ok(from + Duration::hours(12))
        }
        _ => Err(
            "write a day, `2024-12-11`, or a time with its offset, `2024-12-11T15:16Z`".to_owned(),
        ),
    }
}
