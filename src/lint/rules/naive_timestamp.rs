use crate::diagnostic::Fix;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{Moment, MomentError, Resolved};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "naive-timestamp",
    Class::Wrong,
    include_str!("naive-timestamp.md"),
    check,
)
.that_fixes();

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    // A zone was meant; once it can be read, these times can be told.
    if subject.document.is_damaged(&path!["timezone"]) {
        return;
    }
    for clock in &subject.clocks {
        if clock.meaning != Err(MomentError::Naive) {
            continue;
        }
        let message = format!(
            "`{}` has no offset, and the document sets no `timezone`",
            clock.moment
        );
        let zone = match subject.config.timezone {
            Some(zone) => zone.name(),
            None => "America/Los_Angeles",
        };
        let help = format!(
            "write the offset, as in `{}-08:00`, or set the zone of all local times once: `timezone: {zone}`",
            clock.moment
        );
        let finding = findings.on(&clock.spot.path(), message).help(help);
        findings.add(match in_zone(subject, clock.moment) {
            Some(moment) => {
                let what = format!("write `{moment}`, as in the zone of `postmortem.toml`");
                let place = finding.place.span.clone();
                finding.fixed_by(Fix::replacing(what, false, place, moment.as_str()))
            }
            None => finding,
        });
    }
}

/// The time with the offset that it has in the organisation's zone. Whether that was meant nobody knows.
fn in_zone(subject: &Subject<'_>, moment: &Moment) -> Option<Moment> {
    match moment.resolve(Some(subject.config.timezone?)) {
        Ok(Resolved::Instant(at)) => Some(Moment::at(at)),
        _ => None,
    }
}
