use std::ops::Range;

use crate::text::Span;
use crate::yaml::{Content, Path, Style};

use super::Document;

impl Document {
    /// Where a part of a text stands in the source: `bytes` are bytes of the value, and the answer is
    /// the bytes they are written with, in whatever style.
    ///
    /// Falls back to the place of the whole text where the way back is not clear.
    pub fn place_within(&self, path: &Path, bytes: &Range<usize>) -> Span {
        let whole = self.place(path);
        let node = self.scalar_at(path);
        let Some((node, scalar)) = node else {
            return whole;
        };
        let value = self.tree.text_of(scalar);
        let Some(part) = value.get(bytes.clone()).filter(|part| !part.is_empty()) else {
            return whole;
        };
        // Most texts stand in the file as they are.
        let source = self.source.text();
        if let Some(at) = self.tree.slice_of(scalar) {
            let place = at.start + bytes.start..at.start + bytes.end;
            return match source.get(place.clone()) {
                Some(written) if written == part => place,
                _ => whole,
            };
        }
        let indent = indent(source, &node.span);
        let written = Written {
            source: source.get(..node.span.end).unwrap_or(source),
            style: scalar.style,
            indent,
        };
        written
            .place(node.span.start, value, bytes)
            .unwrap_or(whole)
    }

    /// The scalar at a path; that of the item itself where the last step leads into a text.
    fn scalar_at(&self, path: &Path) -> Option<(&crate::yaml::Node, &crate::yaml::Scalar)> {
        let mut node = &self.tree.root;
        for segment in path.segments() {
            match (self.tree.child(node, segment), &node.content) {
                (Some((_, child)), _) => node = child,
                // A text alone stands for `{what: …}`.
                (None, Content::Scalar(_)) => break,
                (None, _) => return None,
            }
        }
        match &node.content {
            Content::Scalar(scalar) => Some((node, scalar)),
            _ => None,
        }
    }
}

/// A scalar as it stands in a file, walked side by side with the value it has.
struct Written<'s> {
    source: &'s str,
    style: Style,
    indent: usize,
}

impl Written<'_> {
    /// The place of the value's `bytes`, where the scalar is written from `start` on.
    fn place(&self, start: usize, value: &str, bytes: &Range<usize>) -> Option<Span> {
        let (mut at, quote) = match self.source.as_bytes().get(start) {
            Some(quote @ (b'"' | b'\'')) if self.style == Style::Quoted => (start + 1, *quote),
            _ => (start, 0),
        };
        // The place of a block may begin behind its first empty lines.
        let at_break = self.source.get(at..)?.starts_with([' ', '\n', '\r']);
        let mut read = match self.style {
            Style::Block if !at_break => value.len() - value.trim_start_matches('\n').len(),
            _ => 0,
        };
        let mut first = None;
        while read < bytes.end {
            at = self.skipped(at, value.get(read..)?, quote);
            if read == bytes.start {
                first = Some(at);
            }
            let step = self.step(at, value.get(read..)?, quote)?;
            read += step.value;
            at += step.source;
        }
        (read == bytes.end).then_some(first?..at)
    }

    /// Past white space of the source that is no part of the value.
    fn skipped(&self, mut at: usize, value: &str, quote: u8) -> usize {
        const BLANK: [char; 4] = [' ', '\t', '\r', '\n'];
        let rest = |at: usize| self.source.get(at..).unwrap_or("");
        let is_joined = |rest: &str| rest.starts_with("\\\n") || rest.starts_with("\\\r");
        while quote == b'"' && is_joined(rest(at)) {
            let joined = &rest(at)[1..];
            at += 1 + joined.len() - joined.trim_start_matches(BLANK).len();
        }
        if self.style == Style::Block || value.starts_with([' ', '\t', '\n']) {
            return at;
        }
        at + rest(at).len() - rest(at).trim_start_matches(BLANK).len()
    }

    /// How many bytes of the value and of the source go together here.
    fn step(&self, at: usize, value: &str, quote: u8) -> Option<Step> {
        let rest = self.source.get(at..)?;
        let next = value.chars().next()?;
        let length = next.len_utf8();
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let after_gap = &rest[gap..];
        let folds = match self.style {
            Style::Block => rest.starts_with(['\n', '\r']),
            _ => after_gap.starts_with(['\n', '\r']),
        };
        if folds && matches!(next, ' ' | '\n') {
            return self.line_break(rest, value);
        }
        if quote == b'"' && rest.starts_with('\\') {
            return Self::escape(rest, value);
        }
        if quote == b'\'' && next == '\'' && rest.starts_with("''") {
            return Some(Step {
                value: 1,
                source: 2,
            });
        }
        rest.starts_with(next).then_some(Step {
            value: length,
            source: length,
        })
    }

    /// Line breaks with the indentation behind them, and what they mean: a space, or breaks.
    fn line_break(&self, rest: &str, value: &str) -> Option<Step> {
        let mut source = 0;
        let mut breaks = 0;
        loop {
            let here = rest.get(source..)?;
            let gap = match self.style {
                Style::Block if breaks > 0 => spaces(here).min(self.indent),
                Style::Block => 0,
                _ => here.len() - here.trim_start_matches([' ', '\t']).len(),
            };
            let behind = here.get(gap..)?;
            let length = if behind.starts_with("\r\n") {
                2
            } else if behind.starts_with(['\n', '\r']) {
                1
            } else {
                source += gap;
                break;
            };
            source += gap + length;
            breaks += 1;
        }
        let newlines = value.bytes().take_while(|byte| *byte == b'\n').count();
        let value = newlines.min(breaks).max(1);
        Some(Step { value, source })
    }

    fn escape(rest: &str, value: &str) -> Option<Step> {
        let source = match rest.as_bytes().get(1)? {
            b'x' => 4,
            b'u' => 6,
            b'U' => 10,
            _ => 1 + rest.get(1..)?.chars().next()?.len_utf8(),
        };
        let value = value.chars().next()?.len_utf8();
        Some(Step { value, source })
    }
}

struct Step {
    value: usize,
    source: usize,
}

/// The columns that every line of a block begins with: those of its first line with words.
fn indent(source: &str, block: &Span) -> usize {
    let from = source.get(..block.start).map_or(0, |before| {
        before.rfind(['\n', '\r']).map_or(0, |at| at + 1)
    });
    let lines = source.get(from..block.end).unwrap_or("");
    let worded = lines
        .split(['\n', '\r'])
        .find(|line| !line.trim().is_empty());
    worded.map_or(0, spaces)
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path;
    use crate::text::Source;

    /// Every word `mark` of the value is found where it stands, in the order of the file.
    #[track_caller]
    fn found(summary: &str, word: &str) {
        for (bom, line_break) in [
            ("", "\n"),
            ("\u{feff}", "\n"),
            ("", "\r\n"),
            ("\u{feff}", "\r\n"),
        ] {
            let text = format!(
                "{bom}version: 1\nid: 2024-12-11-x\ntitle: T\nsummary: {summary}\nseverity: sev1\n"
            );
            let text = text.replace('\n', line_break);
            let wanted: Vec<usize> = text.match_indices(word).map(|(at, _)| at).collect();
            let reading = Document::read(Source::new("x.yaml", text.as_str()));
            let document = reading.document.expect("a document");
            let value = document.postmortem().summary.clone().expect("a summary");
            let places: Vec<usize> = value
                .match_indices(word)
                .map(|(at, _)| {
                    let place = document.place_within(&path!["summary"], &(at..at + word.len()));
                    assert_eq!(&text[place.clone()], word, "{text:?}");
                    place.start
                })
                .collect();
            assert_eq!(places, wanted, "{text:?}");
            assert!(!places.is_empty());
        }
    }

    #[test]
    fn a_word_is_found_in_every_style() {
        for style in [
            "one mark two mark",
            "\"one mark \\\"mark\\\" \\u00e9 mark\"",
            "'it''s a mark, a mark'",
            "|\n  one mark\n  two mark\n\n    deep mark\n  — mark",
            "|-\n\n  mark\n    mark\n  mark",
            ">\n  one mark\n  two mark\n\n  three mark\n    deep mark\n  mark",
            ">-\n  mark é\n  mark",
            "one mark\n  folded mark\n\n  mark",
            "\"one mark\n  folded mark\n\n  \\tmark\"",
            "\"one mark \\\n   mark\"",
            "'one mark''\n  folded ''mark\n\n  mark'",
            "|\n  mark # mark\n  mark: mark",
        ] {
            found(style, "mark");
        }
    }

    #[test]
    fn words_over_a_line_break_are_one_place() {
        let text =
            "version: 1\nid: 2024-12-11-x\ntitle: T\nsummary: >\n  they should\n  have known\n";
        let document = Document::read(Source::new("x.yaml", text))
            .document
            .expect("it reads");
        let value = document.postmortem().summary.clone().expect("a summary");
        let at = value.find("should have").expect("there");
        let place = document.place_within(&path!["summary"], &(at..at + 11));
        assert_eq!(&text[place], "should\n  have");
    }

    #[test]
    fn a_text_item_is_found_by_either_path() {
        let text = "version: 1\nid: 2024-12-11-x\ntitle: T\nlessons:\n  went_well: [a mark, {what: b mark, internal: true}]\n";
        let document = Document::read(Source::new("x.yaml", text))
            .document
            .expect("it reads");
        for (index, start) in [(0, "a mark"), (1, "b mark")] {
            let path = path!["lessons", "went_well", index, "what"];
            let place = document.place_within(&path, &(2..6));
            assert_eq!(place.start, text.find(start).expect("there") + 2);
        }
    }

    #[test]
    fn what_is_not_there_has_the_place_of_the_text() {
        let text = "version: 1\nid: 2024-12-11-x\ntitle: Title\n";
        let document = Document::read(Source::new("x.yaml", text))
            .document
            .expect("it reads");
        assert_eq!(
            &text[document.place_within(&path!["title"], &(3..99))],
            "Title"
        );
        assert_eq!(
            &text[document.place_within(&path!["title"], &(2..2))],
            "Title"
        );
    }
}
