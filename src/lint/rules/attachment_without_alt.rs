use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "attachment-without-alt",
    Class::Missing,
    include_str!("attachment-without-alt.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, attachment) in subject.postmortem.attachments.iter().enumerate() {
        let said = attachment
            .alt
            .as_deref()
            .is_some_and(|alt| !alt.trim().is_empty());
        if said || !is_a_picture(&attachment.file) {
            continue;
        }
        let absent = path!["attachments", index, "alt"];
        let place = path!["attachments", index, "file"];
        if let Some(finding) = findings.lacking(
            &absent,
            &place,
            "the picture has no text for those who cannot see it",
        ) {
            findings.add(finding.help("add `alt:` with what it shows, such as `Errors rise from 15:16 and fall from 17:36`"));
        }
    }
}

fn is_a_picture(file: &str) -> bool {
    let ending = file.rsplit('.').next().unwrap_or("");
    let pictures = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"];
    pictures
        .iter()
        .any(|picture| ending.eq_ignore_ascii_case(picture))
}
