use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::Key;
use crate::path;
use crate::text::nearest;
use crate::yaml::Path;

pub const RULE: Rule = Rule::checked(
    "unresolved-reference",
    Class::Wrong,
    include_str!("unresolved-reference.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    people(subject, findings);
    causes(subject, findings);
    links(subject, findings);
    services(subject, findings);
    words_of_the_organisation(subject, findings);
}

/// What a kind of reference may name, and how it is said.
struct Names<'a> {
    known: HashSet<&'a str>,
    what: &'static str,
    remedy: fn(&str) -> String,
}

impl<'a> Names<'a> {
    fn new(
        known: impl IntoIterator<Item = &'a str>,
        what: &'static str,
        remedy: fn(&str) -> String,
    ) -> Self {
        let known = known.into_iter().collect();
        Self {
            known,
            what,
            remedy,
        }
    }

    fn look_up(&self, findings: &mut Findings<'_>, name: &str, path: impl FnOnce() -> Path) {
        if !self.known.contains(name) {
            findings.add(self.unknown(findings, name, &path()));
        }
    }

    fn unknown(&self, findings: &Findings<'_>, name: &str, path: &Path) -> Diagnostic {
        let finding = findings.on(path, format!("`{name}` is no {}", self.what));
        // Sets have no order; of two that are equally near the first by name is offered.
        let mut known: Vec<&str> = self.known.iter().copied().collect();
        known.sort_unstable();
        match nearest(name, known) {
            // Of ids such as `C1` every one is near to every other.
            Some(near) if name.len() > 2 => finding.help(format!("did you mean `{near}`?")),
            _ => finding.help((self.remedy)(name)),
        }
    }
}

fn people(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    if subject.has_lost("people") {
        return;
    }
    let known = postmortem.people.keys().chain(subject.config.people.keys());
    let names = Names::new(known.map(Key::as_str), "key of `people`", |name| {
        format!("add `{name}: {{role: …}}` under `people`")
    });
    if let Some(owner) = &postmortem.owner {
        names.look_up(findings, owner.as_str(), || path!["owner"]);
    }
    for (index, event) in postmortem.timeline.iter().enumerate() {
        if let Some(by) = &event.by {
            names.look_up(findings, by.as_str(), || path!["timeline", index, "by"]);
        }
    }
    for (index, action) in postmortem.actions.iter().enumerate() {
        if let Some(owner) = &action.owner {
            names.look_up(findings, owner.as_str(), || {
                path!["actions", index, "owner"]
            });
        }
    }
    let reviewers = postmortem
        .review
        .iter()
        .flat_map(|review| &review.reviewers);
    for (index, reviewer) in reviewers.enumerate() {
        let path = || path!["review", "reviewers", index];
        names.look_up(findings, reviewer.as_str(), path);
    }
}

fn causes(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    if subject.has_lost("causes") {
        return;
    }
    let known = postmortem.causes.iter().map(|cause| cause.id.as_str());
    let names = Names::new(known, "id of a cause", |name| {
        format!("add a cause with `id: {name}`, or take the reference out")
    });
    for (index, cause) in postmortem.causes.iter().enumerate() {
        for (at, because) in cause.because.iter().enumerate() {
            let path = || path!["causes", index, "because", at];
            names.look_up(findings, because.as_str(), path);
        }
    }
    for (index, action) in postmortem.actions.iter().enumerate() {
        for (at, cause) in action.r#for.iter().enumerate() {
            let path = || path!["actions", index, "for", at];
            names.look_up(findings, cause.as_str(), path);
        }
    }
}

fn links(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    if subject.has_lost("links") {
        return;
    }
    let known = postmortem.links.iter().map(|link| link.id.as_str());
    let names = Names::new(known, "id of a link", |name| {
        format!("add `{{id: {name}, url: …}}` under `links`, or write the address itself")
    });
    for (index, source) in postmortem.sources.iter().enumerate() {
        if is_one_word(source) {
            names.look_up(findings, source, || path!["sources", index]);
        }
    }
    for (index, event) in postmortem.timeline.iter().enumerate() {
        if let Some(source) = event.source.as_deref().filter(|text| is_one_word(text)) {
            names.look_up(findings, source, || path!["timeline", index, "source"]);
        }
    }
    for (index, cause) in postmortem.causes.iter().enumerate() {
        for (at, evidence) in cause.evidence.iter().enumerate() {
            if is_like_a_link_id(&evidence.what) {
                let item = path!["causes", index, "evidence", at];
                let alone = evidence.detail.is_none() && !evidence.internal;
                let path = || if alone { item } else { item.then("what") };
                names.look_up(findings, &evidence.what, path);
            }
        }
    }
}

/// Whether a text can only be an id: neither an address nor words.
fn is_one_word(text: &str) -> bool {
    text.parse::<Key>().is_ok()
}

/// Whether a text that may also be a sentence looks like the id of a link, such as `S1`.
fn is_like_a_link_id(text: &str) -> bool {
    let letters = text.trim_end_matches(|c: char| c.is_ascii_digit());
    is_one_word(text)
        && text.len() <= 8
        && letters.len() < text.len()
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn services(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    if !subject.config.services.is_empty() {
        let known = subject.config.services.iter().map(String::as_str);
        let catalogue = Names::new(known, "service of the catalogue", |name| {
            format!("add `{name}` to `services` in `postmortem.toml`")
        });
        for (index, service) in postmortem.services.iter().enumerate() {
            catalogue.look_up(findings, service, || path!["services", index]);
        }
    }
    if postmortem.services.is_empty() || subject.has_lost("services") {
        return;
    }
    let listed = postmortem.services.iter().map(String::as_str);
    let names = Names::new(listed, "service of this document", |name| {
        format!("add `{name}` to the `services` at the top")
    });
    let windows = postmortem.impact.iter().flat_map(|impact| &impact.services);
    for (index, window) in windows.enumerate() {
        let path = || path!["impact", "services", index, "service"];
        names.look_up(findings, &window.service, path);
    }
    for (index, event) in postmortem.timeline.iter().enumerate() {
        for (at, service) in event.services.iter().enumerate() {
            let path = || path!["timeline", index, "services", at];
            names.look_up(findings, service, path);
        }
    }
}

fn words_of_the_organisation(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let config = subject.config;
    if let Some(severity) = &subject.postmortem.severity {
        let known = config.severities.iter().map(|level| level.name.as_str());
        let names = Names::new(known, "severity of the configuration", |_| {
            "`severities` in `postmortem.toml` names the levels; without it they are `sev1` to `sev5`"
                .to_owned()
        });
        names.look_up(findings, severity, || path!["severity"]);
    }
    for (index, cause) in subject.postmortem.causes.iter().enumerate() {
        let Some(category) = &cause.category else {
            continue;
        };
        if config.knows_category(category) {
            continue;
        }
        let usual = crate::model::Category::USUAL.into_iter();
        let known = usual.chain(config.categories.iter().map(String::as_str));
        let names = Names::new(known, "category of causes", |name| {
            format!("add `{name}` to `categories` in `postmortem.toml`, or write `unknown`")
        });
        let path = || path!["causes", index, "category"];
        names.look_up(findings, &category.0, path);
    }
}
