//! What must hold of every input, whatever its bytes. The targets call these with what the fuzzer makes
//! up, the tests with every document that is kept.

use postmortem::config::Config;
use postmortem::diagnostic::Diagnostic;
use postmortem::document::{Document, Reading};
use postmortem::lint::Levels;
use postmortem::lint::fix::{Fixes, fix as carry_out};
use postmortem::model::{Event, EventKind, Postmortem, Stage, Status, TextItem};
use postmortem::report::{
    Checkstyle, Concise, Entries, FileFindings, Format, Github, Gitlab, Human, Json, Jsonl, Junit,
    Rdjson, Run, Sarif, Summary,
};
use postmortem::text::Source;

fn reading(text: &str) -> Reading {
    Document::read(Source::new("2024-12-11-api-errors.yaml", text))
}

/// Reading ends, has a word about whatever does not read, and speaks of places in the text only.
pub fn read(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let reading = reading(&text);
    are_in(&reading.findings, &text);
    if !reading.is_whole() {
        assert!(!reading.findings.is_empty(), "no word about it");
    }
    // Where no mistake is found the reader says no more than that; a message may quote the text.
    let vague = "does not read";
    for finding in &reading.findings {
        let is_quoted = text.contains(vague);
        assert!(is_quoted || !finding.message.contains(vague), "{finding:?}");
    }
    let Some(document) = reading.document.as_ref().filter(|_| reading.is_whole()) else {
        return;
    };
    // What was read can be written, and reads the same.
    let written = match postmortem::document::write(document.postmortem()) {
        Ok(written) => written,
        Err(error) => {
            assert!(error.contains("more than"), "{error}");
            return;
        }
    };
    let again = self::reading(&written);
    let again = again.document.expect("what was written reads");
    assert_eq!(again.postmortem(), document.postmortem());
}

#[track_caller]
fn are_in(findings: &[Diagnostic], text: &str) {
    for finding in findings {
        for label in finding.labels.iter().chain([&finding.place]) {
            assert!(text.get(label.span.clone()).is_some(), "{finding:?}");
        }
        assert!(!finding.message.contains('\n'), "{finding:?}");
    }
}

/// Every rule and every format copes; what machines read is JSON, what people read is printable.
pub fn lint(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut reading = reading(&text);
    let (config, levels) = (Config::default(), Levels::default());
    let stem = Some("2024-12-11-api-errors");
    let found = postmortem::lint::lint(&reading, &config, &levels, stem);
    are_in(&found, &text);
    let again = postmortem::lint::lint(&reading, &config, &levels, stem);
    assert_eq!(format!("{found:?}"), format!("{again:?}"));
    if let Some(document) = reading.document.take() {
        // Most rules are silent about drafts.
        let published = Postmortem {
            stage: Stage::Published,
            ..document.postmortem().clone()
        };
        if let Ok(edited) = document.edit(&published) {
            let reading = self::reading(&edited.text);
            let found = postmortem::lint::lint(&reading, &config, &levels, stem);
            are_in(&found, &edited.text);
            formats(FileFindings::new(reading.source, found));
        }
    }
    formats(FileFindings::new(reading.source, found));
}

fn formats(file: FileFindings) {
    let mut summary = Summary::default();
    summary.add(&file);
    let run = Run {
        summary: &summary,
        rules: &[],
        complete: true,
    };
    let human = Human {
        colour: false,
        width: 80,
    };
    let all: [(&dyn Format, bool); 10] = [
        (&human, false),
        (&Concise, false),
        (&Github, false),
        (&Checkstyle, false),
        (&Junit, false),
        (&Json, true),
        (&Sarif, true),
        (&Gitlab, true),
        (&Rdjson, true),
        (&Jsonl, false),
    ];
    for (format, is_json) in all {
        let entries = [Entries::of(format, &file)];
        let whole = format.whole(&run, &entries);
        let whole = String::from_utf8(whole).expect("UTF-8");
        if is_json {
            serde_json::from_str::<serde_json::Value>(&whole).expect("JSON");
        }
        let raw = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!whole.contains(raw), "{whole:?}");
    }
}

/// An edit is refused, or the text says what was wanted and keeps its comments.
///
/// The first byte says how many of the next ones say what is changed; the rest is the document.
pub fn edit(bytes: &[u8]) {
    let Some((count, rest)) = bytes.split_first() else {
        return;
    };
    let (changes, text) = rest.split_at(usize::from(count % 16).min(rest.len()));
    let text = String::from_utf8_lossy(text);
    let reading = reading(&text);
    let Some(document) = reading.document.as_ref().filter(|_| reading.is_whole()) else {
        return;
    };
    let mut wanted = document.postmortem().clone();
    for change in changes.chunks_exact(2) {
        alter(&mut wanted, change[0], usize::from(change[1]));
    }
    let Ok(edited) = document.edit(&wanted) else {
        return;
    };
    let again = self::reading(&edited.text);
    assert!(again.is_whole(), "{:?}", again.findings);
    let read = again.document.expect("it reads");
    assert_eq!(*read.postmortem(), wanted);
    let as_others = |text: &str| serde_yaml::from_str::<Postmortem>(text).ok();
    if as_others(&text).as_ref() == Some(document.postmortem()) {
        assert_eq!(as_others(&edited.text), Some(wanted));
    }
    comments_stay(document, &read, &edited);
    let unchanged = document.edit(document.postmortem());
    assert_eq!(unchanged.map(|edited| edited.replacements.len()), Ok(0));
}

/// Every comment but those of what was removed is still there, in the same order.
fn comments_stay(before: &Document, after: &Document, edited: &postmortem::document::Edited) {
    let removed = |at: usize| {
        let mut changes = edited.replacements.iter();
        changes.any(|change| change.span.contains(&at))
    };
    let kept = before.comments().iter().filter(|span| !removed(span.start));
    let words = |document: &Document, span: &std::ops::Range<usize>| {
        document.source().slice(span).trim_end().to_owned()
    };
    let kept: Vec<String> = kept.map(|span| words(before, span)).collect();
    let mut there = after.comments().iter().map(|span| words(after, span));
    for comment in kept {
        assert!(there.any(|other| other == comment), "lost: {comment}");
    }
}

/// Fixes and the house style keep what a document says and all of its comments, and have nothing left to
/// do a second time.
pub fn fix(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    is_tidied(&text);
    let (config, levels) = (Config::default(), Levels::default());
    let look = |source: Source| {
        let reading = Document::read(source);
        let findings = postmortem::lint::lint(&reading, &config, &levels, None);
        (reading, findings)
    };
    for which in [Fixes::Safe, Fixes::All] {
        let run = |text: &str| {
            let (reading, findings) = look(Source::new("2024-12-11-api-errors.yaml", text));
            carry_out(reading, findings, which, &look)
        };
        let fixed = run(&text);
        let new = fixed.reading.source.text();
        assert_eq!(fixed.count > 0, new != text, "{which:?}: {new}");
        are_in(&fixed.findings, new);
        if new == text {
            continue;
        }
        let before = reading(&text);
        if before.is_whole() {
            assert!(fixed.reading.is_whole(), "{:?}", fixed.reading.findings);
        }
        words_stay(&before, &text, new);
        let again = run(new);
        assert_eq!(again.reading.source.text(), new, "{which:?}: a second run");
        is_tidied(new);
    }
}

/// Every comment is still a comment, or text where it cut one off; the linter's own may go.
fn words_stay(before: &Reading, text: &str, new: &str) {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let there = letters(new);
    let comments = before.document.iter().flat_map(|read| read.comments());
    for comment in comments.map(|span| &text[span.clone()]) {
        let is_plain = comment.chars().all(|c| c == ' ' || c.is_ascii_graphic());
        let may_go = comment.contains("postmortem:");
        if is_plain && !comment.contains('\\') && !may_go {
            assert!(there.contains(&letters(comment)), "lost: {comment}\n{new}");
        }
    }
}

fn is_tidied(text: &str) {
    let reading = reading(text);
    let Some(document) = reading.document.as_ref().filter(|_| reading.is_whole()) else {
        return;
    };
    let new = document.tidied();
    let again = self::reading(&new);
    assert!(again.is_whole(), "{:?}\n{new}", again.findings);
    let read = again.document.expect("it reads");
    assert_eq!(read.postmortem(), document.postmortem(), "{new}");
    let words = |document: &Document| {
        let comments = document.comments().iter();
        let mut words: Vec<String> = comments
            .map(|span| document.source().slice(span).trim_end().to_owned())
            .collect();
        words.sort_unstable();
        words
    };
    assert_eq!(words(&read), words(document), "{new}");
    assert_eq!(read.tidied(), new, "a second run");
}

const TEXTS: [&str; 12] = [
    "Rolled back.",
    "a: b # c",
    "- x",
    "two\nlines\n",
    "  space  ",
    "{[\"'",
    "\u{2028}\u{85}é\t",
    "@",
    "",
    "yes",
    "1.10",
    "# no comment\n\n\n",
];

fn alter(wanted: &mut Postmortem, what: u8, how: usize) {
    let text = TEXTS[how % TEXTS.len()].to_owned();
    let events = wanted.timeline.len();
    match what % 16 {
        0..=2 => {
            let at = ["2024-12-11T15:30Z", "2024-12-11", "unknown"][how % 3];
            let Ok(at) = at.parse() else { return };
            let event = Event::new(at, EventKind::Note, &text);
            wanted.timeline.insert(how % (events + 1), event);
        }
        3 if events > 0 => {
            wanted.timeline.remove(how % events);
        }
        4 if events > 0 => wanted.timeline[how % events].what = text,
        5 if events > 0 => wanted.timeline[how % events].note = Some(text),
        6 if events > 0 => wanted.timeline[how % events].note = None,
        7 if events > 1 => wanted.timeline.swap(how % events, events - 1),
        8 => wanted.title = text,
        9 => wanted.summary = Some(text),
        10 => wanted.summary = None,
        11 => wanted.status = [Status::Resolved, Status::Monitoring][how % 2],
        12 => wanted.tags.push(text),
        13 if !wanted.causes.is_empty() => {
            let count = wanted.causes.len();
            wanted.causes.remove(how % count);
        }
        14 if !wanted.actions.is_empty() => {
            let count = wanted.actions.len();
            wanted.actions[how % count].outcome = Some(text);
        }
        15 => {
            let lessons = wanted.lessons.get_or_insert_default();
            lessons.went_well.push(TextItem::from(text.as_str()));
        }
        _ => {}
    }
}
