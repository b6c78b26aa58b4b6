use crate::config::{Answer, Profile};
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::Event;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "event-without-source",
    Class::Advice,
    include_str!("event-without-source.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let lint = &subject.config.lint;
    let chosen = lint.options.event_without_source == Answer::Each;
    if chosen || lint.profile == Some(Profile::Pagerduty) {
        for (index, event) in postmortem.timeline.iter().enumerate() {
            if event.source.is_none() {
                let place = path!["timeline", index, "what"];
                let finding = findings.on(&place, "the event has no source");
                findings.add(finding.help(HELP));
            }
        }
        return;
    }
    let answered = !postmortem.sources.is_empty()
        || !postmortem.links.is_empty()
        || postmortem.timeline.is_empty()
        || postmortem.timeline.iter().any(is_known_from);
    if answered || subject.has_lost("timeline") || subject.has_lost("links") {
        return;
    }
    let message = "nothing says where the timeline is known from";
    if let Some(finding) = findings.lacking(&path!["sources"], &path!["timeline"], message) {
        findings.add(finding.help(HELP));
    }
}

const HELP: &str = "add `source:` with the address of the graph, the page or the message, or `sources:` for the whole document";

/// Whether somebody or something stands for an event.
fn is_known_from(event: &Event) -> bool {
    event.source.is_some() || event.by.is_some() || event.detail.is_some()
}
