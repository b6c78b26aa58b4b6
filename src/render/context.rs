use std::collections::BTreeSet;

use tera::{Context, Error, Value};

use super::view::Page;

/// The names of the view that a template names. What nobody prints need not be made.
#[derive(Debug, Clone)]
pub struct Wanted(Option<BTreeSet<&'static str>>);

impl Wanted {
    /// Every name.
    pub const ALL: Self = Self(None);

    /// These names only.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let known = |name: &str| Page::NAMES.into_iter().find(|known| *known == name);
        Self(Some(names.into_iter().filter_map(known).collect()))
    }

    /// The names whose letters stand anywhere in the templates among these files, which are pairs of name and text:
    /// a few too many, but quickly found.
    pub fn in_files(files: &[(String, &str)]) -> Self {
        let templates = || files.iter().filter(|(name, _)| !name.ends_with(".css"));
        let stands = |name: &&str| {
            let finder = memchr::memmem::Finder::new(name.as_bytes());
            templates().any(|(_, text)| finder.find(text.as_bytes()).is_some())
        };
        Self(Some(Page::NAMES.into_iter().filter(stands).collect()))
    }

    /// Whether a name is wanted.
    fn has(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|names| names.contains(name))
    }

    /// Makes what is wanted; of anything else nothing.
    pub fn made<T: Default>(&self, name: &str, make: impl FnOnce() -> T) -> T {
        if self.has(name) { make() } else { T::default() }
    }
}

/// Makes the list of a page's names, and the step from those that are wanted to values for a template.
macro_rules! named {
    ($($name:ident),+ $(,)?) => {
        impl Page {
            /// The names a template may use, in the order of the page.
            pub const NAMES: [&'static str; [$(stringify!($name)),+].len()] = [$(stringify!($name)),+];

            /// What a template gets: the wanted values by their names.
            pub(super) fn context(&self, wanted: &Wanted) -> Result<Context, Error> {
                let mut context = Context::new();
                $(
                    if wanted.has(stringify!($name)) {
                        let value = Value::try_from_serializable(&self.$name)?;
                        context.insert_value(stringify!($name), value);
                    }
                )+
                Ok(context)
            }
        }
    };
}

named! {
    audience,
    generator,
    brand,
    id,
    title,
    severity,
    status,
    stage,
    view,
    asks,
    zone,
    period,
    owner,
    people,
    services,
    tags,
    sources,
    summary,
    background,
    tiles,
    durations,
    milestones,
    drawing,
    impact,
    detection,
    causes,
    factors,
    timeline,
    events,
    public_words,
    unrecorded,
    recovery,
    dependencies,
    lessons,
    actions,
    related,
    glossary,
    links,
    attachments,
    review,
    internal_notes,
    custom,
    contents,
    as_of,
    metadata,
}

#[cfg(test)]
mod tests {
    use super::super::{Ahead, BUILT_IN, Format, Readers, Renderer};
    use super::*;
    use crate::config::Config;
    use crate::document::Document;
    use crate::text::Source;

    #[test]
    fn what_no_template_names_is_missed_by_none() {
        let text = include_str!("../../examples/2024-12-11-telemetry-rollout.yaml");
        let reading = Document::read(Source::new("x.yaml", text.to_owned()));
        let document = reading.document.expect("a document");
        let postmortem = document.postmortem();
        let config = Config::default();
        for template in &BUILT_IN {
            for format in template.formats() {
                let ahead = Ahead::of(template, format).expect("a page");
                let part = ahead.view(postmortem, &config, Readers::Internal);
                if template.name == "full" {
                    assert_eq!(part.drawing.is_some(), format == Format::Html);
                }
                let renderer = Renderer::of(template, format).expect("it compiles");
                let whole = Page::of(postmortem, &config, Readers::Internal);
                let all = renderer.wanting(Wanted::ALL);
                let page = all.render(&whole);
                let made_ahead = ahead.renderer().and_then(|ahead| ahead.render(&part));
                assert_eq!(made_ahead, page, "{}", template.name);
                let renderer = Renderer::of(template, format).expect("it compiles");
                let part = renderer.view(postmortem, &config, Readers::Internal);
                assert_eq!(renderer.render(&part), page, "{}", template.name);
            }
        }
    }
}
