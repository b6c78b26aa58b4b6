use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::config::{self, Glob, Profile, RuleLevel};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Stage;

use super::{Class, Rule, catalogue, profiles};

/// The levels that an organisation or a command line gives to rules: a profile's, then those given
/// by hand whatever the stage.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    profile: Option<Profile>,
    given: Given,
    paths: Vec<(Glob, Given)>,
    /// Those of the command line, which hold over all others.
    typed: Given,
    /// Rules below this level are not looked for.
    least: Option<Level>,
}

type Given = BTreeMap<&'static str, Option<Level>>;

/// Why a level cannot be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LevelError {
    /// No rule has this name; the nearest that has.
    UnknownRule(String, Option<&'static str>),
    /// The rule is about the shape of a document, which has one level only.
    Fixed(&'static str),
}

impl fmt::Display for LevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownRule(name, _) => write!(f, "there is no rule `{name}`"),
            Self::Fixed(name) => write!(
                f,
                "`{name}` is always an error: such a document cannot be read as it was meant"
            ),
        }
    }
}

impl LevelError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::UnknownRule(_, Some(name)) => format!("did you mean `{name}`?"),
            Self::UnknownRule(_, None) => "`postmortem explain` lists every rule".to_owned(),
            Self::Fixed(name) => format!("leave it out; `postmortem explain {name}` says more"),
        }
    }
}

impl Levels {
    /// Takes levels by rule name; of two for one rule the later holds.
    pub fn new<'a>(
        given: impl IntoIterator<Item = (&'a str, RuleLevel)>,
    ) -> Result<Self, LevelError> {
        Ok(Self {
            given: taken(given)?,
            ..Self::default()
        })
    }

    /// Takes what a configuration says: its profile, its levels, and those of its paths.
    pub fn configured(lint: &config::Lint) -> Result<Self, LevelError> {
        let by_name = |levels: &BTreeMap<String, RuleLevel>| {
            taken(levels.iter().map(|(name, level)| (name.as_str(), *level)))
        };
        let paths = lint.paths.iter();
        let paths = paths.map(|of_path| Ok((of_path.glob.clone(), by_name(&of_path.levels)?)));
        Ok(Self {
            profile: lint.profile,
            given: by_name(&lint.levels)?,
            paths: paths.collect::<Result<_, _>>()?,
            typed: Given::new(),
            least: None,
        })
    }

    /// Adds levels that hold over all others, whatever the file.
    pub fn typed<'a>(
        mut self,
        given: impl IntoIterator<Item = (&'a str, RuleLevel)>,
    ) -> Result<Self, LevelError> {
        self.typed.extend(taken(given)?);
        Ok(self)
    }

    /// The same, with nothing looked for but errors: other rules need not run.
    pub fn errors_only(self) -> Self {
        Self {
            least: Some(Level::Error),
            ..self
        }
    }

    /// The levels that hold for a file, by its path from the folder of the configuration.
    pub fn at(&self, path: &Path) -> Cow<'_, Self> {
        let mut fitting = self.paths.iter().filter(|(glob, _)| glob.fits(path));
        let Some((_, first)) = fitting.next() else {
            return Cow::Borrowed(self);
        };
        let mut levels = self.clone();
        levels.given.extend(first);
        for (_, more) in fitting {
            levels.given.extend(more);
        }
        Cow::Owned(levels)
    }

    /// The level of a rule at a stage; nothing where it is not to be looked for.
    pub fn of(&self, rule: &Rule, stage: Stage) -> Option<Level> {
        let level = match self.by_hand(rule) {
            Some(level) => *level,
            None => {
                let class = match self.profile {
                    Some(profile) => profiles::class(profile, rule),
                    None => rule.class,
                };
                class.level(stage)
            }
        };
        level.filter(|level| Some(*level) >= self.least)
    }

    /// Gives the reader's findings the level they have here, and drops those that are off.
    pub fn settle(&self, findings: Vec<Diagnostic>, stage: Stage) -> Vec<Diagnostic> {
        let settled = findings.into_iter().filter_map(|mut finding| {
            if let Some(rule) = catalogue::find(finding.rule) {
                finding.level = self.of(rule, stage)?;
            }
            Some(finding)
        });
        settled.collect()
    }

    /// Whether a level was given to the rule by hand.
    pub(super) fn is_given(&self, rule: &Rule) -> bool {
        self.by_hand(rule).is_some()
    }

    fn by_hand(&self, rule: &Rule) -> Option<&Option<Level>> {
        let typed = self.typed.get(rule.name);
        typed.or_else(|| self.given.get(rule.name))
    }
}

fn taken<'a>(given: impl IntoIterator<Item = (&'a str, RuleLevel)>) -> Result<Given, LevelError> {
    let mut levels = Given::new();
    for (name, level) in given {
        let rule = catalogue::find(name)
            .ok_or_else(|| LevelError::UnknownRule(name.to_owned(), catalogue::nearest(name)))?;
        let level = match level {
            RuleLevel::Error => Some(Level::Error),
            RuleLevel::Warning => Some(Level::Warning),
            RuleLevel::Info => Some(Level::Info),
            RuleLevel::Off => None,
        };
        if rule.class == Class::Shape && level != Some(Level::Error) {
            return Err(LevelError::Fixed(rule.name));
        }
        levels.insert(rule.name, level);
    }
    Ok(levels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn of(given: &[(&str, RuleLevel)], name: &str, stage: Stage) -> Option<Level> {
        let levels = Levels::new(given.iter().copied()).expect("levels");
        levels.of(catalogue::find(name).expect(name), stage)
    }

    #[test]
    fn the_stage_decides_until_somebody_says_otherwise() {
        let name = "action-without-owner";
        assert_eq!(of(&[], name, Stage::Draft), None);
        assert_eq!(of(&[], name, Stage::InReview), Some(Level::Warning));
        assert_eq!(of(&[], name, Stage::Reviewed), Some(Level::Warning));
        assert_eq!(of(&[], name, Stage::Published), Some(Level::Error));
        let given = [(name, RuleLevel::Error), (name, RuleLevel::Info)];
        assert_eq!(of(&given, name, Stage::Draft), Some(Level::Info));
        assert_eq!(of(&[(name, RuleLevel::Off)], name, Stage::Published), None);
    }

    #[test]
    fn only_errors_may_be_asked_for() {
        let given = [("long-title", RuleLevel::Error)];
        let levels = Levels::new(given).expect("levels").errors_only();
        let of = |name: &str, stage| levels.of(catalogue::find(name).expect(name), stage);
        assert_eq!(of("long-title", Stage::Draft), Some(Level::Error));
        assert_eq!(of("action-without-owner", Stage::Reviewed), None);
        assert_eq!(
            of("action-without-owner", Stage::Published),
            Some(Level::Error)
        );
    }

    #[test]
    fn what_cannot_be_given_is_refused_with_a_way_out() {
        let error = Levels::new([("action-without-ower", RuleLevel::Off)]).expect_err("mistyped");
        assert_eq!(error.help(), "did you mean `action-without-owner`?");
        let error = Levels::new([("unknown-field", RuleLevel::Off)]).expect_err("shape");
        assert_eq!(error, LevelError::Fixed("unknown-field"));
        assert!(Levels::new([("unknown-field", RuleLevel::Error)]).is_ok());
    }

    #[test]
    fn the_command_line_holds_over_a_path_over_a_level_over_the_profile() {
        let toml = "[lint]\nprofile = \"minimal\"\n[lint.levels]\nlong-title = \"info\"\n\
            [[lint.paths]]\nglob = \"postmortems/2019-*\"\nlevels = { long-title = \"off\", missing-cause = \"off\" }\n\
            [[lint.paths]]\nglob = \"**/*-big.yaml\"\nlevels = { long-title = \"error\" }\n";
        let config = Config::parse(toml).expect("a configuration");
        let levels = Levels::configured(&config.lint).expect("levels");
        let of = |levels: &Levels, path: &str, name: &str| {
            let rule = catalogue::find(name).expect(name);
            levels.at(Path::new(path)).of(rule, Stage::Reviewed)
        };
        for (path, name, level) in [
            ("postmortems/2024-a.yaml", "action-without-ticket", None),
            ("postmortems/2024-a.yaml", "long-title", Some(Level::Info)),
            ("postmortems/2019-a.yaml", "long-title", None),
            ("postmortems/2019-a.yaml", "missing-cause", None),
            (
                "postmortems/2019-a-big.yaml",
                "long-title",
                Some(Level::Error),
            ),
            (
                "postmortems/old/2019-a.yaml",
                "long-title",
                Some(Level::Info),
            ),
        ] {
            assert_eq!(of(&levels, path, name), level, "{path} {name}");
        }
        let typed = levels.typed([("long-title", RuleLevel::Warning)]);
        let typed = typed.expect("levels");
        let level = of(&typed, "postmortems/2019-a.yaml", "long-title");
        assert_eq!(level, Some(Level::Warning));
    }
}
