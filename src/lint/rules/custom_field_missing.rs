use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::Free;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "custom-field-missing",
    Class::Wrong,
    include_str!("custom-field-missing.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    for (name, field) in &subject.config.custom {
        let is_asked = field
            .required_from
            .is_some_and(|from| postmortem.stage >= from);
        let value = postmortem.custom.get(name);
        if !is_asked || value.is_some_and(|value| *value != Free::Null) || !subject.is_own() {
            continue;
        }
        let place = match postmortem.custom.is_empty() {
            true => path!["title"],
            false => path!["custom"],
        };
        let message = format!("`{name}` is missing under `custom`");
        let absent = path!["custom", name.as_str()];
        if let Some(finding) = findings.lacking(&absent, &place, &message) {
            let meaning = field
                .meaning
                .as_deref()
                .unwrap_or("your organisation asks for it");
            findings.add(finding.help(format!(
                "`{name}`: {meaning}; from this stage on every document has it"
            )));
        }
    }
}
