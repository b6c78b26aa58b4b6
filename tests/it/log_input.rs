//! What is typed, piped and pasted into `log` and its like: odd texts, odd options, odd files.

use crate::incident::{FILE, Incident};
use crate::sandbox::{Call, Run};

const TYPED: &str = "What you typed, so that it is not lost:\n\n";

/// Logs, and gives what stands in the timeline besides what people wrote.
#[track_caller]
fn logs(incident: &Incident, arguments: &[&str]) -> Run {
    let call = incident.sandbox.call(["log"]).args(arguments);
    call.run().succeeds()
}

/// Refuses: exit 2, an error, the document as it was, and nothing beside it.
#[track_caller]
fn refuses(incident: &Incident, call: Call) -> Run {
    let was = incident.text();
    let run = call.run().exits(2).stdout_is("").stderr_has("error: ");
    assert_eq!(incident.text(), was, "{}", run.stderr);
    incident.is_tidy();
    run
}

/// The only event that was logged: its sentence and what stands below it.
#[track_caller]
fn only(incident: &Incident) -> (String, Option<String>) {
    let [what] = incident.logged().try_into().expect("one event");
    let timeline = incident.document().timeline;
    let event = timeline.into_iter().find(|event| event.what == what);
    (what, event.expect("it is there").detail)
}

#[test]
fn any_text_is_kept_as_it_was_meant() {
    for (typed, kept) in [
        ("rolled back: all fine", "rolled back: all fine"),
        ("reverted #4412 # no comment", "reverted #4412 # no comment"),
        ("# a heading", "# a heading"),
        (
            "{a: [1, 2}, 'x\" \\ & *y !z %w @v `u`",
            "{a: [1, 2}, 'x\" \\ & *y !z %w @v `u`",
        ),
        ("null", "null"),
        ("yes", "yes"),
        ("1.10", "1.10"),
        ("2024-12-11", "2024-12-11"),
        ("? what", "? what"),
        ("| x", "| x"),
        ("--- x", "--- x"),
        (
            "🔥 障害 é e\u{301} \u{1f469}\u{200d}\u{1f692}",
            "🔥 障害 é e\u{301} \u{1f469}\u{200d}\u{1f692}",
        ),
        ("\u{1b}[31;1mred\u{1b}[0m alert\u{7}", "red alert"),
        (
            "\u{1b}]8;;https://x.example\u{1b}\\a link\u{1b}]8;;\u{1b}\\",
            "a link",
        ),
        ("right\u{202e}tfel", "righttfel"),
        ("tab\tand  blanks ", "tab and blanks"),
        ("line end\u{2028}of Unicode", "line end of Unicode"),
    ] {
        let incident = Incident::new();
        let _ = logs(&incident, &["--", typed]);
        assert_eq!(only(&incident), (kept.to_owned(), None), "{typed:?}");
        incident.is_tidy();
    }
}

#[test]
fn words_need_no_quotes() {
    for (words, kept) in [
        (&["rolled", "back", "4f2a"][..], "rolled back 4f2a"),
        (&["--", "-k", "is", "an", "option"], "-k is an option"),
        (
            &["-k", "action", "--", "--undo", "did", "it"],
            "--undo did it",
        ),
        (&["cpu", "at", "-", "40", "%"], "cpu at - 40 %"),
        (&["cpu", "-40"], "cpu -40"),
    ] {
        let incident = Incident::new();
        let _ = logs(&incident, words);
        assert_eq!(only(&incident).0, kept, "{words:?}");
    }
}

#[test]
fn an_option_behind_the_words_is_refused_by_every_command_that_takes_words() {
    for (command, option) in [
        ("log", "--key"),
        ("log", "-k"),
        ("log", "--undo"),
        ("log", "--incident=x"),
        ("log", "--help"),
        ("log", "--no-input"),
        ("comms", "--channel"),
        ("comms", "-t"),
        ("cause add", "--role"),
        ("cause add", "-i"),
        ("cause confirm C1", "--evidence"),
        ("cause rule-out C1", "--evidence"),
        ("action add", "--owner"),
        ("action done A1", "--on"),
        ("action decline A1", "-i"),
    ] {
        let incident = Incident::new();
        let words = command.split(' ').chain(["it", "broke", option, "now"]);
        let run = refuses(&incident, incident.sandbox.call(words));
        let _ = run
            .stderr_has(&format!("`{option}` stands behind the text"))
            .stderr_has("nothing was saved")
            .stderr_has(&format!("-- it broke {option} now\n"));
    }
}

#[test]
fn no_text_is_no_event() {
    for words in [
        &[][..],
        &[""],
        &["  "],
        &["\t\n"],
        &["\u{1b}[0m"],
        &["--"],
        &["--no-input"],
    ] {
        let incident = Incident::new();
        let call = incident.sandbox.call(["log"]).args(words);
        let _ = refuses(&incident, call)
            .stderr_has("error: the text is missing\n  help: postmortem log ");
    }
    for command in [
        &["comms"][..],
        &["cause", "add"],
        &["action", "add"],
        &["action", "decline", "A1"],
    ] {
        let incident = Incident::new();
        let call = incident.sandbox.call(command).args([" "]);
        let _ = refuses(&incident, call).stderr_has("is missing\n  help: postmortem ");
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf8_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let incident = Incident::new();
    let odd = std::ffi::OsStr::from_bytes(b"caf\xe9");
    let call = incident.sandbox.call(["log"]).args([odd]);
    let _ = refuses(&incident, call).stderr_has("UTF-8");
}

#[test]
fn a_long_text_is_kept_whole_below_its_beginning() {
    let incident = Incident::new();
    let long = "word ".repeat(20_000);
    let long = long.trim_end();
    let _ = logs(&incident, &[long]);
    let (what, detail) = only(&incident);
    assert!(what.ends_with('…') && what.chars().count() <= 201, "{what}");
    assert_eq!(detail.as_deref(), Some(long));

    let incident = Incident::new();
    let _ = logs(&incident, &["first line\nsecond: # line\n\n  third\n"]);
    let (what, detail) = only(&incident);
    assert_eq!(what, "first line");
    assert_eq!(
        detail.as_deref(),
        Some("first line\nsecond: # line\n\n  third\n")
    );
}

#[test]
fn more_than_a_document_should_hold_is_refused() {
    let million = "x".repeat(1_000_001);
    for arguments in [&["-"][..], &["--detail", "-", "with output"]] {
        let incident = Incident::new();
        let call = incident.sandbox.call(["log"]).args(arguments);
        let run = refuses(&incident, call.stdin(&million));
        let _ = run
            .stderr_has("a document holds 1000000 at most")
            .stderr_has("--attach FILE");
    }
    // What never ends is not waited for.
    let incident = Incident::new();
    let call = incident
        .sandbox
        .program("sh")
        .args(["-c", "postmortem log - </dev/zero"]);
    let _ = refuses(&incident, call).stderr_has("a document holds 1000000 at most");
}

#[test]
fn lines_of_a_pipe_are_an_event_each() {
    let incident = Incident::new();
    let piped = b"one\n\n  \r\ntwo\r\nthr\0ee\n\x1b[1mfour\x1b[0m\ncaf\xe9\nno line end";
    let run = incident
        .sandbox
        .call(["log", "-k", "alert", "-"])
        .stdin(piped)
        .run()
        .succeeds();
    assert_eq!(run.stderr.lines().count(), 6, "{}", run.stderr);
    assert_eq!(
        incident.logged(),
        ["one", "two", "three", "four", "caf\u{fffd}", "no line end"]
    );
    incident.is_tidy();
    for nothing in ["", "\n\n", " \r\n\0\n"] {
        let incident = Incident::new();
        let call = incident.sandbox.call(["log", "-"]).stdin(nothing);
        let _ = refuses(&incident, call).stderr_has("nothing came in on stdin");
    }
}

#[test]
fn output_is_kept_with_an_event() {
    for (output, detail) in [
        ("one\n", Some("one")),
        (
            "\n\n  two\r\n\x1b[31mlines\x1b[0m  \n\n",
            Some("  two\nlines\n"),
        ),
        ("", None),
        (" \n", None),
        ("- a\n# b\n---\n...\n{", Some("- a\n# b\n---\n...\n{\n")),
    ] {
        let incident = Incident::new();
        let call = incident
            .sandbox
            .call(["log", "--detail", "-", "with output"])
            .stdin(output);
        let _ = call.run().succeeds();
        let expected = ("with output".to_owned(), detail.map(str::to_owned));
        assert_eq!(only(&incident), expected, "{output:?}");
    }
    let incident = Incident::new();
    let call = incident
        .sandbox
        .call(["log", "--detail", "-", "-"])
        .stdin("x");
    let _ =
        refuses(&incident, call).stderr_has("`-` stands for the events and for the detail of one");
}

#[test]
fn a_zone_that_does_not_exist_keeps_nobody_from_saving() {
    let incident = Incident::new();
    let whole = incident.text();
    incident
        .sandbox
        .write(FILE, whole.replace("Los_Angeles", "Los_Angles"));
    let run = incident
        .sandbox
        .run(["log", "-t", "15:30", "typed"])
        .succeeds();
    let _ = run
        .stderr_has("did you mean `America/Los_Angeles`?: times are read in America/Los_Angeles\n");
    assert!(incident.text().contains("Los_Angles"), "the mistake stays");
    let mended = incident.text().replace("Los_Angles", "Los_Angeles");
    incident.sandbox.write(FILE, mended);
    let _ = logs(&incident, &["the next"]);
    incident.has_each_once(&["typed", "the next"]);
}

#[test]
fn the_incident_that_is_meant() {
    let incident = Incident::new();
    let text = incident.text();
    let call = |arguments: &[&str]| incident.sandbox.call(["log"]).args(arguments);
    let lost = |words: &str| format!("{TYPED}{words}\n");
    let run = refuses(&incident, call(&["-i", "nope", "in", "vain"]));
    let _ = run
        .stderr_has("there is no incident `nope` in postmortems/")
        .stderr_has("the newest is `2024-12-11-api-down`")
        .stderr_has(&lost("in vain"));
    let run = refuses(
        &incident,
        call(&["-i", "2024-12-11-api-dwon", "in", "vain"]),
    );
    let _ = run.stderr_has("did you mean `2024-12-11-api-down`?");
    let run = refuses(
        &incident,
        call(&["in", "vain"]).env("POSTMORTEM_INCIDENT", "nope"),
    );
    let _ = run
        .stderr_has("POSTMORTEM_INCIDENT says so")
        .stderr_has(&lost("in vain"));

    let other = "postmortems/2024-12-11-web-slow.yaml";
    incident
        .sandbox
        .write(other, text.replace("api-down", "web-slow"));
    let run = call(&["in", "vain"]).run().exits(2);
    let _ = run
        .stderr_has("2 incidents are open: say which is meant")
        .stderr_has("-i 2024-12-11-web-slow   API down (sev1, investigating)")
        .stderr_has("-i 2024-12-11-api-down   API down (sev1, investigating)")
        .stderr_has(&lost("in vain"));
    std::fs::remove_file(incident.sandbox.path(other)).expect("removed");

    // One that is closed is named, and taken as meant.
    incident
        .sandbox
        .write(FILE, format!("{text}status: resolved\n"));
    let run = refuses(&incident, call(&["in", "vain"]));
    let _ = run
        .stderr_has("no incident is open")
        .stderr_has("a closed one is named: -i 2024-12-11-api-down")
        .stderr_has(&lost("in vain"));
    for named in ["2024-12-11-api-down", "api", FILE] {
        let _ = call(&["-i", named, "afterwards", named]).run().succeeds();
    }
    assert_eq!(incident.logged().len(), 3);
}

#[test]
fn a_time_that_cannot_be_meant_is_refused() {
    for (time, said, help) in [
        (
            "5",
            "`5` could be a clock time or a number of minutes",
            "`5m` or `05:00`",
        ),
        ("1432", "`1432` could be", "`14:32`"),
        ("25:00", "there is no hour 25", "`23:59`"),
        ("12:61", "there is no minute 61", "`23:59`"),
        ("soon", "`soon`", "`20m`"),
        ("", "no time was typed", "`20m`"),
    ] {
        let incident = Incident::new();
        let call = incident.sandbox.call(["log", "-t", time, "typed", "text"]);
        let run = refuses(&incident, call).stderr_has(said).stderr_has(help);
        let _ = run.stderr_has(&format!("{TYPED}typed text\n"));
    }
    for time in [
        "+5m",
        "in 5m",
        "tomorrow 9:00",
        "2024-12-12",
        "2024-12-11 15:37",
    ] {
        let incident = Incident::new();
        let call = incident.sandbox.call(["log", "-t", time, "call them"]);
        let _ = refuses(&incident, call)
            .stderr_has("is in the future")
            .stderr_has("postmortem action add 'call them'")
            .stderr_has("add --future");
    }
    let incident = Incident::new();
    let _ =
        refuses(&incident, incident.sandbox.call(["log", "--future", "x"])).stderr_has("--time");
}

#[test]
fn a_file_that_cannot_be_attached_is_refused() {
    let incident = Incident::new();
    let fifo = incident.sandbox.program("mkfifo").args(["pipe"]);
    let _ = fifo.run().succeeds();
    std::fs::create_dir(incident.sandbox.path("folder")).expect("made");
    let large = std::fs::File::create(incident.sandbox.path("large")).expect("made");
    large.set_len(20 * 1024 * 1024 + 1).expect("made large");
    let was = incident.text();
    for (file, said) in [
        ("missing.png", "cannot be read: no such file or directory"),
        ("folder", "is no file"),
        ("pipe", "is no file"),
        ("/dev/zero", "is no file"),
        ("large", "is larger than 20 MiB"),
    ] {
        let run = incident
            .sandbox
            .run(["log", "--attach", file, "errors", "rise"])
            .exits(2);
        let _ = run
            .stderr_has(&format!("error: `{file}` {said}"))
            .stderr_has(&format!("{TYPED}errors rise\n"));
    }
    assert_eq!(incident.text(), was);
    assert!(
        !incident
            .sandbox
            .path("postmortems/2024-12-11-api-down")
            .exists()
    );
}

#[test]
fn files_of_one_name_and_of_odd_names_are_attached() {
    let incident = Incident::new();
    let odd = "one/od\nd na:me\\ # é🔥.png";
    for (file, content) in [
        ("e.png", "a"),
        ("one/e.png", "b"),
        ("two/e.png", "b"),
        (odd, "c"),
        ("-", "d"),
    ] {
        incident.sandbox.write(file, content);
        let _ = logs(
            &incident,
            &[
                "--alt",
                "what it shows",
                &format!("--attach={file}"),
                "graph",
            ],
        );
    }
    let attachments = incident.document().attachments;
    let files: Vec<&str> = attachments
        .iter()
        .map(|attached| attached.file.as_str())
        .collect();
    let folder = "2024-12-11-api-down";
    let expected = ["e.png", "e-2.png", "e-2.png", "od-d na-me- # é🔥.png", "-"];
    assert_eq!(files, expected.map(|name| format!("{folder}/{name}")));
    for (file, content) in files.iter().zip(["a", "b", "b", "c", "d"]) {
        assert_eq!(
            incident.sandbox.read(format!("postmortems/{file}")),
            content
        );
    }
    let _ = incident.sandbox.run(["lint", FILE]);
}

#[test]
fn the_last_event_of_ones_own_is_taken_back() {
    let incident = Incident::new();
    let as_user = |user: &str, arguments: &[&str]| {
        incident
            .sandbox
            .call(["log"])
            .args(arguments)
            .env("USER", user)
            .run()
    };
    for (user, what) in [("jane", "one"), ("sam", "two"), ("jane", "three")] {
        let _ = as_user(user, &[what]).succeeds();
    }
    let _ = as_user("jane", &["--undo"])
        .succeeds()
        .stderr_has("taken back: 15:36:00 PST  now            three\n");
    let _ = as_user("jane", &["--undo"]).succeeds().stderr_has("one\n");
    let nothing = "has no event that you logged from here";
    let _ = as_user("jane", &["--undo"]).exits(2).stderr_has(nothing);
    let _ = as_user("eve", &["--undo"]).exits(2).stderr_has(nothing);
    incident.has_each_once(&["two"]);
    let _ = as_user("sam", &["--undo"]).succeeds();
    assert_eq!(
        incident.text(),
        crate::incident::TEXT,
        "as if nothing had been"
    );
}

#[test]
fn an_event_that_was_changed_by_hand_is_not_taken_back_and_nor_is_another() {
    let incident = Incident::new();
    let _ = logs(&incident, &["one"]);
    let _ = logs(&incident, &["two"]);
    incident.sandbox.write(
        FILE,
        incident.text().replace("what: two", "what: two by hand"),
    );
    let was = incident.text();
    let run = incident.sandbox.run(["log", "--undo"]).exits(2);
    let _ = run
        .stderr_has("`two` was changed or taken out since you logged it; nothing was taken back");
    assert_eq!(incident.text(), was);
    let _ = incident
        .sandbox
        .run(["log", "--undo"])
        .succeeds()
        .stderr_has("one\n");
    incident.has_each_once(&["two by hand"]);
}

#[test]
fn an_event_that_waits_in_the_journal_is_the_last_of_who_logged_it() {
    let incident = Incident::new();
    let whole = incident.text();
    let _ = logs(&incident, &["before"]);
    let text = incident.text();
    incident
        .sandbox
        .write(FILE, format!("{text}lessons: {{went_well: [\n"));
    let waits = incident.sandbox.call(["log", "waits"]).env("USER", "jane");
    let _ = waits.run().succeeds().stderr_has("saved beside");
    incident.sandbox.write(FILE, text);
    let nobody = incident.sandbox.run(["log", "--undo"]).succeeds();
    let _ = nobody.stderr_has("taken back: 15:36:00 PST  now            before\n");
    incident.has_each_once(&["waits"]);
    let jane = incident.sandbox.call(["log", "--undo"]).env("USER", "jane");
    let _ = jane.run().succeeds().stderr_has("waits\n");
    assert_eq!(incident.text(), whole);
}
