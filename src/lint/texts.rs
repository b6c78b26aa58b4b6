use crate::model::{Lessons, Postmortem, TextItem};
use crate::path;
use crate::yaml::Path;

/// What kind of text stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words for a reader, Markdown or plain.
    Prose,
    /// Output, an excerpt: somebody else's words.
    Excerpt,
}

/// Takes a text, its kind, and a way to make its path.
pub type Visit<'v, 'a> = dyn FnMut(&'a str, Kind, &dyn Fn() -> Path) + 'v;

/// Shows every text of a document that people write in sentences; the way to it is made only if asked for.
pub fn each_text<'a>(postmortem: &'a Postmortem, visit: &mut Visit<'_, 'a>) {
    let mut prose = |text: Option<&'a String>, path: &dyn Fn() -> Path| {
        if let Some(text) = text {
            visit(text, Kind::Prose, path);
        }
    };
    prose(Some(&postmortem.title), &|| path!["title"]);
    prose(postmortem.summary.as_ref(), &|| path!["summary"]);
    prose(postmortem.background.as_ref(), &|| path!["background"]);
    prose(postmortem.internal_notes.as_ref(), &|| {
        path!["internal_notes"]
    });
    for (index, service) in postmortem.services.iter().enumerate() {
        prose(Some(service), &|| path!["services", index]);
    }
    for (index, tag) in postmortem.tags.iter().enumerate() {
        prose(Some(tag), &|| path!["tags", index]);
    }
    if let Some(detection) = &postmortem.detection {
        prose(detection.how.as_ref(), &|| path!["detection", "how"]);
    }
    if let Some(recovery) = &postmortem.recovery {
        prose(recovery.how.as_ref(), &|| path!["recovery", "how"]);
        prose(recovery.plan.as_ref(), &|| path!["recovery", "plan"]);
    }
    for (word, meaning) in &postmortem.glossary {
        prose(Some(meaning), &|| path!["glossary", word.as_str()]);
    }
    for (key, person) in &postmortem.people {
        let of = |field: &'static str| path!["people", key.as_str(), field];
        prose(person.name.as_ref(), &|| of("name"));
        prose(person.role.as_ref(), &|| of("role"));
        prose(person.team.as_ref(), &|| of("team"));
    }
    for (index, link) in postmortem.links.iter().enumerate() {
        prose(link.title.as_ref(), &|| path!["links", index, "title"]);
        prose(Some(&link.url), &|| path!["links", index, "url"]);
    }
    for (index, attachment) in postmortem.attachments.iter().enumerate() {
        let of = |field: &'static str| path!["attachments", index, field];
        prose(attachment.caption.as_ref(), &|| of("caption"));
        prose(attachment.alt.as_ref(), &|| of("alt"));
    }
    of_impact(postmortem, visit);
    of_lists(postmortem, visit);
}

fn of_impact<'a>(postmortem: &'a Postmortem, visit: &mut Visit<'_, 'a>) {
    let Some(impact) = &postmortem.impact else {
        return;
    };
    if let Some(summary) = &impact.summary {
        visit(summary, Kind::Prose, &|| path!["impact", "summary"]);
    }
    for (index, figure) in impact.figures.iter().enumerate() {
        let of = |field: &'static str| path!["impact", "figures", index, field];
        visit(&figure.what, Kind::Prose, &|| of("what"));
        detail(figure.detail.as_ref(), visit, &|| of("detail"));
    }
    for (index, window) in impact.services.iter().enumerate() {
        if let Some(note) = &window.note {
            let path = || path!["impact", "services", index, "note"];
            visit(note, Kind::Prose, &path);
        }
    }
    if let Some(data) = &impact.data {
        if let Some(what) = &data.what {
            visit(what, Kind::Prose, &|| path!["impact", "data", "what"]);
        }
        detail(data.detail.as_ref(), visit, &|| {
            path!["impact", "data", "detail"]
        });
    }
}

fn of_lists<'a>(postmortem: &'a Postmortem, visit: &mut Visit<'_, 'a>) {
    for (index, cause) in postmortem.causes.iter().enumerate() {
        let of = |field: &'static str| path!["causes", index, field];
        visit(&cause.what, Kind::Prose, &|| of("what"));
        detail(cause.detail.as_ref(), visit, &|| of("detail"));
        if let Some(accepted) = &cause.accepted {
            visit(accepted, Kind::Prose, &|| of("accepted"));
        }
        items(&cause.evidence, visit, &|| of("evidence"));
    }
    for (index, event) in postmortem.timeline.iter().enumerate() {
        let of = |field: &'static str| path!["timeline", index, field];
        visit(&event.what, Kind::Prose, &|| of("what"));
        detail(event.detail.as_ref(), visit, &|| of("detail"));
        if let Some(note) = &event.note {
            visit(note, Kind::Prose, &|| of("note"));
        }
        if let Some(channel) = &event.channel {
            visit(channel, Kind::Prose, &|| of("channel"));
        }
    }
    for (index, dependency) in postmortem.dependencies.iter().enumerate() {
        let of = |field: &'static str| path!["dependencies", index, field];
        visit(&dependency.name, Kind::Prose, &|| of("name"));
        if let Some(provider) = &dependency.provider {
            visit(provider, Kind::Prose, &|| of("provider"));
        }
        if let Some(what) = &dependency.what {
            visit(what, Kind::Prose, &|| of("what"));
        }
        detail(dependency.detail.as_ref(), visit, &|| of("detail"));
    }
    for (index, action) in postmortem.actions.iter().enumerate() {
        let of = |field: &'static str| path!["actions", index, field];
        visit(&action.what, Kind::Prose, &|| of("what"));
        detail(action.detail.as_ref(), visit, &|| of("detail"));
        if let Some(outcome) = &action.outcome {
            visit(outcome, Kind::Prose, &|| of("outcome"));
        }
        if let Some(reason) = &action.reason {
            visit(reason, Kind::Prose, &|| of("reason"));
        }
        if let Some(ticket) = &action.ticket {
            visit(ticket, Kind::Prose, &|| of("ticket"));
        }
    }
    if let Some(lessons) = &postmortem.lessons {
        of_lessons(lessons, visit);
    }
}

fn of_lessons<'a>(lessons: &'a Lessons, visit: &mut Visit<'_, 'a>) {
    items(&lessons.went_well, visit, &|| path!["lessons", "went_well"]);
    items(&lessons.went_wrong, visit, &|| {
        path!["lessons", "went_wrong"]
    });
    items(&lessons.got_lucky, visit, &|| path!["lessons", "got_lucky"]);
    items(&lessons.surprises, visit, &|| path!["lessons", "surprises"]);
}

fn detail<'a>(text: Option<&'a String>, visit: &mut Visit<'_, 'a>, path: &dyn Fn() -> Path) {
    if let Some(text) = text {
        visit(text, Kind::Excerpt, path);
    }
}

fn items<'a>(items: &'a [TextItem], visit: &mut Visit<'_, 'a>, list: &dyn Fn() -> Path) {
    for (index, item) in items.iter().enumerate() {
        // Written as a text alone where nothing else is said of it.
        let alone = item.detail.is_none() && !item.internal;
        let of = |field: &'static str| list().then(index).then(field);
        visit(&item.what, Kind::Prose, &|| match alone {
            true => list().then(index),
            false => of("what"),
        });
        detail(item.detail.as_ref(), visit, &|| of("detail"));
    }
}

/// Shows the texts that tell how bad it was: the summary, the impact and the lessons.
pub fn each_claim_text<'a>(
    postmortem: &'a Postmortem,
    visit: &mut dyn FnMut(&'a str, &dyn Fn() -> Path),
) {
    if let Some(summary) = &postmortem.summary {
        visit(summary, &|| path!["summary"]);
    }
    let impact = postmortem.impact.as_ref();
    if let Some(summary) = impact.and_then(|impact| impact.summary.as_ref()) {
        visit(summary, &|| path!["impact", "summary"]);
    }
    if let Some(lessons) = &postmortem.lessons {
        of_lessons(lessons, &mut |text, kind, path| {
            if kind == Kind::Prose {
                visit(text, path);
            }
        });
    }
}
