use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::text::excerpt;

use super::super::plain;
use super::{Page, clean};

/// What a public page tells search engines and chats that show a card for a link.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Metadata {
    /// The summary in a line, without its marks; null where there is none.
    pub(crate) description: Option<String>,
    /// A `Report` of schema.org as JSON, for `<script type="application/ld+json">`. It holds no sign that could
    /// end that element, and needs no escape.
    pub(crate) linked_data: String,
}

/// As much as a card shows.
const LONGEST: usize = 200;

impl Metadata {
    /// Says of a page what stands on it, and nothing else.
    pub fn of(page: &Page) -> Self {
        let words = page.summary.as_deref().map(plain::prose);
        let line = words.map(|words| clean::line(&words));
        let description = line
            .filter(|line| !line.is_empty())
            .map(|line| beginning(&line));
        Self {
            linked_data: inert(&report(page, description.as_deref())),
            description,
        }
    }
}

/// The beginning of a line, up to the end of a word.
fn beginning(line: &str) -> String {
    let cut = excerpt(line, LONGEST);
    match (cut == line, cut.rfind(' ')) {
        (false, Some(end)) => format!("{}…", cut[..end].trim_end_matches([' ', ',', ';', ':'])),
        _ => cut,
    }
}

fn report(page: &Page, description: Option<&str>) -> Value {
    let mut report = json!({
        "@context": "https://schema.org",
        "@type": "Report",
        "headline": page.title,
        "reportNumber": page.id,
        "inLanguage": "en",
    });
    let mut add = |name: &str, value: Value| {
        report[name] = value;
    };
    if let Some(description) = description {
        add("abstract", description.into());
    }
    let brand = page.brand.as_ref();
    if let Some(name) = brand.and_then(|brand| brand.name.as_ref()) {
        add("publisher", json!({"@type": "Organization", "name": name}));
    }
    if let Some(period) = &page.period
        && let Some(from) = &period.from.machine
    {
        // An end that is not known is `..` in ISO 8601.
        let until = period
            .until
            .as_ref()
            .and_then(|until| until.machine.as_deref());
        add(
            "temporalCoverage",
            format!("{from}/{}", until.unwrap_or("..")).into(),
        );
    }
    if !page.services.is_empty() {
        let things = page.services.iter();
        let things = things.map(|name| json!({"@type": "Service", "name": name}));
        add("about", things.collect());
    }
    if !page.tags.is_empty() {
        add("keywords", json!(page.tags));
    }
    let web: Vec<&str> = page
        .links
        .iter()
        .filter_map(|link| link.url.as_deref())
        .filter(|url| url.starts_with("http"))
        .collect();
    if !web.is_empty() {
        add("citation", json!(web));
    }
    report
}

/// JSON that no element of HTML ends in.
fn inert(value: &Value) -> String {
    let mut safe = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{IncidentId, Postmortem};
    use crate::render::Readers;

    #[test]
    fn a_title_stays_in_its_element() {
        let id: IncidentId = "2024-12-11-api".parse().expect("an id");
        let title = "</script><!--<script>&amp;\u{2028}";
        let mut postmortem = Postmortem::new(id, title);
        postmortem.summary = Some("**Cards** failed. ".repeat(30));
        let page = Page::of(&postmortem, &Config::default(), Readers::Public);
        let metadata = Metadata::of(&page);
        assert!(!metadata.linked_data.contains(['<', '>', '&']));
        let read: Value = serde_json::from_str(&metadata.linked_data).expect("JSON");
        assert_eq!(read["headline"], clean::line(title));
        let words = metadata.description.expect("words");
        assert!(words.starts_with("Cards failed. Cards"), "{words}");
        assert!(words.chars().count() <= LONGEST + 1, "{words}");
        assert!(
            words.ends_with("Cards failed.…") || words.ends_with("Cards…"),
            "{words}"
        );
    }
}
