/// With which two bytes something may begin, so that most of a text is passed over. A look has no branch of its own,
/// so that none is guessed wrong.
#[derive(Debug)]
pub struct BytePairs {
    first: [u16; 256],
    second: [u16; 256],
    added: u32,
}

impl BytePairs {
    /// Knows none.
    pub const NONE: Self = Self {
        first: [0; 256],
        second: [0; 256],
        added: 0,
    };

    /// Adds a pair. Every sixteenth shares its bit, so that a few more pairs than were added may begin something.
    pub fn add(&mut self, first: u8, second: u8) {
        let bit = self.next_bit();
        self.first[usize::from(first)] |= bit;
        self.second[usize::from(second)] |= bit;
    }

    /// Adds a byte, whatever stands behind it.
    pub fn add_any_behind(&mut self, first: u8) {
        let bit = self.next_bit();
        self.first[usize::from(first)] |= bit;
        self.second.iter_mut().for_each(|byte| *byte |= bit);
    }

    fn next_bit(&mut self) -> u16 {
        let bit = 1 << (self.added % u16::BITS);
        self.added += 1;
        bit
    }

    /// Whether something may begin with these two bytes; fewer begin nothing.
    #[inline]
    pub fn may_begin(&self, two: &[u8]) -> bool {
        let [first, second, ..] = two else {
            return false;
        };
        self.first[usize::from(*first)] & self.second[usize::from(*second)] != 0
    }
}

#[cfg(test)]
mod tests {
    use super::BytePairs;

    #[test]
    fn what_was_added_may_begin() {
        let mut pairs = BytePairs::NONE;
        pairs.add(b'T', b'O');
        pairs.add(b't', b'b');
        assert!(pairs.may_begin(b"TO") && pairs.may_begin(b"tbd"));
        assert!(!pairs.may_begin(b"Tb") && !pairs.may_begin(b"xO") && !pairs.may_begin(b"T"));
        pairs.add_any_behind(b'<');
        assert!(pairs.may_begin(b"<x") && !pairs.may_begin(b"x<"));
    }
}
