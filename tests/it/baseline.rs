//! `lint --write-baseline` and `lint --baseline`: an old archive without a wall of findings.

#![expect(
    unused_must_use,
    reason = "what a run should have done is said on it; what it returns is for more of that"
)]

use crate::sandbox::Sandbox;

const FILE: &str = "postmortems/2024-12-11-api.yaml";

const TEXT: &str = "\
version: 1
id: 2024-12-11-api
title: API answers with errors
timeline:
  - {at: 2024-12-11T15:13Z, kind: alert, what: The pager fires.}
  - {at: 2024-12-11T15:13Z, kind: alert, what: The pager fires.}
";

fn begun() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, TEXT);
    sandbox
        .run(["lint", "--write-baseline", "known.json"])
        .succeeds()
        .stdout_is("")
        .stderr_is("known.json knows 1 findings now\n");
    sandbox
}

#[test]
fn what_is_known_is_counted_and_not_told() {
    let sandbox = begun();
    sandbox.run(["lint"]).exits(1);
    sandbox
        .run(["lint", "--baseline", "known.json"])
        .succeeds()
        .stdout_is("")
        .stderr_is("no findings in 1 file; 1 known from the baseline\n");
    let text = sandbox.read("known.json");
    assert!(
        text.starts_with(&format!(
            "{{\n\"version\": 1,\n\"findings\": [\n{{\"path\":\"{FILE}\",\"rule\":\"duplicate-event\",\"fingerprint\":\""
        )),
        "{text}"
    );
}

#[test]
fn lines_may_shift_and_what_is_new_is_told() {
    let sandbox = begun();
    let shifted = TEXT.replace("timeline:\n", "# a comment\n\nservices: [api]\ntimeline:\n");
    sandbox.write(FILE, &shifted);
    sandbox.run(["lint", "--baseline", "known.json"]).succeeds();
    let line = "  - {at: 2024-12-11T15:13Z, kind: alert, what: The pager fires.}\n";
    sandbox.write(FILE, format!("{shifted}{line}"));
    sandbox
        .run(["lint", "--baseline", "known.json", "--format", "concise"])
        .exits(1)
        .stdout_has(":10:")
        .stderr_is("1 finding (1 warning) in 1 file; 1 can be fixed with --fix=unsafe; 1 known from the baseline\n");
}

#[test]
fn what_is_healed_is_told_and_dropped() {
    let sandbox = begun();
    sandbox.write(
        FILE,
        TEXT.replace(
            "15:13Z, kind: alert, what: The pager fires.}\n  -",
            "15:12Z, what: x}\n  -",
        ),
    );
    sandbox
        .run(["lint", "--baseline", "known.json"])
        .succeeds()
        .stderr_has("1 known findings are there no more");
    sandbox
        .run(["lint", "--write-baseline", "known.json"])
        .succeeds();
    assert_eq!(
        sandbox.read("known.json"),
        "{\n\"version\": 1,\n\"findings\": []\n}\n"
    );
}

#[test]
fn other_files_are_kept_when_it_is_written_anew() {
    let sandbox = begun();
    let other = "postmortems/2024-12-12-web.yaml";
    sandbox.write(other, TEXT.replace("2024-12-11-api", "2024-12-12-web"));
    sandbox
        .run(["lint", "--write-baseline", "known.json", other])
        .succeeds();
    let text = sandbox.read("known.json");
    assert!(text.contains(FILE) && text.contains(other), "{text}");
    std::fs::remove_file(sandbox.path(FILE)).expect("removed");
    sandbox
        .run(["lint", "--baseline", "known.json", other])
        .succeeds()
        .stderr_has("no more");
}

#[test]
fn a_secret_is_never_known() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, format!("{TEXT}summary: password=Tr1ckyHorse99\n"));
    sandbox
        .run(["lint", "--write-baseline", "known.json"])
        .succeeds();
    let text = sandbox.read("known.json");
    assert!(
        !text.contains("Tr1cky") && !text.contains("secret"),
        "{text}"
    );
    sandbox
        .run(["lint", "--baseline", "known.json"])
        .exits(1)
        .stdout_has("error[secret]");
}

#[test]
fn what_is_no_baseline_is_refused() {
    let sandbox = begun();
    sandbox
        .run(["lint", "--baseline", "none.json"])
        .exits(2)
        .stderr_has("postmortem lint --write-baseline none.json writes one");
    sandbox.write("odd.json", "{}");
    sandbox
        .run(["lint", "--baseline", "odd.json"])
        .exits(2)
        .stderr_has("`odd.json` is no baseline");
}
