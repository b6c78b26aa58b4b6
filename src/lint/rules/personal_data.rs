use crate::lint::personal::personal_data;
use crate::lint::publicity::{is_public, weighed};
use crate::lint::texts::each_text;
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "personal-data",
    Class::Suspicious,
    include_str!("personal-data.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    each_text(postmortem, &mut |text, _, path| {
        let Some((found, what)) = personal_data(text) else {
            return;
        };
        let path = path();
        if !is_public(postmortem, &path) {
            return;
        }
        let place = subject.document.place_within(&path, &found);
        let finding = findings
            .at(place, format!("{what} would be published"))
            .help("say who it was by their role, or mark the entry with `internal: true`");
        findings.add(weighed(postmortem, findings, finding));
    });
}
