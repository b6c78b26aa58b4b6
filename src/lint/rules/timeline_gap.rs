use crate::lint::{Class, Findings, Rule, Subject};
use chrono::{DateTime, Utc};

use crate::lint::elapsed::elapsed;
use crate::model::{EventKind, Resolved};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "timeline-gap",
    Class::Advice,
    include_str!("timeline-gap.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let times = subject.document.times();
    let postmortem = subject.postmortem;
    let started = times.mark(EventKind::Started).instant();
    let well = [EventKind::Mitigated, EventKind::Resolved];
    let end = well.into_iter().find_map(|kind| times.mark(kind).instant());
    let Some((start, end)) = started.zip(end) else {
        return;
    };
    let (start, end) = (start.to_utc(), end.to_utc());
    let in_full = postmortem.unrecorded.is_empty() && !subject.has_lost("timeline");
    if !subject.is_own() || !in_full || end <= start {
        return;
    }
    let chosen = subject.config.lint.options.timeline_gap.seconds();
    let allowed = chosen.max((end - start).num_seconds() / SHARE);
    if (end - start).num_seconds() <= allowed {
        return;
    }
    let Some(mut spans) = spans(subject, start, end) else {
        return;
    };
    spans.sort_unstable();
    // Until somebody noticed there was nobody who could tell; how long that took is told elsewhere.
    let noticed = times.mark(EventKind::Detected).instant();
    let noticed = noticed.map_or(start, |at| at.to_utc().max(start));
    let (mut covered, mut last) = (noticed, None);
    for (from, until, event) in spans {
        let silent = (from - covered).num_seconds();
        if silent > allowed {
            let message = format!("nothing is told of the {} before this", elapsed(silent));
            let finding = findings.on(&path!["timeline", event, "at"], message);
            let finding = match last {
                Some(last) => {
                    finding.label(subject.place(&path!["timeline", last, "at"]), "since this")
                }
                None => finding,
            };
            findings.add(finding.help(
                "add what was tried, thought or waited for meanwhile; an event that took a while has `until`",
            ));
        }
        if until >= covered {
            (covered, last) = (until, Some(event));
        }
    }
}

/// Of a long incident so small a part may pass in silence: nights, a restore, a slow roll-out.
const SHARE: i64 = 3;

type Told = (DateTime<Utc>, DateTime<Utc>, usize);

/// The stretches of the incident of which something is told; nothing where an event of that time has
/// no hour, since it may stand anywhere.
fn spans(subject: &Subject<'_>, start: DateTime<Utc>, end: DateTime<Utc>) -> Option<Vec<Told>> {
    let mut spans = Vec::with_capacity(subject.postmortem.timeline.len());
    for (index, event) in subject.postmortem.timeline.iter().enumerate() {
        match subject.event(index)? {
            Resolved::Instant(at) => {
                let at = at.to_utc();
                let until = event.until.as_ref();
                let until = match until.map(|until| until.resolve(subject.postmortem.timezone)) {
                    None => at,
                    Some(Ok(resolved)) => crate::lint::clocks::latest(resolved),
                    Some(Err(_)) => return None,
                };
                if at <= end && until >= start {
                    spans.push((at, until, index));
                }
            }
            Resolved::Within { from, until } if from < end && until > start => return None,
            Resolved::Within { .. } => {}
        }
    }
    Some(spans)
}
