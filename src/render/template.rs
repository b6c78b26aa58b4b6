use crate::config::Config;
use crate::model::Postmortem;

use super::built_in::{self, BuiltIn};
use super::compiled::{Compiled, Sheet};
use super::context::Wanted;
use super::interpreted::Interpreted;
use super::mistake::TemplateError;
use super::view::Page;
use super::{Format, Readers, policy};

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
    pub(super) page: String,
    /// Names and texts. Files of the name of a built-in one take its place.
    pub(super) files: Vec<(String, String)>,
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

/// A template of one format, ready to be used.
#[derive(Debug)]
pub struct Renderer {
    format: Format,
    engine: Engine,
}

#[derive(Debug)]
enum Engine {
    Compiled(Compiled),
    Interpreted(Box<Interpreted>),
}

impl Renderer {
    /// The renderer for a built-in template, which costs nothing to make.
    pub fn of(template: &BuiltIn, format: Format) -> Result<Self, TemplateError> {
        let compiled = template
            .page(format)
            .and_then(|page| Compiled::named(&page));
        match compiled {
            Some(compiled) => Ok(Self {
                format,
                engine: Engine::Compiled(compiled),
            }),
            None => Err(built_in::no_page(template, format)),
        }
    }

    /// A renderer for a user's template, which may extend the pages of the built-in ones and use
    /// their components. Making one costs more than using it.
    pub fn with(format: Format, user: UserTemplate) -> Result<Self, TemplateError> {
        Ok(Self {
            format,
            engine: Engine::Interpreted(Box::new(Interpreted::of(format, user)?)),
        })
    }

    /// Makes what this template sees of a document; parts that it does not name may be absent.
    pub fn view(&self, postmortem: &Postmortem, config: &Config, readers: Readers) -> Page {
        let wanted = match &self.engine {
            Engine::Compiled(compiled) => Wanted::of(compiled.names),
            Engine::Interpreted(_) => Wanted::ALL,
        };
        Page::with(postmortem, config, readers, wanted)
    }

    /// Renders a page.
    pub fn render(&self, page: &Page) -> Result<String, TemplateError> {
        let room = match self.format {
            Format::Html => USUAL_HTML,
            Format::Markdown | Format::Text => USUAL_TEXT,
        };
        let text = match &self.engine {
            Engine::Compiled(compiled) => {
                let mut sheet = Sheet::new(self.format, room);
                (compiled.write)(page, &mut sheet);
                sheet.written()
            }
            Engine::Interpreted(template) => template.render(page, room)?,
        };
        let mut text = match self.format {
            Format::Html => policy::seal(text),
            Format::Markdown | Format::Text => text,
        };
        text.truncate(text.trim_end().len());
        text.push('\n');
        Ok(text)
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
