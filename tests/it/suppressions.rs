//! Comments that suppress findings, as people and pipelines see them.

#![expect(
    unused_must_use,
    reason = "what a run should have done is said on it; what it returns is for more of that"
)]

use crate::sandbox::Sandbox;

const FILE: &str = "2024-12-11-api.yaml";

const TEXT: &str = "\
version: 1
id: 2024-12-11-api
title: API answers with errors
timeline:
  - {at: 2024-12-11T15:13Z, kind: alert, what: The pager fires.}
  # postmortem: ignore[duplicate-event] both pagers said the same
  - {at: 2024-12-11T15:13Z, kind: alert, what: The pager fires.}
";

#[test]
fn what_is_suppressed_is_counted_and_not_shown() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, TEXT);
    sandbox
        .run(["lint", FILE])
        .succeeds()
        .stdout_is("")
        .stderr_is("no findings in 1 file; 1 suppressed\n");
}

#[test]
fn a_flag_shows_it_with_its_reason() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, TEXT);
    sandbox
        .run(["lint", "--show-suppressed", FILE])
        .succeeds()
        .stdout_has("warning[duplicate-event]")
        .stdout_has("= suppressed: both pagers said the same");
    sandbox
        .run(["lint", "--show-suppressed", "--format", "concise", FILE])
        .succeeds()
        .stdout_has("(suppressed: both pagers said the same)\n");
    let run = sandbox.run(["lint", "--show-suppressed", "--format", "sarif", FILE]);
    let sarif: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(
        result["suppressions"],
        serde_json::json!([{"kind": "inSource", "justification": "both pagers said the same"}])
    );
    let run = sandbox.run(["lint", "--format", "json", FILE]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["findings"], serde_json::json!([]));
    assert_eq!(json["summary"]["suppressed"], 1);
}

#[test]
fn formats_that_cannot_say_so_leave_it_out() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, TEXT);
    for format in ["gitlab", "junit", "github", "checkstyle", "rdjson"] {
        let run = sandbox
            .run(["lint", "--show-suppressed", "--format", format, FILE])
            .succeeds();
        assert!(!run.stdout.contains("duplicate-event"), "{}", run.stdout);
    }
}

#[test]
fn a_reason_is_asked_for_and_a_slip_is_told() {
    let sandbox = Sandbox::new();
    let told = |before: &str, after: &str, rule: &str| {
        sandbox.write(FILE, TEXT.replace(before, after));
        sandbox
            .run(["lint", "--format", "concise", FILE])
            .exits(1)
            .stdout_has(&format!("warning[{rule}]"));
    };
    told(
        " both pagers said the same",
        "",
        "suppression-without-reason",
    );
    told(
        "[duplicate-event]",
        " duplicate-event",
        "malformed-suppression",
    );
    told("ignore[", "ignor[", "malformed-suppression");
    told("duplicate-event", "duplicate-evnt", "unknown-rule");
    told("fires.}\n  #", "waits.}\n  #", "unused-suppression");
}
