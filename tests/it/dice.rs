//! Numbers by chance that come again with the same seed.

/// The first seed of a test: always the same one, unless `POSTMORTEM_SEED` says another, as
/// `./tests/run explore` does.
pub fn seed(ordinary: u64) -> u64 {
    let asked = std::env::var("POSTMORTEM_SEED").ok();
    asked
        .and_then(|asked| asked.parse().ok())
        .unwrap_or(ordinary)
}

/// A generator of numbers (splitmix).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to a limit, without it; 0 where the limit is.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).expect("it fits");
        usize::try_from(self.number() % limit).expect("it fits")
    }

    /// Whether something with this many chances in a hundred comes to pass.
    pub fn in_hundred(&mut self, chances: usize) -> bool {
        self.below(100) < chances
    }

    /// One of several.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Another order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }
}
