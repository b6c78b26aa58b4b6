use crate::lint::language::{Topic, Verdict, judge};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "passive-hides-actor",
    Class::Asked,
    include_str!("passive-hides-actor.md"),
    check,
);

/// The words at which the rule looks closer.
pub const WORDS: &[&str] = &["was", "were", "been", "being"];

/// What somebody or something did on purpose.
const DONE: &[&str] = &[
    "applied",
    "approved",
    "changed",
    "chosen",
    "decided",
    "deleted",
    "deployed",
    "disabled",
    "drained",
    "enabled",
    "merged",
    "moved",
    "paged",
    "pushed",
    "reduced",
    "removed",
    "released",
    "restarted",
    "restored",
    "reverted",
    "rolled",
    "scaled",
    "skipped",
    "started",
    "stopped",
    "switched",
    "taken",
    "turned",
    "updated",
    "upgraded",
    "switched",
    "edited",
    "muted",
    "silenced",
    "killed",
    "rebooted",
    "run",
    "escalated",
    "told",
    "notified",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    judge(subject, findings, Topic::Passive, |found| {
        let (sentence, at) = (found.sentence, found.at);
        let mut verb = at + 1;
        while sentence.word(verb).ends_with("ly")
            || matches!(sentence.word(verb), "then" | "also" | "not" | "first")
        {
            verb += 1;
        }
        let named = (verb + 1..sentence.tokens.len())
            .any(|at| matches!(sentence.word(at), "by" | "automatically" | "itself"));
        (DONE.contains(&sentence.word(verb)) && !named && !sentence.mentions(&["automatically"])).then(|| {
            let words = at..verb + 1;
            let message = format!("`{}` does not say by whom or by what", found.written(&words));
            Verdict::new(words, message, "name the role or the tool: `the on-call engineer restarted …`, `the autoscaler removed …`")
        })
    });
}
