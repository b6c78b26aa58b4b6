//! Brings a file into house order and house style, with every comment where it belongs.

mod belonging;
mod lines;
mod text;

use std::collections::BTreeSet;

use super::Path;
use super::splice::layout::Layout;
use super::tree::{Content, Entry, Meaning, Node, Tree};
use super::write;

pub use belonging::comments_belong;
use lines::{Above, shifted};
use text::value_of;

/// The keys of the map at a path in the order of the format; empty where any order is right.
pub type Order<'a> = &'a dyn Fn(&Path) -> Vec<&'static str>;

/// The text of a tree in house order and style; `kept` are the entries of the root, by number, whose
/// bytes stay as they are.
///
/// Nothing is given where there is no plain way to do so. Whether the result reads as before, and whether
/// every comment belongs to what it belonged to, is the caller's to check. The text must have `\n` as
/// its line break and no byte-order mark.
pub fn tidied(tree: &Tree, order: Order<'_>, kept: &BTreeSet<usize>) -> Option<String> {
    let layout = Layout::new(tree);
    let Content::Map { entries, flow } = &tree.root.content else {
        return None;
    };
    let first = entries.first()?.key_span.start;
    let marker_end = lines::start_marker_end(layout.text.get(..layout.line_start(first))?);
    let has_markers = layout.text.get(marker_end..)?.lines().any(|line| {
        ["---", "...", "%"]
            .iter()
            .any(|mark| line.starts_with(mark))
    });
    if *flow || has_markers || layout.text.contains('\r') {
        return None;
    }
    Tidy { layout, order }.document(entries, kept, marker_end)
}

/// A line that was written by hand may be longer than the emitter makes one, in characters.
const WIDEST: usize = 120;

struct Tidy<'t> {
    layout: Layout<'t>,
    order: Order<'t>,
}

/// Where a value hangs: a key with its colon, or a dash.
struct Head {
    text: String,
    /// The byte at which the key or the dash begins.
    start: usize,
    /// The byte behind the colon or the dash.
    end: usize,
}

/// An entry or item as it is to be written.
struct Part {
    above: Above,
    text: String,
    is_section: bool,
}

impl Tidy<'_> {
    /// The whole; what stands up to `marker_end` stays as it is.
    fn document(
        &self,
        entries: &[Entry],
        kept: &BTreeSet<usize>,
        marker_end: usize,
    ) -> Option<String> {
        let layout = &self.layout;
        let first = entries.first()?.key_span.start;
        let column = layout.column(first);
        let marker = layout.text.get(..marker_end)?;
        let above = layout.text.get(marker_end..layout.line_start(first))?;
        let (header, length) = lines::header(above);
        let mut start = marker_end + length;
        let mut parts = Vec::new();
        for (number, entry) in entries.iter().enumerate() {
            let key = entry.key_span.start;
            let line = layout.line_start(key);
            let end = layout.below(
                layout.end_of(layout.head_of_entry(entry), &entry.value),
                column,
            );
            let path = Path::root().then(layout.tree.text_of(&entry.key));
            let text = match kept.contains(&number) {
                true => layout.text.get(line..end)?.to_owned(),
                false => self
                    .entry(&path, entry, end, 0)
                    .or_else(|| shifted(layout.text.get(line..end)?, column, 0))?,
            };
            let text = lines::without_blank_end(&text, &entry.value, layout);
            parts.push(Part {
                above: Above::of(layout.text.get(start..line)?),
                is_section: is_section(&text, entry, layout.tree),
                text,
            });
            start = end;
        }
        let footer = Above::of(layout.text.get(start..)?);
        let parts = self.sorted(&Path::root(), entries, parts, false);
        let mut text = format!("{marker}{header}");
        let mut before_was_section = false;
        for (number, part) in parts.iter().enumerate() {
            let is_apart = part.above.is_apart || part.is_section || before_was_section;
            let has_blank = text.is_empty() || text.ends_with("\n\n");
            if (number > 0 && is_apart || number == 0 && part.above.is_apart) && !has_blank {
                text.push('\n');
            }
            text.push_str(&part.above.lines(0));
            text.push_str(&part.text);
            before_was_section = part.is_section;
        }
        if footer.is_apart && !footer.is_empty() && !text.ends_with("\n\n") {
            text.push('\n');
        }
        text.push_str(&footer.lines(0));
        Some(text)
    }

    /// Parts in the order of the format; as they are where one with comments above it would come to stand
    /// behind a dash.
    fn sorted(&self, path: &Path, entries: &[Entry], parts: Vec<Part>, is_item: bool) -> Vec<Part> {
        let order = (self.order)(path);
        let rank = |entry: &Entry| {
            let key = self.layout.tree.text_of(&entry.key);
            order
                .iter()
                .position(|known| *known == key)
                .unwrap_or(order.len())
        };
        let mut ranked: Vec<(usize, Part)> = entries.iter().map(rank).zip(parts).collect();
        let first = ranked.iter().min_by_key(|(rank, _)| *rank);
        let has_comments = |(_, part): &(usize, Part)| !part.above.is_empty();
        if !(is_item && first.is_some_and(has_comments)) {
            ranked.sort_by_key(|(rank, _)| *rank);
        }
        ranked.into_iter().map(|(_, part)| part).collect()
    }

    fn entry(&self, path: &Path, entry: &Entry, bound: usize, indent: usize) -> Option<String> {
        let key = self.layout.tree.text_of(&entry.key);
        let begins = self
            .layout
            .text
            .get(self.layout.line_start(entry.key_span.start)..entry.key_span.start)?;
        if !begins
            .trim_matches(|c: char| c == ' ' || c == '-')
            .is_empty()
        {
            return None;
        }
        let head = Head {
            text: write::key(key)?,
            start: entry.key_span.start,
            end: self.layout.head_of_entry(entry),
        };
        self.value(path, &head, &entry.value, bound, indent)
    }

    /// A key or dash with its value, at an indent.
    fn value(
        &self,
        path: &Path,
        head: &Head,
        node: &Node,
        bound: usize,
        indent: usize,
    ) -> Option<String> {
        let layout = &self.layout;
        let comments: Vec<_> = layout.comments_in(&(head.start..bound)).collect();
        let end = layout.end_of(head.end, node);
        let beside = match comments[..] {
            [] => Some(None),
            [comment] => {
                let is_behind = comment.start >= end && comment.start < layout.line_after(end);
                let gap = layout.text.get(end..comment.start);
                is_behind.then(|| {
                    gap.map(|gap| format!("{gap}{}", layout.line_at(comment.start).trim_end()))
                })
            }
            _ => None,
        };
        // What its writer put in lines stays in lines; what stands on one line stays there while it fits.
        let may_be_line = matches!(node.content, Content::Scalar(_)) || layout.is_flow(node);
        if let Some(beside) = &beside
            && let Some(plain) = self.plain(path, node).filter(|_| may_be_line)
        {
            let is_item = head.text == "-";
            let colon = if is_item { "" } else { ":" };
            let line = format!(
                "{}{}{colon} {}",
                " ".repeat(indent),
                head.text,
                write::line(&plain)
            );
            let was_line = !layout.text.get(node.span.clone())?.contains('\n');
            // An address and the like has nowhere to be broken.
            let prose = self.prose(node);
            let can_be_broken = layout.is_flow(node) || prose.is_some();
            let fits = line.chars().count() <= WIDEST || !can_be_broken;
            let plain = prose.unwrap_or(plain);
            let text = match is_item {
                _ if was_line && fits => line + "\n",
                true => write::house_item(&plain, indent),
                false => write::house_entry(&head.text, &plain, indent),
            };
            // Brackets with a comment beside them, laid in lines, would leave it at the first of them.
            let would_move = beside.is_some() && layout.is_flow(node) && text.lines().count() > 1;
            return (!would_move).then(|| lines::with_comment(&text, beside.as_deref()));
        }
        match &node.content {
            Content::Scalar(_) => text::kept(layout, head.start, head.end, node, bound)
                .map(|kept| kept.written(&head.text, indent)),
            _ if layout.is_flow(node) => None,
            Content::List(items) => self.list(path, head, items, bound, indent),
            Content::Map { entries, .. } => self.map(path, head, entries, bound, indent),
        }
    }

    /// A text of several words.
    fn prose(&self, node: &Node) -> Option<write::Value> {
        let Content::Scalar(scalar) = &node.content else {
            return None;
        };
        let tree = self.layout.tree;
        match tree.meaning(scalar) {
            Meaning::Text(text) if text.contains(' ') => Some(write::Value::Text(text.to_owned())),
            _ => None,
        }
    }

    /// A value of which every text stands on one line and that has no comment in it.
    fn plain(&self, path: &Path, node: &Node) -> Option<write::Value> {
        let inside = node.span.clone();
        if self.layout.comments_in(&inside).next().is_some() {
            return None;
        }
        value_of(&self.layout, node, path, self.order)
    }

    fn list(
        &self,
        path: &Path,
        head: &Head,
        items: &[Node],
        bound: usize,
        indent: usize,
    ) -> Option<String> {
        let layout = &self.layout;
        if head.text == "-" {
            return None;
        }
        let mut text = self.head_line(head, layout.head_of_item(items.first()?)? - 1, indent)?;
        let mut start = layout.line_after(head.end);
        for (number, item) in items.iter().enumerate() {
            let dash = layout.head_of_item(item)? - 1;
            let line = layout.line_start(dash);
            if !layout.begins_line(dash) {
                return None;
            }
            let column = layout.column(dash);
            let end = layout
                .below(layout.end_of(dash + 1, item), column)
                .min(bound);
            let above = Above::of(layout.text.get(start..line)?);
            if above.is_apart && number > 0 {
                text.push('\n');
            }
            text.push_str(&above.lines(indent + 2));
            let dash = Head {
                text: "-".to_owned(),
                start: dash,
                end: dash + 1,
            };
            let path = path.clone().then(number);
            let written = self.value(&path, &dash, item, end, indent + 2);
            let written =
                written.or_else(|| shifted(layout.text.get(line..end)?, column, indent + 2))?;
            text.push_str(&lines::without_blank_end(&written, item, layout));
            start = end;
        }
        text.push_str(&Above::of(layout.text.get(start..bound)?).lines(indent + 2));
        Some(text)
    }

    fn map(
        &self,
        path: &Path,
        head: &Head,
        entries: &[Entry],
        bound: usize,
        indent: usize,
    ) -> Option<String> {
        let layout = &self.layout;
        let first = entries.first()?.key_span.start;
        let is_item = head.text == "-";
        let column = layout.column(first);
        let mut start = match is_item {
            true => {
                let gap = layout.text.get(head.end..first)?;
                if !gap.trim_matches(' ').is_empty() {
                    return None;
                }
                layout.line_start(first)
            }
            false => layout.line_after(head.end),
        };
        let mut parts = Vec::new();
        for entry in entries {
            let line = layout.line_start(entry.key_span.start);
            let end = layout
                .below(
                    layout.end_of(layout.head_of_entry(entry), &entry.value),
                    column,
                )
                .min(bound);
            let here = path.clone().then(layout.tree.text_of(&entry.key));
            let above = Above::of(layout.text.get(start..line.max(start))?);
            let text = self.entry(&here, entry, end, indent + 2).or_else(|| {
                let is_behind_dash = is_item && entry.key_span.start == first;
                let lines = layout.text.get(line..end).filter(|_| !is_behind_dash)?;
                shifted(lines, column, indent + 2)
            })?;
            parts.push(Part {
                above,
                text: lines::without_blank_end(&text, &entry.value, layout),
                is_section: false,
            });
            start = end;
        }
        let parts = self.sorted(path, entries, parts, is_item);
        let mut text = match is_item {
            true => String::new(),
            false => self.head_line(head, first, indent)?,
        };
        for (number, part) in parts.iter().enumerate() {
            if part.above.is_apart && number > 0 {
                text.push('\n');
            }
            text.push_str(&part.above.lines(indent + 2));
            text.push_str(&part.text);
        }
        text.push_str(&Above::of(layout.text.get(start..bound)?).lines(indent + 2));
        if is_item {
            let spaces = " ".repeat(indent + 2);
            let rest = text.strip_prefix(&spaces)?;
            text = format!("{}- {rest}", " ".repeat(indent));
        }
        Some(text)
    }

    /// The line of a key whose value stands below it, with the comment beside the key.
    fn head_line(&self, head: &Head, value: usize, indent: usize) -> Option<String> {
        let line_end = self.layout.line_after(head.end);
        let beside = self.layout.text.get(head.end..line_end)?.trim_end();
        let is_below = value >= line_end;
        let is_comment = beside.trim_start().is_empty() || beside.trim_start().starts_with('#');
        (is_below && is_comment).then(|| format!("{}{}:{beside}\n", " ".repeat(indent), head.text))
    }
}

/// Whether an entry of the root stands apart from its neighbours.
fn is_section(text: &str, entry: &Entry, tree: &Tree) -> bool {
    let by_length = match &entry.value.content {
        Content::Scalar(_) => false,
        _ => text.trim_end().chars().count() > 80 + tree.text_of(&entry.key).chars().count() + 2,
    };
    by_length || text.trim_end().contains('\n')
}
