use std::path::{Path, PathBuf};

use crate::cli::CommandError;
use crate::cli::template_choice::format_named;
use crate::text::nearest;

use super::asked::Kind;

/// What `-o` says: where pages go. A name may have parts in braces, which differ from page to page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    given: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Of(Name),
}

/// A part of a name that differs from page to page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Id,
    Stem,
    Template,
    Audience,
    Format,
}

const NAMES: [(&str, Name); 5] = [
    ("id", Name::Id),
    ("stem", Name::Stem),
    ("template", Name::Template),
    ("audience", Name::Audience),
    ("format", Name::Format),
];

/// What a page is called by.
#[derive(Debug)]
pub struct Named<'a> {
    /// The incident's id.
    pub id: &'a str,
    /// The name of the document's file without its ending; the id where it has no file.
    pub stem: &'a str,
    /// The name of the template.
    pub template: &'a str,
    /// `internal` or `public`.
    pub audience: &'a str,
    /// How the file's name ends, without the dot.
    pub format: &'a str,
}

impl Target {
    /// Reads what was given; nothing for `-`, which is stdout.
    pub fn of(given: &Path) -> Result<Option<Self>, CommandError> {
        if given == Path::new("-") {
            return Ok(None);
        }
        let Some(given) = given.to_str() else {
            let shown = given.display();
            return Err(CommandError::new(format!("the name `{shown}` is no UTF-8")));
        };
        let mut parts = Vec::new();
        let mut rest = given;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').ok_or_else(|| {
                let open = CommandError::new(format!("the brace of `{{{after}` does not close"));
                open.help(known_names())
            })?;
            let known = NAMES.into_iter().find(|(known, _)| *known == name);
            let Some((_, known)) = known else {
                let error = CommandError::new(format!("no part of a name is called `{{{name}}}`"));
                let names = NAMES.into_iter().map(|(name, _)| name);
                return Err(match nearest(name, names) {
                    Some(meant) => error.help(format!("did you mean `{{{meant}}}`?")),
                    None => error.help(known_names()),
                });
            };
            parts.extend([Part::Text(before.to_owned()), Part::Of(known)]);
            rest = behind;
        }
        parts.push(Part::Text(rest.to_owned()));
        Ok(Some(Self {
            given: given.to_owned(),
            parts,
        }))
    }

    /// As it was given.
    pub fn given(&self) -> &str {
        &self.given
    }

    /// Whether every page goes to the same file.
    pub fn is_one_file(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Text(_)))
    }

    /// What of the document and its template is in the name of its page, each with what stands for it.
    pub fn told(&self, named: &Named<'_>) -> Vec<(&'static str, String)> {
        let told = self.parts.iter().filter_map(|part| match part {
            Part::Of(Name::Id) => Some(("{id}", named.id)),
            Part::Of(Name::Stem) => Some(("{stem}", named.stem)),
            Part::Of(Name::Template) => Some(("{template}", named.template)),
            Part::Of(Name::Audience | Name::Format) | Part::Text(_) => None,
        });
        told.map(|(name, told)| (name, told.to_owned())).collect()
    }

    /// What pages are written in, where the name's ending says so.
    pub fn kind(&self) -> Result<Option<Kind>, CommandError> {
        let path = Path::new(&self.given);
        let ending = path.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|ending| ending.contains('{')) {
            return Ok(None);
        }
        if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            return Ok(Some(Kind::Json));
        }
        let format = format_named(path).ok_or_else(|| {
            CommandError::new(format!(
                "the name `{}` does not say what the page is to be written in",
                self.given
            ))
            .help("end it with .html, .md, .txt or .json, or give --format html, md, text or json")
        })?;
        Ok(Some(Kind::Page(format)))
    }

    /// The file of a page.
    pub fn file(&self, named: &Named<'_>) -> PathBuf {
        let mut path = String::new();
        for part in &self.parts {
            path.push_str(match part {
                Part::Text(text) => text,
                Part::Of(Name::Id) => named.id,
                Part::Of(Name::Stem) => named.stem,
                Part::Of(Name::Template) => named.template,
                Part::Of(Name::Audience) => named.audience,
                Part::Of(Name::Format) => named.format,
            });
        }
        PathBuf::from(path)
    }
}

fn known_names() -> String {
    let names = NAMES.map(|(name, _)| format!("{{{name}}}"));
    format!("a name may have {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::render::Format;

    use super::*;

    fn file(pattern: &str) -> Result<PathBuf, (u8, String)> {
        let target = Target::of(Path::new(pattern)).map_err(|error| error.printed())?;
        Ok(target.expect("no stdout").file(&Named {
            id: "2024-12-11-x",
            stem: "x",
            template: "full",
            audience: "public",
            format: "html",
        }))
    }

    #[test]
    fn names_are_filled_in() {
        for (pattern, path) in [
            ("page.html", "page.html"),
            ("out/{id}.html", "out/2024-12-11-x.html"),
            (
                "{audience}/{template}/{stem}.{format}",
                "public/full/x.html",
            ),
            ("{id}{id}}", "2024-12-11-x2024-12-11-x}"),
        ] {
            assert_eq!(file(pattern), Ok(PathBuf::from(path)), "{pattern}");
        }
    }

    #[test]
    fn what_is_no_name_is_told() {
        let (_, told) = file("{ids}.html").expect_err("mistyped");
        assert!(told.contains("did you mean `{id}`?"), "{told}");
        let (_, told) = file("{}.html").expect_err("empty");
        assert!(told.contains("{id}, {stem}, {template}"), "{told}");
        assert!(file("a{id.html").is_err());
    }

    #[test]
    fn the_ending_tells_the_format_unless_it_is_to_be_filled_in() {
        let kind = |given: &str| {
            let target = Target::of(Path::new(given)).expect("read").expect("a file");
            target.kind().map_err(|error| error.printed().0)
        };
        assert_eq!(kind("{id}.htm"), Ok(Some(Kind::Page(Format::Html))));
        assert_eq!(kind("{id}.JSON"), Ok(Some(Kind::Json)));
        assert_eq!(kind("{id}.{format}"), Ok(None));
        assert_eq!(kind("{id}"), Err(2));
    }
}
