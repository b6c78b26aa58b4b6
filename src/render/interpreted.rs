use std::fmt;

use tera::Tera;

use super::built_in;
use super::fuel;
use super::guarded::Guarded;
use super::limited::Limited;
use super::mistake::{TemplateError, explained, other_format, place_of};
use super::template::UserTemplate;
use super::view::Page;
use super::{Format, filters};

/// What is looked up last: components of the same name in other folders come before those here.
const FALLBACK: &str = "full/";

/// A template of somebody's own, as Tera understands it.
pub struct Interpreted {
    tera: Tera,
    page: String,
    /// Its files, as they are rendered.
    guarded: Vec<(String, Guarded)>,
}

impl fmt::Debug for Interpreted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interpreted")
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}

impl Interpreted {
    /// Compiles a user's template, which may extend the pages of the built-in ones and use their components.
    pub fn of(format: Format, user: UserTemplate) -> Result<Self, TemplateError> {
        let mut files: Vec<(String, String)> = built_in::BUILT_IN
            .iter()
            .flat_map(|template| template.files_of(format))
            .map(|(name, text)| (name, text.to_owned()))
            .collect();
        let mut page = user.page;
        let mut user_files = user.files;
        // A single file hides no built-in one that it may want to extend.
        if let [(name, _)] = &mut user_files[..]
            && files.iter().any(|(known, _)| known == name)
        {
            page = format!("./{name}");
            name.clone_from(&page);
        }
        let ending = format!(".{}", format.ending());
        user_files
            .retain(|(name, _)| *name == page || name.ends_with(&ending) || name.ends_with(".css"));
        if !user_files.iter().any(|(name, _)| *name == page) {
            return Err(TemplateError {
                message: format!(
                    "there is no such file, so there is no {} page",
                    format.spoken()
                ),
                place: None,
                help: Vec::new(),
                name: page,
            });
        }
        files.retain(|(known, _)| user_files.iter().all(|(name, _)| name != known));
        let mut template = Self::empty(format, page)?;
        fuel::register(&mut template.tera);
        for (name, text) in &user_files {
            let guarded = Guarded::of(text);
            files.push((name.clone(), guarded.text.clone()));
            template.guarded.push((name.clone(), guarded));
        }
        files.sort_by(|(one, _), (other, _)| one.cmp(other));
        let named = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        let added = template.tera.add_raw_templates(named);
        added.map_err(|error| {
            other_format(&error, &template.page, format).unwrap_or_else(|| template.broken(&error))
        })?;
        template.check_names(&user_files)?;
        Ok(template)
    }

    fn empty(format: Format, page: String) -> Result<Self, TemplateError> {
        let mut tera = Tera::new();
        tera.set_fallback_prefixes([FALLBACK])
            .map_err(|error| explained(&error, &page))?;
        // Every template escapes, whatever its file is called.
        tera.autoescape_on([""]);
        filters::register(&mut tera, format);
        Ok(Self {
            tera,
            page,
            guarded: Vec::new(),
        })
    }

    /// Renders a page that will have about so many bytes.
    pub fn render(&self, page: &Page, room: usize) -> Result<String, TemplateError> {
        let context = page.context().map_err(|error| self.broken(&error))?;
        let mut bytes = Limited::with_room_for(room);
        fuel::fill();
        self.tera
            .render_to(&self.page, &context, &mut bytes)
            .map_err(|error| self.broken(&error))?;
        String::from_utf8(bytes.taken()).map_err(|error| TemplateError {
            name: self.page.clone(),
            place: None,
            message: format!("the page is not UTF-8: {error}"),
            help: Vec::new(),
        })
    }

    /// A mistake as Tera tells it, at its place in the file that somebody wrote.
    fn broken(&self, error: &tera::Error) -> TemplateError {
        let mut told = explained(error, &self.page);
        let of_file = |(name, _): &&(String, Guarded)| *name == told.name;
        if let Some((_, guarded)) = self.guarded.iter().find(of_file) {
            guarded.as_written(&mut told);
        }
        // Tera tells no place of it.
        if told.message.contains("recursion depth for components") {
            let mut files = self.guarded.iter();
            let found = files.find_map(|(name, file)| Some((name, file.calls_itself?)));
            told.message = match found {
                Some((name, place)) => {
                    (told.name, told.place) = (name.clone(), Some(place));
                    "a component calls itself again and again".to_owned()
                }
                None => "more components stand in each other than can be rendered".to_owned(),
            };
        }
        told
    }

    /// Tera passes over an unknown name in a condition, so names are looked at beforehand.
    fn check_names(&self, files: &[(String, String)]) -> Result<(), TemplateError> {
        let known = Page::NAMES;
        let Ok(used) = self.tera.get_template_variables(&self.page) else {
            return Ok(());
        };
        let mut unknown: Vec<&str> = used
            .into_iter()
            .filter(|name| !known.contains(name))
            .collect();
        unknown.sort_unstable();
        let Some(name) = unknown.first() else {
            return Ok(());
        };
        let meant = crate::text::nearest(name, known.iter().copied());
        let found = files.iter().find_map(|(file, text)| {
            let place = place_of(text, name)?;
            Some((file.clone(), place))
        });
        let (file, place) = found.map_or((self.page.clone(), None), |(file, place)| {
            (file, Some(place))
        });
        Err(TemplateError {
            name: file,
            place,
            message: match meant {
                Some(meant) => format!("there is no `{name}`; did you mean `{meant}`?"),
                None => format!("there is no `{name}`"),
            },
            help: vec![format!("there are {}", known.join(", "))],
        })
    }
}
