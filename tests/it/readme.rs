//! The README does what it says: its commands are run in order, and what it shows is what they print.

use std::path::Path;

use crate::sandbox::{Sandbox, project};

/// A command of a `console` block with what is shown below it.
#[derive(Debug, PartialEq)]
struct Step {
    command: String,
    shown: Vec<String>,
}

/// Stands in the README for any number of lines.
const AND_SO_ON: &str = "…";

/// Between what two commands print, with the exit code of the first.
const MARK: char = '\u{1e}';

#[test]
fn every_command_does_what_is_shown() {
    let text = readme();
    let steps: Vec<Step> = blocks(&text, "console")
        .iter()
        .flat_map(|block| steps(block))
        .collect();
    assert!(steps.len() > 5, "the tour is not where it was");
    let problems = run(&Sandbox::new(), &steps);
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn the_first_command_makes_a_page_of_an_example() {
    let text = readme();
    let blocks = blocks(&text, "sh");
    // `./tests/run` runs the first from its beginning, and is the second.
    assert_eq!(blocks.len(), 2, "{blocks:?}");
    assert_eq!(blocks[1], "./tests/run\n");
    let (install, command) = blocks[0].split_once(" && ").expect("two commands");
    assert_eq!(install, "cargo install --path . --locked");
    let sandbox = Sandbox::new();
    sandbox.copy("examples");
    let _ = sandbox.program("sh").args(["-c", command]).run().succeeds();
    assert!(sandbox.read("incident.html").contains("<!doctype html>"));
}

#[test]
fn every_link_of_the_documents_leads_somewhere() {
    let mut broken = Vec::new();
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "benches/README.md",
        "docs/capture.md",
        "docs/configuration.md",
        "docs/decisions/README.md",
        "docs/format.md",
        "docs/redaction.md",
        "docs/rules.md",
        "docs/templates.md",
        "examples/README.md",
    ] {
        let path = project().join(name);
        let text = std::fs::read_to_string(&path).expect("a document is read");
        let folder = path.parent().unwrap_or(project());
        broken.extend(broken_links(&text, folder).map(|link| format!("{name}: {link}")));
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn a_wrong_readme_is_found_out() {
    let wrong = [
        step("echo one", &["two"]),
        step("false", &[]),
        step("echo one; echo two", &["one"]),
        step("echo one", &["one", "…", "two"]),
    ];
    for step in wrong {
        let steps = [step];
        assert!(!run(&Sandbox::new(), &steps).is_empty(), "{steps:?}");
    }
    let right = [
        step("false", &[]),
        step("echo $?", &["1"]),
        step("echo a; echo b >&2; echo c", &["…", "b", "…"]),
        step("echo not shown", &[]),
    ];
    assert_eq!(run(&Sandbox::new(), &right), Vec::<String>::new());
    let links = "[a](there) [b](floors.rs#x) [c](https://a.example) ![d](gone.png)";
    let folder = project().join("tests/it");
    let broken: Vec<_> = broken_links(links, &folder).collect();
    assert_eq!(broken, ["there", "gone.png"]);
}

fn readme() -> String {
    std::fs::read_to_string(project().join("README.md")).expect("the README is read")
}

fn step(command: &str, shown: &[&str]) -> Step {
    Step {
        command: command.to_owned(),
        shown: shown.iter().map(|line| (*line).to_owned()).collect(),
    }
}

/// The fenced blocks of a language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("\n```{language}\n");
    text.split(&fence)
        .skip(1)
        .filter_map(|rest| rest.split_once("```").map(|(block, _)| block))
        .collect()
}

fn steps(block: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in block.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            steps.push(step(command, &[]));
        } else if let Some(step) = steps.last_mut() {
            step.shown.push(line.to_owned());
        }
    }
    steps
}

/// Runs all steps in one shell and says what was other than shown.
///
/// A command that fails must be followed by `echo $?`. Where nothing is shown, anything may be printed.
fn run(sandbox: &Sandbox, steps: &[Step]) -> Vec<String> {
    let script: String = steps
        .iter()
        .map(|step| {
            format!(
                "{}\ncode=$?; printf '{MARK}%s{MARK}' $code; (exit $code)\n",
                step.command
            )
        })
        .collect();
    let ended = sandbox
        .program("sh")
        .args(["-c", "exec 2>&1; eval \"$0\"", &script])
        .run();
    let mut parts = ended.stdout.split(MARK);
    let mut problems = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let (printed, code) = (parts.next().unwrap_or(""), parts.next().unwrap_or("none"));
        let is_asked = steps
            .get(at + 1)
            .is_some_and(|next| next.command == "echo $?");
        if code != "0" && !is_asked {
            problems.push(format!("$ {}\nended with {code}:\n{printed}", step.command));
        }
        let printed: Vec<&str> = printed.lines().collect();
        if !step.shown.is_empty() && !fits(&step.shown, &printed) {
            let shown = step.shown.join("\n");
            let printed = printed.join("\n");
            problems.push(format!(
                "$ {}\nshows\n{shown}\nand prints\n{printed}",
                step.command
            ));
        }
    }
    problems
}

fn fits(shown: &[String], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first == AND_SO_ON => {
            (0..=printed.len()).any(|skipped| fits(rest, &printed[skipped..]))
        }
        Some((first, rest)) => printed
            .split_first()
            .is_some_and(|(line, others)| line == first && fits(rest, others)),
    }
}

/// The links to files beside a document that are not there.
fn broken_links<'t>(text: &'t str, folder: &Path) -> impl Iterator<Item = &'t str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| !link.contains("://") && !link.starts_with('#'))
        .filter(|link| {
            let file = link.split('#').next().unwrap_or(link);
            !folder.join(file).exists()
        })
}
