use clap::ValueEnum;

use crate::config::{PageAudience, PageFormat};
use crate::render::{Format, Readers};

/// What `--format` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatName {
    /// One self-contained file for browsers and printers.
    Html,
    /// A text for repositories and wikis.
    Md,
    /// Words without markup.
    Text,
    /// The document with all derived values, for machines; no template.
    Json,
}

/// What `--audience` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Audience {
    /// The company.
    Internal,
    /// Everyone.
    Public,
}

/// What is made of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page, by a template.
    Page(Format),
    /// An object for machines.
    Json,
}

impl FormatName {
    /// What it asks for.
    pub fn kind(self) -> Kind {
        match self {
            Self::Html => Kind::Page(Format::Html),
            Self::Md => Kind::Page(Format::Markdown),
            Self::Text => Kind::Page(Format::Text),
            Self::Json => Kind::Json,
        }
    }
}

impl Audience {
    /// The readers that it names.
    pub fn readers(self) -> Readers {
        match self {
            Self::Internal => Readers::Internal,
            Self::Public => Readers::Public,
        }
    }

    /// As the configuration calls it.
    pub fn configured(self) -> PageAudience {
        match self {
            Self::Internal => PageAudience::Internal,
            Self::Public => PageAudience::Public,
        }
    }
}

impl Kind {
    /// The format of a page; nothing for machines.
    pub fn page(self) -> Option<Format> {
        match self {
            Self::Page(format) => Some(format),
            Self::Json => None,
        }
    }

    /// How the names of its files end, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Page(format) => format.ending(),
            Self::Json => "json",
        }
    }

    /// As the configuration calls it; it has no name there for what no template makes.
    pub fn configured(self) -> Option<PageFormat> {
        self.page().map(|format| match format {
            Format::Html => PageFormat::Html,
            Format::Markdown => PageFormat::Md,
            Format::Text => PageFormat::Text,
        })
    }
}
