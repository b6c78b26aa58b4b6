use chrono::{DateTime, FixedOffset};

use crate::cli::screen::{Look, Screen, columns, padded};
use crate::render::Page;
use crate::render::clock::Stamp;
use crate::render::spoken;
use crate::render::view::timeline::EventView;

use super::impact::internal;
use super::rest::called;

/// The timeline: days, and in them what happened, each event with its distance from the start.
pub fn draw(page: &Page, screen: &mut Screen) {
    if page.timeline.is_empty() {
        return;
    }
    screen.heading("What happened");
    let started = page
        .milestones
        .iter()
        .find(|milestone| milestone.kind == "started");
    let start = started.and_then(|milestone| instant(&milestone.time));
    let events = || page.timeline.iter().flat_map(|day| &day.events);
    let widest = |text: &dyn Fn(&EventView) -> String| {
        events()
            .map(|event| columns(&text(event)))
            .max()
            .unwrap_or(0)
    };
    let time = widest(&time_of);
    let distance = widest(&|event| distance_of(event, start));
    for (index, day) in page.timeline.iter().enumerate() {
        if index > 0 {
            screen.gap();
        }
        let label = screen.paint(Look::Strong, &day.label);
        screen.line(&format!("  {label}"));
        for event in &day.events {
            let front = format!(
                "  {}  {}",
                padded(&screen.paint(Look::Strong, &time_of(event)), time),
                padded(
                    &screen.paint(Look::Faint, &distance_of(event, start)),
                    distance
                ),
            );
            one(event, &front, screen);
        }
    }
    if !page.unrecorded.is_empty() {
        screen.gap();
        let text = format!("Not recorded in full: {}.", page.unrecorded.join(", "));
        screen.beside("  ", &text, Look::Faint);
    }
}

fn one(event: &EventView, front: &str, screen: &mut Screen) {
    let kinds: Vec<&str> = (event.kinds.iter())
        .map(|kind| kind.word.as_str())
        .filter(|kind| *kind != "note")
        .collect();
    let kinds = kinds.join(", ");
    let kind_look = if event.milestone {
        Look::Fair
    } else {
        Look::Name
    };
    let (about, source) = (about(event), source_of(event));
    // A source alone takes no line.
    let (mark, about) = match (about.is_empty(), source) {
        (true, Some(source)) => (format!(" [{source}]"), about),
        (false, Some(source)) => (String::new(), format!("{about} · {source}")),
        (_, None) => (String::new(), about),
    };
    let text = format!("{}{}{mark}", event.what, internal(event.internal));
    let look = if event.key { Look::Strong } else { Look::Plain };
    let indent = match screen.is_narrow() {
        true if columns(front) + columns(&kinds) + 2 <= screen.width() => {
            let kinds = screen.paint(kind_look, &kinds);
            screen.line(&format!("{front}  {kinds}"));
            screen.beside("    ", &text, look);
            "    ".to_owned()
        }
        true => {
            screen.line(front);
            screen.labelled("    ", "    ", (&kinds, kind_look), &text, look);
            "    ".to_owned()
        }
        false => {
            let front = format!("{front}  ");
            let below = " ".repeat(columns(&front));
            screen.labelled(&front, &below, (&kinds, kind_look), &text, look);
            below
        }
    };
    if !about.is_empty() {
        screen.beside(&indent, &about, Look::Faint);
    }
    if let Some(note) = &event.note {
        screen.beside(&format!("{indent}note: "), note, Look::Faint);
    }
    if let Some(detail) = &event.detail {
        screen.verbatim(&format!("{indent}  "), detail, Look::Faint);
    }
}

/// What else is told of an event, in a line.
fn about(event: &EventView) -> String {
    let until = event.until_text.as_ref().map(|until| match &event.length {
        Some(length) => format!("until {until} ({length})"),
        None => format!("until {until}"),
    });
    let audience = event
        .audience
        .as_ref()
        .map(|audience| audience.to_lowercase());
    let parts: Vec<String> = [
        match event.time.precision {
            "instant" => None,
            "unknown" => Some("time not known".to_owned()),
            _ => Some(event.time.text.clone()),
        },
        until,
        (!event.services.is_empty()).then(|| event.services.join(", ")),
        audience,
        event.channel.clone(),
        event.by.as_ref().map(|by| format!("by {}", called(by))),
    ]
    .into_iter()
    .flatten()
    .collect();
    parts.join(" · ")
}

/// Where it is known from: a link's id, else what the source is called.
fn source_of(event: &EventView) -> Option<&str> {
    let source = event.source.as_ref()?;
    Some(source.id.as_deref().unwrap_or(&source.title))
}

/// The wall clock, with `~` where it is an estimate.
fn time_of(event: &EventView) -> String {
    match (&event.time.clock, event.time.about) {
        (Some(_), true) => format!("~{}", event.time.text.trim_start_matches("about ")),
        (Some(_), false) => event.time.text.clone(),
        (None, _) => String::new(),
    }
}

/// How long after the start an event was: `+4 min`, `−3 min`.
fn distance_of(event: &EventView, start: Option<DateTime<FixedOffset>>) -> String {
    let Some((start, at)) = start.zip(instant(&event.time)) else {
        return String::new();
    };
    let seconds = (at - start).num_seconds();
    let sign = if seconds < 0 { '\u{2212}' } else { '+' };
    match seconds {
        0 => "+0".to_owned(),
        seconds => format!("{sign}{}", spoken::length(seconds)),
    }
}

fn instant(stamp: &Stamp) -> Option<DateTime<FixedOffset>> {
    if stamp.precision != "instant" {
        return None;
    }
    DateTime::parse_from_rfc3339(stamp.machine.as_deref()?).ok()
}
