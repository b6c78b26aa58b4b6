use std::collections::HashMap;

use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::EventKind;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "repeated-milestone",
    Class::Suspicious,
    include_str!("repeated-milestone.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    // The first event of each milestone of the incident, and of each service.
    let mut seen: HashMap<(EventKind, Option<&str>), usize> = HashMap::new();
    for (index, event) in subject.postmortem.timeline.iter().enumerate() {
        for kind in event.kind.iter().filter(|kind| kind.is_milestone()) {
            let mut scopes: Vec<Option<&str>> = event
                .services
                .iter()
                .map(|name| Some(name.as_str()))
                .collect();
            if scopes.is_empty() {
                scopes.push(None);
            }
            for scope in scopes {
                let first = *seen.entry((kind, scope)).or_insert(index);
                if first == index {
                    continue;
                }
                let message = match scope {
                    None => format!("`{kind}` stands twice in the timeline"),
                    Some(service) => {
                        format!("`{kind}` of `{service}` stands twice in the timeline")
                    }
                };
                let finding = findings
                    .on(&path!["timeline", index, "kind"], message)
                    .label(
                        subject.place(&path!["timeline", first, "kind"]),
                        "the first one",
                    )
                    .help("a milestone is passed once, and once more for each service that an event names in `services`; partly better is `recovery`, worse again is `impact`");
                findings.add(finding);
            }
        }
    }
}
