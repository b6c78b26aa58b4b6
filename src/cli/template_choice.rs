use std::path::{Path, PathBuf};

use crate::config::{Config, FILE_NAME, TemplateRule};
use crate::render::{BuiltIn, Format, Readers, Renderer, TemplateError, UserTemplate};
use crate::text::nearest;

use super::{CommandError, Surroundings};

/// More files than this are no template but a folder named by mistake.
const MOST_FILES: usize = 500;

/// Folders in folders deeper than this are not looked into.
const DEEPEST: usize = 8;

/// The template that somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateChoice {
    /// One that comes with the program.
    BuiltIn(&'static BuiltIn),
    /// A file, from the folder of the call.
    File(PathBuf),
    /// A folder of files, from the folder of the call.
    Folder(PathBuf),
}

impl TemplateChoice {
    /// What a name or a path stands for. The name of a built-in template comes before a folder of that
    /// name; `./google` is the folder.
    pub fn of(given: &Path, surroundings: &Surroundings) -> Result<Self, CommandError> {
        if let Some(known) = given.to_str().and_then(BuiltIn::named) {
            return Ok(Self::BuiltIn(known));
        }
        let shown = given.display();
        let is_word = given.components().count() == 1 && given.extension().is_none();
        match std::fs::metadata(surroundings.folder.join(given)) {
            Ok(about) if about.is_dir() => Ok(Self::Folder(given.to_owned())),
            Ok(about) if about.is_file() => Ok(Self::File(given.to_owned())),
            Ok(_) => Err(CommandError::new(format!(
                "the template `{shown}` is no file"
            ))),
            Err(_) if is_word => {
                let names: Vec<&str> = crate::render::BUILT_IN.iter().map(|one| one.name).collect();
                let error = CommandError::new(format!("there is no template `{shown}`"));
                Err(match nearest(&shown.to_string(), names.iter().copied()) {
                    Some(meant) => error.help(format!("did you mean `{meant}`?")),
                    None => error.help(format!("there are {}, and your own", names.join(", "))),
                })
            }
            Err(error) => Err(CommandError::new(format!(
                "the template `{shown}` cannot be read: {error}"
            ))
            .help("name a file or a folder, or a template of `postmortem template list`")),
        }
    }

    /// The template that the configuration chooses for a document, and the place of the rule that does; the
    /// default where no rule fits. `root` is the folder of the configuration. Every rule has to name a template, also those that do not fit, so
    /// that a slip is found before the day on which it matters.
    pub fn configured(
        config: &Config,
        root: Option<&Path>,
        fits: impl Fn(&TemplateRule) -> bool,
        surroundings: &Surroundings,
    ) -> Result<(Self, Option<String>), CommandError> {
        let root = root.unwrap_or(&surroundings.folder);
        let mut chosen = None;
        for rule in &config.templates {
            let choice = match BuiltIn::named(rule.template()) {
                Some(known) => Self::BuiltIn(known),
                None => {
                    let path = surroundings.shown(&root.join(rule.template()));
                    match std::fs::metadata(surroundings.folder.join(&path)) {
                        Ok(about) if about.is_dir() => Self::Folder(path),
                        Ok(about) if about.is_file() => Self::File(path),
                        _ => return Err(no_such_template(rule, root, surroundings)),
                    }
                }
            };
            if chosen.is_none() && fits(rule) {
                chosen = Some((choice, Some(place(rule, root, surroundings))));
            }
        }
        Ok(chosen.unwrap_or((Self::BuiltIn(&BuiltIn::FULL), None)))
    }

    /// What it is called: in names of files, too.
    pub fn name(&self, surroundings: &Surroundings) -> String {
        match self {
            Self::BuiltIn(template) => template.name.to_owned(),
            Self::File(path) => path
                .file_stem()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            Self::Folder(path) => folder_name(&surroundings.folder.join(path)),
        }
    }

    /// The path of a template that does not come with the program.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::BuiltIn(_) => None,
            Self::File(path) | Self::Folder(path) => Some(path),
        }
    }

    /// Whom its pages are for where nobody says otherwise.
    pub fn readers(&self) -> Readers {
        match self {
            Self::BuiltIn(template) => template.readers,
            Self::File(_) | Self::Folder(_) => Readers::Internal,
        }
    }

    /// The formats in which it has a page.
    pub fn formats(&self, surroundings: &Surroundings) -> Vec<Format> {
        match self {
            Self::BuiltIn(template) => template.formats(),
            Self::File(path) => format_named(path).into_iter().collect(),
            Self::Folder(path) => {
                let folder = surroundings.folder.join(path);
                let has =
                    |format: &Format| folder.join(format!("page.{}", format.ending())).is_file();
                Format::ALL.into_iter().filter(has).collect()
            }
        }
    }

    /// The format that is made where nobody says which: Markdown where there is such a page.
    pub fn usual_format(&self, surroundings: &Surroundings) -> Format {
        let formats = self.formats(surroundings);
        if formats.contains(&Format::Markdown) {
            return Format::Markdown;
        }
        formats.first().copied().unwrap_or(Format::Markdown)
    }

    /// The template, read and compiled.
    pub fn renderer(
        &self,
        format: Format,
        surroundings: &Surroundings,
    ) -> Result<Renderer, CommandError> {
        self.compiled(format, surroundings)?.map_err(bad_template)
    }

    /// The same, with the mistake of a template that does not compile as it is.
    pub fn compiled(
        &self,
        format: Format,
        surroundings: &Surroundings,
    ) -> Result<Result<Renderer, TemplateError>, CommandError> {
        Ok(match self {
            Self::BuiltIn(template) => Renderer::of(template, format),
            Self::File(path) => {
                let text = read(&surroundings.folder.join(path), path)?;
                let name = path.display().to_string();
                Renderer::with(format, UserTemplate::file(name, text))
            }
            Self::Folder(path) => {
                let name = folder_name(&surroundings.folder.join(path));
                let files = files_below(path, surroundings)?;
                Renderer::with(format, UserTemplate::folder(&name, files, format))
            }
        })
    }

    /// Its files, by the names that mistakes in them are told with.
    pub fn files(
        &self,
        surroundings: &Surroundings,
    ) -> Result<Vec<(String, String)>, CommandError> {
        let below = |folder: &str, files: Vec<(String, String)>| {
            let files = files.into_iter();
            let named = files.map(|(path, text)| (format!("{folder}/{path}"), text));
            named.collect()
        };
        Ok(match self {
            Self::BuiltIn(template) => {
                let files = template.files().into_iter();
                let files = files.map(|(path, text)| (path, text.to_owned()));
                below(template.name, files.collect())
            }
            Self::File(path) => {
                let text = read(&surroundings.folder.join(path), path)?;
                vec![(path.display().to_string(), text)]
            }
            Self::Folder(path) => {
                let name = folder_name(&surroundings.folder.join(path));
                below(&name, files_below(path, surroundings)?)
            }
        })
    }
}

/// Where the configuration names a template: `postmortem.toml:12`.
fn place(rule: &TemplateRule, root: &Path, surroundings: &Surroundings) -> String {
    let file = surroundings.shown(&root.join(FILE_NAME));
    format!("{}:{}", file.display(), rule.line())
}

/// Tells where the configuration names a template that is not there.
fn no_such_template(rule: &TemplateRule, root: &Path, surroundings: &Surroundings) -> CommandError {
    let (place, named) = (place(rule, root, surroundings), rule.template());
    let names = crate::render::BUILT_IN.iter().map(|one| one.name);
    let error = CommandError::new(format!("{place}: there is no template `{named}`"));
    match nearest(named, names) {
        Some(meant) => error.help(format!("did you mean `{meant}`?")),
        None => {
            error.help("name one of `postmortem template list`, or a file or folder from this file")
        }
    }
}

/// The files of a folder, by their paths in it, in the order of their names.
fn files_below(
    path: &Path,
    surroundings: &Surroundings,
) -> Result<Vec<(String, String)>, CommandError> {
    let mut files = Vec::new();
    collect(
        &surroundings.folder.join(path),
        &mut PathBuf::new(),
        path,
        &mut files,
    )?;
    files.sort();
    Ok(files)
}

/// The format that the name of a file tells.
pub fn format_named(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "html" | "htm" => Some(Format::Html),
        "md" | "markdown" => Some(Format::Markdown),
        "txt" => Some(Format::Text),
        _ => None,
    }
}

/// The name by which the files of a folder call each other.
fn folder_name(folder: &Path) -> String {
    let real = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    real.file_name().map_or_else(
        || "template".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn read(file: &Path, shown: &Path) -> Result<String, CommandError> {
    std::fs::read_to_string(file).map_err(|error| {
        let shown = shown.display();
        CommandError::new(format!("the template `{shown}` cannot be read: {error}"))
            .help("name a file; the built-in template needs no --template")
    })
}

fn collect(
    root: &Path,
    below: &mut PathBuf,
    given: &Path,
    files: &mut Vec<(String, String)>,
) -> Result<(), CommandError> {
    let cannot = |error: std::io::Error| {
        let shown = given.display();
        CommandError::new(format!("the template `{shown}` cannot be read: {error}"))
    };
    for entry in std::fs::read_dir(root.join(&*below)).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let about = entry.file_type().map_err(cannot)?;
        below.push(entry.file_name());
        let ending = below.extension().and_then(|ending| ending.to_str());
        if about.is_dir() && below.components().count() < DEEPEST {
            collect(root, below, given, files)?;
        } else if entry.path().is_file() && matches!(ending, Some("html" | "md" | "txt" | "css")) {
            let text = read(&entry.path(), &given.join(&*below))?;
            let names: Vec<_> = below
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            files.push((names.join("/"), text));
            if files.len() > MOST_FILES {
                return Err(CommandError::new(format!(
                    "`{}` holds more than {MOST_FILES} files, so it is no template",
                    given.display()
                )));
            }
        }
        below.pop();
    }
    Ok(())
}

/// A mistake in a template, with what to do.
pub fn bad_template(error: TemplateError) -> CommandError {
    let help = error.help.clone();
    help.into_iter()
        .fold(CommandError::new(error.to_string()), CommandError::help)
}
