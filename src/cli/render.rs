mod asked;
mod attached;
mod configured;
mod explanation;
mod inputs;
mod leaked;
mod made;
mod prepared;
mod real;
mod round;
mod stale;
mod target;
mod watch;

use std::path::{Path, PathBuf};

use crate::model::Day;
use crate::render::Readers;

use super::template_choice::TemplateChoice;
use super::{CommandError, Outcome, Surroundings, json};

use asked::{Audience, FormatName};
use made::{holds_a_secret, inside, secret_in};
use prepared::{Asked, Prepared, Unprepared};
use round::{Purpose, Round};
use target::Target;

/// Make pages of documents, as HTML or Markdown
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without -o the page goes to stdout, as Markdown where the template has it and --format says nothing else.
Exit: 0 fine, 1 a page is stale or would leak, 2 could not do it.

Examples: postmortem render 2024-12-11-api-errors -o page.html
          postmortem render postmortems --audience public -o 'public/{id}.html'
          postmortem render postmortems --audience public -o 'public/{id}.html' --check
          postmortem render 2024-12-11-api-errors --template status-update")]
pub struct Render {
    /// The documents: files, folders, ids of incidents or parts of them, or `-` for stdin
    #[arg(value_name = "FILE|FOLDER", required = true)]
    files: Vec<PathBuf>,

    /// Where the page goes: a file, or `-` for stdout. A name may have {id}, {stem} (of the document's file),
    /// {template}, {audience} and {format} in it; folders are made
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// What the page is written in; told from the name of the output or of the template where it is
    /// not given, else md
    #[arg(long, value_enum)]
    format: Option<FormatName>,

    /// A template of `postmortem template list`, or your own: a file or a folder. It may begin with
    /// `{% extends "full/page.html" %}`. Else `[[templates]]` in postmortem.toml chooses, else it is `full`
    #[arg(short, long, value_name = "TEMPLATE")]
    template: Option<PathBuf>,

    /// Who reads the page. For the public, everything internal is taken out of the document before a
    /// template sees it. Where it is not given, the template tells: `public` and `status-update` are for
    /// the public, all others for the company
    #[arg(long, value_enum)]
    audience: Option<Audience>,

    /// Write nothing; exit with 1 if a page is not what its document gives, and show the difference
    #[arg(long, requires = "output", conflicts_with = "watch")]
    check: bool,

    /// Make pages again whenever a document, a template or the configuration is saved, until Ctrl-C
    #[arg(long, requires = "output")]
    watch: bool,

    /// The day that counts as today, for the age of actions and what is overdue; without it a page says neither, and
    /// does not go out of date
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,

    /// Print what a template gets, as JSON, and make no page
    #[arg(long, conflicts_with_all = ["output", "format"])]
    context: bool,

    /// Instead of a page, list what the public does not get of the document, and why
    #[arg(long, conflicts_with_all = ["output", "template", "format", "context"])]
    explain_redaction: bool,
}

impl Render {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let asked = self.asked(surroundings)?;
        if self.context || self.explain_redaction {
            return self.told_of_one(&asked, surroundings);
        }
        if asked.target.is_none() && (self.check || self.watch) {
            let what = if self.check { "--check" } else { "--watch" };
            return Err(
                CommandError::new(format!("{what} is about files, and `-o -` is stdout"))
                    .help("name the file of the page with -o"),
            );
        }
        if self.watch && self.files.iter().any(|file| file == Path::new("-")) {
            return Err(CommandError::new("stdin cannot be watched").help("name a file"));
        }
        if self.watch {
            return watch::watch(&self.files, &asked, surroundings);
        }
        let round = Round {
            asked: &asked,
            files: &self.files,
            purpose: match self.check {
                true => Purpose::Check,
                false => Purpose::Write,
            },
            surroundings,
        };
        round.run()
    }

    /// What is said of every page.
    fn asked(&self, surroundings: &Surroundings) -> Result<Asked, CommandError> {
        let template = match &self.template {
            Some(given) => Some(TemplateChoice::of(given, surroundings)?),
            None => None,
        };
        let target = match &self.output {
            Some(given) => Target::of(given)?,
            None => None,
        };
        let kind = match (self.format, &target) {
            (Some(named), _) => Some(named.kind()),
            (None, Some(target)) => target.kind()?,
            (None, None) => None,
        };
        Ok(Asked {
            template,
            kind,
            audience: self.audience,
            as_of: self.as_of,
            counts_errors: match &self.files[..] {
                [only] => !surroundings.folder.join(only).is_dir(),
                _ => false,
            },
            target,
        })
    }

    /// What a template gets of a document, or what the public does not.
    fn told_of_one(
        &self,
        asked: &Asked,
        surroundings: &Surroundings,
    ) -> Result<Outcome, CommandError> {
        let one = self.only_one(asked, surroundings)?;
        let config = &one.configured.config;
        if self.explain_redaction {
            let inside = inside(&one.postmortem, config)?;
            surroundings.print(explanation::text(&inside, &one.name))?;
            return Ok(Outcome::Fine);
        }
        if one.readers == Readers::Internal {
            return json::print(&one.page(&one.postmortem), surroundings);
        }
        let public = one.public();
        if let Some(what) = secret_in(&public) {
            surroundings.say(holds_a_secret(&one.name, what).text());
            return Ok(Outcome::Findings);
        }
        let page = one.page(&public);
        let told = one.leaks(&json::text(&page)?, &inside(&one.postmortem, config)?);
        if let Some(told) = told {
            surroundings.say(told);
            return Ok(Outcome::Findings);
        }
        json::print(&page, surroundings)
    }

    /// The one document that is named.
    fn only_one(
        &self,
        asked: &Asked,
        surroundings: &Surroundings,
    ) -> Result<Prepared, CommandError> {
        let candidates = inputs::inputs(&self.files, surroundings)?;
        let [candidate] = &candidates[..] else {
            let flag = if self.context {
                "--context"
            } else {
                "--explain-redaction"
            };
            return Err(CommandError::new(format!(
                "{flag} is about one document, and {} are named",
                candidates.len()
            ))
            .help("name one"));
        };
        let folder = surroundings.folder.join(candidate.input.folder());
        let configured = configured::ByFolder::default().of(&folder, surroundings)?;
        match asked.prepare(candidate, &configured, surroundings) {
            Ok(Some(one)) => {
                surroundings.say(&one.said);
                Ok(one)
            }
            Ok(None) => Err(CommandError::new("this is no document")),
            Err(Unprepared { said, error }) => {
                surroundings.say(said);
                Err(error)
            }
        }
    }
}
