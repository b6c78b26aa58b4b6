use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::diagnostic::Fix;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{EventKind, Key, Resolved};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "duplicate-event",
    Class::Suspicious,
    include_str!("duplicate-event.md"),
    check,
)
.that_fixes();

/// A time, however it is written: `15:16-08:00` is `23:16Z`.
#[derive(PartialEq, Eq, Hash)]
enum When<'a> {
    At(DateTime<Utc>),
    Within(DateTime<Utc>, DateTime<Utc>),
    /// It cannot be placed; two that are written alike may be the same.
    Unplaced(Option<&'a str>),
}

/// What two events share that are one.
type Sameness<'a> = (&'a str, When<'a>, Vec<EventKind>, Option<&'a Key>);

/// How many events are written anew for fixes, each of which is an edit of the whole timeline.
const MOST_EVENTS: usize = 2_000;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let timeline = &subject.postmortem.timeline;
    // By length first: few texts are as long as another.
    let texts = timeline.iter().map(|event| event.what.as_str());
    let mut told: Vec<(usize, &str)> = texts.map(|text| (text.len(), text)).collect();
    told.sort_unstable();
    let repeated: Vec<(usize, &str)> = (told.windows(2))
        .filter(|two| two[0] == two[1])
        .map(|two| two[0])
        .collect();
    if repeated.is_empty() {
        return;
    }
    let mut seen: HashMap<Sameness<'_>, usize> = HashMap::with_capacity(timeline.len());
    let mut fixes = MOST_EVENTS / timeline.len().max(1);
    for (index, event) in timeline.iter().enumerate() {
        let what = event.what.as_str();
        if repeated.binary_search(&(what.len(), what)).is_err() {
            continue;
        }
        let when = match subject.event(index) {
            Some(Resolved::Instant(at)) => When::At(at.to_utc()),
            Some(Resolved::Within { from, until }) => When::Within(from, until),
            None => When::Unplaced(event.at.moment().map(|moment| moment.as_str())),
        };
        let sameness = (
            event.what.as_str(),
            when,
            event.kind.iter().collect(),
            event.by.as_ref(),
        );
        let first = *seen.entry(sameness).or_insert(index);
        if first == index {
            continue;
        }
        let finding = findings
            .on(
                &path!["timeline", index, "what"],
                "the same event stands twice in the timeline",
            )
            .label(
                subject.place(&path!["timeline", first, "what"]),
                "the first one",
            )
            .help("delete one of the two");
        let fix = match fixes {
            0 => None,
            _ => without(subject, first, index),
        };
        fixes = fixes.saturating_sub(1);
        findings.add(match fix {
            Some(fix) => finding.fixed_by(fix),
            None => finding,
        });
    }
}

/// Takes an event out that says nothing beyond the first; the comments in it stay.
fn without(subject: &Subject<'_>, first: usize, index: usize) -> Option<Fix> {
    let mut wanted = subject.postmortem.clone();
    let first = wanted.timeline.get(first)?.clone();
    if *wanted.timeline.get(index)? != first || subject.has_lost("timeline") {
        return None;
    }
    wanted.timeline.remove(index);
    Some(Fix {
        what: "take the second event out".to_owned(),
        safe: false,
        replacements: subject.document.edit(&wanted).ok()?.replacements,
    })
}
