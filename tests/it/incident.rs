//! An incident that is going on, in a sandbox: a document with comments, and what its timeline says.

use std::collections::BTreeMap;

use postmortem::document::Document;
use postmortem::model::Postmortem;
use postmortem::text::Source;

use crate::sandbox::Sandbox;

/// The document, from the sandbox's folder.
pub const FILE: &str = "postmortems/2024-12-11-api-down.yaml";

/// Its journal.
pub const JOURNAL: &str = "postmortems/.2024-12-11-api-down.yaml.journal";

/// What people wrote by hand before the first command.
pub const TEXT: &str = "\
# Kept by hand as well: ask in #incidents before you tidy up.
version: 1
id: 2024-12-11-api-down
title: API down   # the public one
severity: sev1
timezone: America/Los_Angeles

# What happened, as it happens.
timeline:
  # From the dashboards.
  - {at: 2024-12-11T15:16-08:00, kind: started, what: First users see errors.}   # about 1 % of them
  - at: 2024-12-11T15:20-08:00
    kind: detected
    what: Alerts page the cluster team.
# To be sorted out tomorrow.
actions:
  - {id: A1, what: Limit the agent}
";

/// A sandbox with one open incident.
#[derive(Debug)]
pub struct Incident {
    /// Its folder.
    pub sandbox: Sandbox,
}

impl Incident {
    /// The incident as people wrote it down so far.
    pub fn new() -> Self {
        let sandbox = Sandbox::new();
        sandbox.write(FILE, TEXT);
        Self { sandbox }
    }

    /// The document's text.
    pub fn text(&self) -> String {
        self.sandbox.read(FILE)
    }

    /// The document, which must read without an error, with every comment people wrote.
    #[track_caller]
    pub fn document(&self) -> Postmortem {
        whole(&self.text())
    }

    /// What the events say that were logged, in the order of the timeline.
    #[track_caller]
    pub fn logged(&self) -> Vec<String> {
        let timeline = self.document().timeline;
        let logged = timeline.into_iter().map(|event| event.what);
        logged.filter(|what| !is_by_hand(what)).collect()
    }

    /// Fails unless the events that were logged are these, each once, in whatever order.
    #[track_caller]
    pub fn has_each_once(&self, expected: &[&str]) {
        let logged = self.logged();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for what in &logged {
            *counts.entry(what).or_default() += 1;
        }
        let once = expected.iter().map(|what| (*what, 1)).collect();
        assert_eq!(counts, once, "{}", self.text());
    }

    /// Fails unless nothing lies beside the document but what stays there for good.
    #[track_caller]
    pub fn is_tidy(&self) {
        assert_eq!(self.sandbox.files(), [FILE], "something was left behind");
    }
}

/// Whether people wrote an event by hand before the first command.
pub fn is_by_hand(what: &str) -> bool {
    ["First users see errors.", "Alerts page the cluster team."].contains(&what)
}

/// The document in a text, which must read without an error and have every comment people wrote.
#[track_caller]
pub fn whole(text: &str) -> Postmortem {
    let reading = Document::read(Source::new(FILE, text));
    assert!(reading.is_whole(), "{:?}\n{text}", reading.findings);
    for line in TEXT.lines().filter(|line| line.contains('#')) {
        assert!(text.contains(line), "`{line}` is missing\n{text}");
    }
    reading.document.expect("a document").postmortem().clone()
}
