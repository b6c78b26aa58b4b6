use crate::text::{Source, Span};

/// The lines of a source that a finding is about, cut to what a screen can show.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines, each with a line break.
    pub text: String,
    /// The number of the first of them, from 1.
    pub first_line: usize,
    kept: Vec<Kept>,
}

#[derive(Debug, PartialEq, Eq)]
struct Kept {
    /// The bytes of the source that were kept of a line.
    from: Span,
    /// Where they begin in the excerpt.
    to: usize,
}

/// Lines longer than this are cut around what is said about them, in bytes.
const LONGEST: usize = 400;
/// How much stands in front of a place in a line that was cut, in bytes.
const BEFORE: usize = 60;

impl Excerpt {
    /// Cuts out the lines from the first to the last of some spans.
    ///
    /// `shown` is the text to take, as long as the source to the byte.
    pub fn new(source: &Source, shown: &str, spans: &[Span]) -> Self {
        let first = spans.iter().map(|span| span.start).min().unwrap_or(0);
        let last = spans
            .iter()
            .map(|span| span.end.max(span.start))
            .max()
            .unwrap_or(0);
        let mut excerpt = Self {
            text: String::new(),
            first_line: source.position(first).line,
            kept: Vec::new(),
        };
        let mut at = first.min(shown.len());
        loop {
            let line = source.line_span(at);
            excerpt.keep(shown, &line, spans);
            at = after_break(shown, line.end);
            if at > last || at <= line.end {
                return excerpt;
            }
        }
    }

    fn keep(&mut self, shown: &str, line: &Span, spans: &[Span]) {
        let mark = if line.start == 0 && source_begins_with_mark(shown) {
            3
        } else {
            0
        };
        let line = line.start + mark..line.end.max(line.start + mark);
        let about = |span: &&Span| span.start <= line.end && span.end >= line.start;
        let first = spans
            .iter()
            .filter(about)
            .map(|span| span.start.max(line.start))
            .min();
        let kept = match first {
            _ if line.len() <= LONGEST => line,
            Some(first) => {
                let start = first.saturating_sub(BEFORE).max(line.start);
                start..(start + LONGEST).min(line.end)
            }
            None => line.start..line.start + LONGEST.min(line.len()),
        };
        let kept = boundary(shown, kept.start)..boundary(shown, kept.end);
        self.kept.push(Kept {
            from: kept.clone(),
            to: self.text.len(),
        });
        self.text.push_str(shown.get(kept).unwrap_or(""));
        self.text.push('\n');
    }

    /// Where a span of the source stands in the excerpt; what was cut off is the end of its line.
    pub fn span(&self, span: &Span) -> Span {
        let start = self.offset(span.start);
        start..self.offset(span.end).max(start)
    }

    /// The column of the start of a span in the excerpt, in characters from 1.
    pub fn column(&self, span: &Span) -> usize {
        let before = self.text.get(..self.span(span).start).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        line.chars().count() + 1
    }

    fn offset(&self, at: usize) -> usize {
        let line = self.kept.partition_point(|kept| kept.from.start <= at);
        let Some(kept) = self.kept.get(line.saturating_sub(1)) else {
            return 0;
        };
        kept.to + at.clamp(kept.from.start, kept.from.end) - kept.from.start
    }
}

fn source_begins_with_mark(shown: &str) -> bool {
    // The mark has become a replacement character of as many bytes.
    shown.starts_with(['\u{feff}', '\u{fffd}'])
}

fn after_break(text: &str, end: usize) -> usize {
    match text.as_bytes().get(end..) {
        Some([b'\r', b'\n', ..]) => end + 2,
        Some([b'\r' | b'\n', ..]) => end + 1,
        _ => end,
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_out_and_spans_follow() {
        let text = "one\r\ntwo\rthree\nfour";
        let source = Source::new("x", text);
        let excerpt = Excerpt::new(&source, text, &[5..8, 9..14]);
        assert_eq!(
            (excerpt.text.as_str(), excerpt.first_line),
            ("two\nthree\n", 2)
        );
        assert_eq!(excerpt.span(&(9..14)), 4..9);
        let end = Excerpt::new(&source, text, std::slice::from_ref(&(19..19)));
        assert_eq!((end.text.as_str(), end.first_line), ("four\n", 4));
        assert_eq!(end.span(&(19..19)), 4..4);
    }

    #[test]
    fn an_endless_line_is_cut_around_the_place() {
        let text = format!("{}é!{}", "é".repeat(500_000), "x".repeat(1_000_000));
        let source = Source::new("x", text.as_str());
        let place = 1_000_002..1_000_003;
        let excerpt = Excerpt::new(&source, &text, std::slice::from_ref(&place));
        assert!(excerpt.text.len() <= LONGEST + 1);
        assert_eq!(&excerpt.text[excerpt.span(&place)], "!");
    }

    #[test]
    fn a_byte_order_mark_is_not_shown() {
        let text = "\u{feff}id: x\n";
        let source = Source::new("x", text);
        let excerpt = Excerpt::new(&source, text, std::slice::from_ref(&(3..5)));
        assert_eq!(excerpt.text, "id: x\n");
        assert_eq!(excerpt.span(&(3..5)), 0..2);
    }
}
