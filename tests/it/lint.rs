//! `postmortem lint` and `postmortem explain`, as people and pipelines call them.

#![expect(
    unused_must_use,
    reason = "what a run should have done is said on it; what it returns is for more of that"
)]

use postmortem::lint::profiles::profiles_page;
use postmortem::lint::{catalogue, rules_page};

use crate::generated;
use crate::sandbox::Sandbox;

const CLEAN: &str = "version: 1\nid: 2024-12-11-api-errors\ntitle: API answers with errors\n";

/// A document with mistakes of shape, in what it says and in what it lacks.
const BAD: &str = "version: 1\nid: 2024-12-11-bad\ntitle: API answers with errors\nstage: in-review\nsevrity: sev1\ntimeline:\n  - {at: 2024-12-11T15:16, kind: started, what: TODO}\n";

#[test]
fn rules_are_documented() {
    generated::file("docs/rules.md", &rules_page(catalogue::RULES));
    generated::file("docs/profiles.md", &profiles_page());
}

#[test]
fn a_clean_document_is_fine() {
    let sandbox = Sandbox::new();
    sandbox.write("2024-12-11-api-errors.yaml", CLEAN);
    sandbox
        .run(["lint", "2024-12-11-api-errors.yaml"])
        .succeeds()
        .stdout_is("")
        .stderr_is("no findings in 1 file\n");
    sandbox
        .run(["lint", "-q", "2024-12-11-api-errors.yaml"])
        .succeeds()
        .stderr_is("");
}

#[test]
fn findings_are_shown_in_the_lines_of_the_file() {
    let sandbox = Sandbox::new();
    sandbox.write("postmortems/2024-12-11-bad.yaml", BAD);
    let run = sandbox.run(["lint"]).exits(1);
    let first = "\
error[unknown-field]: `sevrity` is not a field of the document
 --> postmortems/2024-12-11-bad.yaml:5:1
  |
5 | sevrity: sev1
  | ^^^^^^^
";
    let shown = run
        .stdout
        .find("error[unknown-field]")
        .map(|at| &run.stdout[at..]);
    let shown = shown.unwrap_or("");
    assert!(
        shown.contains("postmortems/2024-12-11-bad.yaml:5:1\n  |\n5 | sevrity: sev1\n"),
        "{}\nwanted like\n{first}",
        run.stdout
    );
    assert!(
        shown.contains("= more: postmortem explain unknown-field"),
        "{shown}"
    );
    assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
    assert!(run.stderr.contains(" in 1 file; "), "{}", run.stderr);
}

#[test]
fn json_holds_what_machines_need() {
    let sandbox = Sandbox::new();
    sandbox.write("2024-12-11-bad.yaml", BAD);
    let run = sandbox
        .run(["lint", "--format", "json", "2024-12-11-bad.yaml"])
        .exits(1);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["files"], serde_json::json!(["2024-12-11-bad.yaml"]));
    let findings = json["findings"].as_array().expect("a list");
    let naive = findings
        .iter()
        .find(|finding| finding["rule"] == "naive-timestamp")
        .expect("found");
    assert_eq!(naive["level"], "error");
    assert_eq!(naive["path"], "2024-12-11-bad.yaml");
    assert_eq!((&naive["line"], &naive["column"]), (&7.into(), &10.into()));
    assert_eq!(
        (&naive["end_line"], &naive["end_column"]),
        (&7.into(), &26.into())
    );
    let bytes = BAD.find("2024-12-11T15:16").expect("there");
    assert_eq!(naive["byte_start"], bytes);
    assert_eq!(naive["byte_end"], bytes + 16);
    assert!(
        naive["message"]
            .as_str()
            .is_some_and(|text| text.contains("no offset"))
    );
    assert!(
        naive["help"]
            .as_array()
            .is_some_and(|help| !help.is_empty())
    );
    assert_eq!(json["summary"]["findings"], findings.len());
    let lines: Vec<u64> = findings
        .iter()
        .filter_map(|finding| finding["line"].as_u64())
        .collect();
    assert!(
        lines.is_sorted() && lines.len() == findings.len(),
        "{lines:?}"
    );
}

#[test]
fn json_of_nothing_is_an_object_all_the_same() {
    let sandbox = Sandbox::new();
    let run = sandbox
        .call(["lint", "--format", "json", "-"])
        .stdin(CLEAN)
        .run()
        .succeeds();
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["files"], serde_json::json!(["<stdin>"]));
    assert_eq!(json["findings"], serde_json::json!([]));
}

#[test]
fn stdin_may_stand_for_a_file() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "repo/postmortem.toml",
        "[lint.levels]\nid-differs-from-file-name = \"off\"\n",
    );
    let call = |name: &str| {
        let name = name.to_owned();
        sandbox
            .call(["lint", "--stdin-filename", &name, "-"])
            .stdin(CLEAN)
            .run()
    };
    call("2024-12-11-api-errors.yaml").succeeds().stdout_is("");
    call("repo/other.yaml").succeeds().stdout_is("");
    let other = call("other.yaml").exits(1);
    assert!(other.stdout.contains("other.yaml:2:5"), "{}", other.stdout);
}

#[test]
fn folders_hold_other_things_too() {
    let sandbox = Sandbox::new();
    sandbox
        .write("docs/b/2024-12-11-bad.yml", BAD)
        .write("docs/2024-12-11-api-errors.yaml", CLEAN)
        .write("docs/compose.yaml", "version: '3'\nservices: {}\n")
        .write("docs/.hidden/x.yaml", BAD)
        .write("docs/notes.txt", BAD);
    #[cfg(unix)]
    std::os::unix::fs::symlink(sandbox.path("docs"), sandbox.path("docs/b/circle"))
        .expect("a link");
    let run = sandbox
        .run(["lint", "--format", "json", "docs", "docs/b"])
        .exits(1);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let wanted = [
        "docs/2024-12-11-api-errors.yaml",
        "docs/b/2024-12-11-bad.yml",
    ];
    assert_eq!(json["files"], serde_json::json!(wanted));
    let run = sandbox.run(["lint", "docs/compose.yaml"]).exits(1);
    assert!(
        run.stdout.contains("docs/compose.yaml:1:"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_cannot_be_done_has_a_code_and_words_of_its_own() {
    let sandbox = Sandbox::new();
    sandbox
        .run(["lint"])
        .exits(2)
        .stdout_is("")
        .stderr_has("there is no folder `postmortems`")
        .stderr_has("help:");
    sandbox.write("empty/x.txt", "");
    sandbox
        .run(["lint", "empty"])
        .exits(2)
        .stderr_has("there is no document in `empty`")
        .stderr_has("help:");
    sandbox
        .run(["lint", "none.yaml"])
        .exits(2)
        .stderr_has("`none.yaml` cannot be read");
    sandbox
        .run(["lint", "/dev/null"])
        .exits(2)
        .stderr_has("postmortem lint -");
    sandbox
        .run(["lint", "--level", "missing-sumary=off", "-"])
        .exits(2)
        .stderr_has("did you mean `missing-summary`?");
    sandbox
        .run(["lint", "--level", "missing-summary=loud", "-"])
        .exits(2)
        .stderr_has("none of error, warning, info, off");
    sandbox.write(
        "postmortem.toml",
        "[lint.levels]\nunknown-field = \"off\"\n",
    );
    sandbox
        .run(["lint", "-"])
        .exits(2)
        .stderr_has("postmortem.toml")
        .stderr_has("always an error");
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_others() {
    let sandbox = Sandbox::new();
    sandbox.write("2024-12-11-bad.yaml", BAD);
    let run = sandbox
        .run(["lint", "2024-12-11-bad.yaml", "none.yaml"])
        .exits(2);
    assert!(
        run.stdout.contains("naive-timestamp") && run.stderr.contains("none.yaml"),
        "{run:?}"
    );
}

#[test]
fn levels_decide_how_it_ends() {
    let sandbox = Sandbox::new();
    sandbox.write("other.yaml", CLEAN);
    let level = |level: &str| {
        sandbox.run([
            "lint",
            "--level",
            &format!("id-differs-from-file-name={level}"),
            "other.yaml",
        ])
    };
    level("info").succeeds().stderr_has("1 finding (1 info)");
    level("off").succeeds().stderr_has("no findings");
    level("error").exits(1).stderr_has("1 error");
}

#[test]
fn bytes_that_are_no_text_are_a_finding() {
    let sandbox = Sandbox::new();
    sandbox.write("x.yaml", b"version: 1\ntitle: \xff\n");
    let run = sandbox.run(["lint", "x.yaml"]).exits(1);
    assert!(
        run.stdout.contains("x.yaml:2:8") && run.stdout.contains("not UTF-8"),
        "{}",
        run.stdout
    );
    sandbox.write("big.yaml", vec![b'#'; 5 * 1024 * 1024]);
    let run = sandbox.run(["lint", "big.yaml"]).exits(1);
    assert!(
        run.stdout.contains("too-large") && run.stdout.len() < 2_000,
        "{}",
        run.stdout
    );
}

#[test]
fn a_secret_is_printed_nowhere() {
    let value = ["AKIA", "QWERTYUIOPASDFGH"].concat();
    let sandbox = Sandbox::new();
    let text = format!(
        "{CLEAN}status: {value}\nowner: {value}\n\"{value}\": 1\nsummary: |\n  {value} TODO\n"
    );
    sandbox.write("x.yaml", &text);
    for format in ["human", "json"] {
        let run = sandbox.run(["lint", "--format", format, "x.yaml"]).exits(1);
        assert!(
            run.stdout.contains("secret") && run.stdout.contains("an AWS access key"),
            "{}",
            run.stdout
        );
        assert!(
            !run.stdout.contains(&value) && !run.stderr.contains(&value),
            "{run:?}"
        );
    }
}

#[test]
fn rules_explain_themselves() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(["explain", "action-without-owner"]).succeeds();
    assert!(
        run.stdout
            .starts_with("action-without-owner\n\nAn open action has no owner.\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("<https://sre.google/workbook/postmortem-culture/>"),
        "{}",
        run.stdout
    );
    let list = sandbox.run(["explain"]).succeeds().stdout;
    for rule in catalogue::RULES {
        assert!(list.contains(rule.name), "{}", rule.name);
    }
    sandbox
        .run(["explain", "action-without-ower"])
        .exits(2)
        .stderr_has("did you mean `action-without-owner`?");
}

#[test]
fn the_examples_are_clean_but_for_what_they_show() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples").copy("tests/documents");
    let run = sandbox.run([
        "lint",
        "--format",
        "json",
        "--as-of",
        "2026-11-22",
        "examples",
        "tests/documents",
    ]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = json["findings"].as_array().expect("a list").iter();
    let good = findings.filter(|finding| {
        let path = finding["path"].as_str().unwrap_or("");
        path.contains("/20") && !path.contains("/broken/")
    });
    let found: Vec<String> = good
        .map(|f| format!("{} {} {}", f["path"], f["level"], f["rule"]).replace('"', ""))
        .collect();
    let bot = "examples/2023-06-07-support-bot-upstream-outage.yaml info";
    let wanted = [
        format!("{bot} public-update-late"),
        format!("{bot} dependency-without-fallback"),
        format!("{bot} overdue-action"),
        format!("{bot} overdue-action"),
        format!("{bot} overdue-action"),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn eight_mistakes_are_eight_findings() {
    let name = "tests/documents/broken/2026-05-04-eight-mistakes";
    let sandbox = Sandbox::new();
    sandbox
        .copy(format!("{name}.yaml"))
        .copy(format!("{name}.expected"));
    let run = sandbox
        .run([
            "lint",
            "--format",
            "json",
            "--as-of",
            "2026-11-22",
            &format!("{name}.yaml"),
        ])
        .exits(1);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let found: Vec<String> = json["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|f| format!("{} {}:{}", f["rule"], f["line"], f["column"]).replace('"', ""))
        .collect();
    let wanted = sandbox.read(format!("{name}.expected"));
    assert_eq!(found, wanted.lines().collect::<Vec<_>>());
}

#[test]
fn levels_come_from_the_profile_the_path_and_the_command_line() {
    let sandbox = Sandbox::new();
    sandbox.write("postmortems/2019-01-02-old.yaml", named("2019-01-02-old"));
    sandbox.write("postmortems/2024-12-10-new.yaml", named("2024-12-10-new"));
    sandbox.write(
        "postmortem.toml",
        "[lint]\nprofile = \"learning\"\n[[lint.paths]]\nglob = \"postmortems/2019-*\"\nlevels = { missing-summary = \"off\" }\n",
    );
    let found = |more: &[&str]| {
        let arguments = ["lint", "--format", "json", "postmortems"];
        let run = sandbox.run([&arguments[..], more].concat());
        let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        let findings = json["findings"].as_array().expect("a list").iter();
        let of_rule = |finding: &&serde_json::Value| {
            finding["rule"] == "missing-summary" || finding["rule"] == "action-without-ticket"
        };
        let found: Vec<String> = findings
            .filter(of_rule)
            .map(|f| format!("{} {}", f["path"], f["rule"]).replace('"', ""))
            .collect();
        found
    };
    assert_eq!(
        found(&[]),
        ["postmortems/2024-12-10-new.yaml missing-summary"]
    );
    let both = found(&["--level", "missing-summary=info"]);
    assert_eq!(both.len(), 2, "{both:?}");
    sandbox.write(
        "postmortem.toml",
        "[[lint.paths]]\nglob = \"a{b\"\nlevels = {}\n",
    );
    sandbox
        .run(["lint", "postmortems"])
        .exits(2)
        .stderr_has("no pattern of paths");
    sandbox.write("postmortem.toml", "[lint.options]\ntimeline-gab = \"1h\"\n");
    sandbox
        .run(["lint", "postmortems"])
        .exits(2)
        .stderr_has("timeline-gab")
        .stderr_has("timeline-gap");
}

fn named(id: &str) -> String {
    format!(
        "version: 1\nid: {id}\ntitle: API answers with errors\nstage: in-review\nactions: [{{id: A1, what: x}}]\n"
    )
}

#[test]
fn what_counts_as_today_can_be_chosen() {
    let sandbox = Sandbox::new();
    let text =
        format!("{CLEAN}stage: in-review\nactions: [{{id: A1, what: x, due: 2024-12-13}}]\n");
    sandbox.write("2024-12-11-api-errors.yaml", &text);
    let run = |as_of: &str| sandbox.run(["lint", "--as-of", as_of, "2024-12-11-api-errors.yaml"]);
    let overdue = |as_of: &str| run(as_of).stdout.contains("overdue-action");
    assert!(!overdue("2024-12-13"));
    assert!(overdue("2024-12-14"));
    assert!(overdue("2024-12-14T01:00Z"));
    run("yesterday").exits(2).stderr_has("--as-of");
    run("2024-12-14T01:00").exits(2).stderr_has("offset");
}

#[test]
fn documents_are_held_against_each_other() {
    let sandbox = Sandbox::new();
    let first = "version: 1\nid: 2024-03-01-a\ntitle: T\nservices: [api]\ncauses: [{id: C1, role: root, state: confirmed, category: expiry, what: x}]\nactions: [{id: A1, what: Renew by machine, for: [C1]}]\n";
    let again = "version: 1\nid: 2024-09-01-b\ntitle: T\nstage: in-review\nservices: [api]\ncauses: [{id: C1, role: root, state: confirmed, category: expiry, what: x}]\n";
    sandbox.write("2024-03-01-a.yaml", first);
    sandbox.write("2024-03-01-a-copy.yaml", first);
    sandbox.write("2024-09-01-b.yaml", again);
    let run = sandbox.run(["lint", "."]).exits(1);
    let copy = run.stdout.find("error[duplicate-id]").expect("found");
    assert!(
        run.stdout[copy..].contains("`2024-03-01-a` is the id of"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("info[recurring-cause]"),
        "{}",
        run.stdout
    );
    let alone = sandbox.run(["lint", "2024-09-01-b.yaml"]);
    assert!(
        !alone.stdout.contains("recurring-cause"),
        "{}",
        alone.stdout
    );
}
