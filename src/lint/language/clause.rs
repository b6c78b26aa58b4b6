use super::people::People;
use super::sentence::{Kind, Sentence};

/// Words between a subject and its verb.
const BETWEEN: &[&str] = &[
    "had",
    "has",
    "have",
    "was",
    "were",
    "is",
    "are",
    "been",
    "be",
    "then",
    "also",
    "again",
    "never",
    "just",
    "simply",
    "even",
    "still",
    "once",
    "later",
    "twice",
    "first",
    "did",
    "do",
    "does",
    "not",
    "all",
    "both",
    "who",
    "probably",
    "already",
    "soon",
    "yet",
    "only",
    "will",
    "would",
    "could",
    "should",
    "might",
    "may",
    "himself",
    "herself",
    "themselves",
];

const PREPOSITIONS: &[&str] = &[
    "about", "above", "across", "after", "against", "along", "among", "around", "as", "at",
    "before", "behind", "below", "between", "beyond", "by", "despite", "during", "for", "from",
    "in", "inside", "into", "near", "of", "off", "on", "onto", "over", "since", "through", "to",
    "toward", "towards", "under", "until", "up", "upon", "via", "with", "within", "without",
];

const CONJUNCTIONS: &[&str] = &[
    "and", "or", "but", "so", "because", "that", "which", "when", "while", "where", "if",
    "although", "though", "whereas", "since", "as", "than", "why", "how", "whether", "before",
    "after", "until", "unless", "once", "nor", "yet", "then",
];

const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "our", "their", "his", "her", "its", "my",
    "your", "some", "any", "each", "every", "no", "both", "another", "one", "two", "three", "four",
    "five",
];

/// The most tokens between a verb and its subject.
const FAR: usize = 14;

/// The token of who or what a verb speaks of; nothing where none is found.
///
/// No parser: it walks back from the verb over auxiliaries and adverbs to the nearest noun, then out of
/// the prepositions that hang on it (`the engineer on call`), and over what stands between commas.
pub fn subject(sentence: &Sentence, verb: usize) -> Option<usize> {
    let mut at = verb;
    loop {
        let before = at.checked_sub(1)?;
        let word = sentence.word(before);
        let is_between = BETWEEN.contains(&word) || word.ends_with("ly") || word.ends_with("n't");
        if !is_between || verb - before > FAR {
            break;
        }
        at = before;
    }
    let before = at.checked_sub(1)?;
    match sentence.tokens.get(before)?.kind {
        Kind::Comma => {
            return behind_an_aside(sentence, before).or_else(|| first(sentence, before));
        }
        Kind::Mark => return first(sentence, before).filter(|_| sentence.word(at) == "who"),
        Kind::Exempt => return Some(before),
        Kind::Word => {}
    }
    if matches!(sentence.word(before), "and" | "but" | "or" | "then") {
        return first(sentence, before);
    }
    if CONJUNCTIONS.contains(&sentence.word(before)) && sentence.word(before) != "that" {
        return None;
    }
    if let Some(who) = behind_who(sentence, before) {
        return Some(who);
    }
    Some(out_of_prepositions(sentence, before, verb))
}

/// The subject of `the engineer who pushed the change failed`: the noun before `who`, where nothing parts it
/// from the verb.
fn behind_who(sentence: &Sentence, before: usize) -> Option<usize> {
    let near = (before.saturating_sub(8)..=before).rev();
    let who = near
        .take_while(|at| {
            sentence
                .tokens
                .get(*at)
                .is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Exempt))
        })
        .take_while(|at| {
            !matches!(
                sentence.word(*at),
                "and" | "but" | "because" | "so" | "when"
            )
        })
        .find(|at| sentence.word(*at) == "who")?;
    let noun = who.checked_sub(1).filter(|_| who < before)?;
    Some(out_of_prepositions(sentence, noun, who))
}

/// From the last noun before a verb to the one that its prepositions hang on.
fn out_of_prepositions(sentence: &Sentence, noun: usize, verb: usize) -> usize {
    let mut head = noun;
    let mut at = noun;
    while verb - at < FAR {
        let Some(before) = at.checked_sub(1) else {
            return head;
        };
        let is_word = sentence
            .tokens
            .get(before)
            .is_some_and(|token| token.kind != Kind::Comma && token.kind != Kind::Mark);
        let word = sentence.word(before);
        let here = sentence.word(at);
        let is_pronoun = matches!(
            here,
            "we" | "i" | "he" | "she" | "they" | "it" | "someone" | "somebody"
        );
        if !is_word || is_pronoun {
            return head;
        }
        if PREPOSITIONS.contains(&word) {
            let Some(outer) = before.checked_sub(1) else {
                return head;
            };
            let outer_word = sentence.word(outer);
            let is_noun = sentence
                .tokens
                .get(outer)
                .is_some_and(|token| token.kind == Kind::Word)
                && !CONJUNCTIONS.contains(&outer_word)
                && !PREPOSITIONS.contains(&outer_word)
                && !outer_word.ends_with("ed");
            if !is_noun {
                return head;
            }
            head = outer;
            at = outer;
            continue;
        }
        if DETERMINERS.contains(&word) {
            // `during the handover of the team the engineer`: a noun phrase begins here.
            let Some(outer) = before.checked_sub(1) else {
                return head;
            };
            if !PREPOSITIONS.contains(&sentence.word(outer)) {
                return head;
            }
            at = before;
            continue;
        }
        if CONJUNCTIONS.contains(&word) {
            return head;
        }
        at = before;
    }
    head
}

/// The subject before `, who …,`: the noun in front of the comma that opens the aside.
fn behind_an_aside(sentence: &Sentence, comma: usize) -> Option<usize> {
    let opens = (comma.saturating_sub(FAR)..comma).rev().find(|at| {
        sentence
            .tokens
            .get(*at)
            .is_some_and(|token| token.kind == Kind::Comma)
    })?;
    let is_aside = matches!(
        sentence.word(opens + 1),
        "who" | "which" | "whose" | "then" | "on" | "the" | "an" | "a" | "our"
    );
    let noun = opens.checked_sub(1)?;
    is_aside.then(|| out_of_prepositions(sentence, noun, comma))
}

/// The subject of a clause whose later verb stands behind `and`: its first noun.
fn first(sentence: &Sentence, end: usize) -> Option<usize> {
    let from = (0..end)
        .rev()
        .take(2 * FAR)
        .find(|at| {
            let token = &sentence.tokens[*at];
            token.kind == Kind::Mark
                || matches!(
                    token.word.as_str(),
                    "because" | "that" | "when" | "while" | "which" | "where" | "so"
                )
        })
        .map_or(0, |at| at + 1);
    noun_from(sentence, from)
}

/// The last word of the noun phrase that begins at a token; nothing where none does.
pub fn noun_from(sentence: &Sentence, from: usize) -> Option<usize> {
    let mut at = from;
    while DETERMINERS.contains(&sentence.word(at)) && at < from + 3 {
        at += 1;
    }
    let mut head = None;
    for step in at..(at + 6) {
        let Some(token) = sentence.tokens.get(step) else {
            break;
        };
        let word = token.word.as_str();
        let goes_on = token.kind == Kind::Word
            && !PREPOSITIONS.contains(&word)
            && !CONJUNCTIONS.contains(&word)
            && !DETERMINERS.contains(&word)
            && !BETWEEN.contains(&word)
            && (step == at || !(looks_like_a_verb(word)));
        if token.kind == Kind::Exempt && head.is_none() {
            return Some(step);
        }
        if !goes_on {
            break;
        }
        head = Some(step);
        if matches!(
            word,
            "we" | "i" | "he" | "she" | "they" | "it" | "someone" | "somebody"
        ) {
            break;
        }
    }
    head
}

fn looks_like_a_verb(word: &str) -> bool {
    const PAST: &[&str] = &[
        "ran",
        "took",
        "made",
        "sent",
        "gave",
        "went",
        "saw",
        "set",
        "put",
        "did",
        "broke",
        "began",
        "kept",
        "left",
        "lost",
        "wrote",
        "read",
        "knew",
        "thought",
        "found",
        "got",
        "told",
        "chose",
        "built",
        "cut",
        "let",
        "came",
        "forgot",
        "shut",
        "can",
        "must",
        "who",
        "overwrote",
        "misread",
        "pushed",
    ];
    PAST.contains(&word) || (word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing")))
}

/// Whether the subject of a verb is somebody at work.
pub fn is_done_by_people(people: &People, sentence: &Sentence, verb: usize) -> bool {
    subject(sentence, verb).is_some_and(|head| {
        let owns = sentence
            .tokens
            .get(head)
            .is_some_and(|token| token.possessive);
        people.has(sentence, head) && !owns && !is_nobody(sentence, head)
    })
}

/// Whether a noun stands behind `no` or `neither`.
fn is_nobody(sentence: &Sentence, head: usize) -> bool {
    (1..=3).any(|back| matches!(sentence.before(head, back), "no" | "neither" | "none"))
}

/// Whether the noun phrase behind a token ends in somebody at work: `because of the on-call engineer`.
pub fn names_people_next(people: &People, sentence: &Sentence, from: usize) -> Option<usize> {
    let head = noun_from(sentence, from)?;
    let owns = sentence
        .tokens
        .get(head)
        .is_some_and(|token| token.possessive);
    (people.has(sentence, head) && !owns && !is_nobody(sentence, head)).then_some(head)
}
