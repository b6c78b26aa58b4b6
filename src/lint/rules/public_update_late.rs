use crate::lint::elapsed::elapsed;
use crate::lint::promise::Promise;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{EventKind, Status};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "public-update-late",
    Class::Advice,
    include_str!("public-update-late.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(promise) = Promise::of(subject) else {
        return;
    };
    let Some((known, known_event)) = promise.known else {
        return;
    };
    let Some((word, event)) = promise.words.first().copied() else {
        let silent = (promise.end - known).num_seconds();
        if silent > promise.seconds() {
            never(subject, findings, &promise, silent);
        }
        return;
    };
    let late = (word - known).num_seconds();
    if late <= promise.seconds() {
        return;
    }
    let finding = findings
        .on(
            &path!["timeline", event, "at"],
            "the first word to users came late",
        )
        .saying(format!("{} after it was known", elapsed(late)))
        .label(
            subject.place(&path!["timeline", known_event, "at"]),
            "known here",
        )
        .help(format!(
            "{}; say in the lessons what kept it back",
            promise.in_words()
        ));
    findings.add(finding);
}

fn never(subject: &Subject<'_>, findings: &mut Findings<'_>, promise: &Promise<'_>, seconds: i64) {
    let ended = subject.document.times().mark(EventKind::Resolved).instant();
    let message = if ended.is_some() || subject.postmortem.status == Status::Resolved {
        "users were told nothing while it lasted"
    } else {
        "users have been told nothing so far"
    };
    let place = path!["timeline", promise.started_event, "at"];
    if let Some(finding) = findings.lacking(&path!["timeline"], &place, message) {
        findings.add(finding.saying(format!("{} without a word", elapsed(seconds))).help(format!(
            "{}; add the words as events with `kind: communication` and `audience: public`, or write `unrecorded: [{}]` where the record does not hold them",
            promise.in_words(),
            EventKind::Communication
        )));
    }
}
