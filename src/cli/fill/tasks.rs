//! Questions about what is to be done, and by whom.

use chrono::TimeDelta;

use crate::cli::{CommandError, numbered};
use crate::model::{Action, ActionStatus, Day, Key, Length, Person, Postmortem, Priority, Review};
use crate::text::slug;

use super::answer::Answer;
use super::asker::{Asked, Asker, whole};
use super::causes::sentence;

/// An action, for a cause where one is given; or the reason for which the cause is accepted.
pub fn action(asker: &mut Asker<'_, '_>, words: &str, about: Option<&Key>) -> Asked<Answer> {
    let said = asker.line(words, &[], |_, typed| {
        let reason = about.and_then(|_| accepted(typed));
        if reason.as_deref() == Some("") {
            return Err(CommandError::new("the reason is missing").help(
                "say why it may stay: accepted, because the service is switched off in March",
            ));
        }
        Ok((sentence(typed)?, reason))
    })?;
    let about = about.cloned();
    Ok(said.map(|(said, reason)| {
        let typed = said.what.clone();
        Answer::trying(typed, move |postmortem| {
            if let (Some(reason), Some(id)) = (&reason, &about) {
                let mut causes = postmortem.causes.iter_mut();
                if let Some(cause) = causes.find(|cause| cause.id == *id) {
                    cause.accepted.get_or_insert_with(|| reason.clone());
                }
                return Ok(());
            }
            let ids = postmortem.actions.iter().map(|action| &action.id);
            let id = numbered::next("A", ids)?;
            postmortem.actions.push(Action {
                id,
                what: said.what.clone(),
                detail: said.detail.clone(),
                kind: None,
                r#for: about.iter().cloned().collect(),
                owner: None,
                priority: None,
                due: None,
                status: ActionStatus::Open,
                done_on: None,
                outcome: None,
                reason: None,
                ticket: None,
                internal: false,
            });
            Ok(())
        })
    }))
}

/// The reason in `accepted, because …`; empty where none is given.
fn accepted(typed: &str) -> Option<String> {
    let (word, rest) = typed.trim().split_at_checked("accepted".len())?;
    if !word.eq_ignore_ascii_case("accepted") || rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let rest = rest.trim_start_matches([' ', ',', ':', '-', '–', '—']);
    Some(
        rest.strip_prefix("because ")
            .unwrap_or(rest)
            .trim()
            .to_owned(),
    )
}

/// Somebody who was named: their key, and who that is where no document says.
#[derive(Debug, Clone)]
struct Named {
    key: Key,
    person: Option<Person>,
}

impl Named {
    /// Finds somebody by key or name; whoever is not known yet is added to the people.
    fn of(typed: &str, asker: &Asker<'_, '_>) -> Result<Self, CommandError> {
        let typed = whole(typed)?;
        let configured = &asker.record.chosen.config.people;
        let people = || asker.postmortem.people.iter().chain(configured);
        let is_named = |person: &Person| {
            let name = person.name.as_deref();
            name.is_some_and(|name| name.eq_ignore_ascii_case(&typed))
        };
        let known = people()
            .find(|(key, person)| key.as_str().eq_ignore_ascii_case(&typed) || is_named(person));
        if let Some((key, _)) = known {
            return Ok(Self {
                key: key.clone(),
                person: None,
            });
        }
        let mut person = Person::default();
        let key = match typed.parse() {
            Ok(key) => key,
            Err(_) => {
                let made = slug(&typed).parse().map_err(CommandError::new)?;
                person.name = Some(typed);
                made
            }
        };
        let is_taken = people().any(|(known, _)| *known == key);
        if is_taken {
            return Err(CommandError::new(format!("`{key}` is somebody else")).help(
                "type a short name of your choice, such as `jane`, and add who that is to `people`",
            ));
        }
        Ok(Self {
            key,
            person: Some(person),
        })
    }

    /// The key, with the people knowing whose it is.
    fn introduced(&self, postmortem: &mut Postmortem) -> Key {
        if let Some(person) = &self.person {
            let people = &mut postmortem.people;
            people
                .entry(self.key.clone())
                .or_insert_with(|| person.clone());
        }
        self.key.clone()
    }

    fn keys(asker: &Asker<'_, '_>) -> Vec<String> {
        let configured = &asker.record.chosen.config.people;
        let keys = asker.postmortem.people.keys().chain(configured.keys());
        keys.map(Key::to_string).collect()
    }
}

pub fn owner(asker: &mut Asker<'_, '_>, words: &str, id: &Key) -> Asked<Answer> {
    let keys = Named::keys(asker);
    let named = asker.line(words, &keys, |asker, typed| Named::of(typed, asker))?;
    let id = id.clone();
    Ok(named.map(|named| {
        Answer::new(named.key.to_string(), move |postmortem| {
            let is_open = postmortem
                .actions
                .iter()
                .any(|action| action.id == id && action.owner.is_none());
            if is_open {
                let key = named.introduced(postmortem);
                of(postmortem, &id, |action| action.owner = Some(key));
            }
        })
    }))
}

pub fn reviewers(asker: &mut Asker<'_, '_>, words: &str) -> Asked<Answer> {
    let keys = Named::keys(asker);
    let named = asker.line(words, &keys, |asker, typed| {
        let names = typed
            .split([',', '\n'])
            .filter(|name| !name.trim().is_empty());
        names
            .map(|name| Named::of(name, asker))
            .collect::<Result<Vec<_>, _>>()
    })?;
    Ok(named.map(|named| {
        let typed: Vec<&str> = named.iter().map(|one| one.key.as_str()).collect();
        Answer::new(typed.join(", "), move |postmortem| {
            for one in &named {
                let key = one.introduced(postmortem);
                let review = postmortem.review.get_or_insert_with(Review::default);
                if !review.reviewers.contains(&key) {
                    review.reviewers.push(key);
                }
            }
        })
    }))
}

pub fn priority(asker: &mut Asker<'_, '_>, words: &str, id: &Key) -> Asked<Answer> {
    let answers = Priority::ALL.iter().map(|priority| {
        let meaning = priority.meaning().trim_end_matches('.');
        (format!("{priority}  {meaning}"), *priority)
    });
    let answers: Vec<_> = answers.collect();
    let chosen = asker.choose(words, &answers)?;
    let id = id.clone();
    Ok(chosen.map(|priority| {
        Answer::new(priority.as_str(), move |postmortem| {
            of(postmortem, &id, |action| {
                action.priority.get_or_insert(priority);
            });
        })
    }))
}

pub fn due(asker: &mut Asker<'_, '_>, words: &str, id: &Key) -> Asked<Answer> {
    day(asker, words, id, true, |action, day| {
        action.due.get_or_insert(day);
    })
}

pub fn done_on(asker: &mut Asker<'_, '_>, words: &str, id: &Key) -> Asked<Answer> {
    day(asker, words, id, false, |action, day| {
        action.done_on.get_or_insert(day);
    })
}

/// A day; of what is still to come, also as a length of time from today on.
fn day(
    asker: &mut Asker<'_, '_>,
    words: &str,
    id: &Key,
    is_ahead: bool,
    set: fn(&mut Action, Day),
) -> Asked<Answer> {
    let day = asker.line(words, &[], |asker, typed| {
        let typed = typed.trim();
        let today = asker
            .record
            .now
            .with_timezone(&asker.record.zone.tz())
            .date_naive();
        if typed.eq_ignore_ascii_case("today") {
            return Ok(Day(today));
        }
        let ahead = typed.parse::<Length>().ok().filter(|_| is_ahead);
        let ahead = ahead.and_then(|length| TimeDelta::try_seconds(length.seconds()));
        match ahead.and_then(|length| today.checked_add_signed(length)) {
            Some(day) => Ok(Day(day)),
            None => typed
                .parse()
                .map_err(|error: String| CommandError::new(error)),
        }
    })?;
    let id = id.clone();
    Ok(day.map(|day| {
        Answer::new(day.to_string(), move |postmortem| {
            of(postmortem, &id, |action| set(action, day));
        })
        .saying(day.to_string())
    }))
}

pub fn ticket(asker: &mut Asker<'_, '_>, words: &str, id: &Key) -> Asked<Answer> {
    text(asker, words, id, |action, text| {
        action.ticket.get_or_insert(text);
    })
}

pub fn reason(asker: &mut Asker<'_, '_>, words: &str, id: &Key) -> Asked<Answer> {
    text(asker, words, id, |action, text| {
        action.reason.get_or_insert(text);
    })
}

fn text(
    asker: &mut Asker<'_, '_>,
    words: &str,
    id: &Key,
    set: fn(&mut Action, String),
) -> Asked<Answer> {
    let text = asker.line(words, &[], |_, typed| whole(typed))?;
    let id = id.clone();
    Ok(text.map(|text| {
        Answer::new(text.clone(), move |postmortem| {
            of(postmortem, &id, |action| set(action, text.clone()));
        })
    }))
}

/// Changes the action of this id, unless somebody has taken it out meanwhile.
fn of(postmortem: &mut Postmortem, id: &Key, change: impl FnOnce(&mut Action)) {
    let mut actions = postmortem.actions.iter_mut();
    if let Some(action) = actions.find(|action| action.id == *id) {
        change(action);
    }
}
