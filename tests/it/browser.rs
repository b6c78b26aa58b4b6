//! The pages as readers meet them: in a browser, light and dark, on paper, on a phone, without script.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use postmortem::render::{BUILT_IN, Format};

use crate::sandbox::{Sandbox, project};

/// What `./tests/run` has installed.
fn tools() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let tools = target.expect("a target folder").join("test-tools/browser");
    assert!(
        tools.join("installed").exists(),
        "the tests of pages need a browser and its driver\n  help: ./tests/run installs them"
    );
    tools
}

/// Everything that is wrong with pages, a line each. Pictures of them go to `test-tools/pictures` in
/// cargo's target folder.
fn problems(sandbox: &Sandbox, pages: &[PathBuf]) -> Vec<String> {
    told_by("check.mjs", sandbox, pages, None)
}

/// What a script of `tests/browser` says of pages, a line each; of some of the ways of reading only where they are
/// named.
pub fn told_by(
    script: &str,
    sandbox: &Sandbox,
    pages: &[PathBuf],
    views: Option<&str>,
) -> Vec<String> {
    let tools = tools();
    let pictures = tools.with_file_name("pictures");
    std::fs::create_dir_all(&pictures).expect("a folder for pictures");
    let mut arguments: Vec<OsString> = vec![
        project().join("tests/browser").join(script).into(),
        tools.into(),
        pictures.into(),
    ];
    arguments.extend(pages.iter().map(OsString::from));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let node = sandbox.program("node").args(arguments);
    let node = match views {
        Some(views) => node.env("VIEWS", views),
        None => node,
    };
    let run = node
        .env("PATH", path)
        .patience(Duration::from_secs(600))
        .run()
        .succeeds();
    run.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn the_pages_of_the_examples_are_fit_to_be_read() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples");
    let mut pages = Vec::new();
    for file in sandbox.files() {
        let Some(name) = file.strip_suffix(".yaml") else {
            continue;
        };
        for audience in ["internal", "public"] {
            let page = format!("{}-{audience}.html", name.replace("examples/", ""));
            let _ = sandbox
                .run(["render", &file, "--audience", audience, "-o", &page])
                .succeeds();
            pages.push(sandbox.path(page));
        }
    }
    assert_eq!(pages.len(), 8, "{pages:?}");
    let problems = problems(&sandbox, &pages);
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn the_pages_of_every_template_are_fit_to_be_read() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples").write(
        "examples/2026-11-20-draft.yaml",
        "version: 1\nid: 2026-11-20-draft\ntitle: Payments fail\n",
    );
    let mut pages = Vec::new();
    for file in sandbox.files() {
        let Some(name) = file.strip_suffix(".yaml") else {
            continue;
        };
        for template in BUILT_IN {
            if template.name == "full" || !template.formats().contains(&Format::Html) {
                continue;
            }
            let page = format!("{}-{}.html", name.replace("examples/", ""), template.name);
            let _ = sandbox
                .run(["render", &file, "--template", template.name, "-o", &page])
                .succeeds();
            pages.push(sandbox.path(page));
        }
    }
    assert_eq!(pages.len(), 25, "{pages:?}");
    // The style is that of `full`, which is looked at in every way above.
    let problems = told_by("check.mjs", &sandbox, &pages, Some("phone-dark"));
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn pages_of_every_length_are_fit_to_be_read() {
    let sandbox = Sandbox::new();
    sandbox.copy("tests/documents").write(
        "tests/documents/app.log",
        "10:02 waiting for a lock\n".repeat(200),
    );
    let everything = sandbox.read("tests/documents/every-field.yaml");
    let with_log = everything.replace(
        "attachments: [",
        "attachments: [{file: app.log, caption: The log}, {file: none.pdf}, ",
    );
    sandbox.write("tests/documents/every-field.yaml", with_log);
    let mut pages = Vec::new();
    for name in [
        "2026-02-11-checkout-wrong-tax",
        "2025-09-03-search-misses-documents",
        "2026-03-17-invoices-twice",
        "2026-11-19-login-slow",
        "every-field",
    ] {
        let (file, page) = (
            format!("tests/documents/{name}.yaml"),
            format!("{name}.html"),
        );
        let _ = sandbox
            .run(["render", &file, "-o", &page, "--as-of", "2026-11-22"])
            .succeeds();
        pages.push(sandbox.path(page));
    }
    let few = told_by("check.mjs", &sandbox, &pages, Some("light,phone-dark"));
    assert!(few.is_empty(), "\n{}\n", few.join("\n"));
    let all = problems(&sandbox, &pages[4..]);
    assert!(all.is_empty(), "\n{}\n", all.join("\n"));
}

#[test]
fn the_longest_words_and_other_scripts_stay_on_the_page() {
    let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    let id = "2026-11-20-long";
    let sandbox = Sandbox::new();
    sandbox.write(
        format!("{id}.yaml"),
        format!(
            "version: 1
id: {id}
title: {word}
timezone: Europe/Berlin
owner: a
people: {{a: {{name: {word}, role: {word}, team: {word}}}}}
summary: {word}
glossary: {{{word}: {word}}}
impact:
  services: [{{service: {word}, effect: outage, from: 2026-11-20T10:00, until: 2026-11-20T11:00}}]
  figures: [{{what: {word}, value: 12345678901, unit: {word}}}]
causes: [{{id: C1, role: root, state: confirmed, what: {word}, evidence: [{word}]}}]
timeline:
  - {{at: 2026-11-20T10:00, kind: started, what: {word}, by: a, services: [{word}]}}
  - {{at: 2026-11-20T11:00, kind: resolved, what: يعود الدفع للعمل (HTTP 200)。支払いは正常。}}
recovery: {{how: {word}}}
dependencies: [{{name: {word}, provider: {word}, what: {word}}}]
lessons: {{went_well: [{word}]}}
actions: [{{id: A1, what: {word}, for: [C1], owner: a, priority: P0, due: 2026-12-31, ticket: \"https://example.com/{word}\"}}]
"
        ),
    );
    let _ = sandbox
        .run(["render", &format!("{id}.yaml"), "-o", "long.html"])
        .succeeds();
    let problems = problems(&sandbox, &[sandbox.path("long.html")]);
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn the_page_for_those_who_decide_is_one_sheet() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples").copy("tests/documents");
    let mut pages = Vec::new();
    for file in sandbox.files() {
        let Some(name) = file.strip_suffix(".yaml") else {
            continue;
        };
        if name.contains("broken/") {
            continue;
        }
        let page = format!("{}.html", name.replace('/', "-"));
        let _ = sandbox
            .run(["render", &file, "--template", "executive", "-o", &page])
            .succeeds();
        pages.push(sandbox.path(page));
    }
    let whole = sandbox.path("whole.html");
    let _ = sandbox
        .run([
            "render",
            "tests/documents/2025-11-28-orders-wait.yaml",
            "-o",
            "whole.html",
        ])
        .succeeds();
    let longer: Vec<String> = told_by("print.mjs", &sandbox, &pages, None)
        .into_iter()
        .filter(|line| !line.ends_with(": 1"))
        .collect();
    assert!(pages.len() > 15, "{pages:?}");
    assert!(longer.is_empty(), "\n{}\n", longer.join("\n"));
    // Else the sheets are not counted.
    let whole = told_by("print.mjs", &sandbox, &[whole], None);
    assert!(whole.len() == 2 && !whole[0].ends_with(": 1"), "{whole:?}");
}

#[test]
fn a_bad_page_is_found_out() {
    let sandbox = Sandbox::new();
    let page = |name: &str| project().join("tests/browser").join(name);
    let problems = problems(&sandbox, &[page("bad.html"), page("lively.html")]);
    for expected in [
        "bad, light: request: file:///",
        "bad, light: console: Applying inline style violates",
        "bad, light: console: Executing inline script violates",
        "bad, light: console: Loading the image",
        "bad, light: access: color-contrast:",
        "bad, dark: access: html-has-lang:",
        "bad, print: access: image-alt:",
        "lively, light: script: missing is not defined",
        "lively, light: focus: not seen on <a href",
        "lively, phone: width: ",
        "lively, large-text: script: ",
        "lively, without script: content: other than with script",
    ] {
        let found = problems.iter().any(|problem| problem.starts_with(expected));
        assert!(found, "not found: {expected}\n{}", problems.join("\n"));
    }
}
