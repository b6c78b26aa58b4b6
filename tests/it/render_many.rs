//! Several documents in one call: where their pages go, in which order, and what is refused.

use std::collections::BTreeMap;

use crate::sandbox::{Sandbox, project};

fn document(id: &str, more: &str) -> String {
    format!("version: 1\nid: {id}\ntitle: About {id}\ntimezone: Europe/Berlin\n{more}")
}

fn three() -> Sandbox {
    let sandbox = Sandbox::new();
    for id in ["2024-12-11-b", "2024-12-10-a", "2024-12-12-c"] {
        sandbox.write(format!("postmortems/{id}.yaml"), document(id, ""));
    }
    sandbox.write("postmortems/notes.yaml", "a: b\n");
    sandbox
}

#[test]
fn a_folder_is_rendered_by_a_pattern() {
    let sandbox = three();
    let _ = sandbox
        .run(["render", "postmortems", "-o", "out/{audience}/{id}-{template}.{format}"])
        .succeeds()
        .stdout_is(
            "out/internal/2024-12-10-a-full.md\nout/internal/2024-12-11-b-full.md\nout/internal/2024-12-12-c-full.md\n",
        );
    let page = sandbox.read("out/internal/2024-12-11-b-full.md");
    assert!(page.starts_with("# About 2024-12-11-b\n"), "{page}");
    // Files, ids and folders, each document once, in the order they were named.
    let _ = sandbox
        .run([
            "render",
            "postmortems/2024-12-12-c.yaml",
            "12-10-a",
            "postmortems",
            "-o",
            "{stem}.html",
        ])
        .succeeds()
        .stdout_is("2024-12-12-c.html\n2024-12-10-a.html\n2024-12-11-b.html\n");
}

#[test]
fn pages_that_would_meet_are_refused_before_anything_is_written() {
    let sandbox = three();
    sandbox.write(
        "postmortems/again/2024-12-11-b.yaml",
        document("2024-12-11-b", ""),
    );
    let before = sandbox.files();
    let _ = sandbox
        .run(["render", "postmortems", "-o", "out/{id}.html"])
        .exits(2)
        .stderr_has("would both write `out/2024-12-11-b.html`; nothing was written")
        .stderr_has("postmortems/again/2024-12-11-b.yaml");
    let _ = sandbox
        .run(["render", "postmortems", "-o", "page.html"])
        .exits(2)
        .stderr_has("4 documents cannot all go to `page.html`")
        .stderr_has("{id}");
    let _ = sandbox
        .run(["render", "postmortems"])
        .exits(2)
        .stderr_has("cannot all go to stdout");
    let _ = sandbox
        .run([
            "render",
            "postmortems",
            "-o",
            "postmortems/{id}.yaml",
            "--format",
            "md",
        ])
        .exits(2)
        .stderr_has("nothing was");
    let _ = sandbox
        .run(["render", "postmortems", "-o", "{ids}.html"])
        .exits(2)
        .stderr_has("did you mean `{id}`?");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn one_that_does_not_read_keeps_no_other_back() {
    let sandbox = three();
    sandbox.write(
        "postmortems/2024-12-11-b.yaml",
        "version: 1\nid: 2024-12-11-b\ntitel: X\n",
    );
    let _ = sandbox
        .run(["render", "postmortems", "-o", "{id}.html"])
        .exits(2)
        .stdout_is("2024-12-10-a.html\n2024-12-12-c.html\n")
        .stderr_has("`postmortems/2024-12-11-b.yaml` does not read, so there is no page of it");
    // A leak is told of the one page that leaks; the others are written.
    let more = "people: {sam: {name: Sam Lee}}\nsummary: Sam Lee rolled back.\n";
    sandbox.write(
        "postmortems/2024-12-11-b.yaml",
        document("2024-12-11-b", more),
    );
    let _ = sandbox
        .run([
            "render",
            "postmortems",
            "--audience",
            "public",
            "-o",
            "p/{id}.html",
        ])
        .exits(1)
        .stdout_is("p/2024-12-10-a.html\np/2024-12-12-c.html\n")
        .stderr_has("p/2024-12-11-b.html");
}

#[test]
fn a_template_that_fails_is_told_once_for_all() {
    let sandbox = three();
    sandbox.write("mine.md", "{{ causes[0].what }}\n");
    let run = sandbox.run(["render", "postmortems", "-t", "mine.md", "-o", "{id}.md"]);
    let run = run.exits(2);
    assert_eq!(
        run.stderr.matches("mine.md:1:").count(),
        1,
        "{}",
        run.stderr
    );
}

#[test]
fn a_document_is_data_as_json() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples");
    let run = sandbox
        .run([
            "render",
            "examples/2024-12-11-telemetry-rollout.yaml",
            "--format",
            "json",
        ])
        .succeeds();
    let data: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(data["version"], 1);
    assert_eq!(data["document"]["id"], "2024-12-11-telemetry-rollout");
    assert_eq!(data["derived"]["durations"]["to_detect"]["seconds"], -180);
    assert_eq!(data["derived"]["durations"]["to_resolve"]["state"], "known");
    let milestones = data["derived"]["milestones"].as_array().expect("a list");
    assert_eq!(milestones.len(), 7);
    let services = data["derived"]["services"].as_array().expect("a list");
    assert!(
        services
            .iter()
            .all(|one| one["outage"]["state"].is_string())
    );
    // What is internal is not in what the public gets, whatever the format.
    sandbox.copy("tests/documents");
    let arguments = [
        "render",
        "tests/documents/every-field.yaml",
        "--format",
        "json",
    ];
    let run = sandbox.run(arguments).succeeds();
    assert!(run.stdout.contains("internal_notes"), "{}", run.stdout);
    let run = sandbox.call(arguments).args(["--audience", "public"]).run();
    assert!(!run.stdout.contains("internal_notes"), "{}", run.stdout);
    let _ = sandbox
        .run(["render", "examples", "-o", "data/{id}.json"])
        .succeeds()
        .stdout_has("data/2024-12-11-telemetry-rollout.json\n");
}

/// Every page that the built-in templates make of the examples, by name.
fn pages(environment: &[(&str, &str)]) -> BTreeMap<String, String> {
    let sandbox = Sandbox::new();
    sandbox.copy("examples");
    let templates = std::fs::read_dir(project().join("templates")).expect("templates");
    for template in templates {
        let name = template
            .expect("a folder")
            .file_name()
            .into_string()
            .expect("UTF-8");
        for format in ["html", "md", "text", "json"] {
            let output = format!("pages/{{template}}/{{audience}}/{{id}}.{format}");
            let mut call = sandbox.call([
                "render", "examples", "-t", &name, "--format", format, "-o", &output,
            ]);
            for (name, value) in environment {
                call = call.env(name, value);
            }
            let run = call.run();
            assert!(
                run.code == Some(0) || run.stderr.contains("this template gives"),
                "{}",
                run.stderr
            );
        }
    }
    let pages = sandbox
        .files()
        .into_iter()
        .filter(|file| file.starts_with("pages/"));
    pages
        .map(|file| (file.clone(), sandbox.read(&file)))
        .collect()
}

#[test]
fn pages_are_the_same_bytes_wherever_and_whenever_they_are_made() {
    let first = pages(&[]);
    assert!(first.len() > 50, "{:?}", first.keys());
    for environment in [
        [
            ("TZ", "Asia/Tokyo"),
            ("LANG", "de_DE.UTF-8"),
            ("LC_ALL", "de_DE.UTF-8"),
            ("RAYON_NUM_THREADS", "1"),
            ("POSTMORTEM_NOW", "2031-01-01T00:00:00Z"),
        ],
        [
            ("TZ", "America/St_Johns"),
            ("LANG", "C"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("RAYON_NUM_THREADS", "7"),
            ("POSTMORTEM_NOW", "1999-07-01T12:00:00+09:00"),
        ],
    ] {
        let again = pages(&environment);
        assert_eq!(
            first.keys().collect::<Vec<_>>(),
            again.keys().collect::<Vec<_>>()
        );
        for (name, page) in &first {
            assert!(
                again.get(name) == Some(page),
                "{name} differs in {environment:?}"
            );
        }
    }
}
