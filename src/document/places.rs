use crate::text::Span;
use crate::yaml::{Content, Entry, Node, Path};

use super::Document;

/// Where the values of a document stand. A place that is not there falls back to its parent's.
impl Document {
    /// Where a value stands. Of a list or map it is the key; of a value that is not there, the key
    /// of what would hold it, and of the document itself its first key.
    pub fn place(&self, path: &Path) -> Span {
        let (entry, node, found) = self.nearest(path);
        let is_scalar = matches!(node.content, Content::Scalar(_));
        if found && is_scalar && !node.span.is_empty() {
            return node.span.clone();
        }
        self.head(entry, node)
    }

    /// Whether something is written at a path, if only an empty list.
    pub fn has(&self, path: &Path) -> bool {
        self.nearest(path).2
    }

    /// Where the key of a value stands; for an item of a list its first key, or its text.
    pub fn key_place(&self, path: &Path) -> Span {
        let (entry, node, _) = self.nearest(path);
        self.head(entry, node)
    }

    /// Where a word stands inside a text, as it is written; the text's own place where the word is
    /// not written in one piece.
    pub fn place_of(&self, path: &Path, word: &str) -> Span {
        let whole = self.place(path);
        match self.source.slice(&whole).find(word) {
            Some(at) if !word.is_empty() => whole.start + at..whole.start + at + word.len(),
            _ => whole,
        }
    }

    /// The value at a path or the nearest around it, its key, and whether it is the value itself.
    fn nearest(&self, path: &Path) -> (Option<&Entry>, &Node, bool) {
        let mut entry = None;
        let mut node = &self.tree.root;
        for segment in path.segments() {
            match self.tree.child(node, segment) {
                Some((Some(with_key), child)) => {
                    entry = Some(with_key);
                    node = child;
                }
                Some((None, child)) => {
                    entry = None;
                    node = child;
                }
                None => return (entry, node, false),
            }
        }
        (entry, node, true)
    }

    fn head(&self, entry: Option<&Entry>, node: &Node) -> Span {
        if let Some(entry) = entry {
            return entry.key_span.clone();
        }
        match &node.content {
            Content::Map { entries, .. } => entries
                .first()
                .map_or(node.span.start..node.span.start, |first| {
                    first.key_span.clone()
                }),
            Content::List(items) => items
                .first()
                .map_or(node.span.clone(), |first| self.head(None, first)),
            Content::Scalar(_) => node.span.clone(),
        }
    }
}
