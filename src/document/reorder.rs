use crate::text::Replacement;
use crate::yaml::{self, Path};

use super::Document;

impl Document {
    /// What has to be replaced so that the items of a list stand in another order, each with the comments
    /// that belong to it; `order` names them by where they stand now.
    ///
    /// Nothing is given where the list is written in a way that leaves no plain way to do so. Of a
    /// document that was not read whole the order may be another than it seems: do not ask.
    pub fn reordered(&self, list: &Path, order: &[usize]) -> Option<Vec<Replacement>> {
        yaml::reordered(&self.tree, self.source.text(), list, order)
    }
}
