use crate::lint::language::clause::{is_done_by_people, names_people_next, subject};
use crate::lint::language::{Found, Glimpse, Topic, Verdict, judge_likely};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked("blame", Class::Wording, include_str!("blame.md"), check);

/// The words at which the rule looks closer.
pub const WORDS: &[&str] = &[
    "broke",
    "botched",
    "forgot",
    "ignored",
    "overlooked",
    "mishandled",
    "mistyped",
    "misconfigured",
    "messed",
    "screwed",
    "blundered",
    "bungled",
    "violated",
    "disregarded",
    "missed",
    "caused",
    "because",
    "due",
    "thanks",
    "owing",
    "blame",
    "blamed",
    "fault",
    "mistake",
    "mistakes",
    "error",
    "errors",
    "oversight",
    "negligence",
    "responsible",
    "guilty",
    "accidentally",
    "mistakenly",
    "inadvertently",
    "erroneously",
    "dropped",
    "culprit",
    "misread",
    "misjudged",
    "bother",
    "bothered",
    "slipped",
    "corners",
];

/// What people are said to have done wrong.
const FAULTS: &[&str] = &[
    "botched",
    "ignored",
    "overlooked",
    "mishandled",
    "mistyped",
    "misconfigured",
    "blundered",
    "bungled",
    "violated",
    "disregarded",
    "misread",
    "misjudged",
];

/// What people are said to have missed; a target or a deadline may be missed by anybody.
const SIGNS: &[&str] = &[
    "alert",
    "alerts",
    "page",
    "pages",
    "warning",
    "warnings",
    "step",
    "steps",
    "error",
    "errors",
    "bug",
    "message",
    "messages",
    "sign",
    "signs",
    "check",
    "email",
    "problem",
    "issue",
    "notification",
    "alarm",
    "alarms",
    "line",
    "flag",
    "it",
];

const INCIDENT: &[&str] = &[
    "outage",
    "incident",
    "problem",
    "failure",
    "downtime",
    "mess",
    "issue",
    "loss",
    "leak",
    "breach",
    "crash",
    "disruption",
];

const HELP: &str = "make the system the subject: what did the person see, what did the tool allow, what made this reasonable at the time?";

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    judge_likely(subject, findings, Topic::Blame, is_likely, |found| {
        let denies = matches!(found.word(), "bother" | "bothered");
        if !denies && found.sentence.is_denied(found.at) {
            return None;
        }
        match found.word() {
            "because" | "due" | "thanks" | "owing" | "caused" => {
                reason(found).or_else(|| fault_of_subject(found))
            }
            "fault" | "mistake" | "mistakes" | "error" | "errors" | "oversight" | "negligence" => {
                owned(found)
            }
            "blame" | "blamed" | "responsible" | "guilty" => at_fault(found),
            "culprit" => culprit(found),
            "corners" => cut_corners(found),
            _ => fault_of_subject(found),
        }
    });
}

/// Whether the words beside are those without which no rule below finds anything.
fn is_likely(glimpse: &Glimpse<'_>) -> bool {
    if glimpse.is_joined() {
        return false;
    }
    let next = glimpse.next();
    if glimpse.is_any(&["because"]) {
        next.is_any(&["of"])
    } else if glimpse.is_any(&["due", "thanks", "owing"]) {
        next.is_any(&["to"])
    } else if glimpse.is_any(&["caused"]) {
        next.is_any(&["by"]) || glimpse.is_before_any(INCIDENT, REACH)
    } else if glimpse.is_any(&["missed"]) {
        glimpse.is_before_any(SIGNS, REACH)
    } else if glimpse.is_any(&["error", "errors"]) {
        // Somebody's, or made by somebody.
        let before = glimpse.text_before(REACH).to_ascii_lowercase();
        before.contains(['\'', '’'])
            || ["his", "her", "made", "committed"]
                .iter()
                .any(|word| before.contains(word))
    } else if glimpse.is_any(&["messed", "screwed", "slipped"]) {
        next.is_any(&["up"])
    } else if glimpse.is_any(&["dropped"]) {
        next.is_any(&["the"])
    } else {
        true
    }
}

/// How many words a glimpse reaches, where a sentence looks at five tokens at most: a token may be several words.
const REACH: usize = 15;

fn verdict(found: &Found<'_>, words: std::ops::Range<usize>) -> Verdict {
    let message = format!("`{}` puts the fault on people", found.written(&words));
    Verdict::new(words, message, HELP)
}

/// `Because of the on-call engineer`, `caused by Sam`.
fn reason(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let link = match found.word() {
        "because" => "of",
        "caused" => "by",
        _ => "to",
    };
    if sentence.word(at + 1) != link {
        return None;
    }
    let head = names_people_next(found.people, sentence, at + 2)?;
    Some(verdict(found, at..head + 1))
}

/// `Sam broke checkout`, `the operator mistyped the name`.
fn fault_of_subject(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let next = sentence.word(at + 1);
    let object = |words: &[&str]| (at + 1..at + 6).any(|next| words.contains(&sentence.word(next)));
    let mut length = 1;
    let is_fault = match found.word() {
        "broke" => {
            !matches!(
                next,
                "off" | "up" | "into" | "down" | "even" | "out" | "ground" | "the" | "this" | "it"
            ) || (matches!(next, "the" | "this" | "it")
                && !object(&[
                    "loop", "deadlock", "tie", "news", "change", "work", "cycle", "into", "glass",
                ]))
        }
        "messed" | "screwed" => {
            length = 2;
            next == "up"
        }
        "slipped" => {
            length = 2;
            next == "up"
        }
        "dropped" => {
            length = 3;
            sentence.has(at + 1, &["the", "ball"])
        }
        "bother" | "bothered" => {
            let from = at.saturating_sub(2);
            let denied = sentence.before(at, 1) == "not"
                || sentence.before(at, 1) == "never"
                || sentence.before(at, 1) == "didn't";
            return (denied && is_done_by_people(found.people, sentence, from.max(at - 1)))
                .then(|| verdict(found, at - 1..at + 1));
        }
        // `Forgot to` is told by another rule.
        "forgot" => next != "to",
        "missed" => object(SIGNS),
        "caused" => object(INCIDENT),
        "accidentally" | "mistakenly" | "inadvertently" | "erroneously" => is_active(next),
        word => FAULTS.contains(&word),
    };
    let passive = matches!(
        sentence.before(at, 1),
        "was" | "were" | "been" | "be" | "being" | "is" | "are" | "got"
    );
    (is_fault && !passive && is_done_by_people(found.people, sentence, at))
        .then(|| verdict(found, at..at + length))
}

fn is_active(next: &str) -> bool {
    next.ends_with("ed")
        || matches!(
            next,
            "ran"
                | "sent"
                | "set"
                | "cut"
                | "put"
                | "took"
                | "shut"
                | "gave"
                | "made"
                | "left"
                | "overwrote"
        )
}

/// `The operator's mistake`, `a mistake by the vendor team`, `Sam made an error`.
fn owned(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let owner = (1..=3).find_map(|back| {
        let owner = at.checked_sub(back)?;
        let token = sentence.tokens.get(owner)?;
        let owns = token.possessive && found.people.has(sentence, owner);
        let pronoun = back == 1 && matches!(token.word.as_str(), "his" | "her");
        (owns || pronoun).then_some(owner)
    });
    if let Some(owner) = owner {
        return Some(verdict(found, owner..at + 1));
    }
    // `Mei gave the wrong label to the printer by mistake`.
    let by_mistake = found.word() == "mistake" && sentence.before(at, 1) == "by";
    if by_mistake && at > 1 {
        let verb = (1..at).find(|verb| is_active(sentence.word(*verb)))?;
        let is_people = is_done_by_people(found.people, sentence, verb);
        return is_people.then(|| verdict(found, at - 1..at + 1));
    }
    if matches!(sentence.word(at + 1), "by" | "of")
        && found.word() != "errors"
        && found.word() != "error"
    {
        let head = names_people_next(found.people, sentence, at + 2)?;
        return Some(verdict(found, at..head + 1));
    }
    let made = (1..=4).find(|back| matches!(sentence.before(at, *back), "made" | "committed"))?;
    let verb = at - made;
    let by_people = is_done_by_people(found.people, sentence, verb);
    (by_people && !matches!(sentence.word(at + 1), "message" | "rate" | "budget"))
        .then(|| verdict(found, verb..at + 1))
}

/// `The database team is to blame`, `the operator was responsible for the outage`.
fn at_fault(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let start = match found.word() {
        "blame" if sentence.before(at, 1) == "to" => at.checked_sub(2)?,
        "responsible" if sentence.word(at + 1) == "for" => {
            let of_harm = (at + 2..at + 5).any(|next| INCIDENT.contains(&sentence.word(next)));
            if !of_harm {
                return None;
            }
            at
        }
        "guilty" => at,
        _ => return None,
    };
    let blamed = subject(sentence, start)?;
    let owns = sentence
        .tokens
        .get(blamed)
        .is_some_and(|token| token.possessive);
    (found.people.has(sentence, blamed) && !owns).then(|| verdict(found, blamed..at + 1))
}

/// `Engineering cut corners`.
fn cut_corners(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let verb = at.checked_sub(1)?;
    let is_cut = sentence.word(verb) == "cut" && is_done_by_people(found.people, sentence, verb);
    is_cut.then(|| verdict(found, verb..at + 1))
}

/// `The culprit was the night operator`.
fn culprit(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    if !matches!(sentence.word(at + 1), "was" | "is") {
        return None;
    }
    let head = names_people_next(found.people, sentence, at + 2)?;
    Some(verdict(found, at..head + 1))
}
