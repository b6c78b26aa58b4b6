use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;
use crate::text::nearest;

pub const RULE: Rule = Rule::checked(
    "custom-field-unknown",
    Class::Suspicious,
    include_str!("custom-field-unknown.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let declared = &subject.config.custom;
    // Where nothing is declared, everything is allowed.
    if declared.is_empty() {
        return;
    }
    let known = || declared.keys().map(String::as_str);
    for name in subject.postmortem.custom.keys() {
        if declared.contains_key(name) {
            continue;
        }
        let place = subject.document.key_place(&path!["custom", name.as_str()]);
        let finding = findings.at(place, format!("`{name}` is no field of this organisation"));
        findings.add(match nearest(name, known()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help(format!(
                "declare it with `[custom.{name}]` in `postmortem.toml`, or take it out"
            )),
        });
    }
}
