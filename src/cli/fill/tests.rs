mod by_rule;

use clap::Parser;

use crate::cli::prompt::tests::{Reply, Script};
use crate::store::tests::Folder;

use super::*;
use Reply::{Interrupt, Line, Pick};

const NOW: &str = "2024-12-12T09:00:00-08:00";
const FILE: &str = "postmortems/2024-12-11-api.yaml";
const HEAD: &str =
    "version: 1\nid: 2024-12-11-api\ntitle: API down # ours\ntimezone: America/Los_Angeles\n";

#[derive(Debug, Parser)]
struct Typed {
    #[command(flatten)]
    fill: Fill,
}

/// What came of a run: its end, stderr, the questions, the file.
struct Run {
    end: Result<Outcome, CommandError>,
    err: String,
    asked: Vec<String>,
    text: String,
}

impl Run {
    fn fine(self) -> Self {
        if let Err(error) = &self.end {
            panic!("{}", error.text());
        }
        self
    }
}

fn run_with(
    text: &str,
    arguments: &[&str],
    replies: &[Reply],
    meanwhile: Option<&'static str>,
) -> Run {
    let folder = Folder::new();
    let file = folder.path().join(FILE);
    std::fs::create_dir(folder.path().join("postmortems")).expect("made");
    std::fs::write(&file, text).expect("written");
    let (here, _, err) = Surroundings::of_test(folder.path(), NOW, "America/Los_Angeles");
    let mut script = Script::new(replies.iter().cloned());
    if let Some(theirs) = meanwhile {
        let file = file.clone();
        script.meanwhile = Some(Box::new(move |question| {
            if question == 0 {
                std::fs::write(&file, theirs).expect("written");
            }
        }));
    }
    let words = ["fill", "-i", FILE].iter().chain(arguments);
    let fill = Typed::try_parse_from(words).expect("well typed").fill;
    let end = fill.run_with(&here, Some(&mut script));
    assert!(
        script.is_used_up(),
        "asked only {:?}, then {end:?}",
        script.asked
    );
    Run {
        end,
        err: err.text(),
        asked: script.asked,
        text: std::fs::read_to_string(file).expect(FILE),
    }
}

fn run(text: &str, replies: &[Reply]) -> Run {
    run_with(text, &[], replies, None)
}

/// The answers to all that the rules of today ask about a resolved incident of which only the title is
/// told, with the questions.
const DIALOGUE: [(&str, Reply); 21] = [
    (
        "How bad was it for users?",
        Pick("A core function is down for everyone"),
    ),
    ("What could people not do?", Line("Nobody could pay.")),
    (
        "How many, or what share? (400 carts, 30% of users, unknown)",
        Line("120,000 failed requests"),
    ),
    ("What happened to data?", Pick("Nothing")),
    (
        "When did it start for users? (14:32, 2024-12-11 15:16, unknown)",
        Line("15:16"),
    ),
    (
        "When were all users well again? (14:32, 2024-12-11 15:16, unknown)",
        Line("0:38"),
    ),
    ("Who or what noticed it?", Pick("An alert")),
    ("How was it noticed?", Line("Alerts paged the team.")),
    ("What caused it, or may have?", Line("the agent")),
    ("Was it C1 “the agent”?", Pick("Yes: confirmed")),
    (
        "What shows it for C1 “the agent”? (an address or words)",
        Line("the load fell without it"),
    ),
    (
        "What is to be done about C1 “the agent”? (or: accepted, because …)",
        Line("limit the agent"),
    ),
    ("Who sees to A1 “limit the agent”?", Line("Jane Doe")),
    ("How urgent is A1 “limit the agent”?", Pick("P1")),
    (
        "By when is A1 “limit the agent” to be done? (2025-01-31, 2w)",
        Line("2w"),
    ),
    (
        "Where is A1 “limit the agent” tracked? (an address)",
        Line("OPS-17"),
    ),
    (
        "Summary, two or three sentences for readers outside the team",
        Line("The API was down: nobody could pay."),
    ),
    (
        "What went well? (a line each; `nothing` is an answer)",
        Line("Alerts came at once."),
    ),
    (
        "What else went well?",
        Line("The runbook was right.\nnothing"),
    ),
    (
        "What went wrong? (a line each; `nothing` is an answer)",
        Line("nothing"),
    ),
    (
        "Where did luck help? (a line each; `nothing` is an answer)",
        Line("nothing"),
    ),
];

const RESOLVED: &str = "version: 1\nid: 2024-12-11-api\ntitle: API down # ours\nstatus: resolved\ntimezone: America/Los_Angeles\n";

const WHOLE: &str = "\
version: 1
id: 2024-12-11-api
title: API down # ours
severity: sev1
status: resolved
timezone: America/Los_Angeles

people:
  jane-doe: {name: Jane Doe}

summary: \"The API was down: nobody could pay.\"
impact: {summary: Nobody could pay., figures: [{what: failed requests, value: 120000}], data: none}
detection: {by: alert, how: Alerts paged the team.}

causes:
  - {id: C1, state: confirmed, what: the agent, evidence: [the load fell without it]}

timeline:
  - {at: 2024-12-11T15:16-08:00, kind: started, what: First users are affected.}
  - {at: 2024-12-12T00:38-08:00, kind: resolved, what: All users are well again.}

lessons:
  went_well:
    - Alerts came at once.
    - The runbook was right.
  went_wrong: [Nothing]
  got_lucky: [Nothing]

actions:
  - {id: A1, what: limit the agent, for: [C1], owner: jane-doe, priority: P1, due: 2024-12-26, ticket: OPS-17}
";

fn questions() -> Vec<&'static str> {
    DIALOGUE.iter().map(|(question, _)| *question).collect()
}

fn replies() -> Vec<Reply> {
    DIALOGUE.iter().map(|(_, reply)| reply.clone()).collect()
}

#[test]
fn every_question_is_asked_once_and_the_answers_make_a_document_without_a_gap() {
    let run = run(RESOLVED, &replies()).fine();
    assert_eq!(run.asked, questions());
    assert_eq!(run.text, WHOLE);
    for said in [
        &format!("{FILE}\n11 questions that a review asks; Enter skips one\n"),
        "  2024-12-12 00:38 PST, 8 h 22 min ago\n",
        "  2024-12-26\n",
        &format!("21 answers saved in {FILE}\n"),
    ] {
        assert!(run.err.contains(said), "{said} is not in {}", run.err);
    }
    let again = run_with(WHOLE, &[], &[], None).fine();
    assert_eq!(again.text, WHOLE);
    assert_eq!(again.err, format!("{FILE}: nothing is missing\n"));
}

#[test]
fn after_ctrl_c_at_any_question_the_answers_are_there_and_it_goes_on() {
    for answered in 0..questions().len() {
        let mut first = replies()[..answered].to_vec();
        first.push(Interrupt);
        let run_one = run(RESOLVED, &first);
        let (code, said) = run_one.end.expect_err("interrupted").printed();
        let kept = match answered {
            0 => format!("Interrupted; {FILE} is as it was\n"),
            1 => format!("Interrupted; 1 answer kept in {FILE}\n"),
            kept => format!("Interrupted; {kept} answers kept in {FILE}\n"),
        };
        assert_eq!((code, said), (130, kept));
        // A question that only follows from an answer is not asked by a later run.
        let follows = ["How was it noticed?", "What else went well?"];
        let is_asked = |at: &usize| *at != answered || !follows.contains(&questions()[*at]);
        let rest: Vec<usize> = (answered..questions().len()).filter(is_asked).collect();
        let rest: Vec<Reply> = rest.into_iter().map(|at| replies()[at].clone()).collect();
        run(&run_one.text, &rest).fine();
    }
}

#[test]
fn enter_skips_and_nothing_is_asked_twice() {
    let before = RESOLVED;
    let skips = [
        Pick("Skip"),
        Line(""),
        Line(""),
        Line(""),
        Pick("Skip"),
        Line(""),
        Line(""),
        Line(""),
        Line(""),
        Line(""),
        Line(""),
    ];
    let run = run(before, &skips).fine();
    assert_eq!(run.text, before);
    assert!(
        run.err
            .contains(&format!("{FILE} is as it was\n11 questions are open\n")),
        "{}",
        run.err
    );
}

#[test]
fn what_cannot_be_used_is_asked_for_again_with_what_was_typed() {
    let text = format!("{HEAD}severity: sev5\nimpact: {{summary: Many users waited.}}\n");
    let replies = [
        Line("many"),
        Line("30% of users"),
        Pick("Skip"),
        Line("1516"),
        Line("unknown"),
        Pick("Nobody knows"),
        Line(""),
        Line(""),
        Line(""),
        Line(""),
        Line(""),
    ];
    let run = run(&text, &replies).fine();
    // Asked again, with nothing in the line.
    assert_eq!(run.asked[4], run.asked[3]);
    assert_eq!(run.asked[1], run.asked[0]);
    assert!(
        run.err.contains("error: `many` is no number of anything\n"),
        "{}",
        run.err
    );
    assert!(
        run.text.contains("at: unknown, kind: started"),
        "{}",
        run.text
    );
    assert!(
        run.text.contains("{what: users, value: 30, unit: \"%\"}"),
        "{}",
        run.text
    );
}

#[test]
fn every_suspected_cause_is_judged() {
    let text = format!(
        "{}causes:\n  - {{id: C1, what: dns}}\n  - {{id: C2, what: agent}} # likelier\n",
        WHOLE.split("causes:").next().expect("a head")
    );
    let text =
        format!("{text}timeline:\n  - {{at: unknown, kind: [started, resolved], what: x}}\n");
    let replies = [
        Pick("No: ruled out"),
        Line("dns answered all the time"),
        Pick("Yes"),
        Line(""),
        Line("accepted, because it is gone"),
        Line(""),
        Line(""),
        Line(""),
    ];
    let run = run(&text, &replies).fine();
    assert_eq!(run.asked[0], "Was it C1 “dns”?");
    assert_eq!(run.asked[2], "Was it C2 “agent”?");
    for part in ["state: ruled-out", "# likelier", "accepted: it is gone"] {
        assert!(run.text.contains(part), "{part}: {}", run.text);
    }
    assert!(!run.text.contains("actions:"));
}

#[test]
fn a_dependency_is_asked_for_its_fallback_and_then_for_an_action() {
    let text = format!("{WHOLE}dependencies:\n  - {{name: Mail API, failed: true}}\n");
    let replies = [
        Pick("Nothing"),
        Line("queue mails when the Mail API fails"),
        Line("JANE DOE"),
        Pick("Skip"),
        Line("2025-01-31"),
        Line("OPS-18"),
    ];
    let run = run(&text, &replies).fine();
    assert!(
        run.text
            .contains("{name: Mail API, failed: true, fallback: none}"),
        "{}",
        run.text
    );
    assert!(
        run.text.contains(
            "{id: A2, what: queue mails when the Mail API fails, owner: jane-doe, due: 2025-01-31, ticket: OPS-18}"
        ),
        "{}",
        run.text
    );
    assert!(run.err.contains("1 question is open"), "{}", run.err);
}

#[test]
fn the_questions_about_one_action_stand_together() {
    let text = format!(
        "{WHOLE}  - {{id: A2, what: x, for: [C1]}}\n  - {{id: A3, what: y, for: [C1], due: 2024-12-20}}\n"
    );
    let skips = [
        Line("jane-doe"),
        Pick("Skip"),
        Line(""),
        Line(""),
        Line(""),
        Pick("Skip"),
        Line(""),
    ];
    let run = run(&text, &skips).fine();
    let actions: Vec<&str> = run
        .asked
        .iter()
        .map(|asked| if asked.contains("A2") { "A2" } else { "A3" })
        .collect();
    assert_eq!(actions, ["A2", "A2", "A2", "A2", "A3", "A3", "A3"]);
}

#[test]
fn what_set_it_off_is_asked_where_there_are_several_causes() {
    let text = WHOLE.replace(
        "\ntimeline:",
        "  - {id: C2, role: root, what: no limit, state: confirmed, accepted: x, evidence: [y]}\n\ntimeline:",
    );
    let run = run(&text, &[Pick("C1")]).fine();
    assert_eq!(run.asked, ["What set it off, then and not a day earlier?"]);
    assert!(run.text.contains("{id: C1, role: trigger,"), "{}", run.text);
    assert!(run.text.contains("{id: C2, role: root,"), "{}", run.text);
}

#[test]
fn what_somebody_else_has_answered_stands() {
    let theirs = "version: 1\nid: 2024-12-11-api\ntitle: API down\nseverity: sev4 # mine\n";
    let replies = [
        Pick("A core function is down for everyone"),
        Line(""),
        Line(""),
        Pick("Skip"),
        Line(""),
        Line(""),
        Line(""),
        Line(""),
        Line(""),
    ];
    let run = run_with(HEAD, &[], &replies, Some(theirs)).fine();
    assert_eq!(run.text, theirs);
    assert!(run.err.contains("says so already"), "{}", run.err);
}

#[test]
fn a_file_that_breaks_meanwhile_is_left_and_the_answer_shown() {
    let theirs = "version: 1\nid: 2024-12-11-api\ntitle: [\n";
    let replies = [Pick("A core function is down for everyone")];
    let run = run_with(HEAD, &[], &replies, Some(theirs));
    let (code, said) = run.end.expect_err("it fails").printed();
    assert_eq!(code, 2);
    assert!(said.contains("so that it is not lost:\n\nsev1\n"), "{said}");
    assert_eq!(run.text, theirs);
}

#[test]
fn the_stage_may_be_chosen() {
    let run = run_with(HEAD, &["--stage", "draft"], &[], None).fine();
    assert_eq!(run.err, format!("{FILE}: nothing is missing\n"));
}
