use crate::config::Severity;

/// An answer to what users cannot do, and the severity it suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeverityAnswer {
    /// What users cannot do.
    pub words: String,
    /// The severity's name.
    pub severity: String,
}

const USUAL: [(&str, &str); 8] = [
    ("A core function is down for everyone", "sev1"),
    ("Data is exposed or lost", "sev1"),
    ("A core function is down for many", "sev2"),
    ("A core function is degraded for everyone", "sev2"),
    ("A function is degraded", "sev3"),
    ("A function is down for a few", "sev3"),
    ("A nuisance: people can work", "sev4"),
    ("Nothing that users notice", "sev5"),
];

/// The answers that a configuration's levels allow: their meanings, and for the usual levels each
/// part of a meaning by itself.
pub fn severity_answers(levels: &[Severity]) -> Vec<SeverityAnswer> {
    let answer = |words: &str, severity: &str| SeverityAnswer {
        words: words.to_owned(),
        severity: severity.to_owned(),
    };
    if levels == Severity::usual() {
        return USUAL
            .iter()
            .map(|(words, severity)| answer(words, severity))
            .collect();
    }
    levels
        .iter()
        .map(|level| answer(level.meaning.trim(), &level.name))
        .collect()
}

/// The first letter in lower case, as in the middle of a sentence; names and abbreviations stay.
pub fn mid_sentence(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if second.is_none_or(|c| !c.is_uppercase()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_level_can_be_answered_and_no_other() {
        let levels = Severity::usual();
        let answers = severity_answers(&levels);
        for level in &levels {
            assert!(answers.iter().any(|answer| answer.severity == level.name));
        }
        for answer in &answers {
            assert!(levels.iter().any(|level| level.name == answer.severity));
        }
    }

    #[test]
    fn an_organisations_own_levels_are_its_answers() {
        let levels = [Severity {
            name: "P1".to_owned(),
            meaning: "Nobody can pay".to_owned(),
            update_every: None,
        }];
        let answers = severity_answers(&levels);
        assert_eq!(answers.len(), 1);
        assert_eq!(
            (answers[0].words.as_str(), answers[0].severity.as_str()),
            ("Nobody can pay", "P1")
        );
        assert_eq!(mid_sentence("Nobody can pay"), "nobody can pay");
        assert_eq!(mid_sentence("API calls fail"), "API calls fail");
        assert_eq!(mid_sentence(""), "");
    }
}
