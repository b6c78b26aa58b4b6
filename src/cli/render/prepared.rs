use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::input::Input;
use crate::cli::lint::{Candidate, looks_like_a_document};
use crate::cli::template_choice::TemplateChoice;
use crate::cli::{CommandError, Surroundings};
use crate::config::TemplateRule;
use crate::diagnostic::Level;
use crate::document::Reading;
use crate::lint::lint;
use crate::model::{Day, Postmortem};
use crate::redact;
use crate::render::Readers;
use crate::report::{FileFindings, Human};
use crate::text::printable_line;

use super::asked::{Audience, Kind};
use super::attached::{Attached, attached};
use super::configured::Configured;
use super::target::{Named, Target};

/// What the command line says of every page.
#[derive(Debug)]
pub struct Asked {
    /// The template that is named; the configuration chooses where none is.
    pub template: Option<TemplateChoice>,
    /// What is made, where that is said.
    pub kind: Option<Kind>,
    /// Who reads it, where that is said.
    pub audience: Option<Audience>,
    /// The day that counts as today, where pages say how old and how late actions are.
    pub as_of: Option<Day>,
    /// Where it goes; to stdout where it is absent.
    pub target: Option<Target>,
    /// Whether the errors that the linter finds are counted: a page hides them. Who renders a folder is not told
    /// of each document in it.
    pub counts_errors: bool,
}

/// A document that was read, and what is to be made of it.
#[derive(Debug)]
pub struct Prepared {
    pub postmortem: Postmortem,
    pub configured: Arc<Configured>,
    pub template: TemplateChoice,
    /// Where the configuration chose the template.
    pub chosen_at: Option<String>,
    pub kind: Kind,
    pub readers: Readers,
    pub as_of: Option<Day>,
    /// The files beside the document that its readers may see.
    pub attached: Attached,
    /// The name by which the user knows the document.
    pub name: String,
    /// The document's file; absent for stdin.
    pub path: Option<PathBuf>,
    /// The file of the page, from the folder of the call; absent for stdout.
    pub target: Option<PathBuf>,
    /// What of the document and its template is in the name of its page, each with what stands for it.
    pub told: Vec<(&'static str, String)>,
    /// What is to be said of the document.
    pub said: String,
}

/// Why there is no page of a document, and what is to be said before that.
#[derive(Debug)]
pub struct Unprepared {
    pub said: String,
    pub error: CommandError,
}

impl From<CommandError> for Unprepared {
    fn from(error: CommandError) -> Self {
        Self {
            said: String::new(),
            error,
        }
    }
}

impl Asked {
    /// Reads a document and decides what is made of it; nothing where it only lies in a folder and is no
    /// document.
    pub fn prepare(
        &self,
        candidate: &Candidate,
        configured: &Arc<Configured>,
        surroundings: &Surroundings,
    ) -> Result<Option<Prepared>, Unprepared> {
        let Candidate { input, is_named } = candidate;
        let text = input.text()?;
        if !is_named && !looks_like_a_document(text.as_str()) {
            return Ok(None);
        }
        let reading = text.read();
        let mut said = shape(&reading, surroundings);
        let name = reading.source.name().to_owned();
        let is_whole = reading.is_whole();
        let errors = match is_whole && self.counts_errors {
            true => errors_of_lint(&reading, input, configured),
            false => String::new(),
        };
        let Some(document) = reading.document.filter(|_| is_whole) else {
            let shown = printable_line(&name);
            let error = CommandError::new(format!(
                "`{shown}` does not read, so there is no page of it"
            ))
            .help("mend what is shown above");
            return Err(Unprepared { said, error });
        };
        let postmortem = document.into_postmortem();
        let (template, chosen_at) = match &self.template {
            Some(given) => (given.clone(), None),
            None => {
                let audience = self.audience.map(Audience::configured);
                let format = self.kind.and_then(Kind::configured);
                let fits = |rule: &TemplateRule| rule.is_for(&postmortem, audience, format);
                configured.template(fits, surroundings)?
            }
        };
        let kind = match self.kind {
            Some(kind) => kind,
            None => Kind::Page(template.usual_format(surroundings)),
        };
        let readers = match (self.audience, kind) {
            (Some(audience), _) => audience.readers(),
            // No template has a say in what machines get.
            (None, Kind::Json) => Readers::Internal,
            (None, Kind::Page(_)) => template.readers(),
        };
        said.push_str(&errors);
        let folder = surroundings.folder.join(input.folder());
        let (attached, missing) = match readers {
            _ if postmortem.attachments.is_empty() => Default::default(),
            Readers::Internal => attached(&postmortem, &folder),
            Readers::Public => attached(&redact::public(&postmortem, &configured.config), &folder),
        };
        said.push_str(&missing);
        let named = Named {
            id: postmortem.id.as_str(),
            stem: input.stem().unwrap_or(postmortem.id.as_str()),
            template: &template.name(surroundings),
            audience: match readers {
                Readers::Internal => "internal",
                Readers::Public => "public",
            },
            format: kind.ending(),
        };
        let target = self.target.as_ref().map(|target| target.file(&named));
        let told = self.target.as_ref().map(|target| target.told(&named));
        Ok(Some(Prepared {
            postmortem,
            configured: Arc::clone(configured),
            template,
            chosen_at,
            kind,
            readers,
            as_of: self.as_of,
            attached,
            name,
            path: input.path().map(|path| surroundings.folder.join(path)),
            target,
            told: told.unwrap_or_default(),
            said,
        }))
    }
}

/// Every mistake of a document's shape. Where only texts may have been cut, the page is made all the same.
fn shape(reading: &Reading, surroundings: &Surroundings) -> String {
    if reading.findings.is_empty() {
        return String::new();
    }
    let human = Human {
        colour: surroundings.stderr_colour(),
        width: surroundings.width(),
    };
    let file = FileFindings::new(reading.source.clone(), reading.findings.clone());
    human.shown(&file)
}

/// How many errors the document has: a page hides them.
fn errors_of_lint(reading: &Reading, input: &Input, configured: &Configured) -> String {
    let findings = lint(
        reading,
        &configured.config,
        &configured.levels,
        input.stem(),
    );
    let is_error = |finding: &&crate::diagnostic::Diagnostic| finding.level == Level::Error;
    let name = printable_line(reading.source.name());
    let count = match findings.iter().filter(is_error).count() {
        0 => return String::new(),
        1 => "1 error".to_owned(),
        errors => format!("{errors} errors"),
    };
    format!("{count} in the document: postmortem lint {name}\n")
}
