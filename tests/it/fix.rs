//! `lint --fix` and `lint --diff`, as people call them.

#![expect(
    unused_must_use,
    reason = "what a run should have done is said on it; what it returns is for more of that"
)]

use crate::sandbox::Sandbox;

const FILE: &str = "postmortems/2024-12-11-api.yaml";

const TEXT: &str = "\
# yaml-language-server: $schema=../postmortem.schema.json
version: 1
id: 2024-12-11-api
titel: API answers with errors   # as users saw it
status: Resolvd
timeline:
  # from the chat
  - {at: 2024-12-11T15:16Z, kind: [started, detected], what: Errors.}
  - {at: 2024-12-11T14:51Z, kind: change, what: Step 1: done}
  - {at: 2024-12-11T15:40Z, kind: [mitigated, resolved], what: Well.}
";

const FIXED: &str = "\
# yaml-language-server: $schema=../postmortem.schema.json
version: 1
id: 2024-12-11-api
title: API answers with errors   # as users saw it
status: resolved
timeline:
  - {at: 2024-12-11T14:51Z, kind: change, what: \"Step 1: done\"}
  # from the chat
  - {at: 2024-12-11T15:16Z, kind: [started, detected], what: Errors.}
  - {at: 2024-12-11T15:40Z, kind: [mitigated, resolved], what: Well.}
";

#[test]
fn what_is_clear_is_mended_in_the_file() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, TEXT);
    let run = sandbox.run(["lint", "--fix"]);
    assert_eq!(sandbox.read(FILE), FIXED, "{}", run.stderr);
    run.stderr_has("; 4 fixed");
    let again = sandbox.run(["lint", "--fix"]);
    assert_eq!(sandbox.read(FILE), FIXED);
    assert!(!again.stderr.contains("fixed"), "{}", again.stderr);
}

#[test]
fn the_count_says_what_can_be_mended() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, TEXT);
    let run = sandbox.run(["lint"]).exits(1);
    run.stderr_has("3 can be fixed with --fix");
    assert_eq!(sandbox.read(FILE), TEXT);
}

#[test]
fn a_diff_shows_it_and_writes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, TEXT);
    sandbox
        .run(["lint", "--diff"])
        .exits(1)
        .stdout_has(&format!("--- {FILE}\n+++ {FILE}\n@@ -1,10 +1,10 @@\n"))
        .stdout_has("-titel: API answers with errors   # as users saw it\n")
        .stdout_has("+title: API answers with errors   # as users saw it\n")
        .stderr_is("4 findings would be fixed\n");
    assert_eq!(sandbox.read(FILE), TEXT);
    sandbox.write(FILE, FIXED);
    sandbox
        .run(["lint", "--diff"])
        .succeeds()
        .stdout_is("")
        .stderr_is("nothing to fix in 1 file\n");
}

#[test]
fn guesses_are_made_only_when_asked_for() {
    let sandbox = Sandbox::new();
    let guess = FIXED.replace("status: resolved", "status: reslvd");
    sandbox.write(FILE, &guess);
    sandbox
        .run(["lint", "--fix"])
        .exits(1)
        .stderr_has("1 can be fixed with --fix=unsafe");
    assert_eq!(sandbox.read(FILE), guess);
    sandbox.run(["lint", "--fix=unsafe"]);
    assert_eq!(sandbox.read(FILE), FIXED);
}

#[test]
fn what_comes_on_stdin_goes_to_stdout() {
    let sandbox = Sandbox::new();
    sandbox
        .call(["lint", "--fix", "-"])
        .stdin(TEXT)
        .run()
        .stdout_is(FIXED);
    sandbox
        .call(["lint", "--diff", "-"])
        .stdin(TEXT)
        .run()
        .exits(1)
        .stdout_has("+++ <stdin>\n");
    sandbox
        .call(["lint", "--fix", "--format", "json", "-"])
        .stdin(TEXT)
        .run()
        .exits(2)
        .stderr_has("leave `--format` out");
}

#[test]
fn no_comment_is_lost_and_what_cannot_be_mended_stays() {
    let sandbox = Sandbox::new();
    let text = "version: 1\nid: 2024-12-11-api\ntitle: T\nsummary: Step 1: done # really\n";
    sandbox.write(FILE, text);
    sandbox.run(["lint", "--fix=unsafe"]).exits(1);
    assert_eq!(sandbox.read(FILE), text);
    let invalid = b"version: 1\nid: 2024-12-11-api\ntitel: \xff\n";
    sandbox.write(FILE, invalid);
    sandbox.run(["lint", "--fix=unsafe", FILE]).exits(1);
    assert_eq!(std::fs::read(sandbox.path(FILE)).expect("read"), invalid);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let sandbox = Sandbox::new();
    sandbox.write("real.yaml", TEXT);
    std::os::unix::fs::symlink(sandbox.path("real.yaml"), sandbox.path("link.yaml"))
        .expect("a link");
    sandbox.run(["lint", "--fix", "link.yaml"]);
    assert_eq!(sandbox.read("real.yaml"), FIXED);
    let about = std::fs::symlink_metadata(sandbox.path("link.yaml")).expect("there");
    assert!(about.file_type().is_symlink());
}
