//! The examples and the documents of the tests: each reads without a finding, and comes back from
//! the house style as it was.

use std::fs;
use std::path::{Path, PathBuf};

use postmortem::document::{self, Document, Reading};
use postmortem::model::{Derived, ServiceTime, Stage, View};
use postmortem::text::Source;

fn in_folder(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        // A document bears its incident's date; other files here belong to other tests.
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with("20")
        })
        .collect();
    paths.sort();
    paths
}

fn read(path: &Path) -> Reading {
    let text = fs::read_to_string(path).unwrap();
    Document::read(Source::new(path.display().to_string(), text))
}

fn in_words(reading: &Reading) -> Vec<String> {
    let findings = reading.findings.iter();
    findings
        .map(|finding| {
            let position = reading.source.position(finding.place.span.start);
            format!("{} {}:{}", finding.rule, position.line, position.column)
        })
        .collect()
}

fn whole_documents() -> Vec<(PathBuf, Document)> {
    let paths = [
        in_folder("examples"),
        in_folder("tests/documents"),
        in_folder("tests/documents/good"),
    ]
    .concat();
    assert_eq!(paths.len(), 4 + 7 + 20);
    paths
        .into_iter()
        .map(|path| {
            let reading = read(&path);
            let found = in_words(&reading);
            assert!(found.is_empty(), "{}: {found:#?}", path.display());
            let document = reading.document.expect("a document");
            (path, document)
        })
        .collect()
}

#[test]
fn every_document_reads_without_a_finding_and_bears_its_id() {
    for (path, document) in whole_documents() {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert_eq!(document.postmortem().id.as_str(), stem);
    }
}

#[test]
fn every_document_comes_back_from_the_house_style_as_it_was() {
    for (path, document) in whole_documents() {
        let text = document::write(document.postmortem()).expect("a text");
        let again = Document::read(Source::new("again.yaml", text));
        assert_eq!(in_words(&again), Vec::<String>::new(), "{}", path.display());
        let again = again.document.expect("a document");
        assert_eq!(
            again.postmortem(),
            document.postmortem(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn an_account_from_outside_names_its_sources_and_nobody() {
    for (path, document) in whole_documents() {
        let postmortem = document.postmortem();
        if postmortem.view != View::Outside {
            continue;
        }
        let name = path.display();
        assert!(postmortem.people.is_empty(), "{name}");
        assert!(postmortem.owner.is_none(), "{name}");
        assert!(postmortem.review.is_none(), "{name}");
        assert!(
            postmortem
                .actions
                .iter()
                .all(|action| action.owner.is_none()
                    && action.due.is_none()
                    && action.priority.is_none()),
            "{name}"
        );
        if postmortem.stage != Stage::Draft {
            assert!(!postmortem.sources.is_empty(), "{name}");
        }
    }
}

/// The rules and places that a file beside the document lists, in the order of the document.
fn expected(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path.with_extension("expected")).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn the_reader_finds_the_mistakes_of_shape_in_one_run() {
    let broken = in_folder("tests/documents/broken");
    assert_eq!(broken.len(), 1);
    for path in broken {
        let reading = read(&path);
        let found = in_words(&reading);
        // What is wrong with a document that can be read is for the rules to find.
        let for_rules = ["naive-timestamp", "unresolved-reference"];
        let of_reader: Vec<String> = expected(&path)
            .into_iter()
            .filter(|line| !for_rules.iter().any(|rule| line.starts_with(rule)))
            .collect();
        assert_eq!(of_reader.len(), 6);
        assert_eq!(found, of_reader, "{}", path.display());
        assert!(reading.document.is_some(), "the rest can be read");
    }
}

#[test]
fn the_times_of_the_examples_are_those_of_the_published_accounts() {
    let times = |stem: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/{stem}.yaml"));
        let document = read(&path).document.expect("a document");
        document.times().clone()
    };
    let minutes = |derived: Derived| derived.seconds().map(|seconds| seconds / 60);

    let rollout = times("2024-12-11-telemetry-rollout");
    assert_eq!(minutes(rollout.to_detect), Some(-3));
    assert_eq!(minutes(rollout.to_identify), Some(0));
    assert_eq!(minutes(rollout.to_mitigate), Some(2 * 60 + 29));
    assert_eq!(minutes(rollout.to_resolve), Some(4 * 60 + 22));
    assert_eq!(rollout.to_first_public_word, Derived::NotRecorded);

    let exposure = times("2023-03-20-chatgpt-data-exposure");
    assert_eq!(exposure.to_detect, Derived::Unknown);
    assert_eq!(exposure.to_resolve, Derived::Unknown);
    assert_eq!(exposure.to_mitigate, Derived::NotRecorded);
    let chatgpt = |service: &&ServiceTime| service.service == "ChatGPT";
    let chatgpt = exposure.services.iter().find(chatgpt).expect("ChatGPT");
    assert_eq!(chatgpt.outage, Derived::NotRecorded);

    let early = times("2023-03-20-chatgpt-early-report");
    assert_eq!(early.to_mitigate, Derived::NotRecorded);
    assert_eq!(early.to_resolve, Derived::Missing);

    let bot = times("2023-06-07-support-bot-upstream-outage");
    assert_eq!(minutes(bot.to_first_public_word), Some(67));
}
