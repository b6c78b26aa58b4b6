//! Values of a view as templates understand them: what is absent has no parts, prints nothing and is not true.

use super::super::attachment::{PictureView, TextView};
use super::super::brand::Brand;
use super::super::clock::Stamp;
use super::super::drawing::{Colour, Drawing};
use super::super::spoken;
use super::super::view::{
    Section, Word, actions, budget, causes, head, impact, metadata, people, rest, sources, tiles,
    timeline,
};

/// A field of a view.
pub trait Field {
    /// What it is where it is there.
    type Value: ?Sized;
    /// Its value, if it has one.
    fn value(&self) -> Option<&Self::Value>;
}

impl<T: Field> Field for Option<T> {
    type Value = T::Value;
    fn value(&self) -> Option<&Self::Value> {
        self.as_ref().and_then(T::value)
    }
}

impl<T> Field for Vec<T> {
    type Value = [T];
    fn value(&self) -> Option<&[T]> {
        Some(self)
    }
}

impl Field for String {
    type Value = str;
    fn value(&self) -> Option<&str> {
        Some(self)
    }
}

impl Field for &'static str {
    type Value = str;
    fn value(&self) -> Option<&str> {
        Some(self)
    }
}

/// What may be asked whether it is so.
pub trait Truth {
    /// Whether it counts as true where a template asks.
    fn is_true(&self) -> bool;
}

impl Truth for str {
    fn is_true(&self) -> bool {
        !self.is_empty()
    }
}

impl<T> Truth for [T] {
    fn is_true(&self) -> bool {
        !self.is_empty()
    }
}

impl Truth for bool {
    fn is_true(&self) -> bool {
        *self
    }
}

/// Values that are there as they are; those with parts are always true.
macro_rules! whole {
    ($($kind:ty),+ $(,)?) => { $(
        impl Field for $kind {
            type Value = Self;
            fn value(&self) -> Option<&Self> {
                Some(self)
            }
        }
        impl Truth for $kind {
            fn is_true(&self) -> bool {
                true
            }
        }
    )+ };
}

impl Field for bool {
    type Value = Self;
    fn value(&self) -> Option<&Self> {
        Some(self)
    }
}

whole! {
    Brand,
    Colour,
    Drawing,
    PictureView,
    Section,
    Stamp,
    TextView,
    Word,
    actions::ActionView,
    actions::Actions,
    actions::DayView,
    budget::Budget,
    causes::CauseView,
    causes::Factors,
    head::Period,
    head::SeverityView,
    head::ZoneView,
    impact::DataView,
    impact::FigureView,
    impact::ImpactView,
    impact::ServiceView,
    impact::WindowView,
    metadata::Metadata,
    people::PersonView,
    rest::AttachmentView,
    rest::DependencyView,
    rest::DetectionView,
    rest::Field,
    rest::Item,
    rest::LessonGroup,
    rest::RecoveryView,
    rest::RelatedView,
    rest::ReviewView,
    rest::Term,
    sources::SourceView,
    tiles::Duration,
    tiles::Milestone,
    tiles::Tile,
    timeline::Day,
    timeline::EventView,
}

/// The value of a field.
pub fn of<T: Field>(field: &T) -> Option<&T::Value> {
    field.value()
}

/// Whether a value is there and counts as true.
pub fn is_true<T: Truth + ?Sized>(value: Option<&T>) -> bool {
    value.is_some_and(T::is_true)
}

/// The items of a list.
pub fn items<T>(list: Option<&[T]>) -> &[T] {
    list.unwrap_or(&[])
}

/// The number of a turn, from 1, for its index.
pub fn counted(turn: usize) -> i64 {
    i64::try_from(turn).unwrap_or(i64::MAX).saturating_add(1)
}

/// What has a length: lists in items, texts in characters.
pub trait Length {
    /// How long it is.
    fn length(&self) -> usize;
}

impl Length for str {
    fn length(&self) -> usize {
        self.chars().count()
    }
}

impl<T> Length for [T] {
    fn length(&self) -> usize {
        self.len()
    }
}

/// How long a value is.
pub fn length<T: Length + ?Sized>(value: Option<&T>) -> i64 {
    let length = value.map_or(0, T::length);
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Texts with a separator between them.
pub fn join(texts: Option<&[String]>, separator: &str) -> String {
    items(texts).join(separator)
}

/// A text in small letters.
pub fn lower(text: Option<&str>) -> String {
    text.unwrap_or("").to_lowercase()
}

/// A text in which no line breaks between a number and its unit.
pub fn unbroken(text: Option<&str>) -> String {
    text.map(spoken::unbroken).unwrap_or_default()
}
