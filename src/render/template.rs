use std::fmt;
use std::sync::LazyLock;

use tera::Tera;

use crate::config::Config;
use crate::model::Postmortem;

use super::built_in::{self, BuiltIn};
use super::context::Wanted;
use super::guarded::Guarded;
use super::limited::Limited;
use super::mistake::{TemplateError, explained, other_format, place_of};
use super::view::Page;
use super::{Format, Readers, filters, fuel, policy};

/// The pages that a user's template usually extends.
pub const HTML_PAGE: &str = "full/page.html";
pub const MARKDOWN_PAGE: &str = "full/page.md";

/// As many bytes as most pages have.
const USUAL_HTML: usize = 64 * 1024;
const USUAL_TEXT: usize = 16 * 1024;

/// A template that somebody wrote for their own pages: a file, or a folder of files.
#[derive(Debug, Clone)]
pub struct UserTemplate {
    /// The name of the page among the files.
    page: String,
    /// Names and texts. Files of the name of a built-in one take its place.
    files: Vec<(String, String)>,
}

impl UserTemplate {
    /// A template of one file; its name is the path, for messages.
    pub fn file(name: impl Into<String>, text: impl Into<String>) -> Self {
        let page = name.into();
        Self {
            files: vec![(page.clone(), text.into())],
            page,
        }
    }

    /// A template of a folder: its name, and its files by their paths within it. The page is `page.html`,
    /// `page.md` or `page.txt`; files call each other by the folder's name and theirs.
    pub fn folder(name: &str, files: Vec<(String, String)>, format: Format) -> Self {
        let named = files
            .into_iter()
            .map(|(path, text)| (format!("{name}/{path}"), text));
        Self {
            files: named.collect(),
            page: format!("{name}/page.{}", format.ending()),
        }
    }
}

/// Templates of one format, parsed and ready. Making one costs more than using it.
pub struct Renderer {
    tera: Tera,
    format: Format,
    page: String,
    /// The files of somebody's own template, as they are rendered.
    guarded: Vec<(String, Guarded)>,
    /// What of the view its files name.
    wanted: Wanted,
}

impl fmt::Debug for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renderer")
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}

static HTML: LazyLock<Result<Renderer, TemplateError>> =
    LazyLock::new(|| Renderer::of(&BuiltIn::FULL, Format::Html));
static MARKDOWN: LazyLock<Result<Renderer, TemplateError>> =
    LazyLock::new(|| Renderer::of(&BuiltIn::FULL, Format::Markdown));

/// What is looked up last: components of the same name in other folders come before those here.
const FALLBACK: &str = "full/";

impl Renderer {
    /// The renderer with the default template, made once for the process.
    pub fn built_in(format: Format) -> Result<&'static Self, TemplateError> {
        let renderer = match format {
            Format::Html => &*HTML,
            Format::Markdown => &*MARKDOWN,
            Format::Text => return Err(built_in::no_page(&BuiltIn::FULL, format)),
        };
        renderer.as_ref().map_err(Clone::clone)
    }

    /// A renderer for a built-in template.
    pub fn of(template: &BuiltIn, format: Format) -> Result<Self, TemplateError> {
        let Some(page) = template.page(format) else {
            return Err(built_in::no_page(template, format));
        };
        let files = built_in::files_of_page(template, &page, format);
        Self::of_files(format, page, files)
    }

    /// A renderer for a page of a built-in template and the files that it is made of.
    pub(super) fn of_files(
        format: Format,
        page: String,
        files: Vec<(String, &'static str)>,
    ) -> Result<Self, TemplateError> {
        let mut renderer = Self::empty(format, page)?;
        renderer.add(files)?;
        let names = renderer.tera.get_template_variables(&renderer.page);
        let wanted = names.map_or(Wanted::ALL, Wanted::of);
        Ok(renderer.wanting(wanted))
    }

    /// A renderer for a user's template, which may extend the pages of the built-in ones and use
    /// their components.
    pub fn with(format: Format, user: UserTemplate) -> Result<Self, TemplateError> {
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
        let mut renderer = Self::empty(format, page)?;
        fuel::register(&mut renderer.tera);
        for (name, text) in &user_files {
            let guarded = Guarded::of(text);
            files.push((name.clone(), guarded.text.clone()));
            renderer.guarded.push((name.clone(), guarded));
        }
        renderer.add(files)?;
        renderer.check_names(&user_files)?;
        Ok(renderer)
    }

    fn add<T: AsRef<str>>(&mut self, mut files: Vec<(String, T)>) -> Result<(), TemplateError> {
        files.sort_by(|(one, _), (other, _)| one.cmp(other));
        let files = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_ref()));
        let added = self.tera.add_raw_templates(files);
        added.map_err(|error| {
            other_format(&error, &self.page, self.format).unwrap_or_else(|| self.broken(&error))
        })
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
            format,
            page,
            guarded: Vec::new(),
            wanted: Wanted::ALL,
        })
    }

    /// The same, for which only these parts of a view are made.
    pub(super) fn wanting(self, wanted: Wanted) -> Self {
        Self { wanted, ..self }
    }

    /// Makes what this template sees of a document; parts that it does not name may be absent.
    pub fn view(&self, postmortem: &Postmortem, config: &Config, readers: Readers) -> Page {
        Page::with(postmortem, config, readers, &self.wanted)
    }

    /// Renders a page.
    pub fn render(&self, page: &Page) -> Result<String, TemplateError> {
        let context = page
            .context(&self.wanted)
            .map_err(|error| self.broken(&error))?;
        let mut bytes = Limited::with_room_for(match self.format {
            Format::Html => USUAL_HTML,
            Format::Markdown | Format::Text => USUAL_TEXT,
        });
        fuel::fill();
        self.tera
            .render_to(&self.page, &context, &mut bytes)
            .map_err(|error| self.broken(&error))?;
        let text = String::from_utf8(bytes.taken()).map_err(|error| TemplateError {
            name: self.page.clone(),
            place: None,
            message: format!("the page is not UTF-8: {error}"),
            help: Vec::new(),
        })?;
        let mut text = match self.format {
            Format::Html => policy::seal(text),
            Format::Markdown | Format::Text => text,
        };
        text.truncate(text.trim_end().len());
        text.push('\n');
        Ok(text)
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
            "a component calls itself again and again".clone_into(&mut told.message);
            let mut files = self.guarded.iter();
            let found = files.find_map(|(name, file)| Some((name, file.calls_itself?)));
            if let Some((name, place)) = found {
                (told.name, told.place) = (name.clone(), Some(place));
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(title: &str, format: Format, text: &str) -> Result<String, String> {
        let id = "2024-12-11-x".parse().expect("an id");
        let page = Page::of(
            &Postmortem::new(id, title),
            &Config::default(),
            Readers::Internal,
        );
        let user = UserTemplate::file("mine", text);
        let told = |error: TemplateError| match &error.help[..] {
            [] => error.to_string(),
            help => format!("{error} ({})", help.join(", ")),
        };
        Renderer::with(format, user)
            .and_then(|renderer| renderer.render(&page))
            .map_err(told)
    }

    #[test]
    fn a_mistake_is_one_line_with_its_place() {
        for (text, told) in [
            ("a\n{{ title | foo }}", "mine:2:12: Unknown filter `foo`"),
            ("{{ foo(a=1) }}", "mine:1:4: Unknown function `foo`"),
            (
                "{% include \"nope\" %}",
                "mine:1:12: Unknown template `nope`",
            ),
            ("{{ title is foo }}", "mine:1:13: Unknown test `foo`"),
        ] {
            assert_eq!(rendered("X", Format::Html, text), Err(told.to_owned()));
        }
        for (text, begin) in [
            (
                "{{ titel }}",
                "mine:1:4: there is no `titel`; did you mean `title`?",
            ),
            (
                "titel {# titel #}{{ \"titel\" }}\n {% if x.titel or titel %}",
                "mine:",
            ),
            (
                "ä {{ id }}\n{% if id == titel %}{% endif %}",
                "mine:2:13: there is no `titel`",
            ),
        ] {
            let told = rendered("X", Format::Html, text).expect_err("a mistake");
            assert!(told.starts_with(begin), "{told}");
        }
    }

    #[test]
    fn a_page_of_the_other_format_is_told() {
        assert_eq!(
            rendered("X", Format::Markdown, "{% extends \"full/page.html\" %}"),
            Err(
                "mine: it extends an HTML page and Markdown was asked (give --format html)"
                    .to_owned()
            )
        );
        assert_eq!(
            rendered("X", Format::Html, "{% extends \"full/page.md\" %}"),
            Err(
                "mine: it extends a Markdown page and HTML was asked (give --format md)".to_owned()
            )
        );
    }

    #[test]
    fn what_grows_without_end_is_stopped() {
        let repeat = "{{ \"x\" | repeat(times=1000) | repeat(times=1000) | repeat(times=1000) }}";
        let told = rendered("X", Format::Html, repeat).expect_err("a stop");
        assert!(
            told.contains("`repeat` would give more than 100000 letters"),
            "{told}"
        );
        let told = rendered(
            "X",
            Format::Html,
            "{% for a in range(end=10001) %}{% endfor %}",
        );
        assert!(
            told.expect_err("a stop")
                .contains("`range` would give more than 10000 numbers")
        );
        let nested =
            "{% for a in range(end=9999) %}{% for b in range(end=9999) %}{% endfor %}{% endfor %}";
        let told = rendered("X", Format::Html, nested).expect_err("a stop");
        assert!(told.contains("look for loops in loops"), "{told}");
    }

    #[test]
    fn ranges_are_those_of_tera() {
        for (arguments, numbers) in [
            ("end=3", "0 1 2 "),
            ("start=1, end=6, step_by=2", "1 3 5 "),
            ("start=3, end=0, step_by=-2", "3 1 "),
            ("start=2, end=2", ""),
            ("start=1, end=4, step_by=-1", ""),
        ] {
            let text = format!("[{{% for a in range({arguments}) %}}{{{{ a }}}} {{% endfor %}}]");
            assert_eq!(
                rendered("X", Format::Html, &text),
                Ok(format!("[{numbers}]\n"))
            );
        }
        for arguments in [
            "start=3, end=1",
            "end=3, step_by=0",
            "start=-9223372036854775807, end=9223372036854775807",
        ] {
            let text = format!("{{% for a in range({arguments}) %}}{{% endfor %}}");
            assert!(rendered("X", Format::Html, &text).is_err());
        }
    }

    #[test]
    fn a_title_takes_no_hash() {
        let title = "sha256-of-the-style";
        let mine =
            "{% extends \"full/page.html\" %}{% block title %}{{ title }}{% endblock title %}";
        let html = rendered(title, Format::Html, mine).expect("a page");
        assert!(html.contains("<h1>sha256-of-the-style</h1>"), "{html}");
        assert!(
            html.contains("style-src 'sha256-") && !html.contains("style-src 'sha256-of"),
            "{html}"
        );
        for format in [Format::Html, Format::Markdown] {
            assert_eq!(
                rendered(title, format, "{{ title }}"),
                Ok(format!("{title}\n"))
            );
        }
    }
}
