//! What is done when the program is built: how it is linked, and the pages of the built-in templates as Rust.

#[path = "../src/render/base64.rs"]
mod base64;
mod expression;
mod hand;
mod library;
#[path = "../src/render/tags.rs"]
mod tags;
mod template;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use library::Library;
use sha2::{Digest, Sha256};
use template::Template;

/// The style of most pages, whose hash stands in each.
const STYLE: &str = "templates/full/style.css";

/// How the names of pages end.
const PAGES: [&str; 3] = ["/page.html", "/page.md", "/page.txt"];

#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "cargo tells build scripts in variables what they build for and where, and listens to what they print"
)]
fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/render/base64.rs");
    println!("cargo::rerun-if-changed=src/render/tags.rs");
    println!("cargo::rerun-if-changed=templates");
    let of = |part: &str| std::env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    let target = ["OS", "ENV", "ARCH"].map(of);
    // What is linked with everything in it is started by other code, which expects no fixed place.
    let is_static = of("FEATURE").split(',').any(|one| one == "crt-static");
    // Tables of time zones and of other things hold sixty thousand addresses. In a program that may lie anywhere in
    // memory, each is written at every start; in one with its own place they are part of the file (docs/decisions/0009).
    if target == ["linux", "gnu", "x86_64"] && !is_static {
        println!("cargo::rustc-link-arg-bins=-no-pie");
        link_unwinder();
    }
    let style = fs::read(STYLE).map_err(|error| format!("{STYLE}: {error}"))?;
    let hash = base64::base64(&Sha256::digest(&style));
    println!("cargo::rustc-env=STYLE_HASH=sha256-{hash}");
    let folder = std::env::var("OUT_DIR").map_err(|error| error.to_string())?;
    let to = Path::new(&folder).join("pages.rs");
    fs::write(&to, pages(Path::new("templates"))?)
        .map_err(|error| format!("{}: {error}", to.display()))
}

/// Links what unwinds the stack into the program, where the compiler of C has it as an archive. The library of the same
/// name asks the processor a dozen questions at every start, each of which takes long in a virtual machine
/// (docs/decisions/0011).
#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "cargo tells build scripts in variables what links, and listens to what they print"
)]
fn link_unwinder() {
    println!("cargo::rerun-if-env-changed=RUSTC_LINKER");
    let linker = std::env::var_os("RUSTC_LINKER").unwrap_or_else(|| "cc".into());
    let asked = Command::new(linker)
        .arg("-print-file-name=libgcc_eh.a")
        .output();
    let Ok(answer) = asked.map(|asked| String::from_utf8_lossy(&asked.stdout).into_owned()) else {
        return;
    };
    // What it does not have, it answers with the bare name.
    let archive = Path::new(answer.trim());
    if let Some(folder) = archive.parent().filter(|_| archive.is_absolute()) {
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}

/// The pages of the built-in templates as Rust (docs/decisions/0010).
fn pages(templates: &Path) -> Result<String, String> {
    let mut files = BTreeMap::new();
    read(templates, "", &mut files)?;
    let is_page = |name: &&String| PAGES.iter().any(|ending| name.ends_with(ending));
    let pages: Vec<String> = files.keys().filter(is_page).cloned().collect();
    Library::new(files).write(&pages)
}

/// Reads the templates of a folder, by their names within the first one.
fn read(folder: &Path, within: &str, files: &mut BTreeMap<String, Template>) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{within}{name}");
        if path.is_dir() {
            read(&path, &format!("{name}/"), files)?;
            continue;
        }
        let text = fs::read_to_string(&path).map_err(told)?;
        let template = Template::read(&text).map_err(|why| format!("templates/{name}:{why}"))?;
        files.insert(name, template);
    }
    Ok(())
}
