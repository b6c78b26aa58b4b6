use crate::lint::language::LONG_SENTENCE;
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "long-sentence",
    Class::Advice,
    include_str!("long-sentence.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for passage in subject.language().long() {
        let long = passage
            .sentences()
            .iter()
            .filter(|sentence| sentence.length() > LONG_SENTENCE);
        for sentence in long.take(20) {
            let bytes = sentence.span(&(0..sentence.tokens.len()));
            let place = subject.document.place_within(&passage.path(), &bytes);
            let message = format!("the sentence has {} words", sentence.length());
            findings.add(
                findings
                    .at(place, message)
                    .help("make two or three of it, or a list: one thought each"),
            );
        }
    }
}
