//! The tests of the whole tool: one binary, so that it is linked once. A module is a line here.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test fails by panicking, and makes the files and processes that it looks at"
)]

mod arbitrary;
mod attachments;
mod attacks;
mod baseline;
mod browser;
mod canaries;
mod capture_terminal;
mod change;
mod chosen;
mod compiled;
mod configuration;
mod crash;
mod dice;
mod documents;
mod drawing;
mod edit;
mod editors;
mod edits;
mod fill;
mod fix;
mod floors;
mod fmt;
mod format;
mod full_disk;
mod fuzz_seeds;
mod generated;
mod hand;
mod hand_scalar;
mod held;
mod help_examples;
mod hostile;
mod incident;
mod init;
mod internal_words;
mod kept;
mod kept_comments;
mod language;
mod lint;
mod lint_formats;
mod lint_schemas;
mod log_input;
mod log_times;
mod log_words;
mod mended;
mod metadata;
mod new;
mod reading;
mod readme;
mod redaction;
mod render;
mod render_brand;
mod render_check;
mod render_choice;
mod render_many;
mod render_refuses;
mod render_watch;
mod round_trip;
mod said;
mod sandbox;
mod show;
mod status;
mod suppressions;
mod template_docs;
mod templates;
mod terminal;
mod terminal_fill;
mod tmux;
mod usage;
mod writers;
