use chrono::{Days, NaiveDate};

use crate::cli::prompt::{Choice, Prompt, PromptError, TextQuestion};
use crate::cli::record::Record;
use crate::cli::typed_time::TypedTime;
use crate::cli::{CommandError, words};
use crate::model::{At, EventKind, Postmortem, Resolved, Times};
use crate::text::printable_line;

/// Puts one question, again until its answer can be used.
pub struct Asker<'a, 'p> {
    /// The document's file, its configuration, clock and zone.
    pub record: &'a Record<'a>,
    /// What the document says.
    pub postmortem: &'a Postmortem,
    /// Who answers.
    pub prompt: &'a mut (dyn Prompt + 'p),
}

/// The first answer of every choice, so that Enter alone gives it.
const SKIP: &str = "Skip";

/// What is made of an answer: nothing where the question is skipped.
pub type Asked<T> = Result<Option<T>, PromptError>;

impl Asker<'_, '_> {
    /// Asks for a line, and makes something of it.
    pub fn line<T>(
        &mut self,
        question: &str,
        completions: &[String],
        check: impl Fn(&Self, &str) -> Result<T, CommandError>,
    ) -> Asked<T> {
        loop {
            let typed = self.prompt.text(&TextQuestion {
                words: question,
                initial: "",
                completions,
                takes_lines: true,
            })?;
            if typed.trim().is_empty() {
                return Ok(None);
            }
            match words::not_too_long(&typed).and_then(|()| check(self, &typed)) {
                Ok(answer) => {
                    words::mention_secrets(&typed, self.record.surroundings);
                    return Ok(Some(answer));
                }
                // The first line that was typed stands above.
                Err(error) => {
                    let error = match typed.trim().contains('\n') {
                        true => error.typed(typed),
                        false => error,
                    };
                    self.record.surroundings.say(error.text());
                }
            }
        }
    }

    /// Asks for one of several; the first is to skip.
    pub fn choose<T: Clone>(&mut self, question: &str, answers: &[(String, T)]) -> Asked<T> {
        let mut lines = vec![SKIP.to_owned()];
        lines.extend(answers.iter().map(|(words, _)| printable_line(words)));
        let chosen = self.prompt.choose(&Choice {
            words: question,
            answers: &lines,
            may_end: false,
        })?;
        let chosen = chosen.checked_sub(1).and_then(|chosen| answers.get(chosen));
        Ok(chosen.map(|(_, answer)| answer.clone()))
    }

    /// Reads a time. A clock time alone is one of the incident's own day, or of the night after it:
    /// whoever fills a record in need not do so on that day.
    pub fn time(&self, typed: &str, kind: EventKind) -> Result<(At, Option<String>), CommandError> {
        let typed = typed.trim();
        if typed.eq_ignore_ascii_case("unknown") {
            return Ok((At::Unknown, None));
        }
        let time = self.typed_time(typed, kind)?;
        Ok((At::Known(time.moment().clone()), Some(time.to_string())))
    }

    /// Reads a time that is known.
    pub fn typed_time(&self, typed: &str, kind: EventKind) -> Result<TypedTime, CommandError> {
        let (now, zone) = (self.record.now, self.record.zone);
        let parse = |typed: &str| TypedTime::parse(typed, now, zone);
        if is_clock(typed)
            && let Some(day) = self.day()
            && day < now.with_timezone(&zone.tz()).date_naive()
        {
            let start = Times::of(self.postmortem)
                .mark(EventKind::Started)
                .instant();
            let is_late_enough = |time: &TypedTime| {
                let instant = match time.moment().resolve(Some(zone)) {
                    Ok(Resolved::Instant(instant)) => instant,
                    _ => return true,
                };
                kind == EventKind::Started || start.is_none_or(|start| instant >= start)
            };
            let days = [Some(day), day.checked_add_days(Days::new(1))];
            let mut times = days
                .into_iter()
                .flatten()
                .filter_map(|day| parse(&format!("{day} {typed}")).ok());
            if let Some(time) = times.find(is_late_enough) {
                return Ok(time);
            }
        }
        parse(typed).map_err(|error| CommandError::new(error.message).help(error.help))
    }

    fn day(&self) -> Option<NaiveDate> {
        self.postmortem.id.date()
    }
}

/// Whether it is a clock time without a day: `15:13`, `3:13 pm`.
fn is_clock(typed: &str) -> bool {
    let hour = typed.split(':').next().unwrap_or(typed);
    hour.len() < typed.len()
        && matches!(hour.len(), 1 | 2)
        && hour.bytes().all(|b| b.is_ascii_digit())
}

/// A text in one piece.
pub fn whole(typed: &str) -> Result<String, CommandError> {
    let sentence = words::sentence(typed).ok_or_else(|| CommandError::new("it says nothing"))?;
    Ok(sentence.detail.unwrap_or(sentence.what))
}
