use std::fmt;

use crate::diagnostic::Level;
use crate::model::Postmortem;
use crate::text::{Replacement, Source, replaced};
use crate::yaml::{self, NoPlace};

use super::{Document, Reading};

/// A text that says something else than before, with no byte changed that the change is not about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The new text.
    pub text: String,
    /// What was replaced in the old one, in order.
    pub replacements: Vec<Replacement>,
}

/// Why a text was not changed, and what could not be put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotEdited {
    /// What is in the way, in one line without a full stop.
    pub why: String,
    /// The line of the old text where it was to be, from 1.
    pub line: usize,
    /// What was to be added, as lines for the file.
    pub lines: String,
}

impl fmt::Display for NotEdited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for NotEdited {}

impl Document {
    /// Changes what the document says, and no byte of its text besides.
    ///
    /// Nothing is given unless both readers read from the new text exactly what was wanted, and every
    /// comment still belongs to what it belonged to. A document with mistakes of shape keeps just these;
    /// what could not be read of it stays as it is.
    pub fn edit(&self, wanted: &Postmortem) -> Result<Edited, NotEdited> {
        let text = self.source.text();
        let replacements = yaml::splice(&self.tree, text, &self.postmortem, wanted)
            .map_err(|no_place| self.no_place(&no_place))?;
        let refused = |why: String| self.refused(why, &replacements);
        let Some(new) = replaced(text, &replacements) else {
            return Err(refused("two changes meet in one place".to_owned()));
        };
        self.guard(&new, &replacements, wanted).map_err(refused)?;
        Ok(Edited {
            text: new,
            replacements,
        })
    }

    fn guard(
        &self,
        new: &str,
        replacements: &[Replacement],
        wanted: &Postmortem,
    ) -> Result<(), String> {
        // Each reader takes its time over a long document; nothing is shared but the text.
        let (reading, theirs) = std::thread::scope(|threads| {
            let read_as_others_do = || yaml::read_as_others_do::<Postmortem>(new).ok();
            let theirs = std::thread::Builder::new().spawn_scoped(threads, read_as_others_do);
            let reading = Self::read(Source::new(self.source.name(), new));
            let theirs = match theirs {
                Ok(theirs) => theirs.join().ok().flatten(),
                // The system has no thread to spare.
                Err(_) => read_as_others_do(),
            };
            (reading, theirs)
        });
        if !reading.is_whole() {
            // What was wrong before may stay so, but nothing may come to it.
            let before = Self::read(Source::new(self.source.name(), self.source.text()));
            let known = errors(&before);
            let found = errors(&reading);
            if known != found {
                let new = found.iter().find(|error| !known.contains(error));
                let (_, error) = new.copied().unwrap_or(("", "nothing is left"));
                return Err(format!("the file would not read any more: {error}"));
            }
        }
        let read = reading.document;
        let read = read.ok_or("the file would not read any more: nothing is left")?;
        if read.postmortem != *wanted {
            return Err("the file would say something else".to_owned());
        }
        if theirs.as_ref() != Some(wanted) {
            // Where other tools read the file otherwise already, it is no worse than it was.
            let before = yaml::read_as_others_do::<Postmortem>(self.source.text());
            if before.as_ref() == Ok(&self.postmortem) {
                return Err("other tools would read something else from the file".to_owned());
            }
        }
        yaml::comments_stay(&self.tree, &read.tree, replacements)
    }

    fn no_place(&self, no_place: &NoPlace) -> NotEdited {
        NotEdited {
            why: no_place.to_string(),
            line: self.line_of(self.place(&no_place.path).start),
            lines: no_place.lines.clone(),
        }
    }

    fn refused(&self, why: String, replacements: &[Replacement]) -> NotEdited {
        let start = replacements.first().map_or(0, |first| first.span.start);
        NotEdited {
            why,
            line: self.line_of(start),
            lines: replacements
                .iter()
                .map(|replacement| replacement.text.as_str())
                .collect(),
        }
    }

    fn line_of(&self, offset: usize) -> usize {
        self.source.position(offset).line
    }
}

/// What is wrong with a text, each with its rule.
fn errors(reading: &Reading) -> Vec<(&'static str, &str)> {
    let errors = reading.findings.iter();
    let errors = errors.filter(|finding| finding.level == Level::Error);
    errors
        .map(|finding| (finding.rule, finding.message.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::model::{
        Action, ActionStatus, Cause, CauseState, Detection, Event, EventKind, Postmortem, Status,
    };

    use super::*;

    fn edited(text: &str, change: impl Fn(&mut Postmortem)) -> String {
        let reading = Document::read(Source::new("x.yaml", text));
        assert!(reading.is_whole(), "{:?}", reading.findings);
        let document = reading.document.expect("a document");
        let mut wanted = document.postmortem().clone();
        change(&mut wanted);
        match document.edit(&wanted) {
            Ok(edited) => edited.text,
            Err(error) => panic!("{error}\n{text}\n--- wanted\n{}", error.lines),
        }
    }

    fn event(at: &str, what: &str) -> Event {
        Event::new(at.parse().expect("a time"), EventKind::Note, what)
    }

    fn log(text: &str, index: usize) -> String {
        edited(text, |postmortem| {
            let event = event("2024-12-11T15:30Z", "new");
            postmortem.timeline.insert(index, event);
        })
    }

    const HEAD: &str = "version: 1\nid: 2024-12-11-x\ntitle: T\n";
    const NEW: &str = "  - {at: \"2024-12-11T15:30Z\", what: new}\n";

    fn new() -> String {
        log(&format!("{HEAD}timeline:\n"), 0).replace(&format!("{HEAD}timeline:\n"), "")
    }

    #[test]
    fn an_event_goes_into_every_kind_of_empty_timeline() {
        let new = new();
        assert!(new.contains("what: new"), "{new} {NEW}");
        for (before, after) in [
            ("timeline:\n", "timeline:\n<>"),
            ("timeline: []\n", "timeline:\n<>"),
            ("timeline: [ ]   # none yet\n", "timeline:   # none yet\n<>"),
            ("timeline: ~\n", "timeline:\n<>"),
            ("timeline: # none yet\n", "timeline: # none yet\n<>"),
            ("timeline:\nstatus:\n", "timeline:\n<>status:\n"),
            ("timeline:\n# end\n", "timeline:\n<># end\n"),
            ("", "\ntimeline:\n<>"),
            ("timeline:", "timeline:\n<>"),
        ] {
            let got = log(&format!("{HEAD}{before}"), 0);
            let wanted = format!("{HEAD}{}", after.replace("<>", &new));
            assert_eq!(got, wanted, "{before}");
        }
    }

    #[test]
    fn comments_stay_with_their_entries() {
        let new = "  - at: 2024-12-11T15:30Z\n    what: new\n";
        let in_braces = self::new();
        let at = "at: 2024-12-11T15:00Z";
        for (before, index, after) in [
            // Comments above an entry, below one, and deeper.
            (
                format!(
                    "timeline:\n  # a\n  - {at}\n    what: x\n    # deep\n  # b\n  - {at}\n    what: y\n    # end\n# root\nstatus:\n"
                ),
                1,
                format!(
                    "timeline:\n  # a\n  - {at}\n    what: x\n    # deep\n<>  # b\n  - {at}\n    what: y\n    # end\n# root\nstatus:\n"
                ),
            ),
            (
                format!("timeline: # t\n  # a\n  - {at} # beside\n    what: x # w\n"),
                0,
                format!("timeline: # t\n<>  # a\n  - {at} # beside\n    what: x # w\n"),
            ),
            (
                format!("timeline:\n- {at}\n  what: |+\n    x\n\n\n# end\n"),
                1,
                format!("timeline:\n- {at}\n  what: |+\n    x\n\n\n<-># end\n"),
            ),
            (
                format!(
                    "timeline:\n  - {at}\n    what: >-\n      x\n      # no comment\n\n  - {at}\n    what: y\n"
                ),
                2,
                format!(
                    "timeline:\n  - {at}\n    what: >-\n      x\n      # no comment\n\n  - {at}\n    what: y\n\n<>"
                ),
            ),
            // A comment goes on with the one above it, however deep it is.
            (
                format!("timeline:\n  - {at}\n    what: x\n  # a\n     # b\nstatus:\n"),
                1,
                format!("timeline:\n  - {at}\n    what: x\n<>  # a\n     # b\nstatus:\n"),
            ),
            (
                format!("timeline:\n  - {{{at}, what: x}}   # c\n"),
                1,
                format!("timeline:\n  - {{{at}, what: x}}   # c\n{in_braces}"),
            ),
        ] {
            let got = log(&format!("{HEAD}{before}"), index);
            let dedented: String = new
                .lines()
                .map(|line| format!("{}\n", &line[2..]))
                .collect();
            let wanted = after.replace("<>", new).replace("<->", &dedented);
            assert_eq!(got, format!("{HEAD}{wanted}"), "{before}");
        }
    }

    #[test]
    fn lists_in_brackets_grow_in_brackets() {
        let one = "{at: 2024-12-11T15:00Z, what: x}";
        let new = new();
        let new = new.trim().trim_start_matches("- ");
        let new = match new.starts_with('{') {
            true => new.to_owned(),
            false => "{at: 2024-12-11T15:30Z, what: new}".to_owned(),
        };
        for (before, index, after) in [
            (
                format!("timeline: [{one}]\n"),
                1,
                format!("timeline: [{one}, <>]\n"),
            ),
            (
                format!("timeline: [{one}]\n"),
                0,
                format!("timeline: [<>, {one}]\n"),
            ),
            (
                format!("timeline: [{one}, {one}]\n"),
                1,
                format!("timeline: [{one}, <>, {one}]\n"),
            ),
            (
                format!("timeline: [{one}, ] # c\n"),
                1,
                format!("timeline: [{one}, <>, ] # c\n"),
            ),
            (
                format!("timeline: [\n  {one}, # a\n  # b\n  {one}, # c\n  # d\n  ]\n"),
                1,
                format!("timeline: [\n  {one}, # a\n  <>,\n  # b\n  {one}, # c\n  # d\n  ]\n"),
            ),
            (
                format!("timeline: [\n  {one}, # a\n  {one} # c\n  # d\n  ]\n"),
                2,
                format!("timeline: [\n  {one}, # a\n  {one}, # c\n  <>\n  # d\n  ]\n"),
            ),
            (
                format!("timeline: [\n  # b\n  {one}\n  ]\n"),
                0,
                format!("timeline: [\n  <>,\n  # b\n  {one}\n  ]\n"),
            ),
            (
                format!("timeline: [\n  # b\n  {one}, {one}]\n"),
                0,
                format!("timeline: [\n  <>,\n  # b\n  {one}, {one}]\n"),
            ),
        ] {
            let got = log(&format!("{HEAD}{before}"), index);
            assert_eq!(
                got,
                format!("{HEAD}{}", after.replace("<>", &new)),
                "{before}"
            );
        }
    }

    #[test]
    fn values_are_set_where_they_stand() {
        let resolve = |text: &str| edited(text, |postmortem| postmortem.status = Status::Resolved);
        for (before, after) in [
            ("status: monitoring # c\n", "status: resolved # c\n"),
            ("status: # c\n", "status: resolved # c\n"),
            ("status: ~\n", "status: resolved\n"),
            ("\"status\" : 'identified'\n", "\"status\" : resolved\n"),
            (
                "status: |-\n  monitoring\nowner:\n",
                "status: resolved\nowner:\n",
            ),
            ("owner:\n# c\n\n", "owner:\n# c\n\n"),
        ] {
            let got = resolve(&format!("{HEAD}{before}"));
            let after = match after.contains("resolved") {
                true => format!("{HEAD}{after}"),
                false => format!("{HEAD}status: resolved\n{after}"),
            };
            assert_eq!(got, after, "{before}");
        }
        let crlf = format!("\u{feff}{HEAD}status: monitoring\n# c\n").replace('\n', "\r\n");
        assert_eq!(resolve(&crlf), crlf.replace("monitoring", "resolved"));
        let back = edited(&format!("{HEAD}status: resolved # c\n"), |postmortem| {
            postmortem.status = Status::Investigating;
        });
        assert_eq!(back, format!("{HEAD}status: investigating # c\n"));
    }

    #[test]
    fn entries_are_changed_and_added_in_the_format_s_order() {
        let text = format!(
            "{HEAD}causes:\n  - id: C1 # first\n    # why\n    what: x\n    internal: true\n  - {{id: C2, what: y, internal: true}}\nactions: [{{id: A1, what: do}}]\n"
        );
        let got = edited(&text, |postmortem| {
            for cause in &mut postmortem.causes {
                cause.state = CauseState::Confirmed;
            }
            for action in &mut postmortem.actions {
                action.status = ActionStatus::Done;
                action.outcome = Some("it works: yes, all".to_owned());
            }
        });
        let wanted = format!(
            "{HEAD}causes:\n  - id: C1 # first\n    state: confirmed\n    # why\n    what: x\n    internal: true\n  - {{id: C2, state: confirmed, what: y, internal: true}}\nactions: [{{id: A1, what: do, status: done, outcome: \"it works: yes, all\"}}]\n"
        );
        assert_eq!(got, wanted);
        let added = edited(&wanted, |postmortem| {
            let mut action: Action = postmortem.actions[0].clone();
            action.what = "two\nlines\n".to_owned();
            postmortem.actions.push(action);
            let mut cause: Cause = postmortem.causes[0].clone();
            cause.what = "- #4412: [x] 🔥".to_owned();
            postmortem.causes.push(cause);
            postmortem.summary = Some("One line.\nAnother.\n".to_owned());
        });
        assert!(
            added.contains("title: T\n\nsummary: |\n  One line.\n  Another.\ncauses:"),
            "{added}"
        );
    }

    #[test]
    fn what_is_wrong_elsewhere_stays_as_it_is() {
        for (before, after) in [
            (
                "x-note: keep me # c\ntimeline: []\n",
                "x-note: keep me # c\ntimeline:\n<>",
            ),
            (
                "severity: [1]\ntimeline:\n  - {at: yesterday, what: x}\n  - {at: 2024-12-11T15:00Z, what: y}\n",
                "severity: [1]\ntimeline:\n  - {at: yesterday, what: x}\n  - {at: 2024-12-11T15:00Z, what: y}\n<>",
            ),
        ] {
            let reading = Document::read(Source::new("x.yaml", format!("{HEAD}{before}")));
            assert!(!reading.is_whole());
            let document = reading.document.expect("a document");
            let mut wanted = document.postmortem().clone();
            wanted.log(event("2024-12-11T15:30Z", "new"));
            let edited = document.edit(&wanted).expect("edited").text;
            assert_eq!(edited, format!("{HEAD}{}", after.replace("<>", &new())));
        }
    }

    #[test]
    fn an_event_that_goes_leaves_the_comments() {
        let text = format!(
            "{HEAD}timeline:\n  # a\n  - at: 2024-12-11T15:00Z # b\n    # c\n    what: x\n  # d\n  - {{at: 2024-12-11T15:10Z, what: y}}\n# e\n"
        );
        let got = edited(&text, |postmortem| {
            postmortem.timeline.remove(0);
        });
        let wanted = format!(
            "{HEAD}timeline:\n  # a\n  # b\n  # c\n  # d\n  - {{at: 2024-12-11T15:10Z, what: y}}\n# e\n"
        );
        assert_eq!(got, wanted);
        let got = edited(&wanted, |postmortem| postmortem.timeline.clear());
        assert_eq!(
            got,
            format!("{HEAD}timeline: []\n  # a\n  # b\n  # c\n  # d\n# e\n")
        );
        let flow = format!(
            "{HEAD}timeline: [{{at: 2024-12-11T15:00Z, what: x}}, {{at: 2024-12-11T15:10Z, what: y}}]\n"
        );
        for index in 0..2 {
            let got = edited(&flow, |postmortem| {
                postmortem.timeline.remove(index);
            });
            assert_eq!(got.matches("what").count(), 1, "{got}");
        }
    }

    #[test]
    fn what_stands_below_what_goes_falls_into_no_text() {
        type Change = fn(&mut Postmortem);
        let no_owner: Change = |postmortem| postmortem.owner = None;
        let no_by: Change = |postmortem| {
            postmortem.detection.get_or_insert_default().by = None;
        };
        let two_lines: Change = |postmortem| {
            let how = Some("two\nlines".to_owned());
            postmortem.detection = Some(Detection { by: None, how });
        };
        let another_word: Change = |postmortem| {
            let word = ("b".to_owned(), "two\nlines".to_owned());
            postmortem.glossary = [word].into();
        };
        let still_open: Change = |postmortem| {
            let action = &mut postmortem.actions[0];
            (action.reason, action.outcome) = (None, None);
        };
        for (before, change, after) in [
            (
                "summary: |+\n  S\n\nowner: a\n\nseverity: b\n",
                no_owner,
                "summary: |+\n  S\n\nseverity: b\n",
            ),
            (
                "detection:\n  how: |\n    H\n  by: alert\n\n      # c\n",
                no_by,
                "detection:\n  how: |\n    H\n\n  # c\n",
            ),
            (
                "detection:\n  how: H\n  by: alert\n    # c\n",
                two_lines,
                "detection:\n  how: |-\n    two\n    lines\n  # c\n",
            ),
            (
                "glossary:\n    # c\n    a: x\n      # d\n",
                another_word,
                "glossary: # c\n  # d\n  b: |-\n    two\n    lines\n",
            ),
            (
                "actions:\n- {\n    id: A1,\n    what: x,\n    reason: r,\n # c\n    outcome: o\n  }\n",
                still_open,
                "actions:\n- {\n    id: A1,\n    what: x\n # c\n  }\n",
            ),
        ] {
            let got = edited(&format!("{HEAD}{before}"), change);
            assert_eq!(got, format!("{HEAD}{after}"), "{before}");
        }
    }
}
