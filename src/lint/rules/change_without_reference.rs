use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{Event, EventKind};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "change-without-reference",
    Class::Advice,
    include_str!("change-without-reference.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    if !subject.is_own() || !postmortem.sources.is_empty() {
        return;
    }
    for (index, event) in postmortem.timeline.iter().enumerate() {
        if event.kind.has(EventKind::Change) && !names_the_change(event) {
            let message = "the change is named nowhere";
            let finding = findings.on(&path!["timeline", index, "what"], message);
            findings.add(finding.help(
                "add `source:` with the address of the change, or name the release or the commit in the text",
            ));
        }
    }
}

/// Whether an event says which change it was: by a source, an address, or a name with a digit in it.
fn names_the_change(event: &Event) -> bool {
    let named = |text: &str| text.contains(|c: char| c.is_ascii_digit() || c == '`');
    event.source.is_some() || named(&event.what) || event.detail.as_deref().is_some_and(named)
}
