//! Events that others logged while an editor was open, and that it wrote over.

use crate::cli::prompt::{Choice, Prompt};
use crate::cli::record::{Record, Unchanged};
use crate::cli::{CommandError, echo};
use crate::model::Event;
use crate::store::{Journal, Remembered, missing};
use crate::text::printable_line;

/// The events that were logged since `before` and are not in the document as it stands now.
///
/// A document that does not read holds none that could be found. Where another process holds the document
/// before or now, nobody can tell, and that is said.
pub fn events(
    before: Option<&[Remembered]>,
    record: &Record<'_>,
) -> Result<Vec<Event>, CommandError> {
    let (Some(before), Some(logged)) = (before, record.logged()) else {
        record.surroundings.say(format!(
            "note: another process holds {}: look whether what was logged meanwhile is still there\n",
            printable_line(record.shown())
        ));
        return Ok(Vec::new());
    };
    let since = logged.into_iter().filter(|one| !before.contains(one));
    let since: Vec<Event> = since
        .filter_map(|one| serde_json::from_value(one.event).ok())
        .collect();
    if since.is_empty() {
        return Ok(since);
    }
    let reading = record.chosen.input().read()?;
    let document = reading.document.as_ref();
    let timeline = document.map_or(&[][..], |document| &document.postmortem().timeline);
    Ok(missing(since, timeline))
}

/// Puts events back; where somebody can be asked, only if that is wanted.
pub fn put_back(
    events: &[Event],
    record: &Record<'_>,
    prompt: Option<&mut (dyn Prompt + '_)>,
) -> Result<(), CommandError> {
    if events.is_empty() {
        return Ok(());
    }
    let surroundings = record.surroundings;
    let them = if events.len() == 1 { "it" } else { "them" };
    surroundings.say(format!(
        "{} logged while the editor was open, and it wrote over {them}:\n",
        match events.len() {
            1 => "1 event was".to_owned(),
            count => format!("{count} events were"),
        }
    ));
    for event in events {
        let line = echo::event(event, record.now, record.zone);
        surroundings.say(format!("  {line}\n"));
    }
    if let Some(prompt) = prompt {
        let chosen = prompt.choose(&Choice {
            words: "What now?",
            answers: &[format!("Put {them} back"), format!("Leave {them} out")],
            may_end: false,
        });
        match chosen {
            Ok(0) => {}
            Ok(_) => return Ok(()),
            // Whoever has not answered has not said that they may be lost.
            Err(error) => {
                save(events, record)?;
                return Err(error.ended(&format!("{} has them again", record.shown())));
            }
        }
    }
    save(events, record)
}

fn save(events: &[Event], record: &Record<'_>) -> Result<(), CommandError> {
    let changed = record.change(&mut |postmortem| {
        for event in missing(events.to_vec(), &postmortem.timeline) {
            postmortem.log(event);
        }
        Ok(())
    });
    let unchanged = match changed {
        Ok(_) => {
            let shown = printable_line(record.shown());
            record.surroundings.say(format!("put back into {shown}\n"));
            return Ok(());
        }
        Err(unchanged) => unchanged,
    };
    let typed: Vec<&str> = events.iter().map(|event| event.what.as_str()).collect();
    let typed = typed.join("\n");
    let can_wait = matches!(
        unchanged,
        Unchanged::Locked | Unchanged::Contended | Unchanged::Unreadable(_)
    );
    let kept = can_wait.then(|| {
        let journal = Journal::of(&record.chosen.file)?;
        let who = record.surroundings.user();
        events
            .iter()
            .try_for_each(|event| journal.append(event, &who))
    });
    match kept {
        Some(Ok(())) => {
            record.surroundings.say(format!(
                "kept beside {}, and put back by the next command that can change it\n",
                printable_line(record.shown())
            ));
            Ok(())
        }
        _ => Err(record.told(unchanged, &typed)),
    }
}
