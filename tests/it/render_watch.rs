//! `render --watch`: a page follows its document from save to save.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::sandbox::Sandbox;

/// Longer than this no line takes to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A watching process and the lines that it writes, stdout and stderr in one.
struct Watch {
    child: Child,
    lines: Receiver<String>,
    /// Lines that came and that nobody waited for yet.
    early: Vec<String>,
}

impl Watch {
    fn over(sandbox: &Sandbox) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_postmortem"))
            .args([
                "render",
                "postmortems",
                "-o",
                "pages/{id}.md",
                "-t",
                "mine.md",
                "--watch",
            ])
            .current_dir(sandbox.folder())
            .env_clear()
            .envs(sandbox.variables())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let (sender, lines) = channel();
        let stdout = child.stdout.take().expect("a pipe");
        let stderr = child.stderr.take().expect("a pipe");
        let other = sender.clone();
        std::thread::spawn(move || {
            BufReader::new(stdout)
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| other.send(line))
        });
        std::thread::spawn(move || {
            BufReader::new(stderr)
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        Self {
            child,
            lines,
            early: Vec::new(),
        }
    }

    /// Waits for a line that has this in it, and takes it.
    #[track_caller]
    fn says(&mut self, part: &str) {
        loop {
            if let Some(at) = self.early.iter().position(|line| line.contains(part)) {
                self.early.remove(at);
                return;
            }
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => self.early.push(line),
                Err(_) => panic!("it never said `{part}`, but {:?}", self.early),
            }
        }
    }

    /// Presses Ctrl-C, and gives the exit code.
    fn interrupted(mut self) -> Option<i32> {
        let killed = Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status()
            .expect("kill is there");
        assert!(killed.success());
        self.says("no longer watching");
        self.child.wait().expect("it ends").code()
    }
}

fn document(title: &str) -> String {
    format!("version: 1\nid: 2024-12-11-x\ntitle: {title}\n")
}

#[test]
fn pages_follow_what_is_saved() {
    let sandbox = Sandbox::new();
    let file = "postmortems/2024-12-11-x.yaml";
    let page = "pages/2024-12-11-x.md";
    sandbox
        .write(file, document("One"))
        .write("mine.md", "{{ title }}\n");
    let mut watch = Watch::over(&sandbox);
    watch.says("watching");
    watch.says(page);
    assert_eq!(sandbox.read(page), "One\n");
    sandbox.write(file, document("Two"));
    watch.says(page);
    assert_eq!(sandbox.read(page), "Two\n");
    // A broken save is told; the page stays, and the next save is taken.
    sandbox.write(file, "version: 1\nid: 2024-12-11-x\ntitel: Three\n");
    watch.says("does not read");
    assert_eq!(sandbox.read(page), "Two\n");
    // Saved as editors do: written beside it and renamed over it.
    sandbox.write("postmortems/.x.swp", document("Four"));
    std::fs::rename(sandbox.path("postmortems/.x.swp"), sandbox.path(file)).expect("renamed");
    watch.says(page);
    assert_eq!(sandbox.read(page), "Four\n");
    sandbox.write("mine.md", "mine: {{ title }}\n");
    watch.says(page);
    assert_eq!(sandbox.read(page), "mine: Four\n");
    sandbox.write("mine.md", "mine: {{ titel }}\n");
    watch.says("there is no `titel`");
    sandbox.write("mine.md", "ours: {{ title }}\n");
    watch.says(page);
    // A document that comes is taken up.
    sandbox.write(
        "postmortems/2024-12-12-y.yaml",
        document("Y").replace("11-x", "12-y"),
    );
    watch.says("pages/2024-12-12-y.md");
    sandbox.write("postmortem.toml", "titel = 1\n");
    watch.says("postmortem.toml");
    std::fs::remove_file(sandbox.path("postmortem.toml")).expect("removed");
    sandbox.write(file, document("Five"));
    watch.says(page);
    assert_eq!(sandbox.read(page), "ours: Five\n");
    // A file beside the document is a part of its page.
    let log = "{% for file in attachments %}{{ file.log.text }}{% endfor %}\n";
    sandbox
        .write("mine.md", log)
        .write("postmortems/log.txt", "first\n")
        .write(file, document("Six") + "attachments: [{file: log.txt}]\n");
    watch.says(page);
    assert_eq!(sandbox.read(page), "first\n");
    sandbox.write("postmortems/log.txt", "second\n");
    watch.says(page);
    assert_eq!(sandbox.read(page), "second\n");
    assert_eq!(watch.interrupted(), Some(130));
}

#[test]
fn stdin_and_stdout_are_not_watched() {
    let sandbox = Sandbox::new();
    sandbox.write("2024-12-11-x.yaml", document("X"));
    let _ = sandbox
        .run(["render", "-", "-o", "x.md", "--watch"])
        .exits(2)
        .stderr_has("stdin cannot be watched");
    let _ = sandbox
        .run(["render", "2024-12-11-x.yaml", "--watch"])
        .exits(2);
    let _ = sandbox
        .run(["render", "2024-12-11-x.yaml", "--watch", "-o", "-"])
        .exits(2);
}
