//! Floor 3: a document with its source, its places and its meaning.

mod as_meant;
mod edit;
mod extents;
mod places;
mod reading;
mod reorder;
mod shape;
mod tidy;
mod writing;
mod written;

pub use edit::{Edited, NotEdited};
pub use reading::Reading;
pub use writing::write;

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::diagnostic::{Secret, secrets};
use crate::model::{Postmortem, Times};
use crate::text::{Source, Span};
use crate::yaml::{Path, Segment, Tree};

/// The paths at which something was dropped or is missing.
type Damaged = HashSet<Vec<Segment>>;

/// A document that was read: what it means, and where each part of it stands.
#[derive(Debug)]
pub struct Document {
    source: Source,
    tree: Tree,
    postmortem: Postmortem,
    times: Times,
    damaged: Damaged,
    blanked: Vec<Span>,
    secrets: OnceLock<Vec<Secret>>,
}

impl Document {
    /// The text with its lines.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What the document says.
    pub fn postmortem(&self) -> &Postmortem {
        &self.postmortem
    }

    /// What the document says, without the rest.
    pub fn into_postmortem(self) -> Postmortem {
        self.postmortem
    }

    /// The durations that follow from it.
    pub fn times(&self) -> &Times {
        &self.times
    }

    /// Every comment, in order: from its `#` to the end of its line.
    pub fn comments(&self) -> &[Span] {
        &self.tree.comments
    }

    /// The bytes that no YAML could be made of; what is said about values there is no news.
    pub fn blanked(&self) -> &[Span] {
        &self.blanked
    }

    /// What looks like a secret, in order; looked for once.
    pub fn secrets(&self) -> &[Secret] {
        let look = || secrets(self.source.text());
        self.secrets.get_or_init(look)
    }

    /// Whether a mistake of shape was found where this value stands or would stand, so that its
    /// absence is no news.
    pub fn is_damaged(&self, path: &Path) -> bool {
        let steps = path.segments();
        (0..=steps.len()).any(|end| self.damaged.contains(&steps[..end]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY_MISTAKES: &str = r#"version: 1
id: 2024-12-11-api-errors
titel: API answers with errors
severity: 1
status: resolvd
timezone: Los_Angeles
services: api
tags:
  -a
  -b
people:
  "jane doe": {name: Jane}
impact:
  services:
    - {service: api, effect: down, from: 2024-13-11T15:16-08:00, share: 120%}
    - {service: no, effect: outage, from: 2024-12-11T15:16-08:00, share: 0.5}
  figures:
    - {what: users, value: "12"}
    - {what: users, value: 0x10}
    - {what: users, value: [1]}
  data: {state: none, form: 1}
  detection: x
timeline:
  - {at: 2024-12-11T15:16, kind: started, what: First: users}
  - {at: 15:16, kind: strated, what: Rolled back, all fine}
  - at: 2024-12-11T15:16Z
    what: Reverted #4412
    internal: yes
  - at: 2024-12-11T15:16Z
    what:
  - at: 2024-12-11T15:16Z
    what: #4412
  - what: no time
causes:
  - {id: C 1, what: x}
  - what: @x
actions:
- id: A1
  what: do
  due: 2025-02-30
   status: done
lessons:
  went_well:
    - one
     - two
"#;

    #[test]
    fn one_reading_finds_every_mistake_at_its_place() {
        let reading = Document::read(Source::new("x.yaml", MANY_MISTAKES));
        let found: Vec<_> = reading
            .findings
            .iter()
            .map(|finding| (finding.rule, reading.source.slice(&finding.place.span)))
            .collect();
        let wanted = [
            ("unknown-field", "titel"),
            ("wrong-type", "1"),
            ("unknown-value", "resolvd"),
            ("unknown-timezone", "Los_Angeles"),
            ("wrong-type", "api"),
            ("wrong-type", "-a\n  -b"),
            ("invalid-id", "\"jane doe\""),
            ("unknown-value", "down"),
            ("invalid-timestamp", "2024-13-11T15:16-08:00"),
            ("invalid-percentage", "120%"),
            ("bare-yes-or-no", "no"),
            ("wrong-type", "0.5"),
            ("unknown-value", "\"12\""),
            ("wrong-type", "0x10"),
            ("wrong-type", "[1]"),
            ("unknown-field", "form"),
            ("unknown-field", "detection"),
            ("colon-in-bare-text", "First: users"),
            ("invalid-timestamp", "15:16"),
            ("unknown-value", "strated"),
            ("comma-in-flow-text", "Rolled back, all fine"),
            ("text-cut-by-comment", "Reverted #4412"),
            ("wrong-type", "yes"),
            ("wrong-type", "what"),
            ("wrong-type", "what"),
            ("missing-field", "what"),
            ("invalid-id", "C 1"),
            ("missing-field", "what"),
            ("reserved-character", "@x"),
            ("invalid-timestamp", "2025-02-30"),
            ("wrong-indentation", "status: done"),
            ("wrong-indentation", "- two"),
        ];
        assert_eq!(found, wanted);
        assert!(!reading.is_whole());
    }

    #[test]
    fn a_mistake_has_no_follow_up() {
        for (text, wanted) in [
            (
                "timeline:\n  - at: 2024-12-11\n   what: x\n",
                vec![("wrong-indentation", "what: x")],
            ),
            (
                "timeline:\n  - at: 2024-12-11\n    what: @x\n",
                vec![("reserved-character", "@x")],
            ),
            (
                "timeline:\n  - {at: 2024-12-11, what: A}\n  -\n",
                vec![("wrong-type", "-")],
            ),
            ("impact: [x]\n", vec![("wrong-type", "[x]")]),
            (
                "people: {jane: [Jane, IC]}\n",
                vec![("wrong-type", "[Jane, IC]")],
            ),
        ] {
            let text = format!("version: 1\nid: 2024-12-11-x\ntitle: T\n{text}");
            let reading = Document::read(Source::new("x.yaml", text));
            let found: Vec<_> = reading
                .findings
                .iter()
                .map(|finding| (finding.rule, reading.source.slice(&finding.place.span)))
                .collect();
            assert_eq!(found, wanted);
        }
    }

    #[test]
    fn what_is_sound_is_read_all_the_same() {
        let reading = Document::read(Source::new("x.yaml", MANY_MISTAKES));
        let document = reading.document.expect("a document");
        assert_eq!(document.postmortem().id.as_str(), "2024-12-11-api-errors");
        assert_eq!(document.postmortem().people.len(), 0);
        assert_eq!(document.postmortem().actions.len(), 1);
        assert!(document.is_damaged(&crate::path!["title"]));
        assert!(document.is_damaged(&crate::path!["actions", 0, "due"]));
        assert!(!document.is_damaged(&crate::path!["actions", 0, "owner"]));
    }

    #[test]
    fn a_place_that_is_not_there_falls_back_to_its_parent() {
        let text = "version: 1\nid: 2024-12-11-x\ntitle: T\ntimeline:\n  - at: 2024-12-11\n    what: |\n      one two\n";
        let reading = Document::read(Source::new("x.yaml", text));
        let document = reading.document.expect("a document");
        let at = |path: Path| &text[document.place(&path)];
        assert_eq!(at(crate::path!["timeline", 0, "what"]), "one two");
        assert_eq!(at(crate::path!["timeline", 0, "by"]), "at");
        assert_eq!(at(crate::path!["timeline"]), "timeline");
        assert_eq!(at(crate::path!["causes", 3, "what"]), "version");
        assert_eq!(
            &text[document.place_of(&crate::path!["timeline", 0, "what"], "two")],
            "two"
        );
        assert_eq!(&text[document.key_place(&crate::path!["title"])], "title");
    }

    #[test]
    fn the_three_line_draft_reads() {
        let text = "version: 1\nid: 2024-12-11-x\ntitle: T\ntimeline:\nimpact:\nstatus: ~\n";
        let reading = Document::read(Source::new("x.yaml", text));
        assert!(reading.is_whole(), "{:?}", reading.findings);
    }
}
