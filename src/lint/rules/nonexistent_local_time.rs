use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::MomentError;

pub const RULE: Rule = Rule::checked(
    "nonexistent-local-time",
    Class::Wrong,
    include_str!("nonexistent-local-time.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for clock in &subject.clocks {
        let Err(MomentError::Gap { zone, instead }) = &clock.meaning else {
            continue;
        };
        let message = format!("`{}` did not happen in {zone}", clock.moment);
        let mut finding = findings
            .on(&clock.spot.path(), message)
            .saying("the clocks were put forward over this time");
        if !instead.is_empty() {
            finding = finding.help(format!(
                "write `{instead}` if the clock it was read from had not been put forward"
            ));
        }
        findings.add(finding);
    }
}
