use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Config, FILE_NAME, RuleLevel};
use crate::lint::{LevelError, Levels, unknown_words};

use super::{CommandError, Surroundings};

/// What holds for the documents of a folder.
pub struct Configuration {
    pub config: Config,
    levels: Levels,
    /// The folder of the file, from which its patterns of paths count.
    root: Option<PathBuf>,
}

impl Configuration {
    /// The levels that hold for a file; those of no path where it has none.
    pub fn levels_at(&self, path: Option<&Path>) -> Cow<'_, Levels> {
        let relative = path.zip(self.root.as_deref());
        match relative.and_then(|(path, root)| path.strip_prefix(root).ok()) {
            Some(path) => self.levels.at(path),
            None => Cow::Borrowed(&self.levels),
        }
    }
}

/// The configuration of each folder, each file read once.
pub struct Configurations<'a> {
    given: &'a [(String, RuleLevel)],
    surroundings: &'a Surroundings,
    of_folder: HashMap<PathBuf, Arc<Configuration>>,
}

impl<'a> Configurations<'a> {
    /// None is known yet; `given` are the levels of the command line.
    pub fn new(given: &'a [(String, RuleLevel)], surroundings: &'a Surroundings) -> Self {
        Self {
            given,
            surroundings,
            of_folder: HashMap::new(),
        }
    }

    /// What holds in a folder: the file in it or in the nearest folder above.
    pub fn of(&mut self, folder: &Path) -> Result<Arc<Configuration>, CommandError> {
        if let Some(known) = self.of_folder.get(folder) {
            return Ok(Arc::clone(known));
        }
        let is_here = std::fs::symlink_metadata(folder.join(FILE_NAME)).is_ok();
        let found = match folder.parent() {
            Some(above) if !is_here => self.of(above)?,
            _ => Arc::new(self.read(folder)?),
        };
        self.of_folder.insert(folder.to_owned(), Arc::clone(&found));
        Ok(found)
    }

    fn read(&self, folder: &Path) -> Result<Configuration, CommandError> {
        let (config, root) = find(folder)?;
        let levels = Levels::configured(&config.lint).map_err(|error| {
            let path = self.shown(root.clone());
            refused(&format!("{path}: `lint`: {error}"), &error)
        })?;
        if let Some(name) = unknown_words(&config) {
            let path = self.shown(root);
            let message = format!("{path}: `[lint.words]`: no rule `{name}` takes words");
            return Err(CommandError::new(message).help(
                "write the name of a rule of language, such as `blame.silence = [\"missed\"]`",
            ));
        }
        let given = self.given.iter();
        let given = given.map(|(name, level)| (name.as_str(), *level));
        let levels = levels
            .typed(given)
            .map_err(|error| refused(&format!("--level: {error}"), &error))?;
        Ok(Configuration {
            config,
            levels,
            root,
        })
    }

    fn shown(&self, found_in: Option<PathBuf>) -> String {
        let path = found_in.unwrap_or_default().join(FILE_NAME);
        self.surroundings.shown(&path).display().to_string()
    }
}

fn refused(message: &str, error: &LevelError) -> CommandError {
    CommandError::new(message).help(error.help())
}

/// The configuration of a folder and where it was found.
pub fn find(folder: &Path) -> Result<(Config, Option<PathBuf>), CommandError> {
    Config::find(folder).map_err(|error| {
        CommandError::new(error.to_string())
            .help("correct the file; without it every key has a default")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::Folder;

    #[test]
    fn a_configuration_holds_below_it_and_is_read_once() {
        let folder = Folder::new();
        let below = folder.path().join("team/a/b");
        std::fs::create_dir_all(&below).expect("made");
        let file = "[lint.levels]\nmissing-summary = \"off\"\n";
        std::fs::write(folder.path().join("team").join(FILE_NAME), file).expect("written");
        let (here, ..) = Surroundings::of_test(folder.path(), "", "UTC");
        let mut known = Configurations::new(&[], &here);
        let deep = known.of(&below).expect("read");
        assert_eq!(deep.config.lint.levels.len(), 1);
        let beside = known.of(&folder.path().join("team/a")).expect("known");
        assert!(Arc::ptr_eq(&deep, &beside));
        let above = known.of(folder.path()).expect("read");
        assert_eq!(above.config.lint.levels.len(), 0);
    }
}
