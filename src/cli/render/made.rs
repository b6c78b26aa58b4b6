use std::borrow::Cow;
use std::path::Path;

use crate::cli::template_choice::{TemplateChoice, bad_template};
use crate::cli::{CommandError, Surroundings};
use crate::config::Config;
use crate::diagnostic::secrets;
use crate::model::Postmortem;
use crate::redact::{self, Inside, Leak};
use crate::render::{Format, Page, Readers, Renderer, data};
use crate::text::printable_line;
use crate::yaml;

use super::asked::Kind;
use super::leaked;
use super::prepared::Prepared;

/// What was made of a document.
#[derive(Debug)]
pub enum Made {
    /// The bytes of its page.
    Text(String),
    /// Nothing, since the public may not read it; the words say why.
    Refused(String),
}

/// The templates of a round, each made ready once for each format.
#[derive(Debug, Default)]
pub struct Renderers(Vec<((TemplateChoice, Format), Renderer)>);

impl Renderers {
    /// Makes ready what a document needs and is not known yet.
    pub fn learn(
        &mut self,
        prepared: &Prepared,
        surroundings: &Surroundings,
    ) -> Result<(), CommandError> {
        let Some(format) = prepared.kind.page() else {
            return Ok(());
        };
        let template = &prepared.template;
        if self.known(template, format).is_some() {
            return Ok(());
        }
        let renderer = template.renderer(format, surroundings);
        let renderer = renderer.map_err(|error| match &prepared.chosen_at {
            Some(place) => error.help(format!(
                "{place} chooses this template; another: --template NAME"
            )),
            None => error,
        })?;
        self.0.push(((template.clone(), format), renderer));
        Ok(())
    }

    fn known(&self, template: &TemplateChoice, format: Format) -> Option<&Renderer> {
        let mut known = self.0.iter();
        let (_, renderer) = known.find(|(key, _)| key.0 == *template && key.1 == format)?;
        Some(renderer)
    }
}

impl Prepared {
    /// Makes the page. What is for the public is redacted first, and searched for internal words then.
    pub fn make(&self, renderers: &Renderers) -> Result<Made, CommandError> {
        let config = &self.configured.config;
        let text = match self.readers {
            Readers::Internal => self.text(&self.postmortem, renderers)?,
            Readers::Public => {
                let public = self.public();
                if let Some(what) = secret_in(&public) {
                    return Ok(Made::Refused(holds_a_secret(&self.name, what).text()));
                }
                let text = self.text(&public, renderers)?;
                let inside = inside(&self.postmortem, config)?;
                if let Some(told) = self.leaks(&text, &inside) {
                    return Ok(Made::Refused(told));
                }
                if let Some(told) = self.leaks_of_linked(&text, &inside) {
                    return Ok(Made::Refused(told));
                }
                for (variable, told) in &self.told {
                    if let [leak, ..] = inside.leaks(told).as_slice() {
                        return Ok(Made::Refused(is_in_the_name(leak, variable).text()));
                    }
                }
                text
            }
        };
        Ok(Made::Text(text))
    }

    /// Tells which internal words are in a page of this document; nothing where none is. What is searched has the
    /// bytes of the page, but for those of pictures and of the logo.
    pub fn leaks(&self, text: &str, inside: &Inside<'_>) -> Option<String> {
        let brand = self.configured.brand.as_ref();
        let mut searched = brand.map_or(Cow::Borrowed(text), |brand| brand.without_logo(text));
        for file in self.attached.values() {
            searched = Cow::Owned(file.blotted_out_of(&searched));
        }
        let leaks = inside.leaks(&searched);
        if leaks.is_empty() {
            return None;
        }
        let page = leaked::Page {
            name: self.target.as_deref().map(Path::new),
            text,
            format: self.kind.page().unwrap_or(Format::Text),
        };
        Some(leaked::text(&page, &leaks, inside))
    }

    /// The document as everyone may read it, without the files that could not be looked at: a page that links to
    /// one publishes it.
    pub fn public(&self) -> Postmortem {
        let mut public = redact::public(&self.postmortem, &self.configured.config);
        let attachments = &mut public.attachments;
        attachments.retain(|attachment| self.attached.contains_key(&attachment.file));
        public
    }

    /// Tells which internal words are in the texts that a page links to.
    fn leaks_of_linked(&self, text: &str, inside: &Inside<'_>) -> Option<String> {
        // A name with other characters may be written in another way.
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        let linked = |name: &str| !name.chars().all(plain) || text.contains(name);
        let mut linked = self.attached.iter().filter(|(name, _)| linked(name));
        linked.find_map(|(name, file)| {
            let text = file.as_text()?;
            let leaks = inside.leaks(text);
            let page = leaked::Page {
                name: Some(Path::new(name)),
                text,
                format: Format::Text,
            };
            (!leaks.is_empty()).then(|| leaked::text(&page, &leaks, inside))
        })
    }

    /// What a template gets of a document.
    pub fn page(&self, postmortem: &Postmortem) -> Page {
        self.dressed(
            postmortem,
            Page::of(postmortem, &self.configured.config, self.readers),
        )
    }

    /// The view with what does not stand in the document: brand, files beside it, the day that counts as today.
    fn dressed(&self, postmortem: &Postmortem, mut page: Page) -> Page {
        if let Some(brand) = &self.configured.brand {
            page.wear(brand.clone());
        }
        for (index, attachment) in postmortem.attachments.iter().enumerate() {
            if let Some(embedded) = self.attached.get(&attachment.file) {
                page.embed(index, embedded.clone());
            }
        }
        if let Some(day) = self.as_of {
            page.set_as_of(postmortem, day);
        }
        page
    }

    fn text(&self, postmortem: &Postmortem, renderers: &Renderers) -> Result<String, CommandError> {
        let Kind::Page(format) = self.kind else {
            return data::text(postmortem, &self.configured.config, self.readers).map_err(
                |error| CommandError::new(format!("the document has no JSON form: {error}")),
            );
        };
        let config = &self.configured.config;
        match renderers.known(&self.template, format) {
            Some(renderer) => {
                let page = renderer.view(postmortem, config, self.readers);
                let page = self.dressed(postmortem, page);
                renderer.render(&page).map_err(bad_template)
            }
            None => Err(CommandError::new("the template was not compiled")),
        }
    }
}

/// What may not be in a public page of this document.
pub fn inside<'a>(postmortem: &Postmortem, config: &'a Config) -> Result<Inside<'a>, CommandError> {
    Inside::of(postmortem, config).map_err(|error| {
        CommandError::new(format!(
            "the document has more internal words than can be looked for: {error}"
        ))
        .help("shorten `internal_notes` and `custom`; a page that was not searched is not public")
    })
}

/// Why a page whose name would tell something is not written.
fn is_in_the_name(leak: &Leak, variable: &str) -> CommandError {
    let word = printable_line(&leak.word.text);
    let from = &leak.word.from;
    CommandError::new(format!(
        "the name of the page would hold an internal word: \"{word}\" ({from})"
    ))
    .help(match variable {
        "{stem}" => {
            "it comes from `{stem}`, the name of the document's file: rename it, or write `{id}`"
        }
        "{id}" => "it comes from `{id}`: give the document another id, or name the page by hand",
        _ => "it comes from `{template}`: name the template otherwise, or the page by hand",
    })
}

/// Why a document with a secret has no public page.
pub fn holds_a_secret(name: &str, what: &str) -> CommandError {
    let name = printable_line(name);
    let message = format!("`{name}` holds {what}, and the page would be public");
    CommandError::new(message).help(format!(
        "`postmortem lint {name}` shows where; take it out and replace it: whoever has the file has it"
    ))
}

/// What kind of secret a document still holds; never the secret itself.
pub fn secret_in(postmortem: &Postmortem) -> Option<&'static str> {
    let text = yaml::write(postmortem).ok()?;
    secrets(&text).first().map(|secret| secret.what)
}
