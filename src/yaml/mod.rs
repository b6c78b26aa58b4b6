//! Floor 2: YAML. The only place that names a YAML crate.

mod parse;
mod path;
mod read;
mod reorder;
mod second_reader;
mod seen;
mod slips;
mod splice;
mod tidy;
mod tree;
mod usual;
mod write;

pub use path::{Path, Segment};
pub use read::{ReadError, read};
pub use reorder::reordered;
pub use second_reader::read_as_others_do;
pub use slips::{Recovered, recover};
pub use splice::{NoPlace, comments_stay, splice};
pub use tidy::{comments_belong, tidied};
pub use tree::{Content, Entry, Meaning, Node, Scalar, Style, Tree};
pub use write::{quoted, write};
