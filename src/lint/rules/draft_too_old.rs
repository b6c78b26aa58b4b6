use crate::lint::elapsed::elapsed;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{EventKind, Stage};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "draft-too-old",
    Class::Suspicious,
    include_str!("draft-too-old.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(now) = subject.around.now.filter(|_| subject.is_own()) else {
        return;
    };
    let resolved = subject.document.times().mark(EventKind::Resolved);
    let (Some(end), Stage::Draft) = (resolved.instant(), subject.postmortem.stage) else {
        return;
    };
    let age = (now - end.to_utc()).num_seconds();
    if age <= subject.config.lint.options.draft_too_old.seconds() {
        return;
    }
    // Without `stage` it is a draft as well, and the place is the document's first key.
    let message = format!(
        "it was resolved {} ago, and this is still a draft",
        elapsed(age)
    );
    let mut finding = findings.on(&path!["stage"], message);
    if let Some(event) = resolved.event() {
        finding = finding.label(subject.place(&path!["timeline", event, "at"]), "resolved");
    }
    findings.add(finding.help("finish it and set `stage: in-review`, while people remember"));
}
