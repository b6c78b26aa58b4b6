//! `postmortem new` in a real terminal.

use crate::sandbox::Sandbox;
use crate::tmux::Terminal;

const FILE: &str = "postmortems/2024-12-11-api-down.yaml";

const QUESTIONS: [&str; 5] = [
    "Title ›",
    "What can users not do? ›",
    "Services (comma) ›",
    "Since when? (20m, 14:32) ›",
    "Suspected cause, if any ›",
];

const ENDED: &str = "ended with";

/// Starts `postmortem new` and waits for its first question.
fn begin(terminal: &Terminal<'_>, arguments: &str, question: &str) {
    terminal.run(&format!(
        "clear; postmortem new {arguments}; echo {ENDED} $?"
    ));
    asked(terminal, question);
}

/// Waits until the cursor stands behind a question, or in the list below it.
fn asked(terminal: &Terminal<'_>, question: &str) {
    terminal.wait_until(&format!("the question `{question}`"), |terminal| {
        let screen = terminal.screen();
        let last = screen.trim_end().lines().last()?.to_owned();
        let is_list = question == QUESTIONS[1];
        let is_here = match is_list {
            true => {
                screen.contains(question)
                    && screen.contains("❯")
                    && last.starts_with("  9 Nothing that")
            }
            false => last.starts_with(question),
        };
        is_here.then_some(())
    });
}

/// Answers the question of this number as in `whole`.
fn answer(terminal: &Terminal<'_>, number: usize) {
    match number {
        0 => terminal.type_in("API down"),
        // Up from the first is the last; two down from there is the second again.
        1 => terminal.press(&["Up", "Down", "Down"]),
        2 => terminal.type_in("api, chatgpt"),
        3 => terminal.type_in("20m"),
        _ => terminal.type_in("rollout of the agent"),
    }
    if number == 1 {
        terminal.wait_for("❯ 2 A core function is down for everyone");
    }
    terminal.press(&["Enter"]);
}

/// Waits for the end, gives the screen.
fn ended(terminal: &Terminal<'_>, code: i32) -> String {
    let screen = terminal.wait_for(&format!("\n{ENDED} {code}"));
    assert!(terminal.shows_cursor(), "the cursor is hidden\n{screen}");
    screen
}

fn whole(what: &str) -> String {
    format!(
        "\
# yaml-language-server: $schema=../postmortem.schema.json
version: 1
id: 2024-12-11-api-down
title: API down
severity: sev1
timezone: America/Los_Angeles
services: [api, chatgpt]

causes:
  - {{id: C1, what: rollout of the agent}}

timeline:
  - {{at: 2024-12-11T15:16-08:00, kind: started, what: {what}}}
"
    )
}

#[test]
fn the_whole_dialogue() {
    let sandbox = Sandbox::new();
    let terminal = Terminal::open(&sandbox);
    begin(&terminal, "", QUESTIONS[0]);
    for (number, question) in QUESTIONS.iter().enumerate() {
        asked(&terminal, question);
        answer(&terminal, number);
    }
    let screen = ended(&terminal, 0);
    for line in [
        "Title › API down",
        "What can users not do? › A core function is down for everyone",
        "Services (comma) › api, chatgpt",
        "Since when? (20m, 14:32) › 20m",
        "Suspected cause, if any › rollout of the agent",
        "Saved postmortems/2024-12-11-api-down.yaml   sev1, because a core function is down for everyone",
        "Started 2024-12-11 15:16 PST, 20 min ago",
        FILE,
    ] {
        assert!(
            screen.lines().any(|on_screen| on_screen == line),
            "{line}\nis not in\n{screen}"
        );
    }
    assert_eq!(
        sandbox.read(FILE),
        whole("A core function is down for everyone.")
    );
    assert_eq!(sandbox.files(), [FILE]);
}

#[test]
fn ctrl_c_at_every_question_keeps_the_answers_and_gives_the_terminal_back() {
    for (last, interrupted) in QUESTIONS.iter().enumerate() {
        let sandbox = Sandbox::new();
        let terminal = Terminal::open(&sandbox);
        begin(&terminal, "", QUESTIONS[0]);
        for (number, question) in QUESTIONS.iter().enumerate().take(last) {
            asked(&terminal, question);
            answer(&terminal, number);
        }
        asked(&terminal, interrupted);
        terminal.press(&["C-c"]);
        let screen = ended(&terminal, 130);
        // The shell echoes what is typed: the terminal is as it was.
        terminal.run("echo sane");
        terminal.wait_for("\nsane\n");
        if last == 0 {
            assert!(screen.contains("nothing was saved yet"), "{screen}");
            assert_eq!(sandbox.files(), Vec::<String>::new());
            continue;
        }
        assert!(screen.contains(&format!("kept {FILE}")), "{screen}");
        begin(&terminal, "--resume", interrupted);
        for (number, question) in QUESTIONS.iter().enumerate().skip(last) {
            asked(&terminal, question);
            answer(&terminal, number);
        }
        ended(&terminal, 0);
        let what = match last {
            1 | 4 => "A core function is down for everyone.",
            _ => "First users are affected.",
        };
        assert_eq!(
            sandbox.read(FILE),
            whole(what),
            "interrupted at {interrupted}"
        );
        assert_eq!(sandbox.files(), [FILE]);
    }
}

#[test]
fn pasted_lines_answer_no_question_that_was_not_read() {
    let sandbox = Sandbox::new();
    let terminal = Terminal::open(&sandbox);
    begin(&terminal, "", QUESTIONS[0]);
    terminal.paste("API down\nsince noon\nsev1\n");
    let screen = terminal.wait_for("Title › API down since noon sev1");
    assert!(screen.contains("several lines came at once"), "{screen}");
    assert!(!screen.contains(QUESTIONS[1]), "{screen}");
    assert_eq!(sandbox.files(), Vec::<String>::new());
    terminal.press(&["Enter"]);
    asked(&terminal, QUESTIONS[1]);
    terminal.press(&["Enter"]);
    for question in &QUESTIONS[2..] {
        asked(&terminal, question);
        terminal.press(&["Enter"]);
    }
    ended(&terminal, 0);
    assert_eq!(
        sandbox.files(),
        ["postmortems/2024-12-11-api-down-since-noon-sev1.yaml"]
    );
}

#[test]
fn a_kill_while_it_asks_gives_the_terminal_back() {
    let sandbox = Sandbox::new();
    let terminal = Terminal::open(&sandbox);
    terminal.run(&format!(
        "sh -c 'echo $$ >pid; exec postmortem new API down'; echo {ENDED} $?"
    ));
    asked(&terminal, QUESTIONS[1]);
    terminal.wait_until("a hidden cursor", |terminal| {
        (!terminal.shows_cursor()).then_some(())
    });
    let pid = sandbox.read("pid");
    let _ = sandbox
        .program("kill")
        .args(["-TERM", pid.trim()])
        .run()
        .succeeds();
    let screen = ended(&terminal, 143);
    assert!(screen.contains(&format!("kept {FILE}")), "{screen}");
    terminal.run("echo sane");
    terminal.wait_for("\nsane\n");
}

#[test]
fn what_cannot_be_a_time_is_asked_for_afresh() {
    let sandbox = Sandbox::new();
    let terminal = Terminal::open(&sandbox);
    begin(
        &terminal,
        "API down --severity sev1 --service api --cause x",
        QUESTIONS[3],
    );
    terminal.type_in("1516");
    terminal.press(&["Enter"]);
    let screen = terminal.wait_for("did you mean `15:16`?");
    assert!(screen.contains("error: `1516`"), "{screen}");
    terminal.wait_until("an empty line below the one that was typed", |terminal| {
        let screen = terminal.screen();
        let stands_above = screen.contains("\nSince when? (20m, 14:32) › 1516\n");
        (stands_above && screen.trim_end().ends_with("14:32) ›")).then_some(())
    });
    terminal.type_in("15:16");
    terminal.press(&["Enter"]);
    let screen = ended(&terminal, 0);
    assert!(
        screen.contains("Started 2024-12-11 15:16 PST, 20 min ago"),
        "{screen}"
    );
}

#[test]
fn a_title_longer_than_the_screen_is_wide_is_shown_once() {
    // One that just fits, one that just does not, and some of several rows.
    for (columns, length) in [(40, 31), (40, 32), (40, 33), (40, 72), (40, 73), (100, 187)] {
        let sandbox = Sandbox::new();
        let terminal = Terminal::open(&sandbox);
        terminal.resize(columns, 30);
        begin(&terminal, "", QUESTIONS[0]);
        let title: String = ('a'..='z').cycle().take(length).collect();
        terminal.type_in(&title);
        let on_one_line = |terminal: &Terminal<'_>| terminal.screen().replace('\n', "");
        terminal.wait_until("the whole title", |terminal| {
            on_one_line(terminal).contains(&title).then_some(())
        });
        terminal.press(&["Enter"]);
        asked(&terminal, QUESTIONS[1]);
        let screen = terminal.screen();
        assert_eq!(screen.matches("Title ›").count(), 1, "{length}: {screen}");
        let shown = on_one_line(&terminal);
        assert!(
            shown.contains(&format!("Title › {title}Created")),
            "{length}: {screen}"
        );
        terminal.press(&["C-c"]);
        ended(&terminal, 130);
    }
}

#[test]
fn a_narrow_terminal_shows_every_line_once() {
    let sandbox = Sandbox::new();
    let terminal = Terminal::open(&sandbox);
    terminal.resize(40, 30);
    begin(&terminal, "", QUESTIONS[0]);
    terminal.type_in(&"long title ".repeat(10));
    terminal.press(&["Enter"]);
    asked(&terminal, QUESTIONS[1]);
    // Each key draws the list again.
    terminal.press(&["Down", "Down", "Down", "Up", "Up"]);
    let screen = terminal.wait_for("❯ 2 A core function is down for everyo…");
    assert!(
        screen.contains("\n  5 A core function is degraded for ev…\n"),
        "{screen}"
    );
    for once in ["Title ›", QUESTIONS[1], "Not known yet", "Data is exposed"] {
        assert_eq!(screen.matches(once).count(), 1, "{once}\n{screen}");
    }
    let answer = format!("Title › {}", "long title ".repeat(10).trim_end());
    assert!(screen.replace('\n', "").contains(&answer), "{screen}");
    terminal.press(&["Down", "Down", "Down", "Enter"]);
    asked(&terminal, QUESTIONS[2]);
    let screen = terminal.screen();
    assert_eq!(screen.matches("A core function").count(), 1, "{screen}");
    terminal.press(&["C-c"]);
    terminal.wait_for(&format!("\n{ENDED} 130"));
    let files = sandbox.files();
    let text = sandbox.read(&files[0]);
    assert!(text.contains("\nseverity: sev2\n"), "{text}");
}

#[test]
fn escape_leaves_the_first_answer_on_the_screen() {
    let sandbox = Sandbox::new();
    let terminal = Terminal::open(&sandbox);
    begin(&terminal, "API down", QUESTIONS[1]);
    terminal.press(&["Down"]);
    terminal.wait_for("❯ 2 A core function is down for everyone");
    terminal.press(&["Escape"]);
    asked(&terminal, QUESTIONS[2]);
    let screen = terminal.screen();
    let line = "What can users not do? › Not known yet";
    assert!(screen.lines().any(|shown| shown == line), "{screen}");
    terminal.press(&["C-c"]);
    ended(&terminal, 130);
    assert!(!sandbox.read(FILE).contains("severity"));
}

#[test]
fn words_typed_at_a_list_answer_nothing() {
    let sandbox = Sandbox::new();
    let terminal = Terminal::open(&sandbox);
    begin(&terminal, "API down", QUESTIONS[1]);
    terminal.type_in("Checkout fails 20m   ");
    terminal.press(&["Enter"]);
    terminal.wait_for("What can users not do? › choose with ↑ ↓ or a number, then Enter");
    terminal.type_in("4");
    terminal.wait_for("❯ 4 A core function is down for many");
    terminal.press(&["Enter"]);
    asked(&terminal, QUESTIONS[2]);
    let screen = terminal.screen();
    let line = "What can users not do? › A core function is down for many";
    assert!(screen.lines().any(|shown| shown == line), "{screen}");
    assert!(screen.trim_end().ends_with(QUESTIONS[2]), "{screen}");
    terminal.press(&["C-d"]);
    let screen = ended(&terminal, 0);
    assert!(screen.contains(&format!("Ended; kept {FILE}")), "{screen}");
}

#[test]
fn a_list_longer_than_the_screen_shows_what_is_marked() {
    let sandbox = Sandbox::new();
    let terminal = Terminal::open(&sandbox);
    terminal.resize(40, 6);
    terminal.run("clear; postmortem new API down");
    terminal.wait_for("❯ 1 Not known yet");
    terminal.press(&["Up"]);
    terminal.wait_for("❯ 9 Nothing that users notice");
    terminal.press(&["Down"]);
    terminal.wait_for("❯ 1 Not known yet");
    terminal.press(&["Enter"]);
    terminal.wait_for(QUESTIONS[2]);
    let screen = terminal.screen();
    assert!(!screen.contains("A core function"), "{screen}");
    terminal.press(&["C-c"]);
    terminal.wait_for("Interrupted");
}

#[test]
fn tab_completes_services_of_the_configuration() {
    let sandbox = Sandbox::new();
    sandbox.write("postmortem.toml", "services = ['api', 'chatgpt', 'sora']\n");
    let terminal = Terminal::open(&sandbox);
    let question = "Services (comma, Tab completes) ›";
    begin(
        &terminal,
        "API down --severity sev1 --started 20m --cause x",
        question,
    );
    terminal.type_in("api, ch");
    terminal.press(&["Tab"]);
    terminal.wait_for(&format!("{question} api, chatgpt"));
    terminal.press(&["Enter"]);
    ended(&terminal, 0);
    assert!(sandbox.read(FILE).contains("services: [api, chatgpt]\n"));
}

#[test]
fn the_path_can_be_caught_while_questions_are_asked() {
    let sandbox = Sandbox::new();
    let terminal = Terminal::open(&sandbox);
    terminal.run("file=$(postmortem new API down); echo \"caught <$file>\"");
    for question in &QUESTIONS[1..] {
        asked(&terminal, question);
        terminal.press(&["Enter"]);
    }
    terminal.wait_for(&format!("\ncaught <{FILE}>"));
}

#[test]
fn no_input_asks_nothing_in_a_terminal_either() {
    let sandbox = Sandbox::new();
    let terminal = Terminal::open(&sandbox);
    terminal.run(&format!("postmortem --no-input new; echo {ENDED} $?"));
    let screen = ended(&terminal, 2);
    assert!(screen.contains("error: a title is missing"), "{screen}");
}
