use std::fmt;
use std::io;

use tera::ErrorKind;

use super::Format;
use super::template::{HTML_PAGE, MARKDOWN_PAGE};

/// Why a template gave no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// The template: a path, or the name of a built-in one.
    pub name: String,
    /// Line and column, from 1, where they are known.
    pub place: Option<(usize, usize)>,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do, a line each.
    pub help: Vec<String>,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for TemplateError {}

/// What to do where a template extends the page of the other format.
pub fn other_format(error: &tera::Error, name: &str, format: Format) -> Option<TemplateError> {
    let ErrorKind::MissingParent { parent, .. } = error.kind() else {
        return None;
    };
    let (message, flag) = match (format, parent.as_str()) {
        (Format::Markdown, HTML_PAGE) => ("it extends an HTML page and Markdown was asked", "html"),
        (Format::Html, MARKDOWN_PAGE) => ("it extends a Markdown page and HTML was asked", "md"),
        _ => return None,
    };
    Some(TemplateError {
        name: name.to_owned(),
        place: None,
        message: message.to_owned(),
        help: vec![format!("give --format {flag}")],
    })
}

/// Where a name first stands in the tags of a template: line and column, from 1.
pub fn place_of(text: &str, name: &str) -> Option<(usize, usize)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = text;
    while let Some(open) = rest.find(['{']) {
        let tag = &rest[open..];
        let close = match tag.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                rest = &tag[1..];
                continue;
            }
        };
        let end = tag.find(close).unwrap_or(tag.len());
        let mut quote = None;
        let mut before = ' ';
        for (at, c) in tag[..end].char_indices() {
            let begins = quote.is_none()
                && close != "#}"
                && !is_word(before)
                && before != '.'
                && tag[at..].starts_with(name)
                && !tag[at + name.len()..].starts_with(is_word);
            if begins {
                let done = text.len() - tag.len() + at;
                let line = text[..done].rsplit('\n').next().unwrap_or("");
                return Some((
                    text[..done].matches('\n').count() + 1,
                    line.chars().count() + 1,
                ));
            }
            match quote {
                Some(mark) if mark == c => quote = None,
                None if "\"'`".contains(c) => quote = Some(c),
                _ => {}
            }
            before = c;
        }
        rest = &tag[(end + 2).min(tag.len())..];
    }
    None
}

/// Tera draws some mistakes as a picture of the source; the place in it is all that is needed.
fn from_picture(text: &str, page: &str) -> TemplateError {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or("it cannot be rendered");
    let place = lines
        .find_map(|line| line.strip_prefix("--> "))
        .and_then(|place| {
            let (rest, column) = place.rsplit_once(':')?;
            let (name, line) = rest.rsplit_once(':')?;
            Some((name, line.parse().ok()?, column.parse().ok()?))
        });
    TemplateError {
        name: place.map_or(page, |(name, _, _)| name).to_owned(),
        place: place.map(|(_, line, column)| (line, column)),
        message: first.strip_prefix("error: ").unwrap_or(first).to_owned(),
        help: Vec::new(),
    }
}

/// A mistake as Tera tells it, in our words and in one line.
pub fn explained(error: &tera::Error, page: &str) -> TemplateError {
    let in_page = |message: String, help: Vec<String>| TemplateError {
        name: page.to_owned(),
        place: None,
        message,
        help,
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let mut lines = report
                .message()
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty());
            TemplateError {
                name: if report.filename().is_empty() {
                    page.to_owned()
                } else {
                    report.filename().to_owned()
                },
                place: Some((report.span().start_line, report.span().start_col + 1)),
                message: lines
                    .next()
                    .unwrap_or("it cannot be rendered")
                    .trim_end_matches('.')
                    .to_owned(),
                help: lines.map(str::to_owned).collect(),
            }
        }
        ErrorKind::MissingParent { parent, .. } => in_page(
            format!("it extends `{parent}`, which there is not"),
            vec![format!("extend `{HTML_PAGE}` or `{MARKDOWN_PAGE}`")],
        ),
        ErrorKind::CircularExtend { .. } | ErrorKind::CircularInclude { .. } => {
            in_page("it includes or extends itself".to_owned(), Vec::new())
        }
        ErrorKind::Io(io::ErrorKind::FileTooLarge) => in_page(
            "the page grows beyond 64 MiB".to_owned(),
            vec!["look for a loop that repeats itself".to_owned()],
        ),
        _ => from_picture(&error.to_string(), page),
    }
}
