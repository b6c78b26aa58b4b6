use std::fmt::Write;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::cli::CommandError;
use crate::document::Document;
use crate::model::{IncidentId, MODELINE, Postmortem, Zone};
use crate::store::Store;
use crate::text::{Source, slug};
use crate::yaml;

use super::answer::{Answer, Question};
use super::dialogue::suggested;
use super::insertion;
use super::situation::Situation;

/// The document of a new incident, on disk from its title on.
pub struct Draft<'s> {
    situation: &'s Situation<'s>,
    id: IncidentId,
    file: PathBuf,
    /// The document as it was when it was last read or written.
    postmortem: Postmortem,
    started: Option<String>,
    is_new: bool,
}

/// How often a file may be changed by somebody else while it is written.
const MOST_RACES: usize = 5;

impl<'s> Draft<'s> {
    /// Writes a new document with a title and the answers that are known already.
    pub fn create(
        situation: &'s Situation<'s>,
        title: &str,
        day: NaiveDate,
        answers: &[Answer],
    ) -> Result<Self, CommandError> {
        let document = |id: &IncidentId| {
            let mut postmortem = Postmortem::new(id.clone(), title);
            postmortem.timezone = Some(situation.zone);
            for answer in answers {
                answer.apply(&mut postmortem);
            }
            postmortem
        };
        // Whatever keeps it from being saved, what was typed is shown.
        let unsaved = |error: CommandError| {
            let typed = IncidentId::new(day, &slug(title))
                .and_then(|id| text_of(&document(&id)))
                .unwrap_or_else(|_| title.to_owned());
            error.typed(typed)
        };
        let placeholder = IncidentId::new(day, &slug(title)).map_err(CommandError::new)?;
        text_of(&document(&placeholder)).map_err(CommandError::new)?;
        let made = situation
            .store
            .make_folder()
            .map_err(|error| unsaved(situation.failed(&error)))?;
        if made {
            let shown = situation.surroundings.shown(situation.store.folder());
            situation
                .surroundings
                .say(format!("Created {}/\n", shown.display()));
        }
        let id = situation
            .store
            .add(day, &slug(title), |id| {
                text_of(&document(id)).unwrap_or_default()
            })
            .map_err(|error| unsaved(situation.failed(&error)))?;
        if id != placeholder {
            let there = situation.store.file_of(&placeholder);
            let shown = situation.surroundings.shown(&there);
            situation.surroundings.say(format!(
                "note: there is already {}; to go on with it: postmortem new --resume {placeholder}\n",
                shown.display()
            ));
        }
        let started = answers.iter().find_map(|answer| match answer {
            Answer::Started { said, .. } => said.clone(),
            _ => None,
        });
        Ok(Self {
            file: situation.store.file_of(&id),
            postmortem: document(&id),
            situation,
            id,
            started,
            is_new: true,
        })
    }

    /// Opens a document that exists.
    pub fn open(situation: &'s Situation<'s>, id: IncidentId) -> Result<Self, CommandError> {
        let file = situation.store.file_of(&id);
        let text = Store::read(&file).map_err(|error| situation.failed(&error))?;
        let shown = situation.surroundings.shown(&file).display().to_string();
        let postmortem = whole(&shown, &text).ok_or_else(|| {
            CommandError::new(format!("`{shown}` cannot be read as a document"))
                .help(format!("postmortem lint {shown}"))
        })?;
        Ok(Self {
            situation,
            id,
            file,
            postmortem,
            started: None,
            is_new: false,
        })
    }

    /// The incident's id.
    pub fn id(&self) -> &IncidentId {
        &self.id
    }

    /// The file as people want to see it.
    pub fn shown(&self) -> String {
        let shown = self.situation.surroundings.shown(&self.file);
        shown.display().to_string()
    }

    /// The zone in which its times are typed.
    pub fn zone(&self) -> Zone {
        self.postmortem.timezone.unwrap_or(self.situation.zone)
    }

    /// Whether the document answers a question.
    pub fn says(&self, question: Question) -> bool {
        question.is_answered(&self.postmortem)
    }

    /// Fails where a flag would change what the document says already.
    pub fn refuse_if_said(&self, answer: &Answer) -> Result<(), CommandError> {
        let question = answer.question();
        if !self.says(question) {
            return Ok(());
        }
        Err(CommandError::new(format!(
            "`{}` says already what {} would add",
            self.shown(),
            question.flag()
        ))
        .help(format!("change `{}` in the file", question.key())))
    }

    /// Saves an answer.
    ///
    /// A file that is as the tool writes it is written anew. In any other somebody has been at work:
    /// the answer is put in with no other byte changed, or the file is left alone.
    pub fn add(&mut self, answer: &Answer) -> Result<(), CommandError> {
        let question = answer.question();
        for _ in 0..MOST_RACES {
            let old = Store::read(&self.file).map_err(|error| self.unsaved(answer, &error.why))?;
            let Some(before) = whole(&self.shown(), &old) else {
                return Err(self.unsaved(answer, "was changed and cannot be read any more"));
            };
            if question.is_answered(&before) {
                self.situation.surroundings.say(format!(
                    "note: {} says already `{}`; your answer was not added\n",
                    self.shown(),
                    question.key()
                ));
                self.postmortem = before;
                return Ok(());
            }
            let mut after = before.clone();
            answer.apply(&mut after);
            let new = if text_of(&before).as_deref() == Ok(old.as_str()) {
                text_of(&after).ok()
            } else {
                self.block_of(answer)
                    .and_then(|block| insertion::insert(&old, question, &block))
            };
            let new = new.filter(|new| whole(&self.shown(), new).as_ref() == Some(&after));
            let Some(new) = new else {
                return Err(self.unsaved(answer, "was changed, and has no plain place for this"));
            };
            let saved =
                Store::exchange(&self.file, &old, &new).map_err(|error| match error.is_done {
                    true => self.situation.failed(&error),
                    false => self.unsaved(answer, &error.why),
                })?;
            if saved {
                self.postmortem = after;
                if let Answer::Started { said, .. } = answer {
                    self.started.clone_from(said);
                }
                return Ok(());
            }
        }
        Err(self.unsaved(answer, "is being changed all the time"))
    }

    /// Says on stderr what was understood and what to do next, and prints the path on stdout.
    pub fn tell(&self, because: Option<&str>) -> Result<(), CommandError> {
        let shown = self.shown();
        let mut said = format!("\nSaved {shown}");
        if let Some(severity) = &self.postmortem.severity {
            let _ = write!(said, "   {}", suggested(severity, because));
        }
        said.push('\n');
        if let Some(started) = &self.started {
            let _ = writeln!(said, "Started {started}");
        }
        let open: Vec<&str> = Question::ALL
            .into_iter()
            .filter(|question| !self.says(*question))
            .map(Question::word)
            .collect();
        if !open.is_empty() {
            let _ = writeln!(
                said,
                "Not said yet: {}   postmortem new --resume {}",
                open.join(", "),
                self.id
            );
        }
        let _ = writeln!(said, "Next: postmortem lint {shown}");
        let _ = writeln!(said, "      postmortem render {shown} -o {}.html", self.id);
        if self.is_new && !self.situation.has_schema() {
            said.push_str("      postmortem init   (checks in your editor)\n");
        }
        self.situation
            .surroundings
            .say(crate::text::printable(&said));
        self.situation.surroundings.print(format!("{shown}\n"))
    }

    /// The lines of a document that hold this answer and nothing else.
    fn block_of(&self, answer: &Answer) -> Option<String> {
        let mut alone = Postmortem::new(self.id.clone(), &self.postmortem.title);
        answer.apply(&mut alone);
        insertion::block(&text_of(&alone).ok()?, answer.question().key())
    }

    fn unsaved(&self, answer: &Answer, why: &str) -> CommandError {
        let typed = self.block_of(answer).unwrap_or_default();
        let kept = match self.is_new {
            true => "earlier answers are in it",
            false => "it is as it was",
        };
        CommandError::new(format!("`{}` {why}; {kept}", self.shown()))
            .help(format!(
                "put this into the file, then go on with: postmortem new --resume {}",
                self.id
            ))
            .typed(typed)
    }
}

/// A document as the tool writes it.
pub fn text_of(postmortem: &Postmortem) -> Result<String, String> {
    Ok(format!("{MODELINE}\n{}", yaml::write(postmortem)?))
}

/// What a text says, where nothing of it had to be left out.
pub fn whole(name: &str, text: &str) -> Option<Postmortem> {
    let reading = Document::read(Source::new(name, text));
    if !reading.is_whole() {
        return None;
    }
    Some(reading.document?.postmortem().clone())
}
