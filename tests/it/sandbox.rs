//! A small world of its own for each test: a folder, a home, a clock, a zone, a width, no variables.

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// What `POSTMORTEM_NOW` says in every sandbox: 15:36 in California on the day of the telemetry
/// roll-out, twenty minutes after its first harm.
pub const NOW: &str = "2024-12-11T23:36:00Z";

/// Longer than this no command takes; one that does is waiting for somebody.
const PATIENCE: Duration = Duration::from_secs(120);

/// The folder of the project.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder for a test's files, removed at the end of a test that passes.
#[derive(Debug)]
pub struct Sandbox {
    root: PathBuf,
    folder: PathBuf,
}

impl Sandbox {
    /// An empty folder, and a home beside it.
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("postmortem-test-{}-{count}", std::process::id());
        let root = std::env::temp_dir().join(name);
        // Process ids come round again: what a failed test of another day left is not ours.
        if root.exists() {
            std::fs::remove_dir_all(&root).expect("an old sandbox is removed");
        }
        let folder = root.join("work");
        std::fs::create_dir_all(&folder).expect("the sandbox is made");
        std::fs::create_dir_all(root.join("home")).expect("the home is made");
        Self { root, folder }
    }

    /// The folder that commands are called in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of a file in the folder.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, name: impl AsRef<Path>, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        if let Some(above) = path.parent() {
            std::fs::create_dir_all(above).expect("folders are made");
        }
        std::fs::write(&path, text).expect("a file is written");
        self
    }

    /// Copies a file or a folder of the project to the same place in the sandbox.
    pub fn copy(&self, name: impl AsRef<Path>) -> &Self {
        copy(&project().join(&name), &self.path(&name));
        self
    }

    /// The text of a file in the folder.
    #[track_caller]
    pub fn read(&self, name: impl AsRef<Path>) -> String {
        let path = self.path(name);
        match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => panic!("{}: {error}", path.display()),
        }
    }

    /// Every file in the folder, by its path from it, in order; but for locks, which stay beside every
    /// document that was ever changed.
    pub fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        collect(&self.folder, &self.folder, &mut files);
        files.retain(|file| !file.ends_with(".yaml.lock"));
        files.sort();
        files
    }

    /// Runs `postmortem` with these arguments.
    #[track_caller]
    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        self.call(arguments).run()
    }

    /// `postmortem` with these arguments, to be given input or variables before it is run.
    pub fn call<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Call {
        let binary = env!("CARGO_BIN_EXE_postmortem");
        let mut call = self.program(binary);
        call.command.args(arguments);
        call
    }

    /// Any other program, in the same surroundings; `postmortem` is on its path.
    pub fn program(&self, program: impl AsRef<OsStr>) -> Call {
        let mut command = Command::new(program);
        command
            .current_dir(&self.folder)
            .env_clear()
            .envs(self.variables());
        Call {
            command,
            input: Vec::new(),
            patience: PATIENCE,
        }
    }

    /// The variables that commands see, and no others.
    pub fn variables(&self) -> Vec<(&'static str, OsString)> {
        let binary = Path::new(env!("CARGO_BIN_EXE_postmortem"));
        let mut path = binary.parent().unwrap_or(binary).as_os_str().to_owned();
        path.push(":/usr/local/bin:/usr/bin:/bin");
        vec![
            ("COLUMNS", "100".into()),
            ("HOME", self.root.join("home").into()),
            ("LANG", "C.UTF-8".into()),
            ("PATH", path),
            ("POSTMORTEM_NOW", NOW.into()),
            ("TZ", "America/Los_Angeles".into()),
        ]
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("the files are kept: {}", self.root.display());
        } else {
            // A folder that stays does no harm; the next run has another name.
            let _ = std::fs::remove_dir_all(&self.root);
        }
    }
}

/// A program that is about to run.
#[derive(Debug)]
pub struct Call {
    command: Command,
    input: Vec<u8>,
    patience: Duration,
}

impl Call {
    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets a variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Takes a variable away.
    pub fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Calls it in a folder below the sandbox's.
    pub fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What it reads on stdin; nothing where this is not called.
    pub fn stdin(mut self, input: impl AsRef<[u8]>) -> Self {
        self.input = input.as_ref().to_vec();
        self
    }

    /// Gives it longer than a command may take.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Runs it to its end. One that waits for ever is stopped and fails the test.
    #[track_caller]
    pub fn run(mut self) -> Run {
        let line = format!("{:?}", self.command);
        self.command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = match self.command.spawn() {
            Ok(child) => child,
            Err(error) => panic!("{line}: {error}"),
        };
        let (sender, ends) = mpsc::channel();
        let mut stdin = child.stdin.take().expect("a pipe");
        let input = self.input;
        // A program need not read what it is given.
        thread::spawn(move || drop(stdin.write_all(&input)));
        let stdout = drain(child.stdout.take().expect("a pipe"), sender.clone());
        let stderr = drain(child.stderr.take().expect("a pipe"), sender);
        for _ in 0..2 {
            if ends.recv_timeout(self.patience).is_err() {
                // It may have ended just now; the test fails either way.
                let _ = child.kill();
                let _ = child.wait();
                panic!("{line}\nwas still running after {:?}", self.patience);
            }
        }
        let status = child.wait().expect("it ends");
        Run {
            line,
            code: status.code(),
            stdout: text(stdout.join().expect("stdout is read")),
            stderr: text(stderr.join().expect("stderr is read")),
        }
    }
}

fn drain(
    mut pipe: impl Read + Send + 'static,
    end: mpsc::Sender<()>,
) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = pipe.read_to_end(&mut bytes);
        // Nobody listens any more once the program was given up.
        let _ = end.send(());
        read.expect("a pipe is read");
        bytes
    })
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("the tool writes UTF-8")
}

/// What a program did.
#[derive(Debug, Clone)]
#[must_use = "say how it should have ended"]
pub struct Run {
    line: String,
    /// The exit code; nothing where a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to stdout.
    pub stdout: String,
    /// What it wrote to stderr.
    pub stderr: String,
}

impl Run {
    /// Fails unless it ended with this code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        if self.code != Some(code) {
            self.fail(&format!("did not exit with {code}"));
        }
        self
    }

    /// Fails unless it ended with 0.
    #[track_caller]
    pub fn succeeds(self) -> Self {
        self.exits(0)
    }

    /// Fails unless stdout is exactly this.
    #[track_caller]
    pub fn stdout_is(self, expected: &str) -> Self {
        if self.stdout != expected {
            self.fail(&format!("should have written to stdout\n{expected}"));
        }
        self
    }

    /// Fails unless stderr is exactly this.
    #[track_caller]
    pub fn stderr_is(self, expected: &str) -> Self {
        if self.stderr != expected {
            self.fail(&format!("should have written to stderr\n{expected}"));
        }
        self
    }

    /// Fails unless stdout has this in it.
    #[track_caller]
    pub fn stdout_has(self, part: &str) -> Self {
        if !self.stdout.contains(part) {
            self.fail(&format!("has not on stdout `{part}`"));
        }
        self
    }

    /// Fails unless stderr has this in it.
    #[track_caller]
    pub fn stderr_has(self, part: &str) -> Self {
        if !self.stderr.contains(part) {
            self.fail(&format!("has not on stderr `{part}`"));
        }
        self
    }

    /// Ends the test with all that is known.
    #[track_caller]
    pub fn fail(&self, why: &str) -> ! {
        let Self {
            line,
            code,
            stdout,
            stderr,
        } = self;
        panic!(
            "{line}\n{why}\n--- exit code: {code:?}\n--- stdout\n{stdout}\n--- stderr\n{stderr}"
        );
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).expect("a folder is made");
        for entry in std::fs::read_dir(from).expect("a folder is read") {
            let name = entry.expect("an entry").file_name();
            copy(&from.join(&name), &to.join(&name));
        }
        return;
    }
    if let Some(above) = to.parent() {
        std::fs::create_dir_all(above).expect("folders are made");
    }
    if let Err(error) = std::fs::copy(from, to) {
        panic!("{}: {error}", from.display());
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder is read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("it is below");
            files.push(name.display().to_string());
        }
    }
}

#[test]
fn a_sandbox_lets_nothing_in() {
    let sandbox = Sandbox::new();
    let run = sandbox.program("env").run().succeeds();
    let mut names: Vec<&str> = run
        .stdout
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name)
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["COLUMNS", "HOME", "LANG", "PATH", "POSTMORTEM_NOW", "TZ"]
    );
    assert_eq!(sandbox.files(), Vec::<String>::new());
}

#[test]
fn a_failing_program_is_seen() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(["no-such-command"]);
    let judged = std::panic::catch_unwind(|| run.succeeds());
    assert!(judged.is_err(), "it was not seen");
}
