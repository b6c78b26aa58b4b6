use crate::lint::clocks::Spot;
use crate::lint::elapsed::elapsed;
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "window-ends-before-start",
    Class::Wrong,
    include_str!("window-ends-before-start.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    // Both ends of a window stand side by side in the list.
    for pair in subject.clocks.windows(2) {
        let [from, until] = pair else { continue };
        let is_window = match (from.spot, until.spot) {
            (Spot::EventAt(a), Spot::EventUntil(b)) => a == b,
            (Spot::WindowFrom(a), Spot::WindowUntil(b)) => a == b,
            (Spot::DataFrom, Spot::DataUntil) => true,
            _ => false,
        };
        let (Some(start), Some(end)) = (from.earliest(), until.latest()) else {
            continue;
        };
        if !is_window || end >= start {
            continue;
        }
        let early = elapsed((start - end).num_seconds());
        let finding = findings
            .on(&until.spot.path(), "a span of time ends before it begins")
            .saying(format!("{early} earlier"))
            .label(subject.place(&from.spot.path()), "it begins here")
            .help("swap the two, or check the day and the offset");
        findings.add(finding);
    }
}
