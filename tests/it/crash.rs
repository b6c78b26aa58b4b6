//! A command that is killed or refused by the system at any moment: old or new, never between.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::incident::{FILE, Incident, JOURNAL, whole};
use crate::sandbox::{Call, Run};

/// What changes a file or makes it last.
const CALLS: [&str; 12] = [
    "write",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "flock",
];

/// More calls of a kind than any command makes.
const MOST_CALLS: usize = 200;

/// What stands in a file while somebody is in the middle of editing it.
const HALF_TYPED: &str = "lessons: {went_well: [\n";

/// Where the document is when a command begins, and what is to become of its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// The document can be written.
    Document,
    /// It does not read at the moment: the event goes to the journal.
    Journal,
    /// It reads again, and two events wait in the journal.
    Fold,
}

impl Case {
    const ALL: [Self; 3] = [Self::Document, Self::Journal, Self::Fold];

    fn begin(self) -> Incident {
        let incident = Incident::new();
        let half = || format!("{}{HALF_TYPED}", incident.text());
        match self {
            Self::Document => {}
            Self::Journal => {
                incident.sandbox.write(FILE, half());
            }
            Self::Fold => {
                let text = incident.text();
                incident.sandbox.write(FILE, half());
                for what in ["waiting one", "waiting two"] {
                    let run = incident.sandbox.run(["log", what]);
                    let _ = run.succeeds().stderr_has("saved beside");
                }
                incident.sandbox.write(FILE, text);
            }
        }
        incident
    }

    /// What the timeline has in the end, besides the event of the command under test.
    fn others(self) -> Vec<&'static str> {
        match self {
            Self::Document | Self::Journal => vec!["the next"],
            Self::Fold => vec!["waiting one", "waiting two", "the next"],
        }
    }
}

/// The command under test, with one call of the system tampered with.
fn tampered(incident: &Incident, call: &str, tampering: &str) -> Call {
    let binary = env!("CARGO_BIN_EXE_postmortem");
    let trace = format!("trace={call}");
    let inject = format!("inject={call}:{tampering}");
    let log = [
        "--quiet=all",
        "-f",
        "-o",
        "trace.txt",
        "-e",
        &trace,
        "-e",
        &inject,
        binary,
        "log",
    ];
    incident
        .sandbox
        .program("strace")
        .args(log)
        .args(["in flight"])
}

/// Looks at what a command left that did not end well, mends what somebody was in the middle of, runs
/// the next command, and looks again. Gives whether the event in flight is there.
fn next_works(incident: &Incident, case: Case, was: &str, told: &str) -> bool {
    std::fs::remove_file(incident.sandbox.path("trace.txt")).expect("strace ran");
    let text = incident.text();
    match case {
        Case::Journal => {
            assert_eq!(text, was, "{told}");
            incident
                .sandbox
                .write(FILE, text.trim_end_matches(HALF_TYPED));
        }
        // Either the old text, or the new one whole; never a part of the events.
        _ if text == was => {}
        _ => {
            let timeline = whole(&text).timeline;
            let logged = timeline.iter().filter(|event| !was.contains(&event.what));
            assert_eq!(logged.count(), case.others().len(), "{told}\n{text}");
        }
    }
    let _ = incident.sandbox.run(["log", "the next"]).succeeds();
    incident.is_tidy();
    let logged = incident.logged();
    let is_there = logged.iter().any(|what| what == "in flight");
    let mut expected = case.others();
    if is_there {
        expected.push("in flight");
    }
    incident.has_each_once(&expected);
    is_there
}

/// Kills the command at every call of these kinds in turn; gives how often it was killed.
fn killed_everywhere(case: Case) -> usize {
    let mut kills = 0;
    for call in CALLS {
        for nth in 1..=MOST_CALLS {
            let incident = case.begin();
            let was = incident.text();
            let tampering = format!("signal=SIGKILL:when={nth}");
            let run = tampered(&incident, call, &tampering).run();
            let told = format!("{case:?}: killed at {call} {nth}: {run:?}");
            // strace ends as its child did.
            let was_killed = run.code.is_none();
            if !was_killed {
                let _ = run.clone().succeeds();
            }
            let is_there = next_works(&incident, case, &was, &told);
            let was_told = run.stderr.contains("in flight");
            assert!(is_there || !was_told && was_killed, "lost: {told}");
            if !was_killed {
                break;
            }
            kills += 1;
        }
    }
    kills
}

#[test]
fn killed_at_any_call_while_the_document_is_written() {
    let kills = killed_everywhere(Case::Document);
    assert!(kills >= 5, "only {kills} calls were hit");
}

#[test]
fn killed_at_any_call_while_the_journal_is_written() {
    let kills = killed_everywhere(Case::Journal);
    assert!(kills >= 4, "only {kills} calls were hit");
}

#[test]
fn killed_at_any_call_while_the_journal_is_folded() {
    let kills = killed_everywhere(Case::Fold);
    assert!(kills >= 8, "only {kills} calls were hit");
}

/// Lets every call of these kinds fail in turn; gives how many kinds of ends there were.
fn fails_everywhere(case: Case, error: &str) -> [usize; 2] {
    let [mut kept, mut refused] = [0, 0];
    for call in CALLS {
        for nth in 1..=MOST_CALLS {
            let incident = case.begin();
            let was = incident.text();
            let tampering = format!("error={error}:when={nth}");
            let run = tampered(&incident, call, &tampering).run();
            let trace = incident.sandbox.read("trace.txt");
            let was_hit = trace.contains("(INJECTED)");
            let told = format!("{case:?}: {error} at {call} {nth}: {run:?}\n{trace}");
            let is_there = next_works(&incident, case, &was, &told);
            if !was_hit {
                let _ = run.succeeds();
                break;
            }
            match run.code {
                Some(0) => {
                    assert!(is_there, "lost: {told}");
                    kept += 1;
                }
                Some(2) => {
                    judge_refusal(&run, is_there, &told);
                    refused += 1;
                }
                _ => panic!("an end of no kind: {told}"),
            }
        }
    }
    [kept, refused]
}

/// Fails unless an error says what failed, whether the event is there, and what was typed.
#[track_caller]
fn judge_refusal(run: &Run, is_there: bool, told: &str) {
    let says_so = run.stderr.starts_with("error: `");
    assert!(says_so, "no clear error: {told}");
    let says_so = run.stderr.contains("but a power cut may undo that");
    assert_eq!(says_so, is_there, "{told}");
    assert!(
        says_so || run.stderr.contains("nothing was changed"),
        "{told}"
    );
    let typed = "What you typed, so that it is not lost:\n\nin flight\n";
    assert!(run.stderr.contains(typed), "it is not printed back: {told}");
}

#[test]
fn no_space_left_at_any_call() {
    for case in Case::ALL {
        let [kept, _] = fails_everywhere(case, "ENOSPC");
        assert!(kept > 0, "{case:?}");
    }
}

#[test]
fn a_broken_disk_at_any_call() {
    for case in Case::ALL {
        let [kept, _] = fails_everywhere(case, "EIO");
        assert!(kept > 0, "{case:?}");
    }
}

/// The kills at random moments.
const KILLS: usize = 300;

/// A sequence of numbers that looks random and is the same in every run.
struct Numbers(u64);

impl Numbers {
    /// The next one, from 0 to 1.
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / (1_u64 << 24) as f64
    }
}

fn started(incident: &Incident, what: &str) -> Child {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_postmortem"));
    command
        .args(["log", what])
        .current_dir(incident.sandbox.folder())
        .env_clear()
        .envs(incident.sandbox.variables())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().expect("it runs")
}

#[test]
fn killed_at_random_moments() {
    let incident = Incident::new();
    let mut numbers = Numbers(20_241_211);
    let usual = {
        let begun = Instant::now();
        let _ = started(&incident, "the first").wait().expect("it ends");
        begun.elapsed()
    };
    let mut tried = vec!["the first".to_owned()];
    let mut acknowledged = tried.clone();
    let mut killed = 0;
    for round in 0..KILLS {
        // Every now and then somebody is in the middle of editing, and mends that.
        let text = incident.text();
        let is_half_typed = text.ends_with(HALF_TYPED);
        match round % 10 {
            3 if !is_half_typed => incident.sandbox.write(FILE, text + HALF_TYPED),
            6 => incident
                .sandbox
                .write(FILE, text.trim_end_matches(HALF_TYPED)),
            _ => &incident.sandbox,
        };
        let what = format!("round {round}");
        let mut child = started(&incident, &what);
        std::thread::sleep(Duration::mul_f64(usual, 1.2 * numbers.next()));
        child.kill().expect("it is killed");
        let status = child.wait().expect("it ends");
        tried.push(what.clone());
        match status.code() {
            Some(0) => acknowledged.push(what),
            None => killed += 1,
            Some(_) => panic!("round {round}: {status}\n{}", incident.text()),
        }
        let text = incident.text();
        let document = whole(text.trim_end_matches(HALF_TYPED));
        let timeline: Vec<String> = document
            .timeline
            .into_iter()
            .map(|event| event.what)
            .collect();
        for what in &timeline {
            let times = timeline.iter().filter(|other| *other == what).count();
            assert_eq!(
                times, 1,
                "round {round}: `{what}` stands there more than once"
            );
        }
    }
    let text = incident.text();
    incident
        .sandbox
        .write(FILE, text.trim_end_matches(HALF_TYPED));
    let _ = incident.sandbox.run(["log", "the last"]).succeeds();
    incident.is_tidy();
    let logged = incident.logged();
    for what in &acknowledged {
        assert!(
            logged.contains(what),
            "`{what}` was acknowledged and is lost"
        );
    }
    tried.push("the last".to_owned());
    for (at, what) in logged.iter().enumerate() {
        assert!(tried.contains(what), "nobody logged `{what}`");
        assert!(!logged[..at].contains(what), "`{what}` stands there twice");
    }
    assert!(killed >= KILLS / 4, "only {killed} of {KILLS} were killed");
}

#[test]
fn a_torn_journal_keeps_what_is_whole() {
    let incident = Case::Fold.begin();
    let journal = incident.sandbox.read(JOURNAL);
    incident
        .sandbox
        .write(JOURNAL, format!("{journal}\n{{\"at\":\"2024-12-"));
    let run = incident.sandbox.run(["log", "the next"]).succeeds();
    let _ = run
        .stderr_has("could not be read of the journal is kept in")
        .stderr_has("2 events from the journal");
    incident.has_each_once(&["waiting one", "waiting two", "the next"]);
}
