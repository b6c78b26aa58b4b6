//! Words by their hash, whatever their case: a look at each word of a document has to cost next to nothing.

/// The hash of no letters.
pub const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// One more letter, whatever its case.
pub const fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ (byte | 0x20) as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Words of several kinds, each kind a bit. Open addressing, at most a quarter full.
#[derive(Debug)]
pub struct WordTable {
    /// A bit for each word, some of them shared. It is small enough to stay near, and tells of most words that the
    /// table has none of them.
    has: Box<[u64; 256]>,
    slots: Vec<(u64, u16)>,
    mask: usize,
}

impl WordTable {
    /// The table of some kinds: the bit of each, and its words.
    pub fn of(kinds: &[(u16, &[&str])]) -> Self {
        let words = kinds.iter().map(|(_, words)| words.len()).sum::<usize>();
        let size = (words * 4).next_power_of_two();
        let mut table = Self {
            has: Box::new([0; 256]),
            slots: vec![(0, 0); size],
            mask: size - 1,
        };
        for (bit, words) in kinds {
            for word in *words {
                table.add(hash(word), *bit);
            }
        }
        table
    }

    fn add(&mut self, hash: u64, bit: u16) {
        let (at, shift) = place(hash);
        self.has[at] |= 1 << shift;
        let mut slot = self.slot(hash);
        while let Some((known, kinds)) = self.slots.get_mut(slot) {
            if *kinds == 0 || *known == hash {
                *known = hash;
                *kinds |= bit;
                return;
            }
            slot = (slot + 1) & self.mask;
        }
    }

    /// The bits of the kinds that have this word.
    pub fn kinds(&self, word: &str) -> u16 {
        self.kinds_of(hash(word))
    }

    /// The bits of the kinds that have the word with this hash.
    #[inline]
    pub fn kinds_of(&self, hash: u64) -> u16 {
        let (at, shift) = place(hash);
        if self.has[at] >> shift & 1 == 0 {
            return 0;
        }
        let mut slot = self.slot(hash);
        while let Some((known, kinds)) = self.slots.get(slot) {
            if *kinds == 0 {
                return 0;
            }
            if *known == hash {
                return *kinds;
            }
            slot = (slot + 1) & self.mask;
        }
        0
    }

    #[inline]
    fn slot(&self, hash: u64) -> usize {
        (spread(hash) >> 40) as usize & self.mask
    }
}

/// Short words leave most bits of a hash alike; the product spreads what differs.
#[inline]
fn spread(hash: u64) -> u64 {
    hash.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Which of 16,384 bits a hash has.
#[inline]
fn place(hash: u64) -> (usize, u32) {
    let bit = spread(hash) >> 50;
    (usize::from(bit as u8), (bit >> 8) as u32)
}

fn hash(word: &str) -> u64 {
    word.bytes().fold(SEED, step)
}

#[cfg(test)]
mod tests {
    use super::WordTable;

    /// Words that lie side by side in the table cost each other time.
    #[test]
    fn words_are_spread_over_the_table() {
        let words = crate::lint::rules::unexplained_acronym::KNOWN;
        let words: Vec<&str> = words.split_whitespace().collect();
        let table = WordTable::of(&[(1, &words)]);
        let mut longest = 0;
        let mut run = 0;
        for (_, kinds) in &table.slots {
            run = if *kinds == 0 { 0 } else { run + 1 };
            longest = longest.max(run);
        }
        assert!(words.len() > 100 && longest < 12, "{longest}");
    }

    #[test]
    fn a_word_has_the_kinds_that_name_it_in_any_case() {
        let table = WordTable::of(&[(1, &["down", "slow"]), (2, &["slow", "per"])]);
        assert_eq!(table.kinds("Down"), 1);
        assert_eq!(table.kinds("SLOW"), 3);
        assert_eq!(table.kinds("slows"), 0);
        assert_eq!(table.kinds(""), 0);
    }
}
