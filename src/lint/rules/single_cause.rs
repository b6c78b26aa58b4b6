use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{CauseState, Status};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "single-cause",
    Class::Advice,
    include_str!("single-cause.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let causes = subject.postmortem.causes.iter().enumerate();
    let mut left = causes.filter(|(_, cause)| cause.state != CauseState::RuledOut);
    let (Some((only, cause)), None) = (left.next(), left.next()) else {
        return;
    };
    let open =
        cause.state != CauseState::Confirmed || subject.postmortem.status != Status::Resolved;
    if open || !subject.is_own() || subject.has_lost("causes") {
        return;
    }
    let place = path!["causes", only, "what"];
    findings.add(findings.on(&place, "this is the only cause").help(
        "ask what let it through, what made it worse and what made it last, and add what you find",
    ));
}
