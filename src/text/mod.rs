//! Floor 0: text, places in it, words near each other, and what is safe to print.

mod line_changes;
mod line_index;
mod nearest;
mod plain;
mod printable;
mod replacement;
mod slug;
mod source;

pub use line_changes::{Change, line_changes};
pub use line_index::{LineIndex, Position};
pub use nearest::{nearest, only_near};
pub use plain::plain;
pub use printable::{excerpt, harms_a_terminal, printable, printable_line};
pub use replacement::{Replacement, replaced};
pub use slug::slug;
pub use source::{Source, Span};
