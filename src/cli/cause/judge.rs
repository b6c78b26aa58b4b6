use crate::cli::chosen::Which;
use crate::cli::named::named;
use crate::cli::record::Record;
use crate::cli::{CommandError, Outcome, Surroundings, numbered, words};
use crate::model::{CauseRole, CauseState, Key, TextItem};

/// Confirm a cause: what was suspected is shown
///
/// Words behind the id are what shows it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  postmortem cause confirm C1
  postmortem cause confirm --role root C1 the load fell when the agent was taken out")]
pub struct Confirm {
    /// The cause, such as C1
    #[arg(value_name = "ID")]
    id: Key,

    /// What shows it
    #[arg(value_name = "TEXT", trailing_var_arg = true)]
    text: Vec<String>,

    /// What part it had: trigger, root, contributing or prolonged
    #[arg(long, value_name = "ROLE", value_parser = role)]
    role: Option<CauseRole>,

    /// What shows it: an address, a link's id, or a text; may be repeated
    #[arg(long, value_name = "EVIDENCE")]
    evidence: Vec<String>,

    #[command(flatten)]
    which: Which,
}

/// Rule a cause out: it stays, because it was believed
///
/// Words behind the id are what shows that it was not it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  postmortem cause rule-out C2 the errors began before the deploy
  postmortem cause rule-out --evidence https://graphs.example/d/42 C2")]
pub struct RuleOut {
    /// The cause, such as C2
    #[arg(value_name = "ID")]
    id: Key,

    /// What shows that it was not it
    #[arg(value_name = "TEXT", trailing_var_arg = true)]
    text: Vec<String>,

    /// What shows it: an address, a link's id, or a text; may be repeated
    #[arg(long, value_name = "EVIDENCE")]
    evidence: Vec<String>,

    #[command(flatten)]
    which: Which,
}

/// What a cause is judged to be, and why.
struct Judgement<'a> {
    id: &'a Key,
    state: CauseState,
    role: Option<CauseRole>,
    text: String,
    evidence: &'a [String],
}

impl Confirm {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        Judgement {
            id: &self.id,
            state: CauseState::Confirmed,
            role: self.role,
            text: words::joined::<Self>(&self.text, "cause confirm ID", surroundings)?,
            evidence: &self.evidence,
        }
        .pass(&self.which, surroundings)
    }
}

impl RuleOut {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        Judgement {
            id: &self.id,
            state: CauseState::RuledOut,
            role: None,
            text: words::joined::<Self>(&self.text, "cause rule-out ID", surroundings)?,
            evidence: &self.evidence,
        }
        .pass(&self.which, surroundings)
    }
}

impl Judgement<'_> {
    fn pass(&self, which: &Which, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let record = Record::open_for(&self.text, which, surroundings)?;
        words::not_too_long(&self.text)?;
        words::mention_secrets(&self.text, surroundings);
        let mut evidence: Vec<TextItem> = Vec::new();
        evidence.extend(words::sentence(&self.text).map(|said| TextItem {
            detail: said.detail,
            ..TextItem::from(said.what.as_str())
        }));
        evidence.extend(self.evidence.iter().map(|text| TextItem::from(text.trim())));
        let mut id = None;
        let changed = record.change_or_tell(&self.text, &mut |postmortem| {
            let causes = postmortem.causes.iter();
            let causes = causes.map(|cause| (&cause.id, cause.what.as_str()));
            let Some(at) = numbered::meant(self.id, causes) else {
                return Err(super::unknown(self.id, &postmortem.causes));
            };
            let cause = &mut postmortem.causes[at];
            id = Some(cause.id.clone());
            cause.state = self.state;
            cause.role = self.role.or(cause.role);
            for item in &evidence {
                if !cause.evidence.contains(item) {
                    cause.evidence.push(item.clone());
                }
            }
            Ok(())
        })?;
        let mut causes = changed.postmortem.causes.iter();
        if let Some(cause) = causes.find(|cause| id.as_ref() == Some(&cause.id)) {
            let already = if changed.is_written {
                ""
            } else {
                "   as before"
            };
            surroundings.say(format!("{}{already}\n", super::line(cause)));
            if self.state == CauseState::Confirmed && cause.evidence.is_empty() {
                surroundings.say(format!(
                    "What shows it? postmortem cause confirm {} TEXT\n",
                    cause.id
                ));
            }
        }
        Ok(Outcome::Fine)
    }
}

fn role(word: &str) -> Result<CauseRole, String> {
    named(word, CauseRole::ALL, &[])
}
