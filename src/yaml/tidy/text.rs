use super::super::Path;
use super::super::splice::layout::Layout;
use super::super::tree::{Content, Node, Style};
use super::super::write::Value;
use super::Order;

/// A value as the emitter takes it, its keys in the format's order; nothing where a text in it has more
/// lines than one, or where nothing stands behind a key.
pub fn value_of(layout: &Layout<'_>, node: &Node, path: &Path, order: Order<'_>) -> Option<Value> {
    let tree = layout.tree;
    match &node.content {
        Content::Scalar(scalar) => {
            let written = layout.text.get(node.span.clone())?;
            if scalar.style == Style::Block || written.contains('\n') || written.is_empty() {
                return None;
            }
            // As a number is: to the letter, with the quotes that its writer gave it.
            Some(Value::Number(written.to_owned()))
        }
        Content::List(items) => {
            let items = items.iter().enumerate();
            let items = items
                .map(|(at, item)| value_of(layout, item, &path.clone().then(at), order))
                .collect::<Option<Vec<_>>>()?;
            Some(Value::List(items))
        }
        Content::Map { entries, .. } => {
            let known = order(path);
            let mut ranked = Vec::new();
            for entry in entries {
                let key = tree.text_of(&entry.key);
                let rank = known.iter().position(|known| *known == key);
                let value = value_of(layout, &entry.value, &path.clone().then(key), order)?;
                ranked.push((rank.unwrap_or(known.len()), (key.to_owned(), value)));
            }
            ranked.sort_by_key(|(rank, _)| *rank);
            Some(Value::Map(
                ranked.into_iter().map(|(_, entry)| entry).collect(),
            ))
        }
    }
}

/// A text whose lines stay as they are.
pub struct Kept {
    /// What stands behind the head on its line.
    first: String,
    /// The lines below, without the indentation that they share.
    below: Vec<String>,
}

/// A text of several lines, or nothing behind its key, with the comment beside it.
pub fn kept(
    layout: &Layout<'_>,
    start: usize,
    head: usize,
    node: &Node,
    bound: usize,
) -> Option<Kept> {
    let Content::Scalar(scalar) = &node.content else {
        return None;
    };
    let end = layout.end_of(head, node);
    let line_end = layout.line_after(head);
    let first = layout.text.get(head..line_end)?.trim_end();
    let comments: Vec<_> = layout.comments_in(&(start..bound)).collect();
    if scalar.style == Style::Block {
        let header = layout.text.get(layout.block_header(head))?;
        let is_beside = |comment: &&crate::text::Span| comment.start < line_end;
        if header.contains(|c: char| c.is_ascii_digit()) || !comments.iter().all(is_beside) {
            return None;
        }
        let lines = layout
            .text
            .get(line_end..layout.line_after(end).max(line_end))?;
        let worded = lines.lines().find(|line| !line.trim().is_empty());
        let indent = worded.map_or(0, |line| line.len() - line.trim_start_matches(' ').len());
        let below = lines
            .lines()
            .map(|line| line.get(indent..).unwrap_or("").to_owned());
        return Some(Kept {
            first: first.trim_start().to_owned(),
            below: below.collect(),
        });
    }
    if node.span.is_empty() {
        let is_beside = |comment: &&crate::text::Span| comment.start < line_end;
        return comments.iter().all(is_beside).then(|| Kept {
            first: first.trim_start().to_owned(),
            below: Vec::new(),
        });
    }
    // Comments between the lines of such a text are none of YAML's; one behind its last line is.
    let last_line_end = layout.line_after(end);
    let is_behind = |comment: &&crate::text::Span| (end..last_line_end).contains(&comment.start);
    if !comments.iter().all(is_behind) {
        return None;
    }
    let mut lines = layout.text.get(node.span.start..last_line_end)?.lines();
    let first = lines.next()?.trim_end().to_owned();
    let below = lines.map(|line| line.trim().to_owned());
    Some(Kept {
        first,
        below: below.collect(),
    })
}

impl Kept {
    /// The text behind its head, at an indent.
    pub fn written(&self, head: &str, indent: usize) -> String {
        let colon = if head == "-" { "" } else { ":" };
        let space = if self.first.is_empty() { "" } else { " " };
        let mut text = format!("{}{head}{colon}{space}{}\n", " ".repeat(indent), self.first);
        for line in &self.below {
            if !line.is_empty() {
                text.push_str(&" ".repeat(indent + 2));
                text.push_str(line);
            }
            text.push('\n');
        }
        text
    }
}
