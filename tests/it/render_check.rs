//! `render --check`: what is committed is what the documents give.

use crate::sandbox::Sandbox;

fn document(id: &str, title: &str) -> String {
    format!("version: 1\nid: {id}\ntitle: {title}\npeople: {{sam: {{name: Sam Lee}}}}\n")
}

const CHECK: [&str; 7] = [
    "render",
    "postmortems",
    "--audience",
    "public",
    "-o",
    "public/{id}.md",
    "--check",
];

/// Two documents, with their pages.
fn rendered() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .write(
            "postmortems/2024-12-10-a.yaml",
            document("2024-12-10-a", "One"),
        )
        .write(
            "postmortems/2024-12-11-b.yaml",
            document("2024-12-11-b", "Two"),
        );
    let _ = sandbox.run(&CHECK[..6]).succeeds();
    sandbox
}

#[test]
fn fresh_pages_are_fine() {
    let sandbox = rendered();
    let _ = sandbox.run(CHECK).succeeds().stdout_is("").stderr_is("");
    // As git on Windows checks it out.
    let page = sandbox.read("public/2024-12-10-a.md").replace('\n', "\r\n");
    sandbox.write("public/2024-12-10-a.md", page);
    let _ = sandbox.run(CHECK).succeeds().stdout_is("");
}

#[test]
fn a_stale_page_is_told_with_what_differs_and_nothing_is_written() {
    let sandbox = rendered();
    sandbox.write(
        "postmortems/2024-12-11-b.yaml",
        document("2024-12-11-b", "Three"),
    );
    let _ = sandbox
        .run(CHECK)
        .exits(1)
        .stdout_has("--- public/2024-12-11-b.md\n+++ public/2024-12-11-b.md\n")
        .stdout_has("-# Two\n+# Three\n")
        .stderr_is(
            "stale: public/2024-12-11-b.md, the page of postmortems/2024-12-11-b.yaml\n\
             1 of 2 pages is not what the documents give\n  \
             help: make them again: the same command without --check\n",
        );
    assert!(
        sandbox
            .read("public/2024-12-11-b.md")
            .starts_with("# Two\n")
    );
}

#[test]
fn a_missing_page_is_told() {
    let sandbox = rendered();
    std::fs::remove_file(sandbox.path("public/2024-12-10-a.md")).expect("it was there");
    let _ =
        sandbox.run(CHECK).exits(1).stdout_is("").stderr_has(
            "missing: public/2024-12-10-a.md, the page of postmortems/2024-12-10-a.yaml\n",
        );
    assert!(!sandbox.path("public/2024-12-10-a.md").exists());
}

#[test]
fn a_committed_page_that_leaks_is_told_though_it_would_be_fine_when_made_again() {
    let sandbox = rendered();
    let page = sandbox.read("public/2024-12-10-a.md");
    sandbox.write(
        "public/2024-12-10-a.md",
        format!("{page}\nThanks to Sam Lee.\n"),
    );
    let _ = sandbox
        .run(CHECK)
        .exits(1)
        .stderr_has("what is there leaks:\nerror: an internal word is in the public page\n")
        .stderr_has("\"Sam Lee\" (people.sam.name)");
}

#[test]
fn what_cannot_be_checked_is_no_finding() {
    let sandbox = rendered();
    let _ = sandbox.run(["render", "postmortems", "--check"]).exits(2);
    let _ = sandbox
        .run([
            "render",
            "postmortems/2024-12-10-a.yaml",
            "-o",
            "-",
            "--check",
        ])
        .exits(2)
        .stderr_has("--check is about files");
    sandbox.write(
        "postmortems/2024-12-11-b.yaml",
        "version: 1\nid: 2024-12-11-b\ntitel: X\n",
    );
    let _ = sandbox.run(CHECK).exits(2);
}
