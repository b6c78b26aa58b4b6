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
        first.stdout.ends_with("      - run: postmortem lint\n"),
        "{}",
        first.stdout
    );
    let first = first.stderr_has("save the lines above as .github/workflows/postmortems.yml\n");
    assert_eq!(
        first.stderr.matches("created").count(),
        5,
        "{}",
        first.stderr
    );
    let texts: Vec<String> = FILES.iter().map(|name| sandbox.read(name)).collect();
    let again = sandbox.run(["init"]).succeeds();
    let again = again
        .stdout_is("")
        .stderr_has("\nNothing was missing.\nNext: ");
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
    let _ = run.stdout_has("run: postmortem lint\n");
}

#[test]
fn a_workflow_that_is_there_is_not_shown() {
    let sandbox = Sandbox::new();
    sandbox.write(".github/workflows/postmortems.yml", "name: ours\n");
    let _ = sandbox.run(["init"]).succeeds().stdout_is("");
}

#[test]
fn a_folder_below_is_set_up_only_if_it_is_meant() {
    let sandbox = Sandbox::new();
    sandbox.write("postmortem.toml", "").write("team/a/x", "");
    let below = sandbox.path("team/a");
    let before = sandbox.files();
    let _ = sandbox
        .call(["init"])
        .within(&below)
        .run()
        .exits(2)
        .stdout_is("")
        .stderr_is(
            "error: `../../postmortem.toml` holds for this folder already; nothing was done\n  \
             help: to add what is missing there, run `postmortem init` in ../..\n  \
             help: for a configuration of this folder's own: postmortem init --here\n",
        );
    assert_eq!(sandbox.files(), before);
    let call = sandbox.call(["init", "--here"]).within(&below);
    let _ = call
        .run()
        .succeeds()
        .stderr_has("created    postmortem.toml");
    // Now it has one of its own.
    let call = sandbox.call(["init"]).within(&below);
    let _ = call.run().succeeds().stderr_has("Nothing was missing.");
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

#[test]
fn the_workflow_is_printed_when_asked_for() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(["init", "--workflow"]).succeeds();
    let _ = run.stdout_has("- run: postmortem lint\n");
    assert_eq!(sandbox.files(), Vec::<String>::new());
}
