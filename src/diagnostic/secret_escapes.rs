//! Letters written as `\\u0067` or `\\x67`, as quoted texts may: a secret written so is one all the same.

use crate::text::Span;

/// A text with such letters in place of what they are written as, and the way back.
pub struct Unescaped {
    pub bytes: Vec<u8>,
    /// Where each byte begins in the text, and at last where the text ends.
    begins: Vec<usize>,
}

impl Unescaped {
    /// Nothing where no letter is written so, which is nearly always.
    pub fn of(text: &str) -> Option<Self> {
        if !["\\x", "\\u", "\\U"].iter().any(|mark| text.contains(mark)) {
            return None;
        }
        let source = text.as_bytes();
        let mut bytes = Vec::with_capacity(source.len());
        let mut begins = Vec::with_capacity(source.len() + 1);
        let mut at = 0;
        while let Some(byte) = source.get(at) {
            begins.push(at);
            let (byte, length) = letter(&source[at..]).unwrap_or((*byte, 1));
            bytes.push(byte);
            at += length;
            // Of two backslashes the second begins nothing.
            if length == 1 && byte == b'\\' && source.get(at) == Some(&b'\\') {
                begins.push(at);
                bytes.push(b'\\');
                at += 1;
            }
        }
        begins.push(source.len());
        Some(Self { bytes, begins })
    }

    /// Where bytes of it stand in the text.
    pub fn span(&self, span: &Span) -> Span {
        let begin = |at: usize| self.begins.get(at).copied().unwrap_or(0);
        begin(span.start)..begin(span.end)
    }
}

/// The visible letter that is written here, and how many bytes it takes.
fn letter(rest: &[u8]) -> Option<(u8, usize)> {
    let digits = match rest {
        [b'\\', b'x', ..] => 2,
        [b'\\', b'u', ..] => 4,
        [b'\\', b'U', ..] => 8,
        _ => return None,
    };
    let written = std::str::from_utf8(rest.get(2..2 + digits)?).ok()?;
    let code = u32::from_str_radix(written, 16).ok()?;
    let letter = u8::try_from(code).ok()?;
    letter.is_ascii_graphic().then_some((letter, 2 + digits))
}
