use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::cli::elapsed::{ago, elapsed};
use crate::cli::screen::{Look, Screen, columns, padded};
use crate::config::{Clock, ClockState};
use crate::model::{Cause, CauseState, Status};
use crate::render::clock::{Clock as WallClock, clock_text, short_day};
use crate::text::printable_line;

use super::facts::{Duration, Facts, Public, Since, When};

/// A line of the screen: what it is about, the short answer, and more words beside it.
struct Row {
    label: &'static str,
    short: String,
    look: Look,
    text: String,
    text_look: Look,
    faint: String,
}

impl Row {
    fn new(
        label: &'static str,
        short: impl Into<String>,
        look: Look,
        text: impl Into<String>,
    ) -> Self {
        Self {
            label,
            short: short.into(),
            look,
            text: text.into(),
            text_look: Look::Plain,
            faint: String::new(),
        }
    }

    fn faint(mut self, words: impl Into<String>) -> Self {
        self.faint = words.into();
        self
    }
}

/// More causes than these are counted.
const MOST_CAUSES: usize = 5;

/// Draws how an incident stands.
pub fn draw(facts: &Facts<'_>, screen: &mut Screen) {
    head(facts, screen);
    let wall = WallClock::of(facts.postmortem);
    let mut rows = Vec::new();
    rows.extend(over(facts, &wall));
    rows.extend(last_event(facts));
    causes(facts, &mut rows);
    rows.push(public(facts));
    clocks(facts, &wall, &mut rows);
    if !facts.is_over() && !facts.not_said.is_empty() {
        rows.push(Row::new("not said", "", Look::Plain, "").faint(facts.not_said.join(", ")));
    }
    table(&rows, screen);
}

fn head(facts: &Facts<'_>, screen: &mut Screen) {
    let postmortem = facts.postmortem;
    let title = printable_line(&postmortem.title);
    let severity = postmortem.severity.as_deref();
    let severity_look = match severity.and_then(|name| facts.config.rank(name)) {
        Some(0 | 1) => Look::Bad,
        Some(2) => Look::Fair,
        _ => Look::Plain,
    };
    let status_look = match postmortem.status {
        Status::Resolved => Look::Good,
        Status::Monitoring => Look::Fair,
        Status::Investigating | Status::Identified => Look::Plain,
    };
    let parts: Vec<String> = [
        severity.map(|severity| screen.paint(severity_look, severity)),
        Some(screen.paint(status_look, postmortem.status.as_str())),
        length(facts).map(|length| screen.paint(Look::Strong, &length)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let right = parts.join("   ");
    let left = screen.width().saturating_sub(columns(&right) + 3);
    if columns(&title) <= left {
        let title = screen.paint(Look::Strong, &title);
        let line = format!("{}   {right}", padded(&title, left));
        screen.line(&line);
    } else {
        screen.beside("", &title, Look::Strong);
        let front = " ".repeat(screen.width().saturating_sub(columns(&right)));
        screen.line(&format!("{front}{right}"));
    }
}

/// How long it lasts: `31 min`, `12 min since detected`.
fn length(facts: &Facts<'_>) -> Option<String> {
    let duration: Duration = facts.duration?;
    let seconds = duration.seconds(facts.now).max(0);
    let about = if duration.about { "about " } else { "" };
    let since = match duration.since {
        Since::Started => "",
        Since::Detected => " since detected",
        Since::FirstEntry => " since the first entry",
    };
    Some(format!(
        "{about}{}{since}",
        elapsed(TimeDelta::seconds(seconds))
    ))
}

fn since(facts: &Facts<'_>, at: DateTime<FixedOffset>) -> TimeDelta {
    facts.now - at.to_utc()
}

fn over(facts: &Facts<'_>, wall: &WallClock) -> Option<Row> {
    let until = facts.duration.and_then(|duration| duration.until)?;
    let text = format!("at {}", brief(facts, wall, until));
    Some(Row::new(
        "resolved",
        ago(since(facts, until)),
        Look::Good,
        text,
    ))
}

/// A time with its day, unless that is today: `15:16 PST`, `19 Nov, 14:26 IST`.
fn brief(facts: &Facts<'_>, wall: &WallClock, at: DateTime<FixedOffset>) -> String {
    let day = |at| wall.local(at).date_naive();
    let time = format!("{} {}", clock_text(wall.local(at)), wall.zone_at(at));
    match day(at) == day(facts.now.fixed_offset()) {
        true => time,
        false => format!("{}, {time}", short_day(day(at))),
    }
}

fn last_event(facts: &Facts<'_>) -> Option<Row> {
    let (event, when) = facts.last_event?;
    let short = match when {
        When::At(at) => ago(since(facts, at)),
        When::Vague => event.at.to_string(),
    };
    Some(Row::new(
        "last event",
        short,
        Look::Plain,
        event.what.as_str(),
    ))
}

fn causes(facts: &Facts<'_>, rows: &mut Vec<Row>) {
    for (state, label, look) in [
        (CauseState::Confirmed, "confirmed", Look::Good),
        (CauseState::Suspected, "suspected", Look::Fair),
    ] {
        let all: Vec<&Cause> = facts.causes(state).collect();
        for (index, cause) in all.iter().take(MOST_CAUSES).enumerate() {
            let label = if index == 0 { label } else { "" };
            let category = cause.category.as_ref().map_or("", |category| &category.0);
            rows.push(
                Row::new(label, cause.id.as_str(), look, cause.what.as_str()).faint(category),
            );
        }
        if let Some(more @ 1..) = all.len().checked_sub(MOST_CAUSES) {
            rows.push(
                Row::new("", "", Look::Plain, "")
                    .faint(format!("and {more} more: postmortem cause list")),
            );
        }
    }
}

fn public(facts: &Facts<'_>) -> Row {
    let Public::Told { last, every, due } = facts.public else {
        return Row::new("public", "not recorded", Look::Faint, "");
    };
    let next = due.map(|due| (since(facts, due), due));
    let is_overdue = next.is_some_and(|(late, _)| late > TimeDelta::zero());
    let promise = every.map_or_else(String::new, |(severity, every)| {
        format!("{severity}: every {}", elapsed(TimeDelta::seconds(every)))
    });
    let next = match next {
        Some((late, _)) if is_overdue => format!("overdue by {}", elapsed(late)),
        Some((late, _)) if last.is_some() => format!("next word due in {}", elapsed(late)),
        Some((late, _)) => format!("due in {}", elapsed(late)),
        None => String::new(),
    };
    let look = match (is_overdue, every) {
        (true, _) => Look::Bad,
        (false, Some(_)) => Look::Good,
        (false, None) => Look::Plain,
    };
    let told = match last {
        None => "never told".to_owned(),
        Some((_, When::At(at))) => format!("told {}", ago(since(facts, at))),
        Some((index, When::Vague)) => {
            let event = facts.postmortem.timeline.get(index);
            event.map_or_else(String::new, |event| format!("told {}", event.at))
        }
    };
    Row {
        text_look: if is_overdue { Look::Bad } else { Look::Plain },
        ..Row::new("public", told, look, next).faint(promise)
    }
}

fn clocks(facts: &Facts<'_>, wall: &WallClock, rows: &mut Vec<Row>) {
    for (index, (clock, state)) in facts.clocks.iter().enumerate() {
        let label = if index == 0 { "clocks" } else { "" };
        let (short, look, faint) = clock_in_words(facts, wall, clock, *state);
        rows.push(Row::new(label, short, look, clock.name.as_str()).faint(faint));
    }
}

/// How a clock stands, how that looks, and what else is to be said of it.
fn clock_in_words(
    facts: &Facts<'_>,
    wall: &WallClock,
    clock: &Clock,
    state: ClockState,
) -> (String, Look, String) {
    let brief = |at| brief(facts, wall, at);
    match state {
        ClockState::NotBegun => {
            let from = format!("from {}", clock.from);
            ("not begun".to_owned(), Look::Plain, from)
        }
        ClockState::NotRecorded => ("not recorded".to_owned(), Look::Faint, String::new()),
        ClockState::Met {
            at,
            is_late,
            due,
            event,
        } => {
            let event = facts.postmortem.timeline.get(event);
            let when = match at {
                Some(at) => brief(at),
                None => event.map_or_else(String::new, |event| event.at.to_string()),
            };
            match is_late {
                true => (
                    "met late".to_owned(),
                    Look::Bad,
                    format!("{when}; due {}", brief(due)),
                ),
                false => ("met".to_owned(), Look::Good, when),
            }
        }
        ClockState::Running { due } => {
            let left = state.left(facts.now).unwrap_or_default();
            let words = elapsed(TimeDelta::seconds(left));
            // The last quarter of the time.
            let is_near = left < clock.due_after.seconds() / 4;
            let (short, look) = match (left < 0, clock.until) {
                (true, Some(_)) => (format!("overdue by {words}"), Look::Bad),
                (true, None) => (format!("due {words} ago"), Look::Fair),
                (false, _) if is_near => (format!("{words} left"), Look::Fair),
                (false, _) => (format!("{words} left"), Look::Good),
            };
            (short, look, format!("due {}", brief(due)))
        }
    }
}

const LABEL: usize = 14;

fn table(rows: &[Row], screen: &mut Screen) {
    let widest = rows
        .iter()
        .map(|row| columns(&printable_line(&row.short)))
        .max();
    let short = widest.unwrap_or(0).min(20) + 2;
    for row in rows {
        let label = screen.paint(Look::Faint, row.label);
        let label = padded(&format!("  {label}"), LABEL);
        let painted = screen.paint(row.look, &row.short);
        let text = printable_line(&row.text);
        let faint = printable_line(&row.faint);
        if screen.is_narrow() {
            let front = match row.short.is_empty() {
                true => label,
                false => {
                    screen.line(&format!("{label}{painted}"));
                    "    ".to_owned()
                }
            };
            for (words, look) in [(&text, row.text_look), (&faint, Look::Faint)] {
                if !words.is_empty() {
                    screen.beside(&front, words, look);
                }
            }
            continue;
        }
        let front = match row.short.is_empty() {
            true => label,
            false => format!("{label}{}", padded(&painted, short)),
        };
        let room = screen.width().saturating_sub(columns(&front));
        let fits = columns(&text) + 3 + columns(&faint) <= room;
        if fits && !text.is_empty() && !faint.is_empty() {
            let text = padded(
                &screen.paint(Look::Plain, &text),
                room - columns(&faint) - 3,
            );
            let line = format!("{front}{text}   {}", screen.paint(Look::Faint, &faint));
            screen.line(&line);
            continue;
        }
        let further = " ".repeat(columns(&front));
        let mut front = front;
        for (words, look) in [(&text, row.text_look), (&faint, Look::Faint)] {
            if !words.is_empty() {
                screen.beside(&front, words, look);
                front.clone_from(&further);
            }
        }
        if text.is_empty() && faint.is_empty() {
            screen.line(&front);
        }
    }
}
