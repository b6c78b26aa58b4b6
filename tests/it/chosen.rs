//! Which incident a command means, where none or a part of a name is given.

use crate::sandbox::Sandbox;
use crate::tmux::Terminal;

/// A folder with two open incidents and a closed one.
fn three() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("postmortem.toml", "");
    for (id, rest) in [
        ("2024-12-09-login-slow", "status: resolved\n"),
        (
            "2024-12-10-search-down",
            "severity: sev2\nstatus: monitoring\n",
        ),
        ("2024-12-11-api-down", ""),
    ] {
        let title = id[11..].replace('-', " ");
        let text = format!("version: 1\nid: {id}\ntitle: {title}\n{rest}");
        sandbox.write(format!("postmortems/{id}.yaml"), text);
    }
    sandbox
}

#[test]
fn without_a_terminal_the_open_ones_are_listed() {
    let sandbox = three();
    let _ = sandbox.run(["status"]).exits(2).stdout_is("").stderr_is(
        "error: 2 incidents are open: say which is meant\n  \
         help: -i 2024-12-11-api-down   api down (investigating)\n  \
         help: -i 2024-12-10-search-down   search down (sev2, monitoring)\n",
    );
    let _ = sandbox
        .run(["status", "-i", "login"])
        .succeeds()
        .stdout_has("login slow");
    let named = sandbox
        .call(["status"])
        .env("POSTMORTEM_INCIDENT", "search");
    let _ = named.run().succeeds().stdout_has("search down");
    let below = sandbox
        .call(["show", "api"])
        .within(&sandbox.path("postmortems"));
    let _ = below.run().succeeds().stdout_has("api down");
}

#[test]
fn on_a_terminal_one_is_picked() {
    let sandbox = three();
    let terminal = Terminal::open(&sandbox);
    terminal.run_afresh("postmortem status; echo ended $?");
    terminal.wait_for("❯ 1 2024-12-11-api-down   api down (investigating)");
    terminal.press(&["Down"]);
    terminal.wait_for("❯ 2 2024-12-10-search-down");
    terminal.press(&["Enter"]);
    let screen = terminal.wait_for("\nended 0");
    assert!(screen.contains("\nsearch down  "), "{screen}");
    terminal.run_afresh("postmortem status; echo ended $?");
    terminal.wait_for("❯ 1 2024-12-11-api-down");
    terminal.press(&["C-c"]);
    let screen = terminal.wait_for("\nended 130");
    assert!(
        screen.contains("Interrupted; nothing was changed"),
        "{screen}"
    );
    assert!(terminal.shows_cursor(), "the cursor is hidden");
}
