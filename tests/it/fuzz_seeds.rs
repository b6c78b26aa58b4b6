//! What the fuzz targets check, over the documents they begin with and what they have found.

#[path = "../../fuzz/checks.rs"]
mod checks;

use super::sandbox::project;

const FOLDERS: [&str; 5] = [
    "examples",
    "tests/documents",
    "tests/documents/good",
    "tests/documents/broken",
    "fuzz/finds",
];

#[test]
fn every_kept_document_passes_the_checks_of_the_fuzz_targets() {
    let mut count = 0;
    for folder in FOLDERS {
        for entry in std::fs::read_dir(project().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                continue;
            }
            eprintln!("{}", path.display());
            let bytes = std::fs::read(&path).expect("a file");
            checks::read(&bytes);
            checks::lint(&bytes);
            checks::fix(&bytes);
            checks::edit(&bytes);
            for changes in [[0, 1, 5, 0], [4, 9, 1, 13], [9, 2, 15, 1]] {
                let with_changes: Vec<u8> = [4]
                    .into_iter()
                    .chain(changes)
                    .chain(bytes.clone())
                    .collect();
                checks::edit(&with_changes);
            }
            count += 1;
        }
    }
    assert!(count > 10, "only {count}");
}
