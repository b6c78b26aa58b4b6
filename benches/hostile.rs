//! Writes the hostile documents of the tests into a folder, for `benches/hostile` to measure.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench makes the files that are measured, and stops where it cannot"
)]

#[path = "../tests/it/hostile/documents.rs"]
mod documents;

use std::path::Path;

fn main() {
    // `cargo bench` hands on a flag of its own.
    let Some(folder) = std::env::args()
        .skip(1)
        .find(|given| !given.starts_with('-'))
    else {
        println!("name a folder to write the documents to; ./benches/hostile/run does");
        return;
    };
    std::fs::create_dir_all(&folder).expect("a folder");
    for hostile in documents::documents(1) {
        let file = Path::new(&folder).join(format!("{}.yaml", hostile.name));
        std::fs::write(file, hostile.bytes).expect("a document is written");
    }
}
