use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::MomentError;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "naive-timestamp",
    Class::Wrong,
    include_str!("naive-timestamp.md"),
    check,
);

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
        findings.add(findings.on(&clock.spot.path(), message).help(help));
    }
}
