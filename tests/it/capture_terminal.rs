//! `log`, `comms` and the choice of an incident in a real terminal.

use crate::incident::{FILE, Incident, TEXT};
use crate::tmux::Terminal;

const ENDED: &str = "ended with";

/// Starts a command and waits for its question.
fn begin(terminal: &Terminal<'_>, command: &str, question: &str) {
    terminal.run_afresh(&format!("{command}; echo {ENDED} $?"));
    asked(terminal, question);
}

/// Waits until the cursor stands behind a question.
fn asked(terminal: &Terminal<'_>, question: &str) {
    terminal.wait_until(&format!("the question `{question}`"), |terminal| {
        let screen = terminal.screen();
        let last = screen.trim_end().lines().last()?;
        last.starts_with(question).then_some(())
    });
}

/// Waits for the end, and looks whether the terminal is as it was; gives the screen.
#[track_caller]
fn ended(terminal: &Terminal<'_>, code: i32) -> String {
    let screen = terminal.wait_for(&format!("{ENDED} {code}\n"));
    assert!(terminal.shows_cursor(), "the cursor is hidden\n{screen}");
    terminal.run("echo sane");
    let _ = terminal.wait_for("\nsane\n");
    screen
}

#[test]
fn a_line_is_an_event_and_an_empty_one_ends() {
    let incident = Incident::new();
    let terminal = Terminal::open(&incident.sandbox);
    begin(&terminal, "postmortem log", "log ›");
    for (line, said) in [
        (
            "moved traffic away",
            "15:36:00 PST  now            moved traffic away",
        ),
        (
            "! alerts: all of them # really",
            "15:36:00 PST  now            detected  alerts: all of them # really",
        ),
        (
            "@15:13 ? the rollout",
            "15:13:00 PST  23 min ago     hypothesis  the rollout",
        ),
        ("= -k all users are well", "resolved  -k all users are well"),
    ] {
        terminal.run(line);
        let _ = terminal.wait_for(said);
        asked(&terminal, "log ›");
    }
    // A slip costs nothing: the line is saved, and does not come back.
    terminal.run("@1432 slipped");
    let screen = terminal.wait_for("15:36:00 PST  now            @1432 slipped");
    assert!(screen.contains("did you mean `14:32`?"), "{screen}");
    terminal.wait_until("an empty line", |terminal| {
        let screen = terminal.screen();
        screen.trim_end().ends_with("log ›").then_some(())
    });
    terminal.press(&["Enter"]);
    let screen = ended(&terminal, 0);
    assert!(screen.contains(&format!("5 events in {FILE}")), "{screen}");
    let said = [
        "the rollout",
        "moved traffic away",
        "alerts: all of them # really",
        "-k all users are well",
        "@1432 slipped",
    ];
    assert_eq!(incident.logged(), said);
    incident.is_tidy();
}

#[test]
fn ctrl_c_in_the_loop_keeps_every_line_before_it() {
    for typed in ["", "half a li"] {
        let incident = Incident::new();
        let terminal = Terminal::open(&incident.sandbox);
        begin(&terminal, "postmortem log", "log ›");
        for line in ["one", "two"] {
            terminal.run(line);
            let _ = terminal.wait_for(&format!("now            {line}"));
            asked(&terminal, "log ›");
        }
        terminal.type_in(typed);
        asked(&terminal, format!("log › {typed}").trim_end());
        terminal.press(&["C-c"]);
        let screen = ended(&terminal, 130);
        assert!(
            screen.contains(&format!("2 events kept in {FILE}")),
            "{screen}"
        );
        assert_eq!(incident.logged(), ["one", "two"]);
        incident.is_tidy();
    }
}

#[test]
fn ctrl_d_ends_the_loop_kindly() {
    let incident = Incident::new();
    let terminal = Terminal::open(&incident.sandbox);
    begin(&terminal, "postmortem log", "log ›");
    terminal.run("one");
    let _ = terminal.wait_for("now            one");
    asked(&terminal, "log ›");
    terminal.press(&["C-d"]);
    let screen = ended(&terminal, 0);
    assert!(screen.contains(&format!("1 event in {FILE}")), "{screen}");
    assert_eq!(incident.logged(), ["one"]);
}

#[test]
fn pasted_lines_are_an_event_each() {
    let incident = Incident::new();
    let terminal = Terminal::open(&incident.sandbox);
    begin(&terminal, "postmortem log", "log ›");
    terminal.paste("one\n! two\n\nthree\nnot yet");
    asked(&terminal, "log › not yet");
    assert_eq!(incident.logged(), ["one", "two", "three"]);
    terminal.press(&["Enter"]);
    let _ = terminal.wait_for("now            not yet");
    asked(&terminal, "log ›");
    terminal.press(&["Enter"]);
    let _ = ended(&terminal, 0);
    assert_eq!(incident.logged(), ["one", "two", "three", "not yet"]);
    incident.is_tidy();
}

#[test]
fn a_kill_in_the_loop_gives_the_terminal_back() {
    let incident = Incident::new();
    let terminal = Terminal::open(&incident.sandbox);
    begin(
        &terminal,
        "sh -c 'echo $$ >pid; exec postmortem log'",
        "log ›",
    );
    terminal.run("one");
    let _ = terminal.wait_for("now            one");
    asked(&terminal, "log ›");
    let pid = incident.sandbox.read("pid");
    let kill = incident.sandbox.program("kill").args(["-TERM", pid.trim()]);
    let _ = kill.run().succeeds();
    let screen = ended(&terminal, 143);
    assert!(
        screen.contains(&format!("1 event kept in {FILE}")),
        "{screen}"
    );
    assert_eq!(incident.logged(), ["one"]);
}

#[test]
fn ctrl_c_when_asked_what_was_said_changes_nothing() {
    let incident = Incident::new();
    let terminal = Terminal::open(&incident.sandbox);
    begin(&terminal, "postmortem comms", "What was said? ›");
    terminal.type_in("We are look");
    terminal.press(&["C-c"]);
    let screen = ended(&terminal, 130);
    assert!(screen.contains("nothing was changed in"), "{screen}");
    assert_eq!(incident.text(), TEXT);
    begin(&terminal, "postmortem comms", "What was said? ›");
    terminal.run("We are looking into it");
    let _ = ended(&terminal, 0);
    assert_eq!(incident.logged(), ["We are looking into it"]);
}

#[test]
fn which_incident_is_asked_and_ctrl_c_changes_nothing() {
    let incident = Incident::new();
    let other = "postmortems/2024-12-11-web-slow.yaml";
    incident
        .sandbox
        .write(other, TEXT.replace("api-down", "web-slow"));
    let terminal = Terminal::open(&incident.sandbox);
    let ask = |terminal: &Terminal<'_>| {
        terminal.run_afresh(&format!("postmortem log typed; echo {ENDED} $?"));
        let _ = terminal.wait_for("❯ 1 2024-12-11-web-slow   API down (sev1, investigating)");
    };
    ask(&terminal);
    terminal.press(&["C-c"]);
    let screen = ended(&terminal, 130);
    assert!(
        screen.contains("Interrupted; nothing was changed"),
        "{screen}"
    );
    assert!(
        screen.contains("What you typed, so that it is not lost:\n\ntyped\n"),
        "{screen}"
    );
    assert_eq!(incident.text(), TEXT);
    ask(&terminal);
    terminal.press(&["Down"]);
    let _ = terminal.wait_for("❯ 2 2024-12-11-api-down");
    terminal.press(&["Enter"]);
    let _ = ended(&terminal, 0);
    assert_eq!(incident.logged(), ["typed"]);
}

#[test]
fn a_line_is_corrected_with_the_keys_of_a_shell() {
    let incident = Incident::new();
    let terminal = Terminal::open(&incident.sandbox);
    begin(&terminal, "postmortem log", "log ›");
    terminal.type_in("one two three");
    asked(&terminal, "log › one two three");
    terminal.press(&["C-w", "C-a"]);
    terminal.type_in("zero ");
    asked(&terminal, "log › zero one two");
    terminal.press(&[
        "C-e", "C-w", "C-a", "Right", "Right", "Right", "Right", "C-k",
    ]);
    terminal.type_in(" point");
    asked(&terminal, "log › zero point");
    terminal.press(&["Enter"]);
    let _ = terminal.wait_for("now            zero point");
    asked(&terminal, "log ›");
    terminal.type_in(&"long ".repeat(50));
    terminal.press(&["C-u"]);
    terminal.type_in("short");
    let _ = terminal.wait_for("log › short");
    let screen = terminal.screen();
    assert!(!screen.contains("long"), "{screen}");
    terminal.press(&["Enter"]);
    let _ = terminal.wait_for("now            short");
    asked(&terminal, "log ›");
    terminal.press(&["Enter"]);
    let _ = ended(&terminal, 0);
    assert_eq!(incident.logged(), ["zero point", "short"]);
}

#[test]
fn colours_of_a_paste_take_no_text_along() {
    let incident = Incident::new();
    let terminal = Terminal::open(&incident.sandbox);
    begin(&terminal, "postmortem log", "log ›");
    terminal.paste("one \u{1b}[31mred\u{1b}[0m line\n\u{1b}[200~two\u{1b}[201~ lines\n");
    let _ = terminal.wait_for("now            two lines");
    asked(&terminal, "log ›");
    terminal.press(&["C-d"]);
    let _ = ended(&terminal, 0);
    assert_eq!(incident.logged(), ["one red line", "two lines"]);
}

#[test]
fn words_for_the_loop_are_no_events() {
    let incident = Incident::new();
    let terminal = Terminal::open(&incident.sandbox);
    begin(&terminal, "postmortem log", "log ›");
    for (line, said) in [
        ("one", "now            one"),
        ("two", "now            two"),
        ("undo", "taken back: 15:36:00 PST  now            two"),
        ("status", "note: not saved as an event"),
        ("-t 15:13 three", "note: options mean nothing in a line"),
        ("clear", "now            clear"),
    ] {
        terminal.run(line);
        let _ = terminal.wait_for(said);
        asked(&terminal, "log ›");
    }
    terminal.run("quit");
    let screen = ended(&terminal, 0);
    assert!(screen.contains(&format!("3 events in {FILE}")), "{screen}");
    assert_eq!(incident.logged(), ["one", "-t 15:13 three", "clear"]);
}

#[test]
fn ctrl_c_shows_what_was_typed_and_not_saved() {
    let incident = Incident::new();
    let terminal = Terminal::open(&incident.sandbox);
    begin(&terminal, "postmortem log", "log ›");
    terminal.type_in("half a li");
    asked(&terminal, "log › half a li");
    terminal.press(&["C-c"]);
    let screen = ended(&terminal, 130);
    assert!(screen.contains("\nnot saved: half a li\n"), "{screen}");
}
