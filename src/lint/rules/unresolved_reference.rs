use std::cell::Cell;

use crate::diagnostic::{Diagnostic, Fix};
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::Key;
use crate::path;
use crate::text::{nearest, only_near};
use crate::yaml::Path;

pub const RULE: Rule = Rule::checked(
    "unresolved-reference",
    Class::Wrong,
    include_str!("unresolved-reference.md"),
    check,
)
.that_fixes();

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let guesses = Cell::new(MOST_GUESSES);
    people(subject, findings, &guesses);
    causes(subject, findings, &guesses);
    links(subject, findings, &guesses);
    services(subject, findings, &guesses);
    words_of_the_organisation(subject, findings, &guesses);
    addresses(subject, findings);
}

/// A guess compares a name with all that are known; these two keep a long file from taking for ever.
const MOST_GUESSES: usize = 20;
const MOST_CANDIDATES: usize = 300;

/// What a kind of reference may name, and how it is said.
struct Names<'a> {
    /// In their own order.
    named: Vec<&'a str>,
    /// By name.
    known: Vec<&'a str>,
    /// How many more guesses the file may take.
    guesses: &'a Cell<usize>,
    what: &'static str,
    remedy: fn(&str) -> String,
}

impl<'a> Names<'a> {
    fn new(
        known: impl IntoIterator<Item = &'a str>,
        what: &'static str,
        remedy: fn(&str) -> String,
        guesses: &'a Cell<usize>,
    ) -> Self {
        let named: Vec<&str> = known.into_iter().collect();
        let mut known = named.clone();
        known.sort_unstable();
        Self {
            named,
            known,
            guesses,
            what,
            remedy,
        }
    }

    fn look_up(&self, findings: &mut Findings<'_>, name: &str, path: impl FnOnce() -> Path) {
        if self.known.binary_search(&name).is_err() {
            findings.add(self.unknown(findings, name, &path()));
        }
    }

    fn unknown(&self, findings: &Findings<'_>, name: &str, path: &Path) -> Diagnostic {
        let finding = findings.on(path, format!("`{name}` is no {}", self.what));
        let left = self.guesses.get();
        // Of ids such as `C1` every one is near to every other.
        if name.len() > 2 && left > 0 {
            self.guesses.set(left - 1);
            // Of two that are equally near the first by name is offered.
            let mut candidates: Vec<&str> =
                self.named.iter().copied().take(MOST_CANDIDATES).collect();
            candidates.sort_unstable();
            if let Some(near) = nearest(name, candidates.iter().copied()) {
                let finding = finding.help(format!("did you mean `{near}`?"));
                let place = finding.place.span.clone();
                let meant = only_near(name, candidates.iter().copied());
                return match meant.filter(|_| findings.written_at(&place) == name) {
                    // A name that differs by a letter may be somebody else's.
                    Some((meant, _)) => {
                        let is_sure = meant.eq_ignore_ascii_case(name);
                        let what = format!("write `{meant}`");
                        finding.fixed_by(Fix::replacing(what, is_sure, place, meant))
                    }
                    None => finding,
                };
            }
        }
        finding.help((self.remedy)(name))
    }
}

fn people(subject: &Subject<'_>, findings: &mut Findings<'_>, guesses: &Cell<usize>) {
    let postmortem = subject.postmortem;
    if subject.has_lost("people") {
        return;
    }
    let known = postmortem.people.keys().chain(subject.config.people.keys());
    let names = Names::new(
        known.map(Key::as_str),
        "key of `people`",
        |name| format!("add `{name}: {{role: …}}` under `people`"),
        guesses,
    );
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

fn causes(subject: &Subject<'_>, findings: &mut Findings<'_>, guesses: &Cell<usize>) {
    let postmortem = subject.postmortem;
    if subject.has_lost("causes") {
        return;
    }
    let known = postmortem.causes.iter().map(|cause| cause.id.as_str());
    let names = Names::new(
        known,
        "id of a cause",
        |name| format!("add a cause with `id: {name}`, or take the reference out"),
        guesses,
    );
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

fn links(subject: &Subject<'_>, findings: &mut Findings<'_>, guesses: &Cell<usize>) {
    let postmortem = subject.postmortem;
    if subject.has_lost("links") {
        return;
    }
    let known = postmortem.links.iter().map(|link| link.id.as_str());
    let names = Names::new(
        known,
        "id of a link",
        |name| format!("add `{{id: {name}, url: …}}` under `links`, or write the address itself"),
        guesses,
    );
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

fn services(subject: &Subject<'_>, findings: &mut Findings<'_>, guesses: &Cell<usize>) {
    let postmortem = subject.postmortem;
    if !subject.config.services.is_empty() {
        let known = subject.config.services.iter().map(String::as_str);
        let catalogue = Names::new(
            known,
            "service of the catalogue",
            |name| format!("add `{name}` to `services` in `postmortem.toml`"),
            guesses,
        );
        for (index, service) in postmortem.services.iter().enumerate() {
            catalogue.look_up(findings, service, || path!["services", index]);
        }
    }
    let of_document = !postmortem.services.is_empty();
    let of_catalogue = !subject.config.services.is_empty();
    if !(of_document || of_catalogue) || subject.has_lost("services") {
        return;
    }
    let listed = match of_document {
        true => &postmortem.services,
        false => &subject.config.services,
    };
    let (what, remedy): (_, fn(&str) -> String) = match of_document {
        true => ("service of this document", |name| {
            format!("add `{name}` to the `services` at the top")
        }),
        false => ("service of the catalogue", |name| {
            format!("add `{name}` to `services` in `postmortem.toml`")
        }),
    };
    let names = Names::new(listed.iter().map(String::as_str), what, remedy, guesses);
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

fn words_of_the_organisation(
    subject: &Subject<'_>,
    findings: &mut Findings<'_>,
    guesses: &Cell<usize>,
) {
    let config = subject.config;
    if let Some(severity) = &subject.postmortem.severity {
        let known = config.severities.iter().map(|level| level.name.as_str());
        let names = Names::new(
            known,
            "severity of the configuration",
            |_| {
                "`severities` in `postmortem.toml` names the levels; without it they are `sev1` to `sev5`"
                .to_owned()
            },
            guesses,
        );
        names.look_up(findings, severity, || path!["severity"]);
    }
    let usual = crate::model::Category::USUAL.into_iter();
    let known = usual.chain(config.categories.iter().map(String::as_str));
    let names = Names::new(
        known,
        "category of causes",
        |name| format!("add `{name}` to `categories` in `postmortem.toml`, or write `unknown`"),
        guesses,
    );
    for (index, cause) in subject.postmortem.causes.iter().enumerate() {
        let Some(category) = &cause.category else {
            continue;
        };
        if !config.knows_category(category) {
            let path = || path!["causes", index, "category"];
            names.look_up(findings, &category.0, path);
        }
    }
}

/// What is neither the id of a link nor an address leads nowhere.
fn addresses(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let leads_nowhere = |source: &str| !is_one_word(source) && !is_address(source);
    let sources = postmortem.sources.iter().enumerate();
    let of_document = sources.map(|(index, source)| (source, path!["sources", index]));
    let events = postmortem.timeline.iter().enumerate();
    let of_events = events.filter_map(|(index, event)| {
        Some((event.source.as_ref()?, path!["timeline", index, "source"]))
    });
    for (source, path) in of_document.chain(of_events) {
        if leads_nowhere(source) {
            let message = format!("`{source}` is neither the id of a link nor an address");
            findings.add(findings.on(&path, message).help(
                "write the address with its scheme and host, `https://example.com/1`, or add it under `links` and write its id here",
            ));
        }
    }
    for (index, link) in postmortem.links.iter().enumerate() {
        if !leads_to_a_page(&link.url) {
            let message = format!("`{}` is no address of the web", link.url);
            findings.add(
                findings
                    .on(&path!["links", index, "url"], message)
                    .help("write it with its scheme and host, `https://example.com/1`, or as `mailto:` and an address"),
            );
        }
    }
}

/// Whether a browser can follow it from a page.
fn leads_to_a_page(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or("");
    let known = ["http", "https", "mailto"];
    known.iter().any(|word| scheme.eq_ignore_ascii_case(word)) && is_address(url)
}

/// Whether it is `scheme://host…`, or `mailto:` with somebody's address.
fn is_address(text: &str) -> bool {
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return false;
    }
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    if scheme.eq_ignore_ascii_case("mailto") {
        let to = rest.split('?').next().unwrap_or("");
        return to
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    }
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-'));
    let authority = rest
        .strip_prefix("//")
        .and_then(|rest| rest.split(['/', '?', '#']).next());
    let host = authority.and_then(|authority| authority.rsplit('@').next());
    is_scheme
        && host.is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || c == '['))
}

#[cfg(test)]
mod tests {
    use super::{is_address, leads_to_a_page};

    #[test]
    fn an_address_has_a_scheme_and_a_host() {
        for address in [
            "https://example.com",
            "HTTP://wiki/x?y#z",
            "slack://T1/C2",
            "https://user@[::1]:80/",
            "mailto:jane@example.com?subject=x",
        ] {
            assert!(is_address(address), "{address}");
        }
        for other in [
            "see wiki",
            "http//x",
            "https://",
            "https:///x",
            "https:example.com",
            "://x",
            "mailto:jane",
            "https://exa mple.com",
            "",
        ] {
            assert!(!is_address(other), "{other}");
        }
        assert!(!leads_to_a_page("ftp://example.com") && !leads_to_a_page("javascript://x/%0a"));
    }
}
