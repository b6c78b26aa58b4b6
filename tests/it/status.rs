//! `postmortem status`, `cause list` and `action list`: how an incident stands.

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::tmux::Terminal;

const FILE: &str = "postmortems/2024-12-11-api.yaml";

const DOCUMENT: &str = "\
version: 1
id: 2024-12-11-api
title: API answers with errors
severity: sev1
timezone: America/Los_Angeles
causes:
  - {id: C1, what: rollout of the telemetry agent, because: [C2]}
  - {id: C2, what: no canary, state: confirmed}
timeline:
  - {at: 2024-12-11T15:05, kind: started, what: First users see errors.}
  - {at: 2024-12-11T15:13, kind: detected, what: Alerts page the cluster team.}
  - {at: 2024-12-11T15:32, what: moved traffic away from cluster 7}
actions:
  - {id: A1, what: Roll out in steps, for: [C1], due: 2024-12-10}
";

const CLOCKS: &str = "\
[[clocks]]
name = \"customer notice\"
from = \"detected\"
due_after = \"20m\"
until = \"public-word\"
";

fn incident() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .write(FILE, DOCUMENT)
        .write("postmortem.toml", CLOCKS);
    sandbox
}

fn json(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let run = sandbox.run(arguments).succeeds().stderr_is("");
    serde_json::from_str(&run.stdout).expect("JSON")
}

#[test]
fn the_open_incident_is_shown_with_what_is_overdue() {
    let run = incident().run(["status"]).succeeds().stderr_is("");
    for line in [
        "last event  4 min ago         moved traffic away from cluster 7",
        "public      never told        overdue by 8 min",
        "clocks      overdue by 3 min  customer notice",
        "not said    services, whether data is hit, owner",
    ] {
        assert!(run.stdout.contains(line), "{line}\n{}", run.stdout);
    }
    assert!(!run.stdout.contains('\u{1b}'), "colours in a pipe");
}

#[test]
fn machines_are_told_the_same_in_seconds() {
    let status = json(&incident(), &["status", "--format", "json"]);
    assert_eq!(status["version"], 1);
    assert_eq!(status["file"], FILE);
    assert_eq!(status["elapsed"]["seconds"], 31 * 60);
    assert_eq!(status["elapsed"]["since"], "started");
    assert_eq!(status["last_event"]["seconds_ago"], 4 * 60);
    assert_eq!(status["public"]["last"], Value::Null);
    assert_eq!(status["public"]["due_in"], -8 * 60);
    assert_eq!(status["clocks"][0]["state"], "overdue");
    assert_eq!(status["clocks"][0]["left"], -3 * 60);
    assert_eq!(status["clocks"][0]["due"], "2024-12-11T15:33:00-08:00");
    assert_eq!(status["causes"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_document_with_mistakes_is_shown_as_far_as_it_reads() {
    let sandbox = incident();
    sandbox.write(FILE, DOCUMENT.replace("severity: sev1", "severity: 1"));
    let run = sandbox.run(["status"]).succeeds();
    assert!(
        run.stdout.contains("API answers with errors"),
        "{}",
        run.stdout
    );
    let _ = run
        .stderr_has("cannot be read whole")
        .stderr_has("line 4: ");
    sandbox.write(FILE, "id: [\n");
    let _ = sandbox
        .run(["status", "-i", "2024-12-11-api"])
        .stderr_has("postmortem lint postmortems/2024-12-11-api.yaml");
}

#[test]
fn causes_and_actions_are_listed_for_people_and_machines() {
    let sandbox = incident();
    let _ = sandbox
        .run(["cause", "list"])
        .succeeds()
        .stdout_has("  └─ C2  no canary\n         confirmed\n");
    let _ = sandbox
        .run(["action", "list"])
        .succeeds()
        .stdout_has("      open, overdue since 10 December 2024   for C1\n");
    let causes = json(&sandbox, &["cause", "list", "--format", "json"]);
    assert_eq!(causes["version"], 1);
    assert_eq!(causes["causes"][0]["because"][0], "C2");
    assert_eq!(causes["causes"][0]["actions"][0], "A1");
    assert_eq!(causes["causes"][1]["state"], "confirmed");
    let actions = json(&sandbox, &["action", "list", "--format", "json"]);
    assert_eq!(actions["as_of"], "2024-12-11");
    assert_eq!(actions["actions"][0]["overdue"], true);
    assert_eq!(actions["actions"][0]["status"], "open");
}

#[test]
fn a_terminal_sees_colours_unless_they_are_refused() {
    let sandbox = incident();
    let terminal = Terminal::open(&sandbox);
    terminal.resize(40, 30);
    terminal.run_afresh("postmortem status; echo ended $?");
    let screen = terminal.wait_for("\nended 0");
    assert!(screen.contains("\n    overdue by 8 min\n"), "{screen}");
    assert!(
        terminal
            .coloured()
            .contains("\u{1b}[1m\u{1b}[31mnever told"),
        "{}",
        terminal.coloured()
    );
    terminal.run_afresh("NO_COLOR=1 postmortem status; echo refused $?");
    terminal.wait_for("\nrefused 0");
    assert!(
        !terminal.coloured().contains("\u{1b}["),
        "{}",
        terminal.coloured()
    );
}
