use crate::lint::language::{Topic, Verdict, judge};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "normative",
    Class::Wording,
    include_str!("normative.md"),
    check,
);

/// The words at which the rule looks closer.
pub const WORDS: &[&str] = &[
    "careless",
    "carelessly",
    "carelessness",
    "sloppy",
    "sloppily",
    "sloppiness",
    "negligent",
    "negligence",
    "reckless",
    "recklessly",
    "incompetent",
    "incompetence",
    "lazy",
    "laziness",
    "unprofessional",
    "mismanaged",
    "mismanagement",
    "foolish",
    "foolishly",
    "stupid",
    "stupidly",
    "irresponsible",
    "thoughtless",
    "shoddy",
    "haphazard",
    "amateurish",
    "unacceptable",
    "inexcusable",
    "lax",
    "poor",
    "poorly",
    "inadequate",
    "inadequately",
    "insufficient",
    "improper",
    "improperly",
    "bad",
    "badly",
    "deficient",
    "substandard",
    "wrongly",
];

/// Words that judge what people did only where such a thing stands behind them: `poor planning`, and not
/// `poor reception`.
const OF_SOME: &[&str] = &[
    "poor",
    "inadequate",
    "insufficient",
    "improper",
    "bad",
    "deficient",
    "substandard",
    "lax",
    "lazy",
];

const HUMAN_WORK: &[&str] = &[
    "attention",
    "care",
    "choice",
    "choices",
    "code",
    "collaboration",
    "communication",
    "coordination",
    "decision",
    "decisions",
    "design",
    "diligence",
    "discipline",
    "documentation",
    "engineering",
    "execution",
    "handover",
    "hygiene",
    "judgement",
    "judgment",
    "management",
    "oversight",
    "planning",
    "practice",
    "practices",
    "preparation",
    "procedure",
    "procedures",
    "process",
    "processes",
    "response",
    "review",
    "reviews",
    "supervision",
    "testing",
    "training",
    "understanding",
    "vigilance",
    "work",
    "workmanship",
    "monitoring",
    "job",
    "checks",
    "tests",
    "scoping",
    "estimation",
];

/// Adverbs that judge only in front of what people did.
const ADVERBS: &[&str] = &["poorly", "inadequately", "improperly", "badly", "wrongly"];

const DONE: &[&str] = &[
    "communicated",
    "configured",
    "coordinated",
    "designed",
    "documented",
    "executed",
    "handled",
    "implemented",
    "managed",
    "planned",
    "prepared",
    "reviewed",
    "run",
    "scoped",
    "tested",
    "thought",
    "trained",
    "understood",
    "written",
    "monitored",
    "chosen",
    "judged",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    judge(subject, findings, Topic::Normative, |found| {
        let (sentence, at) = (found.sentence, found.at);
        let word = found.word();
        let next = [sentence.word(at + 1), sentence.word(at + 2)];
        let judges = if OF_SOME.contains(&word) {
            let lazy_people = word == "lazy" && found.people.has(sentence, at + 1);
            lazy_people
                || next.iter().any(|next| HUMAN_WORK.contains(next))
                || (is_said_of_work(sentence.before(at, 1))
                    && HUMAN_WORK.contains(&sentence.before(at, 2)))
        } else if ADVERBS.contains(&word) {
            DONE.contains(&next[0]) || DONE.contains(&sentence.before(at, 1))
        } else {
            true
        };
        (judges && !sentence.is_denied(at)).then(|| {
            Verdict::new(
                at..at + 1,
                format!("`{}` judges instead of telling", found.written(&(at..at + 1))),
                "say what was there and what was missing, so that a reader can judge: `the review covers the code and not the configuration`",
            )
        })
    });
}

fn is_said_of_work(word: &str) -> bool {
    matches!(
        word,
        "was" | "were" | "is" | "are" | "been" | "too" | "very" | "seemed"
    )
}
