use std::fmt;
use std::io;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use super::html::Breaks;
use super::view::Page;
use super::{Format, html, markdown, policy};

/// The built-in templates, a folder each.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The page that a user's template may extend, and that is rendered where there is none.
const HTML_PAGE: &str = "full/page.html";
const MARKDOWN_PAGE: &str = "full/page.md";

/// More than this is no page but a template that does not stop.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A template that somebody wrote for their own pages.
#[derive(Debug, Clone)]
pub struct UserTemplate {
    /// The path, for messages.
    pub name: String,
    /// The text of the file.
    pub text: String,
}

/// Why a template gave no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// The template: a path, or the name of a built-in one.
    pub name: String,
    /// Line and column, from 1, where they are known.
    pub place: Option<(usize, usize)>,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do, a line each.
    pub help: Vec<String>,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for TemplateError {}

/// Templates of one format, parsed and ready. Making one costs more than using it.
pub struct Renderer {
    tera: Tera,
    page: String,
}

impl fmt::Debug for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renderer")
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}

static HTML: LazyLock<Result<Renderer, TemplateError>> =
    LazyLock::new(|| Renderer::new(Format::Html));
static MARKDOWN: LazyLock<Result<Renderer, TemplateError>> =
    LazyLock::new(|| Renderer::new(Format::Markdown));

impl Renderer {
    /// The renderer with the built-in template, made once for the process.
    pub fn built_in(format: Format) -> Result<&'static Self, TemplateError> {
        let renderer = match format {
            Format::Html => &*HTML,
            Format::Markdown => &*MARKDOWN,
        };
        renderer.as_ref().map_err(Clone::clone)
    }

    /// A renderer for a user's template, which may extend `full/page.html` or `full/page.md` and use
    /// their components.
    pub fn with(format: Format, user: UserTemplate) -> Result<Self, TemplateError> {
        let mut renderer = Self::new(format)?;
        let name = if renderer.tera.contains_template(&user.name) {
            format!("./{}", user.name)
        } else {
            user.name
        };
        renderer
            .tera
            .add_raw_template(&name, &user.text)
            .map_err(|error| explained(&error, &name))?;
        renderer.page = name;
        renderer.check_names()?;
        Ok(renderer)
    }

    fn new(format: Format) -> Result<Self, TemplateError> {
        let mut tera = Tera::new();
        // Every template escapes, whatever its file is called.
        tera.autoescape_on([""]);
        let (suffix, page) = match format {
            Format::Html => {
                tera.register_filter("prose", |text: &Value, _: Kwargs, _: &State| {
                    safe(text, |text| html::prose(text, Breaks::Flow))
                });
                tera.register_filter("output", |text: &Value, _: Kwargs, _: &State| {
                    safe(text, |text| html::prose(text, Breaks::Kept))
                });
                ("html", HTML_PAGE)
            }
            Format::Markdown => {
                tera.set_escape_fn(markdown::escape);
                for name in ["prose", "output"] {
                    tera.register_filter(name, |text: &Value, _: Kwargs, _: &State| {
                        safe(text, markdown::prose)
                    });
                }
                ("md", MARKDOWN_PAGE)
            }
        };
        tera.register_filter("repeat", |text: &str, arguments: Kwargs, _: &State| {
            let times = arguments.must_get::<i64>("times")?;
            let times = usize::try_from(times).unwrap_or(0).min(1_000);
            Ok::<_, tera::Error>(Value::safe_string(&text.repeat(times)))
        });
        let mut templates = Vec::new();
        collect(&BUILT_IN, &[suffix, "css"], &mut templates);
        templates.sort();
        tera.add_raw_templates(templates)
            .map_err(|error| explained(&error, page))?;
        Ok(Self {
            tera,
            page: page.to_owned(),
        })
    }

    /// Renders a page.
    pub fn render(&self, page: &Page) -> Result<String, TemplateError> {
        let broken = |error: &tera::Error| explained(error, &self.page);
        let context = Context::from_serialize(page).map_err(|error| broken(&error))?;
        let mut bytes = Limited::default();
        self.tera
            .render_to(&self.page, &context, &mut bytes)
            .map_err(|error| broken(&error))?;
        let text = String::from_utf8(bytes.taken).map_err(|error| TemplateError {
            name: self.page.clone(),
            place: None,
            message: format!("the page is not UTF-8: {error}"),
            help: Vec::new(),
        })?;
        let mut text = policy::seal(text);
        text.truncate(text.trim_end().len());
        text.push('\n');
        Ok(text)
    }

    /// Tera passes over an unknown name in a condition, so names are looked at beforehand.
    fn check_names(&self) -> Result<(), TemplateError> {
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
        Err(TemplateError {
            name: self.page.clone(),
            place: None,
            message: match meant {
                Some(meant) => format!("there is no `{name}`; did you mean `{meant}`?"),
                None => format!("there is no `{name}`"),
            },
            help: vec![format!("there are {}", known.join(", "))],
        })
    }
}

fn safe(text: &Value, made: impl Fn(&str) -> String) -> Value {
    match text.as_str() {
        Some(text) => Value::safe_string(&made(text)),
        None => Value::safe_string(""),
    }
}

fn collect(
    folder: &'static Dir<'static>,
    suffixes: &[&str],
    templates: &mut Vec<(String, &'static str)>,
) {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        let wanted = suffixes
            .iter()
            .any(|suffix| name.ends_with(&format!(".{suffix}")));
        if let (true, Some(text)) = (wanted, file.contents_utf8()) {
            templates.push((name, text));
        }
    }
    for folder in folder.dirs() {
        collect(folder, suffixes, templates);
    }
}

/// Takes bytes until there are too many for a page.
#[derive(Default)]
struct Limited {
    taken: Vec<u8>,
}

impl io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.taken.len() + bytes.len() > MOST_BYTES {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.taken.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn explained(error: &tera::Error, page: &str) -> TemplateError {
    let in_page = |message: String, help: Vec<String>| TemplateError {
        name: page.to_owned(),
        place: None,
        message,
        help,
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let mut lines = report
                .message()
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty());
            TemplateError {
                name: if report.filename().is_empty() {
                    page.to_owned()
                } else {
                    report.filename().to_owned()
                },
                place: Some((report.span().start_line, report.span().start_col + 1)),
                message: lines
                    .next()
                    .unwrap_or("it cannot be rendered")
                    .trim_end_matches('.')
                    .to_owned(),
                help: lines.map(str::to_owned).collect(),
            }
        }
        ErrorKind::MissingParent { parent, .. } => in_page(
            format!("it extends `{parent}`, which there is not"),
            vec![format!("extend `{HTML_PAGE}` or `{MARKDOWN_PAGE}`")],
        ),
        ErrorKind::CircularExtend { .. } | ErrorKind::CircularInclude { .. } => {
            in_page("it includes or extends itself".to_owned(), Vec::new())
        }
        ErrorKind::Io(io::ErrorKind::FileTooLarge) => in_page(
            "the page grows beyond 64 MiB".to_owned(),
            vec!["look for a loop that repeats itself".to_owned()],
        ),
        _ => {
            let text = error.to_string();
            let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let first = lines.next().unwrap_or("it cannot be rendered").to_owned();
            in_page(first, lines.map(str::to_owned).collect())
        }
    }
}
