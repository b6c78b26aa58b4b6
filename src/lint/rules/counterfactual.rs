use crate::lint::language::clause::{is_done_by_people, subject};
use crate::lint::language::{Field, Found, Glimpse, People, Topic, Verdict, judge_likely};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "counterfactual",
    Class::Wording,
    include_str!("counterfactual.md"),
    check,
);

/// The words at which the rule looks closer.
pub const WORDS: &[&str] = &[
    "should",
    "shouldn",
    "could",
    "would",
    "wouldn",
    "ought",
    "failed",
    "neglected",
    "forgot",
    "omitted",
    "only",
    "might",
    "think",
    "had",
];

/// What people did not do to a thing: `should have been tested` blames whoever did not test it.
const WORK: &[&str] = &[
    "alerted",
    "announced",
    "anticipated",
    "asked",
    "avoided",
    "blocked",
    "brought",
    "caught",
    "checked",
    "considered",
    "contacted",
    "detected",
    "discovered",
    "documented",
    "done",
    "escalated",
    "expected",
    "fixed",
    "foreseen",
    "found",
    "identified",
    "included",
    "informed",
    "investigated",
    "involved",
    "limited",
    "looped",
    "mitigated",
    "monitored",
    "noticed",
    "notified",
    "paged",
    "planned",
    "prevented",
    "questioned",
    "raised",
    "rehearsed",
    "removed",
    "replaced",
    "reviewed",
    "rolled",
    "seen",
    "spotted",
    "staged",
    "stopped",
    "tested",
    "told",
    "tried",
    "updated",
    "verified",
    "warned",
    "written",
];

/// What something would have done, had it been there.
const SAVED: &[&str] = &[
    "alerted",
    "avoided",
    "caught",
    "detected",
    "exposed",
    "found",
    "helped",
    "limited",
    "prevented",
    "revealed",
    "saved",
    "shortened",
    "shown",
    "spared",
    "stopped",
    "told",
    "warned",
];

/// What only people do to people, so that whoever did not is a person, or a firm.
const SPEECH: &[&str] = &["tell", "inform", "mention", "say"];

/// Firms, when they speak.
const FIRMS: &[&str] = &[
    "vendor",
    "supplier",
    "provider",
    "contractor",
    "manufacturer",
    "agency",
];

/// What might have been spared to users, which is no guess.
const SPARED: &[&str] = &[
    "avoided",
    "caught",
    "detected",
    "prevented",
    "shortened",
    "spared",
];

/// What it `should have been` to somebody who did not see it.
const PLAIN: &[&str] = &["apparent", "clear", "evident", "obvious"];

/// What people could not do, which is a fact: `two engineers failed to log in`.
const INABILITY: &[&str] = &[
    "authenticate",
    "connect",
    "find",
    "get",
    "join",
    "load",
    "log",
    "open",
    "reach",
    "read",
    "recover",
    "reproduce",
    "restore",
    "see",
    "start",
    "restart",
];

/// Whose deeds `Had she …` wishes otherwise.
const SOMEBODY: [&str; 7] = [
    "anybody", "anyone", "he", "she", "somebody", "someone", "they",
];

/// What may stand between a modal verb, `have` and the participle.
const BETWEEN: [&str; 12] = [
    "not", "also", "easily", "simply", "probably", "never", "all", "just", "at", "least", "long",
    "to",
];

const IRREGULAR: &[&str] = &[
    "slept",
    "heard",
    "driven",
    "drawn",
    "thrown",
    "hidden",
    "sought",
    "taught",
    "dealt",
    "spread",
    "stuck",
    "struck",
    "seen",
    "known",
    "caught",
    "taken",
    "made",
    "done",
    "gone",
    "been",
    "had",
    "found",
    "told",
    "said",
    "written",
    "run",
    "kept",
    "held",
    "led",
    "lost",
    "sent",
    "set",
    "shown",
    "stood",
    "thought",
    "brought",
    "built",
    "bought",
    "come",
    "become",
    "chosen",
    "broken",
    "given",
    "got",
    "gotten",
    "grown",
    "hit",
    "put",
    "read",
    "spoken",
    "cut",
    "shut",
    "begun",
    "felt",
    "fallen",
    "forgotten",
    "meant",
    "met",
    "paid",
    "spent",
    "understood",
    "won",
    "let",
    "left",
    "woken",
    "foreseen",
];

const HELP: &str = "tell what was done, and what made it reasonable at the time: `Jane saw …, so she …`; what is to change is an action";

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    judge_likely(
        subject,
        findings,
        Topic::Counterfactual,
        is_likely,
        |found| {
            // `Nothing would have stopped it` is what these two lists are for.
            if matches!(found.passage.field, Field::GotLucky | Field::Surprises) {
                return None;
            }
            match found.word() {
                "failed" | "neglected" | "forgot" | "omitted" => left_undone(found),
                "only" => if_only(found),
                "think" => did_not_think_to(found),
                "had" => had_somebody(found),
                word if is_modal(word) => might_have_been(found),
                // `Read-only`.
                _ => None,
            }
        },
    );
}

/// Whether the words beside are those without which no rule below finds anything.
fn is_likely(glimpse: &Glimpse<'_>) -> bool {
    if glimpse.is_joined() {
        return false;
    }
    let next = glimpse.next();
    if glimpse.is_any(&["failed", "neglected", "forgot", "omitted"]) {
        return next.is_any(&["to"]);
    }
    if glimpse.is_any(&["only"]) {
        return glimpse.before().is_any(&["if"]);
    }
    if glimpse.is_any(&["think"]) {
        return next.is_any(&["to"]) && glimpse.before().is_any(&["not", "t"]);
    }
    if glimpse.is_any(&["had"]) {
        return next.is_any(&SOMEBODY);
    }
    // `Should`, `couldn't`, `might probably have`, `would've`.
    let mut word = next;
    while word.is_any(&BETWEEN)
        || word.is_any(&["t"])
        || word.word().ends_with("ly")
        || word.is_joined()
    {
        word = word.next();
    }
    word.is_any(&["have", "ve"])
}

/// `Should`, `couldn't`, `would've`.
fn is_modal(word: &str) -> bool {
    let verb = word.split('\'').next().unwrap_or(word);
    matches!(
        verb,
        "should" | "shouldn" | "could" | "couldn" | "would" | "wouldn" | "ought" | "might"
    )
}

/// `Sam failed to check`; of software it is a fact.
fn left_undone(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let act = sentence.word(at + 2);
    let is_firm = SPEECH.contains(&act)
        && subject(sentence, at).is_some_and(|head| FIRMS.contains(&sentence.word(head)));
    let is_undone = sentence.word(at + 1) == "to"
        && !INABILITY.contains(&act)
        && (is_firm || is_done_by_people(found.people, sentence, at))
        && !sentence.is_denied(at);
    is_undone.then(|| {
        let words = at..at + 2;
        let message = format!(
            "`{}` tells of people what they did not do",
            found.written(&words)
        );
        Verdict::new(words, message, HELP)
    })
}

/// `The people on shift did not think to look`.
fn did_not_think_to(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let start = match (sentence.before(at, 2), sentence.before(at, 1)) {
        ("did", "not") | (_, "didn't") => at - 1,
        _ => return None,
    };
    let is_undone =
        sentence.word(at + 1) == "to" && is_done_by_people(found.people, sentence, start);
    is_undone.then(|| {
        let words = start..at + 2;
        let message = format!(
            "`{}` tells of people what they did not do",
            found.written(&words)
        );
        Verdict::new(words, message, HELP)
    })
}

/// `Had she read the note, the valve would have stayed shut`; what we would have done had we known is
/// our own to tell.
fn had_somebody(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let somebody = SOMEBODY.contains(&sentence.word(1));
    let wishes =
        at == 0 && somebody && !sentence.asks && sentence.mentions(&["could", "might", "would"]);
    wishes.then(|| {
        let words = at..at + 2;
        let message = format!("`{}` tells of another world", found.written(&words));
        Verdict::new(words, message, HELP)
    })
}

fn if_only(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let wishes = sentence.before(at, 1) == "if"
        && (at + 2..at + 6).any(|next| matches!(sentence.word(next), "had" | "hadn't"));
    wishes.then(|| Verdict::new(at - 1..at + 1, "`if only` tells of another world", HELP))
}

fn might_have_been(found: &Found<'_>) -> Option<Verdict> {
    let (sentence, at) = (found.sentence, found.at);
    let modal = found.word();
    let (have, participle) = perfect(found)?;
    let denied = modal.ends_with("n't") || (at + 1..have).any(|at| sentence.word(at) == "not");
    let could = modal.starts_with("could");
    let unsure = could || modal == "might";
    if sentence.asks || (unsure && denied) || is_about_nobody(found) {
        return None;
    }
    let mut verb = participle;
    let passive = sentence.word(verb) == "been";
    if passive {
        verb += 1;
        while sentence.word(verb).ends_with("ly") {
            verb += 1;
        }
    }
    let word = sentence.word(verb);
    let is_duty = modal.starts_with("should") || modal == "ought";
    let never = (at + 1..participle).any(|at| sentence.word(at) == "never");
    // `Might have been restarted` is a guess at what happened.
    let counts = if modal == "might" {
        SPARED.contains(&word) && !(passive && word == "caught")
    } else if passive && WORK.contains(&word)
        || is_duty && (never || passive && is_plain(found, verb))
    {
        true
    } else if modal.starts_with("would") && (SAVED.contains(&word) || word == "happened") {
        !denied || word == "happened"
    } else if could && SAVED.contains(&word) {
        true
    } else if sentence.before(at, 1) == "they" {
        WORK.contains(&word)
    } else {
        is_done_by_people(found.people, sentence, at)
    };
    let is_users = subject(sentence, at).is_some_and(|head| People::has_user(sentence, head));
    (counts && (passive || !is_users)).then(|| {
        let words = at..have + 1;
        let message = format!("`{}` tells what did not happen", found.written(&words));
        Verdict::new(words, message, HELP)
    })
}

/// `Clear to us`, `obvious from the name`; a queue that is `clear by noon` is empty.
fn is_plain(found: &Found<'_>, at: usize) -> bool {
    let next = found.sentence.word(at + 1);
    PLAIN.contains(&found.sentence.word(at)) && matches!(next, "" | "at" | "from" | "that" | "to")
}

/// The tokens of `have` and of the participle behind a modal verb.
fn perfect(found: &Found<'_>) -> Option<(usize, usize)> {
    let (sentence, at) = (found.sentence, found.at);
    let skip = |mut at: usize| {
        while BETWEEN.contains(&sentence.word(at))
            || (sentence.word(at).ends_with("ly") && !sentence.word(at).ends_with("reply"))
        {
            at += 1;
        }
        at
    };
    if found.word().ends_with("'ve") {
        return Some((at, skip(at + 1)));
    }
    let have = skip(at + 1);
    if sentence.word(have) != "have" || sentence.word(have + 1) == "to" {
        return None;
    }
    let participle = skip(have + 1);
    let word = sentence.word(participle);
    (word.ends_with("ed") || IRREGULAR.contains(&word)).then_some((have, participle))
}

/// `Nobody could have known` defends people.
fn is_about_nobody(found: &Found<'_>) -> bool {
    (1..=4).any(|back| {
        matches!(
            found.sentence.before(found.at, back),
            "nobody" | "nothing" | "no-one" | "no" | "neither" | "none"
        )
    })
}
