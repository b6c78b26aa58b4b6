//! Many people at once, as processes of their own, on the clock of the machine.

use std::path::PathBuf;
use std::process::Command;

use chrono::{DateTime, FixedOffset};

use crate::incident::{Incident, is_by_hand};
use crate::sandbox::project;

const PROCESSES: usize = 8;
const EVENTS: usize = 300;

/// The tool as people run it. In the build for tests a day with so many events takes many minutes.
fn optimised() -> PathBuf {
    let tested = PathBuf::from(env!("CARGO_BIN_EXE_postmortem"));
    let target = tested.ancestors().nth(2).expect("a target folder");
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--release",
            "--locked",
            "--bin",
            "postmortem",
        ])
        .arg("--target-dir")
        .arg(target)
        .current_dir(project())
        .status();
    assert!(built.expect("cargo runs").success(), "it is built");
    target.join("release/postmortem")
}

/// Logs in one process after the other, as one person does.
fn logs(incident: &Incident, tool: &PathBuf, who: usize) {
    for number in 0..EVENTS {
        let what = format!("event {number} of {who}");
        let call = incident.sandbox.program(tool).without("POSTMORTEM_NOW");
        let _ = call.args(["log", &what]).run().succeeds();
    }
}

#[test]
fn all_writers_win() {
    let tool = optimised();
    let incident = Incident::new();
    std::thread::scope(|scope| {
        for who in 0..PROCESSES {
            let (incident, tool) = (&incident, &tool);
            let _ = scope.spawn(move || logs(incident, tool, who));
        }
    });
    // Takes in what somebody had to save beside it.
    let last = incident.sandbox.program(&tool).without("POSTMORTEM_NOW");
    let _ = last.args(["log", "the last"]).run().succeeds();
    incident.is_tidy();
    let timeline = incident.document().timeline;
    let times: Vec<DateTime<FixedOffset>> = timeline
        .iter()
        .map(|event| event.at.to_string())
        // What people wrote has no seconds.
        .filter(|at| at.matches(':').count() == 3)
        .map(|at| at.parse().expect("a time"))
        .collect();
    assert!(times.is_sorted(), "the timeline is in disorder");
    let logged: Vec<&str> = timeline
        .iter()
        .map(|event| event.what.as_str())
        .filter(|what| !is_by_hand(what))
        .collect();
    assert_eq!(logged.len(), PROCESSES * EVENTS + 1);
    for who in 0..PROCESSES {
        let ending = format!(" of {who}");
        let own: Vec<&str> = logged
            .iter()
            .copied()
            .filter(|what| what.ends_with(&ending))
            .collect();
        let expected: Vec<String> = (0..EVENTS)
            .map(|number| format!("event {number}{ending}"))
            .collect();
        assert_eq!(own, expected, "what one person logged, in order");
    }
}
