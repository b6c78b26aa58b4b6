use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::cli::root::Root;
use crate::cli::typed_time::TypedTime;
use crate::cli::{CommandError, Surroundings};
use crate::config::Config;
use crate::model::{At, MODELINE, Zone};
use crate::store::{Store, StoreError};
use crate::text::nearest;

/// What holds for one run: when and where it is, what the organisation says.
pub struct Situation<'a> {
    /// The process.
    pub surroundings: &'a Surroundings,
    /// What the organisation says.
    pub config: Config,
    /// The folder that the paths of the configuration start from.
    pub root: PathBuf,
    /// The folder of documents.
    pub store: Store,
    /// The current time.
    pub now: DateTime<Utc>,
    /// The zone of new documents.
    pub zone: Zone,
}

impl<'a> Situation<'a> {
    /// Reads configuration, clock and zone.
    pub fn of(surroundings: &'a Surroundings) -> Result<Self, CommandError> {
        let found = Root::of(surroundings).map_err(|error| {
            CommandError::new(error.to_string())
                .help("mend the configuration, or call the tool in a folder without it")
        })?;
        let store = Store::at(found.documents());
        let (config, root) = (found.config, found.folder);
        let zone = match config.timezone {
            Some(zone) => zone,
            None => surroundings.zone()?,
        };
        Ok(Self {
            surroundings,
            store,
            root,
            now: surroundings.now()?,
            zone,
            config,
        })
    }

    /// Whether editors find the schema that the first line of a new document names. It counts as
    /// found where `postmortem init` would write it, and where `init` in this folder would not help.
    pub fn has_schema(&self) -> bool {
        let name = MODELINE.rsplit(['=', '/']).next().unwrap_or_default();
        let beside = self.store.folder().parent().unwrap_or(&self.root);
        self.root != self.surroundings.folder
            || beside.join(name).exists()
            || self.root.join(name).exists()
    }

    /// A level of the configuration, by its name.
    pub fn severity(&self, name: &str) -> Result<String, CommandError> {
        let name = name.trim();
        if self.config.severity(name).is_some() {
            return Ok(name.to_owned());
        }
        let levels: Vec<&str> = self
            .config
            .severities
            .iter()
            .map(|level| level.name.as_str())
            .collect();
        // `SEV2` is as good as `sev2`.
        let same = |level: &&str| level.to_lowercase() == name.to_lowercase();
        match levels.iter().copied().find(same) {
            Some(meant) => Ok(meant.to_owned()),
            None => Err(CommandError::new(format!("`{name}` is not a severity"))
                .help(format!("the levels are {}", levels.join(", ")))),
        }
    }

    /// When it started; nothing is said of a time that nobody knows.
    pub fn started(
        &self,
        typed: &str,
        zone: Zone,
    ) -> Result<(At, Option<TypedTime>), CommandError> {
        if typed.trim().eq_ignore_ascii_case("unknown") {
            return Ok((At::Unknown, None));
        }
        let time = TypedTime::parse(typed, self.now, zone)
            .map_err(|error| CommandError::new(error.message).help(error.help))?;
        Ok((At::Known(time.moment().clone()), Some(time)))
    }

    /// Says which services the configuration does not know; they are kept all the same, since an
    /// incident is no time to mend a catalogue.
    pub fn mention_unknown(&self, services: &[String]) {
        let known = &self.config.services;
        if known.is_empty() {
            return;
        }
        for service in services.iter().filter(|service| !known.contains(service)) {
            let meant = nearest(service, known.iter().map(String::as_str));
            let meant =
                meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
            self.surroundings.say(format!(
                "note: postmortem.toml knows no service `{}`{meant}\n",
                crate::text::printable(service)
            ));
        }
    }

    /// A failure of the folder or a file, named from here.
    pub fn failed(&self, error: &StoreError) -> CommandError {
        let shown = self.surroundings.shown(&error.path);
        CommandError::new(format!("`{}` {}", shown.display(), error.why))
    }
}
