use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "long-title",
    Class::Advice,
    include_str!("long-title.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let most = subject.config.lint.options.long_title;
    let title = &subject.postmortem.title;
    let length = title.chars().count();
    if length > most {
        let message = format!("the title has {length} characters, more than {most}");
        findings.add(
            findings
                .on(&path!["title"], message)
                .help("say what broke and for whom; when and why stand below"),
        );
    }
}
