//! The rules on documents: the examples of their own manuals, and what they must be silent about.

mod advice;
mod language;
mod references;
mod time;

use super::*;
use crate::config::RuleLevel;
use crate::diagnostic::Level;
use crate::text::Source;

const STEM: &str = "2024-12-11-api-errors";

fn lint_with(text: &str, config: &Config) -> Vec<Diagnostic> {
    let reading = Document::read(Source::new("x.yaml", text));
    let levels = Levels::configured(&config.lint).expect("levels");
    let around = Around {
        file_stem: Some(STEM),
        now: Some("2024-12-20T12:00:00Z".parse().expect("a time")),
        has_file: Some(&|name| name == "graphs/errors.png"),
    };
    lint(&reading, config, &levels, around)
}

/// What is found in a part of a document under a configuration.
fn marked_with(rule: &str, toml: &str, part: &str) -> Vec<String> {
    let config = Config::parse(toml).expect("a configuration");
    let text = Example(part).document();
    let found = lint_with(&text, &config).into_iter();
    let of_rule = found.filter(|finding| finding.rule == rule);
    of_rule
        .map(|finding| text[finding.place.span].to_owned())
        .collect()
}

/// What is found in a part of a document, below a head, in review.
fn found(part: &str) -> Vec<Diagnostic> {
    lint_with(&Example(part).document(), &Config::default())
}

/// The texts that a rule marks in a part of a document.
fn marked(rule: &str, part: &str) -> Vec<String> {
    let text = Example(part).document();
    let found = lint_with(&text, &Config::default());
    found
        .into_iter()
        .filter(|finding| finding.rule == rule)
        .map(|finding| text[finding.place.span].to_owned())
        .collect()
}

#[track_caller]
fn silent(rule: &str, part: &str) {
    let found = marked(rule, part);
    assert_eq!(found, [""; 0], "{rule} on\n{part}");
}

#[test]
fn every_manual_has_the_same_shape() {
    for rule in catalogue::RULES {
        let manual = Manual::of(rule.text).unwrap_or_else(|| panic!("{}: its shape", rule.name));
        assert_eq!(manual.name, rule.name);
        assert_eq!(manual.level, rule.class.words(), "{}", rule.name);
        assert!(
            manual.summary.ends_with('.') && !manual.summary.contains('\n'),
            "{}",
            rule.name
        );
        assert!(
            manual.why.contains("](https://"),
            "{} rests on nothing",
            rule.name
        );
        for line in rule.text.lines() {
            assert!(!line.ends_with(' '), "{}: `{line}`", rule.name);
        }
    }
}

#[test]
fn names_are_unique() {
    let mut names: Vec<&str> = catalogue::RULES
        .iter()
        .flat_map(|rule| rule.aliases.iter().copied().chain([rule.name]))
        .collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn bad_examples_are_found_and_good_ones_are_not() {
    let mut wrong = Vec::new();
    for rule in catalogue::RULES {
        let Some(manual) = Manual::of(rule.text) else {
            continue;
        };
        let mut config = Config::parse(manual.configuration()).unwrap_or_else(|error| {
            panic!("{}: its options: {error}", rule.name);
        });
        if rule.class == Class::Asked {
            let levels = &mut config.lint.levels;
            levels.insert(rule.name.to_owned(), RuleLevel::Info);
        }
        let of_rule = |example: Example<'_>| {
            let found = lint_with(&example.document(), &config);
            let names: Vec<_> = found.iter().map(|finding| finding.rule).collect();
            (names.contains(&rule.name), names)
        };
        let (in_bad, bad) = of_rule(manual.bad);
        let (in_good, good) = of_rule(manual.good);
        // Four megabytes stand in no manual, nor do two documents.
        let beyond = ["too-large", "duplicate-id", "recurring-cause"];
        if !in_bad && !beyond.contains(&rule.name) {
            wrong.push(format!(
                "{}: not in its bad example, but {bad:?}",
                rule.name
            ));
        }
        if in_good {
            wrong.push(format!("{}: in its good example, {good:?}", rule.name));
        }
        let shape =
            |name: &&str| catalogue::find(name).is_some_and(|rule| rule.class == Class::Shape);
        if let Some(slip) = good.iter().find(|name| shape(name)) {
            wrong.push(format!("{}: its good example has {slip}", rule.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Parts that show the fix of a rule whose bad example has none.
const FIXED: &[(&str, &str)] = &[
    ("not-yaml", "summary:x\n"),
    (
        "unresolved-reference",
        "people: {jane: {role: x}}\nowner: Jane\n",
    ),
    (
        "invalid-timestamp",
        "timeline:\n  - {at: 2024/12/11, what: x}\n",
    ),
    (
        "invalid-percentage",
        "impact:\n  slo: [{name: x, target: 99 percent, window: 30d}]\n",
    ),
    (
        "invalid-length",
        "impact:\n  slo: [{name: x, target: 99%, window: 30 days}]\n",
    ),
    ("unknown-timezone", "timezone: europe/berlin\n"),
    ("wrong-type", "tags: dns\n"),
    ("unknown-value", "status: Resolved\n"),
    ("unknown-field", "sumary: x\n"),
    ("reserved-character", "summary: @sam said so\n"),
    ("text-cut-by-comment", "summary: Reverted #4412\n"),
];

#[test]
fn manuals_say_what_is_fixed() {
    let config = Config::parse("timezone = \"Europe/Berlin\"\n").expect("a configuration");
    let mut wrong = Vec::new();
    for rule in catalogue::RULES {
        let Some(manual) = Manual::of(rule.text) else {
            continue;
        };
        if manual.fix.is_some() != rule.fixes {
            wrong.push(format!("{}: manual and table differ", rule.name));
        }
        let shown = FIXED.iter().find(|(name, _)| *name == rule.name);
        let text = shown
            .map_or(manual.bad, |(_, part)| Example(part))
            .document();
        let found = lint_with(&text, &config).into_iter();
        let fixes: Vec<_> = found
            .filter(|finding| finding.rule == rule.name)
            .filter_map(|finding| finding.fix)
            .collect();
        if fixes.is_empty() == rule.fixes {
            wrong.push(format!("{}: {} fixes are found", rule.name, fixes.len()));
        }
        let is_safe = manual.fix.is_some_and(|fix| fix.starts_with("safe, "));
        if fixes.iter().any(|fix| fix.safe != is_safe) {
            wrong.push(format!("{}: safe or not", rule.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_reader_says_is_in_the_catalogue() {
    let text = "version: 2\nid: x\nx: [&a 1, *a]\ntitle: !t x\ntitle: y\n";
    for finding in Document::read(Source::new("x.yaml", text)).findings {
        assert!(catalogue::find(finding.rule).is_some(), "{}", finding.rule);
    }
}

#[test]
fn a_whole_document_of_our_own_has_no_findings_at_any_stage() {
    for stage in ["draft", "in-review", "reviewed", "published"] {
        let text = WELL_WRITTEN.replace("stage: reviewed", &format!("stage: {stage}"));
        let found = lint_with(&text, &Config::default());
        assert!(found.is_empty(), "{stage}: {found:#?}");
    }
}

#[test]
fn a_draft_is_asked_for_nothing() {
    let text = "version: 1\nid: 2024-12-11-api-errors\ntitle: API answers with errors\n\
        severity: sev1\ntimezone: America/Los_Angeles\ntimeline:\n  \
        - {at: 2024-12-11T15:16, kind: started, what: First users see errors.}\n";
    assert_eq!(lint_with(text, &Config::default()), []);
}

#[test]
fn findings_stand_in_order_of_place() {
    let found =
        found("timeline:\n  - {at: 2024-12-11T15:16, what: TODO, by: nobody}\nsummary: TBD\n");
    let starts: Vec<usize> = found
        .iter()
        .map(|finding| finding.place.span.start)
        .collect();
    assert!(starts.is_sorted() && starts.len() > 4, "{found:#?}");
}

#[test]
fn a_mistake_of_shape_is_told_once() {
    let part = "severity: sev1\ndetection: {by: alrt}\nimpact: {sumary: Nobody could log in.}\ncauses:\n  - {id: C1, what: x, state: confirmd}\nsummary: @here\n";
    let names: Vec<_> = found(part).iter().map(|finding| finding.rule).collect();
    assert!(!names.contains(&"missing-detection"), "{names:?}");
    assert!(!names.contains(&"missing-impact"), "{names:?}");
    assert!(!names.contains(&"missing-summary"), "{names:?}");
}

#[test]
fn references_are_followed() {
    let part = "owner: sam\npeople: {jane: {}}\nservices: [api]\nseverity: sev9\nsources: [S1, \"https://example.com\", S9]\nlinks: [{id: S1, url: \"https://example.com\"}]\ncauses:\n  - {id: C1, what: x, category: magic, because: [C2], evidence: [S2, logs, \"a sentence\", S1]}\nimpact: {services: [{service: apii, effect: outage, from: 2024-12-11T15:16Z}]}\ntimeline:\n  - {at: 2024-12-11T15:16Z, what: x, by: jan, source: pagerduty log, services: [web]}\nactions: [{id: A1, what: x, for: [C7], owner: jane}]\nreview: {reviewers: [kim]}\n";
    assert_eq!(
        marked("unresolved-reference", part),
        [
            "sam",
            "sev9",
            "S9",
            "magic",
            "C2",
            "S2",
            "apii",
            "jan",
            "pagerduty log",
            "web",
            "C7",
            "kim"
        ]
    );
}

#[test]
fn references_may_lead_to_the_configuration() {
    let config = Config::parse(
        "services = [\"api\"]\ncategories = [\"magic\"]\n[people.sam]\nname = \"Sam\"\n",
    )
    .expect("a configuration");
    let text =
        Example("owner: sam\nservices: [api]\ncauses: [{id: C1, what: x, category: magic}]\n")
            .document();
    let found = lint_with(&text, &config);
    assert!(
        found.iter().all(|f| f.rule != "unresolved-reference"),
        "{found:#?}"
    );
    let text = text.replace("[api]", "[ap1]");
    let found = lint_with(&text, &config);
    let finding = found
        .iter()
        .find(|f| f.rule == "unresolved-reference")
        .expect("found");
    assert_eq!(finding.help, ["did you mean `api`?"]);
}

#[test]
fn circles_of_causes_are_found_once() {
    let part = "causes:\n  - {id: C1, what: a, because: [C2]}\n  - {id: C2, what: b, because: [C3, C4]}\n  - {id: C3, what: c, because: [C1]}\n  - {id: C4, what: d, because: [C4]}\n  - {id: C5, what: e, because: [C1]}\n";
    let found = found(part);
    let messages: Vec<&str> = found
        .iter()
        .filter(|f| f.rule == "circular-causes")
        .map(|f| f.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "causes are each other's reason: C1 because C2 because C3 because C1",
            "`C4` is its own reason"
        ]
    );
    silent(
        "circular-causes",
        "causes:\n  - {id: C1, what: a, because: [C2, C3]}\n  - {id: C2, what: b, because: [C3]}\n  - {id: C3, what: c}\n",
    );
}

#[test]
fn others_are_not_asked_for_what_they_do_not_publish() {
    let part = "view: outside\nstatus: resolved\nseverity: sev1\ncauses:\n  - {id: C1, what: a, state: confirmed}\nactions:\n  - {id: A1, what: a}\n  - {id: A2, what: b, status: done}\n  - {id: A3, what: c, status: declined}\ntimeline:\n  - {at: 2024-12-11T15:16Z, kind: started, what: a}\n  - {at: 2024-12-11T19:16Z, kind: resolved, what: b}\n";
    for rule in [
        "action-without-owner",
        "action-without-due-date",
        "action-without-priority",
        "done-without-date",
        "declined-without-reason",
        "missing-severity",
        "public-update-late",
        "public-silence",
    ] {
        silent(rule, part);
    }
    let found = found(part);
    let level = |rule: &str| found.iter().find(|f| f.rule == rule).map(|f| f.level);
    assert_eq!(level("cause-without-action"), Some(Level::Info));
    silent(
        "cause-without-action",
        "view: outside\ncauses:\n  - {id: C1, what: a, state: confirmed}\n",
    );
}

#[test]
fn only_open_actions_are_asked() {
    let part = "actions:\n  - {id: A1, what: a, status: in-progress}\n  - {id: A2, what: b, status: done, done_on: 2025-01-02}\n  - {id: A3, what: c, status: declined, reason: x}\n";
    for rule in [
        "action-without-owner",
        "action-without-due-date",
        "action-without-priority",
    ] {
        assert_eq!(marked(rule, part), ["A1"], "{rule}");
    }
}

#[test]
fn a_cause_is_answered_through_its_reasons() {
    let part = "causes:\n  - {id: C1, what: a, state: confirmed, because: [C2]}\n  - {id: C2, what: b, state: confirmed, because: [C3]}\n  - {id: C3, what: c, state: confirmed}\n  - {id: C4, what: d, state: confirmed, because: [C3]}\n  - {id: C5, what: e, state: ruled-out}\n  - {id: C6, what: f}\nactions: [{id: A1, what: x, for: [C2]}]\n";
    assert_eq!(marked("cause-without-action", part), ["C3", "C4"]);
    let declined = part.replace("for: [C2]", "for: [C2], status: declined, reason: no");
    assert_eq!(
        marked("cause-without-action", &declined),
        ["C1", "C2", "C3", "C4"]
    );
}

#[test]
fn an_open_action_about_the_fallback_softens() {
    let part = "dependencies:\n  - {name: Mail API, failed: true, fallback: none}\nactions:\n  - {id: A1, what: Add a fallback for mail.}\n";
    let level = |part: &str| {
        found(part)
            .iter()
            .find(|f| f.rule == "dependency-without-fallback")
            .map(|f| f.level)
    };
    assert_eq!(level(part), Some(Level::Info));
    assert_eq!(
        level(&part.replace("fallback for mail", "wall")),
        Some(Level::Warning)
    );
    assert_eq!(level(&part.replace("mail.}", "mail., status: done}")), None);
    assert_eq!(level(&part.replace("failed: true, ", "")), None);
}

#[test]
fn placeholders_are_marked_where_they_stand() {
    let part = "summary: |\n  `TODO` is code.\n  TODO and\n  TBD.\nbackground: \"…\"\nlessons: {went_well: [\"<what went well>\"]}\ntimeline:\n  - {at: 2024-12-11, what: x, detail: TODO}\n";
    let text = Example(part).document();
    let found = lint_with(&text, &Config::default());
    let found: Vec<_> = found
        .iter()
        .filter(|f| f.rule == "placeholder-text")
        .collect();
    let marked: Vec<&str> = found.iter().map(|f| &text[f.place.span.clone()]).collect();
    assert_eq!(marked, ["TODO", "TBD", "\"…\"", "<what went well>"]);
    assert_eq!(
        found[0].place.span.start,
        text.find("TODO and").expect("there")
    );
}

#[test]
fn a_secret_is_found_wherever_it_stands_and_never_told() {
    let value = ["AKIA", "ABCDEFGHIJKLMNOP"].concat();
    let text = format!(
        "{}# {value}\ncustom: {{x: \"{value}\"}}\n",
        Example("").document()
    );
    let found = lint_with(&text, &Config::default());
    let secrets: Vec<_> = found.iter().filter(|f| f.rule == "secret").collect();
    assert_eq!(secrets.len(), 2);
    for finding in &found {
        assert!(!format!("{finding:?}").contains(&value));
    }
    assert_eq!(secrets[0].level, Level::Error);
}

#[test]
fn an_answer_without_a_number_is_an_answer() {
    for impact in [
        "{summary: Many., figures: [{what: users, value: unknown}]}",
        "{summary: About 1.2% of subscribers.}",
        "{services: [{service: a, effect: outage, from: 2024-12-11T15:00Z, share: 100%}]}",
    ] {
        silent("impact-without-number", &format!("impact: {impact}\n"));
    }
    silent(
        "impact-without-number",
        "stage: draft\nimpact: {summary: Many.}\n",
    );
}

const WELL_WRITTEN: &str = r#"version: 1
id: 2024-12-11-api-errors
title: API answers with errors
severity: sev1
status: resolved
stage: reviewed
timezone: America/Los_Angeles
owner: jane
people:
  jane: {name: Jane Doe, role: incident commander}
  sam: {role: engineer}
services: [api, web]
summary: |
  For twenty minutes most requests failed.
impact:
  summary: Nobody could log in.
  services:
    - {service: api, effect: outage, from: 2024-12-11T15:16, until: 2024-12-11T15:30, share: 100%}
  data: none
  slo:
    - {name: API availability, target: 99.9%, window: 30d}
detection: {by: alert, how: The error rate alert paged the team.}
causes:
  - {id: C1, role: trigger, state: confirmed, category: deployment, what: The agent was rolled out., evidence: [S1]}
  - {id: C2, role: root, state: confirmed, what: Its cost was not known., evidence: [S1]}
timeline:
  - {at: 2024-12-11T14:51, kind: change, what: The agent is rolled out., source: S1}
  - {at: 2024-12-11T15:13, kind: [detected, acknowledged], what: An alert fires., by: jane, source: S1}
  - {at: 2024-12-11T15:16, kind: started, what: First users see errors.}
  - {at: 2024-12-11T15:20, kind: communication, audience: public, what: The status page tells of errors.}
  - {at: 2024-12-11T15:30, kind: mitigated, what: The agent is taken back.}
  - {at: 2024-12-11T15:33, kind: resolved, what: All users are well.}
actions:
  - {id: A1, what: Load-test agents., kind: prevent, for: [C2], owner: jane, priority: P1, due: 2025-01-31, ticket: OPS-12}
recovery: {how: The agent was taken back., method: rollback, plan: "https://wiki.example.com/api"}
lessons:
  went_well: [The alert came before the harm.]
  went_wrong: [Taking the agent back took ten minutes.]
  got_lucky: [It was a quiet hour.]
  surprises: [The agent's cost grew with the cluster.]
links: [{id: S1, url: "https://example.com"}]
review: {reviewers: [sam], date: 2024-12-13}
"#;

#[test]
fn what_was_lost_to_a_mistake_of_shape_is_not_missed() {
    let part = "status: resolved\ncauses: [{id: C1, state: confirmd, what: x}, {id: C 2, what: y}]\nlinks: [{id: S1, urll: x}]\nsources: [S1]\ntimeline:\n  - {at: 2024-12-11T15:16Z, kind: started, what: a}\n  - {at: 2024-12-34T15:16Z, kind: resolved, what: a}\nactions: [{id: A1, what: x, for: [C9]}]\n";
    let names: Vec<_> = found(part).iter().map(|finding| finding.rule).collect();
    for rule in [
        "missing-milestone",
        "unconfirmed-cause",
        "unresolved-reference",
    ] {
        assert!(!names.contains(&rule), "{names:?}");
    }
}

#[test]
fn a_secret_in_written_letters_is_one_and_stays_untold() {
    let value = ["ABCDEFGHIJ", "KLMNOP"].concat();
    let text = format!(
        "{}summary: \"see \\u0041\\x4BIA{value}\"\n",
        Example("").document()
    );
    let found = lint_with(&text, &Config::default());
    let secret = found.iter().find(|f| f.rule == "secret").expect("found");
    let place = format!("\\u0041\\x4BIA{value}");
    assert_eq!(text[secret.place.span.clone()], place);
    assert!(!crate::diagnostic::mask(&text).contains(&value));
}
