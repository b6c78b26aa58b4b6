use std::io::ErrorKind;
use std::path::PathBuf;

use crate::store;

use super::super::{CommandError, Outcome, Surroundings};

/// Copy a built-in template into a folder, to make it yours
///
/// Nothing is ever written over. To change a heading or a section, none needs to be copied: a page that extends
/// a built-in one and has the blocks that are to be different is enough (docs/templates.md).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples: postmortem template eject google
          postmortem template eject full -o templates/ours")]
pub struct Eject {
    /// A template of `postmortem template list`
    #[arg(value_name = "NAME")]
    name: String,

    /// The folder it goes to; the template's name here where it is not given
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

impl Eject {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let template = super::built_in(&self.name)?;
        let given = self
            .output
            .clone()
            .unwrap_or_else(|| PathBuf::from(template.name));
        let folder = surroundings.folder.join(&given);
        let shown = given.display();
        let name = folder
            .file_name()
            .and_then(|name| name.to_str())
            .filter(|name| {
                name.chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
            })
            .ok_or_else(|| {
                CommandError::new(format!("`{shown}` gives the template no name")).help(
                    "end it with a word of letters, digits, `-` and `_`, such as `templates/ours`",
                )
            })?;
        let is_taken = match std::fs::read_dir(&folder) {
            Ok(mut entries) => entries.next().is_some(),
            Err(error) => error.kind() != ErrorKind::NotFound,
        };
        if is_taken {
            return Err(CommandError::new(format!("`{shown}` is there already"))
                .help("nothing was written; choose another folder with -o"));
        }
        let mut written = String::new();
        for (path, text) in template.files() {
            let file = folder.join(&path);
            let text = renamed(text, template.name, name);
            let made = file
                .parent()
                .map_or(Ok(()), std::fs::create_dir_all)
                .and_then(|()| store::create(&file, text.as_bytes()));
            made.map_err(|error| {
                let (path, reason) = (given.join(&path), store::reason(&error));
                CommandError::new(format!("`{}` cannot be written: {reason}", path.display()))
            })?;
            written.push_str(&format!("{}\n", given.join(&path).display()));
        }
        surroundings.print(written)?;
        let path = if given.components().count() == 1 {
            format!("./{shown}")
        } else {
            shown.to_string()
        };
        surroundings.say(format!(
            "Use it: postmortem render FILE --template {path}\n"
        ));
        Ok(Outcome::Fine)
    }
}

/// A file of a template in which its own files are called by the new name of its folder.
fn renamed(text: &str, from: &str, to: &str) -> String {
    if from == to {
        return text.to_owned();
    }
    text.replace(&format!("\"{from}/"), &format!("\"{to}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_call_their_own_by_the_new_name() {
        let text = "{% extends \"full/page.html\" %}{% include \"google/x.html\" %}";
        assert_eq!(
            renamed(text, "google", "ours"),
            "{% extends \"full/page.html\" %}{% include \"ours/x.html\" %}"
        );
    }
}
