use std::fmt;
use std::sync::LazyLock;
use std::thread;

use crate::config::Config;
use crate::model::Postmortem;

use super::built_in::{self, BuiltIn};
use super::context::Wanted;
use super::mistake::TemplateError;
use super::template::Renderer;
use super::view::Page;
use super::{Format, Readers};

type Compiled = Result<Renderer, TemplateError>;

/// A built-in template that is compiled on a thread of its own, while documents are read and views of them made.
pub struct Ahead {
    wanted: Wanted,
    renderer: LazyLock<Compiled, Box<dyn FnOnce() -> Compiled + Send>>,
}

impl fmt::Debug for Ahead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ahead").finish_non_exhaustive()
    }
}

impl Ahead {
    /// Begins to compile; nothing where the template has no page of this format.
    pub fn of(template: &'static BuiltIn, format: Format) -> Option<Self> {
        let page = template.page(format)?;
        let files = built_in::files_of_page(template, &page, format);
        let wanted = Wanted::in_files(&files);
        let compile = move || Renderer::of_files(format, page, files);
        let thread = thread::Builder::new().spawn(compile).ok();
        let wait = move || match thread.map(thread::JoinHandle::join) {
            Some(Ok(compiled)) => compiled,
            // Where no thread can be had, it is done when it is needed.
            _ => Renderer::of(template, format),
        };
        Some(Self {
            wanted,
            renderer: LazyLock::new(Box::new(wait)),
        })
    }

    /// Makes what the template sees of a document, which needs nothing compiled.
    pub fn view(&self, postmortem: &Postmortem, config: &Config, readers: Readers) -> Page {
        Page::with(postmortem, config, readers, &self.wanted)
    }

    /// The template; waits for it where it is not compiled yet.
    pub fn renderer(&self) -> Result<&Renderer, TemplateError> {
        self.renderer.as_ref().map_err(Clone::clone)
    }
}
