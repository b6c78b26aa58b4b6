use crate::lint::rules;

/// A rule of language that looks at single words first; each stands for a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Topic {
    Counterfactual,
    Normative,
    Mechanistic,
    HumanError,
    Blame,
    Hindsight,
    Dramatic,
    Overclaim,
    VagueQuantity,
    Symptom,
    OutageWord,
    Passive,
    Acronym,
    /// Not a word: an exclamation mark behind another mark.
    Exclamation,
    /// An abbreviation that everybody knows.
    KnownAcronym,
}

impl Topic {
    /// Every topic that words can be added to, with the name of its rule and the words at which it looks closer.
    pub const WITH_WORDS: [(Self, &'static str, &'static [&'static str]); 12] = [
        (
            Self::Counterfactual,
            "counterfactual",
            rules::counterfactual::WORDS,
        ),
        (Self::Normative, "normative", rules::normative::WORDS),
        (Self::Mechanistic, "mechanistic", rules::mechanistic::WORDS),
        (Self::HumanError, "human-error", rules::human_error::WORDS),
        (Self::Blame, "blame", rules::blame::WORDS),
        (Self::Hindsight, "hindsight", rules::hindsight::WORDS),
        (Self::Dramatic, "dramatic", rules::dramatic::WORDS),
        (Self::Overclaim, "overclaim", rules::overclaim::WORDS),
        (
            Self::VagueQuantity,
            "vague-quantity",
            rules::vague_quantity::WORDS,
        ),
        (
            Self::Symptom,
            "impact-reads-like-a-symptom",
            rules::impact_reads_like_a_symptom::WORDS,
        ),
        (
            Self::OutageWord,
            "outage-word-for-degradation",
            rules::outage_word_for_degradation::WORDS,
        ),
        (
            Self::Passive,
            "passive-hides-actor",
            rules::passive_hides_actor::WORDS,
        ),
    ];

    /// The bit that stands for it.
    pub const fn bit(self) -> u16 {
        1 << self as u8
    }

    /// The name of its rule.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Acronym | Self::KnownAcronym => "unexplained-acronym",
            Self::Exclamation => "dramatic",
            _ => Self::WITH_WORDS
                .iter()
                .find(|(topic, ..)| *topic == self)
                .map_or("", |(_, rule, _)| rule),
        }
    }
}
