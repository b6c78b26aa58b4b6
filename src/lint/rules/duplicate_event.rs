use std::collections::HashMap;

use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "duplicate-event",
    Class::Suspicious,
    include_str!("duplicate-event.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let timeline = &subject.postmortem.timeline;
    let mut seen: HashMap<&str, Vec<usize>> = HashMap::with_capacity(timeline.len());
    for (index, event) in timeline.iter().enumerate() {
        let same_words = seen.entry(&event.what).or_default();
        let first = same_words.iter().copied().find(|first| {
            timeline.get(*first).is_some_and(|other| {
                other.at == event.at && other.kind == event.kind && other.by == event.by
            })
        });
        let Some(first) = first else {
            // Many events with the same words at other times would make this quadratic.
            if same_words.len() < 32 {
                same_words.push(index);
            }
            continue;
        };
        let finding = findings
            .on(
                &path!["timeline", index, "what"],
                "the same event stands twice in the timeline",
            )
            .label(
                subject.place(&path!["timeline", first, "what"]),
                "the first one",
            )
            .help("delete one of the two");
        findings.add(finding);
    }
}
