mod explanation;
mod leaked;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::config::{Config, ConfigError, PageAudience, PageFormat, TemplateRule};
use crate::diagnostic::{Level, secrets};
use crate::document::Reading;
use crate::lint::{Levels, lint};
use crate::model::Postmortem;
use crate::redact::{self, Inside};
use crate::render::{Format, Page, Readers};
use crate::report::{FileFindings, Human};
use crate::store;
use crate::text::printable_line;
use crate::yaml;

use super::chosen::Chosen;
use super::input::Input;
use super::template_choice::{TemplateChoice, bad_template, format_named};
use super::{CommandError, Outcome, Surroundings, json};

/// Make a page of a document, as HTML or Markdown
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without -o the page goes to stdout, as Markdown where the template has it and --format says nothing else.

Examples: postmortem render 2024-12-11-api-errors -o page.html
          postmortem render 2024-12-11-api-errors --audience public -o public.html
          postmortem render 2024-12-11-api-errors --template status-update")]
pub struct Render {
    /// The document: a file, the id of an incident or a part of it, or `-` for stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Where the page goes: a file, or `-` for stdout
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

    /// Print what a template gets, as JSON, and make no page
    #[arg(long, conflicts_with_all = ["output", "format"])]
    context: bool,

    /// Instead of a page, list what the public does not get of the document, and why
    #[arg(long, conflicts_with_all = ["output", "template", "format"])]
    explain_redaction: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// One self-contained file for browsers and printers.
    Html,
    /// A text for repositories and wikis.
    Md,
    /// Words without markup.
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Audience {
    /// The company.
    Internal,
    /// Everyone.
    Public,
}

impl Audience {
    fn of_config(self) -> PageAudience {
        match self {
            Self::Internal => PageAudience::Internal,
            Self::Public => PageAudience::Public,
        }
    }
}

fn of_config(format: Format) -> PageFormat {
    match format {
        Format::Html => PageFormat::Html,
        Format::Markdown => PageFormat::Md,
        Format::Text => PageFormat::Text,
    }
}

impl Render {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let given = match &self.template {
            Some(given) => Some(TemplateChoice::of(given, surroundings)?),
            None => None,
        };
        let told = self.told_format()?;
        let input = self.input(surroundings)?;
        let (config, root) =
            Config::find(&surroundings.folder.join(input.folder())).map_err(bad_config)?;
        let reading = input.read()?;
        let postmortem = whole(&reading, surroundings)?;
        let (template, place) = match given {
            Some(given) => (given, None),
            None => {
                let audience = self.audience.map(Audience::of_config);
                let format = told.map(of_config);
                let fits = |rule: &TemplateRule| rule.is_for(&postmortem, audience, format);
                TemplateChoice::configured(&config, root.as_deref(), fits, surroundings)?
            }
        };
        let format = told.unwrap_or_else(|| template.usual_format(surroundings));
        self.spare_what_is_read(&input, &template, surroundings)?;
        if self.explain_redaction {
            let inside = inside(&postmortem, &config)?;
            surroundings.print(explanation::text(&inside, reading.source.name()))?;
            return Ok(Outcome::Fine);
        }
        self.tell_what_lint_finds(&reading, &input, &config, surroundings);
        let readers = match self.audience {
            Some(Audience::Internal) => Readers::Internal,
            Some(Audience::Public) => Readers::Public,
            None => template.readers(),
        };
        let page = match readers {
            Readers::Internal => Page::of(&postmortem, &config, Readers::Internal),
            Readers::Public => {
                let public = redact::public(&postmortem, &config);
                if let Some(what) = secret_in(&public) {
                    surroundings.say(holds_a_secret(&reading, what).text());
                    return Ok(Outcome::Findings);
                }
                Page::of(&public, &config, Readers::Public)
            }
        };
        if self.context {
            return json::print(&page, surroundings);
        }
        let renderer = template.renderer(format, surroundings);
        let renderer = renderer.map_err(|error| match &place {
            Some(place) => error.help(format!(
                "{place} chooses this template; another: --template NAME"
            )),
            None => error,
        })?;
        let text = renderer.render(&page).map_err(bad_template)?;
        if readers == Readers::Public {
            let inside = inside(&postmortem, &config)?;
            let leaks = inside.leaks(&text);
            if !leaks.is_empty() {
                let page = leaked::Page {
                    name: self.file_named_by_output(),
                    text: &text,
                    format,
                };
                surroundings.say(leaked::text(&page, &leaks, &inside));
                return Ok(Outcome::Findings);
            }
        }
        match self.file_named_by_output() {
            Some(path) => {
                let file = surroundings.folder.join(path);
                store::replace(&file, text.as_bytes()).map_err(|error| {
                    let (path, reason) = (path.display(), store::reason(&error));
                    CommandError::new(format!("`{path}` cannot be written: {reason}"))
                        .help("nothing was changed; choose another place with -o")
                })?;
                surroundings.print(format!("{}\n", path.display()))?;
            }
            None => surroundings.print(&text)?,
        }
        Ok(Outcome::Fine)
    }

    /// The file that the page goes to; nothing where it goes to stdout.
    fn file_named_by_output(&self) -> Option<&Path> {
        self.output
            .as_deref()
            .filter(|path| *path != Path::new("-"))
    }

    /// Refuses to write over what the page is made of, also through links.
    fn spare_what_is_read(
        &self,
        input: &Input,
        template: &TemplateChoice,
        surroundings: &Surroundings,
    ) -> Result<(), CommandError> {
        let Some(output) = self.file_named_by_output() else {
            return Ok(());
        };
        let real = |path: &Path| std::fs::canonicalize(surroundings.folder.join(path)).ok();
        let Some(target) = real(output) else {
            return Ok(());
        };
        let shown = output.display();
        let ending = target
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or_default();
        let what = if input
            .path()
            .and_then(real)
            .is_some_and(|read| read == target)
        {
            "the document itself"
        } else if template
            .path()
            .and_then(real)
            .is_some_and(|read| target.starts_with(read))
        {
            "the template"
        } else if matches!(ending, "yaml" | "yml" | "toml") {
            "no page"
        } else {
            return Ok(());
        };
        Err(
            CommandError::new(format!("`{shown}` is {what}, and would be overwritten"))
                .help("nothing was changed; choose another place with -o"),
        )
    }

    /// Says on stderr how many errors the document has: a page hides them.
    fn tell_what_lint_finds(
        &self,
        reading: &Reading,
        input: &Input,
        config: &Config,
        surroundings: &Surroundings,
    ) {
        // A level that is wrong in the configuration is the linter's to tell.
        let levels = Levels::configured(&config.lint).unwrap_or_default();
        let findings = lint(reading, config, &levels, input.stem());
        let errors = findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .count();
        let name = printable_line(reading.source.name());
        let count = match errors {
            0 => return,
            1 => "1 error".to_owned(),
            _ => format!("{errors} errors"),
        };
        surroundings.say(format!("{count} in the document: postmortem lint {name}\n"));
    }

    /// What the page is written in, where the command or the name of its output says so.
    fn told_format(&self) -> Result<Option<Format>, CommandError> {
        Ok(match (self.format, self.file_named_by_output()) {
            (Some(FormatName::Html), _) => Some(Format::Html),
            (Some(FormatName::Md), _) => Some(Format::Markdown),
            (Some(FormatName::Text), _) => Some(Format::Text),
            (None, Some(path)) => Some(format_named(path).ok_or_else(|| {
                CommandError::new(format!(
                    "the name `{}` does not say what the page is to be written in",
                    path.display()
                ))
                .help("end it with .html, .md or .txt, or give --format html, md or text")
            })?),
            (None, None) => None,
        })
    }

    /// The document's file, or the one that the id of an incident stands for.
    fn input(&self, surroundings: &Surroundings) -> Result<Input, CommandError> {
        let given = self.file.as_path();
        if given == Path::new("-") || surroundings.folder.join(given).exists() {
            return Input::named(given, surroundings);
        }
        match given.to_str() {
            Some(named) => Ok(Chosen::named(named, surroundings)?.input()),
            None => Err(
                CommandError::new(format!("there is no file `{}`", given.display()))
                    .help("name a document, or the id of an incident"),
            ),
        }
    }
}

/// The document that was read; every mistake in it is shown. Where only texts may have been cut, the page
/// is made all the same.
fn whole(reading: &Reading, surroundings: &Surroundings) -> Result<Postmortem, CommandError> {
    if !reading.findings.is_empty() {
        let human = Human {
            colour: surroundings.stderr_colour(),
            width: surroundings.width(),
        };
        let file = FileFindings::new(reading.source.clone(), reading.findings.clone());
        surroundings.say(human.shown(&file));
    }
    if reading.is_whole()
        && let Some(document) = &reading.document
    {
        return Ok(document.postmortem().clone());
    }
    let name = printable_line(reading.source.name());
    Err(
        CommandError::new(format!("`{name}` does not read, so there is no page of it"))
            .help("mend what is shown above"),
    )
}

/// What may not be in a public page of this document.
fn inside<'a>(postmortem: &Postmortem, config: &'a Config) -> Result<Inside<'a>, CommandError> {
    Inside::of(postmortem, config).map_err(|error| {
        CommandError::new(format!(
            "the document has more internal words than can be looked for: {error}"
        ))
        .help("shorten `internal_notes` and `custom`; a page that was not searched is not public")
    })
}

fn holds_a_secret(reading: &Reading, what: &str) -> CommandError {
    let name = printable_line(reading.source.name());
    let message = format!("`{name}` holds {what}, and the page would be public");
    CommandError::new(message).help(format!(
        "`postmortem lint {name}` shows where; take it out and replace it: whoever has the file has it"
    ))
}

/// What kind of secret a document still holds; never the secret itself.
fn secret_in(postmortem: &Postmortem) -> Option<&'static str> {
    let text = yaml::write(postmortem).ok()?;
    secrets(&text).first().map(|secret| secret.what)
}

fn bad_config(error: ConfigError) -> CommandError {
    CommandError::new(error.to_string())
}
