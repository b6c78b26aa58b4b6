//! Rules about time, on documents.

use super::*;

const LASTS: &str = "severity: sev1\ntimeline:\n  - {at: 2024-12-11T15:00Z, kind: started, what: a}\n  - {at: 2024-12-11T15:20Z, kind: detected, what: b}\n  - {at: 2024-12-11T15:30Z, kind: communication, audience: public, what: c}\n  - {at: 2024-12-11T16:30Z, kind: resolved, what: d}\n";

#[test]
fn a_twelve_hour_clock_is_guessed() {
    let part = "timeline:\n  - {at: 2024-12-11T15:16-08:00, kind: started, what: a}\n  - {at: 2024-12-11T03:38-08:00, kind: resolved, what: b}\n";
    let found = found(part);
    let finding = found
        .iter()
        .find(|f| f.rule == "resolved-before-started")
        .expect("found");
    assert_eq!(finding.place.text, "11 h 38 min earlier");
    assert_eq!(finding.labels[0].text, "started here");
    assert!(
        finding.help[0].contains("`2024-12-11T15:38-08:00`"),
        "{finding:?}"
    );
}

#[test]
fn an_alert_before_the_harm_is_legal() {
    silent(
        "milestone-order",
        "timeline:\n  - {at: 2024-12-11T15:13Z, kind: [detected, acknowledged], what: a}\n  - {at: 2024-12-11T15:16Z, kind: started, what: b}\n",
    );
}

#[test]
fn milestones_of_services_are_judged_apart() {
    let part = "timeline:\n  - {at: 2024-12-11T15:16Z, kind: started, what: a}\n  - {at: 2024-12-11T15:20Z, kind: resolved, services: [api], what: b}\n  - {at: 2024-12-11T15:30Z, kind: mitigated, services: [web], what: c}\n";
    silent("milestone-order", part);
    silent("repeated-milestone", part);
    let part = part.replace("[web]", "[api]");
    assert_eq!(marked("milestone-order", &part), ["2024-12-11T15:20Z"]);
}

#[test]
fn the_odd_one_of_a_timeline_is_named() {
    let early = "timeline:\n  - {at: 2024-12-11T15:00Z, what: a}\n  - {at: 2024-12-11T15:10Z, what: b}\n  - {at: 2024-12-11T14:00Z, what: c}\n  - {at: 2024-12-11T15:20Z, what: d}\n";
    assert_eq!(
        marked("timeline-out-of-order", early),
        ["2024-12-11T14:00Z"]
    );
    let late = "timeline:\n  - {at: 2024-12-11T15:00Z, what: a}\n  - {at: 2024-12-11T22:00Z, what: b}\n  - {at: 2024-12-11T15:10Z, what: c}\n  - {at: 2024-12-11T15:20Z, what: d}\n";
    assert_eq!(marked("timeline-out-of-order", late), ["2024-12-11T22:00Z"]);
}

#[test]
fn a_day_is_in_order_anywhere_within_it() {
    for day in ["2024-12-11", "2024-12"] {
        silent(
            "timeline-out-of-order",
            &format!("timezone: UTC\ntimeline:\n  - {{at: 2024-12-11T23:59Z, what: a}}\n  - {{at: {day}, what: b}}\n  - {{at: 2024-12-11T00:00Z, what: c}}\n").replace("23:59Z, what: a}\n", "00:00Z, what: a}\n"),
        );
    }
    let later = "timezone: UTC\ntimeline:\n  - {at: 2024-12-12, what: a}\n  - {at: 2024-12-11T15:00Z, what: b}\n";
    assert_eq!(
        marked("timeline-out-of-order", later),
        ["2024-12-11T15:00Z"]
    );
}

#[test]
fn clock_changes_come_with_both_readings() {
    let part = "timezone: America/Los_Angeles\ntimeline:\n  - {at: 2024-11-03T01:30, what: a}\n  - {at: 2024-03-10T02:30, what: b}\n";
    let found = found(part);
    let help = |rule: &str| {
        let finding = found.iter().find(|f| f.rule == rule).expect(rule);
        finding.help.join(" ")
    };
    let overlap = help("ambiguous-local-time");
    assert!(
        overlap.contains("`2024-11-03T01:30-07:00`")
            && overlap.contains("`2024-11-03T01:30-08:00`"),
        "{overlap}"
    );
    assert!(help("nonexistent-local-time").contains("`2024-03-10T03:30-07:00`"));
}

#[test]
fn dates_far_away_are_often_right() {
    for event in [
        "{at: 2024-06-01, kind: change, what: The library is upgraded.}",
        "{at: 2023-12-11, kind: change, what: The certificate is issued.}",
        "{at: 2024-11-11T10:00Z, kind: change, what: The limit is raised.}",
        "{at: 2024-12-01T10:00Z, kind: alert, what: A first sign.}",
        "{at: 2012-04-01, kind: change, what: The bug is written.}",
    ] {
        let part = format!(
            "timeline:\n  - {event}\n  - {{at: 2024-12-11T15:16Z, kind: started, what: a}}\n"
        );
        silent("date-far-from-incident", &part);
    }
    let follow_up = "timeline:\n  - {at: 2024-12-11T15:16Z, kind: started, what: a}\n  - {at: 2025-01-11, kind: communication, what: The account is published.}\n";
    silent("date-far-from-incident", follow_up);
}

#[test]
fn slips_of_a_month_or_a_year_are_told() {
    for (at, meant) in [
        ("2023-12-11T15:20Z", "2024-12-11"),
        ("2024-11-11T15:20Z", "2024-12-11"),
        ("2025-01-12T15:20Z", "2024-12-12"),
    ] {
        let part = format!(
            "timeline:\n  - {{at: 2024-12-11T15:16Z, kind: started, what: a}}\n  - {{at: {at}, kind: mitigated, what: b}}\n"
        );
        let found = found(&part);
        let finding = found
            .iter()
            .find(|f| f.rule == "date-far-from-incident")
            .expect(at);
        assert_eq!(finding.help, [format!("`{meant}`?")]);
    }
    let out_of_order = "timeline:\n  - {at: 2024-12-11T15:16Z, kind: started, what: a}\n  - {at: 2023-12-11T15:20Z, kind: change, what: Rolled back.}\n  - {at: 2024-12-11T15:30Z, kind: resolved, what: b}\n";
    assert_eq!(
        marked("date-far-from-incident", out_of_order),
        ["2023-12-11T15:20Z"]
    );
    silent("timeline-out-of-order", out_of_order);
    assert_eq!(
        marked(
            "date-far-from-incident",
            "timeline:\n  - {at: 2124-12-11, what: a}\n"
        ),
        ["2124-12-11"]
    );
}

#[test]
fn milestones_may_be_unknown_or_unrecorded() {
    silent(
        "missing-milestone",
        "status: resolved\nunrecorded: [started, resolved]\n",
    );
    silent(
        "missing-milestone",
        "timeline:\n  - {at: unknown, kind: started, what: a}\n",
    );
    silent("missing-milestone", "stage: draft\nstatus: resolved\n");
}

#[test]
fn silence_counts_only_where_it_can_be_told() {
    assert_eq!(marked("public-silence", LASTS), ["2024-12-11T15:30Z"]);
    silent("public-update-late", LASTS);
    silent(
        "public-silence",
        &format!("{LASTS}unrecorded: [communication]\n"),
    );
    let vague = LASTS.replace("  - {at: 2024-12-11T16:30Z", "  - {at: 2024-12-11, kind: communication, audience: customers, what: e}\n  - {at: 2024-12-11T16:30Z");
    silent("public-silence", &vague);
    silent("public-silence", &LASTS.replace("sev1", "sev4"));
    silent("public-update-late", &vague.replace("T15:30Z", "T16:20Z"));
    assert_eq!(
        marked("public-update-late", &LASTS.replace("T15:30Z", "T16:20Z")),
        ["2024-12-11T16:20Z"]
    );
}

#[test]
fn nobody_told_anybody() {
    let none = LASTS.replace("audience: public", "audience: internal");
    let resolved = format!("status: resolved\n{none}");
    for part in [&none, &resolved] {
        assert_eq!(marked("public-update-late", part), ["2024-12-11T15:00Z"]);
    }
    silent(
        "public-update-late",
        &format!("{resolved}unrecorded: [communication]\n"),
    );
}

#[test]
fn windows_that_end_before_they_begin_are_found_everywhere() {
    let part = "impact:\n  data: {state: lost, from: 2024-12-11T16:00Z, until: 2024-12-11T15:00Z}\n  services:\n    - {service: a, effect: outage, from: 2024-12-11T16:00Z, until: 2024-12-11T15:01Z}\n    - {service: a, effect: outage, from: 2024-12-11T16:00Z, until: 2024-12-11}\n    - {service: a, effect: outage, from: 2024-12-11T16:00Z}\ntimeline:\n  - {at: 2024-12-11T16:00Z, until: 2024-12-11T15:02Z, what: x}\n";
    assert_eq!(
        marked("window-ends-before-start", part),
        [
            "2024-12-11T15:00Z",
            "2024-12-11T15:01Z",
            "2024-12-11T15:02Z"
        ]
    );
}

#[test]
fn one_wrong_time_is_one_finding() {
    let part = "severity: sev1\nstatus: resolved\nsummary: s\nunrecorded: [communication]\nimpact: {summary: 3 users}\ndetection: {by: alert}\ncauses: [{id: C1, state: confirmed, role: trigger, what: x}]\ntimeline:\n  - {at: 2024-12-11T15:16Z, kind: [started, detected], what: a}\n  - {at: 2024-12-11T15:30Z, kind: mitigated, what: b}\n  - {at: 2024-12-11T03:38Z, kind: resolved, what: c}\n  - {at: 2024-12-11T16:00Z, what: d}\n";
    // What is missing is no follow-up of a wrong time.
    let is_wrong =
        |rule: &&str| catalogue::find(rule).is_some_and(|rule| rule.class == Class::Wrong);
    let names = found(part).into_iter().map(|finding| finding.rule);
    assert_eq!(
        names.filter(is_wrong).collect::<Vec<_>>(),
        ["resolved-before-started"]
    );
}

#[test]
fn an_incident_that_goes_on_is_silent_until_the_last_event() {
    let goes_on = "severity: sev1\nstatus: identified\ntimeline:\n  - {at: 2024-12-11T15:00Z, kind: started, what: a}\n  - {at: 2024-12-11T15:20Z, kind: detected, what: b}\n  - {at: 2024-12-11T20:30Z, what: c}\n";
    let found = found(goes_on);
    let finding = found.iter().find(|f| f.rule == "public-update-late");
    let finding = finding.expect("found");
    assert_eq!(finding.message, "users have been told nothing so far");
    assert_eq!(finding.place.text, "5 h 10 min without a word");
    silent("public-update-late", &goes_on.replace("20:30Z", "15:30Z"));
    // Notes of the weeks after it say nothing of how long it lasted.
    silent(
        "public-update-late",
        &goes_on.replace("status: identified", "status: resolved"),
    );
    let mitigated = goes_on
        .replace("status: identified", "status: resolved")
        .replace("20:30Z,", "20:30Z, kind: mitigated,");
    assert_eq!(
        marked("public-update-late", &mitigated),
        ["2024-12-11T15:00Z"]
    );
    let one_word = format!(
        "{}  - {{at: 2024-12-11T20:30Z, what: c}}\n",
        goes_on.replace(
            "20:30Z,",
            "15:30Z, kind: communication, audience: customers,"
        )
    );
    silent("public-update-late", &one_word);
    assert_eq!(marked("public-silence", &one_word), ["2024-12-11T15:30Z"]);
    let late = one_word.replace("T15:30Z", "T20:00Z");
    assert_eq!(marked("public-update-late", &late), ["2024-12-11T20:00Z"]);
}

#[test]
fn nobody_is_late_for_what_nobody_knows_the_hour_of() {
    let late = LASTS.replace("T15:30Z", "T16:20Z");
    let none = LASTS.replace("audience: public", "audience: internal");
    for part in [late, none] {
        assert_eq!(marked("public-update-late", &part).len(), 1);
        let detected = "2024-12-11T15:20Z, kind: detected";
        for vague in ["2024-12-11, kind: detected", "unknown, kind: detected"] {
            silent("public-update-late", &part.replace(detected, vague));
        }
        let unrecorded = part.replace("kind: detected", "kind: note");
        assert_eq!(marked("public-update-late", &unrecorded).len(), 1);
        silent(
            "public-update-late",
            &format!("{unrecorded}unrecorded: [detected]\n"),
        );
        silent("public-update-late", &format!("view: outside\n{part}"));
    }
}

#[test]
fn each_service_is_resolved_or_the_incident_is_not() {
    let part = "status: resolved\nservices: [aa, bb, cc]\ntimeline:\n  - {at: 2024-12-11T15:16Z, kind: started, what: a}\n  - {at: 2024-12-11T15:20Z, kind: resolved, services: [aa], what: b}\n";
    let message = |part: &str| {
        let found = found(part);
        let finding = found.into_iter().find(|f| f.rule == "missing-milestone");
        finding.map(|finding| finding.message)
    };
    let wanted = "the incident is resolved, and `bb` and 1 more have no `resolved`";
    assert_eq!(message(part).as_deref(), Some(wanted));
    let wanted = "the incident is resolved, and `bb` has no `resolved`";
    let both = part.replace("[aa],", "[aa, cc],");
    assert_eq!(message(&both).as_deref(), Some(wanted));
    assert_eq!(message(&part.replace("services: [aa],", "")), None);
    assert_eq!(message(&part.replace("[aa],", "[aa, bb, cc],")), None);
    assert_eq!(message(&format!("{part}unrecorded: [resolved]\n")), None);
    assert_eq!(
        message(&part.replace("status: resolved", "status: monitoring")),
        None
    );
}

#[test]
fn a_window_ends_with_the_incident() {
    let part = "status: resolved\nimpact:\n  services:\n    - {service: a, effect: outage, from: 2024-12-11T15:16Z}\n    - {service: a, effect: outage, from: 2024-12-11T15:17Z, until: 2024-12-11}\n    - {service: a, effect: outage, from: 2024-12-11T15:18Z, until: 15 o'clock}\n";
    assert_eq!(marked("window-without-end", part), ["2024-12-11T15:16Z"]);
    silent(
        "window-without-end",
        &part.replace("status: resolved", "status: monitoring"),
    );
}

#[test]
fn what_is_published_is_over() {
    assert_eq!(
        marked("published-before-resolved", "stage: published\n"),
        ["published"]
    );
    for part in [
        "stage: reviewed\n",
        "stage: published\nstatus: resolved\n",
        "stage: published\nstatus: resolvd\n",
    ] {
        silent("published-before-resolved", part);
    }
}

#[test]
fn the_same_instant_is_the_same_however_it_is_written() {
    let part = "timezone: UTC\ntimeline:\n  - {at: 2024-12-11T15:16, what: a}\n  - {at: 2024-12-11T15:16Z, what: a}\n  - {at: 2024-12-11T16:16+01:00, what: a}\n  - {at: 2024-12-11T15:16+01:00, what: a}\n  - {at: 2024-12-11, what: a}\n  - {at: unknown, what: a}\n";
    let found = found(part);
    let labels: Vec<_> = found
        .iter()
        .filter(|f| f.rule == "duplicate-event")
        .map(|f| f.labels[0].span.start)
        .collect();
    assert_eq!(labels.len(), 2);
    assert_eq!(labels[0], labels[1]);
}

#[test]
fn a_day_may_be_wholly_before_the_start() {
    let part = "timezone: UTC\ntimeline:\n  - {at: 2024-12-11T00:00Z, kind: started, what: a}\n  - {at: 2024-12-10, kind: resolved, what: b}\n";
    assert_eq!(marked("resolved-before-started", part), ["2024-12-10"]);
    for day in ["2024-12-11", "2024-12"] {
        silent("resolved-before-started", &part.replace("2024-12-10", day));
    }
    // Without a zone the day before may still be going on somewhere.
    silent(
        "resolved-before-started",
        &part.replace("timezone: UTC\n", ""),
    );
    let days = part.replace("2024-12-11T00:00Z", "2024-12-11");
    assert_eq!(marked("resolved-before-started", &days), ["2024-12-10"]);
}

#[test]
fn a_zone_that_cannot_be_read_is_one_finding() {
    let part = "timezone: Pacific Time\ntimeline:\n  - {at: 2024-12-11T15:16, what: a}\n";
    silent("naive-timestamp", part);
    assert_eq!(marked("unknown-timezone", part), ["Pacific Time"]);
    assert_eq!(
        marked(
            "naive-timestamp",
            &part.replace("timezone: Pacific Time\n", "")
        ),
        ["2024-12-11T15:16"]
    );
}

const NOTICE: &str = "[[clocks]]\nname = \"notice\"\nfrom = \"detected\"\ndue_after = \"72h\"\nuntil = \"communication\"\nchannel = \"authority\"\ndata = [\"exposed\"]\n";

fn notice(rest: &str) -> Vec<String> {
    let part = format!(
        "{rest}timeline:\n  - {{at: 2024-12-11T15:16Z, kind: [started, detected], what: a}}\n"
    );
    marked_with("overdue-clock", NOTICE, &part)
}

#[test]
fn what_is_promised_and_not_told_is_overdue() {
    // It is 20 December.
    assert_eq!(notice("impact: {data: exposed}\n"), ["2024-12-11T15:16Z"]);
    assert_eq!(notice("stage: draft\nimpact: {data: exposed}\n").len(), 1);
    for rest in [
        "",
        "impact: {data: none}\n",
        "view: outside\nimpact: {data: exposed}\n",
        "unrecorded: [communication]\nimpact: {data: exposed}\n",
    ] {
        assert_eq!(notice(rest), [""; 0], "{rest}");
    }
    let soon = NOTICE.replace("72h", "240h");
    let reminds = NOTICE.replace("until = \"communication\"\nchannel = \"authority\"\n", "");
    let part = "impact: {data: exposed}\ntimeline:\n  - {at: 2024-12-11T15:16Z, kind: [started, detected], what: a}\n";
    for toml in [soon, reminds] {
        assert_eq!(marked_with("overdue-clock", &toml, part), [""; 0], "{toml}");
    }
}

#[test]
fn what_was_told_too_late_is_for_information() {
    let part = |stage: &str, day: &str| {
        format!(
            "stage: {stage}\nimpact: {{data: exposed}}\ntimeline:\n  - {{at: 2024-12-11T15:16Z, kind: [started, detected], what: a}}\n  - {{at: {day}, kind: communication, channel: Authority, what: b}}\n"
        )
    };
    let late = "2024-12-15T16:16Z";
    let found = |stage: &str, day: &str| -> Vec<Diagnostic> {
        let config = Config::parse(NOTICE).expect("a configuration");
        let mut found = lint_with(&Example(&part(stage, day)).document(), &config);
        found.retain(|finding| finding.rule == "overdue-clock");
        found
    };
    let once = found("published", late);
    assert_eq!(once.len(), 1);
    assert_eq!(once[0].level, Level::Info);
    assert!(
        format!("{:?}", once[0]).contains("1 d 1 h late"),
        "{once:?}"
    );
    assert_eq!(found("in-review", "2024-12-16").len(), 1);
    assert_eq!(found("draft", late).len(), 0);
    assert_eq!(found("published", "2024-12-13").len(), 0);
    assert_eq!(found("published", "2024-12-14").len(), 0);
}
