use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::Status;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "window-without-end",
    Class::Suspicious,
    include_str!("window-without-end.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    if postmortem.status != Status::Resolved {
        return;
    }
    let windows = postmortem.impact.iter().flat_map(|impact| &impact.services);
    for (index, window) in windows.enumerate() {
        if window.until.is_some() {
            continue;
        }
        let absent = path!["impact", "services", index, "until"];
        let place = path!["impact", "services", index, "from"];
        let message = format!(
            "the incident is resolved, and `{}` is still hit: its window has no `until`",
            window.service
        );
        if let Some(finding) = findings.lacking(&absent, &place, &message) {
            findings.add(finding.help("add `until:` with the time at which it was well again; the day alone will do where the hour is not known"));
        }
    }
}
