use crate::model::{At, EventKind, Key, Postmortem};
use crate::text::excerpt;

/// What may be asked. Two are one where they are equal: none is asked twice in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// How bad it was, by what users could not do.
    Severity,
    /// When a milestone was, of the incident or of one service.
    Milestone(EventKind, Option<String>),
    /// Who or what noticed.
    DetectedBy,
    /// How that was.
    DetectedHow,
    /// What people could not do.
    Harm,
    /// How many, or what share.
    Figure,
    /// What happened to data.
    Data,
    /// What was promised.
    Objective,
    /// When a service that is hit was well again; with the start of the window, as written.
    WindowEnd(String, String),
    /// When users were first told.
    Told,
    /// What they were told then.
    ToldWhat(At),
    /// A cause.
    Cause,
    /// Whether a suspected cause was one.
    Verdict(Key),
    /// Which cause set it off.
    Trigger,
    /// What shows a cause, or that it was none.
    Evidence(Key),
    /// What stood ready for the failure of a dependency.
    Fallback(String),
    /// What will.
    FallbackAction(String),
    /// What is to be done about a cause.
    ActionAbout(Key),
    /// What is to be done at all.
    AnyAction,
    /// Who sees to an action.
    Owner(Key),
    /// How urgent it is.
    Priority(Key),
    /// By when.
    Due(Key),
    /// Where it is tracked.
    Ticket(Key),
    /// When it was done.
    DoneOn(Key),
    /// Why it was declined.
    Reason(Key),
    /// Where the recovery plan is.
    Plan,
    /// What was learnt; the number of answers so far.
    Lesson(Lesson, usize),
    /// The summary.
    Summary,
    /// Who has read it.
    Reviewers,
    /// What a picture shows.
    Alt(String),
}

/// A list of lessons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lesson {
    /// What went well.
    Well,
    /// What went wrong.
    Wrong,
    /// Where luck helped.
    Lucky,
    /// What surprised people.
    Surprise,
}

/// How much of a cause or an action stands in a question, in characters.
const EXCERPT: usize = 40;

const TIMES: &str = "(14:32, 2024-12-11 15:16, unknown)";

impl Question {
    /// Whether it is answered by choosing, without a word typed.
    pub fn takes_one_key(&self) -> bool {
        matches!(
            self,
            Self::Severity
                | Self::DetectedBy
                | Self::Data
                | Self::Verdict(_)
                | Self::Trigger
                | Self::Fallback(_)
                | Self::Priority(_)
        )
    }

    /// The action that it is about.
    pub fn action(&self) -> Option<&Key> {
        match self {
            Self::Owner(id)
            | Self::Priority(id)
            | Self::Due(id)
            | Self::Ticket(id)
            | Self::DoneOn(id)
            | Self::Reason(id) => Some(id),
            _ => None,
        }
    }

    /// The question, in a few words.
    pub fn words(&self, postmortem: &Postmortem) -> String {
        let cause = |id: &Key| {
            let mut causes = postmortem.causes.iter();
            let cause = causes.find(|cause| cause.id == *id);
            named(id, cause.map(|cause| cause.what.as_str()))
        };
        let action = |id: &Key| {
            let mut actions = postmortem.actions.iter();
            let action = actions.find(|action| action.id == *id);
            named(id, action.map(|action| action.what.as_str()))
        };
        match self {
            Self::Severity => "How bad was it for users?".to_owned(),
            Self::Milestone(kind, service) => milestone(*kind, service.as_deref()),
            Self::DetectedBy => "Who or what noticed it?".to_owned(),
            Self::DetectedHow => "How was it noticed?".to_owned(),
            Self::Harm => "What could people not do?".to_owned(),
            Self::Figure => {
                "How many, or what share? (400 carts, 30% of users, unknown)".to_owned()
            }
            Self::Data => "What happened to data?".to_owned(),
            Self::Objective => {
                "What was promised? (API availability 99.9% 30d, nothing)".to_owned()
            }
            Self::WindowEnd(service, _) => {
                format!("When was {} well again? (14:32, a day)", short(service))
            }
            Self::Told => format!("When were users first told? {TIMES}"),
            Self::ToldWhat(_) => "What were they told?".to_owned(),
            Self::Cause => "What caused it, or may have?".to_owned(),
            Self::Verdict(id) => format!("Was it {}?", cause(id)),
            Self::Trigger => "What set it off, then and not a day earlier?".to_owned(),
            Self::Evidence(id) => format!("What shows it for {}? (an address or words)", cause(id)),
            Self::Fallback(name) => format!("What stood ready for a failure of {}?", short(name)),
            Self::FallbackAction(name) => {
                format!("What is to stand ready when {} fails again?", short(name))
            }
            Self::ActionAbout(id) => format!(
                "What is to be done about {}? (or: accepted, because …)",
                cause(id)
            ),
            Self::AnyAction => "What is to be done, so that it hurts less next time?".to_owned(),
            Self::Owner(id) => format!("Who sees to {}?", action(id)),
            Self::Priority(id) => format!("How urgent is {}?", action(id)),
            Self::Due(id) => format!("By when is {} to be done? (2025-01-31, 2w)", action(id)),
            Self::Ticket(id) => format!("Where is {} tracked? (an address)", action(id)),
            Self::DoneOn(id) => format!("On which day was {} done? (2025-01-31)", action(id)),
            Self::Reason(id) => format!("Why will {} not be done?", action(id)),
            Self::Plan => "Where is the recovery plan? (an address, none)".to_owned(),
            Self::Lesson(lesson, 0) => {
                format!("{} (a line each; `nothing` is an answer)", lesson.words(""))
            }
            Self::Lesson(lesson, _) => lesson.words(" else"),
            Self::Summary => {
                "Summary, two or three sentences for readers outside the team".to_owned()
            }
            Self::Reviewers => "Who has reviewed it? (comma)".to_owned(),
            Self::Alt(file) => format!("What does {} show?", short(file)),
        }
    }
}

impl Lesson {
    fn words(self, more: &str) -> String {
        match self {
            Self::Well => format!("What{more} went well?"),
            Self::Wrong => format!("What{more} went wrong?"),
            Self::Lucky => format!("Where{more} did luck help?"),
            Self::Surprise => format!("What{more} surprised those who know the system?"),
        }
    }
}

fn milestone(kind: EventKind, service: Option<&str>) -> String {
    let who = service.map_or_else(|| "users".to_owned(), short);
    let question = match (kind, service) {
        (EventKind::Started, _) => format!("When did it start for {who}?"),
        (EventKind::Resolved, None) => "When were all users well again?".to_owned(),
        (EventKind::Resolved, Some(_)) => format!("When was {who} well again?"),
        (EventKind::Mitigated, _) => "When were most users well again?".to_owned(),
        (EventKind::Detected, _) => "When was it noticed?".to_owned(),
        (kind, _) => format!("When was it `{kind}`?"),
    };
    format!("{question} {TIMES}")
}

/// An id with what it stands for: `A1 “limit the agent”`.
fn named(id: &Key, what: Option<&str>) -> String {
    match what {
        Some(what) => format!("{id} “{}”", short(what.trim_end_matches('.'))),
        None => id.to_string(),
    }
}

fn short(text: &str) -> String {
    excerpt(text, EXCERPT)
}
