use super::super::splice::layout::Layout;
use super::super::tree::{Content, Node, Style};

/// What stands above an entry: its comments, and whether a blank line sets it apart.
pub struct Above {
    pub is_apart: bool,
    /// Comments without their indentation; one blank line between them is an empty text.
    comments: Vec<String>,
}

impl Above {
    /// Reads the lines between two entries.
    pub fn of(text: &str) -> Self {
        let mut comments: Vec<String> = Vec::new();
        let mut is_apart = false;
        for line in text.lines() {
            let line = line.trim();
            match (line.is_empty(), comments.last()) {
                (true, None) => is_apart = true,
                (true, Some(last)) if last.is_empty() => {}
                _ => comments.push(line.to_owned()),
            }
        }
        Self { is_apart, comments }
    }

    pub fn is_empty(&self) -> bool {
        self.comments.is_empty()
    }

    /// The comments at an indent.
    pub fn lines(&self, indent: usize) -> String {
        let lines = self.comments.iter();
        lines
            .map(|line| match line.as_str() {
                "" => "\n".to_owned(),
                line => format!("{}{line}\n", " ".repeat(indent)),
            })
            .collect()
    }
}

/// What belongs to the file as a whole and not to its first key, and where the rest begins: directives
/// for editors and linters, and comments that a blank line sets apart. `lines` are those above that key.
pub fn header(lines: &str) -> (String, usize) {
    let mut end = 0;
    let mut at = 0;
    for line in lines.split_inclusive('\n') {
        at += line.len();
        let words = line.trim();
        let is_directive = ["yaml-language-server", "ignore-file", "!"]
            .iter()
            .any(|word| words.starts_with('#') && words.contains(word));
        if words.is_empty() || is_directive {
            end = at;
        }
    }
    let above = Above::of(lines.get(..end).unwrap_or(""));
    (above.lines(0), end)
}

/// Where a `---` above the first key ends, with all that stands above it; 0 where there is none. Other
/// markers and directives are not looked for.
pub fn start_marker_end(lines: &str) -> usize {
    let mut at = 0;
    for line in lines.split_inclusive('\n') {
        at += line.len();
        if is_start_marker(line) {
            return at;
        }
        if !(line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return 0;
        }
    }
    0
}

/// Whether a line says that the document begins, and perhaps a comment, and no more.
pub fn is_start_marker(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| {
        let words = rest.trim_start();
        words.is_empty() || words.starts_with('#') && rest.starts_with([' ', '\t'])
    })
}

/// Lines moved from one column to another; nothing where a line stands left of it.
pub fn shifted(lines: &str, from: usize, to: usize) -> Option<String> {
    if from == to {
        return Some(lines.to_owned());
    }
    let mut moved = String::new();
    for line in lines.split_inclusive('\n') {
        if line.trim().is_empty() {
            moved.push_str(line);
            continue;
        }
        let indent = " ".repeat(from);
        moved.push_str(&" ".repeat(to));
        moved.push_str(line.strip_prefix(&indent)?);
    }
    Some(moved)
}

/// A comment behind the first line of what is written, or behind its only one.
pub fn with_comment(text: &str, beside: Option<&str>) -> String {
    match (beside, text.split_once('\n')) {
        (Some(beside), Some((first, rest))) => format!("{first}{beside}\n{rest}"),
        _ => text.to_owned(),
    }
}

/// Lines without blank ones at their end, unless those are part of a text.
pub fn without_blank_end(lines: &str, node: &Node, layout: &Layout<'_>) -> String {
    if keeps_blank_end(node, layout) {
        return lines.to_owned();
    }
    format!("{}\n", lines.trim_end())
}

fn keeps_blank_end(node: &Node, layout: &Layout<'_>) -> bool {
    match &node.content {
        Content::Scalar(scalar) => {
            scalar.style == Style::Block && layout.tree.text_of(scalar).ends_with("\n\n")
        }
        Content::List(items) => items
            .last()
            .is_some_and(|item| keeps_blank_end(item, layout)),
        Content::Map { entries, .. } => entries
            .last()
            .is_some_and(|entry| keeps_blank_end(&entry.value, layout)),
    }
}
