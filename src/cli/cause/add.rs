use crate::cli::chosen::Which;
use crate::cli::named::named;
use crate::cli::record::Record;
use crate::cli::{CommandError, Outcome, Surroundings, numbered, words};
use crate::config::Config;
use crate::model::{Category, Cause, CauseRole, CauseState, Key, TextItem};
use crate::text::{nearest, printable_line};

/// Write down a cause: suspected, until it is confirmed or ruled out
///
/// Options come first, everything behind them is text.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Categories: config-change, deployment, software-bug, design, testing, infrastructure, capacity, hardware,
network, dependency, data, security, process, expiry, unknown, and those of postmortem.toml

Examples:
  postmortem cause add rollout of the telemetry agent
  postmortem cause add --category config-change --because C1 nobody saw the load in staging")]
pub struct Add {
    /// What it is, as a sentence about the system
    #[arg(value_name = "TEXT", trailing_var_arg = true, required = true)]
    text: Vec<String>,

    /// What part it had: trigger, root, contributing or prolonged
    #[arg(long, value_name = "ROLE", value_parser = role)]
    role: Option<CauseRole>,

    /// Where it belongs, such as config-change
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,

    /// The causes it explains, which were possible because of it; repeat it, or use commas
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    explains: Vec<Key>,

    /// The causes behind it, because of which it was possible; repeat it, or use commas
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    because: Vec<Key>,

    /// What shows it: an address, a link's id, or a text; may be repeated
    #[arg(long, value_name = "EVIDENCE")]
    evidence: Vec<String>,

    /// It is known to be a cause, and no suspicion any more
    #[arg(long)]
    confirmed: bool,

    /// Keep it out of everything public
    #[arg(long)]
    internal: bool,

    #[command(flatten)]
    which: Which,
}

impl Add {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let text = words::joined::<Self>(&self.text, "cause add", surroundings)?;
        let record = Record::open_for(&text, &self.which, surroundings)?;
        words::not_too_long(&text)?;
        let sentence = words::sentence(&text).ok_or_else(|| {
            CommandError::new("the text is missing")
                .help("postmortem cause add rollout of the telemetry agent")
        })?;
        words::mention_secrets(&text, surroundings);
        let category = match &self.category {
            Some(word) => {
                let category = category(word, &record.chosen.config);
                Some(category.map_err(|error| error.typed(text.as_str()))?)
            }
            None => None,
        };
        let mut id = None;
        let changed = record.change_or_tell(&text, &mut |postmortem| {
            let key = numbered::next("C", postmortem.causes.iter().map(|cause| &cause.id))?;
            let because = known(&self.because, &postmortem.causes)?;
            let explains = known(&self.explains, &postmortem.causes)?;
            for cause in &mut postmortem.causes {
                if explains.contains(&cause.id) {
                    cause.because.push(key.clone());
                }
            }
            id = Some(key.clone());
            postmortem.causes.push(Cause {
                id: key,
                role: self.role,
                state: match self.confirmed {
                    true => CauseState::Confirmed,
                    false => CauseState::Suspected,
                },
                category: category.clone(),
                what: sentence.what.clone(),
                detail: sentence.detail.clone(),
                because,
                evidence: self
                    .evidence
                    .iter()
                    .map(|text| TextItem::from(text.trim()))
                    .collect(),
                accepted: None,
                internal: self.internal,
            });
            Ok(())
        })?;
        if let Some(cause) = changed
            .postmortem
            .causes
            .iter()
            .find(|cause| id.as_ref() == Some(&cause.id))
        {
            surroundings.say(format!("{}\n", super::line(cause)));
        }
        Ok(Outcome::Fine)
    }
}

/// A category, as the configuration knows it.
fn category(word: &str, config: &Config) -> Result<Category, CommandError> {
    let word = word.trim();
    let category = Category(word.to_owned());
    if config.knows_category(&category) {
        return Ok(category);
    }
    let known = Category::USUAL
        .into_iter()
        .chain([Category::UNKNOWN])
        .chain(config.categories.iter().map(String::as_str));
    let error = CommandError::new(format!("there is no category `{}`", printable_line(word)));
    let begun = known.clone().find(|known| known.starts_with(word));
    Err(match begun.or_else(|| nearest(word, known.clone())) {
        Some(meant) => error.help(format!("did you mean `{meant}`?")),
        None => error.help(format!("they are {}", known.collect::<Vec<_>>().join(", "))),
    })
}

/// The ids of the causes that are named, in whatever case; fails where there is no such cause.
pub fn known(named: &[Key], causes: &[Cause]) -> Result<Vec<Key>, CommandError> {
    let ids = named.iter().map(|id| {
        let mut ids = causes.iter().map(|cause| &cause.id);
        let exact = ids.clone().find(|known| *known == id);
        let known = exact.or_else(|| ids.find(|known| is_same(known, id)));
        known.cloned().ok_or_else(|| super::unknown(id, causes))
    });
    ids.collect()
}

fn is_same(a: &Key, b: &Key) -> bool {
    a.as_str().eq_ignore_ascii_case(b.as_str())
}

fn role(word: &str) -> Result<CauseRole, String> {
    named(word, CauseRole::ALL, &[])
}
