//! What a validator as editors have it says of the schema: another judge than the reader.

use std::path::{Path, PathBuf};

use crate::configuration::toml_blocks;
use crate::sandbox::{Call, Sandbox, project};

/// The validator that `./tests/run` has installed.
fn judge(sandbox: &Sandbox) -> Call {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let tools = target.expect("a target folder").join("test-tools/python");
    assert!(
        tools.join("installed").exists(),
        "the tests of the schema need a validator\n  help: ./tests/run installs it"
    );
    sandbox.program(tools.join("bin/check-jsonschema"))
}

fn schema() -> PathBuf {
    project().join("postmortem.schema.json")
}

fn documents() -> Vec<PathBuf> {
    let mut documents = Vec::new();
    for folder in ["examples", "tests/documents"] {
        for entry in std::fs::read_dir(project().join(folder)).expect("a folder is read") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|end| end == "yaml") {
                documents.push(path);
            }
        }
    }
    assert!(documents.len() > 4, "the documents are not where they were");
    documents
}

#[test]
fn the_schema_is_one() {
    let sandbox = Sandbox::new();
    let _ = judge(&sandbox)
        .args(["--check-metaschema".into(), schema()])
        .run()
        .succeeds();
}

#[test]
fn every_document_fits_the_schema() {
    let sandbox = Sandbox::new();
    let _ = judge(&sandbox)
        .args(["--schemafile".into(), schema()])
        .args(documents())
        .run()
        .succeeds();
}

#[test]
fn what_the_reader_refuses_an_editor_marks() {
    let head = "version: 1\nid: 2024-12-11-x\ntitle: X\n";
    let wrong = [
        ("no-title", "version: 1\nid: 2024-12-11-x\n".to_owned()),
        (
            "version",
            "version: 2\nid: 2024-12-11-x\ntitle: X\n".to_owned(),
        ),
        ("id", "version: 1\nid: API errors\ntitle: X\n".to_owned()),
        ("unknown-key", format!("{head}titel: X\n")),
        ("word", format!("{head}status: solved\n")),
        ("type", format!("{head}services: api\n")),
        (
            "time",
            format!("{head}timeline: [{{at: yesterday, what: X}}]\n"),
        ),
        ("no-what", format!("{head}timeline: [{{at: 2024-12-11}}]\n")),
        (
            "percent",
            format!(
                "{head}impact: {{services: [{{service: a, effect: outage, from: 2024-12-11, share: half}}]}}\n"
            ),
        ),
        ("data", format!("{head}impact: {{data: gone}}\n")),
        (
            "deep",
            format!("{head}impact: {{data: {{state: lost, form: x}}}}\n"),
        ),
    ];
    let sandbox = Sandbox::new();
    for (name, text) in &wrong {
        sandbox.write(format!("{name}.yaml"), text);
    }
    let names = wrong.iter().map(|(name, _)| format!("{name}.yaml"));
    let run = judge(&sandbox)
        .args(["--schemafile".into(), schema()])
        .args(names.clone())
        .run()
        .exits(1);
    for name in names {
        if !run.stdout.contains(&format!("{name}::")) {
            run.fail(&format!("should have refused {name}"));
        }
    }
}

fn configuration_schema() -> PathBuf {
    project().join("postmortem-toml.schema.json")
}

#[test]
fn every_configuration_of_the_documentation_fits_its_schema() {
    let sandbox = Sandbox::new();
    let blocks = toml_blocks();
    for (number, block) in blocks.iter().enumerate() {
        sandbox.write(format!("{number}.toml"), block);
    }
    let _ = judge(&sandbox)
        .args(["--schemafile".into(), configuration_schema()])
        .args((0..blocks.len()).map(|number| format!("{number}.toml")))
        .run()
        .succeeds();
}

#[test]
fn what_is_no_configuration_an_editor_marks() {
    let wrong = [
        ("key", "servises = []\n"),
        ("rule", "[lint.levels]\nmissing-sumary = \"off\"\n"),
        ("level", "[lint.levels]\nmissing-summary = \"loud\"\n"),
        ("type", "services = \"api\"\n"),
        ("severity", "[[severities]]\nname = \"sev1\"\n"),
        (
            "milestone",
            "[[clocks]]\nname = \"x\"\nfrom = \"recovery\"\ndue_after = \"1h\"\n",
        ),
        (
            "end",
            "[[clocks]]\nname = \"x\"\nfrom = \"started\"\ndue_after = \"1h\"\nuntil = \"never\"\n",
        ),
    ];
    let sandbox = Sandbox::new();
    for (name, text) in wrong {
        sandbox.write(format!("{name}.toml"), text);
    }
    let names = wrong.iter().map(|(name, _)| format!("{name}.toml"));
    let run = judge(&sandbox)
        .args(["--schemafile".into(), configuration_schema()])
        .args(names.clone())
        .run()
        .exits(1);
    for name in names {
        if !run.stdout.contains(&format!("{name}::")) {
            run.fail(&format!("should have refused {name}"));
        }
    }
}
