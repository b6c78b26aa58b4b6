use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "long-event-text",
    Class::Advice,
    include_str!("long-event-text.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let most = subject.config.lint.options.long_event_text;
    for (index, event) in subject.postmortem.timeline.iter().enumerate() {
        // Characters are never more than bytes, and these are there at once.
        if event.what.len() <= most || event.what.trim_end().chars().count() <= most {
            continue;
        }
        let message = format!("the sentence of this event has more than {most} characters");
        let finding = findings.on(&path!["timeline", index, "what"], message);
        findings.add(finding.help("keep one sentence in `what`, and put the rest into `detail`"));
    }
}
