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
    let Some((_, first)) = promise.words.first().copied() else {
        let never = subject.postmortem.status == Status::Resolved
            && (promise.end - promise.known).num_seconds() > promise.seconds();
        let place = path!["timeline", promise.started_event, "at"];
        if never
            && let Some(finding) = findings.lacking(
                &path!["timeline"],
                &place,
                "users were told nothing while it lasted",
            )
        {
            findings.add(finding.help(format!(
                "{}; add the words as events with `kind: communication` and `audience: public`, or write `unrecorded: [{}]` where the record does not hold them",
                promise.in_words(),
                EventKind::Communication
            )));
        }
        return;
    };
    let late = (promise.words[0].0 - promise.known).num_seconds();
    if late <= promise.seconds() {
        return;
    }
    let finding = findings
        .on(
            &path!["timeline", first, "at"],
            "the first word to users came late",
        )
        .saying(format!("{} after it was known", elapsed(late)))
        .label(
            subject.place(&path!["timeline", promise.known_event, "at"]),
            "known here",
        )
        .help(format!(
            "{}; say in the lessons what kept it back",
            promise.in_words()
        ));
    findings.add(finding);
}
