//! Holds the floors: reads the sources, and fails where one imports what it may not know.

use std::path::Path;

use crate::sandbox::project;

/// The floor of each top-level module of `src`.
const FLOORS: &[(&str, usize)] = &[
    ("text", 0),
    ("model", 1),
    ("diagnostic", 1),
    ("yaml", 2),
    ("document", 3),
    ("config", 3),
    ("lint", 4),
    ("redact", 4),
    ("import", 4),
    ("render", 4),
    ("stats", 4),
    ("report", 4),
    ("store", 5),
    ("site", 5),
    ("cli", 6),
];

/// The one pair on the same floor in which the first may know the second.
const NEIGHBOURS: &[(&str, &str)] = &[("site", "store")];

/// Macros that stand at the root of the crate, and the floor they belong to.
const MACROS: &[(&str, &str)] = &[("path", "yaml")];

/// Names that one floor alone may write. `::` at the front means the whole path, else any part of it.
const RESERVED: &[(&str, &[&str])] = &[
    ("yaml", &["::granit_parser", "::serde_yaml", "::yaml_serde"]),
    (
        "cli",
        &[
            "::std::env",
            "process::exit",
            "process::abort",
            "io::stdin",
            "io::stdout",
            "io::stderr",
            "IsTerminal",
            "Utc::now",
            "Local::now",
            "SystemTime",
            "Instant::now",
            "time::Instant",
            "::clap",
            "::console",
            "::crossterm",
            "::dialoguer",
            "::indicatif",
            "::signal_hook",
        ],
    ),
];

const LONGEST_FILE: usize = 500;

#[test]
fn no_floor_imports_a_higher_one_or_a_neighbour() {
    let mut found = Vec::new();
    let mut files = 0;
    for_each_source(&project().join("src"), &mut |path, text| {
        files += 1;
        found.extend(violations(path, text));
    });
    assert!(files > 20, "the sources are not where they were");
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn no_file_is_longer_than_a_person_reads() {
    let mut long = Vec::new();
    for folder in ["src", "build"] {
        for_each_source(&project().join(folder), &mut |path, text| {
            let lines = text.lines().count();
            if lines > LONGEST_FILE {
                long.push(format!("{folder}/{path} has {lines} lines"));
            }
        });
    }
    assert!(long.is_empty(), "\n{}\n", long.join("\n"));
}

#[test]
fn a_bad_source_is_found() {
    for (path, text) in [
        ("lint/mod.rs", "use crate::render::Page;"),
        ("lint/rules/x.rs", "use crate::{model::Event, store};"),
        ("lint/rules/x.rs", "use super::super::super::redact;"),
        (
            "lint/mod.rs",
            "use super::{document, render::{self, Page}};",
        ),
        ("model/event.rs", "fn f() { crate::yaml::write(); }"),
        (
            "model/event.rs",
            "mod tests { use super::super::super::yaml; }",
        ),
        ("model/event.rs", "fn f() { crate::path![] }"),
        ("model/event.rs", "use crate::diagnostic::Level;"),
        ("document/mod.rs", "use crate::config::Config;"),
        ("store/mod.rs", "use crate::site;"),
        ("text/mod.rs", "use crate::*;"),
        ("text/mod.rs", "use crate as root;"),
        ("attic/mod.rs", ""),
        ("attic.rs", ""),
        ("document/mod.rs", "use granit_parser::Event;"),
        ("model/mod.rs", "type V = serde_yaml::Value;"),
        ("render/mod.rs", "use std::{env, fmt};"),
        ("render/mod.rs", "use std::env as e;"),
        ("lint/mod.rs", "let now = chrono::Utc::now();"),
        (
            "lint/mod.rs",
            "use std::process; fn f() { process::exit(1) }",
        ),
        ("store/mod.rs", "use dialoguer::Input;"),
        ("store/mod.rs", "write(std::io::stdout())"),
    ] {
        assert!(!violations(path, text).is_empty(), "{path}: {text}");
    }
}

#[test]
fn a_good_source_is_left_alone() {
    for (path, text) in [
        (
            "lint/rules/x.rs",
            "use crate::{document::Document, path, model::Event};",
        ),
        (
            "lint/rules/x.rs",
            "use super::super::Rule; use crate::lint::Context;",
        ),
        (
            "lint/mod.rs",
            "// crate::render is above\n/* crate::cli */ /// [`crate::store`]",
        ),
        (
            "lint/mod.rs",
            "let s = \"crate::render::Page\"; let r = r#\"\"crate::cli\"#;",
        ),
        (
            "lint/mod.rs",
            "fn f<'a>(c: &'a str) -> char { '\"' } use crate::model::At;",
        ),
        (
            "model/x.rs",
            "#[cfg(test)] mod tests { use super::*; use super::super::Key; }",
        ),
        (
            "yaml/mod.rs",
            "use granit_parser::Event; use serde_yaml::Value;",
        ),
        ("site/mod.rs", "use crate::store::Store;"),
        (
            "cli/mod.rs",
            "use crate::{lint, render, store}; use std::env; fn f() { Utc::now() }",
        ),
        ("model/x.rs", "let name = env!(\"CARGO_PKG_NAME\");"),
        ("lib.rs", "pub mod cli; pub mod model;"),
        ("main.rs", "fn main() { postmortem::cli::main() }"),
    ] {
        assert_eq!(violations(path, text), Vec::<String>::new(), "{path}");
    }
}

/// Gives every source below a folder with its path from there, in the order of the names.
fn for_each_source(root: &Path, look: &mut impl FnMut(&str, &str)) {
    fn walk(root: &Path, folder: &Path, look: &mut impl FnMut(&str, &str)) {
        let mut entries: Vec<_> = std::fs::read_dir(folder)
            .expect("a folder is read")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(root, &path, look);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source is read");
                let name = path.strip_prefix(root).expect("it is below");
                look(&name.display().to_string(), &text);
            }
        }
    }
    walk(root, root, look);
}

/// What is wrong with a source, by its path from `src`.
fn violations(path: &str, text: &str) -> Vec<String> {
    let module = module_of(path);
    let Some(home) = module.first() else {
        return Vec::new();
    };
    let Some(floor) = floor_of(home) else {
        return vec![format!("src/{path}: `{home}` has no floor in this test")];
    };
    let mut found = Vec::new();
    for named in paths(&tokens(text), &module) {
        let written = named.join("::");
        if named.first().is_some_and(|first| first == "crate") {
            let Some(target) = named.get(1) else { continue };
            let target = MACROS
                .iter()
                .find(|(name, _)| name == target)
                .map_or(target.as_str(), |(_, floor)| floor);
            let known = target == home
                || NEIGHBOURS.contains(&(home.as_str(), target))
                || floor_of(target).is_some_and(|below| below < floor);
            if !known {
                found.push(format!("src/{path}: `{home}` may not know `{written}`"));
            }
        }
        for (owner, names) in RESERVED {
            if owner != home && names.iter().any(|name| is_named(name, &named)) {
                found.push(format!("src/{path}: only `{owner}` may name `{written}`"));
            }
        }
    }
    found
}

fn floor_of(module: &str) -> Option<usize> {
    let found = FLOORS.iter().find(|(name, _)| *name == module);
    found.map(|(_, floor)| *floor)
}

fn is_named(reserved: &str, named: &[String]) -> bool {
    if let Some(front) = reserved.strip_prefix("::") {
        return front
            .split("::")
            .eq(named.iter().take(front.split("::").count()));
    }
    let parts: Vec<&str> = reserved.split("::").collect();
    named.windows(parts.len()).any(|window| window == parts)
}

/// The module that a file is: `lint/rules/blame.rs` is `lint`, `rules`, `blame`.
fn module_of(path: &str) -> Vec<String> {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let mut module: Vec<String> = path.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    if module == ["lib"] || module == ["main"] {
        module.clear();
    }
    module
}

/// The words and marks of a source, without comments, texts and characters.
fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let at = |index: usize| letters.get(index).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let mut i = 0;
    while i < letters.len() {
        let c = at(i);
        if c == '/' && at(i + 1) == '/' {
            while i < letters.len() && at(i) != '\n' {
                i += 1;
            }
        } else if c == '/' && at(i + 1) == '*' {
            let mut depth = 1;
            i += 2;
            while i < letters.len() && depth > 0 {
                match (at(i), at(i + 1)) {
                    ('/', '*') => (depth, i) = (depth + 1, i + 2),
                    ('*', '/') => (depth, i) = (depth - 1, i + 2),
                    _ => i += 1,
                }
            }
        } else if c == '"' {
            i += 1;
            while i < letters.len() && at(i) != '"' {
                i += if at(i) == '\\' { 2 } else { 1 };
            }
            i += 1;
        } else if c == '\'' {
            // `'a'` and `'\n'` are characters, `'a` is a lifetime.
            if at(i + 1) == '\\' {
                i += 3;
                while i < letters.len() && at(i) != '\'' {
                    i += 1;
                }
                i += 1;
            } else if at(i + 2) == '\'' {
                i += 3;
            } else {
                i += 1;
            }
        } else if c == 'r' && matches!(at(i + 1), '"' | '#') && raw_text(&letters, i).is_some() {
            i = raw_text(&letters, i).unwrap_or(letters.len());
        } else if c.is_alphanumeric() || c == '_' {
            let start = i;
            while at(i).is_alphanumeric() || at(i) == '_' {
                i += 1;
            }
            tokens.push(letters[start..i].iter().collect());
        } else if c == ':' && at(i + 1) == ':' {
            tokens.push("::".to_owned());
            i += 2;
        } else {
            if !c.is_whitespace() {
                tokens.push(c.to_string());
            }
            i += 1;
        }
    }
    tokens
}

/// Where a raw text that begins here ends; nothing where it is `r#name`.
fn raw_text(letters: &[char], start: usize) -> Option<usize> {
    let hashes = letters[start + 1..]
        .iter()
        .take_while(|c| **c == '#')
        .count();
    if letters.get(start + 1 + hashes) != Some(&'"') {
        return None;
    }
    let end: Vec<char> = std::iter::once('"')
        .chain(std::iter::repeat_n('#', hashes))
        .collect();
    let body = start + 2 + hashes;
    let length = letters[body..]
        .windows(end.len())
        .position(|window| window == end)?;
    Some(body + length + end.len())
}

/// Every path of a source, groups taken apart; what is reached by `super` is told from the crate's
/// root where it climbs that far.
fn paths(tokens: &[String], module: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut inner: Vec<usize> = Vec::new();
    let mut depth = 0;
    let mut i = 0;
    while i < tokens.len() {
        match tokens[i].as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inner.retain(|start| *start <= depth);
            }
            "mod" if tokens.get(i + 2).is_some_and(|next| next == "{") => inner.push(depth + 1),
            word if is_word(word) => {
                let mut raw = Vec::new();
                i = path(tokens, i, &mut Vec::new(), &mut raw);
                let here = module.len() + inner.len();
                found.extend(raw.into_iter().map(|path| from_root(path, here)));
                continue;
            }
            _ => {}
        }
        i += 1;
    }
    found
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Reads one path or group at `i`, adds it to `found` and gives the place behind it.
fn path(
    tokens: &[String],
    mut i: usize,
    front: &mut Vec<String>,
    found: &mut Vec<Vec<String>>,
) -> usize {
    let token = |i: usize| tokens.get(i).map_or("", String::as_str);
    let before = front.len();
    loop {
        if token(i) == "{" {
            i += 1;
            while i < tokens.len() && token(i) != "}" {
                i = if is_word(token(i)) || token(i) == "*" || token(i) == "{" {
                    path(tokens, i, front, found)
                } else {
                    i + 1
                };
            }
            front.truncate(before);
            return i + 1;
        }
        front.push(token(i).to_owned());
        i += 1;
        let goes_on =
            token(i) == "::" && (is_word(token(i + 1)) || matches!(token(i + 1), "{" | "*"));
        if !goes_on {
            if token(i) == "as" && front.as_slice() == ["crate"] {
                front.push("*".to_owned());
            }
            found.push(front.clone());
            front.truncate(before);
            return i;
        }
        i += 1;
    }
}

fn from_root(path: Vec<String>, depth: usize) -> Vec<String> {
    let climbs = path
        .iter()
        .skip_while(|step| *step == "self")
        .take_while(|step| *step == "super")
        .count();
    if climbs == 0 || climbs < depth {
        return path;
    }
    let rest = path
        .into_iter()
        .filter(|step| step != "super" && step != "self");
    std::iter::once("crate".to_owned()).chain(rest).collect()
}
