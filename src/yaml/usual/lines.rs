use super::{MOST_COMMENTS, Reader};

/// Whether every character of a text is a usual one: no tabs, no carriage returns, nothing that does not print
/// and no rare line break.
pub(super) fn are_usual(bytes: &[u8]) -> bool {
    bytes.last() == Some(&b'\n')
        && bytes.chunks(64).all(prints)
        && (bytes.is_ascii() || !bytes.windows(3).any(is_rare))
}

/// Whether these are bytes of usual characters, or of some rare ones; all are looked at side by side.
fn prints(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |all, byte| {
        all & ((*byte >= 0x20 && *byte != 0x7f) | (*byte == b'\n'))
    })
}

/// Whether a control character, a line separator, the byte-order mark or what is no character begins here.
fn is_rare(bytes: &[u8]) -> bool {
    match bytes {
        [0xc2, next, ..] => *next < 0xa0,
        [0xe2, 0x80, 0xa8 | 0xa9] | [0xef, 0xbb, 0xbf] | [0xef, 0xbf, 0xbe | 0xbf] => true,
        _ => false,
    }
}

impl Reader<'_> {
    /// The byte that is looked at.
    pub(super) fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The byte behind it.
    pub(super) fn next_byte(&self) -> Option<u8> {
        self.bytes.get(self.at + 1).copied()
    }

    /// Whether the text is at its end.
    pub(super) fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// How far into its line the byte is that is looked at.
    pub(super) fn column(&self) -> usize {
        self.at - self.line
    }

    /// Whether the dash of a list is here.
    pub(super) fn is_dash(&self) -> bool {
        self.byte() == Some(b'-') && matches!(self.next_byte(), Some(b' ' | b'\n'))
    }

    pub(super) fn skip_spaces(&mut self) {
        while self.byte() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Skips spaces; whether a comment or nothing follows on the line.
    pub(super) fn ends_line(&mut self) -> bool {
        let before = self.at;
        self.skip_spaces();
        match self.byte() {
            Some(b'\n') => true,
            Some(b'#') => self.at > before,
            _ => false,
        }
    }

    /// Ends a line on which nothing but a comment may follow, and goes to the next one that says something.
    pub(super) fn end_line(&mut self) -> Option<()> {
        let is_apart = self.at.checked_sub(1).and_then(|at| self.bytes.get(at)) == Some(&b' ');
        let ends = self.ends_line() || (is_apart && self.byte() == Some(b'#'));
        if !ends {
            return None;
        }
        self.comment()?;
        self.at += 1;
        self.next_line()
    }

    /// Goes to the first byte of the next line that says something, or to the end; a line begins here.
    pub(super) fn next_line(&mut self) -> Option<()> {
        loop {
            self.line = self.at;
            self.skip_spaces();
            match self.byte() {
                None => return Some(()),
                Some(b'\n') => self.at += 1,
                Some(b'#') => {
                    self.comment()?;
                    self.at += 1;
                }
                Some(_) => break,
            }
        }
        // A mark between documents.
        let rest = self.bytes.get(self.at..)?;
        let is_mark = self.column() == 0 && (rest.starts_with(b"---") || rest.starts_with(b"..."));
        (!is_mark).then_some(())
    }

    /// Keeps the comment that begins here, if one does, and goes to the end of its line.
    pub(super) fn comment(&mut self) -> Option<()> {
        if self.byte() == Some(b'#') {
            let end = self.line_end();
            self.comments.push(self.at..end);
            self.at = end;
        }
        (self.comments.len() <= MOST_COMMENTS).then_some(())
    }

    /// Where the line ends that is looked at.
    pub(super) fn line_end(&self) -> usize {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = memchr::memchr(b'\n', rest);
        length.map_or(self.bytes.len(), |length| self.at + length)
    }
}
