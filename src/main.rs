fn main() -> std::process::ExitCode {
    postmortem::cli::main()
}
