//! What is typed without quotes and without care: what is meant is done, or said, and nothing is lost.

use crate::incident::{FILE, Incident};
use crate::sandbox::Run;

const TYPED: &str = "What you typed, so that it is not lost:\n\n";

#[track_caller]
fn run(incident: &Incident, line: &[&str]) -> Run {
    incident.sandbox.run(line)
}

/// Refuses, and leaves the document as it was.
#[track_caller]
fn refuses(line: &[&str]) -> Run {
    let incident = Incident::new();
    let was = incident.text();
    let run = run(&incident, line).exits(2).stdout_is("");
    assert_eq!(incident.text(), was, "{line:?}");
    run
}

/// The words of a line, without quotes.
fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

#[test]
fn words_that_go_on_with_a_time_belong_to_it() {
    for (typed, at, what) in [
        ("-t 10:05 PM db down", "2024-12-10T22:05-08:00", "db down"),
        ("-t 3:05 pm db down", "2024-12-11T15:05-08:00", "db down"),
        ("-t 10 am db down", "2024-12-11T10:00-08:00", "db down"),
        ("-t yesterday 23:50 x", "2024-12-10T23:50-08:00", "x"),
        ("-t yesterday at 11 pm x", "2024-12-10T23:00-08:00", "x"),
        ("-t 2024-12-10 10:05 x", "2024-12-10T10:05-08:00", "x"),
        ("-t 2024-12-10 10:05 UTC x", "2024-12-10T10:05Z", "x"),
        ("-t 5m ago restarted", "2024-12-11T15:31-08:00", "restarted"),
        ("-t 5 min ago x", "2024-12-11T15:31-08:00", "x"),
        ("-t 1h 30m ago x", "2024-12-11T14:06-08:00", "x"),
        ("-t 10:05 UTC x", "2024-12-11T10:05Z", "x"),
        ("-t 10:05 PST x", "2024-12-11T10:05-08:00", "x"),
        ("-t 10:05 +01:00 x", "2024-12-11T10:05+01:00", "x"),
        // What goes on with the text.
        ("-t 20m in staging", "2024-12-11T15:16-08:00", "in staging"),
        ("-t 5m 3 pods died", "2024-12-11T15:31-08:00", "3 pods died"),
        ("-t 10:05 DB down", "2024-12-11T10:05-08:00", "DB down"),
        (
            "-t 10:05 A pod died",
            "2024-12-11T10:05-08:00",
            "A pod died",
        ),
        ("-t 5m m is slow", "2024-12-11T15:31-08:00", "m is slow"),
        (
            "-t 5m -- ago it said",
            "2024-12-11T15:31-08:00",
            "ago it said",
        ),
        ("-t yesterday 3 pods died", "2024-12-10", "3 pods died"),
    ] {
        for command in ["log", "comms", "status investigating"] {
            let incident = Incident::new();
            let mut line = words(command);
            line.extend(words(typed));
            let _ = run(&incident, &line).succeeds();
            let timeline = incident.document().timeline;
            let event = timeline.iter().find(|event| event.what == what);
            let event = event.unwrap_or_else(|| panic!("{line:?}: {}", incident.text()));
            assert_eq!(event.at.to_string(), at, "{line:?}");
        }
    }
}

#[test]
fn words_that_can_only_be_meant_as_a_time_are_not_made_text() {
    for (typed, said, text) in [
        (
            "-t 10:05 CET db down",
            "`CET` in `10:05 CET`",
            "CET db down",
        ),
        (
            "-t 13:05 pm db down",
            "hours run from 1 to 12",
            "pm db down",
        ),
        ("-t yesterday 25:00 x", "there is no hour 25", "25:00 x"),
        ("-t 10:05 ago x", "`10:05 ago` is not a time", "ago x"),
        ("-t 10:05 +25:00 x", "is not an offset", "+25:00 x"),
    ] {
        let mut line = vec!["log"];
        line.extend(words(typed));
        let _ = refuses(&line)
            .stderr_has(said)
            .stderr_has(&format!(" -- {text}\n"))
            .stderr_has(&format!("{TYPED}{text}\n"));
    }
}

#[test]
fn a_span_and_an_offset_that_no_zone_has_are_refused() {
    for (typed, said) in [
        (
            "10:05-10:10",
            "`10:05-10:10` is a span, and an event has one time",
        ),
        ("09:05-10:00", "`09:05-10:00` is a span"),
        ("10:05–10:10", "is a span"),
        ("10:05+10:10", "is an offset that no zone has"),
        ("2024-12-11T10:05-10:10", "is a span"),
    ] {
        let _ = refuses(&["log", "-t", typed, "x"])
            .stderr_has(said)
            .stderr_has(&format!("{TYPED}x\n"));
    }
    for (typed, at) in [
        ("07:05-08:00", "2024-12-11T07:05-08:00"),
        ("10:05-07:00", "2024-12-11T10:05-07:00"),
        ("10:05+05:45", "2024-12-11T10:05+05:45"),
        ("2024-12-11T09:05-10:00", "2024-12-11T09:05-10:00"),
    ] {
        let incident = Incident::new();
        let _ = run(&incident, &["log", "-t", typed, "x"]).succeeds();
        assert!(
            incident.text().contains(&format!("at: {at}")),
            "{}",
            incident.text()
        );
    }
}

#[test]
fn what_was_told_is_listed() {
    let incident = Incident::new();
    let _ = run(&incident, &["comms", "list"])
        .succeeds()
        .stdout_has("nobody was told");
    let _ = run(
        &incident,
        &[
            "comms",
            "--channel",
            "status page",
            "-t",
            "5m",
            "We are looking",
        ],
    )
    .succeeds();
    let _ = run(
        &incident,
        &["comms", "--audience", "INTERNAL", "The board was called"],
    )
    .succeeds();
    let _ = run(&incident, &["log", "restarted"]).succeeds();
    let was = incident.text();
    let list = run(&incident, &["comms", "list"]).succeeds().stderr_is("");
    let _ = list
        .stdout_has("  15:31:00 PST, 5 min ago · public, status page\n    We are looking\n")
        .stdout_has(" · internal\n    The board was called\n");
    let list = run(&incident, &["comms", "list", "--format", "json"]).succeeds();
    let json: serde_json::Value = serde_json::from_str(&list.stdout).expect("JSON");
    assert_eq!(json["version"], 1);
    let told = json["communications"].as_array().expect("a list");
    assert_eq!(told.len(), 2);
    assert_eq!(told[0]["audience"], "public");
    assert_eq!(told[0]["at"], "2024-12-11T15:31-08:00");
    assert_eq!(told[1]["channel"], serde_json::Value::Null);
    assert_eq!(incident.text(), was, "looking changes nothing");
    let _ = run(&incident, &["comms", "--", "list"]).succeeds();
}

#[test]
fn a_command_alone_is_no_text() {
    for (line, meant) in [
        ("log undo", "postmortem log --undo"),
        ("log list", "postmortem show"),
        ("log Status", "postmortem status"),
        ("log help", "postmortem log --help"),
        ("comms show", "postmortem comms list"),
        ("comms status", "postmortem status"),
        ("comms undo", "postmortem log --undo"),
        ("comms help", "postmortem comms --help"),
        ("cause add list", "postmortem cause list"),
        ("action add list", "postmortem action list"),
    ] {
        let word = line.rsplit(' ').next().expect("a word");
        let _ = refuses(&words(line))
            .stderr_has("alone is no text; nothing was saved")
            .stderr_has(&format!("did you mean: {meant}\n"))
            .stderr_has(&format!("-- {word}\n"));
    }
    let incident = Incident::new();
    let _ = run(&incident, &["log", "--", "undo"]).succeeds();
    assert_eq!(incident.logged(), ["undo"]);
    let _ = refuses(&words("comms list of hosts is wrong"))
        .stderr_has(&format!("{TYPED}list of hosts is wrong\n"));
}

#[test]
fn no_mistake_in_the_options_costs_the_text() {
    for (line, text) in [
        ("log -k mitigatd traffic moved away", "traffic moved away"),
        ("log --knd alert db down", "alert db down"),
        ("log -t 5m -k x -- -1 of 3 pods", "-1 of 3 pods"),
        ("log --by a:b --key db down", "db down"),
        ("comms --audience world we know", "we know"),
        ("status mitigatd all is well", "all is well"),
        ("status yesterday 23:50 all is well", "23:50 all is well"),
        ("cause add --role x nobody looked", "nobody looked"),
        ("cause confrim C1 it fell", "C1 it fell"),
        ("cause confirm C9 it fell", "it fell"),
        ("cause confirm -x C9 it fell", "it fell"),
        ("action add --due soon limit it", "limit it"),
        ("action add --for C9 limit it", "limit it"),
        ("action done A9 it fell", "it fell"),
        ("action decline A9 too late", "too late"),
        ("lgo the db is down", "the db is down"),
    ] {
        let _ = refuses(&words(line)).stderr_has(&format!("{TYPED}{text}\n"));
    }
    let run = refuses(&["lnt", FILE]);
    assert!(!run.stderr.contains(TYPED), "{}", run.stderr);
}

#[test]
fn words_for_kinds_and_states_are_known_in_any_case_and_guessed() {
    for line in [
        "log -k ALERT x",
        "log -k Detected,Alert x",
        "comms --audience Public x",
        "status Resolved",
    ] {
        let _ = run(&Incident::new(), &words(line)).succeeds();
    }
    for (line, help) in [
        ("log -k mitigatd x", "did you mean `mitigated`?"),
        ("log -k alerted x", "did you mean `alert`?"),
        (
            "log -k fix x",
            "did you mean `change`, `action` or `mitigated`?",
        ),
        ("status resolve", "did you mean `resolved`?"),
        ("status mitigated", "postmortem log -k mitigated TEXT"),
        ("status closed", "did you mean `resolved`?"),
        (
            "status -t yesterday 23:50 resolved",
            "postmortem status resolved -t TIME",
        ),
        (
            "cause rule out C1",
            "did you mean `postmortem cause rule-out`?",
        ),
        (
            "cause confrim C1",
            "did you mean `postmortem cause confirm`?",
        ),
        ("action close A1", "see `postmortem action --help`"),
    ] {
        let _ = refuses(&words(line)).stderr_has(help);
    }
}

#[test]
fn an_option_behind_the_text_is_given_back_in_its_place() {
    for (line, corrected) in [
        (
            &["log", "restarted", "gw", "-t", "5m"][..],
            "postmortem log -t 5m restarted gw",
        ),
        (
            &[
                "log",
                "-k",
                "action",
                "it's",
                "up",
                "--key",
                "again",
                "--by=jane",
            ],
            "postmortem log -k action --key --by=jane 'it'\\''s' up again",
        ),
        (
            &["comms", "we know", "--channel", "status page"],
            "postmortem comms --channel 'status page' 'we know'",
        ),
        (
            &["cause", "confirm", "C1", "it", "fell", "--role", "root"],
            "postmortem cause confirm C1 --role root it fell",
        ),
    ] {
        let _ = refuses(line).stderr_has(&format!("an option: {corrected}\n"));
    }
}

#[test]
fn a_pipe_needs_no_dash() {
    let incident = Incident::new();
    let call = incident
        .sandbox
        .call(["log", "-k", "alert"])
        .stdin("one\n! two\n");
    let _ = call.run().succeeds();
    assert_eq!(
        incident.logged(),
        ["one", "! two"],
        "signs are for the loop"
    );
}

#[test]
fn causes_and_actions_are_meant_by_a_word_of_their_own() {
    let incident = Incident::new();
    for text in ["rollout of the agent", "a full disk"] {
        let _ = incident
            .sandbox
            .call(["cause", "add", text])
            .run()
            .succeeds();
    }
    let _ = run(&incident, &words("cause confirm rollout"))
        .succeeds()
        .stderr_has("C1  confirmed")
        .stderr_has("What shows it? postmortem cause confirm C1 TEXT\n");
    let _ = run(&incident, &words("cause rule-out c2 it is empty"))
        .succeeds()
        .stderr_has("C2  ruled-out");
    let _ = run(&incident, &words("action add --for c1 limit it more")).succeeds();
    assert_eq!(incident.document().actions[1].r#for[0].as_str(), "C1");
    let _ = run(&incident, &words("action done limit"))
        .exits(2)
        .stderr_has("there is no action `limit`")
        .stderr_has("A1  open");
    let _ = run(&incident, &words("action done a1")).succeeds();
    let confirmed = run(&incident, &words("cause confirm C1 the load fell")).succeeds();
    assert!(
        !confirmed.stderr.contains("What shows it?"),
        "{}",
        confirmed.stderr
    );
}

#[test]
fn what_comes_next_and_what_is_odd_is_said() {
    let incident = Incident::new();
    let _ = run(&incident, &words("log -k resolved all users are well"))
        .succeeds()
        .stderr_has("The incident is still investigating. Next: postmortem status resolved\n");
    let _ = run(&incident, &words("status resolved")).succeeds();
    let again = run(&incident, &words("log -i api -k resolved once more")).succeeds();
    assert!(!again.stderr.contains("still"), "{}", again.stderr);
    let _ = run(&incident, &words("log -i api -t yesterday 10:00 we saw it"))
        .succeeds()
        .stderr_has("note: that is 1 day 5 h before the incident began");
    let near = run(&incident, &words("log -i api -t 14:00 we saw it")).succeeds();
    assert!(!near.stderr.contains("note:"), "{}", near.stderr);
    // The hint is there however long the line is.
    let long = "word ".repeat(40);
    let _ = run(&incident, &["log", "-i", "api", &long])
        .succeeds()
        .stderr_has("\n  undo: postmortem log --undo\n");
    // Opened again, it goes on.
    let _ = run(&incident, &words("status -i api investigating")).succeeds();
    let status = run(&incident, &words("status --format json")).succeeds();
    let json: serde_json::Value = serde_json::from_str(&status.stdout).expect("JSON");
    assert_eq!(json["elapsed"]["until"], serde_json::Value::Null);
    assert_eq!(json["elapsed"]["seconds"], 20 * 60);
}

#[test]
fn what_belongs_to_an_event_goes_with_it_or_is_said_to_stay() {
    let incident = Incident::new();
    incident.sandbox.write("errors.png", "a picture");
    let _ = run(&incident, &words("log --attach errors.png errors rise")).succeeds();
    let _ = run(&incident, &words("log --undo")).succeeds().stderr_has(
        "`2024-12-11-api-down/errors.png` is not attached any more; the file stays on disk\n",
    );
    assert!(
        !incident.text().contains("errors.png"),
        "{}",
        incident.text()
    );
    let _ = run(&incident, &words("status identified it is the agent")).succeeds();
    let _ = run(&incident, &words("status resolved")).succeeds();
    let _ = run(&incident, &words("log -i api --undo"))
        .succeeds()
        .stderr_has("status: still resolved; to set it back: postmortem status identified\n");
    let _ = run(&incident, &words("log -i api --undo")).succeeds();
    let _ = run(&incident, &words("status -i api identified again")).succeeds();
    let _ = run(&incident, &words("log --undo"))
        .succeeds()
        .stderr_has("status: still identified; to set it back: postmortem status investigating\n");
}

#[test]
fn a_time_is_never_dropped_in_silence() {
    let incident = Incident::new();
    let _ = run(&incident, &words("status resolved")).succeeds();
    let was = incident.text();
    let _ = run(&incident, &words("status -i api resolved -t 15:20"))
        .exits(2)
        .stderr_has(
            "the timeline has `resolved` at 2024-12-11T15:36-08:00 already; nothing was changed",
        )
        .stderr_has("postmortem edit");
    assert_eq!(incident.text(), was);
    let _ = refuses(&words("status investigating -t 15:20"))
        .stderr_has("postmortem status investigating -t 15:20 TEXT\n");
    let incident = Incident::new();
    let _ = run(&incident, &words("log 15:20 alerts fired"))
        .succeeds()
        .stderr_has("note: saved as of now; if `15:20` is when it was");
    let plain = run(&incident, &words("log -- 15:20 alerts fired")).succeeds();
    assert!(!plain.stderr.contains("note:"), "{}", plain.stderr);
}
