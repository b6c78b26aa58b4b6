use crate::diagnostic::Level;
use crate::model::Stage;

use super::{Findings, Subject};

/// What a rule does with a document.
pub type Check = fn(&Subject<'_>, &mut Findings<'_>);

/// A condition that a program can find in a document.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name in kebab-case; it names the bad state and never changes meaning.
    pub name: &'static str,
    /// How much it matters, stage by stage.
    pub class: Class,
    /// Its document: Markdown of the shape that [`super::Manual`] reads.
    pub text: &'static str,
    /// How it is found; absent where the reader finds it.
    pub check: Option<Check>,
    /// Names it had before.
    pub aliases: &'static [&'static str],
    /// Whether its findings can be mended without asking anybody.
    pub fixes: bool,
}

impl Rule {
    /// A rule that is checked on a document that was read.
    pub const fn checked(
        name: &'static str,
        class: Class,
        text: &'static str,
        check: Check,
    ) -> Self {
        Self {
            name,
            class,
            text,
            check: Some(check),
            aliases: &[],
            fixes: false,
        }
    }

    /// A rule whose findings come from the reader.
    pub const fn of_reader(name: &'static str, class: Class, text: &'static str) -> Self {
        Self {
            name,
            class,
            text,
            check: None,
            aliases: &[],
            fixes: false,
        }
    }

    /// A rule about the comments that suppress findings.
    pub const fn of_suppressions(name: &'static str, text: &'static str) -> Self {
        Self::of_reader(name, Class::Suspicious, text)
    }

    /// The rule as one whose findings bring a fix.
    #[must_use]
    pub const fn that_fixes(mut self) -> Self {
        self.fixes = true;
        self
    }

    /// Whether the rule answers to this name, now or before.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }
}

/// How much a rule matters at each stage of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The document cannot be read as meant.
    Shape,
    /// It cannot be true.
    Wrong,
    /// It is probably not what was meant.
    Suspicious,
    /// Something is not there yet.
    Missing,
    /// What an experienced reader would say.
    Advice,
    /// How it is said.
    Wording,
    /// What only some organisations want: off until a profile or a level asks for it.
    Asked,
}

impl Class {
    /// The level at a stage; nothing where the rule is not looked for.
    pub fn level(self, stage: Stage) -> Option<Level> {
        let published = stage == Stage::Published;
        match self {
            Self::Shape | Self::Wrong => Some(Level::Error),
            Self::Suspicious if published => Some(Level::Error),
            Self::Suspicious => Some(Level::Warning),
            Self::Missing if stage == Stage::Draft => None,
            Self::Missing if published => Some(Level::Error),
            Self::Missing => Some(Level::Warning),
            Self::Advice if stage == Stage::Draft => None,
            Self::Advice => Some(Level::Info),
            Self::Wording if stage == Stage::Draft => None,
            Self::Wording => Some(Level::Warning),
            Self::Asked => None,
        }
    }

    /// The levels in words, as the rule's document says them.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Shape => "an error at every stage; it cannot be turned off.",
            Self::Wrong => "an error at every stage.",
            Self::Suspicious => {
                "a warning in drafts, in review and when reviewed, an error once published."
            }
            Self::Missing => {
                "off in drafts, a warning in review and when reviewed, an error once published."
            }
            Self::Advice => "off in drafts, information from review on.",
            Self::Wording => "off in drafts, a warning from review on.",
            Self::Asked => "off, unless a profile or a level asks for it.",
        }
    }
}
