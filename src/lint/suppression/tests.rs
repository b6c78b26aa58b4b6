use crate::config::Config;
use crate::text::{Source, replaced};

use super::super::{Levels, lint_all};
use super::*;

fn whole(part: &str) -> String {
    let says_stage = part.contains("stage:");
    let stage = if says_stage { "" } else { "stage: in-review\n" };
    format!("version: 1\nid: 2024-12-11-x\ntitle: T\n{stage}{part}")
}

/// The rules that find something in a part of a document, those that are suppressed with a `-`.
fn found(part: &str) -> Vec<String> {
    found_in(&whole(part))
}

fn found_in(text: &str) -> Vec<String> {
    let found = lint(text).into_iter();
    let relevant = found.filter(|finding| {
        finding.suppressed.is_some()
            || finding.rule.contains("suppression")
            || ["unknown-rule", "placeholder-text", "secret"].contains(&finding.rule)
    });
    relevant
        .map(|finding| match finding.suppressed {
            Some(_) => format!("-{}", finding.rule),
            None => finding.rule.to_owned(),
        })
        .collect()
}

fn lint(text: &str) -> Vec<Diagnostic> {
    let reading = Document::read(Source::new("x.yaml", text));
    lint_all(
        &reading,
        &Config::default(),
        &Levels::default(),
        None,
        Vec::new(),
    )
}

const IGNORE: &str = "# postmortem: ignore[placeholder-text] it is quoted";

#[test]
fn a_comment_covers_its_line_or_the_entry_below() {
    for (part, wanted) in [
        (
            format!("summary: TODO {IGNORE}\nbackground: TODO\n"),
            vec!["-placeholder-text", "placeholder-text"],
        ),
        (
            format!("summary: | {IGNORE}\n  One.\n  TODO\nbackground: TODO\n"),
            vec!["-placeholder-text", "placeholder-text"],
        ),
        (
            format!("{IGNORE}\nsummary: |\n  One.\n  TODO\nbackground: TODO\n"),
            vec!["-placeholder-text", "placeholder-text"],
        ),
        (
            format!(
                "lessons:\n  {IGNORE}\n  went_well:\n    - TODO\n    - TODO\n  went_wrong: [TODO]\n"
            ),
            vec!["-placeholder-text", "-placeholder-text", "placeholder-text"],
        ),
        (
            format!(
                "timeline:\n  {IGNORE}\n  # and more\n\n  - at: 2024-12-11T15:16Z\n    what: TODO\n  - {{at: 2024-12-11T15:16Z, what: TBD}}\n"
            ),
            vec!["-placeholder-text", "placeholder-text"],
        ),
        (
            format!(
                "timeline:\n  - {{at: 2024-12-11T15:16Z, what: TODO}} {IGNORE}\n  - {{at: 2024-12-11T15:16Z, what: TBD}}\n"
            ),
            vec!["-placeholder-text", "placeholder-text"],
        ),
    ] {
        assert_eq!(found(&part), wanted, "{part}");
    }
}

#[test]
fn one_for_the_file_stands_on_top() {
    let file = IGNORE.replace("ignore", "ignore-file");
    let head = "version: 1\nid: 2024-12-11-x\ntitle: T\nstage: in-review\n";
    let on_top = format!("{file}\n{head}summary: TODO\nbackground: TODO\n");
    assert_eq!(
        found_in(&on_top),
        ["-placeholder-text", "-placeholder-text"]
    );
    let below = format!("{head}{file}\nsummary: TODO\n");
    assert_eq!(
        found_in(&below),
        ["malformed-suppression", "placeholder-text"]
    );
}

#[test]
fn a_suppression_without_a_reason_holds_and_is_told() {
    let part = "summary: TODO # postmortem: ignore[placeholder-text]\n";
    assert_eq!(
        found(part),
        ["-placeholder-text", "suppression-without-reason"]
    );
}

#[test]
fn what_cannot_be_suppressed_is_told() {
    let part = "summary: password=Tr1ckyHorse99 # postmortem: ignore[secret] it is old\n";
    assert_eq!(found(part), ["secret", "unused-suppression"]);
    let part = "sumary: x # postmortem: ignore[unknown-field] we like it\n";
    let text = whole(part);
    let rules: Vec<&str> = lint(&text).iter().map(|finding| finding.rule).collect();
    assert!(rules.contains(&"unknown-field"), "{rules:?}");
    assert!(rules.contains(&"unused-suppression"), "{rules:?}");
}

/// The document with its only fix carried out.
fn mended(part: &str) -> String {
    let text = whole(part);
    let fixes: Vec<_> = lint(&text).into_iter().filter_map(|one| one.fix).collect();
    assert_eq!(fixes.len(), 1, "{fixes:?}");
    assert!(fixes[0].safe);
    let new = replaced(&text, &fixes[0].replacements).expect("a text");
    new.strip_prefix(&whole("")).expect("the head").to_owned()
}

#[test]
fn what_is_unused_goes() {
    for (before, after) in [
        (
            format!("owner: jane {IGNORE}\ntags: [a]\n"),
            "owner: jane\ntags: [a]\n".to_owned(),
        ),
        (
            format!("tags:\n  {IGNORE}\n  - a\n"),
            "tags:\n  - a\n".to_owned(),
        ),
        (
            format!("tags: [a]\r\n{IGNORE}\r\nowner: jane\r\n"),
            "tags: [a]\r\nowner: jane\r\n".to_owned(),
        ),
        (
            "summary: TODO # postmortem: ignore[long-ago, placeholder-text, duplicate-event] why\n"
                .replace("long-ago, ", ""),
            "summary: TODO # postmortem: ignore[placeholder-text] why\n".to_owned(),
        ),
        (
            "summary: TODO # postmortem: ignore[placeholder-txt] why\n".to_owned(),
            "summary: TODO # postmortem: ignore[placeholder-text] why\n".to_owned(),
        ),
    ] {
        let before = before.replace("owner: jane", "unrecorded: [alert]");
        let after = after.replace("owner: jane", "unrecorded: [alert]");
        assert_eq!(mended(&before), after, "{before}");
    }
}

#[test]
fn what_is_not_looked_for_is_not_unused() {
    // A draft is not asked for owners, so nobody knows whether one would be missed.
    let part = "stage: draft\nactions:\n  - {id: A1, what: Do it} # postmortem: ignore[action-without-owner] nobody yet\n";
    assert_eq!(found(part), [""; 0]);
    // Something could not be read, so not every rule had its say.
    let part = format!("tags: [a] {IGNORE}\nimpact: x\n");
    assert_eq!(found(&part), [""; 0]);
}
