use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "too-many-actions",
    Class::Advice,
    include_str!("too-many-actions.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let most = subject.config.lint.options.too_many_actions;
    let open = subject.open_own_actions().count();
    if open > most {
        let message = format!("{open} actions are open, more than anybody will do");
        findings.add(findings.on(&path!["actions"], message).help(format!(
            "keep the {most} that matter most, and decline the others with a `reason`",
        )));
    }
}
