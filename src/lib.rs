//! Incident postmortems: one YAML file an incident, read, linted and rendered.
//!
//! The modules are floors; each imports only lower ones. `ARCHITECTURE.md` draws them.

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
