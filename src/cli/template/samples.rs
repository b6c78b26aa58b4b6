use crate::config::Config;
use crate::document::Document;
use crate::model::Postmortem;
use crate::redact;
use crate::render::{Page, Readers};
use crate::text::Source;

/// Documents on which a template is tried: whole ones, an early one, and one that says nothing yet.
const TEXTS: [(&str, &str); 5] = [
    (
        "2024-12-11-telemetry-rollout",
        include_str!("../../../examples/2024-12-11-telemetry-rollout.yaml"),
    ),
    (
        "2023-03-20-chatgpt-data-exposure",
        include_str!("../../../examples/2023-03-20-chatgpt-data-exposure.yaml"),
    ),
    (
        "2023-03-20-chatgpt-early-report",
        include_str!("../../../examples/2023-03-20-chatgpt-early-report.yaml"),
    ),
    (
        "2023-06-07-support-bot-upstream-outage",
        include_str!("../../../examples/2023-06-07-support-bot-upstream-outage.yaml"),
    ),
    (
        "an empty draft",
        "version: 1\nid: 2024-12-11-draft\ntitle: Users cannot log in\n",
    ),
];

/// What the samples look like to a template: a name, and the page for each kind of readers.
pub fn pages() -> Vec<(String, Page)> {
    let config = Config::default();
    let mut pages = Vec::new();
    for (name, document) in documents() {
        let public = redact::public(&document, &config);
        let internal = Page::of(&document, &config, Readers::Internal);
        pages.push((format!("{name}, internal"), internal));
        let public = Page::of(&public, &config, Readers::Public);
        pages.push((format!("{name}, public"), public));
    }
    pages
}

/// How many documents there are.
pub const COUNT: usize = TEXTS.len();

fn documents() -> Vec<(&'static str, Postmortem)> {
    let read = |(name, text): (&'static str, &str)| {
        let reading = Document::read(Source::new(name, text.to_owned()));
        let document = reading.document?;
        Some((name, document.postmortem().clone()))
    };
    TEXTS.into_iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_reads() {
        assert_eq!(documents().len(), COUNT);
        assert_eq!(pages().len(), 2 * COUNT);
    }
}
