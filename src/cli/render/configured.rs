use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::template_choice::TemplateChoice;
use crate::cli::{CommandError, Surroundings};
use crate::config::{Config, FILE_NAME, TemplateRule};
use crate::lint::Levels;
use crate::render::{Brand, BrandError, LARGEST_LOGO};
use crate::store;

/// What holds for the documents of a folder.
#[derive(Debug)]
pub struct Configured {
    pub config: Config,
    pub levels: Levels,
    pub brand: Option<Brand>,
    /// The folder of the configuration, from which its paths count.
    pub root: Option<PathBuf>,
}

impl Configured {
    fn read(folder: &Path, surroundings: &Surroundings) -> Result<Self, CommandError> {
        let (config, root) =
            Config::find(folder).map_err(|error| CommandError::new(error.to_string()))?;
        let brand = brand(&config, root.as_deref(), surroundings)?;
        Ok(Self {
            // A level that is wrong in the configuration is the linter's to tell.
            levels: Levels::configured(&config.lint)
                .unwrap_or_default()
                .errors_only(),
            brand,
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

/// The brand of a configuration, with its logo read.
fn brand(
    config: &Config,
    root: Option<&Path>,
    surroundings: &Surroundings,
) -> Result<Option<Brand>, CommandError> {
    let Some(root) = root else {
        return Ok(None);
    };
    let file = surroundings.shown(&root.join(FILE_NAME));
    let file = file.display();
    let of_logo = |what: &str| {
        let logo = config.brand.logo.as_deref().unwrap_or(Path::new(""));
        CommandError::new(format!("{file}: `brand.logo`: `{}` {what}", logo.display()))
    };
    let logo = match &config.brand.logo {
        None => None,
        Some(logo) => Some(read(&root.join(logo)).map_err(|error| {
            of_logo(&format!("cannot be read: {}", store::reason(&error)))
                .help("its path counts from the folder of postmortem.toml")
        })?),
    };
    Brand::of(&config.brand, logo.as_deref()).map_err(|error| {
        let told = match &error {
            BrandError::Logo(_) => of_logo(&error.what()),
            BrandError::Contrast { .. } => CommandError::new(format!("{file}: {}", error.what())),
        };
        told.help(error.help())
    })
}

/// A file, unless it is none or larger than any logo.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST_LOGO + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The configuration of each folder, read once.
#[derive(Debug, Default)]
pub struct ByFolder {
    known: BTreeMap<PathBuf, Arc<Configured>>,
}

impl ByFolder {
    /// What holds in a folder.
    pub fn of(
        &mut self,
        folder: &Path,
        surroundings: &Surroundings,
    ) -> Result<Arc<Configured>, CommandError> {
        if let Some(known) = self.known.get(folder) {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(Configured::read(folder, surroundings)?);
        self.known.insert(folder.to_owned(), Arc::clone(&read));
        Ok(read)
    }
}
