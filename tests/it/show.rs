//! `postmortem show`: a document in the terminal.

use crate::sandbox::Sandbox;
use crate::tmux::Terminal;

const EXAMPLE: &str = "examples/2024-12-11-telemetry-rollout.yaml";

#[test]
fn a_document_is_shown_by_its_file_its_id_and_from_a_pipe() {
    let sandbox = Sandbox::new();
    sandbox.copy(EXAMPLE);
    let text = sandbox.read(EXAMPLE);
    let by_file = sandbox.run(["show", EXAMPLE]).succeeds().stderr_is("");
    for line in [
        "API, ChatGPT and Sora down after a telemetry rollout\n",
        "11 December 2024, 15:16 to 19:38 PST (America/Los_Angeles)\n",
        "Users affected for  4 h 22 min",
        "15:13  −3 min       alert, detected  Alerts fire and engineers are notified. [S1]\n",
        "Sources\n",
    ] {
        assert!(by_file.stdout.contains(line), "{line}\n{}", by_file.stdout);
    }
    let piped = sandbox.call(["show", "-"]).stdin(&text).run();
    let _ = piped.succeeds().stdout_is(&by_file.stdout);
    sandbox.write("postmortems/2024-12-11-telemetry-rollout.yaml", &text);
    let _ = sandbox
        .run(["show", "telemetry"])
        .succeeds()
        .stdout_is(&by_file.stdout);
    let _ = sandbox
        .run(["show"])
        .succeeds()
        .stdout_is(&by_file.stdout)
        .stderr_has("note: no incident is open; the newest is postmortems/2024-12-11-telemetry-rollout.yaml");
    let empty = Sandbox::new();
    let _ = empty
        .run(["show"])
        .exits(2)
        .stderr_has("no incident is open in postmortems/");
}

#[test]
fn a_broken_document_is_shown_as_far_as_it_reads() {
    let sandbox = Sandbox::new();
    sandbox.copy("tests/documents/broken");
    let file = "tests/documents/broken/2026-05-04-eight-mistakes.yaml";
    let run = sandbox.run(["show", file]).succeeds();
    assert!(run.stdout.contains("What happened"), "{}", run.stdout);
    let _ = run
        .stderr_has(&format!(
            "`{file}` cannot be read whole; what is wrong in it is left out:\n  line "
        ))
        .stderr_has("  help: postmortem lint ");
    let _ = sandbox
        .call(["show", "-"])
        .stdin("- a\n- b\n")
        .run()
        .exits(2)
        .stderr_has("`<stdin>` cannot be read");
}

#[test]
fn a_narrow_terminal_shows_it_too() {
    let sandbox = Sandbox::new();
    sandbox.copy(EXAMPLE);
    let terminal = Terminal::open(&sandbox);
    terminal.resize(40, 30);
    terminal.run_afresh(&format!("postmortem show {EXAMPLE} | tail -n 200 | cat > plain; postmortem show {EXAMPLE} | head -n 9; echo ended $?"));
    let screen = terminal.wait_for("\nended 0");
    assert!(
        screen.contains("\n  Users affected for  4 h 22 min\n"),
        "{screen}"
    );
    assert!(
        !sandbox.read("plain").contains('\u{1b}'),
        "colours in a pipe"
    );
}
