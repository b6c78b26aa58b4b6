//! `postmortem new` without a terminal.

use crate::sandbox::Sandbox;

const FILE: &str = "postmortems/2024-12-11-api-down.yaml";

#[test]
fn flags_alone_make_a_whole_document() {
    let sandbox = Sandbox::new();
    let _ = sandbox
        .run([
            "new", "API down", "--severity", "sev1", "--service", "api,chatgpt", "--service", "sora",
            "--started", "20m", "--cause", "Step 1: a rollout", "--summary", "Nobody could log in.\nFor an hour.",
        ])
        .succeeds()
        .stdout_is(&format!("{FILE}\n"))
        .stderr_is(&format!(
            "Created postmortems/\n\nSaved {FILE}   sev1\nStarted 2024-12-11 15:16 PST, 20 min ago\n\
             Next: postmortem log TEXT        postmortem comms TEXT        postmortem status\n      \
             postmortem init   (checks in your editor)\n"
        ));
    assert_eq!(
        sandbox.read(FILE),
        "\
# yaml-language-server: $schema=../postmortem.schema.json
version: 1
id: 2024-12-11-api-down
title: API down
severity: sev1
timezone: America/Los_Angeles
services: [api, chatgpt, sora]

summary: |
  Nobody could log in.
  For an hour.

causes:
  - id: C1
    what: \"Step 1: a rollout\"

timeline:
  - {at: 2024-12-11T15:16-08:00, kind: started, what: First users are affected.}
"
    );
}

#[test]
fn a_title_is_enough_and_nothing_hangs() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(["new", "API", "down"]).succeeds();
    let _ = run.stderr_has("Not said yet: severity, services, start, cause   postmortem new --resume 2024-12-11-api-down");
    let _ = sandbox
        .call(["new"])
        .stdin("API down\n\n\n\n\n")
        .run()
        .exits(2)
        .stdout_is("")
        .stderr_is(
            "error: a title is missing, and there is nobody to ask\n  help: postmortem new \"API answers with errors\"\n  \
             help: only the title is required; these may be added: --severity sev2 --service api --started 20m --cause TEXT --summary TEXT\n",
        );
    assert_eq!(sandbox.files(), [FILE]);
}

#[test]
fn a_second_incident_of_the_same_title_overwrites_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, "mine\n");
    let _ = sandbox
        .run(["new", "API down"])
        .succeeds()
        .stdout_is("postmortems/2024-12-11-api-down-2.yaml\n")
        .stderr_has(&format!(
            "note: there is already {FILE}; to go on with it: postmortem new --resume 2024-12-11-api-down\n"
        ));
    assert!(
        sandbox
            .read("postmortems/2024-12-11-api-down-2.yaml")
            .contains("id: 2024-12-11-api-down-2\n")
    );
    assert_eq!(sandbox.read(FILE), "mine\n");
}

#[test]
fn init_is_named_until_editors_find_the_schema() {
    const HINT: &str = "postmortem init   (checks in your editor)";
    let sandbox = Sandbox::new();
    let _ = sandbox.run(["new", "one"]).succeeds().stderr_has(HINT);
    let _ = sandbox.run(["init"]).succeeds();
    for folder in ["postmortems", "docs/incidents", "."] {
        sandbox.write("postmortem.toml", format!("directory = '{folder}'\n"));
        let _ = sandbox.run(["init"]).succeeds();
        let run = sandbox.run(["new", "two"]).succeeds();
        assert!(!run.stderr.contains(HINT), "{folder}: {}", run.stderr);
    }
}

#[test]
fn where_nothing_is_open_the_newest_document_is_named() {
    let sandbox = Sandbox::new();
    let _ = sandbox
        .run(["new", "--resume"])
        .exits(2)
        .stderr_is("error: no draft has a question open\n  help: begin one with: postmortem new\n");
    let answers = "--severity sev1 --service api --started 20m --cause x";
    let _ = sandbox
        .run(["new", "API down"].into_iter().chain(answers.split(' ')))
        .succeeds();
    let _ = sandbox.run(["new", "--resume"]).exits(2).stderr_is(&format!(
        "error: no draft has a question open\n  help: the newest document is `{FILE}`; open it in an editor to change it\n"
    ));
}

#[test]
fn titles_that_are_yaml_stay_titles() {
    let sandbox = Sandbox::new();
    for (number, title) in [
        "# 4412 broke it",
        "a: b",
        "{x: [",
        "\"quoted\" 'twice'",
        "null",
        "1.0",
        "yes",
        "@all",
        "`tick`",
        "🔥 down",
        "障害",
        "%TAG",
        "a #b",
        "- x",
        "? y",
        "| z",
        "!tag",
        "&a *b",
        "~",
        "back\\slash",
    ]
    .into_iter()
    .enumerate()
    {
        let run = sandbox.run(["new", "--", title]).succeeds();
        let file = run.stdout.trim_end().to_owned();
        // The document says it as typed: what reads it can add to it.
        let _ = sandbox
            .run(["new", "--resume", &file, "--severity", "sev2"])
            .succeeds();
        assert!(
            sandbox.read(&file).contains("\nseverity: sev2\n"),
            "{title}"
        );
        assert_eq!(sandbox.files().len(), number + 1, "{title}");
    }
}

#[test]
fn what_cannot_be_used_is_said_before_anything_is_written() {
    let sandbox = Sandbox::new();
    let long = "long ".repeat(20_000);
    for (arguments, said) in [
        (vec!["new", ""], "error: the title is empty"),
        (vec!["new", " \n"], "error: the title is empty"),
        (vec!["new", "a\u{1b}[31mb"], "a\\u{1b}[31mb"),
        (vec!["new", "a\u{202e}b"], "a\\u{202e}b"),
        (
            vec!["new", &long],
            "error: the title is 99999 characters long",
        ),
        (
            vec!["new", "x", "--severity", "sev9"],
            "the levels are sev1, sev2, sev3, sev4, sev5",
        ),
        (vec!["new", "x", "--title", "y"], "exclude each other"),
        (
            vec!["new", "x", "--service", ","],
            "error: --service is empty",
        ),
        (vec!["new", "x", "--service", "a\u{7}"], "a\\u{7}"),
        (
            vec!["new", "x", "--started", "1516"],
            "did you mean `15:16`?",
        ),
        (
            vec!["new", "x", "--started", "tomorrow"],
            "is in the future",
        ),
        (vec!["new", "x", "--cause", " "], "error: --cause is empty"),
        (vec!["new", "-x"], "has no option `-x`"),
        (vec!["new", "x", "--resume"], "exclude each other"),
        (vec!["new", "--resume"], "no draft has a question open"),
        (
            vec!["new", "--resume", "2024-12-11-x"],
            "it holds no document",
        ),
    ] {
        let _ = sandbox
            .run(&arguments)
            .exits(2)
            .stdout_is("")
            .stderr_has(said);
    }
    assert_eq!(sandbox.files(), Vec::<String>::new());
}

#[test]
fn a_negative_length_of_time_is_no_option() {
    let sandbox = Sandbox::new();
    let _ = sandbox
        .run(["new", "API down", "--started", "-20m"])
        .succeeds();
    assert!(sandbox.read(FILE).contains("at: 2024-12-11T15:16-08:00"));
}

#[test]
fn the_day_of_the_id_is_the_day_of_the_start() {
    let sandbox = Sandbox::new();
    let _ = sandbox
        .run(["new", "API down", "--started", "yesterday 23:50"])
        .succeeds()
        .stdout_is("postmortems/2024-12-10-api-down.yaml\n");
    let _ = sandbox
        .call(["new", "Sora down"])
        .env("POSTMORTEM_NOW", "2024-12-31T23:59:00-08:00")
        .env("TZ", "Europe/Berlin")
        .run()
        .succeeds()
        .stdout_is("postmortems/2025-01-01-sora-down.yaml\n");
}

#[test]
fn what_was_typed_is_printed_where_it_cannot_be_saved() {
    let sandbox = Sandbox::new();
    sandbox.write("postmortems", "a file in the way");
    let _ = sandbox
        .run(["new", "API down", "--cause", "the agent"])
        .exits(2)
        .stdout_is("")
        .stderr_has("error: `postmortems` cannot be created: ")
        .stderr_has("title: API down\n")
        .stderr_has("what: the agent");
    assert_eq!(sandbox.files(), ["postmortems"]);
}

#[test]
fn a_full_disk_leaves_no_half_file_and_shows_what_was_typed() {
    let sandbox = Sandbox::new();
    // No file may grow: every write fails, as on a full disk.
    let _ = sandbox
        .program("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 0; exec postmortem new 'API down' --severity sev1",
        ])
        .run()
        .exits(2)
        .stdout_is("")
        .stderr_has("cannot be written: ")
        .stderr_has("title: API down\nseverity: sev1\n");
    assert_eq!(sandbox.files(), Vec::<String>::new());
    let _ = sandbox.run(["new", "API down"]).succeeds();
    let before = sandbox.read(FILE);
    let _ = sandbox
        .program("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 0; exec postmortem new --resume --severity sev1",
        ])
        .run()
        .exits(2)
        .stderr_has("cannot be written: ")
        .stderr_has("so that it is not lost:\n\nseverity: sev1\n");
    assert_eq!(sandbox.read(FILE), before);
    assert_eq!(sandbox.files(), [FILE]);
}

#[test]
fn a_configuration_or_a_clock_that_lies_is_named() {
    let sandbox = Sandbox::new();
    let _ = sandbox
        .call(["new", "x"])
        .env("POSTMORTEM_NOW", "yesterday")
        .run()
        .exits(2)
        .stderr_has("POSTMORTEM_NOW is `yesterday`");
    let _ = sandbox
        .call(["new", "x"])
        .env("TZ", "Berlin")
        .run()
        .exits(2)
        .stderr_has("Europe/Berlin");
    sandbox.write("postmortem.toml", "timezone = 'Europe/Berlim'\n");
    let _ = sandbox
        .run(["new", "x"])
        .exits(2)
        .stderr_has("postmortem.toml")
        .stderr_has("`Europe/Berlim`")
        .stderr_has("`Europe/Berlin`");
    assert_eq!(sandbox.files(), ["postmortem.toml"]);
}

#[test]
fn the_folder_above_is_found_from_below() {
    let sandbox = Sandbox::new();
    sandbox
        .write("postmortem.toml", "directory = 'docs/incidents'\n")
        .write("src/x", "");
    let _ = sandbox
        .call(["new", "API down"])
        .within(&sandbox.path("src"))
        .run()
        .succeeds()
        .stdout_is("../docs/incidents/2024-12-11-api-down.yaml\n")
        .stderr_has("Created ../docs/incidents/\n");
}

#[test]
fn a_note_by_hand_survives_what_is_added_later() {
    let sandbox = Sandbox::new();
    let _ = sandbox
        .run(["new", "API down", "--started", "20m"])
        .succeeds();
    let by_hand = sandbox.read(FILE).replace(
        "timeline:",
        "# Jane: look at the graphs\ntimeline: # from memory",
    );
    sandbox.write(FILE, &by_hand);
    let _ = sandbox
        .run([
            "new",
            "--resume",
            "--severity",
            "sev2",
            "--cause",
            "the agent",
        ])
        .succeeds();
    let expected = by_hand
        .replace("title: API down\n", "title: API down\nseverity: sev2\n")
        .replace(
            "\n\n# Jane",
            "\n\ncauses:\n  - {id: C1, what: the agent}\n\n# Jane",
        );
    assert_eq!(sandbox.read(FILE), expected);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_document_stays_a_link() {
    let sandbox = Sandbox::new();
    let _ = sandbox.run(["new", "API down"]).succeeds();
    std::fs::rename(sandbox.path(FILE), sandbox.path("real.yaml")).expect("moved");
    std::os::unix::fs::symlink("../real.yaml", sandbox.path(FILE)).expect("linked");
    let _ = sandbox
        .run(["new", "--resume", "--severity", "sev2"])
        .succeeds();
    assert!(sandbox.path(FILE).is_symlink());
    assert!(sandbox.read("real.yaml").contains("severity: sev2"));
}

#[test]
fn a_title_may_be_an_option_and_a_severity_be_shouted() {
    let sandbox = Sandbox::new();
    let _ = sandbox
        .run(["new", "--title", "API down", "--severity", "SEV2"])
        .succeeds();
    let text = sandbox.read("postmortems/2024-12-11-api-down.yaml");
    assert!(text.contains("title: API down\nseverity: sev2\n"), "{text}");
}

#[test]
fn a_folder_below_is_no_other_world() {
    let sandbox = Sandbox::new();
    sandbox.write("src/x.rs", "");
    sandbox.write(".git/HEAD", "");
    let file = "postmortems/2024-12-11-api-down.yaml";
    let below = |arguments: &[&str]| {
        let arguments = arguments.join(" ");
        let called = format!("cd src && postmortem {arguments}");
        sandbox.program("sh").args(["-c", &called]).run()
    };
    let _ = below(&["new", "API", "down"])
        .succeeds()
        .stdout_is("../postmortems/2024-12-11-api-down.yaml\n");
    let _ = below(&["log", "rolled", "back"]).succeeds();
    assert!(sandbox.read(file).contains("what: rolled back"));
    // Named by a part of its id, from anywhere.
    for command in ["show", "render", "lint"] {
        let run = below(&[command, "api-down"]);
        assert!(!run.stderr.contains("error: "), "{command}: {}", run.stderr);
    }
    let _ = below(&["lint"]).stderr_has("1 file");
    assert_eq!(sandbox.files().len(), 3, "{:?}", sandbox.files());
}
