//! `postmortem edit` with editors that are scripts.

use std::os::unix::fs::PermissionsExt;

use crate::sandbox::{Call, Sandbox};

const FILE: &str = "postmortems/2024-12-11-api.yaml";
const TEXT: &str = "version: 1\nid: 2024-12-11-api\ntitle: API down # ours\n";

/// A sandbox with a document and an editor of these lines of shell, which finds the file in `$1`.
fn with_editor(lines: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, TEXT);
    sandbox.write("editor", format!("#!/bin/sh\n{lines}\n"));
    let all = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(sandbox.path("editor"), all).expect("it may be run");
    sandbox
}

fn edit(sandbox: &Sandbox) -> Call {
    sandbox.call(["edit"]).env("EDITOR", "./editor")
}

#[test]
fn the_file_itself_is_edited_and_checked() {
    let sandbox = with_editor("echo \"severity: sev1\" >> \"$1\"; echo \"$@\" > arguments");
    let _ = edit(&sandbox)
        .run()
        .succeeds()
        .stdout_is("")
        .stderr_is(&format!("{FILE}: no findings\n"));
    assert_eq!(sandbox.read(FILE), format!("{TEXT}severity: sev1\n"));
    assert_eq!(sandbox.read("arguments"), format!("{FILE}\n"));
}

#[test]
fn visual_comes_first_and_may_have_arguments() {
    let sandbox = with_editor("echo \"$@\" > arguments");
    let _ = edit(&sandbox)
        .args(["api"])
        .env("VISUAL", "./editor --wait 'a b'")
        .env("EDITOR", "false")
        .run()
        .succeeds()
        .stderr_is(&format!("{FILE} is as it was: no findings\n"));
    assert_eq!(sandbox.read("arguments"), format!("--wait a b {FILE}\n"));
}

#[test]
fn errors_are_shown_and_the_rest_is_counted() {
    let sandbox = with_editor("printf 'severty: sev1\\nstage: in-review\\n' >> \"$1\"");
    let _ = edit(&sandbox)
        .run()
        .exits(1)
        .stderr_has("error[unknown-field]: ")
        .stderr_has(&format!("{FILE}: 1 error, "));
}

#[test]
fn a_file_that_is_no_yaml_can_be_mended() {
    let sandbox = with_editor("cp sound \"$1\"");
    sandbox.write("sound", TEXT);
    sandbox.write(FILE, "version: 1\ntitle: [\n");
    let _ = sandbox
        .call(["edit", FILE])
        .env("EDITOR", "./editor")
        .run()
        .succeeds();
    assert_eq!(sandbox.read(FILE), TEXT);
}

#[test]
fn an_editor_that_fails_loses_nothing() {
    for (lines, why) in [
        ("exit 3", format!("ended with 3; {FILE} is as it was")),
        (
            "kill -9 $$",
            format!("was ended by signal 9; {FILE} is as it was"),
        ),
        (
            "echo 'severity: sev1' >> \"$1\"; exit 1",
            format!("ended with 1; what it saved stands in {FILE}"),
        ),
    ] {
        let sandbox = with_editor(lines);
        let run = edit(&sandbox).run().exits(2);
        let _ = run.stderr_has(&format!("error: the editor `./editor` {why}\n"));
        assert!(sandbox.read(FILE).starts_with(TEXT));
    }
}

#[test]
fn an_editor_that_cannot_be_had_is_named() {
    let sandbox = with_editor("");
    let run = |editor: &str| sandbox.call(["edit"]).env("EDITOR", editor).run().exits(2);
    let _ = run("nosuch --wait")
        .stderr_has("error: the editor `nosuch`, named by EDITOR, is not installed; ")
        .stderr_has("help: choose one: export EDITOR=nano\n");
    let _ = run("vi 'x").stderr_has("in which a quote is not closed; ");
    let _ = run("./postmortems").stderr_has("cannot be run: permission denied; ");
    let _ = sandbox
        .run(["edit"])
        .exits(2)
        .stderr_has("error: there is neither an editor nor a terminal for one; ");
    assert_eq!(sandbox.read(FILE), TEXT);
}

#[test]
fn what_is_logged_while_the_editor_is_open_comes_back() {
    // An editor that read the file at its start, and saves that at its end.
    let sandbox = with_editor(
        "cp \"$1\" mine; postmortem log rolled back the deploy; postmortem log -k change a second one
         echo '# mine' >> mine; cat mine > \"$1\"",
    );
    let _ = edit(&sandbox)
        .run()
        .succeeds()
        .stderr_has("2 events were logged while the editor was open, and it wrote over them:\n")
        .stderr_has("rolled back the deploy\n")
        .stderr_has(&format!("put back into {FILE}\n"));
    let text = sandbox.read(FILE);
    for part in [TEXT, "# mine", "rolled back the deploy", "a second one"] {
        assert_eq!(text.matches(part).count(), 1, "{part}: {text}");
    }
}

#[test]
fn what_was_logged_and_taken_back_stays_away() {
    let sandbox = with_editor(
        "cp \"$1\" mine; postmortem log nothing; postmortem log --undo; cat mine > \"$1\"",
    );
    let run = edit(&sandbox).run().succeeds();
    assert!(!run.stderr.contains("wrote over"), "{}", run.stderr);
    assert_eq!(sandbox.read(FILE), TEXT);
}

#[test]
fn what_is_logged_while_the_file_is_broken_is_folded_in() {
    let sandbox =
        with_editor("echo 'services: [' >> \"$1\"; postmortem log rolled back; cp sound \"$1\"");
    sandbox.write("sound", TEXT);
    let _ = edit(&sandbox)
        .run()
        .succeeds()
        .stderr_has("1 event from the journal put into");
    assert_eq!(sandbox.read(FILE).matches("rolled back").count(), 1);
    let beside = sandbox.files();
    assert!(
        !beside.iter().any(|file| file.contains("journal")),
        "{beside:?}"
    );
}

#[test]
fn a_file_that_is_gone_is_said() {
    let sandbox = with_editor("rm \"$1\"");
    let _ = edit(&sandbox).run().exits(2).stderr_has("cannot be read");
}
