use crate::lint::elapsed::elapsed;
use crate::lint::promise::Promise;
use crate::lint::{Class, Findings, Rule, Subject};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "public-silence",
    Class::Advice,
    include_str!("public-silence.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(promise) = Promise::of(subject) else {
        return;
    };
    let while_it_lasts = promise.words.iter().filter(|(at, _)| *at < promise.end);
    let until = while_it_lasts
        .clone()
        .skip(1)
        .map(|(at, _)| *at)
        .chain([promise.end]);
    let longest = while_it_lasts
        .zip(until)
        .map(|((at, event), next)| ((next - *at).num_seconds(), *event))
        .reduce(|longest, gap| if gap.0 > longest.0 { gap } else { longest });
    let Some((seconds, event)) = longest.filter(|(seconds, _)| *seconds > promise.seconds()) else {
        return;
    };
    let message = format!("users heard nothing for {}", elapsed(seconds));
    let finding = findings
        .on(&path!["timeline", event, "at"], message)
        .saying("after this word")
        .help(format!(
            "{}; where the record does not hold every word write `unrecorded: [communication]`",
            promise.in_words()
        ));
    findings.add(finding);
}
