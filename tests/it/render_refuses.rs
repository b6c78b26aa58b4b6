//! What `postmortem render` does not do, and what it says beside the page.

#![expect(
    unused_must_use,
    reason = "what a run should have done is said on it; what it returns is for more of that"
)]

use crate::sandbox::Sandbox;

const HEAD: &str = "version: 1\nid: 2024-12-11-x\ntitle: T\ntimezone: Europe/Berlin\n";

fn document(more: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("2024-12-11-x.yaml", format!("{HEAD}{more}"));
    sandbox
}

#[test]
fn what_a_page_is_made_of_is_not_written_over() {
    let sandbox = document("");
    sandbox.write("mine.md", "# {{ title }}\n");
    std::os::unix::fs::symlink("2024-12-11-x.yaml", sandbox.path("link.html")).expect("a link");
    let source = sandbox.read("2024-12-11-x.yaml");
    for arguments in [
        vec!["-o", "2024-12-11-x.yaml", "--format", "md"],
        vec!["-o", "link.html"],
        vec!["-o", "./2024-12-11-x.yaml", "--format", "html"],
    ] {
        let arguments = ["render", "2024-12-11-x.yaml"].into_iter().chain(arguments);
        sandbox
            .run(arguments)
            .exits(2)
            .stderr_has("the document itself");
    }
    sandbox
        .run([
            "render",
            "2024-12-11-x.yaml",
            "--template",
            "mine.md",
            "-o",
            "mine.md",
        ])
        .exits(2)
        .stderr_has("the template");
    sandbox
        .write("other.yaml", "a: b\n")
        .write("postmortem.toml", "");
    for output in ["other.yaml", "postmortem.toml"] {
        sandbox
            .run([
                "render",
                "2024-12-11-x.yaml",
                "--format",
                "md",
                "-o",
                output,
            ])
            .exits(2)
            .stderr_has("would be overwritten");
    }
    assert_eq!(sandbox.read("2024-12-11-x.yaml"), source);
    assert_eq!(sandbox.read("mine.md"), "# {{ title }}\n");
    assert_eq!(sandbox.read("other.yaml"), "a: b\n");
}

#[test]
fn no_secret_is_published() {
    let secret = "summary: The log said password=Tr1ckyHorse99 twice.\n";
    let sandbox = document(secret);
    let run = sandbox
        .run([
            "render",
            "2024-12-11-x.yaml",
            "--audience",
            "public",
            "-o",
            "page.html",
        ])
        .exits(1)
        .stderr_has("the page would be public");
    assert!(!run.stderr.contains("Tr1ckyHorse99"));
    assert_eq!(sandbox.files(), ["2024-12-11-x.yaml"]);
    sandbox
        .run(["render", "2024-12-11-x.yaml", "-o", "page.html"])
        .succeeds()
        .stderr_has("1 error in the document: postmortem lint 2024-12-11-x.yaml");
    let sandbox = document("internal_notes: The log said password=Tr1ckyHorse99 twice.\n");
    sandbox
        .run([
            "render",
            "2024-12-11-x.yaml",
            "--audience",
            "public",
            "-o",
            "page.html",
        ])
        .succeeds();
}

#[test]
fn a_warning_is_shown_and_the_page_made_all_the_same() {
    let sandbox = document("summary: Reverted #4412\n");
    sandbox
        .run(["render", "2024-12-11-x.yaml"])
        .succeeds()
        .stdout_has("Reverted")
        .stderr_has("warning[text-cut-by-comment]");
}

#[test]
fn a_page_of_a_document_with_errors_says_so() {
    let sandbox = document("timeline:\n  - {at: 2026-03-29T02:30, kind: started, what: Errors.}\n");
    sandbox
        .run(["render", "2024-12-11-x.yaml"])
        .succeeds()
        .stderr_has("in the document: postmortem lint 2024-12-11-x.yaml");
}

#[test]
fn a_pipe_or_a_device_is_no_document_and_no_template() {
    let sandbox = document("");
    sandbox
        .run(["render", "/dev/zero"])
        .exits(2)
        .stderr_has("`/dev/zero` is a pipe or a device");
    sandbox
        .run(["render", "2024-12-11-x.yaml", "--template", "/dev/zero"])
        .exits(2)
        .stderr_has("no file");
}

#[test]
fn internal_addresses_in_texts_stay_inside() {
    let sandbox = document(
        "summary: See [the wiki](https://wiki.corp.example/x), and http://10.0.0.1/ too.\n",
    );
    sandbox.write(
        "postmortem.toml",
        "[public]\ninternal_hosts = [\"*.corp.example\"]\n",
    );
    let run = sandbox
        .run(["render", "2024-12-11-x.yaml", "--audience", "public"])
        .succeeds()
        .stdout_has("See the wiki, and");
    assert!(
        !run.stdout.contains("corp.example") && !run.stdout.contains("10.0.0.1"),
        "{}",
        run.stdout
    );
    sandbox
        .run(["render", "2024-12-11-x.yaml"])
        .succeeds()
        .stdout_has("wiki.corp.example");
}
