use std::fmt;

use crate::diagnostic::Level;

use super::FileFindings;

/// How many findings there are in how many files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were looked at.
    pub files: usize,
    /// Files with a finding.
    pub files_with_findings: usize,
    /// Findings of level error.
    pub errors: usize,
    /// Findings of level warning.
    pub warnings: usize,
    /// Findings of level info.
    pub infos: usize,
}

impl Summary {
    /// Counts.
    pub fn of(files: &[FileFindings]) -> Self {
        let mut summary = Self {
            files: files.len(),
            ..Self::default()
        };
        for file in files {
            summary.files_with_findings += usize::from(!file.findings.is_empty());
            for finding in &file.findings {
                match finding.level {
                    Level::Error => summary.errors += 1,
                    Level::Warning => summary.warnings += 1,
                    Level::Info => summary.infos += 1,
                }
            }
        }
        summary
    }

    /// All findings.
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// Whether a run fails: there is an error or a warning.
    pub fn fails(&self) -> bool {
        self.errors + self.warnings > 0
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = plural(self.files, "file");
        if self.findings() == 0 {
            return write!(f, "no findings in {files}");
        }
        let counts = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.infos, "info"),
        ];
        let counts: Vec<String> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| match word {
                "info" => format!("{count} info"),
                word => plural(count, word),
            })
            .collect();
        write!(
            f,
            "{} ({}) in {}",
            plural(self.findings(), "finding"),
            counts.join(", "),
            match self.files {
                1 => files,
                _ => format!("{} of {files}", self.files_with_findings),
            }
        )
    }
}

fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::Summary;

    #[test]
    fn counts_read_as_people_count() {
        let mut summary = Summary {
            files: 1,
            ..Summary::default()
        };
        assert_eq!(summary.to_string(), "no findings in 1 file");
        summary = Summary {
            files: 3,
            files_with_findings: 1,
            errors: 1,
            warnings: 2,
            infos: 1,
        };
        let text = "4 findings (1 error, 2 warnings, 1 info) in 1 of 3 files";
        assert_eq!(summary.to_string(), text);
        assert!(summary.fails());
        let info_only = Summary {
            errors: 0,
            warnings: 0,
            ..summary
        };
        assert!(!info_only.fails());
    }
}
