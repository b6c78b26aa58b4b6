//! The table of rules: what the reader finds, then what is checked, time first.

use super::rules;
use super::{Class, Rule};

/// Every rule, in the order of the documentation and of the run.
pub const RULES: &[Rule] = &[
    Rule::of_reader("not-yaml", Class::Shape, include_str!("rules/not-yaml.md")),
    Rule::of_reader(
        "empty-document",
        Class::Shape,
        include_str!("rules/empty-document.md"),
    ),
    Rule::of_reader(
        "too-large",
        Class::Shape,
        include_str!("rules/too-large.md"),
    ),
    Rule::of_reader(
        "alias-or-tag",
        Class::Shape,
        include_str!("rules/alias-or-tag.md"),
    ),
    Rule::of_reader(
        "duplicate-key",
        Class::Shape,
        include_str!("rules/duplicate-key.md"),
    ),
    Rule::of_reader(
        "tab-in-indentation",
        Class::Shape,
        include_str!("rules/tab-in-indentation.md"),
    ),
    Rule::of_reader(
        "wrong-indentation",
        Class::Shape,
        include_str!("rules/wrong-indentation.md"),
    ),
    Rule::of_reader(
        "colon-in-bare-text",
        Class::Shape,
        include_str!("rules/colon-in-bare-text.md"),
    ),
    Rule::of_reader(
        "reserved-character",
        Class::Shape,
        include_str!("rules/reserved-character.md"),
    ),
    Rule::of_reader(
        "comma-in-flow-text",
        Class::Shape,
        include_str!("rules/comma-in-flow-text.md"),
    ),
    Rule::of_reader(
        "text-cut-by-comment",
        Class::Suspicious,
        include_str!("rules/text-cut-by-comment.md"),
    ),
    Rule::of_reader(
        "bare-yes-or-no",
        Class::Suspicious,
        include_str!("rules/bare-yes-or-no.md"),
    ),
    Rule::of_reader(
        "stale-format-version",
        Class::Shape,
        include_str!("rules/stale-format-version.md"),
    ),
    Rule::of_reader(
        "unknown-field",
        Class::Shape,
        include_str!("rules/unknown-field.md"),
    ),
    Rule::of_reader(
        "missing-field",
        Class::Shape,
        include_str!("rules/missing-field.md"),
    ),
    Rule::of_reader(
        "wrong-type",
        Class::Shape,
        include_str!("rules/wrong-type.md"),
    ),
    Rule::of_reader(
        "unknown-value",
        Class::Shape,
        include_str!("rules/unknown-value.md"),
    ),
    Rule::of_reader(
        "invalid-id",
        Class::Shape,
        include_str!("rules/invalid-id.md"),
    ),
    Rule::of_reader(
        "invalid-timestamp",
        Class::Shape,
        include_str!("rules/invalid-timestamp.md"),
    ),
    Rule::of_reader(
        "unknown-timezone",
        Class::Shape,
        include_str!("rules/unknown-timezone.md"),
    ),
    Rule::of_reader(
        "invalid-percentage",
        Class::Shape,
        include_str!("rules/invalid-percentage.md"),
    ),
    Rule::of_reader(
        "invalid-length",
        Class::Shape,
        include_str!("rules/invalid-length.md"),
    ),
    rules::naive_timestamp::RULE,
    rules::ambiguous_local_time::RULE,
    rules::nonexistent_local_time::RULE,
    rules::date_far_from_incident::RULE,
    rules::resolved_before_started::RULE,
    rules::milestone_order::RULE,
    rules::window_ends_before_start::RULE,
    rules::window_without_end::RULE,
    rules::timeline_out_of_order::RULE,
    rules::repeated_milestone::RULE,
    rules::duplicate_event::RULE,
    rules::missing_milestone::RULE,
    rules::published_before_resolved::RULE,
    rules::id_differs_from_file_name::RULE,
    rules::repeated_id::RULE,
    rules::unresolved_reference::RULE,
    rules::missing_summary::RULE,
    rules::missing_severity::RULE,
    rules::missing_impact::RULE,
    rules::impact_without_number::RULE,
    rules::range_upside_down::RULE,
    rules::missing_detection::RULE,
    rules::missing_cause::RULE,
    rules::unconfirmed_cause::RULE,
    rules::circular_causes::RULE,
    rules::cause_without_action::RULE,
    rules::dependency_without_fallback::RULE,
    rules::action_without_owner::RULE,
    rules::action_without_priority::RULE,
    rules::action_without_due_date::RULE,
    rules::done_without_date::RULE,
    rules::declined_without_reason::RULE,
    rules::public_update_late::RULE,
    rules::public_silence::RULE,
    rules::placeholder_text::RULE,
    rules::secret::RULE,
];

/// The rule of this name, or the one that had it before.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.is_called(name))
}

/// The rule whose name a mistyped one was most likely meant to be.
pub fn nearest(name: &str) -> Option<&'static str> {
    crate::text::nearest(name, RULES.iter().map(|rule| rule.name))
}
