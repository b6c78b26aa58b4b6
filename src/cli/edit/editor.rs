//! The editor that people have chosen, and how it is called.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::cli::{CommandError, Surroundings};
use crate::store::reason;

/// Why an editor did not end well.
#[derive(Debug)]
pub struct Failure {
    /// What happened, in one line without a full stop.
    pub why: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// Tried in this order where nobody has chosen one.
const USUAL: [&str; 6] = ["vi", "vim", "nvim", "nano", "emacs", "notepad"];

/// What can be done where there is none.
const CHOOSE: &str = "choose one: export EDITOR=nano";

/// Opens a file, at a line if one is given, and waits for the end of the editor.
pub fn open(file: &Path, line: Option<usize>, surroundings: &Surroundings) -> Result<(), Failure> {
    let (commands, named_by) = match surroundings.editor() {
        Some((variable, command)) => {
            let words = words(&command).ok_or_else(|| Failure {
                why: format!("{variable} is `{command}`, in which a quote is not closed"),
                help: Some(CHOOSE.to_owned()),
            })?;
            (vec![words], Some(variable))
        }
        None if !surroundings.stdout_is_terminal() => {
            return Err(Failure {
                why: "there is neither an editor nor a terminal for one".to_owned(),
                help: Some("name one in $EDITOR, or change the file by other means".to_owned()),
            });
        }
        None => (USUAL.map(|name| vec![name.to_owned()]).to_vec(), None),
    };
    for words in &commands {
        let [program, given @ ..] = &words[..] else {
            continue;
        };
        let mut command = Command::new(program);
        command
            .args(given)
            .args(place(program, file, line, surroundings))
            .current_dir(&surroundings.folder);
        match waited_for(&mut command) {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => {
                return Err(Failure {
                    why: format!("the editor `{program}` {}", end(status)),
                    help: None,
                });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && named_by.is_none() => {}
            Err(error) => {
                let variable = named_by.unwrap_or("EDITOR");
                let why = match error.kind() {
                    io::ErrorKind::NotFound => "is not installed".to_owned(),
                    _ => format!("cannot be run: {}", reason(&error)),
                };
                return Err(Failure {
                    why: format!("the editor `{program}`, named by {variable}, {why}"),
                    help: Some(CHOOSE.to_owned()),
                });
            }
        }
    }
    Err(Failure {
        why: format!(
            "there is no editor: none of {} is installed",
            USUAL.join(", ")
        ),
        help: Some(CHOOSE.to_owned()),
    })
}

impl Failure {
    /// The end of the command; `kept` says how the file stands.
    pub fn told(self, kept: &str) -> CommandError {
        let error = CommandError::new(format!("{}; {kept}", self.why));
        match self.help {
            Some(help) => error.help(help),
            None => error,
        }
    }
}

/// Runs a command to its end. Ctrl-C meanwhile is the editor's to deal with: ours would leave it
/// behind with the terminal.
fn waited_for(command: &mut Command) -> io::Result<ExitStatus> {
    #[cfg(unix)]
    const KEYS: [i32; 2] = [signal_hook::consts::SIGINT, signal_hook::consts::SIGQUIT];
    #[cfg(not(unix))]
    const KEYS: [i32; 1] = [signal_hook::consts::SIGINT];
    let mut handlers = Vec::new();
    for signal in KEYS {
        handlers.extend(signal_hook::flag::register(
            signal,
            Arc::new(AtomicBool::new(false)),
        ));
    }
    let status = command.status();
    for handler in handlers {
        signal_hook::low_level::unregister(handler);
    }
    status
}

fn end(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("was ended by signal {signal}");
    }
    match status.code() {
        Some(code) => format!("ended with {code}"),
        None => "ended badly".to_owned(),
    }
}

/// The file, and the line where the editor takes one.
fn place(
    program: &str,
    file: &Path,
    line: Option<usize>,
    surroundings: &Surroundings,
) -> Vec<OsString> {
    let mut file = surroundings.shown(file).into_os_string();
    if file.as_encoded_bytes().starts_with(b"-") || file.as_encoded_bytes().starts_with(b"+") {
        let mut plain = OsString::from("./");
        plain.push(&file);
        file = plain;
    }
    let Some(line) = line else {
        return vec![file];
    };
    let stem = Path::new(program).file_stem().unwrap_or_default();
    let with_line = |mut file: OsString| {
        file.push(format!(":{line}"));
        file
    };
    match &*stem.to_string_lossy().to_lowercase() {
        "vi" | "vim" | "nvim" | "gvim" | "view" | "nano" | "pico" | "emacs" | "emacsclient"
        | "kak" | "micro" | "joe" | "mg" | "ne" | "gedit" => {
            vec![format!("+{line}").into(), file]
        }
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" | "windsurf" => {
            vec!["-g".into(), with_line(file)]
        }
        "hx" | "helix" | "subl" | "zed" | "zeditor" => vec![with_line(file)],
        _ => vec![file],
    }
}

/// The words of a command, as a shell would cut them: blanks, quotes and backslashes. Nothing where a
/// quote is not closed.
fn words(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = command.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            // Elsewhere it stands between folders.
            (None | Some('"'), '\\') if cfg!(unix) => {
                word.get_or_insert_default().extend(letters.next());
            }
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (_, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_cut_as_a_shell_does() {
        let cut = |command: &str| words(command).map(|words| words.join("|"));
        assert_eq!(cut("code --wait").as_deref(), Some("code|--wait"));
        assert_eq!(
            cut("  '/opt/my editor'  -c \"set x='y'\" '' a\\ b ").as_deref(),
            Some("/opt/my editor|-c|set x='y'||a b")
        );
        assert_eq!(cut("vi 'x"), None);
    }

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way() {
        let (here, ..) = Surroundings::of_test(Path::new("/work"), "", "");
        let called = |program: &str, file: &str, line| {
            let words = place(program, &Path::new("/work").join(file), line, &here);
            let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
            words.join(" ")
        };
        assert_eq!(called("vim", "p/x.yaml", None), "p/x.yaml");
        assert_eq!(called("/usr/bin/vim", "p/x.yaml", Some(4)), "+4 p/x.yaml");
        assert_eq!(called("code", "x.yaml", Some(4)), "-g x.yaml:4");
        assert_eq!(called("hx", "x.yaml", Some(4)), "x.yaml:4");
        assert_eq!(called("ed", "x.yaml", Some(4)), "x.yaml");
        assert_eq!(called("nano", "-x.yaml", None), "./-x.yaml");
    }
}
