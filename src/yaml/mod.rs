//! Floor 2: YAML. The only place that names a YAML crate.

mod path;

pub use path::{Path, Segment};
