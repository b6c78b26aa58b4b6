use std::path::Path;

use clap::Parser;

use crate::cli::prompt::tests::{Reply, Script};
use crate::cli::surroundings::tests::Written;
use crate::store::tests::Folder;

use super::*;
use Reply::{Interrupt, Line, Pick};

const NOW: &str = "2024-12-11T15:36:00-08:00";
const FILE: &str = "postmortems/2024-12-11-api-down.yaml";

#[derive(Debug, Parser)]
struct Typed {
    #[command(flatten)]
    new: New,
}

/// What came of a run: its end, stdout, stderr, the questions asked.
struct Run {
    end: Result<Outcome, CommandError>,
    out: Written,
    err: Written,
    asked: Vec<String>,
}

impl Run {
    fn fine(&self) -> &Self {
        if let Err(error) = &self.end {
            panic!("{}", error.text());
        }
        self
    }

    fn failure(&self) -> (u8, String) {
        self.end.as_ref().expect_err("it fails").printed()
    }
}

fn run(folder: &Folder, arguments: &[&str], replies: &[Reply]) -> Run {
    run_while(folder, arguments, replies, None)
}

fn run_while(
    folder: &Folder,
    arguments: &[&str],
    replies: &[Reply],
    meanwhile: Option<Box<dyn FnMut(usize)>>,
) -> Run {
    let (here, out, err) = Surroundings::of_test(folder.path(), NOW, "America/Los_Angeles");
    let mut script = Script::new(replies.iter().cloned());
    script.meanwhile = meanwhile;
    let words = ["new"].iter().chain(arguments);
    let new = Typed::try_parse_from(words).expect("well typed").new;
    let end = new.run_with(&here, Some(&mut script));
    assert!(
        script.is_used_up(),
        "asked only {:?}, then {end:?}",
        script.asked
    );
    Run {
        end,
        out,
        err,
        asked: script.asked,
    }
}

fn text(folder: &Folder, file: &str) -> String {
    std::fs::read_to_string(folder.path().join(file)).expect(file)
}

fn write(folder: &Path, file: &str, text: &str) {
    crate::store::replace(&folder.join(file), text.as_bytes()).expect(file);
}

const ALL: [Reply; 5] = [
    Line("API down"),
    Pick("A core function is down for everyone"),
    Line("api, chatgpt"),
    Line("20m"),
    Line("rollout of the telemetry agent"),
];

const WHOLE: &str = "\
# yaml-language-server: $schema=../postmortem.schema.json
version: 1
id: 2024-12-11-api-down
title: API down
severity: sev1
timezone: America/Los_Angeles
services: [api, chatgpt]

causes:
  - {id: C1, what: rollout of the telemetry agent}

timeline:
  - {at: 2024-12-11T15:16-08:00, kind: started, what: A core function is down for everyone.}
";

#[test]
fn five_answers_make_the_document_a_careful_person_would_write() {
    let folder = Folder::new();
    let run = run(&folder, &[], &ALL);
    run.fine();
    assert_eq!(text(&folder, FILE), WHOLE);
    assert_eq!(run.out.text(), format!("{FILE}\n"));
    assert_eq!(
        run.asked,
        [
            "Title",
            "What can users not do?",
            "Services (comma)",
            "Since when? (20m, 14:32)",
            "Suspected cause, if any"
        ]
    );
    let err = run.err.text();
    for said in [
        "Created postmortems/\n",
        "sev1, because a core function is down for everyone\n",
        "Started 2024-12-11 15:16 PST, 20 min ago\n",
        "Next: postmortem log TEXT        postmortem comms TEXT        postmortem status\n",
    ] {
        assert!(err.contains(said), "{said} is not in {err}");
    }
}

#[test]
fn all_but_the_title_can_be_skipped() {
    let folder = Folder::new();
    let enter = Line("");
    let replies = [
        Line("  "),
        Line("API down"),
        Pick("Not known yet"),
        enter.clone(),
        enter.clone(),
        enter,
    ];
    let run = run(&folder, &[], &replies);
    run.fine();
    assert_eq!(run.asked[..2], ["Title", "Title"]);
    assert!(run.err.text().contains("error: the title is empty\n"));
    assert_eq!(
        text(&folder, FILE),
        "\
# yaml-language-server: $schema=../postmortem.schema.json
version: 1
id: 2024-12-11-api-down
title: API down
timezone: America/Los_Angeles
"
    );
}

#[test]
fn what_has_a_flag_is_not_asked() {
    let folder = Folder::new();
    let arguments = [
        "API",
        "down",
        "--severity",
        "sev2",
        "--service",
        "api",
        "--service",
        "chatgpt,api",
        "--started",
        "yesterday 23:50",
        "--cause",
        "a - b: c",
    ];
    let run = run(&folder, &arguments, &[]);
    run.fine();
    // The day is the day of the start.
    let text = text(&folder, "postmortems/2024-12-10-api-down.yaml");
    assert!(text.contains("services: [api, chatgpt]\n"), "{text}");
    assert!(text.contains("at: 2024-12-10T23:50-08:00"), "{text}");
    assert!(text.contains("severity: sev2\n"), "{text}");
}

#[test]
fn a_short_answer_that_cannot_be_used_is_asked_for_afresh() {
    let folder = Folder::new();
    let replies = [
        Pick("Not known yet"),
        Line("api\u{202e}"),
        Line("api"),
        Line("1536"),
        Line("in 5m"),
        Line("unknown"),
        Line(""),
    ];
    let run = run(&folder, &["API down"], &replies);
    run.fine();
    assert_eq!(
        run.asked[1..6],
        [
            "Services (comma)",
            "Services (comma)",
            "Since when? (20m, 14:32)",
            "Since when? (20m, 14:32)",
            "Since when? (20m, 14:32)",
        ]
    );
    assert!(
        run.err.text().contains("did you mean `15:36`?"),
        "{}",
        run.err.text()
    );
    assert!(text(&folder, FILE).contains("at: unknown"));
}

#[test]
fn prose_that_cannot_be_used_is_asked_for_afresh() {
    let folder = Folder::new();
    let replies = [
        Line("API\u{202e} down"),
        Line("API down"),
        Pick("Not known yet"),
        Line(""),
        Line(""),
        Line("the\u{7}agent"),
        Line("the agent"),
    ];
    let run = run(&folder, &[], &replies);
    assert_eq!(run.asked[1], "Title");
    assert_eq!(run.asked[6], "Suspected cause, if any");
}

#[test]
fn a_refused_answer_is_not_printed_again() {
    let folder = Folder::new();
    let long: &'static str = Box::leak("long title ".repeat(50).into_boxed_str());
    let skipped = [
        Line(long),
        Line("API down"),
        Pick("Not known yet"),
        Line(""),
        Line(""),
        Line(""),
    ];
    let run = run(&folder, &[], &skipped);
    run.fine();
    let err = run.err.text();
    assert!(err.contains("the title is 549 characters long"), "{err}");
    assert!(!err.contains("long title"), "{err}");
}

#[test]
fn after_ctrl_c_at_any_question_the_answers_are_there_and_it_goes_on() {
    for answered in 0..ALL.len() {
        let folder = Folder::new();
        let mut replies = ALL[..answered].to_vec();
        replies.push(Interrupt);
        let first = run(&folder, &[], &replies);
        let (code, said) = first.failure();
        assert_eq!((code, first.out.text().as_str()), (130, ""));
        if answered == 0 {
            assert_eq!(said, "Interrupted; nothing was saved yet\n");
            assert!(!folder.path().join("postmortems").exists());
            continue;
        }
        assert!(said.contains(&format!("kept {FILE}")), "{said}");
        assert!(said.contains("new --resume 2024-12-11-api-down"), "{said}");
        let again = run(&folder, &["--resume"], &ALL[answered..]);
        again.fine();
        assert_eq!(again.asked.len(), ALL.len() - answered, "{:?}", again.asked);
        // Once the severity is known from the first run, only the words of the event differ.
        let whole = WHOLE.replace(
            if (2..4).contains(&answered) {
                "A core function is down for everyone."
            } else {
                "\0"
            },
            "First users are affected.",
        );
        assert_eq!(text(&folder, FILE), whole);
        let names = folder.names_in("postmortems");
        let documents = names.iter().filter(|name| name.ends_with(".yaml"));
        assert_eq!(documents.count(), 1, "{names:?}");
    }
}

#[test]
fn a_hand_at_work_on_the_same_file_loses_no_byte() {
    let folder = Folder::new();
    let root = folder.path().to_owned();
    // Before the second question a colleague adds a comment, a key and an event, in a style of
    // their own; every later answer has to go between their lines.
    let theirs = "\
# yaml-language-server: $schema=../postmortem.schema.json
version: 1
id: 2024-12-11-api-down
title:   API down   # will do better

# who looks after it
owner: jane
people: {jane: {name: Jane Doe}}
services:
timeline:
- at: 2024-12-11T15:20-08:00   # from the log
  what: 'somebody restarted it'

# the end
internal_notes: |+
  keep

";
    let meanwhile = {
        let root = root.clone();
        move |question| {
            if question == 1 {
                write(&root, FILE, theirs);
            }
        }
    };
    let run = run_while(&folder, &[], &ALL, Some(Box::new(meanwhile)));
    run.fine();
    assert_eq!(
        text(&folder, FILE),
        "\
# yaml-language-server: $schema=../postmortem.schema.json
version: 1
id: 2024-12-11-api-down
title:   API down   # will do better
severity: sev1

# who looks after it
owner: jane
people: {jane: {name: Jane Doe}}
services: [api, chatgpt]

causes:
  - {id: C1, what: rollout of the telemetry agent}
timeline:
- at: 2024-12-11T15:16-08:00
  kind: started
  what: A core function is down for everyone.
- at: 2024-12-11T15:20-08:00   # from the log
  what: 'somebody restarted it'

# the end
internal_notes: |+
  keep

"
    );
}

#[test]
fn a_file_that_does_not_read_any_more_is_left_and_the_answer_shown() {
    let folder = Folder::new();
    let root = folder.path().to_owned();
    let theirs = "version: 1\nid: 2024-12-11-api-down\ntitle: [\n";
    let meanwhile = move |question| {
        if question == 1 {
            write(&root, FILE, theirs);
        }
    };
    let run = run_while(&folder, &[], &ALL[..2], Some(Box::new(meanwhile)));
    let (code, said) = run.failure();
    assert_eq!(code, 2);
    for part in [
        "so that it is not lost:\n\nseverity: sev1\n",
        "earlier answers are in the file; go on with: postmortem new --resume 2024-12-11-api-down",
    ] {
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(text(&folder, FILE), theirs);
}

#[test]
fn a_document_in_braces_is_gone_on_with() {
    let folder = Folder::new();
    let theirs = "{version: 1, id: 2024-12-11-api-down, title: API down}\n";
    std::fs::create_dir(folder.path().join("postmortems")).expect("made");
    write(folder.path(), FILE, theirs);
    let replies = [ALL[1].clone(), Line(""), Line(""), Line("")];
    run(&folder, &["--resume"], &replies).fine();
    assert_eq!(
        text(&folder, FILE),
        "{version: 1, id: 2024-12-11-api-down, title: API down, severity: sev1}\n"
    );
}

#[test]
fn what_somebody_else_has_answered_stands() {
    let folder = Folder::new();
    let root = folder.path().to_owned();
    let theirs = "version: 1\nid: 2024-12-11-api-down\ntitle: API down\nseverity: sev4 # mine\n";
    let meanwhile = move |question| {
        if question == 1 {
            write(&root, FILE, theirs);
        }
    };
    let skipped = [ALL[0].clone(), ALL[1].clone(), Line(""), Line(""), Line("")];
    let run = run_while(&folder, &[], &skipped, Some(Box::new(meanwhile)));
    run.fine();
    assert_eq!(text(&folder, FILE), theirs);
    assert!(
        run.err.text().contains("says already `severity`"),
        "{}",
        run.err.text()
    );
}

#[test]
fn one_of_several_drafts_is_picked() {
    let folder = Folder::new();
    let skip = [Pick("Not"), Line(""), Line(""), Line("")];
    run(&folder, &["API down"], &skip).fine();
    run(&folder, &["API down"], &skip).fine();
    assert_eq!(
        folder.names_in("postmortems"),
        ["2024-12-11-api-down-2.yaml", "2024-12-11-api-down.yaml"]
    );
    let resumed = run(
        &folder,
        &["--resume", "--severity", "sev3", "--cause", "x"],
        &[Pick("2024-12-11-api-down "), Line("api"), Line("now")],
    );
    resumed.fine();
    let second = text(&folder, "postmortems/2024-12-11-api-down-2.yaml");
    assert!(!second.contains("severity"), "{second}");
    assert!(text(&folder, FILE).contains("severity: sev3\n"));
    let (_, said) = run(
        &folder,
        &["--resume", "2024-12-11-api-down", "--severity", "sev1"],
        &[],
    )
    .failure();
    assert!(
        said.contains("says already what --severity would add"),
        "{said}"
    );
}

#[test]
fn the_configuration_gives_zone_levels_services_and_folder() {
    let folder = Folder::new();
    write(
        folder.path(),
        "postmortem.toml",
        "directory = 'docs/incidents'\ntimezone = 'Europe/Berlin'\nservices = ['pay', 'shop']\n\
         [[severities]]\nname = 'P1'\nmeaning = 'Nobody can pay'\n",
    );
    let replies = [Pick("Nobody can pay"), Line("pey"), Line("20m"), Line("")];
    let run = run(&folder, &["Zahlungen stehen"], &replies);
    run.fine();
    // It is the next day in Berlin.
    let file = "docs/incidents/2024-12-12-zahlungen-stehen.yaml";
    let text = text(&folder, file);
    assert!(text.contains("severity: P1\n"), "{text}");
    assert!(text.contains("timezone: Europe/Berlin\n"), "{text}");
    assert!(text.contains("at: 2024-12-12T00:16+01:00"), "{text}");
    assert!(text.contains("services: [pey]\n"), "{text}");
    assert!(
        run.err.text().contains("did you mean `pay`?"),
        "{}",
        run.err.text()
    );
    assert!(
        run.err.text().contains("P1, because nobody can pay"),
        "{}",
        run.err.text()
    );
}

#[test]
fn lines_are_added_with_the_ends_that_the_file_has() {
    let folder = Folder::new();
    run(
        &folder,
        &["API down"],
        &[Pick("Not"), Line(""), Line(""), Line("")],
    )
    .fine();
    let theirs = text(&folder, FILE).replace('\n', "\r\n") + "\r\n# no break at the end";
    write(folder.path(), FILE, &theirs);
    let arguments = ["--resume", "--severity", "sev2", "--started", "20m"];
    run(&folder, &arguments, &[Line("api"), Line("the agent")]).fine();
    let text = text(&folder, FILE);
    assert_eq!(
        text.matches('\n').count(),
        text.matches("\r\n").count(),
        "{text:?}"
    );
    for line in [
        "title: API down\r\nseverity: sev2\r\ntimezone",
        "services: [api]\r\n",
        "  - {id: C1, what: the agent}\r\n",
        "\r\n# no break at the end",
    ] {
        assert!(text.contains(line), "{line:?} is not in {text:?}");
    }
}
