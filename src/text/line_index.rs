use super::Span;

/// Where each line of a text begins.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// How many characters begin before each block of bytes, so that no column in a long line is counted
    /// from its start.
    characters: Vec<usize>,
}

/// The length of a block, in bytes.
const BLOCK: usize = 4096;

/// A place as people and editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1; a byte-order mark takes none.
    pub column: usize,
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

impl LineIndex {
    /// Finds the lines of a text; `\n`, `\r\n` and a lone `\r` end a line, as in YAML.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes.get(at..at + 2) != Some(b"\r\n") {
                starts.push(at + 1);
            }
        }
        let mut characters = vec![0];
        let mut count = 0;
        for block in bytes.chunks(BLOCK) {
            count += beginnings(block);
            characters.push(count);
        }
        Self { starts, characters }
    }

    /// Line and column of a byte. An offset past the end is the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = text.get(start..offset).unwrap_or("");
        let mark = usize::from(before.starts_with(BYTE_ORDER_MARK));
        let characters = match before.len() <= BLOCK {
            true => beginnings(before.as_bytes()),
            false => self.characters_before(text, offset) - self.characters_before(text, start),
        };
        Position {
            line: line + 1,
            column: characters - mark + 1,
        }
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = text.as_bytes().get(block * BLOCK..offset).unwrap_or(&[]);
        self.characters.get(block).copied().unwrap_or(0) + beginnings(rest)
    }

    /// The span of the line that holds this byte, without its line break.
    pub fn line_span(&self, text: &str, offset: usize) -> Span {
        let line = self.line_of(offset.min(text.len()));
        let start = self.starts.get(line).copied().unwrap_or(0);
        let next = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let content = text.get(start..next).unwrap_or("");
        start..start + content.trim_end_matches(['\n', '\r']).len()
    }

    fn line_of(&self, offset: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= offset)
            .saturating_sub(1)
    }
}

/// How many characters begin in these bytes of a text.
fn beginnings(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    let begins = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
    bytes.iter().filter(begins).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: usize) -> (usize, usize) {
        let place = LineIndex::new(text).position(text, offset);
        (place.line, place.column)
    }

    #[test]
    fn columns_count_characters_and_no_byte_order_mark() {
        assert_eq!(at("é: ü", 4), (1, 4));
        assert_eq!(at("\u{feff}a: b", 3), (1, 1));
        assert_eq!(at("a\r\nb", 3), (2, 1));
        assert_eq!(at("a\rb", 2), (2, 1));
        assert_eq!(at("a", 99), (1, 2));
        let long = format!("x\n{}é", "aü".repeat(3 * BLOCK));
        for offset in [2, 3, 5, 3 * BLOCK, 3 * BLOCK + 1, 9 * BLOCK, long.len()] {
            let before = long[2..]
                .char_indices()
                .filter(|(at, c)| at + c.len_utf8() <= offset - 2);
            assert_eq!(at(&long, offset), (2, before.count() + 1), "{offset}");
        }
    }

    #[test]
    fn a_line_span_leaves_the_break_out() {
        let text = "one\r\ntwo\n";
        let lines = LineIndex::new(text);
        assert_eq!(&text[lines.line_span(text, 1)], "one");
        assert_eq!(&text[lines.line_span(text, 6)], "two");
        assert_eq!(&text[lines.line_span(text, 9)], "");
    }
}
