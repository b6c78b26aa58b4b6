//! Questions about why it happened.

use crate::cli::{CommandError, cause, numbered, words};
use crate::model::{Cause, CauseRole, CauseState, Fallback, Key, Postmortem, TextItem};

use super::answer::Answer;
use super::asker::{Asked, Asker};
use super::question::Question;

pub fn cause(asker: &mut Asker<'_, '_>, words: &str) -> Asked<Answer> {
    let said = asker.line(words, &[], |_, typed| sentence(typed))?;
    Ok(said.map(|said| {
        let typed = said.what.clone();
        Answer::trying(typed, move |postmortem| {
            let ids = postmortem.causes.iter().map(|cause| &cause.id);
            let id = numbered::next("C", ids)?;
            postmortem.causes.push(Cause {
                id,
                role: None,
                state: CauseState::Suspected,
                category: None,
                what: said.what.clone(),
                detail: said.detail.clone(),
                because: Vec::new(),
                evidence: Vec::new(),
                accepted: None,
                internal: false,
            });
            Ok(())
        })
    }))
}

pub fn verdict(asker: &mut Asker<'_, '_>, words: &str, id: &Key) -> Asked<Answer> {
    let answers = [
        ("Yes: confirmed".to_owned(), CauseState::Confirmed),
        ("No: ruled out".to_owned(), CauseState::RuledOut),
    ];
    let chosen = asker.choose(words, &answers)?;
    let id = id.clone();
    Ok(chosen.map(|state| {
        let shown = id.clone();
        Answer::trying(state.as_str(), move |postmortem| {
            let cause = of(postmortem, &id)?;
            if cause.state == CauseState::Suspected {
                cause.state = state;
            }
            Ok(())
        })
        .then(Question::Evidence(shown))
    }))
}

/// Whether a cause may have set it off: it is not ruled out, and its role is not told.
pub fn may_be_trigger(cause: &Cause) -> bool {
    cause.state != CauseState::RuledOut && cause.role.is_none()
}

pub fn trigger(asker: &mut Asker<'_, '_>, words: &str) -> Asked<Answer> {
    let causes = asker.postmortem.causes.iter();
    let answers: Vec<_> = causes
        .filter(|cause| may_be_trigger(cause))
        .map(|cause| (format!("{}  {}", cause.id, cause.what), cause.id.clone()))
        .collect();
    let chosen = asker.choose(words, &answers)?;
    Ok(chosen.map(|id| {
        Answer::trying(id.as_str().to_owned(), move |postmortem| {
            of(postmortem, &id)?.role.get_or_insert(CauseRole::Trigger);
            Ok(())
        })
    }))
}

pub fn evidence(asker: &mut Asker<'_, '_>, words: &str, id: &Key) -> Asked<Answer> {
    let said = asker.line(words, &[], |_, typed| sentence(typed))?;
    let id = id.clone();
    Ok(said.map(|said| {
        let item = TextItem {
            detail: said.detail,
            ..TextItem::from(said.what.as_str())
        };
        Answer::trying(said.what, move |postmortem| {
            let evidence = &mut of(postmortem, &id)?.evidence;
            if !evidence.contains(&item) {
                evidence.push(item.clone());
            }
            Ok(())
        })
    }))
}

pub fn fallback(asker: &mut Asker<'_, '_>, words: &str, name: &str) -> Asked<Answer> {
    let answers = Fallback::ALL.iter().map(|fallback| {
        let words = match fallback {
            Fallback::None => "Nothing",
            Fallback::Manual => "Something that people switch on",
            Fallback::Automatic => "Something that switches itself on",
        };
        (words.to_owned(), *fallback)
    });
    let answers: Vec<_> = answers.collect();
    let chosen = asker.choose(words, &answers)?;
    let name = name.to_owned();
    Ok(chosen.map(|fallback| {
        Answer::new(fallback.as_str(), move |postmortem| {
            let mut dependencies = postmortem.dependencies.iter_mut();
            if let Some(dependency) = dependencies.find(|one| one.name == name) {
                dependency.fallback.get_or_insert(fallback);
            }
        })
    }))
}

/// The cause of this id; somebody may have taken it out meanwhile.
fn of<'p>(postmortem: &'p mut Postmortem, id: &Key) -> Result<&'p mut Cause, CommandError> {
    let _ = cause::known(std::slice::from_ref(id), &postmortem.causes)?;
    let mut causes = postmortem.causes.iter_mut();
    causes
        .find(|cause| cause.id == *id)
        .ok_or_else(|| CommandError::new(format!("there is no cause `{id}`")))
}

pub fn sentence(typed: &str) -> Result<words::Sentence, CommandError> {
    words::sentence(typed).ok_or_else(|| CommandError::new("it says nothing"))
}
