use std::collections::HashMap;

use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::Key;
use crate::path;

pub const RULE: Rule = Rule::checked(
    "repeated-id",
    Class::Wrong,
    include_str!("repeated-id.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let causes = postmortem.causes.iter().map(|cause| &cause.id);
    unique(subject, findings, "causes", causes);
    let actions = postmortem.actions.iter().map(|action| &action.id);
    unique(subject, findings, "actions", actions);
    let links = postmortem.links.iter().map(|link| &link.id);
    unique(subject, findings, "links", links);
}

fn unique<'a>(
    subject: &Subject<'_>,
    findings: &mut Findings<'_>,
    list: &'static str,
    ids: impl Iterator<Item = &'a Key>,
) {
    let mut seen: HashMap<&Key, usize> = HashMap::new();
    for (index, id) in ids.enumerate() {
        let first = *seen.entry(id).or_insert(index);
        if first == index {
            continue;
        }
        let finding = findings
            .on(
                &path![list, index, "id"],
                format!("two of the `{list}` have the id `{id}`"),
            )
            .label(subject.place(&path![list, first, "id"]), "first here")
            .help(format!(
                "give this one an id of its own, then look through what refers to `{id}`"
            ));
        findings.add(finding);
    }
}
