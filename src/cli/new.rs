mod answer;
mod dialogue;
mod draft;
mod line;
mod resume;
mod severity_answers;
mod situation;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::model::Zone;

use super::prompt::{Prompt, TerminalPrompt};
use super::typed_time::TypedTime;
use super::{CommandError, Outcome, Surroundings};

use answer::{Answer, Question};
use dialogue::Dialogue;
use draft::Draft;
use situation::Situation;

pub use severity_answers::severity_answers;

/// Write an incident down: a title is enough, the rest can follow
///
/// Asks little and saves after every answer; Enter skips a question, and what has a flag is not
/// asked. The path of the new document is all that goes to stdout.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Times: 20m (ago), 14:32 (the last time it was), yesterday 23:50, 2024-12-11 15:16, with an offset \
too (2024-12-11T15:16-08:00), a day alone, unknown.

Examples:
  postmortem new
  postmortem new API answers with errors
  postmortem new \"API down\" --severity sev1 --service api,chatgpt --started 20m
  postmortem new --resume")]
pub struct New {
    /// What happened, in a line
    #[arg(value_name = "TITLE")]
    title: Vec<String>,

    /// What happened, as an option
    #[arg(long = "title", value_name = "TITLE", conflicts_with_all = ["title", "resume"])]
    titled: Option<String>,

    /// How bad it is: sev1 to sev5, or a level of postmortem.toml
    #[arg(long, value_name = "LEVEL")]
    severity: Option<String>,

    /// A service that is hit; repeat it, or separate several with commas
    #[arg(long, value_name = "NAME")]
    service: Vec<String>,

    /// Since when users are hit: 20m, 14:32, a date and a time, a day, or unknown
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    started: Option<String>,

    /// What is suspected
    #[arg(long, value_name = "TEXT")]
    cause: Option<String>,

    /// Two or three sentences for readers outside the team
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    /// Go on with a draft: asks only what it does not say yet
    #[arg(
        long,
        value_name = "ID",
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with = "title"
    )]
    resume: Option<String>,
}

impl New {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let mut terminal = TerminalPrompt {
            colour: surroundings.stderr_colour(),
        };
        let prompt = surroundings
            .can_ask()
            .then_some(&mut terminal as &mut dyn Prompt);
        self.run_with(surroundings, prompt)
    }

    /// Runs the command with somebody who answers, or nobody.
    fn run_with(
        &self,
        surroundings: &Surroundings,
        prompt: Option<&mut dyn Prompt>,
    ) -> Result<Outcome, CommandError> {
        let situation = Situation::of(surroundings)?;
        let mut dialogue = Dialogue {
            situation: &situation,
            prompt,
            zone: situation.zone,
            because: None,
        };
        let mut draft = match &self.resume {
            Some(named) => self.resumed(named, &mut dialogue)?,
            None => self.begun(&mut dialogue)?,
        };
        dialogue.zone = draft.zone();
        for question in Question::ALL {
            if draft.says(question) {
                continue;
            }
            match dialogue.ask(question) {
                Ok(Some(answer)) => draft.add(&answer)?,
                Ok(None) => {}
                Err(error) => return Err(error.into_command_error(Some(&draft))),
            }
        }
        draft.tell(dialogue.because.as_deref())?;
        Ok(Outcome::Fine)
    }

    /// A new draft, saved with all that flags say.
    fn begun<'s>(&self, dialogue: &mut Dialogue<'s, '_>) -> Result<Draft<'s>, CommandError> {
        let situation = dialogue.situation;
        // Whatever is wrong with a flag is said before anything is asked.
        let (answers, day) = self.flags(situation, situation.zone)?;
        let titled: Vec<String> = self.titled.iter().cloned().collect();
        let words = if titled.is_empty() {
            &self.title
        } else {
            &titled
        };
        let title = match (&words[..], &dialogue.prompt) {
            ([], None) => return Err(nobody_to_ask(self)),
            ([], Some(_)) => match dialogue.title() {
                Ok(title) => title,
                Err(error) => return Err(error.into_command_error(None)),
            },
            (words, _) => line::title(&words.join(" "))?,
        };
        Draft::create(situation, &title, day, &answers)
    }

    /// A draft of another time, with what flags add.
    fn resumed<'s>(
        &self,
        named: &str,
        dialogue: &mut Dialogue<'s, '_>,
    ) -> Result<Draft<'s>, CommandError> {
        let situation = dialogue.situation;
        let id = match named {
            "" => resume::only_draft(situation, dialogue)?,
            named => resume::named(situation, named)?,
        };
        let mut draft = Draft::open(situation, id)?;
        let (answers, _) = self.flags(situation, draft.zone())?;
        for answer in &answers {
            draft.refuse_if_said(answer)?;
        }
        for answer in &answers {
            draft.add(answer)?;
        }
        Ok(draft)
    }

    /// What flags say, checked; and the day of the start, today where it is not given.
    fn flags(
        &self,
        situation: &Situation<'_>,
        zone: Zone,
    ) -> Result<(Vec<Answer>, NaiveDate), CommandError> {
        let mut answers = Vec::new();
        let mut day = situation.now.with_timezone(&zone.tz()).date_naive();
        if let Some(name) = &self.severity {
            answers.push(Answer::Severity(situation.severity(name)?));
        }
        if !self.service.is_empty() {
            let services = line::services(&self.service.join(","))?;
            situation.mention_unknown(&services);
            answers.push(Answer::Services(services));
        }
        if let Some(typed) = &self.started {
            let (at, said) = situation.started(typed, zone)?;
            day = said.as_ref().map_or(day, TypedTime::day);
            answers.push(Answer::Started {
                at,
                said: said.map(|said| said.to_string()),
                what: None,
            });
        }
        if let Some(text) = &self.cause {
            answers.push(Answer::Cause(line::sentence("--cause", text)?));
        }
        if let Some(text) = &self.summary {
            answers.push(Answer::Summary(line::prose("--summary", text)?));
        }
        Ok((answers, day))
    }
}

fn nobody_to_ask(given: &New) -> CommandError {
    let mut flags = Vec::new();
    for (is_missing, flag) in [
        (given.severity.is_none(), "--severity sev2"),
        (given.service.is_empty(), "--service api"),
        (given.started.is_none(), "--started 20m"),
        (given.cause.is_none(), "--cause TEXT"),
        (given.summary.is_none(), "--summary TEXT"),
    ] {
        if is_missing {
            flags.push(flag);
        }
    }
    let error = CommandError::new("a title is missing, and there is nobody to ask")
        .help("postmortem new \"API answers with errors\"");
    match flags.is_empty() {
        true => error,
        false => error.help(format!(
            "only the title is required; these may be added: {}",
            flags.join(" ")
        )),
    }
}
