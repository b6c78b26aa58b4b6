use std::collections::BTreeSet;

use serde_json::Value;

use crate::config::Config;
use crate::model::{Category, Key, Person, Postmortem};
use crate::yaml::Path;

use super::dictionary::{is_at_rule, is_particle, is_title, is_word};
use super::headings::is_heading;
use super::names::{both_ends, humps_apart, joined};
use super::plain::spellings;
use super::removed::{Parts, keys};
use super::skeleton::{Skeleton, View};
use super::tickets;

/// The shortest text, in characters, that is looked for; shorter ones stand everywhere.
const SHORTEST_TEXT: usize = 12;

/// A part of an address with letters and figures that has so many characters is no word.
const LONGEST_WORD: usize = 16;

/// How many of them have to be left without signs.
const FEWEST_LETTERS: usize = 8;

/// What a word is, which says how it is looked for and what to do where it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordKind {
    /// A name, a part of one, a handle or the key of somebody.
    Person,
    /// A mail address, or the part of it before `@`.
    Mail,
    /// A ticket: its address or its number.
    Ticket,
    /// An address.
    Address,
    /// A text, or a sentence of one.
    Text,
}

impl WordKind {
    /// How many characters have to be left of a word for it to mean anybody or anything.
    pub(super) fn shortest(self) -> usize {
        match self {
            Self::Person => 3,
            Self::Mail | Self::Ticket | Self::Address => 4,
            Self::Text => SHORTEST_TEXT,
        }
    }
}

/// A word that the public may not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InternalWord {
    /// As it stands in the document.
    pub text: String,
    /// Which field makes it internal.
    pub from: String,
    /// What it is.
    pub kind: WordKind,
    /// Whether it counts only with its capitals, because it is a word of texts too.
    pub with_case: bool,
    /// The sign that it needs to count, because it is a word or a number of texts too.
    pub sign: Option<Sign>,
}

/// A sign that stands directly at a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Before it, as in `@jd` and `#4412`.
    Before(char),
    /// Behind it, as in `rob@`.
    Behind(char),
}

/// Every word that makes a page internal, with the field that it comes from: what [`super::public`]
/// takes out of a document, and the people of the configuration.
///
/// Left out is what may be read all the same: the words of `public.words`, who is called as their own
/// role or team is, and what is too short or too common to mean anybody.
pub fn internal_words(postmortem: &Postmortem, config: &Config) -> Vec<InternalWord> {
    of_parts(&Parts::of(postmortem, config), postmortem, config)
}

pub(super) fn of_parts(
    parts: &Parts,
    postmortem: &Postmortem,
    config: &Config,
) -> Vec<InternalWord> {
    let mut words = Words::leaving_out(postmortem, config, parts);
    // What is a name in two fields is told by the one where it stands whole.
    let (people, others): (Vec<_>, Vec<_>) = parts
        .removed
        .iter()
        .partition(|removed| keys(&removed.path).first() == Some(&"people"));
    let (people, short): (Vec<_>, Vec<_>) = people
        .into_iter()
        .partition(|removed| removed.value.is_string());
    for removed in &people {
        words.value(&removed.path, &removed.value);
    }
    for removed in &short {
        if let ["people", key] = keys(&removed.path).as_slice() {
            words.short_name(key, &removed.path.to_string());
        }
    }
    for removed in &others {
        words.value(&removed.path, &removed.value);
    }
    for (key, person) in &config.people {
        let from = format!("people.{key} in the configuration");
        words.short_name(key.as_str(), &from);
        if let Some(name) = &person.name {
            words.name(name, &from);
        }
        if let Some(handle) = &person.handle {
            words.short_name(handle, &from);
        }
        if let Some(email) = &person.email {
            words.mail(email, &from);
        }
    }
    words.found
}

struct Words {
    found: Vec<InternalWord>,
    seen: BTreeSet<(String, bool, Option<Sign>)>,
    /// Skeletons of words that everyone may read.
    public: BTreeSet<String>,
    /// Skeletons of texts that name the incident and those who stand in it, on every page.
    said: BTreeSet<String>,
    /// Fields with the skeletons of what stays in them.
    kept: BTreeSet<(String, String)>,
}

impl Words {
    fn leaving_out(postmortem: &Postmortem, config: &Config, parts: &Parts) -> Self {
        let public = config.public.words.iter();
        let people = postmortem.people.iter().chain(&config.people);
        let own_roles = people.flat_map(|(key, person)| called_as_their_role(key, person));
        let categories = Category::USUAL.iter().copied();
        let categories = categories.chain(config.categories.iter().map(String::as_str));
        let categories = categories.map(|text| ("causes category".to_owned(), text));
        let services = config.services.iter();
        let services = services.map(|text| ("services".to_owned(), text.as_str()));
        let people = postmortem.people.values().chain(config.people.values());
        let roles = people.flat_map(|person| [&person.role, &person.team].into_iter().flatten());
        let said = roles.map(String::as_str).chain([postmortem.title.as_str()]);
        let said = said.map(skeleton).collect();
        let texts = parts.kept.iter();
        let kept = texts.map(|(path, text)| (field_of(path), text.as_str()));
        Self {
            found: Vec::new(),
            seen: BTreeSet::new(),
            public: public
                .flat_map(|word| [skeleton(word), skeleton(&joined(word))])
                .chain(own_roles.map(skeleton))
                .collect(),
            said,
            kept: kept
                .chain(categories)
                .chain(services)
                .map(|(field, text)| (field, skeleton(text)))
                .collect(),
        }
    }

    /// Takes every text of what is gone as its field asks.
    fn value(&mut self, path: &Path, value: &Value) {
        match value {
            Value::String(text) => self.field(path, text),
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.value(&path.clone().then(at), item);
                }
            }
            Value::Object(fields) => {
                for (key, field) in fields {
                    if keys(path).first() == Some(&"custom") {
                        self.label(key, &path.to_string());
                    }
                    self.value(&path.clone().then(key.as_str()), field);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn field(&mut self, path: &Path, text: &str) {
        let from = path.to_string();
        let keys = keys(path);
        match keys.as_slice() {
            ["custom", ..] => self.prose(text, &from),
            ["people", _, "name"] => self.name(text, &from),
            ["people", _, "email"] => self.mail(text, &from),
            ["people", _, "handle"] => self.short_name(text, &from),
            _ if is_of_person(path) => self.short_name(text, &from),
            ["actions", "ticket"] => self.ticket(text, &from),
            ["related" | "links" | "causes" | "actions", "id"] => self.id(text, &from),
            // Times, choices and references say nothing that a page could not say by itself.
            [
                ..,
                "at" | "until" | "from" | "due" | "done_on" | "date" | "shared_on" | "shared_with"
                | "kind" | "status" | "state" | "effect" | "audience" | "how" | "because" | "for"
                | "share" | "window" | "target" | "value" | "priority" | "fallback"
                | "fallback_worked",
            ] if keys.as_slice() != ["recovery", "how"] => {}
            ["causes", "role"] => {}
            // What the same field says where it stays is no word of the internal one.
            [
                ..,
                "services" | "service" | "name" | "provider" | "channel" | "category" | "unit"
                | "file",
            ] if self.kept.contains(&(field_of(path), skeleton(text))) => {}
            _ => self.prose(text, &from),
        }
    }

    fn name(&mut self, name: &str, from: &str) {
        let whole = skeleton(name);
        if !whole.contains(' ') {
            return self.part(name, from);
        }
        self.add(name, from, WordKind::Person, false);
        self.add(&joined(name), from, WordKind::Person, false);
        let joints = |c: char| c.is_whitespace() || matches!(c, '-' | '.' | ',' | '(' | ')' | '"');
        let parts: Vec<&str> = name.split(joints).filter(|part| !part.is_empty()).collect();
        for (at, part) in parts.iter().enumerate() {
            let is_within = at > 0 && at + 1 < parts.len();
            if !(is_within && is_particle(part)) {
                self.part(part, from);
            }
        }
        for both in both_ends(name) {
            self.add(&both, from, WordKind::Person, false);
        }
        let tokens: Vec<&str> = name.split_whitespace().collect();
        for (at, token) in tokens.iter().enumerate() {
            self.joined_part(token, from);
            // `van der Meer` is written `vandermeer` as well.
            let more = tokens[at..].iter().take_while(|token| is_particle(token));
            if let Some(surname) = tokens.get(at..=at + more.count()) {
                self.joined_part(&surname.join(" "), from);
            }
        }
    }

    /// A part of a name that has parts itself, as one word.
    fn joined_part(&mut self, part: &str, from: &str) {
        if skeleton(part).contains(' ') {
            self.part(&joined(part), from);
        }
    }

    /// A part of a name, or a name of one word.
    fn part(&mut self, part: &str, from: &str) {
        let length = skeleton(part).chars().count();
        if length < 2 || is_title(part) {
            return;
        }
        let with_case = length < 3 || is_word(part) || is_particle(part);
        self.add(part, from, WordKind::Person, with_case);
    }

    /// A key or a handle. What is a word, or very short, counts as a mention: with its `@`.
    fn short_name(&mut self, name: &str, from: &str) {
        // Of a profile's address, the name in it.
        let name = match name.contains("://") {
            true => name
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or(name),
            false => name,
        };
        let plain = skeleton(name);
        if !is_common(&plain) {
            self.add(name, from, WordKind::Person, false);
        } else if !is_at_rule(&plain) {
            self.add_with(name, from, WordKind::Person, Sign::Before('@'));
        }
        let joined = joined(name);
        if plain.contains(' ') && !is_common(&joined.to_lowercase()) {
            self.add(&joined, from, WordKind::Person, false);
        }
        let apart = humps_apart(name);
        if apart.contains(' ') {
            self.add(&apart, from, WordKind::Person, false);
        }
    }

    fn mail(&mut self, address: &str, from: &str) {
        self.add(address, from, WordKind::Mail, false);
        if let Some((local, _)) = address.split_once('@') {
            self.short_name(local, from);
            if is_common(&skeleton(local)) {
                self.add_with(local, from, WordKind::Mail, Sign::Behind('@'));
            }
        }
    }

    fn ticket(&mut self, ticket: &str, from: &str) {
        let is_address = ticket.contains("://");
        if is_address {
            self.address(ticket, from, WordKind::Ticket);
        } else if ticket.chars().count() >= SHORTEST_TEXT {
            self.add(ticket, from, WordKind::Ticket, false);
        }
        for name in tickets::names(ticket) {
            self.add(&name, from, WordKind::Ticket, false);
        }
        if let Some(number) = tickets::number(ticket) {
            for sign in ['#', '!'] {
                self.add_with(number, from, WordKind::Ticket, Sign::Before(sign));
            }
        }
    }

    /// An address, with or without its scheme, and without what is behind its path.
    fn address(&mut self, address: &str, from: &str, kind: WordKind) {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        if rest.chars().count() >= 4 {
            self.add(rest.trim_end_matches('/'), from, kind, false);
        }
        // What stands for a page wherever it stands in an address.
        let is_id = |part: &&str| {
            let figures = part.bytes().filter(u8::is_ascii_digit).count();
            part.len() >= LONGEST_WORD && figures > 0 && figures < part.len()
        };
        for id in rest.split(['/', '?', '#', '&', '=']).skip(1).filter(is_id) {
            self.add(id, from, WordKind::Ticket, false);
        }
        // Without its query an address is another one, unless its path says enough.
        let parts = |text: &str| text.split('/').filter(|part| !part.is_empty()).count();
        for (end, least) in [('#', 2), ('?', 3)] {
            if let Some((page, _)) = rest.split_once(end)
                && parts(page) >= least
            {
                self.add(page.trim_end_matches('/'), from, WordKind::Address, false);
            }
        }
    }

    /// A text, and each of its sentences.
    fn prose(&mut self, text: &str, from: &str) {
        let text = text.trim();
        if text.contains("://") && !text.contains(char::is_whitespace) {
            return self.address(text, from, WordKind::Address);
        }
        self.text(text, from);
        for line in text.lines() {
            let mut rest = line;
            while let Some(end) = rest.find(['.', '!', '?', ';']) {
                let behind = rest[end..].chars().nth(1);
                let (sentence, next) = rest.split_at(end + 1);
                if behind.is_none_or(char::is_whitespace) {
                    self.sentence(sentence, from);
                    rest = next;
                    continue;
                }
                // Within a word such as `3.5`: look on behind it.
                let Some(more) = next.find(char::is_whitespace) else {
                    break;
                };
                let cut = end + 1 + more;
                if rest[..cut].ends_with(['.', '!', '?', ';']) {
                    self.sentence(&rest[..cut], from);
                }
                rest = &rest[cut..];
            }
            self.sentence(line, from);
        }
        // Sentences that an editor has wrapped.
        let unwrapped = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        for sentence in unwrapped.split_inclusive(". ") {
            self.sentence(sentence, from);
        }
    }

    /// A part of a text; one word alone says too little.
    fn sentence(&mut self, sentence: &str, from: &str) {
        if skeleton(sentence).contains(' ') {
            self.text(sentence, from);
        }
    }

    /// An id, and that of an incident without its date.
    fn id(&mut self, id: &str, from: &str) {
        self.label(id, from);
        let slug = id.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        self.label(slug, from);
    }

    /// An id or a key, where it says something in several words.
    fn label(&mut self, label: &str, from: &str) {
        let plain = skeleton(label);
        if plain.chars().count() >= SHORTEST_TEXT && plain.contains(' ') {
            self.add(label, from, WordKind::Text, false);
        }
    }

    fn text(&mut self, text: &str, from: &str) {
        let letters = skeleton(text).chars().count();
        if text.trim().chars().count() >= SHORTEST_TEXT && letters >= FEWEST_LETTERS {
            self.add(text.trim(), from, WordKind::Text, false);
        }
    }

    fn add(&mut self, text: &str, from: &str, kind: WordKind, with_case: bool) {
        self.take(InternalWord {
            text: text.to_owned(),
            from: from.to_owned(),
            kind,
            with_case,
            sign: None,
        });
    }

    fn add_with(&mut self, text: &str, from: &str, kind: WordKind, sign: Sign) {
        self.take(InternalWord {
            text: text.to_owned(),
            from: from.to_owned(),
            kind,
            with_case: false,
            sign: Some(sign),
        });
    }

    fn take(&mut self, word: InternalWord) {
        let plain = skeleton(&word.text);
        let mut spellings = spellings(&word.text).into_iter();
        if plain.is_empty() || spellings.any(|text| self.public.contains(&skeleton(&text))) {
            return;
        }
        if word.kind == WordKind::Text && (is_heading(&plain) || self.said.contains(&plain)) {
            return;
        }
        if self.seen.insert((plain, word.with_case, word.sign)) {
            self.found.push(word);
        }
    }
}

/// Whether a key or a handle says nothing by itself.
fn is_common(name: &str) -> bool {
    name.chars().count() < 3 || is_word(name)
}

/// What somebody is called who has no other name than their role or team, as `support` has.
fn called_as_their_role<'a>(key: &'a Key, person: &'a Person) -> impl Iterator<Item = &'a str> {
    let roles = [&person.role, &person.team].into_iter().flatten();
    let roles: Vec<String> = roles.map(|role| skeleton(role)).collect();
    let short = [Some(key.as_str()), person.handle.as_deref()];
    let names = short.into_iter().chain([person.name.as_deref()]);
    names
        .flatten()
        .filter(move |name| roles.contains(&skeleton(name)))
}

/// What a field is, wherever it stands in a list; all that name services are one.
fn field_of(path: &Path) -> String {
    match keys(path).as_slice() {
        ["services"] | ["timeline", "services"] | ["impact", "services", "service"] => {
            "services".to_owned()
        }
        keys => keys.join(" "),
    }
}

/// Whether a field holds the key of somebody.
fn is_of_person(path: &Path) -> bool {
    matches!(
        keys(path).as_slice(),
        ["owner"] | ["timeline", "by"] | ["actions", "owner"] | ["review", "reviewers"]
    )
}

fn skeleton(text: &str) -> String {
    Skeleton::of(text, View::Whole).text().to_owned()
}
