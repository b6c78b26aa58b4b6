use crate::cli::screen::{Look, Screen, columns, padded};
use crate::render::Page;
use crate::render::view::tiles::Duration;

/// The title, what it was, when it was, and the figures.
pub fn draw(page: &Page, screen: &mut Screen) {
    screen.beside("", &page.title, Look::Strong);
    let severity = (page.severity.as_ref())
        .map(|severity| screen.paint(Look::of_tone(severity.tone), &severity.name));
    let parts: Vec<String> = severity
        .into_iter()
        .chain([
            screen.paint(Look::of_tone(page.status.tone), &page.status.word),
            screen.paint(Look::of_tone(page.stage.tone), &page.stage.word),
            screen.paint(Look::Faint, &page.id),
        ])
        .collect();
    flow(&parts, screen);
    if let Some(when) = when(page) {
        screen.beside("", &when, Look::Plain);
    }
    if page.view == "outside" {
        screen.beside("", "An account of somebody else's incident.", Look::Faint);
    }
    figures(page, screen);
}

/// Parts side by side, and on further lines where they take more columns than there are.
fn flow(parts: &[String], screen: &mut Screen) {
    let mut line = String::new();
    for part in parts {
        if !line.is_empty() && columns(&line) + 3 + columns(part) > screen.width() {
            screen.line(&line);
            line.clear();
        }
        if !line.is_empty() {
            line.push_str("   ");
        }
        line.push_str(part);
    }
    screen.line(&line);
}

/// `11 December 2024, 15:16 to 19:38 PST (America/Los_Angeles)`.
fn when(page: &Page) -> Option<String> {
    let period = page.period.as_ref()?;
    let until = period
        .until_text
        .as_ref()
        .map(|until| format!(" to {until}"));
    let open = period.open.map(|open| format!(", {open}"));
    let zone = match (&period.zone, page.zone.is_utc) {
        (None, _) => format!("; times are {}", page.zone.text),
        (Some(_), true) => " UTC".to_owned(),
        (Some(_), false) => format!(" {}", page.zone.text),
    };
    Some(match period.zone {
        Some(_) => format!(
            "{}{}{zone}{}",
            period.from.full,
            until.unwrap_or_default(),
            open.unwrap_or_default()
        ),
        None => format!(
            "{}{}{}{zone}",
            period.from.full,
            until.unwrap_or_default(),
            open.unwrap_or_default()
        ),
    })
}

fn figures(page: &Page, screen: &mut Screen) {
    let mut rows: Vec<(String, String, String)> = Vec::new();
    for tile in &page.tiles {
        rows.push((
            tile.label.clone(),
            tile.value.clone(),
            tile.note.clone().unwrap_or_default(),
        ));
    }
    for service in page.impact.iter().flat_map(|impact| &impact.services) {
        let down = time("down", &service.outage);
        let degraded = time("degraded", &service.degraded);
        let (value, note) = match (down, degraded) {
            (Some(down), degraded) => (down, degraded.unwrap_or_default()),
            (None, Some(degraded)) => (degraded, String::new()),
            (None, None) => ("effect unknown".to_owned(), String::new()),
        };
        rows.push((service.service.clone(), value, note));
    }
    if rows.is_empty() {
        return;
    }
    screen.gap();
    let most = screen.width() / 2;
    let widest = |part: fn(&(String, String, String)) -> &String| {
        rows.iter()
            .map(|row| columns(part(row)))
            .max()
            .unwrap_or(0)
            .min(most)
    };
    let (label, value) = (widest(|row| &row.0), widest(|row| &row.1));
    for (name, told, note) in &rows {
        let name = padded(&screen.paint(Look::Faint, name), label + 2);
        if screen.is_narrow() || note.is_empty() {
            screen.beside(&format!("  {name}"), told, Look::Strong);
            if !note.is_empty() {
                screen.beside(&" ".repeat(label + 4), note, Look::Faint);
            }
        } else {
            let told = padded(&screen.paint(Look::Strong, told), value + 2);
            screen.beside(&format!("  {name}{told}"), note, Look::Faint);
        }
    }
}

/// `down 2 h 20 min`, `degraded, not over yet`.
fn time(word: &str, duration: &Duration) -> Option<String> {
    let text = duration.text.as_ref()?;
    Some(match duration.state {
        "known" => format!("{word} {text}"),
        _ => format!("{word}, {text}"),
    })
}
