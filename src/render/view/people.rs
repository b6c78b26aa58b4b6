use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Key, Person};

use super::{Facts, line};

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PersonView {
    pub key: String,
    pub name: Option<String>,
    pub role: Option<String>,
    pub team: Option<String>,
    pub handle: Option<String>,
    pub email: Option<String>,
    /// How a page calls them: the name, else role and team, else the key.
    pub label: String,
    /// Whether there is no name behind the key, as in public documents.
    pub is_neutral: bool,
}

/// The person behind a key, from the document or the configuration.
pub fn person(facts: &Facts<'_>, key: &Key) -> PersonView {
    let known = facts
        .postmortem
        .people
        .get(key)
        .or_else(|| facts.config.people.get(key));
    let nobody = Person::default();
    let person = known.unwrap_or(&nobody);
    let (name, role, team) = (line(&person.name), line(&person.role), line(&person.team));
    let place: Vec<String> = role.iter().chain(&team).cloned().collect();
    PersonView {
        key: key.as_str().to_owned(),
        label: match &name {
            Some(name) => name.clone(),
            None if !place.is_empty() => super::spoken::label(&place.join(", ")).replace(" ,", ","),
            None => key.as_str().to_owned(),
        },
        is_neutral: name.is_none() && person.handle.is_none() && person.email.is_none(),
        name,
        role,
        team,
        handle: line(&person.handle),
        email: line(&person.email),
    }
}

pub fn everyone(facts: &Facts<'_>) -> Vec<PersonView> {
    let keys = facts.postmortem.people.keys();
    keys.map(|key| person(facts, key)).collect()
}
