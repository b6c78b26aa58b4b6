use crate::model::{At, Cause, Event, EventKind, Key, Postmortem};

/// What is asked after the title, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// What users cannot do, from which a severity follows.
    Severity,
    /// The services.
    Services,
    /// Since when.
    Started,
    /// What is suspected.
    Cause,
    /// A summary; it has a flag and is not asked.
    Summary,
}

impl Question {
    /// All that is asked.
    pub const ALL: [Self; 4] = [Self::Severity, Self::Services, Self::Started, Self::Cause];

    /// Whether a document says it already.
    pub fn is_answered(self, postmortem: &Postmortem) -> bool {
        match self {
            Self::Severity => postmortem.severity.is_some(),
            Self::Services => !postmortem.services.is_empty(),
            Self::Started => postmortem
                .timeline
                .iter()
                .any(|event| event.kind.has(EventKind::Started)),
            Self::Cause => !postmortem.causes.is_empty(),
            Self::Summary => postmortem.summary.is_some(),
        }
    }

    /// The flag that answers it.
    pub fn flag(self) -> &'static str {
        match self {
            Self::Severity => "--severity",
            Self::Services => "--service",
            Self::Started => "--started",
            Self::Cause => "--cause",
            Self::Summary => "--summary",
        }
    }

    /// What it asks for, in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Services => "services",
            Self::Started => "start",
            Self::Cause => "cause",
            Self::Summary => "summary",
        }
    }

    /// The document's key that holds the answer.
    pub fn key(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Services => "services",
            Self::Started => "timeline",
            Self::Cause => "causes",
            Self::Summary => "summary",
        }
    }
}

/// An answer, checked.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A level of the configuration.
    Severity(String),
    /// The services, each once.
    Services(Vec<String>),
    /// When it started.
    Started {
        /// The time, or that nobody knows.
        at: At,
        /// The time in words, with its distance from now.
        said: Option<String>,
        /// What users met, where that was answered.
        what: Option<String>,
    },
    /// What is suspected.
    Cause(String),
    /// A summary.
    Summary(String),
}

/// The first harm, where nobody has said what it was.
const FIRST_HARM: &str = "First users are affected.";

impl Answer {
    /// The question it answers.
    pub fn question(&self) -> Question {
        match self {
            Self::Severity(_) => Question::Severity,
            Self::Services(_) => Question::Services,
            Self::Started { .. } => Question::Started,
            Self::Cause(_) => Question::Cause,
            Self::Summary(_) => Question::Summary,
        }
    }

    /// Puts the answer into a document that does not say it yet.
    pub fn apply(&self, postmortem: &mut Postmortem) {
        match self {
            Self::Severity(level) => postmortem.severity = Some(level.clone()),
            Self::Services(services) => postmortem.services.clone_from(services),
            Self::Started { at, what, .. } => {
                let what = what.as_deref().unwrap_or(FIRST_HARM);
                postmortem.log(Event::new(at.clone(), EventKind::Started, what));
            }
            Self::Cause(what) => postmortem.causes.extend(suspected(what)),
            Self::Summary(text) => postmortem.summary = Some(text.clone()),
        }
    }
}

fn suspected(what: &str) -> Option<Cause> {
    let id: Key = "C1".parse().ok()?;
    Some(Cause {
        id,
        role: None,
        state: crate::model::CauseState::default(),
        category: None,
        what: what.to_owned(),
        detail: None,
        because: Vec::new(),
        evidence: Vec::new(),
        accepted: None,
        internal: false,
    })
}
