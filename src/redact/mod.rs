//! Floor 4: what the public may read.
