//! Floor 4: what the public may read.
//!
//! A public document is built anew from an allow-list: every struct is constructed field by field,
//! so that a field the format gains later stays inside until somebody decides otherwise.

mod addresses;
mod decoded;
mod dictionary;
mod headings;
mod hosts;
mod internal_words;
mod leaks;
mod names;
mod people;
mod plain;
mod references;
mod removed;
mod skeleton;
mod slugs;
mod stripped;
mod tickets;

#[cfg(test)]
mod tests;

pub use internal_words::{InternalWord, WordKind, internal_words};
pub use leaks::{Inside, Leak};
pub use removed::{Reason, Removed};

use crate::config::Config;
use crate::model::{
    Action, Attachment, Cause, DataImpact, Dependency, Detection, Event, Figure, Impact, Lessons,
    Link, Postmortem, Recovery, Related, ServiceImpact, ServiceObjective, TextItem,
};

use people::Roles;
use references::References;

/// The document as everyone may read it: without what is marked internal and what is internal by
/// nature.
///
/// Items with `internal: true` are gone, and with them what refers to them. People are roles under
/// neutral keys. Links, sources and evidence stay only with an address outside, and no text keeps an
/// address inside.
pub fn public(postmortem: &Postmortem, config: &Config) -> Postmortem {
    let references = References::of(postmortem, config);
    let roles = Roles::of(postmortem, config);
    let mut public = Postmortem {
        version: postmortem.version,
        id: postmortem.id.clone(),
        title: postmortem.title.clone(),
        severity: postmortem.severity.clone(),
        status: postmortem.status,
        stage: postmortem.stage,
        view: postmortem.view,
        timezone: postmortem.timezone,
        owner: None,
        services: postmortem.services.clone(),
        tags: postmortem.tags.clone(),
        sources: references.sources(&postmortem.sources),
        summary: postmortem.summary.clone(),
        background: postmortem.background.clone(),
        impact: postmortem.impact.as_ref().map(impact),
        detection: postmortem.detection.as_ref().map(detection),
        causes: visible(&postmortem.causes, |cause| cause.internal)
            .map(|cause| public_cause(cause, &references))
            .collect(),
        timeline: visible(&postmortem.timeline, |event| event.internal)
            .map(|event| public_event(event, &references))
            .collect(),
        unrecorded: postmortem.unrecorded.clone(),
        recovery: postmortem.recovery.as_ref().map(recovery),
        dependencies: visible(&postmortem.dependencies, |dependency| dependency.internal)
            .map(dependency)
            .collect(),
        lessons: postmortem.lessons.as_ref().map(lessons),
        actions: visible(&postmortem.actions, |action| action.internal)
            .map(|action| public_action(action, &references, &roles))
            .collect(),
        related: visible(&postmortem.related, |related| related.internal)
            .map(related)
            .collect(),
        glossary: postmortem.glossary.clone(),
        links: postmortem
            .links
            .iter()
            .filter(|link| references.keeps(link))
            .map(link)
            .collect(),
        attachments: visible(&postmortem.attachments, |attachment| attachment.internal)
            .filter(|attachment| is_beside_the_document(&attachment.file))
            .map(attachment)
            .collect(),
        people: roles.into_people(),
        review: None,
        internal_notes: None,
        custom: Default::default(),
    };
    addresses::take_out(&mut public, &config.public);
    public
}

/// Whether a path stays in the document's folder; any other tells where files lie inside.
fn is_beside_the_document(file: &str) -> bool {
    let climbs = file.split('/').any(|part| part == "..");
    !climbs && !file.starts_with(['/', '~']) && !file.contains(['\\', ':'])
}

fn visible<T>(items: &[T], internal: impl Fn(&T) -> bool) -> impl Iterator<Item = &T> {
    items.iter().filter(move |item| !internal(item))
}

fn impact(impact: &Impact) -> Impact {
    Impact {
        summary: impact.summary.clone(),
        services: visible(&impact.services, |window| window.internal)
            .map(window)
            .collect(),
        figures: visible(&impact.figures, |figure| figure.internal)
            .map(figure)
            .collect(),
        data: impact.data.as_ref().map(data),
        slo: impact.slo.as_deref().and_then(objectives),
    }
}

/// The objectives that others may see. Where none of them is, nothing is said: an empty list would say
/// that nothing is promised.
fn objectives(promised: &[ServiceObjective]) -> Option<Vec<ServiceObjective>> {
    let shown: Vec<_> = visible(promised, |objective| objective.internal)
        .map(objective)
        .collect();
    (promised.is_empty() || !shown.is_empty()).then_some(shown)
}

fn window(window: &ServiceImpact) -> ServiceImpact {
    ServiceImpact {
        service: window.service.clone(),
        effect: window.effect,
        from: window.from.clone(),
        until: window.until.clone(),
        share: window.share.clone(),
        about: window.about,
        note: None,
        internal: false,
    }
}

fn figure(figure: &Figure) -> Figure {
    Figure {
        what: figure.what.clone(),
        value: figure.value.clone(),
        unit: figure.unit.clone(),
        measured: figure.measured,
        detail: figure.detail.clone(),
        internal: false,
    }
}

fn data(data: &DataImpact) -> DataImpact {
    DataImpact {
        state: data.state,
        from: data.from.clone(),
        until: data.until.clone(),
        what: data.what.clone(),
        detail: data.detail.clone(),
        about: data.about,
        note: None,
    }
}

fn objective(objective: &ServiceObjective) -> ServiceObjective {
    ServiceObjective {
        name: objective.name.clone(),
        target: objective.target.clone(),
        window: objective.window.clone(),
        bad: objective.bad.clone(),
        total: objective.total.clone(),
        internal: false,
    }
}

fn detection(detection: &Detection) -> Detection {
    Detection {
        by: detection.by,
        how: detection.how.clone(),
    }
}

fn public_cause(cause: &Cause, references: &References<'_>) -> Cause {
    Cause {
        id: cause.id.clone(),
        role: cause.role,
        state: cause.state,
        category: cause.category.clone(),
        what: cause.what.clone(),
        detail: cause.detail.clone(),
        because: references.causes(&cause.because),
        evidence: visible(&cause.evidence, |item| item.internal)
            .filter(|item| references.allows_evidence(&item.what))
            .map(text_item)
            .collect(),
        accepted: cause.accepted.clone(),
        internal: false,
    }
}

fn public_event(event: &Event, references: &References<'_>) -> Event {
    Event {
        at: event.at.clone(),
        until: event.until.clone(),
        kind: event.kind.clone(),
        services: event.services.clone(),
        what: event.what.clone(),
        detail: event.detail.clone(),
        by: None,
        audience: event.audience,
        channel: event.channel.clone(),
        source: event
            .source
            .clone()
            .filter(|source| references.allows_source(source)),
        key: event.key,
        about: event.about,
        note: None,
        internal: false,
    }
}

fn recovery(recovery: &Recovery) -> Recovery {
    Recovery {
        how: recovery.how.clone(),
        method: recovery.method,
        permanent: recovery.permanent,
        plan: None,
        rto: recovery.rto.clone(),
        rpo: recovery.rpo.clone(),
    }
}

fn dependency(dependency: &Dependency) -> Dependency {
    Dependency {
        name: dependency.name.clone(),
        provider: dependency.provider.clone(),
        failed: dependency.failed,
        fallback: dependency.fallback,
        fallback_worked: dependency.fallback_worked,
        what: dependency.what.clone(),
        detail: dependency.detail.clone(),
        internal: false,
    }
}

fn lessons(lessons: &Lessons) -> Lessons {
    let list = |items: &[TextItem]| {
        visible(items, |item| item.internal)
            .map(text_item)
            .collect()
    };
    Lessons {
        went_well: list(&lessons.went_well),
        went_wrong: list(&lessons.went_wrong),
        got_lucky: list(&lessons.got_lucky),
        surprises: list(&lessons.surprises),
    }
}

fn text_item(item: &TextItem) -> TextItem {
    TextItem {
        what: item.what.clone(),
        detail: item.detail.clone(),
        internal: false,
    }
}

fn public_action(action: &Action, references: &References<'_>, roles: &Roles) -> Action {
    Action {
        id: action.id.clone(),
        what: action.what.clone(),
        detail: action.detail.clone(),
        kind: action.kind,
        r#for: references.causes(&action.r#for),
        owner: action.owner.as_ref().and_then(|owner| roles.key(owner)),
        priority: action.priority,
        due: action.due,
        status: action.status,
        done_on: action.done_on,
        outcome: action.outcome.clone(),
        reason: action.reason.clone(),
        ticket: None,
        internal: false,
    }
}

fn related(related: &Related) -> Related {
    Related {
        id: related.id.clone(),
        how: related.how,
        internal: false,
    }
}

fn link(link: &Link) -> Link {
    Link {
        id: link.id.clone(),
        title: link.title.clone(),
        url: link.url.clone(),
        internal: false,
    }
}

fn attachment(attachment: &Attachment) -> Attachment {
    Attachment {
        file: attachment.file.clone(),
        caption: attachment.caption.clone(),
        alt: attachment.alt.clone(),
        internal: false,
    }
}
