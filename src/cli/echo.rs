//! What is said of an event that was saved: when that was, in the reader's clock, and what.

use chrono::{DateTime, Utc};

use crate::model::{At, Event, EventKind, Kinds, Resolved, Zone};
use crate::text::printable_line;

use super::elapsed;

/// When an event was, as clocks in a zone showed it, and how long before `now`.
pub fn when(at: &At, now: DateTime<Utc>, zone: Zone) -> (String, String) {
    let Some(moment) = at.moment() else {
        return ("unknown".to_owned(), String::new());
    };
    match moment.resolve(Some(zone)) {
        Ok(Resolved::Instant(instant)) => {
            let local = instant.with_timezone(&zone.tz());
            let is_today = local.date_naive() == now.with_timezone(&zone.tz()).date_naive();
            let form = match is_today {
                true => "%H:%M:%S %Z",
                false => "%Y-%m-%d %H:%M:%S %Z",
            };
            let ago = match now - instant.to_utc() {
                ago if ago.num_seconds() == 0 => "now".to_owned(),
                ago => elapsed::ago(ago),
            };
            (local.format(form).to_string(), ago)
        }
        _ => (moment.to_string(), String::new()),
    }
}

/// The kinds of an event in words; nothing for a plain note.
pub fn kinds(kinds: &Kinds) -> String {
    let words: Vec<&str> = kinds
        .iter()
        .filter(|kind| *kind != EventKind::Note)
        .map(EventKind::as_str)
        .collect();
    words.join(", ")
}

/// An event in a line: `15:27:04 PST  now            moved traffic away`.
pub fn event(event: &Event, now: DateTime<Utc>, zone: Zone) -> String {
    let (clock, ago) = when(&event.at, now, zone);
    let kinds = kinds(&event.kind);
    let kinds = match kinds.as_str() {
        "" => String::new(),
        kinds => format!("{kinds}  "),
    };
    let what = printable_line(&event.what);
    format!("{clock}  {ago:<13}  {kinds}{what}")
}

/// A line with a hint at its end, where a terminal of this width has room for both, else below it.
pub fn with_hint(line: &str, hint: &str, width: usize) -> String {
    use dialoguer::console::measure_text_width;
    if hint.is_empty() {
        return format!("{line}\n");
    }
    let room = width.saturating_sub(measure_text_width(line));
    let hint_width = measure_text_width(hint);
    match room.checked_sub(hint_width + 3) {
        Some(gap) => format!("{line}   {}{hint}\n", " ".repeat(gap.min(9))),
        None => format!("{line}\n  {hint}\n"),
    }
}
