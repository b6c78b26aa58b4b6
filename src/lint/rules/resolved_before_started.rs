use chrono::Duration;

use crate::lint::clocks::{earliest, latest};
use crate::lint::elapsed::elapsed;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{EventKind, Moment, Resolved};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "resolved-before-started",
    Class::Wrong,
    include_str!("resolved-before-started.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let times = subject.document.times();
    let event = |kind| times.mark(kind).event();
    let (Some(first), Some(last)) = (event(EventKind::Started), event(EventKind::Resolved)) else {
        return;
    };
    let (Some(begin), Some(end)) = (subject.event(first), subject.event(last)) else {
        return;
    };
    // Of a day or a month any hour may be meant.
    if latest(end) >= earliest(begin) {
        return;
    }
    let finding = findings
        .on(
            &path!["timeline", last, "at"],
            "the incident ends before it begins",
        )
        .label(
            subject.place(&path!["timeline", first, "at"]),
            "started here",
        );
    let (Resolved::Instant(started), Resolved::Instant(resolved)) = (begin, end) else {
        let finding = finding
            .saying("earlier at any hour")
            .help("check the day of each; `started` is the first harm to users");
        findings.add(finding);
        return;
    };
    let early = elapsed((started - resolved).num_seconds());
    let mut finding = finding.saying(format!("{early} earlier"));
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
