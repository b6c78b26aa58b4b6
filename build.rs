//! How the program is linked.

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells build scripts in variables what they build for"
)]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let of = |part: &str| std::env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    let target = ["OS", "ENV", "ARCH"].map(of);
    // What is linked with everything in it is started by other code, which expects no fixed place.
    let is_static = of("FEATURE").split(',').any(|one| one == "crt-static");
    // Tables of time zones and of other things hold sixty thousand addresses. In a program that may lie anywhere in
    // memory, each is written at every start; in one with its own place they are part of the file (docs/decisions/0009).
    if target == ["linux", "gnu", "x86_64"] && !is_static {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
