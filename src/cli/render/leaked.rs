use std::path::Path;

use crate::redact::{Inside, Leak, WordKind};
use crate::render::Format;
use crate::text::{excerpt, printable};
use crate::yaml;

/// How many words are told; the rest are counted.
const MOST_SHOWN: usize = 20;

/// How many characters of a text are shown.
const LONGEST: usize = 60;

/// A page that is not written.
pub struct Page<'a> {
    /// Where it would have gone; nothing for stdout.
    pub name: Option<&'a Path>,
    /// All of it.
    pub text: &'a str,
    /// What it is written in.
    pub format: Format,
}

/// Tells which internal words are in a page, where, why they are internal and what to do.
pub fn text(page: &Page<'_>, leaks: &[Leak], inside: &Inside<'_>) -> String {
    let mut text = match leaks.len() {
        1 => "error: an internal word is in the public page\n".to_owned(),
        count => format!("error: internal words are in the public page, in {count} places\n"),
    };
    let name = page
        .name
        .map_or_else(|| "page".to_owned(), |name| name.display().to_string());
    for leak in leaks.iter().take(MOST_SHOWN) {
        let line = page.text[..leak.at].matches('\n').count() + 1;
        let heading = heading(page, leak.until);
        let part = heading.map_or_else(
            || "before the first heading".to_owned(),
            |heading| format!("under \"{}\"", excerpt(&heading, LONGEST)),
        );
        let word = excerpt(&leak.word.text, LONGEST);
        text.push_str(&format!(
            "  --> {name}:{line}: \"{word}\" ({}), {part}\n",
            leak.word.from
        ));
        let remedy = remedy(leak.word.kind);
        let help = match inside.comes_from(&leak.word) {
            Some(path) => {
                let mark = marking(&path);
                format!("it comes from `{path}`; {remedy}{mark}")
            }
            None => format!(
                "it stands in no text of the document but in the template, in an attached text, or in a name or an id; {remedy}"
            ),
        };
        text.push_str(&format!("  help: {help}\n"));
    }
    if let Some(more @ 1..) = leaks.len().checked_sub(MOST_SHOWN) {
        text.push_str(&format!("  and in {more} more places\n"));
    }
    text.push_str(
        "  help: nothing was written; what may be read all the same goes into `words` under `[public]` in postmortem.toml\n",
    );
    printable(&text).into_owned()
}

fn remedy(kind: WordKind) -> &'static str {
    match kind {
        WordKind::Person => "write the role",
        WordKind::Mail | WordKind::Ticket | WordKind::Address => "leave it out",
        WordKind::Text => "say it in words for everyone",
    }
}

/// How what a text stands in is kept inside as a whole.
fn marking(path: &yaml::Path) -> String {
    let keys: Vec<&str> = path
        .segments()
        .iter()
        .filter_map(|segment| match segment {
            yaml::Segment::Key(key) => Some(key.as_str()),
            yaml::Segment::Index(_) => None,
        })
        .collect();
    let item = match keys.as_slice() {
        ["timeline", ..] => "event",
        ["causes", "evidence", ..] => "evidence",
        ["causes", ..] => "cause",
        ["actions", ..] => "action",
        ["dependencies", ..] => "dependency",
        ["links", ..] => "link",
        ["attachments", ..] => "attachment",
        ["lessons", ..] => "lesson",
        ["impact", "services" | "figures" | "slo", ..] => "entry",
        _ => return String::new(),
    };
    format!(", or mark the {item} `internal: true`")
}

/// The last heading that begins before a place.
fn heading(page: &Page<'_>, until: usize) -> Option<String> {
    let before = page.text.get(..until)?;
    match page.format {
        Format::Text => None,
        Format::Markdown => {
            let rest = page.text.get(until..)?;
            let end = until + rest.find('\n').unwrap_or(rest.len());
            let lines = page.text.get(..end)?.lines();
            let line = lines.rev().find(|line| line.starts_with('#'))?;
            Some(line.trim_start_matches('#').trim().to_owned())
        }
        Format::Html => {
            let is_level = |rest: &str| rest.starts_with(|c: char| ('1'..='6').contains(&c));
            let start = before
                .rmatch_indices("<h")
                .map(|(at, _)| at)
                .find(|at| is_level(&before[at + 2..]))?;
            let whole = page.text[start..].split("</h").next()?;
            let mut text = String::new();
            for part in whole.split('<').skip(1) {
                text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
            }
            let text = text.replace("&quot;", "\"").replace("&#x27;", "'");
            Some(text.replace("&amp;", "&").trim().to_owned())
        }
    }
}
