//! The keys that people press, out of the bytes that a terminal sends.

use std::io;

use super::terminal_mode::TerminalMode;

/// A key, as far as questions know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character of a text; white space is a blank.
    Char(char),
    /// Enter, or a line break of a paste.
    Enter,
    /// Tab.
    Tab,
    /// The character before the cursor goes.
    Backspace,
    /// The character under the cursor goes.
    Delete,
    /// All before the cursor goes: Ctrl-U.
    DropStart,
    /// The word before the cursor goes: Ctrl-W.
    DropWord,
    /// All behind the cursor goes: Ctrl-K.
    DropEnd,
    /// One to the left.
    Left,
    /// One to the right.
    Right,
    /// One up.
    Up,
    /// One down.
    Down,
    /// To the start of the line: Ctrl-A.
    Home,
    /// To the end of the line: Ctrl-E.
    End,
    /// Esc alone.
    Escape,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D.
    EndOfInput,
    /// Anything else, colours and the marks of a paste among it.
    Other,
}

/// The keys of a terminal, one by one.
#[derive(Debug)]
pub struct Keys<'m> {
    mode: &'m TerminalMode,
    decoder: Decoder,
}

impl<'m> Keys<'m> {
    /// The keys of a terminal that is held.
    pub fn of(mode: &'m TerminalMode) -> Self {
        Self {
            mode,
            decoder: Decoder::default(),
        }
    }

    /// Waits for a key; nothing where the terminal is gone.
    pub fn next(&mut self) -> io::Result<Option<Key>> {
        loop {
            if let Some(key) = self.decoder.next(false) {
                return Ok(Some(key));
            }
            let is_begun = !self.decoder.is_empty();
            let bytes = match is_begun {
                // The rest of a key follows at once, or it is a key of its own.
                true => self.mode.typed_ahead()?,
                false => self.mode.first_keys()?,
            };
            match (bytes.is_empty(), is_begun) {
                (true, true) => return Ok(self.decoder.next(true)),
                (true, false) => return Ok(None),
                (false, _) => self.decoder.push(&bytes),
            }
        }
    }

    /// Whether keys were read already that nobody has asked for yet, as in the middle of a paste.
    pub fn has_more(&self) -> bool {
        !self.decoder.is_empty()
    }

    /// What has been typed or pasted by now, up to a pause.
    pub fn ahead(&mut self) -> io::Result<Vec<Key>> {
        let bytes = self.mode.typed_ahead()?;
        self.decoder.push(&bytes);
        let mut keys = Vec::new();
        while let Some(key) = self.decoder.next(true) {
            keys.push(key);
        }
        Ok(keys)
    }
}

/// Makes keys of bytes, however they were cut into pieces.
#[derive(Debug, Default)]
struct Decoder {
    bytes: Vec<u8>,
    /// How many of them were keys.
    read: usize,
}

const ESC: u8 = 0x1b;

impl Decoder {
    fn push(&mut self, bytes: &[u8]) {
        self.bytes.drain(..self.read);
        self.read = 0;
        self.bytes.extend_from_slice(bytes);
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.read..).unwrap_or_default()
    }

    fn is_empty(&self) -> bool {
        self.rest().is_empty()
    }

    /// The next key; nothing where its end is missing, unless this is all there is.
    fn next(&mut self, is_all: bool) -> Option<Key> {
        let rest = self.rest();
        let (key, length) = match (decoded(rest), rest) {
            (Some(found), _) => found,
            (None, []) => return None,
            (None, _) if !is_all => return None,
            (None, [ESC]) => (Key::Escape, 1),
            (None, [ESC, ..]) => (Key::Other, rest.len()),
            (None, _) => (Key::Char(char::REPLACEMENT_CHARACTER), 1),
        };
        self.read += length;
        Some(key)
    }
}

/// The first key of some bytes with its length; nothing where its end is missing.
fn decoded(bytes: &[u8]) -> Option<(Key, usize)> {
    let first = *bytes.first()?;
    let key = match first {
        ESC => return escape(bytes),
        0x80.. => return character(bytes),
        b'\r' if bytes.get(1) == Some(&b'\n') => return Some((Key::Enter, 2)),
        b'\r' | b'\n' => Key::Enter,
        b'\t' => Key::Tab,
        0x01 => Key::Home,
        0x02 => Key::Left,
        0x03 => Key::Interrupt,
        0x04 => Key::EndOfInput,
        0x05 => Key::End,
        0x06 => Key::Right,
        0x08 | 0x7f => Key::Backspace,
        0x0b => Key::DropEnd,
        0x0e => Key::Down,
        0x10 => Key::Up,
        0x15 => Key::DropStart,
        0x17 => Key::DropWord,
        0x20..=0x7e => Key::Char(char::from(first)),
        _ => Key::Other,
    };
    Some((key, 1))
}

/// A character of several bytes.
fn character(bytes: &[u8]) -> Option<(Key, usize)> {
    let most = bytes.get(..4).unwrap_or(bytes);
    let text = match std::str::from_utf8(most) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => {
            std::str::from_utf8(most.get(..error.valid_up_to())?).ok()?
        }
        // Its end is still to come.
        Err(error) if error.error_len().is_none() => return None,
        Err(_) => return Some((Key::Char(char::REPLACEMENT_CHARACTER), 1)),
    };
    let c = text.chars().next()?;
    let length = c.len_utf8();
    let key = match c {
        '\u{9b}' => return control_sequence(bytes, length),
        c if c.is_whitespace() => Key::Char(' '),
        c if c.is_control() => Key::Other,
        // They turn the line around in which they stand.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => Key::Other,
        c => Key::Char(c),
    };
    Some((key, length))
}

/// What begins with ESC: a key, or a colour of a paste.
fn escape(bytes: &[u8]) -> Option<(Key, usize)> {
    Some(match *bytes.get(1)? {
        b'[' => return control_sequence(bytes, 2),
        b'O' => match named(b"", *bytes.get(2)?) {
            Key::Other => (Key::Other, 2),
            key => (key, 3),
        },
        b']' => return title(bytes),
        b'(' | b')' | b'#' | b'%' => match bytes.get(2)?.is_ascii_graphic() {
            true => (Key::Other, 3),
            false => (Key::Other, 2),
        },
        0x7f => (Key::DropWord, 2),
        b'@'..=b'~' | b'0'..=b'9' => (Key::Other, 2),
        _ => (Key::Escape, 1),
    })
}

/// Parameters from a place on, and the letter that ends them.
fn control_sequence(bytes: &[u8], from: usize) -> Option<(Key, usize)> {
    let rest = bytes.get(from..)?;
    let end = rest.iter().position(|byte| !(b' '..=b'?').contains(byte))?;
    let (parameters, last) = (rest.get(..end)?, *rest.get(end)?);
    Some(match last {
        b'@'..=b'~' => (named(parameters, last), from + end + 1),
        _ => (Key::Other, from + end),
    })
}

fn named(parameters: &[u8], last: u8) -> Key {
    match (parameters, last) {
        (b"", b'A') => Key::Up,
        (b"", b'B') => Key::Down,
        (b"", b'C') => Key::Right,
        (b"", b'D') => Key::Left,
        (b"", b'H') | (b"1" | b"7", b'~') => Key::Home,
        (b"", b'F') | (b"4" | b"8", b'~') => Key::End,
        (b"3", b'~') => Key::Delete,
        _ => Key::Other,
    }
}

/// The title of a window or the address of a link, up to BEL or to ESC with a backslash.
fn title(bytes: &[u8]) -> Option<(Key, usize)> {
    let end = bytes.iter().enumerate().skip(2).find_map(|(at, byte)| {
        Some(match *byte {
            0x07 => at + 1,
            ESC if bytes.get(at + 1) == Some(&b'\\') => at + 2,
            ESC if at + 1 < bytes.len() => at,
            b'\r' | b'\n' => at,
            _ => return None,
        })
    });
    Some((Key::Other, end?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of bytes that come in pieces.
    fn keys(pieces: &[&[u8]]) -> Vec<Key> {
        let mut decoder = Decoder::default();
        let mut keys = Vec::new();
        for piece in pieces {
            decoder.push(piece);
            while let Some(key) = decoder.next(false) {
                keys.push(key);
            }
        }
        while let Some(key) = decoder.next(true) {
            keys.push(key);
        }
        keys
    }

    fn text(keys: &[Key]) -> String {
        keys.iter()
            .filter_map(|key| match key {
                Key::Char(c) => Some(*c),
                Key::Enter => Some('\n'),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn colours_and_the_marks_of_a_paste_are_no_text_and_take_none_along() {
        for (typed, wanted) in [
            ("\u{1b}[31mred\u{1b}[0m and more", "red and more"),
            ("\u{1b}[200~one\ntwo\u{1b}[201~", "one\ntwo"),
            ("a\u{9b}1mb", "ab"),
            ("\u{1b}]0;title\u{7}x\u{1b}]8;;u\u{1b}\\y", "xy"),
            ("\u{1b}(Bx\u{1b}Ay", "xy"),
            ("ü 障\u{a0}害\u{202e}\n🔥", "ü 障 害\n🔥"),
        ] {
            assert_eq!(text(&keys(&[typed.as_bytes()])), wanted, "{typed:?}");
            // However it is cut into pieces.
            let pieces: Vec<&[u8]> = typed.as_bytes().chunks(1).collect();
            assert_eq!(text(&keys(&pieces)), wanted, "{typed:?}");
        }
    }

    #[test]
    fn keys_have_names() {
        for (bytes, key) in [
            (&b"\x1b[A"[..], Key::Up),
            (b"\x1bOB", Key::Down),
            (b"\x1b[3~", Key::Delete),
            (b"\x1b", Key::Escape),
            (b"\x15", Key::DropStart),
            (b"\x17", Key::DropWord),
            (b"\x0b", Key::DropEnd),
            (b"\x01", Key::Home),
            (b"\x05", Key::End),
            (b"\x03", Key::Interrupt),
            (b"\x04", Key::EndOfInput),
            (b"\x1b[1;5D", Key::Other),
            (b"\x1b[1;5", Key::Other),
            (b"\xff", Key::Char('\u{fffd}')),
            (b"\xe9\x9a", Key::Char('\u{fffd}')),
        ] {
            assert_eq!(keys(&[bytes]).first(), Some(&key), "{bytes:?}");
        }
        assert_eq!(keys(&[b"\x1b", b"[", b"A"]), [Key::Up]);
    }
}
