//! Files that follow from the code and are kept in the repository: a test compares them, and
//! `UPDATE_DOCS=1 cargo test` writes them.

use std::path::Path;

use crate::sandbox::project;

/// Fails unless a file of the project is exactly this; writes it where `UPDATE_DOCS=1` is set.
#[track_caller]
pub fn file(name: &str, expected: &str) {
    judge(&project().join(name), name, expected, is_asked_to_write());
}

/// As [`file`], for the part of a file between the lines `<!-- generated: LABEL -->` and
/// `<!-- end of LABEL -->`; the rest is written by hand.
#[track_caller]
pub fn section(name: &str, label: &str, expected: &str) {
    let path = project().join(name);
    let text = read(&path);
    match with_section(&text, label, expected) {
        Some(whole) => judge(&path, name, &whole, is_asked_to_write()),
        None => panic!(
            "{name} has no lines `{}` and `{}`",
            begin(label),
            end(label)
        ),
    }
}

fn is_asked_to_write() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some_and(|value| value == "1")
}

#[track_caller]
fn judge(path: &Path, name: &str, expected: &str, write: bool) {
    let found = if path.exists() {
        read(path)
    } else {
        String::new()
    };
    if found == expected {
        return;
    }
    if write {
        std::fs::write(path, expected).expect("a generated file is written");
        return;
    }
    let line = 1 + found
        .lines()
        .zip(expected.lines())
        .take_while(|(found, expected)| found == expected)
        .count();
    let shown = |text: &str| text.lines().nth(line - 1).unwrap_or("(the end)").to_owned();
    panic!(
        "{name} is not what follows from the code\n  line {line} is:        {}\n  and should be: {}\n  \
         help: UPDATE_DOCS=1 cargo test, and look at what changed",
        shown(&found),
        shown(expected),
    );
}

fn read(path: &Path) -> String {
    match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => panic!("{}: {error}", path.display()),
    }
}

fn begin(label: &str) -> String {
    format!("<!-- generated: {label} -->")
}

fn end(label: &str) -> String {
    format!("<!-- end of {label} -->")
}

fn with_section(text: &str, label: &str, inner: &str) -> Option<String> {
    let (before, rest) = text.split_once(&begin(label))?;
    let (_, after) = rest.split_once(&end(label))?;
    let (begin, end, inner) = (begin(label), end(label), inner.trim());
    Some(format!("{before}{begin}\n\n{inner}\n\n{end}{after}"))
}

#[test]
fn a_section_is_replaced_and_the_rest_kept() {
    let text = "a\n<!-- generated: x -->\nold\n<!-- end of x -->\nb\n";
    let new = "a\n<!-- generated: x -->\n\nnew\n\n<!-- end of x -->\nb\n";
    assert_eq!(with_section(text, "x", "new\n").as_deref(), Some(new));
    assert_eq!(with_section(new, "x", "new").as_deref(), Some(new));
    assert_eq!(with_section(text, "y", "new"), None);
}

#[test]
fn a_stale_file_is_found() {
    let sandbox = crate::sandbox::Sandbox::new();
    sandbox.write("x.md", "one\ntwo\n");
    let path = sandbox.path("x.md");
    let judged = std::panic::catch_unwind(|| judge(&path, "x.md", "one\nzwei\n", false));
    let words = judged.expect_err("it was not found");
    let words = words.downcast_ref::<String>().expect("words");
    assert!(
        words.contains("line 2 is:        two\n  and should be: zwei"),
        "{words}"
    );
}

#[test]
fn a_stale_file_is_written_when_asked() {
    let sandbox = crate::sandbox::Sandbox::new();
    sandbox.write("x.md", "one\ntwo\n");
    judge(&sandbox.path("x.md"), "x.md", "one\nzwei\n", true);
    assert_eq!(sandbox.read("x.md"), "one\nzwei\n");
}
