use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::MomentError;

pub const RULE: Rule = Rule::checked(
    "ambiguous-local-time",
    Class::Wrong,
    include_str!("ambiguous-local-time.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for clock in &subject.clocks {
        let Err(MomentError::Overlap {
            zone,
            first,
            second,
        }) = &clock.meaning
        else {
            continue;
        };
        let message = format!("`{}` happened twice in {zone}", clock.moment);
        let finding = findings
            .on(&clock.spot.path(), message)
            .saying("the clocks were put back over this time")
            .help(format!(
                "write `{first}` for the first of the two, `{second}` for the second"
            ));
        findings.add(finding);
    }
}
