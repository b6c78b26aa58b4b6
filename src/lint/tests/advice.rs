//! Where a naive rule would cry wolf, and where a rule must not be deaf.

use super::*;

const TIMES: &str = "timezone: Europe/Oslo\ntimeline:\n  - {at: 2024-12-11T15:16, kind: started, what: a}\n  - {at: 2024-12-11T15:46, kind: [detected, mitigated], what: b}\n  - {at: 2024-12-11T16:38, kind: resolved, what: c}\n";

fn silent_with(rule: &str, toml: &str, part: &str) {
    assert_eq!(marked_with(rule, toml, part), [""; 0], "{rule}\n{part}");
}

#[test]
fn sources_of_the_document_answer_for_all_unless_each_is_asked() {
    let part = "sources: [S1]\nlinks: [{id: S1, url: \"https://example.com\"}]\ncauses: [{id: C1, state: confirmed, what: x}, {id: C2, state: ruled-out, what: y}]\ntimeline:\n  - {at: 2024-12-11T15:16Z, what: a}\n  - {at: 2024-12-11T15:17Z, what: b, source: S1}\n";
    for rule in [
        "event-without-source",
        "cause-without-evidence",
        "ruled-out-without-evidence",
    ] {
        silent(rule, part);
    }
    let strict =
        "[lint.options]\nevent-without-source = \"each\"\ncause-without-evidence = \"each\"\n";
    assert_eq!(marked_with("event-without-source", strict, part), ["a"]);
    assert_eq!(marked_with("cause-without-evidence", strict, part), ["C1"]);
    assert_eq!(
        marked_with("ruled-out-without-evidence", strict, part),
        ["C2"]
    );
    let profile = "[lint]\nprofile = \"pagerduty\"\n";
    assert_eq!(marked_with("event-without-source", profile, part), ["a"]);
    // Whoever did it or saw it stands for it; a wall of findings would be no help.
    silent(
        "event-without-source",
        "people: {jane: {}}\ntimeline:\n  - {at: 2024-12-11T15:16Z, what: a, by: jane}\n  - {at: 2024-12-11T15:17Z, what: b}\n",
    );
}

#[test]
fn nobody_outside_is_asked_for_what_only_insiders_know() {
    let part = format!(
        "view: outside\nstage: published\nseverity: sev1\nstatus: resolved\nimpact: {{summary: 3 users., services: [{{service: a, effect: outage, from: 2024-12-11T15:16, until: 2024-12-11T16:38}}]}}\ndetection: {{by: user}}\ncauses: [{{id: C1, role: root, state: confirmed, what: x}}]\nreview: {{date: 2024-12-20}}\nlessons: {{went_well: [x]}}\nactions: [{{id: A1, what: x, kind: mitigate, priority: P3, due: 2024-12-12}}]\n{TIMES}"
    );
    for rule in [
        "action-without-ticket",
        "slo-unanswered",
        "recovery-without-plan",
        "published-without-review",
        "unanswered-lessons",
        "no-surprises",
        "no-actions",
        "single-cause",
        "no-preventive-action",
        "no-priority-action",
        "no-event-before-start",
        "timeline-gap",
        "change-without-reference",
        "detected-by-people-without-detect-action",
        "overdue-action",
        "open-action-in-closed-document",
    ] {
        silent(rule, &part);
        let own = part.replace("view: outside\n", "");
        let beyond = ["no-actions", "timeline-gap", "change-without-reference"];
        assert!(
            beyond.contains(&rule) || !marked(rule, &own).is_empty(),
            "{rule} is deaf to our own\n{own}"
        );
    }
    let data = found(&part.replace("stage: published", "stage: reviewed"));
    let data = data
        .iter()
        .find(|finding| finding.rule == "data-impact-unanswered");
    assert_eq!(data.map(|finding| finding.level), Some(Level::Info));
}

#[test]
fn a_gap_is_covered_by_an_event_that_lasts_and_grows_with_the_incident() {
    let gap = |middle: &str, end: &str| {
        format!(
            "timeline:\n  - {{at: 2024-12-11T12:00Z, kind: started, what: a}}\n{middle}  - {{at: {end}, kind: mitigated, what: z}}\n"
        )
    };
    let early = "  - {at: 2024-12-11T12:10Z, what: b}\n";
    let end = "2024-12-11T16:00Z";
    assert_eq!(marked("timeline-gap", &gap(early, end)), [end]);
    let lasting = "  - {at: 2024-12-11T12:10Z, until: 2024-12-11T15:30Z, what: b}\n";
    silent("timeline-gap", &gap(lasting, end));
    let no_hour = "  - {at: 2024-12-11T12:10Z, what: b}\n  - {at: 2024-12-11, what: c}\n";
    silent("timeline-gap", &gap(no_hour, end));
    silent(
        "timeline-gap",
        &format!("unrecorded: [action]\n{}", gap(early, end)),
    );
    // Over thirteen days the nights are no gaps.
    let days: String = (12..24)
        .map(|day| format!("  - {{at: 2024-12-{day}T12:10Z, what: b}}\n"))
        .collect();
    silent("timeline-gap", &gap(&days, "2024-12-24T12:00Z"));
    // Before anybody noticed there is nothing to tell.
    let unseen = "  - {at: 2024-12-11T15:00Z, kind: detected, what: b}\n";
    silent("timeline-gap", &gap(unseen, end));
    let late = "2024-12-11T21:00Z";
    assert_eq!(marked("timeline-gap", &gap(unseen, late)), [late]);
    // Once most users are well, there is time.
    silent(
        "timeline-gap",
        "timeline:\n  - {at: 2024-12-11T12:00Z, kind: started, what: a}\n  - {at: 2024-12-11T12:10Z, kind: mitigated, what: b}\n  - {at: 2024-12-11T19:00Z, kind: resolved, what: z}\n",
    );
}

#[test]
fn a_change_that_does_harm_at_once_is_what_led_there() {
    let part = |kind: &str| {
        format!(
            "status: resolved\ntimeline:\n  - {{at: 2024-12-11T12:00Z, kind: {kind}, what: Release 7.30 goes out.}}\n  - {{at: 2024-12-11T12:20Z, kind: resolved, what: z}}\n"
        )
    };
    let rule = "no-event-before-start";
    assert_eq!(marked(rule, &part("started")), ["2024-12-11T12:00Z"]);
    silent(rule, &part("[change, started]"));
}

#[test]
fn how_long_something_is_kept_is_no_claim() {
    let part = |sentence: &str| {
        format!(
            "lessons: {{went_wrong: [{sentence}]}}\ntimeline:\n  - {{at: 2024-12-11T12:00Z, kind: started, what: a}}\n  - {{at: 2024-12-11T12:20Z, kind: resolved, what: z}}\n"
        )
    };
    let rule = "typed-duration-contradicts-timeline";
    let claim = part("Users were offline for 30 days.");
    assert_eq!(marked(rule, &claim), ["30 days"]);
    for sentence in [
        "Apps keep originals for 30 days in a cache for slow networks.",
        "Logs were kept for 30 days and the errors before are gone.",
        "The retention for failed orders is for 30 days.",
    ] {
        silent(rule, &part(sentence));
    }
}

#[test]
fn an_impact_outside_is_information_even_once_published() {
    let part = format!(
        "stage: published\nimpact: {{services: [{{service: a, effect: degraded, from: 2024-12-11T15:00, until: 2024-12-11T17:00}}]}}\n{TIMES}"
    );
    let found = found(&part);
    let levels = found
        .iter()
        .filter(|finding| finding.rule == "impact-outside-incident");
    let levels: Vec<Level> = levels.map(|finding| finding.level).collect();
    assert_eq!(levels, [Level::Info, Level::Info]);
}

#[test]
fn people_may_notice_first_if_they_do_soon() {
    let part = |minute: &str| {
        format!(
            "detection: {{by: employee}}\nactions: [{{id: A1, what: x, kind: prevent}}]\ntimeline:\n  - {{at: 2024-12-11T15:00Z, kind: started, what: a}}\n  - {{at: 2024-12-11T15:{minute}Z, kind: detected, what: b}}\n"
        )
    };
    let rule = "detected-by-people-without-detect-action";
    silent(rule, &part("08"));
    assert_eq!(marked(rule, &part("20")), ["employee"]);
    let chosen = format!("[lint.options]\n{rule} = \"30m\"\n");
    silent_with(rule, &chosen, &part("20"));
    silent(rule, &part("20").replace("prevent", "detect"));
}

#[test]
fn prose_may_mean_any_two_times_any_window_and_any_sum() {
    let windows = "impact:\n  services:\n    - {service: a, effect: outage, from: 2024-12-11T15:16, until: 2024-12-11T15:26}\n    - {service: a, effect: outage, from: 2024-12-11T16:00, until: 2024-12-11T16:38}\n  figures: [{what: Data lost, value: 7, unit: hours}]\n";
    for said in [
        "It was down for 82 minutes.",
        "It was down for 1 hour and 22 minutes.",
        "It was down for an hour and a half.",
        "It was down for half an hour.",
        "A 52-minute outage.",
        "The 1h22m outage.",
        "It was down for 48 minutes in all.",
        "It was down for 38 minutes.",
        "Seven hours of data, an outage of seven hours.",
        "It was down for about three hours.",
        "It was down for up to three hours.",
        "Each job that failed was retried for three hours.",
        "It would have been down for three hours.",
        "The runbook was read for three hours.",
        "It was down from 15:16 to 16:38.",
        "It was down from 3:16 PM to 4:38 PM CET.",
        "It was down from 14:16 to 15:38 UTC.",
        "Backups run from 02:00 to 03:00.",
    ] {
        let part = format!("summary: {said:?}\n{windows}{TIMES}");
        silent("typed-duration-contradicts-timeline", &part);
        silent("number-contradicts-data", &part);
    }
}

#[test]
fn prose_that_the_data_contradicts_is_found_with_both_places() {
    for (said, rule, words) in [
        (
            "It was down for 3 hours.",
            "typed-duration-contradicts-timeline",
            "3 hours",
        ),
        (
            "The outage lasted two hours and ten minutes.",
            "typed-duration-contradicts-timeline",
            "two hours and ten minutes",
        ),
        (
            "A 12-minute outage.",
            "typed-duration-contradicts-timeline",
            "12-minute",
        ),
        (
            "It was down from 15:16 to 17:38.",
            "number-contradicts-data",
            "17:38",
        ),
        (
            "It was down between 2:51 pm and 4:38 pm.",
            "number-contradicts-data",
            "2:51",
        ),
    ] {
        let part = format!("summary: |\n  {said}\n{TIMES}");
        let text = Example(&part).document();
        let found = lint_with(&text, &Config::default());
        let found = found.iter().find(|finding| finding.rule == rule);
        let finding = found.unwrap_or_else(|| panic!("nothing in {said}"));
        assert_eq!(&text[finding.place.span.clone()], words, "{said}");
        assert!(!finding.labels.is_empty(), "{said}");
    }
}

#[test]
fn what_is_not_known_contradicts_nothing() {
    let said = "summary: It was down for 3 hours, from 11:00 to 14:00.\n";
    for times in [
        "timeline:\n  - {at: 2024-12-11, kind: started, what: a}\n  - {at: 2024-12-11T16:38Z, kind: resolved, what: c}\n",
        "timeline:\n  - {at: unknown, kind: started, what: a}\n  - {at: 2024-12-11T16:38Z, kind: resolved, what: c}\n  - {at: 2024-12-11T17:38Z, what: c}\n",
        "timeline:\n  - {at: 2024-12-11T16:38Z, kind: started, what: a}\n",
        "unrecorded: [resolved]\ntimeline:\n  - {at: 2024-12-11T16:38Z, kind: started, what: a}\n  - {at: 2024-12-11T16:48Z, what: a}\n",
    ] {
        let part = format!("{said}{times}");
        silent("typed-duration-contradicts-timeline", &part);
        silent("number-contradicts-data", &part);
    }
    // A note holds what sources disagree on.
    silent(
        "typed-duration-contradicts-timeline",
        &TIMES.replace(
            "what: a}",
            "what: a, note: Some say it was down for 9 hours.}",
        ),
    );
}

#[test]
fn shares_are_compared_with_every_share_that_follows_from_the_data() {
    let data = "  services: [{service: a, effect: outage, from: 2024-12-11T15:16Z, until: 2024-12-11T15:26Z, share: 80%}]\n  figures: [{what: Chats, value: 57}, {what: All chats, value: 312}, {what: Slow, value: [5, 9], unit: \"%\"}]\n  slo: [{name: x, target: 99.5%, window: 30d}]\n";
    for (said, wanted) in [
        ("80% of chats failed.", None),
        ("20 % of chats failed not, and others were down.", None),
        ("18% of chats failed.", None),
        ("7% of chats were slow.", None),
        ("About 40% of chats failed.", None),
        ("The limit of 40% of chats failed.", None),
        ("The disk was 40% full.", None),
        ("40% of chats failed.", Some("40%")),
        ("40 percent of chats failed.", Some("40 percent")),
    ] {
        let part = format!("impact:\n  summary: {said:?}\n{data}");
        let wanted: Vec<&str> = wanted.into_iter().collect();
        assert_eq!(marked("number-contradicts-data", &part), wanted, "{said}");
        let unknown = part.replace("value: 57", "value: unknown");
        silent("number-contradicts-data", &unknown);
    }
}

#[test]
fn actions_that_are_declined_or_done_are_not_missed() {
    let head = "status: resolved\ncauses: [{id: C1, state: confirmed, role: trigger, what: x}]\n";
    assert_eq!(marked("no-actions", head), ["API answers with errors"]);
    silent(
        "no-actions",
        &head.replace("what: x", "what: x, accepted: y"),
    );
    let root = head.replace("role: trigger, ", "");
    silent("no-actions", &root);
    assert_eq!(marked("cause-without-action", &root).len(), 1);
    silent(
        "action-without-ticket",
        "actions: [{id: A1, what: x, status: done}]\n",
    );
    silent("no-preventive-action", "actions: [{id: A1, what: x}]\n");
    silent(
        "no-preventive-action",
        "dependencies: [{name: x, failed: true}]\nactions: [{id: A1, what: x, kind: mitigate}]\n",
    );
    let low = "impact: {services: [{service: a, effect: outage, from: 2024-12-11T15:16Z}]}\nactions: [{id: A1, what: x, priority: P2}, {id: A2, what: x, priority: P1, status: done}]\n";
    silent("no-priority-action", low);
    assert_eq!(
        marked("no-priority-action", &low.replace("P1", "P3")).len(),
        1
    );
}

#[test]
fn what_is_late_needs_a_clock() {
    let text = Example("stage: draft\ntimeline:\n  - {at: 2034-12-11T15:16Z, what: a}\nactions: [{id: A1, what: x, due: 2020-01-01}]\n").document();
    let reading = Document::read(Source::new("x.yaml", text));
    let found = lint(&reading, &Config::default(), &Levels::default(), Some(STEM));
    let names: Vec<&str> = found.iter().map(|finding| finding.rule).collect();
    for rule in [
        "future-timestamp",
        "overdue-action",
        "draft-too-old",
        "missing-attachment",
    ] {
        assert!(!names.contains(&rule), "{names:?}");
    }
    // Today it is not late yet.
    silent(
        "overdue-action",
        "actions: [{id: A1, what: x, due: 2024-12-20}]\n",
    );
    silent(
        "future-timestamp",
        "timeline:\n  - {at: 2024-12-20, what: a}\n  - {at: 2024-12-20T12:04Z, what: b}\n",
    );
}

#[test]
fn what_stays_inside_may_name_anybody() {
    let part = |what: &str| {
        format!(
            "people:\n  jane: {{name: Jane Okafor, role: engineer}}\ninternal_notes: Okafor was asked, jane@example.com.\nlessons: {{went_well: [{{what: Okafor knew it., internal: true}}]}}\ntimeline:\n  - {what}\n"
        )
    };
    let rules = ["internal-token-in-public-text", "personal-data"];
    for rule in rules {
        silent(
            rule,
            &part("{at: 2024-12-11, what: \"Okafor mailed jane@example.com.\", internal: true}"),
        );
        silent(
            rule,
            &part("{at: 2024-12-11, what: On-call mailed., note: Okafor mailed jane@example.com.}"),
        );
    }
    let public = part("{at: 2024-12-11, what: Okafor mailed jane@example.com.}");
    assert_eq!(marked(rules[0], &public), ["Okafor"]);
    assert_eq!(marked(rules[1], &public), ["jane@example.com"]);
    let inside = found(&format!("{public}review: {{shared_with: company}}\n"));
    let levels = inside
        .iter()
        .filter(|finding| rules.contains(&finding.rule));
    assert!(
        levels
            .map(|finding| finding.level)
            .all(|level| level == Level::Info)
    );
}

#[test]
fn a_zone_is_judged_by_the_day_and_only_behind_a_clock() {
    let part = |at: &str, what: &str| {
        format!(
            "timezone: America/Los_Angeles\ntimeline:\n  - {{at: {at}, kind: started, what: {what:?}}}\n"
        )
    };
    let rule = "zone-abbreviation-contradicts-date";
    assert_eq!(
        marked(rule, &part("2024-07-11T15:16", "At 15:16 PST it broke.")),
        ["PST"]
    );
    for (at, what) in [
        ("2024-12-11T15:16", "At 15:16 PST it broke."),
        ("2024-07-11T15:16", "The PST table broke."),
        ("2024-07-11T15:16", "It sleeps since 12 January, 15:16 PST."),
        ("2024-07-11T15:16", "At 15:16 PSTX it broke."),
        ("2024-07-11", "At 15:16 PST it broke."),
    ] {
        silent(rule, &part(at, what));
    }
    silent(
        rule,
        "timezone: Europe/London\ntimeline:\n  - {at: 2024-07-11T15:16, kind: started, what: At 14:16 GMT it broke.}\n",
    );
}

#[test]
fn a_service_is_looked_up_in_the_catalogue_where_the_document_lists_none() {
    let toml = "services = [\"api\"]\n";
    let part = "impact: {services: [{service: apl, effect: outage, from: 2024-12-11T15:16Z}]}\ntimeline:\n  - {at: 2024-12-11T15:16Z, what: a, services: [api, web]}\n";
    assert_eq!(
        marked_with("unresolved-reference", toml, part),
        ["apl", "web"]
    );
    silent("unresolved-reference", part);
}

#[test]
fn fields_of_the_organisation_are_asked_for_from_their_stage() {
    let toml = "[custom.team]\ntype = \"word\"\nvalues = [\"a\", \"b\"]\nrequired_from = \"reviewed\"\n[custom.when]\ntype = \"day\"\n[custom.parts]\ntype = \"list\"\n[custom.ok]\ntype = \"boolean\"\n";
    silent_with("custom-field-missing", toml, "stage: in-review\n");
    assert_eq!(
        marked_with("custom-field-missing", toml, "stage: published\n").len(),
        1
    );
    silent_with(
        "custom-field-wrong-type",
        toml,
        "custom: {team: a, when: 2024-12-11, parts: [x], ok: true}\n",
    );
    let wrong = "custom: {team: c, when: tomorrow, parts: x, ok: \"yes\"}\n";
    assert_eq!(marked_with("custom-field-wrong-type", toml, wrong).len(), 4);
    silent("custom-field-unknown", "custom: {anything: goes}\n");
    assert_eq!(
        marked_with("custom-field-unknown", toml, "custom: {teem: a}\n"),
        ["teem"]
    );
}
