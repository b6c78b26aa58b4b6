//! The binary; what it does stands in [`postmortem::cli`].

use mimalloc::MiMalloc;

/// Documents are many small pieces of memory, and this one hands them out faster than the system does.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() {
    let code = postmortem::cli::main();
    // All is written and said. Left is giving memory back piece by piece, which the system does at once.
    signal_hook::low_level::exit(code.into())
}
