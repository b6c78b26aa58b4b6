use crate::cli::CommandError;
use crate::cli::prompt::{Choice, Prompt, PromptError, TextQuestion};
use crate::model::Zone;
use crate::text::printable_line;

use super::answer::{Answer, Question};
use super::draft::Draft;
use super::line;
use super::severity_answers::{mid_sentence, severity_answers};
use super::situation::Situation;

/// Asks the questions of `new`, again until an answer can be used.
pub struct Dialogue<'s, 'p> {
    /// When and where it is.
    pub situation: &'s Situation<'s>,
    /// Who answers; nobody, where nothing is asked.
    pub prompt: Option<&'p mut (dyn Prompt + 'p)>,
    /// The zone in which times are typed.
    pub zone: Zone,
    /// What users cannot do, once that was answered.
    pub because: Option<String>,
}

/// The answer for whoever does not know yet; it is first, so that Enter alone gives it.
const NOT_KNOWN: &str = "Not known yet";

impl Dialogue<'_, '_> {
    /// Asks for the title; this question alone cannot be skipped.
    pub fn title(&mut self) -> Result<String, PromptError> {
        let check = |_: &Situation<'_>, typed: &str| Ok(Some(line::title(typed)?));
        self.line("Title", &[], check)?
            .ok_or_else(|| PromptError::Terminal(std::io::ErrorKind::NotConnected.into()))
    }

    /// Asks a question; nothing where it is skipped or there is nobody to ask.
    pub fn ask(&mut self, question: Question) -> Result<Option<Answer>, PromptError> {
        let services = &self.situation.config.services;
        match question {
            Question::Severity => self.severity(),
            Question::Services => {
                let words = match services.is_empty() {
                    true => "Services (comma)",
                    false => "Services (comma, Tab completes)",
                };
                self.line(words, services, |situation, typed| {
                    if typed.trim().is_empty() {
                        return Ok(None);
                    }
                    let services = line::services(typed)?;
                    situation.mention_unknown(&services);
                    Ok(Some(Answer::Services(services)))
                })
            }
            Question::Started => {
                let zone = self.zone;
                let what = self.because.as_ref().map(|because| format!("{because}."));
                self.line("Since when? (20m, 14:32)", &[], |situation, typed| {
                    if typed.trim().is_empty() {
                        return Ok(None);
                    }
                    let (at, said) = situation.started(typed, zone)?;
                    Ok(Some(Answer::Started {
                        at,
                        said: said.map(|said| said.to_string()),
                        what: what.clone(),
                    }))
                })
            }
            Question::Cause => self.line("Suspected cause, if any", &[], |_, typed| {
                if typed.trim().is_empty() {
                    return Ok(None);
                }
                Ok(Some(Answer::Cause(line::sentence("the cause", typed)?)))
            }),
            Question::Summary => Ok(None),
        }
    }

    /// Asks for one of several, by its index.
    pub fn pick(&mut self, words: &str, answers: &[String]) -> Result<Option<usize>, PromptError> {
        match &mut self.prompt {
            Some(prompt) => prompt
                .choose(&Choice {
                    words,
                    answers,
                    may_end: false,
                })
                .map(Some),
            None => Ok(None),
        }
    }

    fn severity(&mut self) -> Result<Option<Answer>, PromptError> {
        let answers = severity_answers(&self.situation.config.severities);
        let mut lines = vec![NOT_KNOWN.to_owned()];
        lines.extend(answers.iter().map(|answer| printable_line(&answer.words)));
        let chosen = self.pick("What can users not do?", &lines)?;
        let chosen = chosen.and_then(|chosen| answers.get(chosen.checked_sub(1)?));
        Ok(chosen.map(|answer| {
            self.because = Some(answer.words.clone());
            Answer::Severity(answer.severity.clone())
        }))
    }

    fn line<T>(
        &mut self,
        words: &str,
        completions: &[String],
        check: impl Fn(&Situation<'_>, &str) -> Result<Option<T>, CommandError>,
    ) -> Result<Option<T>, PromptError> {
        let Some(prompt) = &mut self.prompt else {
            return Ok(None);
        };
        loop {
            let typed = prompt.text(&TextQuestion {
                words,
                initial: "",
                completions,
                takes_lines: false,
            })?;
            match check(self.situation, &typed) {
                Ok(answer) => return Ok(answer),
                // What was typed stands above.
                Err(error) => self.situation.surroundings.say(error.text()),
            }
        }
    }
}

/// The words in which a severity is explained: `sev1, because a core function is down`.
pub fn suggested(severity: &str, because: Option<&str>) -> String {
    match because {
        Some(because) => format!("{severity}, because {}", mid_sentence(because)),
        None => severity.to_owned(),
    }
}

impl PromptError {
    /// The end of the command, with what was kept.
    pub fn into_command_error(self, draft: Option<&Draft<'_>>) -> CommandError {
        let kept = match draft {
            Some(draft) => format!("kept {}", draft.shown()),
            None => "nothing was saved yet".to_owned(),
        };
        let error = match (self, draft) {
            // There is no draft to go on with.
            (Self::End, None) => Self::Signal(2).ended(&kept),
            (error, _) => error.ended(&kept),
        };
        match draft {
            Some(draft) => error.help(format!(
                "go on with: postmortem new --resume {}",
                draft.id()
            )),
            None => error,
        }
    }
}
