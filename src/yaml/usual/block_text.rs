use crate::yaml::tree::{Node, Style};

use super::scalar::own;
use super::{Reader, node_of};

/// What becomes of the line breaks at the end of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomp {
    One,
    None,
    All,
}

impl Reader<'_> {
    /// A text in a block, `|` or `>`, whose lines are deeper than `indent`.
    pub(super) fn block_text(&mut self, indent: usize) -> Option<Node> {
        let is_folded = self.byte()? == b'>';
        self.at += 1;
        let chomp = match self.byte()? {
            b'-' => Chomp::None,
            b'+' => Chomp::All,
            _ => Chomp::One,
        };
        self.at += usize::from(chomp != Chomp::One);
        if !self.ends_line() {
            return None;
        }
        self.comment()?;
        self.at += 1;

        let mut text = String::new();
        let mut depth = None;
        let mut blank = 0;
        let (mut start, mut end) = (self.at, self.at);
        while !self.is_done() {
            let line = self.at;
            self.skip_spaces();
            let column = self.at - line;
            if self.byte()? == b'\n' {
                // Spaces beyond the others would belong to the text.
                if column > depth.unwrap_or(column) || (depth.is_none() && column > 0) {
                    return None;
                }
                blank += 1;
                self.at += 1;
                continue;
            }
            let of_text = *depth.get_or_insert_with(|| {
                start = self.at;
                column
            });
            if column < of_text || column <= indent {
                if column > indent {
                    return None;
                }
                self.at = line;
                break;
            }
            if is_folded && column > of_text {
                return None;
            }
            match (text.is_empty(), is_folded, blank) {
                (true, ..) => push_breaks(&mut text, blank),
                (_, true, 0) => text.push(' '),
                (_, true, blank) => push_breaks(&mut text, blank),
                (_, false, blank) => push_breaks(&mut text, blank + 1),
            }
            blank = 0;
            let from = line + of_text;
            end = self.line_end();
            text.push_str(self.text.get(from..end)?);
            self.at = (end + 1).min(self.bytes.len());
        }
        if text.is_empty() || depth.is_none_or(|depth| depth <= indent) {
            return None;
        }
        match chomp {
            Chomp::None => {}
            Chomp::One => text.push('\n'),
            Chomp::All => push_breaks(&mut text, blank + 1),
        }
        self.next_line()?;
        let written = self.text.get(start..end)?.trim_end();
        Some(node_of(
            own(text, Style::Block),
            start..start + written.len(),
        ))
    }
}

fn push_breaks(text: &mut String, count: usize) {
    text.extend(std::iter::repeat_n('\n', count));
}
