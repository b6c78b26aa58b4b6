//! Disks that are full and folders that cannot be written: old or new, and what was typed comes back.

use crate::incident::{FILE, Incident, TEXT, whole};
use crate::sandbox::Run;

/// What is said of a text that could not be saved.
const TYPED: &str = "What you typed, so that it is not lost:\n\n";

/// Runs a script as somebody whom permissions hold for, root too, with the folder of documents mounted
/// as `mount` says, and the tool as `$0`.
fn with_mount(incident: &Incident, mount: &str, script: &str) -> Run {
    let mount = format!("mount {mount} && cd . && {script}");
    let unshare = ["--user", "--map-root-user", "--mount", "sh", "-c", &mount];
    let call = incident.sandbox.program("unshare").args(unshare);
    call.args([env!("CARGO_BIN_EXE_postmortem")]).run()
}

/// Runs the tool as somebody whom permissions hold for: root without the right to pass over them.
fn as_anybody(incident: &Incident, arguments: &[&str]) -> Run {
    let id = incident.sandbox.program("id").args(["-u"]).run().succeeds();
    if id.stdout.trim() != "0" {
        return incident.sandbox.run(arguments);
    }
    let without = "-dac_override,-dac_read_search";
    let limits = ["--inh-caps", without, "--bounding-set", without];
    let call = incident.sandbox.program("setpriv").args(limits);
    call.args([env!("CARGO_BIN_EXE_postmortem")])
        .args(arguments)
        .run()
}

fn set_mode(incident: &Incident, name: &str, mode: &str) {
    let path = incident.sandbox.path(name);
    let _ = incident
        .sandbox
        .program("chmod")
        .args([mode])
        .args([path])
        .run()
        .succeeds();
}

#[test]
fn a_disk_that_fills_up() {
    let incident = Incident::new();
    incident.sandbox.write("kept.yaml", TEXT);
    // Each event is as large as a page of the disk; the state after each is kept outside it.
    let long = "é".repeat(2_500);
    let script = format!(
        "cp kept.yaml {FILE} && n=0 && while [ $n -lt 40 ]; do n=$((n+1)); \
         \"$0\" log --detail '{long}' event $n 2>said-$n.txt; echo $? >code-$n.txt; \
         cp {FILE} after-$n.yaml; ls -A postmortems >names-$n.txt; done; \
         rm -f postmortems/filler; cp postmortems/.*.journal journal.txt 2>/dev/null; \
         cp -r postmortems ended"
    );
    let _ = with_mount(&incident, "-t tmpfs -o size=64k none postmortems", &script).succeeds();
    let mut kept = Vec::new();
    let mut refused = 0;
    for n in 1..=40 {
        let read = |name: String| incident.sandbox.read(name);
        let what = format!("event {n}");
        let said = read(format!("said-{n}.txt"));
        // Whole after each, with all that was kept so far that is not in the journal.
        let timeline = whole(&read(format!("after-{n}.yaml"))).timeline;
        let is_there = timeline.iter().any(|event| event.what == what);
        match read(format!("code-{n}.txt")).trim() {
            "0" => {
                let is_in_journal = said.contains("saved beside");
                assert!(is_there != is_in_journal, "{n}: {said}");
                kept.push(what);
            }
            "2" => {
                assert!(!is_there, "{n}: {said}");
                assert!(said.starts_with("error: "), "{n}: {said}");
                assert!(said.contains("no space left on device"), "{n}: {said}");
                assert!(said.contains(TYPED) && said.contains(&long), "{n}: {said}");
                refused += 1;
            }
            code => panic!("{n}: {code}\n{said}"),
        }
        let names = read(format!("names-{n}.txt"));
        assert!(!names.contains(".aside-"), "{n}: a stray was left\n{names}");
    }
    assert!(
        kept.len() > 4 && refused > 4,
        "{} kept, {refused} refused",
        kept.len()
    );
    // On a disk with room the next command puts everything where it belongs.
    std::fs::remove_dir_all(incident.sandbox.path("postmortems")).expect("removed");
    std::fs::rename(
        incident.sandbox.path("ended"),
        incident.sandbox.path("postmortems"),
    )
    .expect("moved");
    let _ = incident.sandbox.run(["log", "room again"]).succeeds();
    kept.push("room again".to_owned());
    let kept: Vec<&str> = kept.iter().map(String::as_str).collect();
    incident.has_each_once(&kept);
}

#[test]
fn a_disk_that_is_read_only() {
    let incident = Incident::new();
    let mount = "--bind postmortems postmortems && mount -o remount,bind,ro postmortems";
    for command in ["log", "comms", "cause add", "action add", "action done A1"] {
        let script = format!("\"$0\" {command} typed in vain");
        let run = with_mount(&incident, mount, &script).exits(2);
        let _ = run
            .stderr_has("error: `")
            .stderr_has("read-only file system")
            .stderr_has("nothing was changed")
            .stderr_has(&format!("{TYPED}typed in vain\n"));
    }
    assert_eq!(incident.text(), TEXT);
    incident.is_tidy();
}

#[test]
fn a_folder_that_may_not_be_written() {
    let incident = Incident::new();
    set_mode(&incident, "postmortems", "555");
    let runs = [
        as_anybody(&incident, &["log", "typed in vain"]),
        as_anybody(&incident, &["cause", "add", "typed in vain"]),
    ];
    set_mode(&incident, "postmortems", "755");
    for run in runs {
        let _ = run
            .exits(2)
            .stderr_has("error: `")
            .stderr_has("permission denied")
            .stderr_has("nothing was changed")
            .stderr_has(&format!("{TYPED}typed in vain\n"));
    }
    assert_eq!(incident.text(), TEXT);
    incident.is_tidy();
}

#[test]
fn a_file_that_may_not_be_written_is_replaced_and_stays_so() {
    let incident = Incident::new();
    set_mode(&incident, FILE, "444");
    let _ = as_anybody(&incident, &["log", "typed"]).succeeds();
    let mode = std::fs::metadata(incident.sandbox.path(FILE))
        .expect("there")
        .permissions();
    assert!(mode.readonly(), "{mode:?}");
    incident.has_each_once(&["typed"]);
    incident.is_tidy();
}

#[test]
fn a_file_that_may_not_be_read_is_said() {
    let incident = Incident::new();
    set_mode(&incident, FILE, "000");
    let run = as_anybody(&incident, &["log", "typed in vain"]);
    set_mode(&incident, FILE, "644");
    let _ = run
        .exits(2)
        .stderr_has("cannot be read: ")
        .stderr_has(&format!("{TYPED}typed in vain\n"));
    assert_eq!(incident.text(), TEXT);
}
