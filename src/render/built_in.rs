use include_dir::{Dir, DirEntry, include_dir};

use super::mistake::TemplateError;
use super::{Format, Readers};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// A template that comes with the program: a folder in `templates/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// The folder's name, by which it is chosen.
    pub name: &'static str,
    /// What it is for, in a line.
    pub what: &'static str,
    /// Whom its pages are for where nothing else is said.
    pub readers: Readers,
}

/// The built-in templates, the default first.
pub const BUILT_IN: [BuiltIn; 8] = [
    BuiltIn::FULL,
    BuiltIn {
        name: "google",
        what: "The sections of the postmortems in the SRE book",
        readers: Readers::Internal,
    },
    BuiltIn {
        name: "pagerduty",
        what: "Contributing factors, responders, how we did, and what was said to users",
        readers: Readers::Internal,
    },
    BuiltIn {
        name: "atlassian",
        what: "Lead-up, detection, response, recovery, and why after why",
        readers: Readers::Internal,
    },
    BuiltIn {
        name: "public",
        what: "For customers: what happened, who was affected, what we do about it",
        readers: Readers::Public,
    },
    BuiltIn {
        name: "executive",
        what: "One page for those who decide",
        readers: Readers::Internal,
    },
    BuiltIn {
        name: "status-update",
        what: "Plain text for a status page, for the present state",
        readers: Readers::Public,
    },
    BuiltIn {
        name: "announcement",
        what: "Short Markdown for chat",
        readers: Readers::Internal,
    },
];

impl BuiltIn {
    /// The template that is taken where none is named.
    pub const FULL: Self = Self {
        name: "full",
        what: "Everything the document says, as one page (the default)",
        readers: Readers::Internal,
    };

    /// The template of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        BUILT_IN.iter().find(|template| template.name == name)
    }

    /// The formats in which it has a page.
    pub fn formats(&self) -> Vec<Format> {
        let has = |format: &Format| self.page(*format).is_some();
        Format::ALL.into_iter().filter(has).collect()
    }

    /// The name of its page in a format, if it has one.
    pub fn page(&self, format: Format) -> Option<String> {
        let page = format!("{}/page.{}", self.name, format.ending());
        FILES.get_file(&page).map(|_| page)
    }

    /// Its files, by their paths in the folder, in the order of their names.
    pub fn files(&self) -> Vec<(String, &'static str)> {
        let mut files = Vec::new();
        if let Some(folder) = FILES.get_dir(self.name) {
            collect(folder, &mut files);
        }
        let begin = format!("{}/", self.name);
        let mut files: Vec<(String, &'static str)> = files
            .into_iter()
            .filter_map(|(path, text)| Some((path.strip_prefix(&begin)?.to_owned(), text)))
            .collect();
        files.sort_unstable();
        files
    }

    /// The files that pages of a format are made of, by their whole names.
    pub fn files_of(&self, format: Format) -> Vec<(String, &'static str)> {
        let ending = format!(".{}", format.ending());
        let is_wanted = |path: &str| {
            path.ends_with(&ending) || (format == Format::Html && path.ends_with(".css"))
        };
        let files = self.files().into_iter();
        files
            .filter(|(path, _)| is_wanted(path))
            .map(|(path, text)| (format!("{}/{path}", self.name), text))
            .collect()
    }
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<(String, &'static str)>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => collect(folder, files),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                if let Some(text) = file.contents_utf8() {
                    files.push((path, text));
                }
            }
        }
    }
}

/// What is wrong where a template has no page of a format.
pub fn no_page(template: &BuiltIn, format: Format) -> TemplateError {
    let formats = template.formats();
    let spoken: Vec<&str> = formats.iter().map(|format| format.spoken()).collect();
    let flags: Vec<String> = formats
        .iter()
        .map(|format| format!("--format {}", format.flag()))
        .collect();
    TemplateError {
        name: template.name.to_owned(),
        place: None,
        message: format!(
            "this template gives {}, no {}",
            spoken.join(" and "),
            format.spoken()
        ),
        help: vec![format!("give {}", flags.join(" or "))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_is_a_template_with_a_page() {
        let mut folders: Vec<String> = FILES
            .dirs()
            .map(|folder| folder.path().display().to_string())
            .collect();
        let mut named: Vec<String> = BUILT_IN.iter().map(|one| one.name.to_owned()).collect();
        folders.sort();
        named.sort();
        assert_eq!(folders, named);
        for template in BUILT_IN {
            assert!(!template.formats().is_empty(), "{}", template.name);
        }
    }

    #[test]
    fn every_page_begins_with_a_comment_for_those_who_copy_it() {
        for template in BUILT_IN {
            for (path, text) in template.files() {
                let is_part = path.ends_with(".css") || path.starts_with("parts.");
                assert!(
                    is_part || text.starts_with("{#- "),
                    "{}/{path}",
                    template.name
                );
            }
        }
    }
}
