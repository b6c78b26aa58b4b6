//! A real terminal for a test: a tmux server of its own, of a fixed size, gone at the end.

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::sandbox::Sandbox;

/// Longer than this nothing takes to appear on a screen.
const PATIENCE: Duration = Duration::from_secs(20);

/// The name of the server's socket, in a folder of the sandbox.
const SOCKET: &str = "terminal";

/// A terminal of 100 columns and 30 lines in a sandbox.
pub struct Terminal<'s> {
    sandbox: &'s Sandbox,
}

impl<'s> Terminal<'s> {
    /// Opens a terminal with a shell in it, whose prompt is `$ `.
    pub fn open(sandbox: &'s Sandbox) -> Self {
        let terminal = Self { sandbox };
        let folder = sandbox.folder().display().to_string();
        terminal.tmux(&[
            "new-session",
            "-d",
            "-x",
            "100",
            "-y",
            "30",
            "-c",
            &folder,
            "env",
            "PS1=$ ",
            "sh",
        ]);
        terminal.wait_for("$");
        terminal
    }

    /// Where the socket is: beside the folder that tests look at.
    fn root(&self) -> &Path {
        self.sandbox.folder().parent().expect("a sandbox is below")
    }

    fn tmux(&self, arguments: &[&str]) -> Output {
        let output = Command::new("tmux")
            .args(["-L", SOCKET, "-f", "/dev/null"])
            .args(arguments)
            .env_clear()
            .envs(self.sandbox.variables())
            .env_remove("COLUMNS")
            .env("TERM", "xterm-256color")
            .env("TMUX_TMPDIR", self.root())
            .output()
            .expect("tmux is installed");
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        output
    }

    /// Makes the terminal this wide and this high.
    pub fn resize(&self, columns: u16, lines: u16) {
        let (columns, lines) = (columns.to_string(), lines.to_string());
        self.tmux(&["resize-window", "-x", &columns, "-y", &lines]);
    }

    /// Presses keys, by tmux's names: `Enter`, `Down`, `C-c`.
    pub fn press(&self, keys: &[&str]) {
        let mut arguments = vec!["send-keys"];
        arguments.extend(keys);
        self.tmux(&arguments);
    }

    /// Types a text as it is.
    pub fn type_in(&self, text: &str) {
        self.tmux(&["send-keys", "-l", "--", text]);
    }

    /// Pastes a text, its line breaks too, all at once.
    pub fn paste(&self, text: &str) {
        self.tmux(&["set-buffer", text]);
        self.tmux(&["paste-buffer"]);
    }

    /// Types a command and presses Enter.
    pub fn run(&self, command: &str) {
        self.type_in(command);
        self.press(&["Enter"]);
    }

    /// Runs a command on an empty screen, so that nothing from before is taken for what it shows.
    pub fn run_afresh(&self, command: &str) {
        self.tmux(&["send-keys", "-R"]);
        self.run(&format!("clear; {command}"));
    }

    /// What is on the screen, without blanks at the ends of lines.
    pub fn screen(&self) -> String {
        let output = self.tmux(&["capture-pane", "-p"]);
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// The same with its colours, as escape sequences.
    pub fn coloured(&self) -> String {
        let output = self.tmux(&["capture-pane", "-p", "-e"]);
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Whether the cursor is shown.
    pub fn shows_cursor(&self) -> bool {
        let output = self.tmux(&["display-message", "-p", "#{cursor_flag}"]);
        output.stdout.starts_with(b"1")
    }

    /// Waits until a text is on the screen; of a list, until it takes keys as well: what is pressed before that
    /// counts for nothing.
    #[track_caller]
    pub fn wait_for(&self, text: &str) -> String {
        let screen = self.wait_until(&format!("`{text}`"), |terminal| {
            let screen = terminal.screen();
            screen.contains(text).then_some(screen)
        });
        if text.starts_with('❯') {
            self.wait_until("a list that takes keys", |terminal| {
                terminal.takes_keys().then_some(())
            });
        }
        screen
    }

    /// Whether keys are read one by one, and not in lines.
    fn takes_keys(&self) -> bool {
        let output = self.tmux(&["display-message", "-p", "#{pane_tty}"]);
        let tty = String::from_utf8(output.stdout).expect("UTF-8");
        let modes = Command::new("stty").args(["-a", "-F", tty.trim()]).output();
        let modes = modes.expect("stty").stdout;
        String::from_utf8_lossy(&modes).contains("-icanon")
    }

    /// Waits until something holds, and gives what came of it.
    #[track_caller]
    pub fn wait_until<T>(&self, what: &str, holds: impl Fn(&Self) -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = holds(self) {
                return found;
            }
            if begun.elapsed() > PATIENCE {
                panic!("{what} never came; on the screen:\n{}", self.screen());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Terminal<'_> {
    fn drop(&mut self) {
        let _ = Command::new("tmux")
            .args(["-L", SOCKET, "kill-server"])
            .env_clear()
            .envs(self.sandbox.variables())
            .env("TMUX_TMPDIR", self.root())
            .output();
    }
}
