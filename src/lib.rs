//! Incident postmortems: one YAML file an incident, read, linted and rendered.
//!
//! The modules are floors; each imports only lower ones. `ARCHITECTURE.md` draws them.

// Both go with the last `todo!()`; until then they warn as soon as they are no longer needed.
#![expect(clippy::todo, reason = "the floors stand, some rooms are empty")]

pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod lint;
pub mod model;
pub mod redact;
pub mod render;
pub mod store;
pub mod text;
pub mod yaml;
