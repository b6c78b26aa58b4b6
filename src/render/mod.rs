//! Floor 4: pages from documents.
//!
//! A document becomes a [`Page`] of plain, ready-to-print values; a template turns those into HTML or
//! Markdown. Nothing here knows the clock, the environment or a locale: the same document gives the
//! same bytes.

mod attachment;
mod base64;
mod brand;
mod built_in;
mod clean;
pub(crate) mod clock;
mod compiled;
mod context;
pub mod data;
mod drawing;
mod entities;
mod filters;
mod flowing;
mod fuel;
mod guarded;
mod html;
mod interpreted;
mod limited;
mod logo;
mod markdown;
mod mistake;
mod names;
mod picture;
mod plain;
mod policy;
mod prose;
pub(crate) mod spoken;
mod tags;
mod template;
pub(crate) mod view;

#[cfg(test)]
mod tests;

pub use attachment::{Embedded, LARGEST_ATTACHMENT, PictureView, TextView, Unfit};
pub use brand::{Brand, BrandError};
pub use built_in::{BUILT_IN, BuiltIn};
pub use logo::LARGEST_LOGO;
pub use mistake::TemplateError;
pub use names::{context_schema, unknown_names};
pub use template::{Renderer, UserTemplate};
pub use view::Page;

use crate::config::Config;
use crate::model::Postmortem;

/// What a page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One self-contained file for browsers and printers.
    Html,
    /// A text for repositories, wikis and chat.
    Markdown,
    /// Words alone, for fields that take no markup.
    Text,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Html, Self::Markdown, Self::Text];

    /// How the names of its files end, without the dot; so it is called on the command line, too, but for text.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Text => "txt",
        }
    }

    /// What it is called in a sentence.
    pub fn spoken(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Markdown => "Markdown",
            Self::Text => "plain text",
        }
    }

    /// What `--format` takes for it.
    pub fn flag(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Text => "text",
        }
    }
}

/// Whom a page is for. Only the words of the page depend on it: what the public may not read has
/// to be gone from the document before it comes here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// The company.
    Internal,
    /// Everyone.
    Public,
}

/// Renders a document with the built-in template of a format.
pub fn render(
    postmortem: &Postmortem,
    config: &Config,
    readers: Readers,
    format: Format,
) -> Result<String, TemplateError> {
    let renderer = Renderer::of(&BuiltIn::FULL, format)?;
    renderer.render(&renderer.view(postmortem, config, readers))
}
