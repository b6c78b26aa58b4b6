//! `postmortem init` and `postmortem schema`.

use crate::sandbox::{Sandbox, project};

const FILES: [&str; 4] = [
    ".gitattributes",
    ".gitignore",
    "postmortem.schema.json",
    "postmortem.toml",
];

#[test]
fn a_folder_is_set_up_once() {
    let sandbox = Sandbox::new();
    let first = sandbox.run(["init"]).succeeds();
    assert_eq!(sandbox.files(), FILES);
    assert!(sandbox.path("postmortems").is_dir());
    assert!(
        first.stdout.contains("postmortem lint postmortems/*.yaml"),
        "{}",
        first.stdout
    );
    assert_eq!(
        first.stderr.matches("created").count(),
        5,
        "{}",
        first.stderr
    );
    let texts: Vec<String> = FILES.iter().map(|name| sandbox.read(name)).collect();
    let again = sandbox.run(["init"]).succeeds();
    assert_eq!(again.stdout, first.stdout);
    assert_eq!(
        again.stderr.matches("left alone").count(),
        5,
        "{}",
        again.stderr
    );
    let after: Vec<String> = FILES.iter().map(|name| sandbox.read(name)).collect();
    assert_eq!(texts, after);
}

#[test]
fn what_is_there_stays_as_it_is() {
    let sandbox = Sandbox::new();
    sandbox
        .write("postmortem.toml", "directory = 'docs/incidents' # ours\n")
        .write(".gitignore", "/target")
        .write(".gitattributes", "* text=auto\r\n")
        .write("docs/postmortem.schema.json", "{}\n");
    let run = sandbox.run(["init"]).succeeds();
    assert_eq!(
        sandbox.read("postmortem.toml"),
        "directory = 'docs/incidents' # ours\n"
    );
    assert_eq!(
        sandbox.read(".gitignore"),
        "/target\n/docs/incidents/.*.yaml.*\n"
    );
    let attributes = sandbox.read(".gitattributes");
    assert!(attributes.starts_with("* text=auto\r\n/docs/incidents/*.yaml text eol=lf\r\n"));
    // A document in docs/incidents looks for the schema one folder up.
    assert_eq!(sandbox.read("docs/postmortem.schema.json"), "{}\n");
    let run = run.stderr_has(
        "it is not this version's; to renew it: postmortem schema -o docs/postmortem.schema.json",
    );
    assert!(sandbox.path("docs/incidents").is_dir());
    assert!(
        run.stdout.contains("docs/incidents/*.yaml"),
        "{}",
        run.stdout
    );
}

#[test]
fn git_sees_documents_and_not_what_the_tool_leaves() {
    let sandbox = Sandbox::new();
    let _ = sandbox
        .program("git")
        .args(["init", "-q", "."])
        .run()
        .succeeds();
    let _ = sandbox.run(["init"]).succeeds();
    let _ = sandbox.run(["new", "API down"]).succeeds();
    for leftover in [
        ".2024-12-11-api-down.yaml.lock",
        ".2024-12-11-api-down.yaml.a1B2c3",
    ] {
        sandbox.write(format!("postmortems/{leftover}"), "");
    }
    let status = sandbox
        .program("git")
        .args(["status", "--short", "-uall", "postmortems"])
        .run()
        .succeeds();
    let _ = status.stdout_is("?? postmortems/2024-12-11-api-down.yaml\n");
}

#[test]
fn a_configuration_that_cannot_be_read_is_named() {
    let sandbox = Sandbox::new();
    sandbox.write("postmortem.toml", "directry = 'x'\n");
    let _ = sandbox
        .run(["init"])
        .exits(2)
        .stderr_has("postmortem.toml")
        .stderr_has("directry");
}

#[test]
fn the_schema_is_the_projects_byte_for_byte() {
    let sandbox = Sandbox::new();
    let committed = std::fs::read_to_string(project().join("postmortem.schema.json"));
    let committed = committed.expect("the schema of the project");
    let _ = sandbox
        .run(["schema"])
        .succeeds()
        .stdout_is(&committed)
        .stderr_is("");
    let _ = sandbox
        .run(["schema", "-o", "s.json"])
        .succeeds()
        .stdout_is("");
    assert_eq!(sandbox.read("s.json"), committed);
    let _ = sandbox
        .run(["schema", "-o", "no/s.json"])
        .exits(2)
        .stderr_has("`no/s.json` cannot be written");
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let sandbox = Sandbox::new();
    let run = sandbox
        .program("sh")
        .args(["-c", "{ postmortem schema; echo $? >code; } | head -n 1"])
        .run()
        .succeeds();
    let _ = run.stdout_is("{\n").stderr_is("");
    assert_eq!(sandbox.read("code"), "0\n");
}
