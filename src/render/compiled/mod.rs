//! The pages of the built-in templates, which were made into Rust when the program was built (`build/`). Their
//! meaning is what Tera makes of the same files, which tests/it/compiled.rs holds.

mod sheet;
mod value;

pub use sheet::Sheet;

use super::view::Page;

type Write = fn(&Page, &mut Sheet);

/// What was made of a built-in template.
#[derive(Debug, Clone, Copy)]
pub struct Compiled {
    /// Writes the page.
    pub write: Write,
    /// The names of the view that it reads.
    pub names: &'static [&'static str],
}

impl Compiled {
    /// The page of this name: `full/page.html`.
    pub fn named(page: &str) -> Option<Self> {
        let (_, write, names) = pages::PAGES.iter().find(|(name, ..)| *name == page)?;
        Some(Self {
            write: *write,
            names,
        })
    }
}

#[expect(
    clippy::collapsible_if,
    clippy::nonminimal_bool,
    reason = "what is made says what the templates say"
)]
mod pages {
    use super::super::clock::Stamp;
    use super::super::view::causes::CauseView;
    use super::super::view::impact::ServiceView;
    use super::super::view::sources::SourceView;
    use super::super::view::{Page, Word};
    use super::value::{counted, is_true, items, join, length, lower, of, unbroken};
    use super::{Sheet, Write};

    include!(concat!(env!("OUT_DIR"), "/pages.rs"));
}
