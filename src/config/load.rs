use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::mask;
use crate::text::printable;

use super::{Clock, Config, TemplateRule};

/// The name of the configuration file.
pub const FILE_NAME: &str = "postmortem.toml";

/// Why a configuration could not be read.
#[derive(Debug)]
pub struct ConfigError {
    path: PathBuf,
    what: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.what)
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Finds the configuration that holds in a folder by walking up from it, and reads it.
    ///
    /// Gives the folder it was found in beside it; the default and nothing where there is none.
    pub fn find(folder: &Path) -> Result<(Self, Option<PathBuf>), ConfigError> {
        for above in folder.ancestors() {
            let path = above.join(FILE_NAME);
            if let Ok(about) = std::fs::metadata(&path)
                && !about.is_file()
            {
                let what = "it is no file".to_owned();
                return Err(ConfigError { path, what });
            }
            let text = match std::fs::read_to_string(&path) {
                Ok(text) => text,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) if error.kind() == io::ErrorKind::NotADirectory => continue,
                Err(error) => {
                    let what = format!("it cannot be read: {error}");
                    return Err(ConfigError { path, what });
                }
            };
            return match Self::parse(&text) {
                Ok(config) => Ok((config, Some(above.to_path_buf()))),
                Err(what) => Err(ConfigError { path, what }),
            };
        }
        Ok((Self::default(), None))
    }

    /// Reads a configuration from its text; the error names line and column.
    pub fn parse(text: &str) -> Result<Self, String> {
        // The error quotes a line of the file, and files hold anything.
        let mut config: Self = toml::from_str(text)
            .map_err(|error| mask(&printable(&error.to_string())).into_owned())?;
        if config.severities.is_empty() {
            return Err("`severities` is empty: leave it out for sev1 to sev5".to_owned());
        }
        if let Some(mistake) = Clock::mistake(&config.clocks, &config.severities) {
            return Err(mask(&printable(&mistake)).into_owned());
        }
        TemplateRule::find_lines(&mut config.templates, text);
        if let Some(mistake) = TemplateRule::mistake(&config.templates) {
            return Err(mistake);
        }
        if let Some(mistake) = config.brand.mistake() {
            return Err(mistake);
        }
        if let Some(mistake) = config.public.mistake() {
            return Err(mistake);
        }
        let mut custom = config.custom.iter();
        if let Some(mistake) = custom.find_map(|(name, field)| field.mistake(name)) {
            return Err(mistake);
        }
        if config
            .directory
            .to_string_lossy()
            .contains(char::is_control)
        {
            return Err("`directory` holds a control character".to_owned());
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_key_is_an_error_with_its_place() {
        let error = Config::parse("directory = \"x\"\nservises = []\n").expect_err("mistyped");
        assert!(
            error.contains("line 2") && error.contains("services"),
            "{error}"
        );
    }

    #[test]
    fn what_can_never_work_is_an_error_and_no_secret_is_quoted() {
        let host = "[public]\ninternal_hosts = [\"https://wiki.example\"]\n";
        assert!(Config::parse(host).is_err_and(|error| error.contains("no host")));
        assert!(Config::parse("directory = \"\\u001b[31m\"\n").is_err());
        let error = Config::parse("password = \"Tr1ckyHorse99\"\n").expect_err("unknown");
        assert!(!error.contains("Tr1ckyHorse99"), "{error}");
    }

    #[test]
    fn an_empty_file_is_the_default() {
        assert_eq!(Config::parse(""), Ok(Config::default()));
    }
}
