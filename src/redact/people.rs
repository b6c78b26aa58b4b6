use std::collections::BTreeMap;

use crate::config::Config;
use crate::model::{Key, Person, Postmortem};

/// The roles and teams behind people, under keys that say nothing.
pub struct Roles {
    neutral: BTreeMap<Key, (Key, Person)>,
}

impl Roles {
    /// Takes the people of a document, and those of the configuration who own one of its actions.
    /// Who has neither role nor team is not named at all.
    pub fn of(postmortem: &Postmortem, config: &Config) -> Self {
        let owners = postmortem
            .actions
            .iter()
            .filter(|action| !action.internal)
            .filter_map(|action| action.owner.as_ref())
            .filter(|owner| !postmortem.people.contains_key(owner))
            .filter_map(|owner| config.people.get_key_value(owner));
        let people: BTreeMap<&Key, &Person> = postmortem.people.iter().chain(owners).collect();
        // The order of the roles, not of the keys: a position must not tell a name's first letter.
        let mut roles: Vec<(&Key, Person)> = people
            .into_iter()
            .filter(|(_, person)| person.role.is_some() || person.team.is_some())
            .map(|(key, person)| (key, role_of(person)))
            .collect();
        roles.sort_by(|(_, a), (_, b)| (&a.role, &a.team).cmp(&(&b.role, &b.team)));
        let neutral = roles
            .into_iter()
            .enumerate()
            .filter_map(|(index, (key, person))| {
                let neutral: Key = format!("person-{}", index + 1).parse().ok()?;
                Some((key.clone(), (neutral, person)))
            })
            .collect();
        Self { neutral }
    }

    /// The neutral key of somebody, where there is a role or a team to show.
    pub fn key(&self, person: &Key) -> Option<Key> {
        self.neutral.get(person).map(|(key, _)| key.clone())
    }

    /// The people of the public document.
    pub fn into_people(self) -> BTreeMap<Key, Person> {
        self.neutral.into_values().collect()
    }
}

fn role_of(person: &Person) -> Person {
    Person {
        name: None,
        role: person.role.clone(),
        team: person.team.clone(),
        handle: None,
        email: None,
    }
}
