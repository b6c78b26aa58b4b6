use crate::lint::language::{Field, Kind, Passage, Sentence, given_words};
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{ActionKind, ActionStatus};

pub const RULE: Rule = Rule::checked(
    "vague-action",
    Class::Wording,
    include_str!("vague-action.md"),
    check,
);

/// Verbs of which nobody can say when they are done.
const ALWAYS: &[&[&str]] = &[
    &["look", "into"],
    &["look", "at"],
    &["think", "about"],
    &["consider"],
    &["explore"],
    &["discuss"],
    &["revisit"],
    &["follow", "up"],
    &["address"],
    &["try", "to"],
    &["work", "on"],
    &["be", "aware"],
    &["see", "if"],
    &["keep", "an", "eye"],
    &["get", "better"],
];

/// Verbs that are done when a measure stands beside them.
const WITHOUT_MEASURE: &[&str] = &[
    "improve",
    "enhance",
    "strengthen",
    "optimise",
    "optimize",
    "increase",
    "reduce",
    "harden",
    "streamline",
    "modernise",
    "modernize",
    "investigate",
    "evaluate",
    "assess",
    "research",
    "analyse",
    "analyze",
    "review",
    "ensure",
    "rethink",
];

/// Words that tie an action to something that can be checked.
const MEASURE: &[&str] = &[
    "so", "until", "below", "above", "under", "within", "why", "how", "whether", "which", "what",
    "where", "who", "if", "when", "that", "than", "per", "every", "each", "before", "after",
    "fewer", "least", "most", "from", "by", "without", "once", "only", "against",
];

const HELP: &str = "say what will be true when it is done, so that anybody can check it: `an alert pages when the queue is older than ten minutes`";

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let words = given_words(subject, RULE.name);
    for passage in subject.language().of(Field::Action) {
        let action = subject.postmortem.actions.get(passage.index);
        let is_open = action.is_some_and(|action| !matches!(action.status, ActionStatus::Declined));
        let asks = action.is_some_and(|action| action.kind == Some(ActionKind::Investigate));
        if !is_open || !may_be(passage.text) {
            continue;
        }
        let Some(sentence) = passage.sentences().first() else {
            continue;
        };
        let Some(tokens) = vague(passage, sentence, asks) else {
            continue;
        };
        let bytes = sentence.span(&tokens);
        let word = passage.text.get(bytes.clone()).unwrap_or("");
        if words.is_some_and(|words| words.silences(word, word)) {
            continue;
        }
        let message = format!("nobody can say when `{word}` is done");
        let place = subject.document.place_within(&passage.path(), &bytes);
        findings.add(findings.at(place, message).help(HELP));
    }
    crate::lint::language::judge_given(subject, findings, RULE.name);
}

/// A look at the first letters, before the text is taken apart.
fn may_be(text: &str) -> bool {
    let first = text
        .trim_start()
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or("")
        .to_lowercase();
    let adverb = first.ends_with("ly") || first == "please" || first == "make" || first == "we";
    adverb
        || WITHOUT_MEASURE.contains(&first.as_str())
        || ALWAYS
            .iter()
            .any(|phrase| phrase.first() == Some(&first.as_str()))
}

fn vague(passage: &Passage<'_>, sentence: &Sentence, asks: bool) -> Option<std::ops::Range<usize>> {
    let mut at = 0;
    while sentence.word(at).ends_with("ly")
        || matches!(
            sentence.word(at),
            "please" | "we" | "should" | "must" | "will"
        )
    {
        at += 1;
    }
    if let Some(phrase) = ALWAYS.iter().find(|phrase| sentence.has(at, phrase)) {
        let tied = passage.sentences().len() == 1
            && has_figure(sentence)
            && sentence.word(at) == "address";
        return (!tied).then(|| at..at + phrase.len());
    }
    let word = sentence.word(at);
    if word == "make" {
        let better = (at + 1..at + 8).find(|next| {
            matches!(
                sentence.word(*next),
                "better"
                    | "robust"
                    | "resilient"
                    | "reliable"
                    | "stable"
                    | "safer"
                    | "scalable"
                    | "sure"
            )
        })?;
        let sure = sentence.word(better) == "sure";
        if sure {
            return (sentence.length() <= at + 4).then_some(at..better + 1);
        }
        return (!is_measured(sentence, at + 1) && sentence.length() <= 9).then_some(at..at + 1);
    }
    if !WITHOUT_MEASURE.contains(&word) {
        return None;
    }
    let vague = match word {
        "ensure" => {
            let that = sentence.word(at + 1) == "that";
            let soft = sentence.mentions(&[
                "proper",
                "good",
                "properly",
                "high",
                "adequate",
                "appropriate",
                "sufficient",
            ]);
            let short = sentence.length() <= at + 4;
            !has_figure(sentence) && ((short && !that) || (soft && !is_measured(sentence, at + 2)))
        }
        // An action that is there to find out needs a question.
        "investigate" | "research" | "analyse" | "analyze" if asks => {
            !is_measured(sentence, at + 1) && sentence.length() <= at + 4
        }
        _ => !is_measured(sentence, at + 1),
    };
    vague.then_some(at..at + 1)
}

fn has_figure(sentence: &Sentence) -> bool {
    sentence.has_number()
        || sentence
            .tokens
            .iter()
            .any(|token| token.kind == Kind::Exempt)
}

fn is_measured(sentence: &Sentence, from: usize) -> bool {
    let behind = sentence.tokens.get(from..).unwrap_or_default();
    let to = behind
        .iter()
        .position(|token| matches!(token.word.as_str(), "to"))
        .is_some_and(|at| at >= 2);
    has_figure(sentence)
        || to
        || behind
            .iter()
            .any(|token| MEASURE.contains(&token.word.as_str()) || token.kind == Kind::Mark)
}
