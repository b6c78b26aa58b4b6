use std::ffi::OsString;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, SubsecRound, Utc};
use dialoguer::console::Term;

use crate::model::{Moment, Resolved, Zone};

use super::CommandError;

/// What the process finds around it: folder, variables, clock, zone, terminal.
///
/// Nothing else in the program asks for these. `POSTMORTEM_NOW` (RFC 3339) stands in for the clock,
/// so that tests and drills can choose the moment.
pub struct Surroundings {
    /// The folder the command was called in, absolute.
    pub folder: PathBuf,
    /// Whether `--no-input` forbids questions.
    pub no_input: bool,
    /// What the process was called with, its own name first.
    pub arguments: Vec<OsString>,
    variables: Variables,
    terminals: Terminals,
    stdout: Stream,
    stderr: Stream,
}

#[derive(Debug, Default)]
struct Variables {
    now: Option<OsString>,
    incident: Option<OsString>,
    user: Option<OsString>,
    visual: Option<OsString>,
    editor: Option<OsString>,
    tz: Option<OsString>,
    columns: Option<OsString>,
    no_color: Option<OsString>,
    term: Option<OsString>,
    step_summary: Option<OsString>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Terminals {
    stdin: bool,
    stdout: bool,
    stderr: bool,
    /// Whether stdout is a regular file.
    stdout_is_file: bool,
}

type Stream = Mutex<Box<dyn Write + Send>>;

/// The width where neither `COLUMNS` nor a terminal says another, in characters.
const USUAL_WIDTH: usize = 80;

impl Surroundings {
    /// Looks around.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that looks at the process; everything else is handed what it found"
    )]
    pub fn of_process() -> Self {
        Self {
            folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            no_input: false,
            arguments: std::env::args_os().collect(),
            variables: Variables {
                now: std::env::var_os("POSTMORTEM_NOW"),
                incident: std::env::var_os("POSTMORTEM_INCIDENT"),
                user: std::env::var_os("USER").or_else(|| std::env::var_os("USERNAME")),
                visual: std::env::var_os("VISUAL"),
                editor: std::env::var_os("EDITOR"),
                tz: std::env::var_os("TZ"),
                columns: std::env::var_os("COLUMNS"),
                no_color: std::env::var_os("NO_COLOR"),
                term: std::env::var_os("TERM"),
                step_summary: std::env::var_os("GITHUB_STEP_SUMMARY"),
            },
            terminals: Terminals {
                stdin: io::stdin().is_terminal(),
                stdout: io::stdout().is_terminal(),
                stderr: io::stderr().is_terminal(),
                stdout_is_file: stdout_is_file(),
            },
            stdout: Mutex::new(Box::new(io::stdout())),
            stderr: Mutex::new(Box::new(io::stderr())),
        }
    }

    /// The current time in UTC, in whole seconds.
    pub fn now(&self) -> Result<DateTime<Utc>, CommandError> {
        let Some(chosen) = &self.variables.now else {
            #[expect(
                clippy::disallowed_methods,
                reason = "this is where everybody else takes the time from"
            )]
            let now = Utc::now();
            return Ok(now.trunc_subsecs(0));
        };
        let text = chosen.to_string_lossy();
        match text.parse().map(|moment: Moment| moment.resolve(None)) {
            Ok(Ok(Resolved::Instant(instant))) => Ok(instant.to_utc().trunc_subsecs(0)),
            _ => Err(CommandError::new(format!(
                "POSTMORTEM_NOW is `{text}`, which is not a time"
            ))
            .help(
                "write it with its offset, as in `2024-12-11T15:16:00-08:00`, or unset it to use the clock",
            )),
        }
    }

    /// The incident that `POSTMORTEM_INCIDENT` names; an empty name is none.
    pub fn incident(&self) -> Option<String> {
        let named = self.variables.incident.as_ref()?.to_string_lossy();
        (!named.trim().is_empty()).then(|| named.into_owned())
    }

    /// Who is logged in at this machine; empty where nobody knows.
    pub fn user(&self) -> String {
        let user = self.variables.user.as_ref();
        user.map_or_else(String::new, |user| user.to_string_lossy().into_owned())
    }

    /// The editor that people have chosen, as a command with arguments, and the variable that says so.
    pub fn editor(&self) -> Option<(&'static str, String)> {
        let chosen = [
            ("VISUAL", &self.variables.visual),
            ("EDITOR", &self.variables.editor),
        ];
        chosen.into_iter().find_map(|(name, value)| {
            let command = value.as_ref()?.to_string_lossy().trim().to_owned();
            (!command.is_empty()).then_some((name, command))
        })
    }

    /// Whether `--` stands before the last so many arguments, so that all of them are words.
    pub fn are_words(&self, last: usize) -> bool {
        let separator = self.arguments.iter().rev().nth(last);
        separator.is_some_and(|separator| separator == "--")
    }

    /// The machine's time zone: `TZ`, else the system's, else UTC.
    ///
    /// A `TZ` that names no zone is an error, since times typed in another zone would be wrong.
    pub fn zone(&self) -> Result<Zone, CommandError> {
        let named = |name: &str| -> Result<Zone, String> {
            let name = match name.strip_prefix(':').unwrap_or(name) {
                path if path.starts_with('/') => path.rsplit("zoneinfo/").next().unwrap_or(path),
                name => name,
            };
            match name {
                "" | "Etc/UTC" | "Etc/UCT" | "UCT" | "Zulu" | "Etc/Zulu" => Ok(Zone::UTC),
                name => name.parse(),
            }
        };
        match &self.variables.tz {
            Some(tz) => named(&tz.to_string_lossy()).map_err(|error| {
                CommandError::new(format!("TZ cannot be used: {error}")).help(
                    "set `timezone` in postmortem.toml, or TZ to a name such as `Europe/Berlin`",
                )
            }),
            None => Ok(iana_time_zone::get_timezone()
                .ok()
                .and_then(|name| named(&name).ok())
                .unwrap_or(Zone::UTC)),
        }
    }

    /// Today's date in a document's zone; in the machine's where it has none.
    pub fn today(&self, zone: Option<Zone>) -> Result<chrono::NaiveDate, CommandError> {
        let zone = match zone {
            Some(zone) => zone,
            None => self.zone()?,
        };
        Ok(self.now()?.with_timezone(&zone.tz()).date_naive())
    }

    /// How many characters fit in a line of output: `COLUMNS`, else the terminal's width, else 80.
    pub fn width(&self) -> usize {
        let chosen = self.variables.columns.as_ref();
        chosen
            .and_then(|columns| columns.to_string_lossy().parse().ok())
            .filter(|columns| *columns > 0)
            .or_else(|| {
                let terminal = match self.terminals {
                    Terminals { stdout: true, .. } => Term::stdout(),
                    Terminals { stderr: true, .. } => Term::stderr(),
                    _ => return None,
                };
                let (_, columns) = terminal.size_checked()?;
                Some(usize::from(columns))
            })
            .unwrap_or(USUAL_WIDTH)
    }

    /// The file that GitHub Actions shows on the page of a run, where we run in a step of one.
    pub fn step_summary(&self) -> Option<PathBuf> {
        let file = self.variables.step_summary.as_ref();
        let file = file.filter(|file| !file.is_empty())?;
        Some(self.folder.join(file))
    }

    /// Whether a person sits at stdin and sees stderr, so that questions can be asked at all.
    pub fn can_ask(&self) -> bool {
        !self.no_input && self.terminals.stdin && self.terminals.stderr
    }

    /// Whether stdin is a terminal.
    pub fn stdin_is_terminal(&self) -> bool {
        self.terminals.stdin
    }

    /// Whether somebody sits at a terminal, and stdout alone was sent into a file.
    pub fn only_stdout_is_a_file(&self) -> bool {
        self.terminals.stdout_is_file && self.terminals.stdin && self.terminals.stderr
    }

    /// Whether stdout is a terminal.
    pub fn stdout_is_terminal(&self) -> bool {
        self.terminals.stdout
    }

    /// Whether what goes to stdout may be coloured: a terminal, and no `NO_COLOR`.
    pub fn stdout_colour(&self) -> bool {
        self.terminals.stdout && self.colour_is_welcome()
    }

    /// Whether what goes to stderr may be coloured: a terminal, and no `NO_COLOR`.
    pub fn stderr_colour(&self) -> bool {
        self.terminals.stderr && self.colour_is_welcome()
    }

    fn colour_is_welcome(&self) -> bool {
        let refused = self
            .variables
            .no_color
            .as_ref()
            .is_some_and(|no| !no.is_empty());
        let dumb = self.variables.term.as_ref().is_some_and(|t| t == "dumb");
        !refused && !dumb
    }

    /// Writes data to stdout, as it is. A reader that has gone away is a quiet end: the rest is
    /// dropped.
    pub fn print(&self, data: impl AsRef<[u8]>) -> Result<(), CommandError> {
        let mut stdout = self.stdout.lock().unwrap_or_else(PoisonError::into_inner);
        match stdout
            .write_all(data.as_ref())
            .and_then(|()| stdout.flush())
        {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CommandError::new(
                format!("stdout cannot be written: {error}"),
            )),
            _ => Ok(()),
        }
    }

    /// Writes words for people to stderr, as they are. Where stderr is gone nobody is left to tell.
    pub fn say(&self, words: impl AsRef<str>) {
        let mut stderr = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = stderr
            .write_all(words.as_ref().as_bytes())
            .and_then(|()| stderr.flush());
    }

    /// A path as a user wrote it, in the form that other tools compare: without `./`, and from here
    /// where it is below here.
    pub fn plain(&self, given: &Path) -> PathBuf {
        let path = self.folder.join(given);
        match path.strip_prefix(&self.folder) {
            Ok(below) if below.components().next().is_some() => below.components().collect(),
            _ => given.to_owned(),
        }
    }

    /// A path as people want to see it: from the folder the command was called in.
    pub fn shown(&self, path: &Path) -> PathBuf {
        let mut from = self.folder.components().peekable();
        let mut to = path.components().peekable();
        if !path.is_absolute() || !self.folder.is_absolute() {
            return path.to_owned();
        }
        while from.peek().is_some() && from.peek() == to.peek() {
            from.next();
            to.next();
        }
        let up = from.map(|_| std::path::Component::ParentDir);
        let shown: PathBuf = up.chain(to).collect();
        if shown.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            shown
        }
    }
}

#[cfg(unix)]
fn stdout_is_file() -> bool {
    use std::os::fd::AsFd;
    let stdout = io::stdout().as_fd().try_clone_to_owned();
    let about = stdout.and_then(|stdout| std::fs::File::from(stdout).metadata());
    about.is_ok_and(|about| about.is_file())
}

#[cfg(not(unix))]
fn stdout_is_file() -> bool {
    false
}

impl fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings")
            .field("folder", &self.folder)
            .field("no_input", &self.no_input)
            .field("variables", &self.variables)
            .field("terminals", &self.terminals)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use super::*;

    /// What a command under test has written.
    #[derive(Debug, Clone, Default)]
    pub struct Written(Arc<Mutex<Vec<u8>>>);

    impl Written {
        pub fn text(&self) -> String {
            String::from_utf8(self.0.lock().expect("whole").clone()).expect("UTF-8")
        }
    }

    impl Write for Written {
        fn write(&mut self, data: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("whole").write(data)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Surroundings {
        /// A place without terminal, with a fixed clock and zone; gives stdout and stderr too.
        pub fn of_test(folder: &Path, now: &str, tz: &str) -> (Self, Written, Written) {
            let (out, err) = (Written::default(), Written::default());
            let surroundings = Self {
                folder: folder.to_owned(),
                no_input: false,
                arguments: Vec::new(),
                variables: Variables {
                    now: Some(now.into()),
                    tz: Some(tz.into()),
                    ..Variables::default()
                },
                terminals: Terminals::default(),
                stdout: Mutex::new(Box::new(out.clone())),
                stderr: Mutex::new(Box::new(err.clone())),
            };
            (surroundings, out, err)
        }

        /// The same place, in which `POSTMORTEM_INCIDENT` is set.
        pub fn with_incident(mut self, named: &str) -> Self {
            self.variables.incident = Some(named.into());
            self
        }
    }

    fn zone(tz: &str) -> Result<&'static str, String> {
        let (here, ..) = Surroundings::of_test(Path::new("/"), "", tz);
        here.zone()
            .map(Zone::name)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn tz_is_understood_as_libraries_do() {
        assert_eq!(zone("Europe/Berlin"), Ok("Europe/Berlin"));
        assert_eq!(zone(":Europe/Berlin"), Ok("Europe/Berlin"));
        assert_eq!(zone("/usr/share/zoneinfo/Asia/Tokyo"), Ok("Asia/Tokyo"));
        assert_eq!(zone(""), Ok("UTC"));
        assert_eq!(zone("Etc/UTC"), Ok("UTC"));
        let error = zone("Berlin").expect_err("no zone");
        assert!(error.contains("Europe/Berlin"), "{error}");
        assert!(zone("CET-1CEST,M3.5.0,M10.5.0/3").is_err());
    }

    #[test]
    fn the_clock_can_be_chosen_but_not_garbled() {
        let now = |text: &str| {
            let (here, ..) = Surroundings::of_test(Path::new("/"), text, "UTC");
            here.now()
                .map(|now| now.to_rfc3339())
                .map_err(|error| error.to_string())
        };
        assert_eq!(
            now("2024-12-11T15:16:04.9-08:00").as_deref(),
            Ok("2024-12-11T23:16:04+00:00")
        );
        for garbled in ["", "now", "2024-12-11", "2024-12-11T15:16", "1733930160"] {
            let error = now(garbled).expect_err(garbled);
            assert!(error.contains("POSTMORTEM_NOW"), "{error}");
        }
    }

    #[test]
    fn paths_are_shown_from_here() {
        let (here, ..) = Surroundings::of_test(Path::new("/repo/src"), "", "");
        let shown = |path: &str| here.shown(Path::new(path)).display().to_string();
        assert_eq!(shown("/repo/src/a/b.yaml"), "a/b.yaml");
        assert_eq!(shown("/repo/postmortems/b.yaml"), "../postmortems/b.yaml");
        assert_eq!(shown("/repo/src"), ".");
        assert_eq!(shown("b.yaml"), "b.yaml");
    }

    #[test]
    fn a_path_below_is_told_from_here() {
        let (here, ..) = Surroundings::of_test(Path::new("/repo"), "", "");
        let plain = |path: &str| here.plain(Path::new(path)).display().to_string();
        assert_eq!(plain("./a/./b.yaml"), "a/b.yaml");
        assert_eq!(plain("/repo/a//b.yaml"), "a/b.yaml");
        assert_eq!(plain("../b.yaml"), "../b.yaml");
        assert_eq!(plain("/tmp/b.yaml"), "/tmp/b.yaml");
    }

    #[test]
    fn a_reader_that_went_away_is_a_quiet_end() {
        struct Closed(io::ErrorKind);
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let (mut here, ..) = Surroundings::of_test(Path::new("/"), "", "");
        here.stdout = Mutex::new(Box::new(Closed(io::ErrorKind::BrokenPipe)));
        assert!(here.print("data").is_ok());
        here.stdout = Mutex::new(Box::new(Closed(io::ErrorKind::StorageFull)));
        assert!(here.print("data").is_err());
    }
}
