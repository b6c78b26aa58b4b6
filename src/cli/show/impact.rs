use crate::cli::screen::{Look, Screen, padded};
use crate::render::Page;
use crate::render::view::impact::WindowView;

/// What users met.
pub fn draw(page: &Page, screen: &mut Screen) {
    let Some(impact) = &page.impact else {
        return;
    };
    screen.heading("Impact");
    if let Some(summary) = &impact.summary {
        screen.prose("  ", summary, Look::Plain);
    }
    if !impact.services.is_empty() {
        screen.gap();
    }
    for service in &impact.services {
        screen.beside("  ", &service.service, Look::Name);
        for one in &service.windows {
            let front = screen.paint(Look::of_tone(one.effect.tone), &one.effect.label);
            let front = padded(&front, 10);
            screen.beside(&format!("    {front}"), &window(one), Look::Plain);
            if let Some(note) = &one.note {
                screen.beside("      note: ", note, Look::Faint);
            }
        }
    }
    if !impact.figures.is_empty() {
        screen.gap();
    }
    for figure in &impact.figures {
        let basis = figure
            .basis
            .map(|basis| format!(" ({basis})"))
            .unwrap_or_default();
        let internal = internal(figure.internal);
        let text = format!("{}: {}{basis}{internal}", figure.what, figure.value);
        screen.beside("  ", &text, Look::Plain);
        detail(figure.detail.as_deref(), "    ", screen);
    }
    if let Some(data) = &impact.data {
        screen.gap();
        let when = data
            .when
            .as_ref()
            .map(|when| format!(", {when}"))
            .unwrap_or_default();
        let look = match data.state.tone {
            "good" => Look::Plain,
            tone => Look::of_tone(tone),
        };
        screen.beside("  ", &format!("{}{when}", data.text), look);
        if let Some(what) = &data.what {
            screen.beside("    ", what, Look::Plain);
        }
        detail(data.detail.as_deref(), "    ", screen);
        if let Some(note) = &data.note {
            screen.beside("    note: ", note, Look::Faint);
        }
    }
    if !impact.slo.is_empty() {
        screen.gap();
    }
    for budget in &impact.slo {
        let consumed = match &budget.consumed {
            Some(consumed) => format!("{consumed} of the error budget"),
            None => "error budget not known".to_owned(),
        };
        let text = format!(
            "{} ({} over {}): {consumed}{}",
            budget.name,
            budget.target,
            budget.window,
            internal(budget.internal)
        );
        screen.beside("  ", &text, Look::Plain);
        screen.beside("    ", &budget.formula, Look::Faint);
    }
}

fn window(one: &WindowView) -> String {
    let extra = [one.length.clone(), one.share.clone()];
    let extra: Vec<String> = extra.into_iter().flatten().collect();
    let extra = match extra.is_empty() {
        true => String::new(),
        false => format!(" ({})", extra.join(", ")),
    };
    format!("{}{extra}{}", one.text, internal(one.internal))
}

/// What stands behind something that never leaves the company.
pub fn internal(is_internal: bool) -> &'static str {
    if is_internal { " [internal]" } else { "" }
}

/// Longer words, below what they belong to.
pub fn detail(text: Option<&str>, indent: &str, screen: &mut Screen) {
    if let Some(text) = text {
        screen.prose(indent, text, Look::Faint);
    }
}
