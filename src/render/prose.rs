use super::html::{self, Breaks};
use super::{Format, markdown, plain};

/// Markdown of the document as a page of this format has it.
pub fn prose(format: Format, text: &str) -> String {
    match format {
        Format::Html => html::prose(text, Breaks::Flow),
        Format::Markdown => markdown::prose(text),
        Format::Text => plain::prose(text),
    }
}

/// The same where every break of a line means something, as in what a program printed.
pub fn output(format: Format, text: &str) -> String {
    match format {
        Format::Html => html::prose(text, Breaks::Kept),
        Format::Markdown | Format::Text => prose(format, text),
    }
}
