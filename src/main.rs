//! The binary; what it does stands in [`postmortem::cli`].

fn main() -> std::process::ExitCode {
    postmortem::cli::main()
}
