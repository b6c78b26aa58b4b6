//! `postmortem fmt`: house order and style, the same words and comments.

#![expect(
    unused_must_use,
    reason = "what a run should have done is said on it; what it returns is for more of that"
)]

use postmortem::document::Document;
use postmortem::model::Postmortem;
use postmortem::text::Source;
use proptest::prelude::*;
use proptest::test_runner::{TestRunner, contextualize_config};

use crate::arbitrary;
use crate::sandbox::{Sandbox, project};

const FILE: &str = "postmortems/2024-12-11-api.yaml";

fn read(text: &str) -> Document {
    let reading = Document::read(Source::new("x.yaml", text));
    assert!(reading.is_whole(), "{:?}\n{text}", reading.findings);
    reading.document.expect("a document")
}

/// The text in house style; it says the same, has the same comments, and does not change again.
fn tidied(text: &str) -> String {
    let before = read(text);
    let new = before.tidied();
    let after = read(&new);
    assert_eq!(
        after.postmortem(),
        before.postmortem(),
        "{text}\n---\n{new}"
    );
    let words = |document: &Document, text: &str| {
        let comments = document.comments().iter();
        let mut words: Vec<String> = comments
            .map(|comment| text[comment.clone()].trim_end().to_owned())
            .collect();
        words.sort();
        words
    };
    assert_eq!(
        words(&after, &new),
        words(&before, text),
        "{text}\n---\n{new}"
    );
    assert_eq!(
        after.tidied(),
        new,
        "a second run changes something\n{text}"
    );
    new
}

#[track_caller]
fn becomes(before: &str, after: &str) {
    assert_eq!(tidied(before), after);
    let crlf = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(tidied(&crlf(before)), crlf(after));
    assert_eq!(
        tidied(&format!("\u{feff}{before}")),
        format!("\u{feff}{after}")
    );
}

const MESSY: &str = "\
# yaml-language-server: $schema=../postmortem.schema.json
# The title first, why not.
title:   \"API answers with errors\"
id: 2024-12-11-api   # never changes
version: 1
timeline:


- what: Errors.
  at: 2024-12-11T15:16Z   # about
  # who says so
  kind: started

# Well again.
- {what: 'Well, at last: all of it.', at: 2024-12-11T15:40Z, kind: [mitigated,resolved]}
- at: 2024-12-11T16:00Z
  kind: note
  what: |
      Two lines,
        one deeper.
  # the end of it
impact:
    summary: Nobody could
      log in.
    # by service
    services: [ {service: api,   effect: outage, from: 2024-12-11T15:16Z} ]
tags: [ a,b ] # words
status: resolved
summary: >
   Folded
   text.
# the end
";

const TIDY: &str = "\
# yaml-language-server: $schema=../postmortem.schema.json
version: 1
id: 2024-12-11-api   # never changes
# The title first, why not.
title: \"API answers with errors\"
status: resolved
tags: [a, b] # words

summary: >
  Folded
  text.

impact:
  summary: Nobody could
    log in.
  # by service
  services: [{service: api, effect: outage, from: 2024-12-11T15:16Z}]

timeline:
  - at: 2024-12-11T15:16Z   # about
    # who says so
    kind: started
    what: Errors.

  # Well again.
  - {at: 2024-12-11T15:40Z, kind: [mitigated, resolved], what: 'Well, at last: all of it.'}
  - at: 2024-12-11T16:00Z
    kind: note
    what: |
      Two lines,
        one deeper.
    # the end of it
# the end
";

#[test]
fn a_messy_document_becomes_tidy() {
    becomes(MESSY, TIDY);
}

#[test]
fn a_marker_at_the_start_stays_on_top() {
    becomes(
        "# of the file\n---\ntitle:   T\nid: 2024-12-11-api\n# the format\nversion: 1\n",
        "# of the file\n---\n# the format\nversion: 1\nid: 2024-12-11-api\ntitle: T\n",
    );
    becomes(
        "\n--- # begins\n# top\n\nversion: 1\ntitle: 'T'\nid: 2024-12-11-api\n",
        "\n--- # begins\n# top\n\nversion: 1\nid: 2024-12-11-api\ntitle: 'T'\n",
    );
}

/// Nobody writes a document so by hand, and what a comment belongs to there is anyone's guess.
#[test]
fn one_in_braces_or_with_other_markers_is_left_alone() {
    for text in [
        "{title:   T, id: 2024-12-11-api, version: 1}\n",
        "%YAML 1.2\n---\ntitle:   T\nid: 2024-12-11-api\nversion: 1\n",
        "title:   T\nid: 2024-12-11-api\nversion: 1\n...\n",
        "--- {title:   T, id: 2024-12-11-api, version: 1}\n",
    ] {
        becomes(text, text);
    }
}

#[test]
fn new_documents_are_as_they_are() {
    let sandbox = Sandbox::new();
    sandbox.run(["init"]).succeeds();
    sandbox
        .run([
            "new",
            "API answers with errors",
            "--severity",
            "sev2",
            "--no-input",
        ])
        .succeeds();
    sandbox
        .run(["fmt", "--check"])
        .succeeds()
        .stdout_is("")
        .stderr_is("nothing to change in 1 file\n");
}

#[test]
fn our_own_documents_stay_what_they_are() {
    for folder in ["examples", "tests/documents"] {
        for entry in std::fs::read_dir(project().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "yaml") {
                let text = std::fs::read_to_string(&path).expect("a text");
                tidied(&text);
            }
        }
    }
}

#[test]
fn the_examples_stand_in_house_style() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples");
    sandbox.run(["fmt", "--check", "examples"]).succeeds();
}

/// They are written in many hands on purpose; in house style they are as good.
#[test]
fn good_documents_are_as_good_in_house_style() {
    let sandbox = Sandbox::new();
    let folder = "tests/documents/good";
    sandbox.copy(folder);
    sandbox.run(["fmt", "--check", folder]).exits(1);
    sandbox.run(["fmt", folder]).succeeds();
    sandbox.run(["fmt", "--check", folder]).succeeds();
    sandbox
        .run(["lint", "--as-of", "2026-11-22", folder])
        .succeeds()
        .stdout_is("");
}

#[test]
fn a_file_is_written_only_where_it_changes() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, MESSY);
    sandbox
        .run(["fmt", "--check"])
        .exits(1)
        .stdout_is(&format!("{FILE}\n"))
        .stderr_is("1 of 1 file would be changed\n");
    sandbox
        .run(["fmt", "--diff", FILE])
        .exits(1)
        .stdout_has("-title:   \"API answers with errors\"\n");
    assert_eq!(sandbox.read(FILE), MESSY);
    sandbox
        .run(["fmt"])
        .succeeds()
        .stderr_is("1 of 1 file changed\n");
    assert_eq!(sandbox.read(FILE), TIDY);
    sandbox
        .run(["fmt", "--check"])
        .succeeds()
        .stderr_is("nothing to change in 1 file\n");
    sandbox
        .call(["fmt", "-"])
        .stdin(MESSY)
        .run()
        .succeeds()
        .stdout_is(TIDY);
}

#[test]
fn what_does_not_read_is_left_alone() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, "version: 1\nid: 2024-12-11-api\ntitel: T\n");
    sandbox
        .run(["fmt", FILE])
        .exits(2)
        .stderr_has("was left alone, since it does not read: line 3")
        .stderr_has("postmortem lint");
}

/// Lines of a document with comments put between and behind some of them, where YAML allows it.
fn commented(document: &Postmortem, marks: &[bool]) -> String {
    let text = postmortem::document::write(document).expect("a text");
    let mut marks = marks.iter().cycle();
    let mut number = 0;
    let mut new = String::new();
    for line in text.lines() {
        let is_marked = *marks.next().unwrap_or(&false);
        let is_entry = line.trim_start().starts_with("- ") || line.ends_with(':');
        if is_marked && is_entry {
            number += 1;
            let indent = line.len() - line.trim_start().len();
            new.push_str(&format!("{}# {number}\n", " ".repeat(indent)));
        }
        new.push_str(line);
        new.push('\n');
    }
    match Document::read(Source::new("x.yaml", new.as_str())) {
        reading
            if reading.is_whole()
                && reading
                    .document
                    .as_ref()
                    .is_some_and(|read| read.postmortem() == document) =>
        {
            new
        }
        // A comment fell into a text.
        _ => text,
    }
}

#[test]
fn any_document_keeps_its_words_and_comments() {
    let config = contextualize_config(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    // A whole document goes through many frames by value in a build that is not optimised.
    let tests = std::thread::Builder::new()
        .stack_size(64 << 20)
        .spawn(move || {
            let marks = proptest::collection::vec(any::<bool>(), 1..40);
            let run = TestRunner::new(config).run(
                &(arbitrary::postmortem(), marks),
                |(document, marks)| {
                    tidied(&commented(&document, &marks));
                    Ok(())
                },
            );
            run.expect("a document that does not keep them");
        });
    assert!(tests.expect("a thread").join().is_ok());
}
