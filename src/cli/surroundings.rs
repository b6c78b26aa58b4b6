use std::path::PathBuf;

/// What the process finds around it: folder, variables, clock, zone, terminal.
///
/// `POSTMORTEM_NOW` (RFC 3339) stands in for the clock, so that tests and drills can choose a day.
#[derive(Debug)]
pub struct Surroundings {
    /// The folder the command was called in.
    pub folder: PathBuf,
}

impl Surroundings {
    /// Looks around.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that looks at the process; everything else is handed what it found"
    )]
    pub fn of_process() -> Self {
        Self {
            folder: std::env::current_dir().unwrap_or_default(),
        }
    }
}
