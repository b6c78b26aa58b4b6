use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "id-differs-from-file-name",
    Class::Suspicious,
    include_str!("id-differs-from-file-name.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(id) = subject.document.id() else {
        return;
    };
    let id = id.as_str();
    if let Some(stem) = subject.around.file_stem.filter(|stem| *stem != id) {
        let message = format!("the id is `{id}` and the file is called `{stem}`");
        let help = format!("rename the file to `{id}.yaml`: other documents refer to the id");
        findings.add(findings.on(&path!["id"], message).help(help));
    }
}
