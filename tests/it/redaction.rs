//! Nothing internal is in a public page, in no spelling; and where it would be, there is no page.

#![expect(
    unused_must_use,
    reason = "what a run should have done is said on it; what it returns is for more of that"
)]

use std::collections::BTreeSet;

use postmortem::config::Config;
use postmortem::model::*;
use postmortem::redact::{self, Inside};
use postmortem::render::{BUILT_IN, Format, Page, Readers, Renderer, UserTemplate};
use proptest::prelude::*;

use crate::arbitrary;
use crate::canaries::{CANARY, EVERYTHING, inside, with_canaries};
use crate::render::example;
use crate::sandbox::{Sandbox, project};

const FORMATS: [Format; 2] = [Format::Html, Format::Markdown];

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The pages of a document for the public: of each built-in template and of one that prints all there is.
fn public_pages(document: &Postmortem, config: &Config) -> Vec<String> {
    let public = redact::public(document, config);
    let view = Page::of(&public, config, Readers::Public);
    let mut pages = Vec::new();
    for built_in in &BUILT_IN {
        for format in built_in.formats() {
            let renderer = Renderer::of(built_in, format).expect("it compiles");
            pages.push(renderer.render(&view).expect("it renders"));
        }
    }
    for format in FORMATS {
        let everything = UserTemplate::file("all".to_owned(), EVERYTHING.to_owned());
        let own = Renderer::with(format, everything).and_then(|renderer| renderer.render(&view));
        pages.push(own.expect("it renders"));
    }
    pages
}

/// Puts a text into one of the fields that everyone reads.
fn into_prose(document: &mut Postmortem, place: usize, text: &str) {
    let text = text.to_owned();
    match place {
        0 => document.title = text,
        1 => document.summary = Some(text),
        2 => document.background = Some(text),
        3 => {
            let detection = document.detection.get_or_insert_with(Default::default);
            detection.how = Some(text);
        }
        4 => {
            let lessons = document.lessons.get_or_insert_with(Default::default);
            lessons.went_well = vec![TextItem::from(&*text)];
        }
        5 => {
            document.glossary.insert("word".to_owned(), text);
        }
        6 => {
            document.glossary.insert(text, "meaning".to_owned());
        }
        _ => {
            let at = At::Known("2024-12-11T15:16Z".parse().expect("a moment"));
            let mut event = Event::new(at, EventKind::Note, text.clone());
            event.detail = Some(text);
            document.timeline.push(event);
        }
    }
}

/// The ways in which a person, or a template, may write a name.
fn spelt(spelling: usize, name: &str) -> String {
    let letters = |write: fn(char) -> String| name.chars().map(write).collect::<String>();
    match spelling {
        0 => name.to_owned(),
        1 => name.to_uppercase(),
        2 => name.to_lowercase(),
        3 => name.to_lowercase().replace(' ', "-"),
        4 => name.replace(' ', "\n"),
        5 => name.replace(' ', "** *"),
        6 => letters(|c| format!("&#{};", u32::from(c))),
        7 => letters(|c| format!("&#x{:x};", u32::from(c))),
        8 => letters(|c| format!("%{:02X}", u32::from(c))),
        9 => letters(|c| format!("\\u{:04x}", u32::from(c))),
        10 => name.replace(' ', "_"),
        11 => name.replace('o', "o\u{308}"),
        12 => name.replace('a', "á"),
        _ => name.replace('l', "l\u{200b}"),
    }
}

/// Stands on both sides of what prose tells, so that a page shows it or does not have it at all.
const BEACON: &str = "leuchtturm";

/// Puts an internal word into prose, and looks whether each page that shows this text is refused for it. A short
/// template leaves some texts out; the whole page leaves out none.
fn told_in_every_page(mut document: Box<Postmortem>, choice: usize) -> Result<(), TestCaseError> {
    let (place, spelling, word) = (choice % 8, choice / 8 % 14, choice / 112);

    let key: Key = "kvogel".parse().expect("a key");
    let person = Person {
        name: Some("Karla Vogelsang".to_owned()),
        handle: Some("@kanari.vogel".to_owned()),
        email: Some("vogelmail@shop.example".to_owned()),
        ..Person::default()
    };
    document.people.insert(key, person);
    document.internal_notes = Some("Nobody asked. The parrot knew it all along!".to_owned());
    let words = [
        "Karla Vogelsang",
        "@kanari.vogel",
        "vogelmail@shop.example",
        "The parrot knew it all along!",
    ];
    let text = format!("{BEACON} {} {BEACON}", spelt(spelling, words[word]));
    into_prose(&mut document, place, &text);
    let config = inside();
    let search = Inside::of(&document, &config).expect("a search");
    for (index, page) in public_pages(&document, &config).iter().enumerate() {
        let is_shown = page.contains(BEACON);
        prop_assert!(is_shown || index > 0, "{text:?}\n{page}");
        if !is_shown {
            continue;
        }
        let leaks = search.leaks(page);
        let is_told = leaks.iter().any(|leak| {
            let told = &leak.word.text;
            words.contains(&told.as_str()) || told == "vogelmail" || "KarlaVogelsang".contains(told)
        });
        prop_assert!(is_told, "{text:?}: {leaks:?}\n{page}");
        prop_assert!(
            leaks
                .iter()
                .all(|leak| page.get(leak.at..leak.until).is_some())
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn nothing_internal_is_in_any_public_page(document in arbitrary::postmortem()) {
        let document = with_canaries(document);
        let config = inside();
        let model = serde_json::to_string(&redact::public(&document, &config)).expect("it is written");
        prop_assert!(!model.contains(CANARY), "{model}");
        let search = Inside::of(&document, &config).expect("a search");
        for page in public_pages(&document, &config) {
            prop_assert!(!page.to_lowercase().contains(CANARY), "{page}");
            for leak in search.leaks(&page) {
                prop_assert!(!leak.word.text.contains(CANARY), "{leak:?}");
            }
        }
    }

    #[test]
    fn what_prose_tells_is_found_in_every_page(
        document in arbitrary::postmortem().prop_map(Box::new).boxed(),
        choice in 0..8 * 14 * 4usize,
    ) {
        told_in_every_page(document, choice)?;
    }

    #[test]
    fn what_is_said_to_stay_is_what_the_public_gets(document in arbitrary::postmortem()) {
        let document = with_canaries(document);
        let config = inside();
        let search = Inside::of(&document, &config).expect("a search");
        let public = serde_json::to_value(redact::public(&document, &config)).expect("it is written");
        let mut got = BTreeSet::new();
        strings(&public, &mut got);
        let told: BTreeSet<String> = search.kept().iter().map(|(_, text)| text.clone()).collect();
        // A text that holds an address inside is changed; both lists say so of it in their own way.
        let plain = |text: &&String| !text.contains("://") && !text.contains("(internal") && !text.starts_with("person-");
        let told: Vec<&String> = told.iter().filter(plain).collect();
        let got: Vec<&String> = got.iter().filter(plain).collect();
        prop_assert_eq!(told, got);
    }
}

fn strings(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::String(text) => {
            found.insert(text.clone());
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        serde_json::Value::Object(fields) => {
            for (key, field) in fields {
                if key == "glossary"
                    && let Some(terms) = field.as_object()
                {
                    found.extend(terms.keys().cloned());
                }
                strings(field, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_example_has_a_public_page_without_a_false_alarm() {
    for folder in ["examples", "tests/documents"] {
        let entries = std::fs::read_dir(project().join(folder)).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").path());
        for path in names.filter(|path| path.extension().is_some_and(|end| end == "yaml")) {
            let document = example(&path.display().to_string());
            let config = Config::default();
            let search = Inside::of(&document, &config).expect("a search");
            for page in public_pages(&document, &config) {
                assert_eq!(search.leaks(&page), [], "{}", path.display());
            }
        }
    }
}

const LEAKING: &str = "version: 1
id: 2024-12-11-x
title: T
people:
  sam: {name: Sam Lee, role: on-call engineer}
  may: {name: May West, role: reviewer}
internal_notes: The budget for this was cut last year. Nobody said so.
timeline:
  - {at: 2024-05-11T15:16Z, kind: started, what: Errors rise.}
  - {at: 2024-05-11T15:18Z, kind: action, what: Sam Lee rolls back., by: sam}
actions:
  - {id: A1, what: Limit it (see OPS-4412), ticket: \"https://tickets.example/browse/OPS-4412\"}
";

fn leaking() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("2024-12-11-x.yaml", LEAKING);
    sandbox
}

#[test]
fn a_page_with_an_internal_word_is_refused() {
    let sandbox = leaking();
    let public = ["render", "2024-12-11-x.yaml", "--audience", "public"];
    let run = sandbox
        .run(public.into_iter().chain(["-o", "page.html"]))
        .exits(1)
        .stderr_has("error: internal words are in the public page, in 3 places\n  --> page.html:")
        .stderr_has(": \"Sam Lee\" (people.sam.name), under \"What happened\"\n  help: it comes from `timeline[1].what`; write the role, or mark the event `internal: true`\n")
        .stderr_has(": \"OPS-4412\" (actions[0].ticket), under \"What will change\"\n  help: it comes from `actions[0].what`; leave it out, or mark the action `internal: true`\n")
        .stderr_has("nothing was written");
    assert_eq!(run.stdout, "");
    assert_eq!(sandbox.files(), ["2024-12-11-x.yaml"]);
    sandbox.run(public).exits(1).stdout_is("");
    sandbox.write(
        "postmortem.toml",
        "[public]\nwords = [\"sam lee\", \"Sam\", \"OPS-4412\"]\n",
    );
    sandbox.run(public).exits(1).stderr_has("\"Lee\"");
    sandbox.write(
        "postmortem.toml",
        "[public]\nwords = [\"Sam\", \"lee\", \"Sam Lee\", \"OPS-4412\"]\n",
    );
    sandbox
        .run(public)
        .succeeds()
        .stdout_has("Sam Lee rolls back");
}

#[test]
fn what_a_template_writes_is_searched_too() {
    let sandbox = leaking();
    let text = LEAKING
        .replace("Sam Lee rolls", "On-call rolls")
        .replace(" (see OPS-4412)", "");
    sandbox.write("2024-12-11-x.yaml", text);
    sandbox.write(
        "postmortem.toml",
        "[public]\ninternal_hosts = [\"*.corp.example\"]\n",
    );
    let public = ["render", "2024-12-11-x.yaml", "--audience", "public"];
    for (template, word) in [
        ("<p title=\"s&#x61;m-lee\">{{ title }}</p>", "\"Sam Lee\""),
        ("<!-- S<b>am</b> --><b>Sa</b>m", "\"Sam\""),
        ("<script>\"\\u0053am%20Lee\"</script>", "\"Sam Lee\""),
        (
            "<p>The <i>budget</i> for this<br>\nwas cut last year.",
            "The budget for this was cut",
        ),
        ("<a href=\"//wiki.corp.example/x\">", "wiki.corp.example"),
        ("<a href=\"http&#58;//10.0.0.7/x\">", "10.0.0.7"),
        ("May wrote it.", "\"May\""),
    ] {
        sandbox.write("mine.html", template);
        sandbox
            .run(public.into_iter().chain(["--template", "mine.html"]))
            .exits(1)
            .stderr_has(word)
            .stderr_has("in the template");
    }
    for template in [
        "It may be. Same sample: sammy, 11 May 2024, May 2024.",
        "<p class=\"leeway\">{{ title }}</p>",
    ] {
        sandbox.write("mine.html", template);
        sandbox
            .run(public.into_iter().chain(["--template", "mine.html"]))
            .succeeds();
    }
}

#[test]
fn names_of_pages_and_what_a_template_gets_are_searched() {
    let sandbox = leaking();
    let public = ["--audience", "public"];
    let context = ["render", "2024-12-11-x.yaml", "--context"];
    sandbox
        .run(context.into_iter().chain(public))
        .exits(1)
        .stdout_is("")
        .stderr_has("\"Sam Lee\"");
    let text = LEAKING
        .replace("Sam Lee rolls", "On-call rolls")
        .replace(" (see OPS-4412)", "");
    sandbox.write("2024-12-11-sam-lee.yaml", text);
    let named = |name| ["render", "2024-12-11-sam-lee.yaml", "-o", name];
    sandbox
        .run(named("{stem}.html").into_iter().chain(public))
        .exits(1)
        .stderr_has(
            "the name of the page would hold an internal word: \"Sam Lee\" (people.sam.name)",
        );
    sandbox
        .run(named("{id}.html").into_iter().chain(public))
        .succeeds();
    let text = LEAKING
        .replace("Sam Lee rolls", "On-call rolls")
        .replace(" (see OPS-4412)", "")
        .replace("id: 2024-12-11-x", "id: 2024-12-11-sam-lee-again");
    sandbox.write("2024-12-12-y.yaml", text);
    let named = [
        "render",
        "2024-12-12-y.yaml",
        "-o",
        "pages/{id}.txt",
        "-t",
        "status-update",
    ];
    sandbox
        .run(named)
        .exits(1)
        .stderr_has("give the document another id");
    assert!(!sandbox.folder().join("pages").exists());
}

#[test]
fn at_most_twenty_words_are_told() {
    let sandbox = leaking();
    sandbox.write("mine.md", "Sam Lee, and so on.\n".repeat(30));
    let run = sandbox
        .run([
            "render",
            "2024-12-11-x.yaml",
            "--audience",
            "public",
            "--template",
            "mine.md",
        ])
        .exits(1)
        .stderr_has("in 30 places")
        .stderr_has("and in 10 more places");
    assert_eq!(run.stderr.matches("-->").count(), 20);
}

#[test]
fn what_the_public_does_not_get_can_be_listed() {
    let sandbox = Sandbox::new();
    sandbox.copy("tests/documents/every-field.yaml");
    let run = sandbox
        .run([
            "render",
            "tests/documents/every-field.yaml",
            "--explain-redaction",
        ])
        .succeeds()
        .stdout_has("marked `internal: true` (4)\n  impact.figures[1]\n  causes[0].evidence[1]\n  timeline[4]\n  lessons.went_wrong[1]\n")
        .stdout_has("  people.mara becomes person-1\n")
        .stdout_has("  recovery.plan\n")
        .stdout_has("are looked for in the finished page");
    assert!(!run.stdout.contains("Lind"), "{}", run.stdout);
}
