//! The binary; what it does stands in [`postmortem::cli`].

use mimalloc::MiMalloc;

/// Documents are many small pieces of memory, and this one hands them out faster than the system does.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> std::process::ExitCode {
    postmortem::cli::main()
}
