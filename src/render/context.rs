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
    use super::super::{BUILT_IN, Format, Readers, Renderer};
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
                let renderer = Renderer::of(template, format).expect("it compiles");
                let part = renderer.view(postmortem, &config, Readers::Internal);
                if template.name == "full" {
                    assert_eq!(part.drawing.is_some(), format == Format::Html);
                }
                let whole = Page::of(postmortem, &config, Readers::Internal);
                let all = renderer.wanting(Wanted::ALL);
                let page = all.render(&whole);
                let renderer = Renderer::of(template, format).expect("it compiles");
                assert_eq!(renderer.render(&part), page, "{}", template.name);
            }
        }
    }
}
