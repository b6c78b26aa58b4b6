//! How the program is linked.

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells build scripts in variables what they build for"
)]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = ["OS", "ENV", "ARCH"].map(|part| {
        let name = format!("CARGO_CFG_TARGET_{part}");
        std::env::var(name).unwrap_or_default()
    });
    // Tables of time zones and of other things hold sixty thousand addresses. In a program that may lie anywhere in
    // memory, each is written at every start; in one with its own place they are part of the file (docs/decisions/0009).
    if target == ["linux", "gnu", "x86_64"] {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
