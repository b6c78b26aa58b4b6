use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{ActionStatus, Dependency, Fallback};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "dependency-without-fallback",
    Class::Missing,
    include_str!("dependency-without-fallback.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (index, dependency) in subject.postmortem.dependencies.iter().enumerate() {
        let stood_ready = matches!(
            dependency.fallback,
            Some(Fallback::Manual | Fallback::Automatic)
        );
        if !dependency.failed || stood_ready {
            continue;
        }
        let name = &dependency.name;
        let answered = dependency.fallback == Some(Fallback::None);
        let message = if answered {
            format!("`{name}` failed, and there was no fallback")
        } else {
            format!("`{name}` failed, and nothing says whether there was a fallback")
        };
        let absent = path!["dependencies", index, "fallback"];
        let place = if answered {
            absent.clone()
        } else {
            path!["dependencies", index, "name"]
        };
        let Some(finding) = findings.lacking(&absent, &place, &message) else {
            continue;
        };
        match planned(subject, dependency) {
            Some((_, ActionStatus::Done)) => {}
            Some((action, _)) => {
                let at = subject.place(&path!["actions", action, "what"]);
                let finding = finding.label(at, "this is to change it");
                findings.add(findings.softened(finding));
            }
            None if subject.is_own() => findings.add(finding.help("add an action about it: another provider, a queue, an answer that is worse but there; or say `fallback: manual` if one was ready")),
            None => findings.add(findings.softened(finding)),
        }
    }
}

/// The action that is to make up for the missing fallback, and how far it is.
fn planned(subject: &Subject<'_>, dependency: &Dependency) -> Option<(usize, ActionStatus)> {
    let words = [
        "fallback",
        "fall back",
        "failover",
        "fail over",
        "second provider",
        "another provider",
        "secondary",
    ];
    let name = dependency.name.to_lowercase();
    let actions = subject.postmortem.actions.iter().enumerate();
    actions
        .filter(|(_, action)| action.status != ActionStatus::Declined)
        .find(|(_, action)| {
            let what = action.what.to_lowercase();
            words.iter().any(|word| what.contains(word)) || what.contains(&name)
        })
        .map(|(index, action)| (index, action.status))
}
