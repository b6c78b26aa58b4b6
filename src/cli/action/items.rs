use chrono::NaiveDate;

use crate::cli::screen::{Look, Screen, columns, padded};
use crate::render::view::actions::{ActionView, DayView};

/// Draws actions: each with its state, who sees to it and until when. What is late on `today` is marked.
pub fn items(actions: &[ActionView], today: NaiveDate, screen: &mut Screen) {
    let widest = actions.iter().map(|action| columns(&action.id)).max();
    let column = widest.unwrap_or(0) + 2;
    for action in actions {
        let id = padded(&screen.paint(Look::Name, &action.id), column);
        let front = format!("  {id}");
        let below = " ".repeat(columns(&front));
        let internal = if action.internal { " [internal]" } else { "" };
        let look = match action.status.word.as_str() {
            "done" | "declined" => Look::Faint,
            _ => Look::Plain,
        };
        screen.hanging(&front, &below, &format!("{}{internal}", action.what), look);
        let ((state, state_look), rest) = (state(action, today), about(action));
        let room = screen.width().saturating_sub(columns(&below));
        if columns(&state) + 3 + columns(&rest) <= room && !rest.is_empty() {
            let state = screen.paint(state_look, &state);
            screen.beside(&format!("{below}{state}   "), &rest, Look::Faint);
        } else {
            screen.beside(&below, &state, state_look);
            if !rest.is_empty() {
                screen.beside(&below, &rest, Look::Faint);
            }
        }
        if let Some(detail) = &action.detail {
            screen.prose(&below, detail, Look::Faint);
        }
        for (name, text) in [("outcome: ", &action.outcome), ("reason: ", &action.reason)] {
            if let Some(text) = text {
                screen.hanging(&below, &below, &format!("{name}{text}"), Look::Faint);
            }
        }
    }
}

/// `open, due 31 January 2025`, `done on 20 January 2025`, and how that looks.
fn state(action: &ActionView, today: NaiveDate) -> (String, Look) {
    let word = action.status.label.to_lowercase();
    let look = Look::of_tone(action.status.tone);
    let is_open = matches!(action.status.word.as_str(), "open" | "in-progress");
    match (&action.due, &action.done_on) {
        (_, Some(done)) if !is_open => (format!("{word} on {}", done.text), look),
        (Some(due), _) if is_open && is_past(due, today) => {
            (format!("{word}, overdue since {}", due.text), Look::Bad)
        }
        (Some(due), _) if is_open => (format!("{word}, due {}", due.text), look),
        _ => (word, look),
    }
}

fn is_past(day: &DayView, today: NaiveDate) -> bool {
    day.machine
        .parse::<NaiveDate>()
        .is_ok_and(|day| day < today)
}

fn about(action: &ActionView) -> String {
    let answers = (!action.r#for.is_empty()).then(|| format!("for {}", action.r#for.join(", ")));
    let ticket = action.ticket.as_ref();
    let parts: Vec<String> = [
        action.priority.clone(),
        (action.owner.as_ref()).map(|owner| owner.name.as_ref().unwrap_or(&owner.key).clone()),
        action.kind.as_ref().map(|kind| kind.to_lowercase()),
        answers,
        ticket.map(|ticket| ticket.url.clone().unwrap_or_else(|| ticket.title.clone())),
    ]
    .into_iter()
    .flatten()
    .collect();
    parts.join(" · ")
}
