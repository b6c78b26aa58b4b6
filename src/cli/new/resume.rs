//! Which draft `--resume` means.

use std::path::Path;

use crate::cli::CommandError;
use crate::model::{IncidentId, Postmortem, Stage, Status};
use crate::store::Store;
use crate::text::{nearest, printable_line};

use super::answer::Question;
use super::dialogue::Dialogue;
use super::draft::whole;
use super::situation::Situation;

/// The document of an id, of a file's name or of a path.
pub fn named(situation: &Situation<'_>, named: &str) -> Result<IncidentId, CommandError> {
    let stem = Path::new(named).file_stem().and_then(|stem| stem.to_str());
    let ids = situation
        .store
        .ids()
        .map_err(|error| situation.failed(&error))?;
    let wanted = stem.and_then(|stem| stem.parse::<IncidentId>().ok());
    if let Some(id) = wanted.filter(|id| ids.contains(id)) {
        return Ok(id);
    }
    let folder = situation.surroundings.shown(situation.store.folder());
    let error = CommandError::new(format!("there is no `{named}` in {}/", folder.display()));
    let ids: Vec<&str> = ids.iter().map(IncidentId::as_str).collect();
    let meant = nearest(stem.unwrap_or(named), ids.iter().copied());
    Err(match (meant, ids.last()) {
        (Some(meant), _) => error.help(format!("did you mean `{meant}`?")),
        (None, Some(newest)) => error.help(format!("the newest is `{newest}`")),
        (None, None) => error.help("it holds no document: postmortem new"),
    })
}

/// The only draft that leaves a question open; where there are several, the one that is picked.
pub fn only_draft(
    situation: &Situation<'_>,
    dialogue: &mut Dialogue<'_, '_>,
) -> Result<IncidentId, CommandError> {
    let mut drafts = drafts(situation)?;
    // The newest is the likeliest.
    drafts.reverse();
    match &drafts[..] {
        [] => {
            let error = CommandError::new("no draft has a question open");
            return Err(match newest(situation)? {
                Some(file) => error.help(format!(
                    "the newest document is `{file}`; open it in an editor to change it"
                )),
                None => error.help("begin one with: postmortem new"),
            });
        }
        [(id, _)] => return Ok(id.clone()),
        _ => {}
    }
    let lines: Vec<String> = drafts
        .iter()
        .map(|(id, title)| format!("{id}   {}", printable_line(title)))
        .collect();
    let picked = dialogue
        .pick("Which draft?", &lines)
        .map_err(|error| error.into_command_error(None))?;
    if let Some((id, _)) = picked.and_then(|picked| drafts.get(picked)) {
        return Ok(id.clone());
    }
    let error = CommandError::new("several drafts have questions open");
    Err(drafts.iter().fold(error, |error, (id, _)| {
        error.help(format!("postmortem new --resume {id}"))
    }))
}

/// The newest document, as people want to see its path.
fn newest(situation: &Situation<'_>) -> Result<Option<String>, CommandError> {
    let ids = situation
        .store
        .ids()
        .map_err(|error| situation.failed(&error))?;
    Ok(ids.last().map(|id| {
        let file = situation.store.file_of(id);
        situation.surroundings.shown(&file).display().to_string()
    }))
}

/// Every draft of an open incident that leaves a question open, oldest first, with its title.
fn drafts(situation: &Situation<'_>) -> Result<Vec<(IncidentId, String)>, CommandError> {
    let ids = situation
        .store
        .ids()
        .map_err(|error| situation.failed(&error))?;
    let mut drafts = Vec::new();
    for id in ids {
        // A file that cannot be read is none that can be gone on with.
        let Ok(text) = Store::read(&situation.store.file_of(&id)) else {
            continue;
        };
        if let Some(postmortem) = whole(id.as_str(), &text).filter(is_open) {
            drafts.push((id, postmortem.title));
        }
    }
    Ok(drafts)
}

fn is_open(postmortem: &Postmortem) -> bool {
    postmortem.stage == Stage::Draft
        && postmortem.status != Status::Resolved
        && Question::ALL
            .iter()
            .any(|question| !question.is_answered(postmortem))
}
