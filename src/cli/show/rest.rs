use crate::cli::screen::{Look, Screen, padded};
use crate::render::Page;
use crate::render::view::people::PersonView;
use crate::render::view::sources::SourceView;

use super::impact::{detail, internal};

/// How it was noticed and how service came back.
pub fn how_it_was_fixed(page: &Page, screen: &mut Screen) {
    if page.detection.is_none() && page.recovery.is_none() {
        return;
    }
    screen.heading("How it was noticed and fixed");
    if let Some(detection) = &page.detection {
        field(screen, "noticed by", detection.by.as_deref());
        if let Some(how) = &detection.how {
            screen.prose("  ", how, Look::Plain);
        }
    }
    let Some(recovery) = &page.recovery else {
        return;
    };
    if page.detection.is_some() {
        screen.gap();
    }
    field(screen, "fixed by", recovery.method.as_deref());
    field(screen, "for good", recovery.permanent.as_deref());
    if let Some(how) = &recovery.how {
        screen.prose("  ", how, Look::Plain);
    }
    let plan = recovery.plan.as_ref().map(named);
    field(screen, "plan", plan.as_deref());
    field(screen, "promised to be back in", recovery.rto.as_deref());
    field(screen, "data that may be lost", recovery.rpo.as_deref());
}

/// Other people's services.
pub fn dependencies(page: &Page, screen: &mut Screen) {
    if page.dependencies.is_empty() {
        return;
    }
    screen.heading("What it depends on");
    for dependency in &page.dependencies {
        let provider = dependency
            .provider
            .as_ref()
            .map(|provider| format!(" ({provider})"));
        let state = format!(
            "{}{}{}",
            dependency.state.word,
            provider.unwrap_or_default(),
            internal(dependency.internal)
        );
        let look = Look::of_tone(dependency.state.tone);
        screen.labelled("  ", "    ", (&dependency.name, Look::Name), &state, look);
        if let Some(what) = &dependency.what {
            screen.beside("    ", what, Look::Plain);
        }
        if let Some(fallback) = &dependency.fallback {
            screen.beside(
                "    fallback: ",
                fallback,
                Look::of_tone(dependency.fallback_tone),
            );
        }
        detail(dependency.detail.as_deref(), "    ", screen);
    }
}

/// What was learnt.
pub fn lessons(page: &Page, screen: &mut Screen) {
    if page.lessons.is_empty() {
        return;
    }
    screen.heading("What was learnt");
    for (index, group) in page.lessons.iter().enumerate() {
        if index > 0 {
            screen.gap();
        }
        screen.beside("  ", group.title, Look::Name);
        for item in &group.items {
            let text = format!("{}{}", item.what, internal(item.internal));
            screen.beside("  - ", &text, Look::Plain);
            detail(item.detail.as_deref(), "    ", screen);
        }
    }
}

/// Words, other incidents, files and links.
pub fn references(page: &Page, screen: &mut Screen) {
    if !page.glossary.is_empty() {
        screen.heading("Glossary");
    }
    for term in &page.glossary {
        let label = (term.term.as_str(), Look::Name);
        screen.labelled("  ", "    ", label, &term.meaning, Look::Plain);
    }
    if !page.related.is_empty() {
        screen.heading("Related incidents");
    }
    for related in &page.related {
        let how = format!(
            "{}{}",
            related.how.as_deref().unwrap_or_default(),
            internal(related.internal)
        );
        screen.labelled("  ", "    ", (&related.id, Look::Name), &how, Look::Plain);
    }
    if !page.attachments.is_empty() {
        screen.heading("Attachments");
    }
    for attachment in &page.attachments {
        let file = format!("{}{}", attachment.file, internal(attachment.internal));
        screen.beside("  ", &file, Look::Name);
        for words in [&attachment.caption, &attachment.alt].into_iter().flatten() {
            screen.beside("    ", words, Look::Plain);
        }
    }
    if !page.links.is_empty() || !page.sources.is_empty() {
        screen.heading("Sources");
    }
    for link in &page.links {
        source(link, screen);
    }
    let unlisted = page.sources.iter();
    for other in unlisted.filter(|source| source.id.is_none()) {
        source(other, screen);
    }
}

fn source(source: &SourceView, screen: &mut Screen) {
    let id = source.id.as_deref().unwrap_or("-");
    let id = padded(&screen.paint(Look::Name, id), 4);
    let title = format!("{}{}", source.title, internal(source.internal));
    screen.beside(&format!("  {id} "), &title, Look::Plain);
    if let Some(url) = &source.url {
        screen.beside("       ", url, Look::Faint);
    }
}

/// Who took part, the review and an organisation's own fields.
pub fn internal_facts(page: &Page, screen: &mut Screen) {
    let has_any = page.owner.is_some()
        || !page.people.is_empty()
        || page.review.is_some()
        || !page.custom.is_empty();
    if !has_any {
        return;
    }
    screen.heading("Who, and what else is internal");
    field(screen, "owner", page.owner.as_ref().map(called));
    for one in &page.people {
        let about = person(one);
        match about.is_empty() {
            true => screen.beside("  ", &one.key, Look::Faint),
            false => field(screen, &one.key, Some(&about)),
        }
    }
    if let Some(review) = &page.review {
        let reviewers: Vec<&str> = review.reviewers.iter().map(called).collect();
        let reviewers = (!reviewers.is_empty()).then(|| reviewers.join(", "));
        field(screen, "reviewed by", reviewers.as_deref());
        field(
            screen,
            "reviewed on",
            review.date.as_ref().map(|date| date.text.as_str()),
        );
        field(screen, "shared with", review.shared_with.as_deref());
        field(
            screen,
            "shared on",
            review.shared_on.as_ref().map(|date| date.text.as_str()),
        );
    }
    for one in &page.custom {
        field(screen, &one.name, Some(&one.value));
    }
}

/// How colleagues call somebody: by name, else by the short name of the document.
pub fn called(person: &PersonView) -> &str {
    person.name.as_deref().unwrap_or(&person.key)
}

/// Name, role and team of somebody, and where to reach them.
fn person(person: &PersonView) -> String {
    let parts = [
        &person.name,
        &person.role,
        &person.team,
        &person.handle,
        &person.email,
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(", ")
}

fn named(source: &SourceView) -> String {
    match &source.url {
        Some(url) if *url != source.title => format!("{} {url}", source.title),
        _ => source.title.clone(),
    }
}

/// A name and what stands behind it.
fn field(screen: &mut Screen, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        let label = format!("{name}:");
        screen.labelled("  ", "    ", (&label, Look::Faint), value, Look::Plain);
    }
}
