//! What `--help` says to type can be typed.

use crate::incident::{FILE, Incident};

const COMMANDS: [&str; 10] = [
    "log",
    "comms",
    "cause add",
    "cause confirm",
    "cause rule-out",
    "action add",
    "action done",
    "action decline",
    "new",
    "init",
];

/// What asks on a terminal, and says so where there is none.
const ASKING: [&str; 2] = ["postmortem new", "postmortem new --resume"];

/// The examples of a help text, each a line of a shell.
fn examples(help: &str) -> Vec<String> {
    let lines = help.lines().map(str::trim);
    lines
        .map(|line| line.strip_prefix("Example: ").unwrap_or(line))
        .filter(|line| line.starts_with("postmortem ") || line.contains("| postmortem "))
        .map(str::to_owned)
        .collect()
}

/// An incident with what the examples speak of.
fn prepared() -> Incident {
    let incident = Incident::new();
    let text = incident.text();
    let causes = "causes:\n  - {id: C1, what: The agent}\n  - {id: C2, what: A network card}\n";
    let text = text.replace(
        "  - {id: A1, what: Limit the agent}\n",
        "  - {id: A1, what: Limit the agent}\n  - {id: A2, what: Add a cache}\n",
    );
    incident.sandbox.write(FILE, text + causes);
    incident.sandbox.write("errors.png", "a picture");
    // A tool that is asked for output in an example.
    incident
        .sandbox
        .write("bin/kubectl", "#!/bin/sh\necho pods are pending\n");
    let chmod = incident
        .sandbox
        .program("chmod")
        .args(["755", "bin/kubectl"]);
    let _ = chmod.run().succeeds();
    incident
}

#[test]
fn every_example_of_a_help_text_works() {
    let mut count = 0;
    for command in COMMANDS {
        let incident = prepared();
        let call = command.split(' ').chain(["--help"]);
        // Wide enough that no example is broken into lines.
        let help = incident
            .sandbox
            .call(call)
            .env("COLUMNS", "400")
            .run()
            .succeeds();
        let examples = examples(&help.stdout);
        assert!(
            !examples.is_empty() || command == "init",
            "{command}\n{}",
            help.stdout
        );
        for example in examples {
            let was = incident.text();
            let script = format!("PATH=\"$PWD/bin:$PATH\"; {example}");
            let run = incident.sandbox.program("sh").args(["-c", &script]).run();
            if ASKING.contains(&example.as_str()) {
                let _ = run.exits(2).stderr_has("error: ");
                continue;
            }
            let run = run.succeeds();
            let is_other_command = !example.contains(&format!("postmortem {command}"));
            assert!(
                is_other_command || command == "new" || command == "init" || incident.text() != was,
                "`{example}` changed nothing\n{}",
                run.stderr
            );
            count += 1;
        }
    }
    assert!(count >= 15, "only {count} examples");
}
