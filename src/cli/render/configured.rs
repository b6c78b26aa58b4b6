use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::template_choice::TemplateChoice;
use crate::cli::{CommandError, Surroundings};
use crate::config::{Config, TemplateRule};
use crate::lint::Levels;

/// What holds for the documents of a folder.
#[derive(Debug)]
pub struct Configured {
    pub config: Config,
    pub levels: Levels,
    /// The folder of the configuration, from which its paths count.
    pub root: Option<PathBuf>,
}

impl Configured {
    fn read(folder: &Path) -> Result<Self, CommandError> {
        let (config, root) =
            Config::find(folder).map_err(|error| CommandError::new(error.to_string()))?;
        Ok(Self {
            // A level that is wrong in the configuration is the linter's to tell.
            levels: Levels::configured(&config.lint).unwrap_or_default(),
            config,
            root,
        })
    }

    /// The template that is chosen for a document, and where.
    pub fn template(
        &self,
        fits: impl Fn(&TemplateRule) -> bool,
        surroundings: &Surroundings,
    ) -> Result<(TemplateChoice, Option<String>), CommandError> {
        TemplateChoice::configured(&self.config, self.root.as_deref(), fits, surroundings)
    }
}

/// The configuration of each folder, read once.
#[derive(Debug, Default)]
pub struct ByFolder {
    known: BTreeMap<PathBuf, Arc<Configured>>,
}

impl ByFolder {
    /// What holds in a folder.
    pub fn of(&mut self, folder: &Path) -> Result<Arc<Configured>, CommandError> {
        if let Some(known) = self.known.get(folder) {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(Configured::read(folder)?);
        self.known.insert(folder.to_owned(), Arc::clone(&read));
        Ok(read)
    }
}
