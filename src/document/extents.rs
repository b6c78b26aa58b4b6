use crate::text::Span;
use crate::yaml::{Content, Node};

use super::Document;

/// How far entries reach: what a comment speaks of.
impl Document {
    /// The entry of a map or the item of a list that begins next behind a byte, with all that is in it.
    /// An item goes before the first key in it.
    pub fn entry_behind(&self, offset: usize) -> Option<Span> {
        let mut found: Option<Span> = None;
        each_entry(&self.tree.root, &mut |entry| {
            let is_nearer = found.as_ref().is_none_or(|known| entry.start < known.start);
            if entry.start >= offset && is_nearer {
                found = Some(entry.clone());
            }
        });
        found
    }

    /// The line of a byte, with the texts that begin on it and go on below.
    pub fn line_with_texts(&self, offset: usize) -> Span {
        let mut whole = self.source.line_span(offset);
        let line = whole.clone();
        each_text(&self.tree.root, &mut |head, text| {
            if line.contains(&head) && text.end > whole.end {
                whole.end = text.end;
            }
        });
        whole
    }
}

fn each_entry(node: &Node, visit: &mut impl FnMut(&Span)) {
    match &node.content {
        Content::Scalar(_) => {}
        Content::List(items) => {
            for item in items {
                visit(&item.span);
                each_entry(item, visit);
            }
        }
        Content::Map { entries, .. } => {
            for entry in entries {
                let end = entry.value.span.end.max(entry.key_span.end);
                visit(&(entry.key_span.start..end));
                each_entry(&entry.value, visit);
            }
        }
    }
}

/// Every scalar, with the byte at which its key begins, or it itself in a list.
fn each_text(node: &Node, visit: &mut impl FnMut(usize, &Span)) {
    match &node.content {
        Content::Scalar(_) => {}
        Content::List(items) => {
            for item in items {
                match &item.content {
                    Content::Scalar(_) => visit(item.span.start, &item.span),
                    _ => each_text(item, visit),
                }
            }
        }
        Content::Map { entries, .. } => {
            for entry in entries {
                match &entry.value.content {
                    Content::Scalar(_) => visit(entry.key_span.start, &entry.value.span),
                    _ => each_text(&entry.value, visit),
                }
            }
        }
    }
}
