use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::report::{
    Checkstyle, Concise, Entries, FileFindings, Format, Github, Gitlab, Human, Json, Jsonl, Junit,
    Rdjson, Run, Sarif, StepSummary,
};
use crate::store;
use crate::text::nearest;

use super::super::{CommandError, Surroundings};

/// A format, and where what it writes goes: `sarif`, or `sarif=lint.sarif`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    name: &'static str,
    /// Absent for stdout.
    file: Option<PathBuf>,
}

const HUMAN: &str = "human";
const CONCISE: &str = "concise";
const GITHUB: &str = "github";

/// Every format, the one for people first.
pub const FORMATS: [&str; 10] = [
    HUMAN,
    CONCISE,
    "json",
    "jsonl",
    "sarif",
    GITHUB,
    "gitlab",
    "junit",
    "rdjson",
    "checkstyle",
];

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (given, file) = match text.split_once('=') {
            Some((given, file)) => (given, Some(file)),
            None => (text, None),
        };
        let Some(name) = FORMATS.into_iter().find(|name| *name == given) else {
            let meant = match nearest(given, FORMATS) {
                Some(near) => format!("did you mean `{near}`? "),
                None => String::new(),
            };
            return Err(format!("{meant}the formats are {}", FORMATS.join(", ")));
        };
        let file = match file {
            Some("") => return Err(format!("name the file: {name}=FILE")),
            Some("-") | None => None,
            Some(file) => Some(PathBuf::from(file)),
        };
        if let Some(file) = &file
            && is_source(file)
        {
            return Err(
                "a finding is not written into a YAML or TOML file: give it another ending"
                    .to_owned(),
            );
        }
        Ok(Self { name, file })
    }
}

impl Output {
    /// Refuses to write over a document or a configuration to which a link of another name leads.
    fn spare_sources(&self, surroundings: &Surroundings) -> Result<(), CommandError> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        match std::fs::canonicalize(surroundings.folder.join(file)) {
            Ok(target) if is_source(&target) => Err(overwritten(file)),
            _ => Ok(()),
        }
    }
}

fn overwritten(file: &Path) -> CommandError {
    CommandError::new(format!(
        "`{}` is what is checked, and would be overwritten",
        file.display()
    ))
    .help("write the findings to another file")
}

fn is_source(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| {
        ["yaml", "yml", "toml"].contains(&ending.to_ascii_lowercase().as_str())
    })
}

/// Where findings go, each place with its format.
pub struct Outputs {
    all: Vec<(Place, Box<dyn Format>)>,
    counts_only: bool,
}

enum Place {
    Stdout {
        may_be_counts: bool,
    },
    File {
        path: PathBuf,
        may_be_counts: bool,
    },
    /// The page of a run in GitHub Actions, to which steps add.
    StepSummary(PathBuf),
}

impl Outputs {
    /// The outputs that were asked for; what people read on stdout where none was. With
    /// `counts_only`, formats for people give the count of each rule instead of the findings.
    pub fn new(
        given: &[Output],
        counts_only: bool,
        surroundings: &Surroundings,
    ) -> Result<Self, CommandError> {
        let usual = [Output {
            name: HUMAN,
            file: None,
        }];
        let given = if given.is_empty() { &usual } else { given };
        let mut all: Vec<(Place, Box<dyn Format>)> = Vec::new();
        for (index, output) in given.iter().enumerate() {
            if given[..index].iter().any(|other| other.file == output.file) {
                return Err(twice(output));
            }
            let may_be_counts = matches!(output.name, HUMAN | CONCISE);
            let place = match &output.file {
                None => Place::Stdout { may_be_counts },
                Some(file) => Place::File {
                    path: surroundings.folder.join(file),
                    may_be_counts,
                },
            };
            all.push((place, format(output, surroundings)));
        }
        for output in given {
            output.spare_sources(surroundings)?;
        }
        let for_github = given.iter().any(|output| output.name == GITHUB);
        if let Some(page) = surroundings.step_summary().filter(|_| for_github) {
            all.push((Place::StepSummary(page), Box::new(StepSummary)));
        }
        Ok(Self { all, counts_only })
    }

    /// Refuses to write over one of the files that are checked.
    pub fn spare<'a>(&self, checked: impl Iterator<Item = &'a Path>) -> Result<(), CommandError> {
        let files = self.all.iter().filter_map(|(place, _)| match place {
            Place::File { path, .. } => std::fs::canonicalize(path).ok(),
            _ => None,
        });
        let files: Vec<PathBuf> = files.collect();
        if files.is_empty() {
            return Ok(());
        }
        for path in checked {
            if std::fs::canonicalize(path).is_ok_and(|path| files.contains(&path)) {
                return Err(overwritten(path));
            }
        }
        Ok(())
    }

    /// What each output says of a file.
    pub fn of(&self, file: &FileFindings) -> Vec<Entries> {
        let formats = self.all.iter();
        formats
            .map(|(_, format)| Entries::of(format.as_ref(), file))
            .collect()
    }

    /// Writes everything; `files` holds what [`Outputs::of`] gave for each.
    pub fn write(
        &self,
        run: &Run<'_>,
        files: Vec<Vec<Entries>>,
        surroundings: &Surroundings,
    ) -> Result<(), CommandError> {
        let mut by_output: Vec<Vec<Entries>> = self.all.iter().map(|_| Vec::new()).collect();
        for file in files {
            for (of_output, entries) in by_output.iter_mut().zip(file) {
                of_output.push(entries);
            }
        }
        for ((place, format), entries) in self.all.iter().zip(by_output) {
            let whole = |may_be_counts: bool| match self.counts_only && may_be_counts {
                true => run.summary.statistics().into_bytes(),
                false => format.whole(run, &entries),
            };
            match place {
                Place::Stdout { may_be_counts } => surroundings.print(whole(*may_be_counts))?,
                Place::File {
                    path,
                    may_be_counts,
                } => replace(path, &whole(*may_be_counts), surroundings)?,
                Place::StepSummary(page) => store::append(page, &whole(false))
                    .map_err(|error| unwritable(page, &error, surroundings))?,
            }
        }
        Ok(())
    }
}

fn twice(output: &Output) -> CommandError {
    match &output.file {
        Some(file) => CommandError::new(format!(
            "two formats cannot both go to `{}`",
            file.display()
        ))
        .help("give each a file of its own"),
        None => CommandError::new("two formats cannot both go to stdout").help(format!(
            "give one of them a file: --format {}=FILE",
            output.name
        )),
    }
}

fn format(output: &Output, surroundings: &Surroundings) -> Box<dyn Format> {
    match output.name {
        CONCISE => Box::new(Concise),
        "json" => Box::new(Json),
        "jsonl" => Box::new(Jsonl),
        "sarif" => Box::new(Sarif),
        GITHUB => Box::new(Github),
        "gitlab" => Box::new(Gitlab),
        "junit" => Box::new(Junit),
        "rdjson" => Box::new(Rdjson),
        "checkstyle" => Box::new(Checkstyle),
        _ => Box::new(Human {
            colour: output.file.is_none() && surroundings.stdout_colour(),
            width: surroundings.width(),
        }),
    }
}

/// Writes a file as a whole.
pub fn replace(path: &Path, bytes: &[u8], surroundings: &Surroundings) -> Result<(), CommandError> {
    store::replace(path, bytes).map_err(|error| unwritable(path, &error, surroundings))
}

fn unwritable(path: &Path, error: &std::io::Error, surroundings: &Surroundings) -> CommandError {
    let shown = surroundings.shown(path);
    CommandError::new(format!(
        "`{}` cannot be written: {}",
        shown.display(),
        store::reason(error)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_may_have_a_file() {
        let read = |text: &str| text.parse::<Output>();
        let output = read("sarif=out/lint=1.sarif").expect("an output");
        assert_eq!(output.file.as_deref(), Some(Path::new("out/lint=1.sarif")));
        assert_eq!(read("json=-"), read("json"));
        let error = read("sarfi").expect_err("mistyped");
        assert!(error.starts_with("did you mean `sarif`?"), "{error}");
        assert!(read("json=").is_err());
        assert!(read("json=postmortems/a.YAML").is_err());
    }
}
