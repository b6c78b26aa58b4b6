use crate::cli::chosen::Which;
use crate::cli::record::{Change, Record};
use crate::cli::{CommandError, Outcome, Surroundings, numbered, words};
use crate::model::{Action, ActionStatus, Day, Key, Postmortem};

/// Say that an action is done
///
/// Words behind the id are what came of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  postmortem action done A1
  postmortem action done --on 2025-01-20 A1 the load on the API servers is a tenth of what it was")]
pub struct Done {
    /// The action, such as A1
    #[arg(value_name = "ID")]
    id: Key,

    /// What came of it
    #[arg(value_name = "TEXT", trailing_var_arg = true)]
    text: Vec<String>,

    /// The day on which it was done; today if none is given
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,

    #[command(flatten)]
    which: Which,
}

/// Say that an action will not be done, and why
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example: postmortem action decline A2 the service is switched off in March")]
pub struct Decline {
    /// The action, such as A2
    #[arg(value_name = "ID")]
    id: Key,

    /// Why it will not be done
    #[arg(value_name = "REASON", trailing_var_arg = true, required = true)]
    text: Vec<String>,

    #[command(flatten)]
    which: Which,
}

impl Done {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let text = words::joined::<Self>(&self.text, "action done ID", surroundings)?;
        let record = open(&self.which, &text, surroundings)?;
        let today = Day(record.now.with_timezone(&record.zone.tz()).date_naive());
        let outcome = whole(&text);
        close(&record, &self.id, &text, &mut |action: &mut Action| {
            action.status = ActionStatus::Done;
            action.reason = None;
            // Done again, it keeps the day on which it was done first.
            action.done_on = self.on.or(action.done_on).or(Some(today));
            if outcome.is_some() {
                action.outcome.clone_from(&outcome);
            }
        })
    }
}

impl Decline {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let text = words::joined::<Self>(&self.text, "action decline ID", surroundings)?;
        let record = open(&self.which, &text, surroundings)?;
        let reason = whole(&text).ok_or_else(|| {
            CommandError::new("the reason is missing")
                .help("postmortem action decline A2 the service is switched off in March")
        })?;
        close(&record, &self.id, &text, &mut |action: &mut Action| {
            action.status = ActionStatus::Declined;
            action.done_on = None;
            action.reason = Some(reason.clone());
        })
    }
}

fn open<'s>(
    which: &Which,
    text: &str,
    surroundings: &'s Surroundings,
) -> Result<Record<'s>, CommandError> {
    words::not_too_long(text)?;
    words::mention_secrets(text, surroundings);
    Record::open_for(text, which, surroundings)
}

/// What was said, in one piece: there is nothing below a reason or an outcome.
fn whole(text: &str) -> Option<String> {
    let sentence = words::sentence(text)?;
    Some(sentence.detail.unwrap_or(sentence.what))
}

fn close(
    record: &Record<'_>,
    id: &Key,
    text: &str,
    close: &mut dyn FnMut(&mut Action),
) -> Result<Outcome, CommandError> {
    let mut closed = None;
    let change: &mut Change<'_> = &mut |postmortem: &mut Postmortem| {
        let actions = postmortem.actions.iter();
        let actions = actions.map(|action| (&action.id, action.what.as_str()));
        let Some(at) = numbered::meant(id, actions) else {
            return Err(super::unknown(id, &postmortem.actions));
        };
        closed = Some(postmortem.actions[at].id.clone());
        close(&mut postmortem.actions[at]);
        Ok(())
    };
    let changed = record.change_or_tell(text, change)?;
    let mut actions = changed.postmortem.actions.iter();
    if let Some(action) = actions.find(|action| closed.as_ref() == Some(&action.id)) {
        let already = if changed.is_written {
            ""
        } else {
            "   as before"
        };
        record
            .surroundings
            .say(format!("{}{already}\n", super::line(action)));
    }
    Ok(Outcome::Fine)
}
