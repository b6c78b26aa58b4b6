use tera::{Context, Error, Value};

use super::view::Page;

/// The names of the view that a template reads, in the order of their letters. What nobody prints need not be made.
#[derive(Debug, Clone, Copy)]
pub struct Wanted(Option<&'static [&'static str]>);

impl Wanted {
    /// Every name.
    pub const ALL: Self = Self(None);

    /// These names only.
    pub fn of(names: &'static [&'static str]) -> Self {
        Self(Some(names))
    }

    /// Makes what is wanted; of anything else nothing.
    pub fn made<T: Default>(self, name: &str, make: impl FnOnce() -> T) -> T {
        let is_wanted = self
            .0
            .is_none_or(|names| names.binary_search(&name).is_ok());
        if is_wanted { make() } else { T::default() }
    }
}

/// Makes the list of a page's names, and the step from them to values for a template.
macro_rules! named {
    ($($name:ident),+ $(,)?) => {
        impl Page {
            /// The names a template may use, in the order of the page.
            pub const NAMES: [&'static str; [$(stringify!($name)),+].len()] = [$(stringify!($name)),+];

            /// What a template gets: the values by their names.
            pub(super) fn context(&self) -> Result<Context, Error> {
                let mut context = Context::new();
                $(
                    let value = Value::try_from_serializable(&self.$name)?;
                    context.insert_value(stringify!($name), value);
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
