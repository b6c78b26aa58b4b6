use std::collections::BTreeMap;
use std::fmt;

use crate::config::RuleLevel;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Stage;

use super::{Class, Rule, catalogue};

/// The levels that an organisation or a command line gives to rules, whatever the stage.
#[derive(Debug, Clone, Default)]
pub struct Levels(BTreeMap<&'static str, Option<Level>>);

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
        let mut levels = BTreeMap::new();
        for (name, level) in given {
            let rule = catalogue::find(name).ok_or_else(|| {
                LevelError::UnknownRule(name.to_owned(), catalogue::nearest(name))
            })?;
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
        Ok(Self(levels))
    }

    /// The level of a rule at a stage; nothing where it is not to be looked for.
    pub fn of(&self, rule: &Rule, stage: Stage) -> Option<Level> {
        match self.0.get(rule.name) {
            Some(level) => *level,
            None => rule.class.level(stage),
        }
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
        self.0.contains_key(rule.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn what_cannot_be_given_is_refused_with_a_way_out() {
        let error = Levels::new([("action-without-ower", RuleLevel::Off)]).expect_err("mistyped");
        assert_eq!(error.help(), "did you mean `action-without-owner`?");
        let error = Levels::new([("unknown-field", RuleLevel::Off)]).expect_err("shape");
        assert_eq!(error, LevelError::Fixed("unknown-field"));
        assert!(Levels::new([("unknown-field", RuleLevel::Error)]).is_ok());
    }
}
