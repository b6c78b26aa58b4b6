use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Finds paths without links. Many files lie in few folders, and each folder is followed once.
#[derive(Debug, Default)]
pub struct RealPaths(HashMap<PathBuf, Option<PathBuf>>);

impl RealPaths {
    /// The file that a path names in the end; nothing where there is none.
    pub fn of(&mut self, path: &Path) -> Option<PathBuf> {
        let about = std::fs::symlink_metadata(path).ok()?;
        let (Some(folder), Some(name), false) =
            (path.parent(), path.file_name(), about.is_symlink())
        else {
            return std::fs::canonicalize(path).ok();
        };
        if let Some(known) = self.0.get(folder) {
            return known.as_ref().map(|folder| folder.join(name));
        }
        let real = std::fs::canonicalize(folder).ok();
        self.0.insert(folder.to_owned(), real.clone());
        Some(real?.join(name))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_the_system_finds() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("a")).expect("a folder");
        std::fs::write(at("a/file"), "").expect("a file");
        std::os::unix::fs::symlink(at("a"), at("folder")).expect("a link");
        std::os::unix::fs::symlink("a/file", at("link")).expect("a link");
        std::os::unix::fs::symlink("nowhere", at("lost")).expect("a link");
        let mut paths = RealPaths::default();
        for name in [
            "a/file",
            "a",
            "a/.",
            "a/..",
            "folder",
            "folder/file",
            "folder/../a/file",
            "link",
            "lost",
            "none",
            "none/file",
            "folder/none",
            "a/file/more",
        ] {
            for _ in 0..2 {
                let real = std::fs::canonicalize(at(name)).ok();
                assert_eq!(paths.of(&at(name)), real, "{name}");
            }
        }
    }
}
