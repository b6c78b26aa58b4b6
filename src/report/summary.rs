use std::collections::BTreeMap;
use std::fmt;

use crate::diagnostic::Level;

use super::FileFindings;

/// How many findings there are, of which rules, in how many files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// Findings that their documents suppress; counted nowhere else.
    pub suppressed: usize,
    /// Findings that a baseline knows; counted nowhere else.
    pub known: usize,
    /// Findings that `--fix` would mend.
    pub fixable: usize,
    /// Findings that only `--fix=unsafe` would mend.
    pub unsafely_fixable: usize,
    /// Fixes that were carried out.
    pub fixed: usize,
    /// Files in which they were.
    pub files_fixed: usize,
    rules: BTreeMap<&'static str, usize>,
}

impl Summary {
    /// Counts a file.
    pub fn add(&mut self, file: &FileFindings) {
        self.files += 1;
        let all = file.diagnostics().iter();
        let (suppressed, live): (Vec<_>, Vec<_>) =
            all.partition(|finding| finding.suppressed.is_some());
        self.suppressed += suppressed.len();
        self.files_with_findings += usize::from(!live.is_empty());
        for finding in live {
            if let Some(fix) = &finding.fix {
                self.fixable += usize::from(fix.safe);
                self.unsafely_fixable += usize::from(!fix.safe);
            }
            *self.rules.entry(finding.rule).or_default() += 1;
            match finding.level {
                Level::Error => self.errors += 1,
                Level::Warning => self.warnings += 1,
                Level::Info => self.infos += 1,
            }
        }
    }

    /// How many findings each rule has that has any, most frequent first, then by name.
    pub fn by_rule(&self) -> Vec<(&'static str, usize)> {
        let mut rules: Vec<_> = self.rules.iter().map(|(rule, n)| (*rule, *n)).collect();
        rules.sort_by_key(|(_, findings)| std::cmp::Reverse(*findings));
        rules
    }

    /// The same as a table for people, a rule a line.
    pub fn statistics(&self) -> String {
        let rules = self.by_rule();
        let widest = rules.iter().map(|(_, findings)| findings.to_string().len());
        let width = widest.max().unwrap_or(0);
        let lines = rules.iter();
        lines
            .map(|(rule, findings)| format!("{findings:width$}  {rule}\n"))
            .collect()
    }

    /// Adds another part of the same run.
    pub fn absorb(&mut self, other: &Self) {
        self.files += other.files;
        self.files_with_findings += other.files_with_findings;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.suppressed += other.suppressed;
        self.known += other.known;
        self.fixable += other.fixable;
        self.unsafely_fixable += other.unsafely_fixable;
        self.fixed += other.fixed;
        self.files_fixed += other.files_fixed;
        for (rule, findings) in &other.rules {
            *self.rules.entry(rule).or_default() += findings;
        }
    }

    /// Counts fixes that were carried out, or would be, in a file that was counted.
    pub fn count_fixed(&mut self, count: usize) {
        self.fixed += count;
        self.files_fixed += usize::from(count > 0);
    }

    /// How much there is to fix, in words.
    pub fn to_fix(&self) -> String {
        let files = plural(self.files, "file");
        match self.fixed {
            0 => format!("nothing to fix in {files}"),
            fixed if self.files == 1 => format!("{} would be fixed", plural(fixed, "finding")),
            fixed => format!(
                "{} would be fixed in {} of {files}",
                plural(fixed, "finding"),
                self.files_fixed
            ),
        }
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

impl Summary {
    /// What there is to say besides the findings: `2 suppressed`.
    fn asides(&self) -> String {
        let fixable = match (self.fixable, self.unsafely_fixable) {
            (0, 0) => String::new(),
            (0, unsafely) => format!("{unsafely} can be fixed with --fix=unsafe"),
            (safely, 0) => format!("{safely} can be fixed with --fix"),
            (safely, unsafely) => {
                format!("{safely} can be fixed with --fix, {unsafely} more with --fix=unsafe")
            }
        };
        let counted = |count: usize, words: &str| match count {
            0 => String::new(),
            count => format!("{count} {words}"),
        };
        let asides = [
            counted(self.fixed, "fixed"),
            fixable,
            counted(self.suppressed, "suppressed"),
            counted(self.known, "known from the baseline"),
        ];
        let asides = asides.iter().filter(|aside| !aside.is_empty());
        asides.map(|aside| format!("; {aside}")).collect()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = plural(self.files, "file");
        if self.findings() == 0 {
            return write!(f, "no findings in {files}{}", self.asides());
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
            "{} ({}) in {}{}",
            plural(self.findings(), "finding"),
            counts.join(", "),
            match self.files {
                1 => files,
                _ => format!("{} of {files}", self.files_with_findings),
            },
            self.asides()
        )
    }
}

fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::Summary;
    use crate::diagnostic::Diagnostic;
    use crate::report::FileFindings;
    use crate::text::Source;

    #[test]
    fn statistics_name_the_most_frequent_rule_first() {
        let file = |rules: &[&'static str]| {
            let findings = rules.iter().map(|rule| Diagnostic::error(rule, 0..0, "m"));
            FileFindings::new(Source::new("x", ""), findings.collect())
        };
        let mut summary = Summary::default();
        summary.add(&file(&["b", "a", "c"]));
        let mut other = Summary::default();
        let often = ["c"; 9];
        other.add(&file(&often));
        summary.absorb(&other);
        assert_eq!(summary.statistics(), "10  c\n 1  a\n 1  b\n");
        assert_eq!((summary.files, summary.errors), (2, 12));
    }

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
            ..Summary::default()
        };
        let text = "4 findings (1 error, 2 warnings, 1 info) in 1 of 3 files";
        assert_eq!(summary.to_string(), text);
        assert!(summary.fails());
        let asides = Summary {
            fixed: 1,
            fixable: 2,
            suppressed: 3,
            known: 4,
            ..summary.clone()
        };
        let text = format!(
            "{text}; 1 fixed; 2 can be fixed with --fix; 3 suppressed; 4 known from the baseline"
        );
        assert_eq!(asides.to_string(), text);
        let info_only = Summary {
            errors: 0,
            warnings: 0,
            ..summary
        };
        assert!(!info_only.fails());
    }
}
