use chrono::Duration;

use crate::lint::elapsed::elapsed;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{EventKind, Mark, Moment};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "resolved-before-started",
    Class::Wrong,
    include_str!("resolved-before-started.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let times = subject.document.times();
    let (
        Mark::At {
            instant: started,
            event: first,
            ..
        },
        Mark::At {
            instant: resolved,
            event: last,
            ..
        },
    ) = (
        times.mark(EventKind::Started),
        times.mark(EventKind::Resolved),
    )
    else {
        return;
    };
    if resolved >= started {
        return;
    }
    let early = elapsed((started - resolved).num_seconds());
    let mut finding = findings
        .on(
            &path!["timeline", last, "at"],
            "the incident ends before it begins",
        )
        .saying(format!("{early} earlier"))
        .label(
            subject.place(&path!["timeline", first, "at"]),
            "started here",
        );
    let half_a_day_later = resolved + Duration::hours(12);
    if half_a_day_later >= started {
        finding = finding.help(format!(
            "a 12-hour clock? `{}` would come after the start",
            Moment::at(half_a_day_later)
        ));
    } else {
        finding =
            finding.help("`started` is the first harm to users; the fault before it is a `change`");
    }
    findings.add(finding);
}
