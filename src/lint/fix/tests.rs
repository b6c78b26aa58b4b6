use crate::config::Config;
use crate::document::Document;

use super::super::{Levels, lint_all};
use super::*;

fn look(source: Source) -> (Reading, Vec<Diagnostic>) {
    let config = Config::parse("timezone = \"Europe/Berlin\"\n").expect("a configuration");
    let reading = Document::read(source);
    let findings = lint_all(
        &reading,
        &config,
        &Levels::default(),
        Some("2024-12-11-x"),
        Vec::new(),
    );
    (reading, findings)
}

const HEAD: &str = "version: 1\nid: 2024-12-11-x\ntitle: T\n";

/// The text with its fixes carried out, and that a second run changes nothing.
fn fixed(text: &str, which: Fixes) -> String {
    let run = |text: &str| {
        let (reading, findings) = look(Source::new("x.yaml", text));
        let fixed = fix(reading, findings, which, &look);
        let new = fixed.reading.source.text().to_owned();
        assert_eq!(fixed.count > 0, new != text, "{new}");
        new
    };
    let once = run(text);
    assert_eq!(run(&once), once, "a second run changes something");
    once
}

#[track_caller]
fn mends(which: Fixes, before: &str, after: &str) {
    for line_break in ["\n", "\r\n"] {
        let text = |part: &str| format!("{HEAD}{part}").replace('\n', line_break);
        assert_eq!(fixed(&text(before), which), text(after));
    }
}

#[test]
fn slips_are_mended_where_their_meaning_is_clear() {
    for (before, after) in [
        ("status: Resolved\n", "status: resolved\n"),
        ("stage: in review\n", "stage: in-review\n"),
        ("sumary: x\n", "summary: x\n"),
        ("summary: Step 1: done\n", "summary: \"Step 1: done\"\n"),
        ("summary: @sam said so\n", "summary: \"@sam said so\"\n"),
        ("summary: Reverted #4412\n", "summary: \"Reverted #4412\"\n"),
        ("tags: [dns, no]\n", "tags: [dns, \"no\"]\n"),
        ("tags: dns\n", "tags: [dns]\n"),
        ("summary: 500\n", "summary: \"500\"\n"),
        (
            "timeline:\n  - {at: 2024-12-11T15:16Z, what: Rolled back, all fine, internal: yes}\n",
            "timeline:\n  - {at: 2024-12-11T15:16Z, what: \"Rolled back, all fine\", internal: true}\n",
        ),
        (
            "timeline:\n  - {at: 2024/12/11 15:16 UTC, what: x}\n",
            "timeline:\n  - {at: 2024-12-11T15:16Z, what: x}\n",
        ),
        (
            "impact:\n  services: [{service: api, effect: outage, from: 2024-12-11, share: 50}]\n  slo: [{name: x, target: 99.9 percent, window: 30 days}]\n",
            "impact:\n  services: [{service: api, effect: outage, from: 2024-12-11, share: 50%}]\n  slo: [{name: x, target: 99.9%, window: 30d}]\n",
        ),
        // For other readers the block's last line has no line break here.
        ("sumary: |\n  x", "summary: |\n  x"),
        // A section that could not be read has slips of its own.
        (
            "timelin:\n  - {at: 2024-12-11T15:16Z, waht: x, kind: Started}\n",
            "timeline:\n  - {at: 2024-12-11T15:16Z, what: x, kind: started}\n",
        ),
    ] {
        mends(Fixes::Safe, before, after);
    }
}

#[test]
fn guesses_are_made_when_asked_for() {
    for (before, after) in [
        ("status: reslvd\n", "status: resolved\n"),
        ("timezone: PST\n", "timezone: America/Los_Angeles\n"),
        ("summary:x\n", "summary: x\n"),
        ("tags:\n\t- a\n", "tags:\n  - a\n"),
        (
            "timeline:\n  - {at: 2024-12-11T15:16, what: x}\n",
            "timeline:\n  - {at: 2024-12-11T15:16+01:00, what: x}\n",
        ),
        (
            "timeline:\n  - {at: 2024-12-11T15:16Z, what: x}\n  # the same\n  - {at: 2024-12-11T15:16Z, what: x}\n",
            "timeline:\n  - {at: 2024-12-11T15:16Z, what: x}\n  # the same\n",
        ),
        (
            "people: {jane: {role: x}}\nowner: jan\n",
            "people: {jane: {role: x}}\nowner: jane\n",
        ),
    ] {
        mends(Fixes::Safe, before, before);
        mends(Fixes::All, before, after);
    }
}

#[test]
fn what_may_be_meant_in_two_ways_is_left_alone() {
    for part in [
        "impact:\n  services: [{service: api, effect: outage, from: 2024-12-11, share: 0.5}]\n",
        "impact:\n  figures: [{what: users, value: 1, 200}]\n",
        "summary: Step 1: done # a comment\n",
        "summary: x\n summary: y\n",
        "detection: {by: uesr or vendor}\n",
    ] {
        mends(Fixes::All, part, part);
    }
}

#[test]
fn the_timeline_is_sorted_with_its_comments() {
    let before = "\
timeline: # all times are UTC
  # the rollout
  - at: 2024-12-11T15:16Z # beside
    what: second
    # below second

  # first of all
  - {at: 2024-12-11T14:51Z, what: first}
  # the same instant
  - {at: 2024-12-11T15:16Z, what: third}
  - {at: 2024-12-11, what: a day}
  - at: unknown
    what: unknown
    detail: |
      # no comment
# the end
summary: x
";
    let after = "\
timeline: # all times are UTC
  # first of all
  - {at: 2024-12-11T14:51Z, what: first}

  # the rollout
  - at: 2024-12-11T15:16Z # beside
    what: second
    # below second
  # the same instant
  - {at: 2024-12-11T15:16Z, what: third}
  - {at: 2024-12-11, what: a day}
  - at: unknown
    what: unknown
    detail: |
      # no comment
# the end
summary: x
";
    mends(Fixes::Safe, before, after);
    mends(
        Fixes::Safe,
        "timeline: [{at: 2024-12-11T15:16Z, what: b}, {at: 2024-12-11T15:14Z, what: a}]\n",
        "timeline: [{at: 2024-12-11T15:14Z, what: a}, {at: 2024-12-11T15:16Z, what: b}]\n",
    );
}

#[test]
fn a_sorted_timeline_has_no_finding() {
    let mut seed = 7_u64;
    let mut next = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % most
    };
    for _ in 0..200 {
        let mut text = format!("{HEAD}timeline:\n");
        for number in 0..next(9) {
            let at = match next(8) {
                0 => "unknown".to_owned(),
                1 => format!("2024-12-{:02}", 10 + next(3)),
                _ => format!("2024-12-{:02}T{:02}:00Z", 10 + next(3), next(24)),
            };
            text.push_str(&format!(
                "  # {number}\n  - {{at: {at}, what: w{number}}}\n"
            ));
        }
        let new = fixed(&text, Fixes::Safe);
        let (_, findings) = look(Source::new("x.yaml", new.as_str()));
        let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
        assert!(!rules.contains(&"timeline-out-of-order"), "{text}\n{new}");
        for number in 0..9 {
            let comment = format!("  # {number}\n");
            if let Some(at) = new.find(&comment) {
                let below = new[at + comment.len()..].lines().next().unwrap_or("");
                assert!(below.contains(&format!("what: w{number}}}")), "{new}");
            }
        }
    }
}
