//! Floor 4: pages from documents.
//!
//! A document becomes a [`Page`] of plain, ready-to-print values; a template turns those into HTML or
//! Markdown. Nothing here knows the clock, the environment or a locale: the same document gives the
//! same bytes.

mod clean;
pub(crate) mod clock;
mod drawing;
mod html;
mod markdown;
mod mistake;
mod policy;
pub(crate) mod spoken;
mod template;
pub(crate) mod view;

#[cfg(test)]
mod tests;

pub use mistake::TemplateError;
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
    let page = Page::of(postmortem, config, readers);
    Renderer::built_in(format)?.render(&page)
}
