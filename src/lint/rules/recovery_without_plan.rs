use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::Status;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "recovery-without-plan",
    Class::Advice,
    include_str!("recovery-without-plan.md"),
    check,
);

/// The severities, from the worst, in which a plan is asked for.
const TOP: usize = 2;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let rank = postmortem
        .severity
        .as_deref()
        .and_then(|name| subject.config.rank(name));
    let is_top = rank.is_some_and(|rank| rank < TOP);
    let plan = postmortem
        .recovery
        .as_ref()
        .and_then(|recovery| recovery.plan.as_ref());
    let absent = path!["recovery", "plan"];
    let answered = plan.is_some() || subject.document.has(&absent);
    if !is_top || answered || !subject.is_own() || postmortem.status != Status::Resolved {
        return;
    }
    let place = match postmortem.recovery {
        Some(_) => path!["recovery"],
        None => path!["severity"],
    };
    let message = "nothing names the recovery plan for such an incident";
    if let Some(finding) = findings.lacking(&absent, &place, message) {
        findings.add(finding.help(
            "add `plan:` under `recovery` with the address of the runbook, and say in `how` whether it worked; `plan: none` says that there was none",
        ));
    }
}
