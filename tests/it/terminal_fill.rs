//! `postmortem fill` and `postmortem edit` in a real terminal.

use std::os::unix::fs::PermissionsExt;

use crate::sandbox::Sandbox;
use crate::tmux::Terminal;

const FILE: &str = "postmortems/2024-12-11-api.yaml";
const TEXT: &str = "version: 1\nid: 2024-12-11-api\ntitle: API down # ours\n";
const ENDED: &str = "ended with";

/// The questions about a document that has a title only; what is typed, or the keys that choose; and
/// what the file holds then.
const QUESTIONS: [(&str, Answer, &str); 8] = [
    (
        "How bad was it for users?",
        Answer::Second("A core function is down for everyone"),
        "severity: sev1\n",
    ),
    (
        "What could people not do?",
        Answer::Line("Nobody paid."),
        "summary: Nobody paid.",
    ),
    (
        "How many, or what share?",
        Answer::Line("30% of users"),
        "value: 30",
    ),
    (
        "What happened to data?",
        Answer::Second("Nothing: none was exposed, lost or damaged"),
        "data: none",
    ),
    (
        "When did it start for users?",
        Answer::Line("15:16"),
        "kind: started",
    ),
    (
        "Who or what noticed it?",
        Answer::Second("An alert"),
        "by: alert",
    ),
    (
        "How was it noticed?",
        Answer::Line("It paged."),
        "how: It paged.",
    ),
    (
        "What caused it, or may have?",
        Answer::Line("a leak"),
        "what: a leak",
    ),
];

#[derive(Clone, Copy)]
enum Answer {
    Line(&'static str),
    /// The one below the first.
    Second(&'static str),
}

fn document() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(
        FILE,
        format!("{TEXT}timeline:\n  - {{at: 2024-12-11T15:35-08:00, what: rolled back}}\n"),
    );
    sandbox
}

/// Waits until the cursor stands behind a question, or in the list below it.
fn asked(terminal: &Terminal<'_>, question: &str, answer: Answer) {
    terminal.wait_until(&format!("the question `{question}`"), |terminal| {
        let screen = terminal.screen();
        let is_here = match answer {
            Answer::Line(_) => {
                let last = screen.trim_end().lines().last()?;
                last.starts_with(question) && last.ends_with('›')
            }
            Answer::Second(_) => screen.contains(question) && screen.contains("❯ 1 Skip"),
        };
        is_here.then_some(())
    });
}

fn give(terminal: &Terminal<'_>, answer: Answer) {
    match answer {
        Answer::Line(text) => terminal.type_in(text),
        Answer::Second(words) => {
            terminal.press(&["Down"]);
            terminal.wait_for(&format!("❯ 2 {words}"));
        }
    }
    terminal.press(&["Enter"]);
}

fn ended(terminal: &Terminal<'_>, code: i32) -> String {
    let screen = terminal.wait_for(&format!("\n{ENDED} {code}"));
    assert!(terminal.shows_cursor(), "the cursor is hidden\n{screen}");
    terminal.run("echo sane");
    terminal.wait_for("\nsane\n");
    screen
}

#[test]
fn ctrl_c_at_every_question_of_fill_keeps_the_answers_and_gives_the_terminal_back() {
    for (last, (interrupted, kind, _)) in QUESTIONS.iter().enumerate() {
        let sandbox = document();
        let terminal = Terminal::open(&sandbox);
        terminal.run(&format!("clear; postmortem fill; echo {ENDED} $?"));
        for (question, answer, _) in &QUESTIONS[..last] {
            asked(&terminal, question, *answer);
            give(&terminal, *answer);
        }
        asked(&terminal, interrupted, *kind);
        terminal.press(&["C-c"]);
        let screen = ended(&terminal, 130);
        let kept = match last {
            0 => format!("Interrupted; {FILE} is as it was"),
            1 => format!("Interrupted; 1 answer kept in {FILE}"),
            last => format!("Interrupted; {last} answers kept in {FILE}"),
        };
        assert!(screen.contains(&kept), "{screen}");
        let text = sandbox.read(FILE);
        assert!(
            text.starts_with("version: 1\n") && text.contains("# ours"),
            "{text}"
        );
        for (_, _, part) in &QUESTIONS[..last] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}

#[test]
fn a_skipped_question_is_answered_on_the_screen() {
    let sandbox = document();
    let terminal = Terminal::open(&sandbox);
    terminal.run(&format!("clear; postmortem fill; echo {ENDED} $?"));
    let (question, kind, _) = QUESTIONS[0];
    asked(&terminal, question, kind);
    terminal.press(&["Enter"]);
    asked(&terminal, QUESTIONS[1].0, QUESTIONS[1].1);
    let screen = terminal.screen();
    assert!(screen.contains(&format!("{question} › Skip\n")), "{screen}");
    assert!(
        screen.contains("questions that a review asks; Enter skips one"),
        "{screen}"
    );
    terminal.press(&["C-c"]);
    ended(&terminal, 130);
}

/// An editor that takes a value away at its first call, and calls itself `vi` to be told a line.
fn with_editor() -> Sandbox {
    let sandbox = document();
    sandbox.write(
        "vi",
        "#!/bin/sh\necho \"$@\" >> arguments\ncase $1 in\n+*) sed -i '/^severty/d' \"$2\";;\n*) echo 'severty: x' >> \"$1\";;\nesac\n",
    );
    let all = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(sandbox.path("vi"), all).expect("it may be run");
    sandbox
}

#[test]
fn edit_goes_back_to_the_first_error() {
    let sandbox = with_editor();
    let terminal = Terminal::open(&sandbox);
    terminal.run(&format!(
        "clear; EDITOR=./vi postmortem edit; echo {ENDED} $?"
    ));
    terminal.wait_for("❯ 1 Go back to line 6");
    terminal.press(&["Enter"]);
    let screen = ended(&terminal, 0);
    assert!(
        screen.contains("What now? › Go back to line 6\n"),
        "{screen}"
    );
    assert_eq!(sandbox.read("arguments"), format!("{FILE}\n+6 {FILE}\n"));
}

#[test]
fn ctrl_c_at_the_question_of_edit_leaves_the_file_as_it_was_saved() {
    let sandbox = with_editor();
    let terminal = Terminal::open(&sandbox);
    terminal.run(&format!(
        "clear; EDITOR=./vi postmortem edit; echo {ENDED} $?"
    ));
    terminal.wait_for("❯ 1 Go back to line 6");
    terminal.press(&["C-c"]);
    let screen = ended(&terminal, 130);
    let kept = format!("Interrupted; {FILE} is as you saved it");
    assert!(screen.contains(&kept), "{screen}");
    assert!(sandbox.read(FILE).ends_with("severty: x\n"));
}

#[test]
fn ctrl_c_is_the_editors_own_while_it_is_open() {
    let sandbox = document();
    sandbox.write(
        "editor",
        "#!/bin/sh\ntrap 'echo \"severity: sev1\" >> \"$1\"; exit 0' INT\necho editor is open\nread line\n",
    );
    let all = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(sandbox.path("editor"), all).expect("it may be run");
    let terminal = Terminal::open(&sandbox);
    terminal.run(&format!(
        "clear; EDITOR=./editor postmortem edit; echo {ENDED} $?"
    ));
    terminal.wait_for("editor is open");
    terminal.press(&["C-c"]);
    ended(&terminal, 0);
    assert!(sandbox.read(FILE).ends_with("severity: sev1\n"));
}
