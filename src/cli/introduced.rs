//! People and services that an option names and the document does not know yet.

use crate::config::Config;
use crate::model::{Key, Postmortem};
use crate::text::{nearest, printable_line};

/// Adds somebody to the people of a document that does not know them, and services to its list where it
/// has one, so that no reference hangs in the air. What is near to a known name is more likely mistyped,
/// and is left alone: gives the notes that say so.
pub fn introduce(
    postmortem: &mut Postmortem,
    config: &Config,
    somebody: Option<&Key>,
    services: &[String],
) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(key) = somebody
        && !postmortem.people.contains_key(key)
        && !config.people.contains_key(key)
    {
        let known = postmortem.people.keys().chain(config.people.keys());
        match nearest(key.as_str(), known.map(Key::as_str)) {
            Some(near) => notes.push(note("people", key.as_str(), near)),
            None => {
                postmortem.people.entry(key.clone()).or_default();
            }
        }
    }
    if postmortem.services.is_empty() {
        return notes;
    }
    for service in services {
        if postmortem.services.contains(service) {
            continue;
        }
        let known = postmortem.services.iter().map(String::as_str);
        match nearest(service, known).filter(|_| !config.services.contains(service)) {
            Some(near) => notes.push(note("services", service, near)),
            None => postmortem.services.push(service.clone()),
        }
    }
    notes
}

fn note(list: &str, name: &str, near: &str) -> String {
    format!(
        "note: saved with `{}`, which `{list}` does not have; did you mean `{}`?\n",
        printable_line(name),
        printable_line(near)
    )
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::text::Source;

    use super::*;

    fn introduced(document: &str, by: &str, services: &[&str]) -> (String, String, String) {
        let text = format!("version: 1\nid: 2024-12-11-x\ntitle: X\n{document}\n");
        let reading = Document::read(Source::new("x.yaml", text));
        let read = reading.document.expect("a document");
        let mut postmortem = read.postmortem().clone();
        let key: Key = by.parse().expect("a key");
        let services: Vec<String> = services.iter().map(|name| (*name).to_owned()).collect();
        let config = Config::parse("services = ['apis']\n[people]\nmax = {name = 'Max'}\n");
        let config = config.expect("a configuration");
        let notes = introduce(&mut postmortem, &config, Some(&key), &services);
        let people: Vec<&str> = postmortem.people.keys().map(Key::as_str).collect();
        (
            people.join(" "),
            postmortem.services.join(" "),
            notes.concat(),
        )
    }

    #[test]
    fn who_is_not_known_is_added_and_a_slip_is_told() {
        let jane = "people: {jane: {name: Jane}}\nservices: [api]";
        let said = |by: &str, services: &[&str]| introduced(jane, by, services);
        let is =
            |people: &str, services: &str| (people.to_owned(), services.to_owned(), String::new());
        assert_eq!(said("nina", &["web"]), is("jane nina", "api web"));
        assert_eq!(said("jane", &["api"]), is("jane", "api"));
        // The organisation knows both.
        assert_eq!(said("max", &["apis"]), is("jane", "api apis"));
        let (people, services, notes) = said("jnae", &["aip"]);
        assert_eq!((people.as_str(), services.as_str()), ("jane", "api"));
        assert!(notes.contains("did you mean `jane`?"), "{notes}");
        assert!(notes.contains("did you mean `api`?"), "{notes}");
        // A document without a list of services need not get one.
        assert_eq!(introduced("", "nina", &["web"]), is("nina", ""));
    }
}
