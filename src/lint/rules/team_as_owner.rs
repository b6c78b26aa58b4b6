use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::Person;
use crate::path;
use crate::text::slug;

pub const RULE: Rule = Rule::checked(
    "team-as-owner",
    Class::Asked,
    include_str!("team-as-owner.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let known = |key| {
        postmortem
            .people
            .get(key)
            .or_else(|| subject.config.people.get(key))
    };
    for (index, action) in subject.open_own_actions() {
        let Some(owner) = &action.owner else {
            continue;
        };
        let Some(person) = known(owner) else {
            continue;
        };
        if is_a_team(owner.as_str(), person) {
            let message = format!("`{owner}` owns `{}`, and is a team", action.id);
            findings.add(
                findings
                    .on(&path!["actions", index, "owner"], message)
                    .help("name one person of the team, who may hand it on"),
            );
        }
    }
}

/// Whether an entry of `people` stands for a team: it has nothing of a person, or bears the team's name.
fn is_a_team(key: &str, person: &Person) -> bool {
    let Some(team) = &person.team else {
        return false;
    };
    let nobody = person.name.is_none()
        && person.role.is_none()
        && person.handle.is_none()
        && person.email.is_none();
    nobody || slug(team) == key.to_lowercase()
}
