mod answer;
mod ask;
mod asker;
mod causes;
mod figure;
mod gaps;
mod listing;
mod question;
mod tasks;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use clap::ValueEnum;

use crate::diagnostic::{Diagnostic, Level};
use crate::document::Document;
use crate::model::Stage;
use crate::text::printable_line;

use super::checks::Checks;
use super::chosen::Which;
use super::prompt::{Prompt, PromptError, TerminalPrompt};
use super::record::Record;
use super::{CommandError, Outcome, Surroundings};

use asker::Asker;
use listing::Listing;
use question::Question;

/// Answer what is still missing in a document, question by question
///
/// Asks only for what the linter misses; a draft is asked for what a review will want. Every answer is
/// saved at once, Enter skips a question.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  postmortem fill
  postmortem fill --stage published
  postmortem fill --list")]
pub struct Fill {
    /// Ask for what a document of this stage must say: draft, in-review, reviewed or published
    #[arg(long, value_name = "STAGE", value_parser = stage)]
    stage: Option<Stage>,

    /// Print the open questions, and ask none
    #[arg(long)]
    list: bool,

    /// How the list is written
    #[arg(long, value_enum, default_value_t, requires = "list")]
    format: Output,

    #[command(flatten)]
    which: Which,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Output {
    /// A question a line
    #[default]
    Text,
    /// One object, versioned
    Json,
}

/// A document, and what the linter misses in it.
struct Look {
    document: Document,
    findings: Vec<Diagnostic>,
    /// The stage at which it was linted.
    stage: Stage,
}

impl Fill {
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

    fn run_with(
        &self,
        surroundings: &Surroundings,
        prompt: Option<&mut dyn Prompt>,
    ) -> Result<Outcome, CommandError> {
        let record = Record::of(self.which.find_or_newest(surroundings)?, surroundings)?;
        if self.list {
            let look = self.look(&record)?;
            let listing = Listing::of(&look, &record);
            surroundings.print(match self.format {
                Output::Text => listing.text(),
                Output::Json => listing.json()?,
            })?;
            return Ok(Outcome::Fine);
        }
        let Some(prompt) = prompt else {
            return Err(nobody_to_ask(&record, &self.look(&record)?));
        };
        // What waits in the journal may answer a question.
        record.change_or_tell("", &mut |_| Ok(()))?;
        self.dialogue(record, prompt)
    }

    /// Asks until nothing is left that was not asked yet.
    fn dialogue(
        &self,
        record: Record<'_>,
        prompt: &mut dyn Prompt,
    ) -> Result<Outcome, CommandError> {
        let surroundings = record.surroundings;
        let mut asked: Vec<Question> = Vec::new();
        let mut next: VecDeque<Question> = VecDeque::new();
        let mut answered: Vec<Question> = Vec::new();
        let mut kept = 0_usize;
        let mut is_begun = false;
        loop {
            // Others are at work, and the clock moves on.
            let record = Record::of(record.chosen.clone(), surroundings)?;
            let look = self.look(&record)?;
            let open = look.open(&asked);
            if !is_begun && !open.is_empty() {
                is_begun = true;
                surroundings.say(introduction(&record, &look, open.len()));
            }
            let Some(question) = next.pop_front().or_else(|| open.first().cloned()) else {
                surroundings.say(end(&record, &look, kept, &answered));
                return Ok(Outcome::Fine);
            };
            asked.push(question.clone());
            let answer = question.ask(&mut Asker {
                record: &record,
                postmortem: look.document.postmortem(),
                prompt: &mut *prompt,
            });
            let mut answer = match answer {
                Ok(Some(answer)) => answer,
                Ok(None) => continue,
                Err(error) => return Err(interrupted(error, &record, kept)),
            };
            let changed = record.change_or_tell(&answer.typed, &mut answer.change)?;
            answered.push(question);
            kept += usize::from(changed.is_written);
            if !changed.is_written {
                surroundings.say(format!(
                    "note: {} says so already\n",
                    printable_line(record.shown())
                ));
            } else if let Some(said) = &answer.said {
                surroundings.say(format!("  {}\n", printable_line(said)));
            }
            next.extend(answer.then);
        }
    }

    /// Reads the document and lints it as one of the stage that is asked for.
    fn look(&self, record: &Record<'_>) -> Result<Look, CommandError> {
        let chosen = &record.chosen;
        let reading = chosen.input().read()?;
        let stage = match (&reading.document, self.stage) {
            (_, Some(stage)) => stage,
            (Some(document), None) => match document.postmortem().stage {
                Stage::Draft => Stage::InReview,
                stage => stage,
            },
            (None, None) => Stage::InReview,
        };
        let is_whole = reading.is_whole();
        let (reading, findings) = Checks::of(record)?.findings_at(stage, reading);
        match reading.document {
            Some(document) if is_whole => Ok(Look {
                document,
                findings,
                stage,
            }),
            _ => Err(CommandError::new(format!(
                "`{}` does not read, so nothing can be asked about it",
                chosen.shown
            ))
            .help(format!("postmortem lint {}", chosen.shown))
            .help("postmortem edit opens it at the first mistake")),
        }
    }
}

impl Look {
    /// The questions that were not asked yet.
    fn open(&self, asked: &[Question]) -> Vec<Question> {
        let questions = gaps::questions(&self.document, &self.findings);
        let questions = questions.into_iter().map(|(question, _)| question);
        questions
            .filter(|question| !asked.contains(question))
            .collect()
    }

    /// The findings that no question heals.
    fn unasked(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings
            .iter()
            .filter(|finding| gaps::has_no_question(&self.document, finding))
    }

    fn line_of(&self, finding: &Diagnostic) -> usize {
        self.document
            .source()
            .position(finding.place.span.start)
            .line
    }
}

fn introduction(record: &Record<'_>, look: &Look, open: usize) -> String {
    let questions = match open {
        1 => "1 question".to_owned(),
        open => format!("{open} questions"),
    };
    let stage = match look.stage {
        Stage::InReview => "that a review asks".to_owned(),
        stage => format!("of the stage `{stage}`"),
    };
    let file = printable_line(record.shown());
    format!("{file}\n{questions} {stage}; Enter skips one\n")
}

/// More than these are not listed.
const MOST_LISTED: usize = 8;

/// What was saved, and what is left.
fn end(record: &Record<'_>, look: &Look, kept: usize, answered: &[Question]) -> String {
    let file = printable_line(record.shown());
    let skipped = look.open(answered).len();
    let left: Vec<&Diagnostic> = look
        .unasked()
        .filter(|finding| finding.level != Level::Info)
        .collect();
    let mut said = match kept {
        0 if skipped == 0 && left.is_empty() => return format!("{file}: nothing is missing\n"),
        0 => format!("{file} is as it was"),
        1 => format!("1 answer saved in {file}"),
        kept => format!("{kept} answers saved in {file}"),
    };
    match skipped {
        0 => said.push('\n'),
        1 => said.push_str("\n1 question is open\n"),
        open => said.push_str(&format!("\n{open} questions are open\n")),
    }
    if !left.is_empty() {
        said.push_str("Not asked, for an editor: postmortem edit\n");
    }
    for finding in left.iter().take(MOST_LISTED) {
        said.push_str(&format!(
            "  line {}: {}   {}\n",
            look.line_of(finding),
            printable_line(&finding.message),
            finding.rule
        ));
    }
    if let Some(more @ 1..) = left.len().checked_sub(MOST_LISTED) {
        said.push_str(&format!("  and {more} more\n"));
    }
    said.push_str(&format!("Next: postmortem lint {file}\n"));
    said
}

fn interrupted(error: PromptError, record: &Record<'_>, kept: usize) -> CommandError {
    let kept = match kept {
        0 => format!("{} is as it was", record.shown()),
        1 => format!("1 answer kept in {}", record.shown()),
        kept => format!("{kept} answers kept in {}", record.shown()),
    };
    error.ended(&kept)
}

fn nobody_to_ask(record: &Record<'_>, look: &Look) -> CommandError {
    let shown = record.shown();
    CommandError::new(match look.open(&[]).len() {
        1 => "1 question is open, and there is nobody to ask".to_owned(),
        open => format!("{open} questions are open, and there is nobody to ask"),
    })
    .help(format!("the questions: postmortem fill --list -i {shown}"))
    .help(format!("what is missing where: postmortem lint {shown}"))
    .help("answers as flags: postmortem log -t TIME -k resolved TEXT; cause confirm ID; action add --for ID --owner NAME TEXT")
}

fn stage(word: &str) -> Result<Stage, String> {
    word.parse()
}
