use crate::text::Span;

/// The lines of a text as a person sees them: indent, dashes, key, value.
pub(super) struct Anatomy<'t> {
    text: &'t str,
}

/// The parts of a line `  - key: value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub key: Span,
    /// From the first character of the value to the end of the line; empty where there is none.
    pub value: Span,
}

impl<'t> Anatomy<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text }
    }

    /// The line that holds this byte, without its break.
    pub fn line_at(&self, offset: usize) -> Span {
        let offset = offset.min(self.text.len());
        let bytes = self.text.as_bytes();
        let is_break = |at: &usize| matches!(bytes[*at], b'\n' | b'\r');
        let start = (0..offset).rev().find(is_break).map_or(0, |at| at + 1);
        let end = (start..bytes.len()).find(is_break).unwrap_or(bytes.len());
        start..end.max(start)
    }

    /// The nearest line above that holds more than space and comment.
    pub fn line_above(&self, line: &Span) -> Option<Span> {
        let mut line = line.clone();
        while line.start > 0 {
            line = self.line_at(line.start - 1);
            let content = self.content(&line).trim_start();
            if !content.is_empty() && !content.starts_with('#') {
                return Some(line);
            }
        }
        None
    }

    pub fn content(&self, line: &Span) -> &'t str {
        self.text.get(line.clone()).unwrap_or("")
    }

    /// How many spaces a line begins with.
    pub fn indent(&self, line: &Span) -> usize {
        let content = self.content(line);
        content.len() - content.trim_start_matches(' ').len()
    }

    /// Key and value of a line of block style; nothing where it has no key.
    pub fn parts(&self, line: &Span) -> Option<Parts> {
        let content = self.content(line);
        let mut start = content.len() - content.trim_start().len();
        while let Some(rest) = content
            .get(start..)
            .and_then(|rest| rest.strip_prefix("- "))
        {
            start = content.len() - rest.trim_start().len();
        }
        let rest = content.get(start..)?;
        let colon = key_colon(rest)?;
        let after = rest.get(colon + 1..)?;
        let value = start + colon + 1 + (after.len() - after.trim_start().len());
        Some(Parts {
            key: line.start + start..line.start + start + colon,
            value: (line.start + value).min(line.end)..line.end,
        })
    }

    /// Key and value of the flow entry that holds this byte, on its own line.
    pub fn flow_parts(&self, offset: usize) -> Option<Parts> {
        let line = self.line_at(offset);
        let before = self.text.get(line.start..offset)?;
        let opener = before.rfind(['{', '['])?;
        let comma = before.rfind(", ").filter(|comma| *comma > opener);
        let mut start = line.start + comma.map_or(opener + 1, |comma| comma + 2);
        let entry = self.text.get(start..line.end)?;
        start += entry.len() - entry.trim_start().len();
        let entry = self.text.get(start..line.end)?;
        let colon = key_colon(entry)?;
        let after = entry.get(colon + 1..)?;
        let value = start + colon + 1 + (after.len() - after.trim_start().len());
        let rest = self.text.get(value..line.end)?;
        let end = [", ", "}", "]"]
            .iter()
            .filter_map(|end| rest.find(end))
            .min();
        Some(Parts {
            key: start..start + colon,
            value: value..end.map_or(line.end, |end| value + end),
        })
    }

    /// A line and the deeper lines below it; of a blank line the entry that it belonged to.
    pub fn entry_around(&self, offset: usize, blanked: &[Span]) -> Span {
        let mut first = self.line_at(offset);
        let touched = |line: &Span| {
            blanked
                .iter()
                .any(|b| b.start <= line.end && line.start <= b.end)
        };
        if self.content(&first).trim().is_empty() || touched(&first) {
            first = self.line_above(&first).unwrap_or(first);
        }
        let indent = self.indent(&first);
        let mut end = self.line_at(offset).end.max(first.end);
        while end < self.text.len() {
            let next = self.line_at(end + 1);
            let blank = self.content(&next).trim().is_empty();
            if next.start <= end || (!blank && self.indent(&next) <= indent) {
                break;
            }
            end = next.end;
        }
        first.start..end
    }

    /// A bracket opened before this byte on an earlier line and not closed since.
    pub fn open_bracket_above(&self, offset: usize) -> Option<usize> {
        let line = self.line_at(offset);
        let before = self.text.get(..line.start)?;
        let mut depth = 0;
        for (at, byte) in before.bytes().enumerate().rev().take(64 * 1024) {
            match byte {
                b'}' | b']' => depth += 1,
                b'{' | b'[' if depth > 0 => depth -= 1,
                b'{' | b'[' => return Some(at),
                _ => {}
            }
        }
        None
    }

    /// A quote that opens a value at or above this byte and is not closed on its own line.
    pub fn open_quote_above(&self, offset: usize) -> Option<usize> {
        let mut line = self.line_at(offset);
        for _ in 0..1000 {
            if let Some(quote) = self.open_quote_in(&line).filter(|quote| *quote <= offset) {
                return Some(quote);
            }
            if line.start == 0 {
                return None;
            }
            line = self.line_at(line.start - 1);
        }
        None
    }

    fn open_quote_in(&self, line: &Span) -> Option<usize> {
        let content = self.content(line).as_bytes();
        let mut open: Option<(usize, u8)> = None;
        let mut before = b' ';
        let mut may_open = true;
        let mut at = 0;
        while at < content.len() {
            let byte = content[at];
            match open {
                None if matches!(byte, b'"' | b'\'') && may_open => open = Some((at, byte)),
                None => {}
                Some((_, b'"')) if byte == b'\\' => at += 1,
                Some((_, b'\'')) if byte == b'\'' && content.get(at + 1) == Some(&b'\'') => at += 1,
                Some((_, quote)) if byte == quote => open = None,
                Some(_) => {}
            }
            if byte != b' ' {
                before = byte;
            }
            may_open = matches!(before, b':' | b'-' | b'[' | b'{' | b',')
                || (before == b' ' && open.is_none());
            at += 1;
        }
        open.map(|(at, _)| line.start + at)
    }
}

/// The colon that ends a key at the front of a text: the first that is followed by space or the end.
fn key_colon(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = bytes
        .first()
        .copied()
        .filter(|first| matches!(first, b'"' | b'\''));
    let from = match quote {
        Some(quote) => bytes.iter().skip(1).position(|byte| *byte == quote)? + 2,
        None => 0,
    };
    (from..bytes.len()).find(|at| {
        bytes[*at] == b':'
            && bytes
                .get(at + 1)
                .is_none_or(|next| matches!(next, b' ' | b'\t' | b'\r'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Option<(&str, &str)> {
        let anatomy = Anatomy::new(line);
        let parts = anatomy.parts(&(0..line.len()))?;
        Some((&line[parts.key], &line[parts.value]))
    }

    #[test]
    fn a_line_falls_into_key_and_value() {
        assert_eq!(
            parts("  - what: Step 1: done"),
            Some(("what", "Step 1: done"))
        );
        assert_eq!(parts("- - a:"), Some(("a", "")));
        assert_eq!(parts("\"a: b\": c"), Some(("\"a: b\"", "c")));
        assert_eq!(parts("a:b"), None);
        assert_eq!(parts("url: https://x"), Some(("url", "https://x")));
    }

    #[test]
    fn open_quotes_and_brackets_are_found() {
        let text = "a: \"unclosed\nb: it's\nc: 2\n";
        assert_eq!(Anatomy::new(text).open_quote_above(text.len() - 1), Some(3));
        let text = "a: [x, {y: 1}\nb: 2\n";
        assert_eq!(Anatomy::new(text).open_bracket_above(15), Some(3));
    }
}
