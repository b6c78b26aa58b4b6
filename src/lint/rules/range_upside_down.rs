use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::FigureValue;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "range-upside-down",
    Class::Wrong,
    include_str!("range-upside-down.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let figures = subject.postmortem.impact.iter();
    for (index, figure) in figures.flat_map(|impact| &impact.figures).enumerate() {
        let FigureValue::Range(low, high) = &figure.value else {
            continue;
        };
        if low.value() <= high.value() {
            continue;
        }
        let message = format!("a range from {low} down to {high}");
        let finding = findings
            .on(&path!["impact", "figures", index, "value"], message)
            .help(format!("the low end stands first: `[{high}, {low}]`"));
        findings.add(finding);
    }
}
