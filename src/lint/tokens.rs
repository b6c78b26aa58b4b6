use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::config::Public;
use crate::lint::byte_pairs::BytePairs;
use crate::model::{Person, Postmortem};

/// The words of a document that stay inside: names, handles and mail addresses of people, and tickets.
#[derive(Debug)]
pub struct Tokens<'a> {
    tokens: HashMap<&'a str, &'static str>,
    /// How long they are, in bytes, so that those at a place are looked up and not all tried.
    lengths: BTreeSet<usize>,
    /// With which two bytes they begin.
    begins: BytePairs,
    public: &'a Public,
}

/// No name, handle or mail address is longer, in bytes.
const LONGEST: usize = 254;

/// Names that are words as well; they stand in texts without meaning anybody.
const WORDS: [&str; 64] = [
    "April", "Art", "August", "Baker", "Banks", "Best", "Bill", "Black", "Brewer", "Brook",
    "Brown", "Case", "Chase", "Cook", "Cross", "Dawn", "Day", "Dean", "Dev", "Drew", "Earl",
    "Faith", "Field", "Ford", "Frank", "Grace", "Grant", "Gray", "Green", "Grey", "Hart", "Hill",
    "Hope", "Hunt", "Iris", "Jack", "Joy", "June", "King", "Lane", "Lily", "Long", "Main", "Major",
    "Mark", "May", "Miles", "North", "Page", "Park", "Price", "Read", "Reed", "Rich", "Root",
    "Rose", "Sharp", "Short", "Small", "Stone", "Summer", "West", "White", "Will",
];

impl<'a> Tokens<'a> {
    /// Takes the people and the tickets of a document, and what is internal in the configuration.
    pub fn of(postmortem: &'a Postmortem, public: &'a Public) -> Self {
        let mut tokens = Vec::new();
        for person in postmortem.people.values() {
            of_person(person, &mut tokens);
        }
        for ticket in postmortem
            .actions
            .iter()
            .filter_map(|action| action.ticket.as_deref())
        {
            let id = ticket
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or(ticket);
            let letters = id.bytes().any(|b| b.is_ascii_alphabetic());
            let digits = id.bytes().any(|b| b.is_ascii_digit());
            if letters && digits && id.len() >= 4 {
                tokens.push((id, "a ticket"));
            }
        }
        tokens.retain(|(token, _)| token.len() <= LONGEST);
        let mut begins = BytePairs::NONE;
        for (token, _) in &tokens {
            if let [first, second, ..] = token.as_bytes() {
                begins.add(*first, *second);
            }
        }
        Self {
            lengths: tokens.iter().map(|(token, _)| token.len()).collect(),
            tokens: tokens.into_iter().collect(),
            begins,
            public,
        }
    }

    /// The first of them in a text, and what it is.
    pub fn first_in(&self, text: &str) -> Option<(Range<usize>, &'static str)> {
        self.first_token(text).or_else(|| self.first_address(text))
    }

    fn first_token(&self, text: &str) -> Option<(Range<usize>, &'static str)> {
        if self.tokens.is_empty() {
            return None;
        }
        for (at, two) in text.as_bytes().windows(2).enumerate() {
            if !self.begins.may_begin(two) || !text.is_char_boundary(at) {
                continue;
            }
            if text[..at].ends_with(char::is_alphanumeric) {
                continue;
            }
            for length in &self.lengths {
                let Some((token, rest)) = text[at..].split_at_checked(*length) else {
                    continue;
                };
                let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
                if let Some(what) = self.tokens.get(token).filter(|_| !goes_on) {
                    return Some((at..at + length, what));
                }
            }
        }
        None
    }

    fn first_address(&self, text: &str) -> Option<(Range<usize>, &'static str)> {
        if self.public.internal_hosts.is_empty() || !text.contains("://") {
            return None;
        }
        let mut from = 0;
        for word in
            text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '`'))
        {
            let at = from;
            from += word.len()
                + text[from + word.len()..]
                    .chars()
                    .next()
                    .map_or(0, char::len_utf8);
            let address = word.trim_end_matches(['.', ',', ';', ':']);
            if address.contains("://") && self.public.is_internal(address) {
                return Some((at..at + address.len(), "an internal address"));
            }
        }
        None
    }
}

fn of_person<'a>(person: &'a Person, tokens: &mut Vec<(&'a str, &'static str)>) {
    if let Some(email) = person.email.as_deref().filter(|email| email.len() > 3) {
        tokens.push((email, "a mail address"));
    }
    let handle = person.handle.as_deref().filter(|handle| handle.len() > 3);
    // `jane` alone is a word of texts; `@jane` and `jane.doe` are not.
    let is_one = |handle: &&str| handle.contains(|c: char| !c.is_alphabetic());
    tokens.extend(handle.filter(is_one).map(|handle| (handle, "a handle")));
    for part in person.name.iter().flat_map(|name| name.split_whitespace()) {
        let is_name = part.chars().count() >= 3
            && part.starts_with(char::is_uppercase)
            && part.chars().skip(1).any(char::is_lowercase)
            && !WORDS.contains(&part);
        if is_name {
            tokens.push((part, "a name"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Action;

    #[test]
    fn names_handles_and_tickets_are_found_as_whole_words() {
        let id = "2024-12-11-x".parse().expect("an id");
        let mut postmortem = Postmortem::new(id, "T");
        let person = Person {
            name: Some("Mark Whitlock".to_owned()),
            handle: Some("@whit".to_owned()),
            email: Some("mark@shop.example".to_owned()),
            ..Person::default()
        };
        postmortem
            .people
            .insert("mark".parse().expect("a key"), person);
        let action: Action = serde_json::from_str(
            "{\"id\": \"A1\", \"what\": \"x\", \"ticket\": \"https://t.example/OPS-12\"}",
        )
        .expect("an action");
        postmortem.actions.push(action);
        let public = Public {
            internal_hosts: vec!["wiki.example".to_owned()],
            words: Vec::new(),
        };
        let tokens = Tokens::of(&postmortem, &public);
        for (text, wanted) in [
            ("Then Whitlock's call came.", Some("Whitlock")),
            ("asked @whit twice", Some("@whit")),
            ("see OPS-12.", Some("OPS-12")),
            ("éWhitlock, Whitlocks, OPS-123 and whitlock", None),
            ("Mark the date", None),
            (
                "see (https://wiki.example/x), please",
                Some("https://wiki.example/x"),
            ),
            ("see https://status.example/x", None),
            ("", None),
        ] {
            let found = tokens.first_in(text).map(|(place, _)| &text[place]);
            assert_eq!(found, wanted, "{text}");
        }
    }
}
