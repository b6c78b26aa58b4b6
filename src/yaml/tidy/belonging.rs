use super::super::Path;
use super::super::splice::layout::Layout;
use super::super::tree::{Content, Node, Tree};
use super::lines::is_start_marker;
use crate::text::Span;

/// What a comment belongs to.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// It stands on its own above this.
    Above(Path),
    /// It stands on its own at the end of this.
    EndOf(Path),
    /// It stands beside this.
    Beside(Path),
    /// It stands at the top or at the end of the file.
    Nowhere,
}

/// Whether two texts that say the same have the same comments at the same values.
pub fn comments_belong(before: &Tree, after: &Tree) -> bool {
    places(before) == places(after)
}

struct Start {
    offset: usize,
    column: usize,
    is_in_brackets: bool,
    path: Path,
}

fn places(tree: &Tree) -> Vec<(String, Place)> {
    let layout = Layout::new(tree);
    let mut starts = Vec::new();
    gather(&layout, &tree.root, &Path::root(), &mut starts);
    starts.sort_by_key(|start| start.offset);
    let comments = tree.comments.iter();
    let mut places: Vec<(String, Place)> = comments
        .map(|comment| {
            let words = layout.line_at(comment.start).trim_end().to_owned();
            (words, place(&layout, &starts, comment))
        })
        .collect();
    places.sort();
    places
}

fn place(layout: &Layout<'_>, starts: &[Start], comment: &Span) -> Place {
    let next = starts.partition_point(|start| start.offset < comment.start);
    if !layout.begins_line(comment.start) {
        let line = layout.line_start(comment.start);
        let first = starts.partition_point(|start| start.offset < line);
        let on_line = starts.get(first..next).unwrap_or_default();
        // What stands in brackets may change places there: the comment belongs to what holds them. Beside
        // the end of something that began above it belongs to that.
        let start = match on_line.iter().rfind(|start| !start.is_in_brackets) {
            Some(start) => Some(start),
            None => starts
                .get(..next)
                .and_then(|before| before.iter().rfind(|start| !start.is_in_brackets)),
        };
        return start.map_or(Place::Nowhere, |start| Place::Beside(start.path.clone()));
    }
    if next == 0 {
        let rest = layout.text.get(comment.start..).unwrap_or("");
        let first = starts.first().map_or(0, |first| first.offset);
        let above = rest.get(..first - comment.start).unwrap_or("");
        let is_apart = above.contains("\n\n")
            || above.contains("yaml-language-server")
            || above.lines().any(is_start_marker);
        if is_apart {
            return Place::Nowhere;
        }
    }
    let column = layout.column(comment.start);
    if let Some(next) = starts.get(next)
        && column <= next.column
    {
        return Place::Above(next.path.clone());
    }
    let before = starts.get(..next).unwrap_or_default();
    match before.iter().rfind(|start| start.column < column) {
        // In what the comment stands is all that is asked: an item may begin with another key now.
        Some(start) if column > 0 => Place::EndOf(start.path.clone()),
        _ => Place::Nowhere,
    }
}

fn gather(layout: &Layout<'_>, node: &Node, path: &Path, starts: &mut Vec<Start>) {
    let is_in_brackets = layout.is_flow(node);
    let start = |offset: usize, path: &Path| Start {
        offset,
        is_in_brackets,
        column: layout.column(offset),
        path: path.clone(),
    };
    match &node.content {
        Content::Scalar(_) => {}
        Content::List(items) => {
            let is_flow = layout.is_flow(node);
            for (at, item) in items.iter().enumerate() {
                let path = path.clone().then(at);
                let dash = layout.head_of_item(item).filter(|_| !is_flow);
                starts.push(start(dash.map_or(item.span.start, |head| head - 1), &path));
                gather(layout, item, &path, starts);
            }
        }
        Content::Map { entries, .. } => {
            for entry in entries {
                let path = path.clone().then(layout.tree.text_of(&entry.key));
                starts.push(start(entry.key_span.start, &path));
                gather(layout, &entry.value, &path, starts);
            }
        }
    }
}
