use crate::config::{Clock, ClockEnd, ClockState};
use crate::lint::elapsed::elapsed;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{EventKind, Stage};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "overdue-clock",
    Class::Suspicious,
    include_str!("overdue-clock.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let (postmortem, times) = (subject.postmortem, subject.document.times());
    // Where nothing ends a clock, no record can say that it was kept.
    let clocks = subject.config.clocks.iter();
    for (clock, until) in clocks.filter_map(|clock| Some((clock, clock.until?))) {
        let Some(begun) = times.mark(clock.from).event() else {
            continue;
        };
        if !clock.is_for(postmortem) {
            continue;
        }
        match clock.state(postmortem, times) {
            state @ ClockState::Running { .. } => {
                let left = subject.around.now.and_then(|now| state.left(now));
                if let Some(late) = left.filter(|left| *left < 0) {
                    overdue(clock, (until, begun, late), findings);
                }
            }
            ClockState::Met {
                due,
                at,
                is_late: true,
                event,
            } if postmortem.stage != Stage::Draft => {
                let message = format!("“{}” came later than promised", clock.name.trim());
                let finding = findings.on(&path!["timeline", event, "at"], message);
                let finding = match at {
                    Some(at) => {
                        finding.saying(format!("{} late", elapsed((at - due).num_seconds())))
                    }
                    None => finding,
                };
                let finding = finding
                    .label(
                        subject.place(&path!["timeline", begun, "at"]),
                        "it runs from here",
                    )
                    .help(format!(
                        "it is due {} after `{}`; say in the lessons what kept it back",
                        clock.due_after, clock.from
                    ));
                findings.add(findings.softened(finding));
            }
            _ => {}
        }
    }
}

fn overdue(
    clock: &Clock,
    (until, begun, late): (ClockEnd, usize, i64),
    findings: &mut Findings<'_>,
) {
    let channel = clock.channel.as_deref().map(str::trim);
    let (channel, unrecorded) = match (until, channel) {
        (ClockEnd::Milestone(kind), _) => (String::new(), kind),
        (_, Some(channel)) => (
            format!(" and `channel: {channel}`"),
            EventKind::Communication,
        ),
        (_, None) => (String::new(), EventKind::Communication),
    };
    let event = match until {
        ClockEnd::Milestone(kind) => format!("`kind: {kind}`"),
        ClockEnd::PublicWord => "`kind: communication`, `audience: public`".to_owned(),
        ClockEnd::Communication => "`kind: communication`".to_owned(),
    };
    let message = format!("“{}” is overdue", clock.name.trim());
    let place = path!["timeline", begun, "at"];
    if let Some(finding) = findings.lacking(&path!["timeline"], &place, &message) {
        findings.add(finding.saying(format!("since {}", elapsed(late))).help(format!(
            "it is due {} after `{}`; once done, add an event with {event}{channel}, or write `unrecorded: [{unrecorded}]` where the record does not hold it",
            clock.due_after, clock.from
        )));
    }
}
