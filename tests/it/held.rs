//! Somebody holds the document: a writer that was stopped, an editor in the middle, an editor that
//! saves at the same moment.

use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::incident::{FILE, Incident, JOURNAL};

/// A `log` that was stopped while it holds the lock.
struct Stopped {
    strace: Child,
    process: String,
}

impl Stopped {
    /// Stops a `log` when it calls this for the first time.
    fn at(incident: &Incident, call: &str) -> Self {
        let trace = incident.sandbox.path("trace.txt");
        let inject = format!("inject={call}:signal=SIGSTOP:when=1");
        let strace = Command::new("strace")
            .args(["--quiet=all", "-f", "-o", "trace.txt", "-e"])
            .args([&format!("trace={call}"), "-e", &inject])
            .args([
                env!("CARGO_BIN_EXE_postmortem"),
                "log",
                "from one who was stopped",
            ])
            .current_dir(incident.sandbox.folder())
            .env_clear()
            .envs(incident.sandbox.variables())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("strace is installed");
        let begun = Instant::now();
        // 4711  --- stopped by SIGSTOP ---
        let process = loop {
            let text = std::fs::read_to_string(&trace).unwrap_or_default();
            let stopped = text
                .lines()
                .find(|line| line.contains("stopped by SIGSTOP"));
            if let Some(process) = stopped.and_then(|line| line.split(' ').next()) {
                break process.to_owned();
            }
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "it was not stopped: {text}"
            );
            std::thread::sleep(Duration::from_millis(5));
        };
        Self { strace, process }
    }

    /// Sends it a signal, and waits for its end.
    fn ends_by(mut self, incident: &Incident, signal: &str) {
        let kill = ["-s", signal, &self.process];
        let _ = incident.sandbox.program("kill").args(kill).run().succeeds();
        let _ = self.strace.wait().expect("it ends");
        std::fs::remove_file(incident.sandbox.path("trace.txt")).expect("strace ran");
    }
}

/// Logs beside a stopped writer, twice.
fn logs_beside(incident: &Incident) {
    for what in ["beside one", "beside two"] {
        let run = incident.sandbox.run(["log", what]).succeeds();
        let _ = run
            .stderr_has(&format!("waiting for another writer of {FILE} …\n"))
            .stderr_has(&format!("15:36:00 PST  now            {what}\n"))
            .stderr_has(&format!(
                "saved beside {FILE}, and put in its place by the next command: another process holds the file\n"
            ));
    }
}

#[test]
fn a_writer_that_was_stopped_and_is_killed_keeps_nobody_from_saving() {
    for call in ["fsync", "renameat2"] {
        let incident = Incident::new();
        let was = incident.text();
        let stopped = Stopped::at(&incident, call);
        logs_beside(&incident);
        let refused = incident
            .sandbox
            .run(["cause", "add", "the rollout"])
            .exits(2);
        let _ = refused
            .stderr_has(
                "is being changed by another process for more than 2 s; nothing was changed",
            )
            .stderr_has("What you typed, so that it is not lost:\n\nthe rollout\n");
        stopped.ends_by(&incident, "KILL");
        let is_there = incident.text() != was;
        let run = incident
            .sandbox
            .run(["cause", "add", "the rollout"])
            .succeeds();
        let _ = run.stderr_has(&format!("2 events from the journal put into {FILE}\n"));
        let mut expected = vec!["beside one", "beside two"];
        if is_there {
            expected.push("from one who was stopped");
        }
        incident.has_each_once(&expected);
        incident.is_tidy();
    }
}

#[test]
fn a_writer_that_was_stopped_goes_on_later() {
    let incident = Incident::new();
    let stopped = Stopped::at(&incident, "fsync");
    logs_beside(&incident);
    stopped.ends_by(&incident, "CONT");
    incident.has_each_once(&["from one who was stopped"]);
    let run = incident.sandbox.run(["log", "the next"]).succeeds();
    let _ = run.stderr_has(&format!("2 events from the journal put into {FILE}\n"));
    let all = [
        "from one who was stopped",
        "beside one",
        "beside two",
        "the next",
    ];
    incident.has_each_once(&all);
    incident.is_tidy();
}

#[test]
fn an_editor_in_the_middle_keeps_nobody_from_saving() {
    for half_typed in [
        "lessons: {went_well: [\n",
        "impact:\n  figures:\n    - what: Plus subscribers: 1.2 %\n      value\n",
        "<<<<<<< ours\nstatus: resolved\n=======\nstatus: monitoring\n>>>>>>> theirs\n",
        "severity: sev2\n",
    ] {
        let incident = Incident::new();
        let whole = incident.text();
        let half = format!("{whole}{half_typed}");
        incident.sandbox.write(FILE, &half);
        for command in ["log", "comms"] {
            let run = incident
                .sandbox
                .run([command, "said by", command])
                .succeeds();
            let _ = run.stderr_has("the file does not read at the moment: line ");
        }
        let refused = incident
            .sandbox
            .run(["cause", "add", "the rollout"])
            .exits(2);
        let _ = refused
            .stderr_has("does not read at the moment, so nothing was changed: line ")
            .stderr_has(&format!("help: postmortem lint {FILE}\n"))
            .stderr_has("the rollout\n");
        assert_eq!(incident.text(), half, "what somebody is typing stays");
        incident.sandbox.write(FILE, whole);
        let run = incident
            .sandbox
            .run(["cause", "add", "the rollout"])
            .succeeds();
        let _ = run.stderr_has(&format!("2 events from the journal put into {FILE}\n"));
        incident.has_each_once(&["said by log", "said by comms"]);
        assert!(!incident.sandbox.path(JOURNAL).exists());
        incident.is_tidy();
    }
}

/// How an editor saves.
#[derive(Debug, Clone, Copy)]
enum Saving {
    /// Writes a new file and renames it over the old one.
    Rename,
    /// Empties the file and writes it.
    Truncate,
}

/// From when an editor had read the file until it had saved it.
type Span = (Instant, Instant);

/// An editor that knows no lock: it reads the file, adds a comment of its own, and saves, again and again.
fn edits(incident: &Incident, saving: Saving, is_over: &AtomicBool) -> Vec<Span> {
    let file = incident.sandbox.path(FILE);
    let aside = incident.sandbox.path("postmortems/4913~");
    let mut spans = Vec::new();
    while !is_over.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let text = incident.text();
        let text = format!("{text}# saved {}\n", spans.len());
        match saving {
            Saving::Rename => {
                std::fs::write(&aside, text).expect("written");
                std::fs::rename(&aside, &file).expect("renamed");
            }
            Saving::Truncate => std::fs::write(&file, text).expect("written"),
        }
        spans.push((begun, Instant::now()));
        // Somebody thinks, and the others come through.
        std::thread::sleep(Duration::from_millis(if spans.len() % 4 == 0 {
            60
        } else {
            7
        }));
    }
    spans
}

/// Events logged beside such an editor, each with the time from its start until it was acknowledged.
fn logged_beside(incident: &Incident, who: usize) -> Vec<(String, Span)> {
    let log = |number: usize| {
        let what = format!("event {number} of {who}");
        let begun = Instant::now();
        let _ = incident.sandbox.run(["log", &what]).succeeds();
        (what, (begun, Instant::now()))
    };
    (0..25).map(log).collect()
}

#[test]
fn an_editor_that_saves_at_the_same_moment_loses_nothing() {
    for saving in [Saving::Rename, Saving::Truncate] {
        let incident = Incident::new();
        let is_over = AtomicBool::new(false);
        let (saves, events) = std::thread::scope(|scope| {
            let editor = scope.spawn(|| edits(&incident, saving, &is_over));
            let loggers: Vec<_> = (0..2)
                .map(|who| {
                    scope.spawn({
                        let incident = &incident;
                        move || logged_beside(incident, who)
                    })
                })
                .collect();
            let events = loggers.into_iter().map(|logger| logger.join());
            let events: Vec<_> = events
                .flat_map(|events| events.expect("they end"))
                .collect();
            is_over.store(true, Ordering::Relaxed);
            (editor.join().expect("it ends"), events)
        });
        let _ = incident.sandbox.run(["log", "the last"]).succeeds();
        let text = incident.text();
        for number in 0..saves.len() {
            let comment = format!("# saved {number}\n");
            assert!(
                text.contains(&comment),
                "{saving:?}: save {number} is lost\n{text}"
            );
        }
        let logged = incident.logged();
        for (what, (begun, acknowledged)) in events {
            let times = logged.iter().filter(|logged| **logged == what).count();
            // What an editor had read before an event was in the file, and saved behind it, is its own.
            let is_the_editors = saves
                .iter()
                .any(|(read, saved)| *read < acknowledged && begun < *saved);
            assert!(
                times == 1 || is_the_editors && times == 0,
                "{saving:?}: `{what}` is there {times} times\n{text}"
            );
        }
        incident.is_tidy();
    }
}
