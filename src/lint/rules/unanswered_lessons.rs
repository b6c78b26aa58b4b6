use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "unanswered-lessons",
    Class::Missing,
    include_str!("unanswered-lessons.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if !subject.is_own() {
        return;
    }
    let lessons = subject.postmortem.lessons.clone().unwrap_or_default();
    let asked = [
        ("went_well", lessons.went_well.is_empty()),
        ("went_wrong", lessons.went_wrong.is_empty()),
        ("got_lucky", lessons.got_lucky.is_empty()),
    ];
    let open = asked.iter().filter(|(_, is_empty)| *is_empty);
    let open: Vec<String> = open.map(|(name, _)| format!("`{name}`")).collect();
    let (Some(first), false) = (
        asked.iter().find(|(_, is_empty)| *is_empty),
        open.is_empty(),
    ) else {
        return;
    };
    let place = match subject.postmortem.lessons {
        Some(_) => path!["lessons"],
        None => path!["title"],
    };
    let message = format!("the lessons do not answer {}", open.join(", "));
    if let Some(finding) = findings.lacking(&path!["lessons", first.0], &place, &message) {
        findings.add(finding.help(
            "what helped, what did not, and what would have made it worse on another day? \"Nothing\" is an answer",
        ));
    }
}
