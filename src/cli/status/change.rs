use crate::cli::chosen::Which;
use crate::cli::record::Record;
use crate::cli::{CommandError, Outcome, Surroundings, echo, log, shell, words};
use crate::model::{At, Event, EventKind, Postmortem, Status};

use super::milestone::{has, is_whole, milestone_of};

/// A new state of the incident, with what is said of it.
pub struct StatusChange<'a> {
    /// How far it is now.
    pub status: Status,
    /// What happened, in words; a plain sentence where nothing is said.
    pub text: String,
    /// The same as it stood on the command line.
    pub words: &'a [String],
    /// When that was, as it was typed; now where nothing is said.
    pub time: Option<&'a str>,
}

impl StatusChange<'_> {
    /// Changes the state and writes down the milestone that it stands for, where there is none yet.
    pub fn run(
        mut self,
        which: &Which,
        surroundings: &Surroundings,
    ) -> Result<Outcome, CommandError> {
        let record = Record::open_for(&self.text, which, surroundings)?;
        words::not_too_long(&self.text)?;
        words::mention_secrets(&self.text, surroundings);
        let command = format!("status {}", self.status);
        let timed = log::timed(self.time, self.words, &command, &record)?;
        self.text = timed.text;
        let at = match &timed.time {
            Some(typed) => log::time(typed, false, &record, &self.text)?,
            None => log::now(&record),
        };
        let mut before = None;
        let (changed, events) = record
            .log(&mut |postmortem| {
                let event = self.event(postmortem, &at);
                if let (None, Some(typed)) = (&event, &timed.time) {
                    return Err(self.not_at(typed, postmortem));
                }
                before = Some(postmortem.status);
                postmortem.status = self.status;
                Ok(event.into_iter().collect())
            })
            .map_err(|unchanged| record.told(unchanged, &self.text))?;
        let was = match before {
            Some(before) if before == self.status => "   as before".to_owned(),
            Some(before) => format!("   was {before}"),
            None => String::new(),
        };
        surroundings.say(format!("status: {}{was}\n", self.status));
        for event in &events {
            let line = echo::event(event, record.now, record.zone);
            surroundings.say(format!("{line}\n"));
        }
        if self.status == Status::Resolved && changed.is_written {
            surroundings.say("Next: postmortem fill   (asks for what a review will want)\n");
        }
        Ok(Outcome::Fine)
    }

    /// Why a time without words changes nothing.
    fn not_at(&self, typed: &str, postmortem: &Postmortem) -> CommandError {
        let typed = shell::quoted(typed);
        let Some((kind, _)) = self.milestone() else {
            return CommandError::new(format!("nothing is said of {typed}; nothing was changed"))
                .help(format!("postmortem status {} -t {typed} TEXT", self.status));
        };
        let mut timeline = postmortem.timeline.iter();
        let there = timeline.find(|event| is_whole(event, kind));
        let at = there.map_or_else(String::new, |event| event.at.to_string());
        CommandError::new(format!(
            "the timeline has `{kind}` at {at} already; nothing was changed"
        ))
        .help("change its `at` in the file: postmortem edit")
        .help("if you logged it last: postmortem log --undo, then the same command again")
    }

    /// The milestone that the state stands for, and how it is said plainly.
    fn milestone(&self) -> Option<(EventKind, &'static str)> {
        let kind = milestone_of(self.status)?;
        let plain = match kind {
            EventKind::Identified => "What is wrong is known.",
            EventKind::Mitigated => "Most users are well again.",
            _ => "All users are well again.",
        };
        Some((kind, plain))
    }

    /// What goes into the timeline: the milestone, or a note where that is there already.
    fn event(&self, postmortem: &Postmortem, at: &At) -> Option<Event> {
        let milestone = self.milestone();
        let milestone = milestone.filter(|(kind, _)| !has(postmortem, *kind));
        let said = words::sentence(&self.text);
        let kind = milestone.map_or(EventKind::Note, |(kind, _)| kind);
        let (what, detail) = match (said, milestone) {
            (Some(said), _) => (said.what, said.detail),
            (None, Some((_, plain))) => (plain.to_owned(), None),
            (None, None) => return None,
        };
        let mut event = Event::new(at.clone(), kind, what);
        event.detail = detail;
        Some(event)
    }
}
