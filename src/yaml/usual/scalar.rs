use crate::text::Span;
use crate::yaml::tree::{Node, Scalar, Style, Value};

use super::{Reader, node_of};

/// The longest key that the parser takes without a `?`, and some room.
const LONGEST_KEY: usize = 1_000;

/// What ends the words of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The colon behind a key.
    Colon,
    /// The space before a comment, or the end of the line.
    Line,
    /// A comma or a bracket.
    Flow,
}

impl Reader<'_> {
    /// Whether a key is here, with its colon.
    pub(super) fn is_key(&self) -> bool {
        match self.byte() {
            Some(b'"' | b'\'') => self.quotation().is_some_and(|end| {
                let rest = self.bytes.get(end..).unwrap_or_default();
                let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
                matches!(rest.get(spaces..), Some([b':', b' ' | b'\n', ..]))
            }),
            _ => self.begins_plain() && self.words(false).1 == Stop::Colon,
        }
    }

    /// A key in a line, up to and with its colon.
    pub(super) fn key(&mut self) -> Option<(Scalar, Span)> {
        self.count()?;
        let start = self.at;
        let (scalar, span) = match self.byte()? {
            b'"' | b'\'' => self.quoted()?,
            _ => self.plain_word(false, Stop::Colon)?,
        };
        self.skip_spaces();
        let is_key = self.byte()? == b':' && matches!(self.next_byte()?, b' ' | b'\n');
        self.at += 1;
        (is_key && self.at - start < LONGEST_KEY).then_some((scalar, span))
    }

    /// Words without quotes on this line that end in a certain way.
    pub(super) fn plain_word(&mut self, in_flow: bool, wanted: Stop) -> Option<(Scalar, Span)> {
        if !self.begins_plain() {
            return None;
        }
        let (end, stop) = self.words(in_flow);
        let span = self.at..end;
        self.at = end;
        (stop == wanted).then(|| (slice(span.clone(), Style::Plain), span))
    }

    /// Words without quotes, over as many lines as are deeper than `indent`.
    pub(super) fn plain(&mut self, indent: usize) -> Option<Node> {
        if !self.begins_plain() {
            return None;
        }
        let start = self.at;
        let mut end = self.line_of_words()?;
        let mut folded: Option<String> = None;
        while self.byte() == Some(b'\n') {
            let breaks = self.bytes.get(self.at..)?;
            let mut blank = 0;
            let mut length = 1;
            loop {
                let spaces = breaks
                    .get(length..)?
                    .iter()
                    .take_while(|byte| **byte == b' ')
                    .count();
                if breaks.get(length + spaces) != Some(&b'\n') {
                    break;
                }
                blank += 1;
                length += spaces + 1;
            }
            let line = self.at + length;
            let text = line
                + breaks
                    .get(length..)?
                    .iter()
                    .take_while(|byte| **byte == b' ')
                    .count();
            let goes_on =
                text - line > indent && self.bytes.get(text).is_some_and(|byte| *byte != b'#');
            if !goes_on {
                break;
            }
            let folded =
                folded.get_or_insert_with(|| self.text.get(start..end).unwrap_or("").to_owned());
            match blank {
                0 => folded.push(' '),
                breaks => folded.extend(std::iter::repeat_n('\n', breaks)),
            }
            (self.line, self.at) = (line, text);
            end = self.line_of_words()?;
            folded.push_str(self.text.get(text..end)?);
        }
        self.end_line()?;
        let scalar = match folded {
            None => slice(start..end, Style::Plain),
            Some(folded) => own(folded, Style::Plain),
        };
        Some(node_of(scalar, start..end))
    }

    /// The words of one line, which may hold no key; goes to the line's end, or to the comment that ends it.
    fn line_of_words(&mut self) -> Option<usize> {
        let (end, stop) = self.words(false);
        self.at = end;
        self.skip_spaces();
        (stop == Stop::Line).then_some(end)
    }

    /// Where the words that begin here end on their line, without the spaces behind them, and why.
    fn words(&self, in_flow: bool) -> (usize, Stop) {
        let mut at = self.at;
        let (end, stop) = loop {
            at = match in_flow {
                true => self.next_of_flow(at),
                false => self.next_of_line(at),
            };
            let next = self.bytes.get(at + 1).copied().unwrap_or(b'\n');
            match self.bytes.get(at) {
                None | Some(b'\n') => break (at, Stop::Line),
                Some(b'#') if self.bytes.get(at.wrapping_sub(1)) == Some(&b' ') => {
                    break (at, Stop::Line);
                }
                Some(b':') if matches!(next, b' ' | b'\n') || in_flow && is_flow_sign(next) => {
                    break (at, Stop::Colon);
                }
                Some(byte) if in_flow && is_flow_sign(*byte) => break (at, Stop::Flow),
                Some(_) => at += 1,
            }
        };
        let words = self.bytes.get(self.at..end).unwrap_or_default();
        let spaces = words.iter().rev().take_while(|byte| **byte == b' ').count();
        (end - spaces, stop)
    }

    /// The next byte at which words in a line may end.
    fn next_of_line(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        memchr::memchr3(b'\n', b':', b'#', rest).map_or(self.bytes.len(), |steps| at + steps)
    }

    /// The next byte at which words in brackets may end.
    fn next_of_flow(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let steps = rest.iter().position(|byte| STOPS[usize::from(*byte)]);
        steps.map_or(self.bytes.len(), |steps| at + steps)
    }

    /// Whether words without quotes may begin here.
    fn begins_plain(&self) -> bool {
        match self.byte() {
            Some(b'-') => self
                .next_byte()
                .is_some_and(|next| next.is_ascii_alphanumeric()),
            Some(byte) => {
                byte.is_ascii_alphanumeric()
                    || byte >= 0x80
                    || matches!(
                        byte,
                        b'(' | b')'
                            | b'/'
                            | b'.'
                            | b'_'
                            | b'+'
                            | b'~'
                            | b'$'
                            | b'^'
                            | b'='
                            | b'<'
                            | b'\\'
                            | b';'
                    )
            }
            None => false,
        }
    }

    /// A quotation on one line.
    pub(super) fn quoted(&mut self) -> Option<(Scalar, Span)> {
        let start = self.at;
        let end = self.quotation()?;
        self.at = end;
        let inner = start + 1..end - 1;
        let text = self.text.get(inner.clone())?;
        let scalar = match self.bytes.get(start)? {
            b'\'' if text.contains('\'') => own(text.replace("''", "'"), Style::Quoted),
            b'"' if text.contains('\\') => own(unescaped(text)?, Style::Quoted),
            _ => slice(inner, Style::Quoted),
        };
        Some((scalar, start..end))
    }

    /// The end of the quotation that begins here, if it ends on its line.
    fn quotation(&self) -> Option<usize> {
        let quote = self.byte()?;
        let mut at = self.at + 1;
        loop {
            match *self.bytes.get(at)? {
                b'\n' => return None,
                b'\\' if quote == b'"' => at += 2,
                byte if byte == quote => {
                    let is_doubled = quote == b'\'' && self.bytes.get(at + 1) == Some(&b'\'');
                    if !is_doubled {
                        return Some(at + 1);
                    }
                    at += 2;
                }
                _ => at += 1,
            }
        }
    }
}

/// The bytes at which words in brackets may end.
static STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let signs = b"\n#:,[]{}";
    let mut at = 0;
    while at < signs.len() {
        stops[signs[at] as usize] = true;
        at += 1;
    }
    stops
};

pub(super) fn is_flow_sign(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

fn slice(span: Span, style: Style) -> Scalar {
    Scalar {
        value: Value::Slice(span),
        style,
    }
}

pub(super) fn own(text: String, style: Style) -> Scalar {
    Scalar {
        value: Value::Own(text.into()),
        style,
    }
}

/// A text in double quotes without its usual escapes; nothing where a rare one stands in it.
fn unescaped(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        plain.push(match character {
            '\\' => match characters.next()? {
                'n' => '\n',
                't' => '\t',
                same @ ('"' | '\\' | '/') => same,
                _ => return None,
            },
            character => character,
        });
    }
    Some(plain)
}
