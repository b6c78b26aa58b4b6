//! Floor 3: `postmortem.toml`.
