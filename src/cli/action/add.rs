use crate::cli::cause;
use crate::cli::chosen::Which;
use crate::cli::introduced::introduce;
use crate::cli::named::named;
use crate::cli::record::Record;
use crate::cli::{CommandError, Outcome, Surroundings, numbered, words};
use crate::model::{Action, ActionKind, ActionStatus, Day, Key, Priority};

/// Write down what is to be done so that this does not happen again, or hurts less
///
/// Options come first, everything behind them is text.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  postmortem action add limit the agent to one call a minute
  postmortem action add --for C1 --owner jane --priority P1 --due 2025-01-31 roll out cluster by cluster")]
pub struct Add {
    /// What will be true when it is done
    #[arg(value_name = "TEXT", trailing_var_arg = true, required = true)]
    text: Vec<String>,

    /// What it does: prevent, detect, mitigate, repair, investigate or process
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<ActionKind>,

    /// The causes it answers; repeat it, or separate several with commas
    #[arg(long = "for", value_name = "ID", value_delimiter = ',')]
    causes: Vec<Key>,

    /// Who sees to it: a short name, a key of `people`
    #[arg(long, value_name = "NAME")]
    owner: Option<Key>,

    /// How urgent it is: P0 to P4
    #[arg(long, value_name = "PRIORITY", value_parser = priority)]
    priority: Option<Priority>,

    /// The day by which it is to be done, such as 2025-01-31
    #[arg(long, value_name = "DAY")]
    due: Option<Day>,

    /// Where it is tracked: an address
    #[arg(long, value_name = "URL")]
    ticket: Option<String>,

    /// Keep it out of everything public
    #[arg(long)]
    internal: bool,

    #[command(flatten)]
    which: Which,
}

impl Add {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let text = words::joined::<Self>(&self.text, "action add", surroundings)?;
        let record = Record::open_for(&text, &self.which, surroundings)?;
        words::not_too_long(&text)?;
        let sentence = words::sentence(&text).ok_or_else(|| {
            CommandError::new("the text is missing")
                .help("postmortem action add limit the agent to one call a minute")
        })?;
        words::mention_secrets(&text, surroundings);
        let mut id = None;
        let mut notes = Vec::new();
        let changed = record.change_or_tell(&text, &mut |postmortem| {
            let key = numbered::next("A", postmortem.actions.iter().map(|action| &action.id))?;
            let causes = cause::known(&self.causes, &postmortem.causes)?;
            id = Some(key.clone());
            notes = introduce(postmortem, &record.chosen.config, self.owner.as_ref(), &[]);
            postmortem.actions.push(Action {
                id: key,
                what: sentence.what.clone(),
                detail: sentence.detail.clone(),
                kind: self.kind,
                r#for: causes,
                owner: self.owner.clone(),
                priority: self.priority,
                due: self.due,
                status: ActionStatus::Open,
                done_on: None,
                outcome: None,
                reason: None,
                ticket: self.ticket.clone(),
                internal: self.internal,
            });
            Ok(())
        })?;
        surroundings.say(notes.concat());
        let mut actions = changed.postmortem.actions.iter();
        if let Some(action) = actions.find(|action| id.as_ref() == Some(&action.id)) {
            surroundings.say(format!("{}\n", super::line(action)));
        }
        Ok(Outcome::Fine)
    }
}

fn kind(word: &str) -> Result<ActionKind, String> {
    named(word, ActionKind::ALL, &[])
}

fn priority(word: &str) -> Result<Priority, String> {
    word.trim().to_uppercase().parse()
}
