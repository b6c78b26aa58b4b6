use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Link;

use super::{Facts, anchor, clean, line};

/// A link, or something that a statement rests on.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SourceView {
    /// The link's id; null for an address or a text.
    pub id: Option<String>,
    /// What it is called: a title, a host, or the text itself.
    pub title: String,
    /// A web or mail address, or a path; null where there is none that is safe to follow.
    pub url: Option<String>,
    /// The fragment of the link's own entry on the page.
    pub anchor: Option<String>,
    /// Whether its id differs from all others in more than capital letters, so that Markdown can refer by it.
    pub distinct: bool,
    /// Longer words about it.
    pub detail: Option<String>,
    /// Whether it is marked internal.
    pub internal: bool,
}

/// The entries of `links`.
pub fn links(facts: &Facts<'_>) -> Vec<SourceView> {
    let links = facts.postmortem.links.iter();
    links.map(|link| entry(facts, link)).collect()
}

fn entry(facts: &Facts<'_>, link: &Link) -> SourceView {
    let id = link.id.as_str();
    let same = |other: &&Link| other.id.as_str().eq_ignore_ascii_case(id);
    SourceView {
        id: Some(id.to_owned()),
        title: line(&link.title).unwrap_or_else(|| called(&link.url)),
        url: clean::address(&link.url),
        anchor: Some(anchor("source", id)),
        distinct: facts.postmortem.links.iter().filter(same).count() == 1,
        detail: None,
        internal: link.internal,
    }
}

/// What an id, an address or a text refers to.
pub fn source(facts: &Facts<'_>, text: &str) -> SourceView {
    let known = facts
        .postmortem
        .links
        .iter()
        .find(|link| link.id.as_str() == text);
    if let Some(link) = known {
        return entry(facts, link);
    }
    let is_address = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| text.trim_start().to_ascii_lowercase().starts_with(scheme))
        && !text.trim().contains(char::is_whitespace);
    SourceView {
        id: None,
        title: if is_address {
            called(text)
        } else {
            clean::line(text)
        },
        url: if is_address {
            clean::address(text)
        } else {
            None
        },
        anchor: None,
        distinct: false,
        detail: None,
        internal: false,
    }
}

/// Several of them, in their order.
pub fn sources(facts: &Facts<'_>, texts: &[String]) -> Vec<SourceView> {
    texts.iter().map(|text| source(facts, text)).collect()
}

/// An address as a short name: its host, and the last part of its path.
fn called(address: &str) -> String {
    let address = clean::line(address);
    let Some((_, rest)) = address.split_once("://") else {
        return address;
    };
    let rest = rest.trim_end_matches('/');
    let path = rest.split(['?', '#']).next().unwrap_or(rest);
    let host = path.split('/').next().unwrap_or(path);
    let host = host.rsplit('@').next().unwrap_or(host);
    match path.rsplit_once('/') {
        Some((_, last)) if !last.is_empty() && last.chars().count() <= 40 => {
            if path.matches('/').count() > 1 {
                format!("{host}/…/{last}")
            } else {
                format!("{host}/{last}")
            }
        }
        _ => host.to_owned(),
    }
}
