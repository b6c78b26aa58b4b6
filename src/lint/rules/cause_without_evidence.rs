use crate::config::Answer;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::CauseState;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "cause-without-evidence",
    Class::Missing,
    include_str!("cause-without-evidence.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let each = subject.config.lint.options.cause_without_evidence == Answer::Each;
    if !each && !subject.postmortem.sources.is_empty() {
        return;
    }
    for (index, cause) in subject.postmortem.causes.iter().enumerate() {
        if cause.state != CauseState::Confirmed || !cause.evidence.is_empty() {
            continue;
        }
        let message = format!(
            "the cause `{}` is confirmed, and nothing shows it",
            cause.id
        );
        let absent = path!["causes", index, "evidence"];
        if let Some(finding) = findings.lacking(&absent, &path!["causes", index, "id"], &message) {
            findings.add(finding.help(
                "add `evidence:` with the graph, the commit, the query; or say `state: suspected`",
            ));
        }
    }
}
