//! Documents and files that mean harm: each ends with a finding or a clear error, in little memory.

mod documents;

use std::path::Path;

use documents::Hostile;

use super::sandbox::{Run, Sandbox};

/// How many of the documents' counts are tried here; `benches/hostile/run` tries all of them, and says how
/// long each takes. What is this small shows a panic, a wrong answer and endless memory all the same.
const PART: usize = 100;

/// The most memory that a command may ask for, in KiB: what it may use at most, and what a build
/// without optimisation and the threads' stacks need on top.
const MEMORY: usize = 192 * 1024;

/// Those that are about a limit are never small; a test of their own looks at them.
fn small_documents() -> impl Iterator<Item = Hostile> {
    let all = documents::documents(PART).into_iter();
    all.filter(|hostile| !hostile.name.starts_with("too-many-"))
}

fn called(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    // Only memory that can be written to counts; of `-v` the threads alone would take more.
    let within = format!("ulimit -d {MEMORY}; exec postmortem \"$@\"");
    sandbox
        .program("sh")
        .args(["-c", &within, "sh"])
        .args(arguments)
        .env("RAYON_NUM_THREADS", "2")
        .run()
}

/// Fails if it did not end by itself, with findings or words.
#[track_caller]
fn ends_well(run: &Run, codes: &[i32]) {
    if !run.code.is_some_and(|code| codes.contains(&code)) {
        run.fail("ended in another way");
    }
    let raw = |c: char| {
        c.is_control() && c != '\n' && c != '\t' || ('\u{202a}'..='\u{202e}').contains(&c)
    };
    if run.stderr.contains(raw) || run.stdout.contains(raw) {
        run.fail("wrote what could harm a terminal");
    }
}

#[test]
fn every_format_copes_with_every_document() {
    let sandbox = Sandbox::new();
    let machines = [
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "rdjson",
        "checkstyle",
        "concise",
    ];
    let outputs = machines.map(|format| format!("--format={format}=out/{format}"));
    for hostile in small_documents() {
        sandbox.write("x.yaml", hostile.bytes).write("out/keep", "");
        let mut arguments = vec!["lint", "x.yaml", "--format", "human"];
        arguments.extend(outputs.iter().map(String::as_str));
        let run = called(&sandbox, &arguments);
        eprintln!("{}", hostile.name);
        ends_well(&run, &[0, 1]);
        for format in ["json", "sarif", "gitlab", "rdjson"] {
            let text = sandbox.read(Path::new("out").join(format));
            if let Err(error) = serde_json::from_str::<serde_json::Value>(&text) {
                run.fail(&format!("{format}: {error}"));
            }
        }
        for format in ["junit", "checkstyle"] {
            let text = sandbox.read(Path::new("out").join(format));
            if let Err(error) = roxmltree::Document::parse(&text) {
                run.fail(&format!("{format}: {error}"));
            }
        }
    }
}

#[test]
fn every_reader_copes_with_every_document() {
    let sandbox = Sandbox::new();
    for hostile in small_documents() {
        sandbox.write("x.yaml", hostile.bytes);
        eprintln!("{}", hostile.name);
        for command in [
            ["render", "x.yaml", "--format=html"].as_slice(),
            &["show", "x.yaml"],
        ] {
            ends_well(&called(&sandbox, command), &[0, 1, 2]);
        }
    }
}

/// Whole documents, in which a limit is what is looked at.
#[test]
fn what_passes_a_limit_is_one_clear_finding() {
    let sandbox = Sandbox::new();
    for (name, said) in [
        ("too-many-bytes", "the file is larger than 4 MiB"),
        (
            "too-many-comments",
            "the file has more than 20,000 comments",
        ),
        ("too-many-keys", "the file has more than 100,000 values"),
        ("nothing", "the file holds no document"),
        (
            "nothing-but-nul-bytes",
            "a control character stands here (U+0000)",
        ),
        ("invalid-utf-8", "the file is not UTF-8"),
        ("utf-16", "the file is written in UTF-16"),
    ] {
        let all = documents::documents(1);
        let hostile = all.into_iter().find(|hostile| hostile.name == name);
        sandbox.write("x.yaml", hostile.expect("it is among them").bytes);
        let run = called(&sandbox, &["lint", "x.yaml", "--format=concise"]).exits(1);
        let lines = run.stdout.lines().count();
        let run = run.stdout_has(said);
        assert!(lines < 5, "{name}: {}", run.stdout);
    }
}

#[test]
fn of_very_many_findings_the_worst_are_told() {
    let sandbox = Sandbox::new();
    let secret = ["AKIA", "QWERTYUIOPASDFGH"].concat();
    let tags = "1, ".repeat(50_000);
    let text =
        format!("version: 1\nid: 2024-12-11-x\ntitle: T\ntags: [{tags}]\nsummary: {secret}\n");
    let run = called(
        sandbox.write("2024-12-11-x.yaml", text),
        &["lint", "2024-12-11-x.yaml", "--format=concise"],
    )
    .exits(1)
    .stdout_has("too-large")
    .stdout_has("more than 1000 findings")
    .stdout_has("secret");
    assert_eq!(run.stdout.lines().count(), 1_001);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end() {
    let sandbox = Sandbox::new();
    sandbox.write("a/b/x.yaml", "version: 1\nid: 2024-12-11-x\ntitle: T\n");
    std::os::unix::fs::symlink("..", sandbox.path("a/b/up")).expect("a link");
    std::os::unix::fs::symlink("../../a", sandbox.path("a/b/again")).expect("a link");
    std::os::unix::fs::symlink("itself.yaml", sandbox.path("a/itself.yaml")).expect("a link");
    let run = called(&sandbox, &["lint", "a", "--format=concise"]);
    let about_x = run.stderr.matches("x.yaml").count() + run.stdout.matches("x.yaml").count();
    assert!(about_x <= 1, "{run:?}");
    let _ = called(&sandbox, &["lint", "a/itself.yaml"])
        .exits(2)
        .stderr_has("`a/itself.yaml` cannot be read");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_named_with_a_way_out() {
    let sandbox = Sandbox::new();
    let _ = sandbox
        .program("mkfifo")
        .args(["pipe.yaml"])
        .run()
        .succeeds();
    for name in ["pipe.yaml", "/dev/zero"] {
        for command in ["lint", "render"] {
            let _ = called(&sandbox, &[command, name])
                .exits(2)
                .stderr_has("is a pipe or a device, not a file")
                .stderr_has("name it `-`");
        }
    }
    // In a folder it is no document, and nobody waits for a writer.
    sandbox.write("x.yaml", "version: 1\nid: 2024-12-11-x\ntitle: T\n");
    let _ = called(&sandbox, &["lint", ".", "--format=concise"]).stderr_has("1 file");
}
