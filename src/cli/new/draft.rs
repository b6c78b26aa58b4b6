use std::fmt::Write;

use chrono::NaiveDate;

use crate::cli::CommandError;
use crate::cli::chosen::Chosen;
use crate::cli::record::{Record, Unchanged};
use crate::document::Document;
use crate::model::{IncidentId, MODELINE, Postmortem, Zone};
use crate::store::Store;
use crate::text::{Source, slug};
use crate::yaml;

use super::answer::{Answer, Question};
use super::dialogue::suggested;
use super::situation::Situation;

/// The document of a new incident, on disk from its title on.
pub struct Draft<'s> {
    situation: &'s Situation<'s>,
    id: IncidentId,
    record: Record<'s>,
    /// The document as it was when it was last read or written.
    postmortem: Postmortem,
    started: Option<String>,
    is_new: bool,
}

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
            record: record(situation, &id)?,
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
            record: record(situation, &id)?,
            situation,
            id,
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
    pub fn shown(&self) -> &str {
        self.record.shown()
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

    /// Saves an answer, with no byte of the file changed besides.
    pub fn add(&mut self, answer: &Answer) -> Result<(), CommandError> {
        let question = answer.question();
        let mut is_said = false;
        let changed = self.record.change(&mut |postmortem| {
            is_said = question.is_answered(postmortem);
            if !is_said {
                answer.apply(postmortem);
            }
            Ok(())
        });
        self.postmortem = match changed {
            Ok(changed) => changed.postmortem,
            Err(unchanged) => return Err(self.unsaved(answer, unchanged)),
        };
        if is_said {
            self.situation.surroundings.say(format!(
                "note: {} says already `{}`; your answer was not added\n",
                self.shown(),
                question.key()
            ));
        } else if let Answer::Started { said, .. } = answer {
            self.started.clone_from(said);
        }
        Ok(())
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
        said.push_str(
            "Next: postmortem log TEXT        postmortem comms TEXT        postmortem status\n",
        );
        if self.is_new && !self.situation.has_schema() {
            said.push_str("      postmortem init   (checks in your editor)\n");
        }
        self.situation
            .surroundings
            .say(crate::text::printable(&said));
        self.situation.surroundings.print(format!("{shown}\n"))
    }

    /// The lines that the answer adds to a document that says nothing else.
    fn lines_of(&self, answer: &Answer) -> Option<String> {
        let bare = Postmortem::new(self.id.clone(), &self.postmortem.title);
        let mut wanted = bare.clone();
        answer.apply(&mut wanted);
        let reading = Document::read(Source::new("", text_of(&bare).ok()?));
        let edited = reading.document?.edit(&wanted).ok()?;
        let texts = edited.replacements.iter();
        let lines: String = texts.map(|replacement| replacement.text.as_str()).collect();
        Some(lines.trim_start_matches('\n').to_owned())
    }

    fn unsaved(&self, answer: &Answer, unchanged: Unchanged) -> CommandError {
        let typed = self.lines_of(answer).unwrap_or_default();
        let error = self.record.told(unchanged, &typed);
        let kept = match self.is_new {
            true => "earlier answers are in the file; ",
            false => "",
        };
        error.help(format!(
            "{kept}go on with: postmortem new --resume {}",
            self.id
        ))
    }
}

/// The document as commands change it.
fn record<'s>(situation: &'s Situation<'_>, id: &IncidentId) -> Result<Record<'s>, CommandError> {
    let file = situation.store.file_of(id);
    let chosen = Chosen {
        shown: situation.surroundings.shown(&file).display().to_string(),
        file,
        config: situation.config.clone(),
    };
    Record::of(chosen, situation.surroundings)
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
