use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::Length;

/// What rules may be told besides their level, under the rule's own name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// How long the timeline may be silent before most users are well again.
    pub timeline_gap: Length,
    /// How long after `resolved` a document may stay a draft.
    pub draft_too_old: Length,
    /// How long people may take to notice before an alert is asked for.
    pub detected_by_people_without_detect_action: Length,
    /// How many open actions a document may have.
    pub too_many_actions: usize,
    /// How many characters a title may have.
    pub long_title: usize,
    /// How many characters the sentence of an event may have.
    pub long_event_text: usize,
    /// How many lines of output may be pasted.
    pub pasted_log: usize,
    /// Whether each event needs a source of its own, or the document's may answer for all.
    pub event_without_source: Answer,
    /// Whether each cause needs evidence of its own, or the document's sources may answer for all.
    pub cause_without_evidence: Answer,
}

/// What answers for where something is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The document's own `sources` answer for all that is in it.
    Document,
    /// Each answers for itself.
    Each,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeline_gap: Length::of("1h", 3_600),
            draft_too_old: Length::of("30d", 30 * 86_400),
            detected_by_people_without_detect_action: Length::of("10m", 600),
            too_many_actions: 12,
            long_title: 80,
            long_event_text: 240,
            pasted_log: 30,
            event_without_source: Answer::Document,
            cause_without_evidence: Answer::Document,
        }
    }
}
