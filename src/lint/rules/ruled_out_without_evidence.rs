use crate::config::Answer;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::CauseState;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "ruled-out-without-evidence",
    Class::Missing,
    include_str!("ruled-out-without-evidence.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let each = subject.config.lint.options.cause_without_evidence == Answer::Each;
    if !each && !subject.postmortem.sources.is_empty() {
        return;
    }
    for (index, cause) in subject.postmortem.causes.iter().enumerate() {
        if cause.state != CauseState::RuledOut
            || !cause.evidence.is_empty()
            || cause.detail.is_some()
        {
            continue;
        }
        let message = format!(
            "the cause `{}` is ruled out, and nothing shows why",
            cause.id
        );
        let absent = path!["causes", index, "evidence"];
        if let Some(finding) = findings.lacking(&absent, &path!["causes", index, "id"], &message) {
            findings.add(finding.help("add `evidence:` that shows that it was not it"));
        }
    }
}
