//! The folder from which an organisation's documents are found.

use std::path::{Path, PathBuf};

use crate::config::{Config, ConfigError};

use super::Surroundings;

/// What an organisation says, and the folder that its paths start from.
#[derive(Debug)]
pub struct Root {
    /// What the organisation says.
    pub config: Config,
    /// The folder of the configuration. Where there is none: the nearest one, upwards, that holds a
    /// folder of documents; else the top of the repository; else the one the command was called in.
    pub folder: PathBuf,
}

impl Root {
    /// Looks upwards from the folder that the command was called in, up to the top of its repository.
    pub fn of(surroundings: &Surroundings) -> Result<Self, ConfigError> {
        let here = &surroundings.folder;
        let (config, found_in) = Config::find(here)?;
        let folder = found_in.unwrap_or_else(|| without_configuration(here, &config.directory));
        Ok(Self { config, folder })
    }

    /// The folder of documents, whether or not it is there.
    pub fn documents(&self) -> PathBuf {
        self.folder.join(&self.config.directory)
    }
}

fn without_configuration(here: &Path, directory: &Path) -> PathBuf {
    let mut top = None;
    for folder in here.ancestors() {
        if folder.join(directory).is_dir() {
            return folder.to_owned();
        }
        // A worktree has a file of this name.
        if folder.join(".git").exists() {
            top = Some(folder);
            break;
        }
    }
    top.unwrap_or(here).to_owned()
}

#[cfg(test)]
mod tests {
    use crate::store::tests::Folder;

    use super::*;

    #[test]
    fn documents_are_looked_for_upwards_to_the_top_of_the_repository() {
        let folder = Folder::new();
        let path = |name: &str| folder.path().join(name);
        for name in ["repo/.git", "repo/src/deep", "repo/team/src", "postmortems"] {
            std::fs::create_dir_all(path(name)).expect("made");
        }
        let root = |name: &str| {
            let (here, ..) = Surroundings::of_test(&path(name), "2024-12-11T23:36:00Z", "UTC");
            Root::of(&here).expect("a root").folder
        };
        // What lies above the repository is another world.
        assert_eq!(root("repo/src/deep"), path("repo"));
        std::fs::create_dir_all(path("repo/postmortems/2024")).expect("made");
        std::fs::create_dir_all(path("repo/team/postmortems")).expect("made");
        for (from, to) in [
            ("repo", "repo"),
            ("repo/src/deep", "repo"),
            ("repo/postmortems", "repo"),
            ("repo/postmortems/2024", "repo"),
            ("repo/team/src", "repo/team"),
            ("repo/team/postmortems", "repo/team"),
        ] {
            assert_eq!(root(from), path(to), "from {from}");
        }
        std::fs::write(path("repo/src/postmortem.toml"), "").expect("written");
        assert_eq!(root("repo/src/deep"), path("repo/src"));
    }
}
