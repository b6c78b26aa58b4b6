use crate::lint::language::{Field, Kind, Sentence};
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{CauseRole, CauseState};

pub const RULE: Rule = Rule::checked(
    "cause-repeats-symptom",
    Class::Advice,
    include_str!("cause-repeats-symptom.md"),
    check,
);

/// Words that say that something was wrong, and not why.
const SYMPTOM: &[&str] = &[
    "answered",
    "app",
    "application",
    "available",
    "broken",
    "crash",
    "crashed",
    "crashes",
    "crashing",
    "degraded",
    "died",
    "down",
    "elevated",
    "error",
    "errors",
    "fail",
    "failed",
    "failing",
    "failure",
    "failures",
    "high",
    "increased",
    "incident",
    "issue",
    "issues",
    "latency",
    "many",
    "offline",
    "outage",
    "page",
    "pages",
    "performance",
    "platform",
    "problem",
    "problems",
    "production",
    "rate",
    "rates",
    "request",
    "requests",
    "responding",
    "response",
    "saw",
    "server",
    "service",
    "services",
    "site",
    "slow",
    "slowly",
    "slowness",
    "spike",
    "stopped",
    "system",
    "systems",
    "timed",
    "timeout",
    "timeouts",
    "times",
    "unavailable",
    "unresponsive",
    "user",
    "users",
    "website",
    "work",
    "worked",
    "working",
    "500",
    "500s",
    "503",
    "503s",
    "5xx",
    "everything",
    "customers",
    "customer",
    "complete",
    "full",
    "total",
    "major",
    "partial",
    "unreachable",
    "returned",
    "returning",
    "became",
    "went",
    "did",
    "got",
    "log",
];

/// Words that say nothing by themselves.
const EMPTY: &[&str] = &[
    "a", "an", "the", "and", "or", "of", "in", "on", "at", "for", "to", "with", "by", "was",
    "were", "is", "are", "be", "been", "had", "has", "have", "not", "no", "could", "our", "its",
    "their", "all", "some", "there", "it", "from", "out", "up", "this", "that", "very", "again",
    "didn't", "couldn't", "wasn't", "longer", "any", "more",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let is_service = |word: &str| {
        postmortem
            .services
            .iter()
            .any(|service| holds(service, word))
    };
    let in_title = |word: &str| holds(&postmortem.title, word);
    for passage in subject.language().of(Field::Cause) {
        // The part that prolonged it may well be a failure that is told elsewhere.
        let judged = postmortem.causes.get(passage.index).is_some_and(|cause| {
            cause.state != CauseState::RuledOut && cause.role != Some(CauseRole::Prolonged)
        });
        let known = |word: &str| {
            SYMPTOM
                .iter()
                .chain(EMPTY)
                .any(|known| known.eq_ignore_ascii_case(word))
                || is_service(word)
                || in_title(word)
        };
        if !judged || passage.text.len() > 90 || !words(passage.text).all(known) {
            continue;
        }
        let [sentence] = passage.sentences() else {
            continue;
        };
        if repeats(sentence, &in_title, &is_service) {
            let place = subject.place(&passage.path());
            findings.add(
                findings.at(place, "the cause tells again what was seen").help(
                    "ask why once more: `the pool of connections ran out, because a retry kept them open`",
                ),
            );
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    parts.filter(|word| !word.is_empty())
}

fn holds(text: &str, word: &str) -> bool {
    words(text).any(|known| known.eq_ignore_ascii_case(word))
}

fn repeats(
    sentence: &Sentence,
    in_title: &dyn Fn(&str) -> bool,
    is_service: &dyn Fn(&str) -> bool,
) -> bool {
    if sentence.tokens.iter().any(|token| {
        token.kind == Kind::Exempt
            || token.word.bytes().any(|b| b.is_ascii_digit())
                && !SYMPTOM.contains(&token.word.as_str())
    }) {
        return false;
    }
    let said: Vec<&str> = sentence
        .tokens
        .iter()
        .map(|token| token.word.as_str())
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .collect();
    let only_symptoms = said
        .iter()
        .all(|word| SYMPTOM.contains(word) || is_service(word));
    let known = said.iter().filter(|word| in_title(word)).count();
    !said.is_empty() && (only_symptoms || (said.len() > 2 && known == said.len()))
}
