use clap::Parser;

use crate::cli::prompt::tests::{Reply, Script};
use crate::model::{Event, EventKind};
use crate::store::tests::Folder;

use super::*;
use Reply::{Interrupt, Pick};

const NOW: &str = "2024-12-11T15:36:00-08:00";
const FILE: &str = "postmortems/2024-12-11-api.yaml";
const SOUND: &str = "version: 1\nid: 2024-12-11-api\ntitle: API down # ours\n";
const BROKEN: &str = "version: 1\nid: 2024-12-11-api\ntitle: API down\nseverty: sev1\nstatus: x\n";

#[derive(Debug, Parser)]
struct Typed {
    #[command(flatten)]
    edit: Edit,
}

/// What came of a run: its end, stderr, the questions, the lines at which the editor was opened.
struct Run {
    end: Result<Outcome, CommandError>,
    err: String,
    asked: Vec<String>,
    lines: Vec<Option<usize>>,
    text: String,
}

/// Runs `edit` with an editor that does one thing after the other.
fn run(replies: Option<&[Reply]>, saves: &[&dyn Fn(&Folder)]) -> Run {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("postmortems")).expect("made");
    save(SOUND)(&folder);
    let (here, _, err) = Surroundings::of_test(folder.path(), NOW, "America/Los_Angeles");
    let mut script = Script::new(replies.unwrap_or_default().iter().cloned());
    let edit = Typed::try_parse_from(["edit"]).expect("well typed").edit;
    let mut lines = Vec::new();
    let mut saves = saves.iter();
    let prompt = replies.map(|_| &mut script as &mut dyn Prompt);
    let end = edit.run_with(&here, prompt, &mut |_, line| {
        lines.push(line);
        saves.next().expect("opened once more than expected")(&folder);
        Ok(())
    });
    assert!(script.is_used_up(), "asked only {:?}", script.asked);
    Run {
        end,
        err: err.text(),
        asked: script.asked,
        lines,
        text: std::fs::read_to_string(folder.path().join(FILE)).expect(FILE),
    }
}

fn save(text: &'static str) -> impl Fn(&Folder) {
    move |folder| {
        crate::store::replace(&folder.path().join(FILE), text.as_bytes()).expect(FILE);
    }
}

/// Somebody logs an event; then the editor, which does not know of it, saves.
fn log_and_overwrite(folder: &Folder) {
    let (here, ..) = Surroundings::of_test(folder.path(), NOW, "America/Los_Angeles");
    let record = Record::open(&Which::default(), &here).expect(FILE);
    let at = "2024-12-11T15:30-08:00".parse().expect("a time");
    let event = Event::new(at, EventKind::Note, "rolled back");
    let logged = record.log(&mut |_| Ok(vec![event.clone()]));
    assert!(logged.is_ok_and(|(logged, _)| logged.is_written));
    save(SOUND)(folder);
}

#[test]
fn a_mistake_is_shown_and_gone_back_to() {
    let run = run(
        Some(&[Pick("Go back to line 4")]),
        &[&save(BROKEN), &save(SOUND)],
    );
    assert_eq!(run.end.expect("it ends"), Outcome::Fine);
    assert_eq!(run.lines, [None, Some(4)]);
    for said in [
        "error[unknown-field]",
        "error[unknown-value]",
        &format!("{FILE}: 2 errors   postmortem lint {FILE}\n"),
        &format!("{FILE}: no findings\n"),
    ] {
        assert!(run.err.contains(said), "{said} is not in {}", run.err);
    }
}

#[test]
fn a_mistake_may_stay() {
    let left = run(Some(&[Pick("Leave it")]), &[&save(BROKEN)]);
    assert_eq!(left.end.expect("it ends"), Outcome::Findings);
    assert_eq!(left.text, BROKEN);
    let alone = run(None, &[&save(BROKEN)]);
    assert_eq!(alone.end.expect("it ends"), Outcome::Findings);
    let (code, said) = run(Some(&[Interrupt]), &[&save(BROKEN)])
        .end
        .expect_err("interrupted")
        .printed();
    assert_eq!(code, 130);
    assert_eq!(said, format!("Interrupted; {FILE} is as you saved it\n"));
}

#[test]
fn what_the_editor_wrote_over_is_put_back_if_that_is_wanted() {
    let saves: [&dyn Fn(&Folder); 1] = [&log_and_overwrite];
    let back = run(Some(&[Pick("Put it back")]), &saves);
    assert_eq!(back.end.expect("it ends"), Outcome::Fine);
    assert_eq!(back.asked, ["What now?"]);
    assert!(back.text.contains("what: rolled back"), "{}", back.text);
    assert!(back.text.starts_with(SOUND), "{}", back.text);
    assert!(
        back.err
            .contains("1 event was logged while the editor was open")
    );

    let out = run(Some(&[Pick("Leave it out")]), &saves);
    assert_eq!((out.text.as_str(), out.end.is_ok()), (SOUND, true));

    for nobody_said in [None, Some(&[Interrupt][..])] {
        let run = run(nobody_said, &saves);
        assert!(run.text.contains("what: rolled back"), "{}", run.text);
        let code = run.end.map_err(|error| error.printed().0);
        match nobody_said {
            None => assert_eq!(code, Ok(Outcome::Fine)),
            Some(_) => assert_eq!(code, Err(130)),
        }
    }
}

#[test]
fn what_was_logged_waits_while_the_file_does_not_read() {
    let broken = |folder: &Folder| {
        log_and_overwrite(folder);
        save("version: 1\ntitle: [\n")(folder);
    };
    let run = run(
        Some(&[Pick("Put"), Pick("Go back to line")]),
        &[&broken, &save(SOUND)],
    );
    assert_eq!(run.end.expect("it ends"), Outcome::Fine);
    assert!(run.text.contains("what: rolled back"), "{}", run.text);
    assert_eq!(run.text.matches("rolled back").count(), 1);
    assert!(run.err.contains("kept beside"), "{}", run.err);
}
