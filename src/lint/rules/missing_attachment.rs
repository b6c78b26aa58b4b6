use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "missing-attachment",
    Class::Wrong,
    include_str!("missing-attachment.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(has_file) = subject.around.has_file else {
        return;
    };
    for (index, attachment) in subject.postmortem.attachments.iter().enumerate() {
        if !has_file(&attachment.file) {
            let message = format!("there is no file `{}`", attachment.file);
            findings.add(findings.on(&path!["attachments", index, "file"], message).help(
                "the path counts from the document's folder; add the file, or take the entry out",
            ));
        }
    }
}
