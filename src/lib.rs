//! Incident postmortems: one YAML file an incident, read, linted and rendered.
//!
//! The modules are floors; each imports only lower ones. `ARCHITECTURE.md` draws them.

#![cfg_attr(
    test,
    allow(
        clippy::disallowed_methods,
        clippy::panic_in_result_fn,
        missing_debug_implementations,
        missing_docs,
        reason = "a test makes the files that it looks at, and fails by panicking"
    )
)]

pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod lint;
pub mod model;
pub mod redact;
pub mod render;
pub mod report;
pub mod store;
pub mod text;
pub mod yaml;
