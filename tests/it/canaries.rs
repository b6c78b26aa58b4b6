//! Documents that sing where they are internal.

use std::collections::BTreeMap;

use postmortem::config::Config;
use postmortem::model::*;

/// A template that prints all there is: every name, with everything below it.
pub const EVERYTHING: &str = "{% for name in [audience, id, title, severity, status, stage, view, asks, zone, period, owner, people, services, tags, sources, summary, background, tiles, durations, milestones, drawing, impact, detection, causes, factors, timeline, events, public_words, unrecorded, recovery, dependencies, lessons, actions, related, glossary, links, attachments, review, internal_notes, custom, contents, as_of, metadata] %}{{ name }}\n{% endfor %}";

/// A word that stands in no document by chance.
pub const CANARY: &str = "kanarienvogel";

fn canary() -> Option<String> {
    Some(format!("a {CANARY} sings"))
}

fn canary_key() -> Key {
    CANARY.parse().expect("a key")
}

/// Sings in everything internal, and in nothing else.
pub fn with_canaries(mut document: Postmortem) -> Postmortem {
    let sing = |text: &mut String| *text = format!("a {CANARY} sings");
    document.owner = Some(canary_key());
    document.internal_notes = canary();
    document.review = Some(Review {
        reviewers: vec![canary_key()],
        ..Review::default()
    });
    let secret = Free::Text(CANARY.to_owned());
    document.custom = BTreeMap::from([(CANARY.to_owned(), secret)]);
    let person = Person {
        name: canary(),
        handle: canary(),
        email: canary(),
        ..Person::default()
    };
    document.people.insert(canary_key(), person);
    for person in document.people.values_mut() {
        person.name = canary();
        person.handle = canary();
        person.email = canary();
    }
    if let Some(recovery) = &mut document.recovery {
        recovery.plan = canary();
    }
    if let Some(data) = document
        .impact
        .as_mut()
        .and_then(|impact| impact.data.as_mut())
    {
        data.note = canary();
    }
    for event in &mut document.timeline {
        event.by = Some(canary_key());
        event.note = canary();
        event.source = Some(format!("https://{CANARY}.corp.example/x"));
        if event.internal {
            sing(&mut event.what);
            (event.detail, event.channel) = (canary(), canary());
            event.services = vec![CANARY.to_owned()];
        }
    }
    for cause in &mut document.causes {
        cause.evidence.push(TextItem {
            internal: true,
            detail: canary(),
            ..TextItem::from(CANARY)
        });
        cause
            .evidence
            .push(TextItem::from(&*format!("http://{CANARY}/intranet")));
        if cause.internal {
            sing(&mut cause.what);
            (cause.detail, cause.accepted) = (canary(), canary());
            cause.category = Some(Category(CANARY.to_owned()));
        }
    }
    for action in &mut document.actions {
        action.ticket = Some(format!("https://tickets.example/{CANARY}"));
        action.owner = Some(canary_key());
        if action.internal {
            sing(&mut action.what);
            (action.detail, action.outcome, action.reason) = (canary(), canary(), canary());
        }
    }
    for dependency in &mut document.dependencies {
        if dependency.internal {
            sing(&mut dependency.name);
            (dependency.provider, dependency.what, dependency.detail) =
                (canary(), canary(), canary());
        }
    }
    let lessons = document.lessons.iter_mut().flat_map(|lessons| {
        lessons
            .went_well
            .iter_mut()
            .chain(&mut lessons.went_wrong)
            .chain(&mut lessons.got_lucky)
            .chain(&mut lessons.surprises)
    });
    for item in lessons.filter(|item| item.internal) {
        sing(&mut item.what);
        item.detail = canary();
    }
    if let Some(impact) = &mut document.impact {
        for window in &mut impact.services {
            window.note = canary();
            if window.internal {
                sing(&mut window.service);
            }
        }
        for figure in impact.figures.iter_mut().filter(|figure| figure.internal) {
            sing(&mut figure.what);
            (figure.unit, figure.detail) = (canary(), canary());
        }
        for objective in impact
            .slo
            .iter_mut()
            .flatten()
            .filter(|objective| objective.internal)
        {
            sing(&mut objective.name);
        }
    }
    for link in &mut document.links {
        if link.internal {
            sing(&mut link.url);
            link.title = canary();
        }
    }
    document.links.push(Link {
        id: canary_key(),
        title: canary(),
        url: format!("https://wiki.corp.example/{CANARY}"),
        internal: false,
    });
    document.sources.push(CANARY.to_owned());
    for attachment in document.attachments.iter_mut().filter(|file| file.internal) {
        sing(&mut attachment.file);
        (attachment.caption, attachment.alt) = (canary(), canary());
    }
    for related in document
        .related
        .iter_mut()
        .filter(|related| related.internal)
    {
        related.id = format!("2024-01-01-{CANARY}").parse().expect("an id");
    }
    document
}

pub fn inside() -> Config {
    let mut config = Config::default();
    config.public.internal_hosts = vec!["*.corp.example".to_owned()];
    config
}
