use crate::lint::language::{Field, Kind, Sentence};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "action-without-verb",
    Class::Wording,
    include_str!("action-without-verb.md"),
    check,
);

/// First words of what is named and not done. Where one of them may be a verb (`monitor`, `test`) it is not here.
const NAMES: &[&str] = &[
    "a",
    "an",
    "the",
    "better",
    "more",
    "new",
    "improved",
    "additional",
    "proper",
    "automatic",
    "automated",
    "no",
    "monitoring",
    "alerts",
    "alert",
    "alerting",
    "alarms",
    "alarm",
    "dashboard",
    "dashboards",
    "documentation",
    "runbook",
    "runbooks",
    "tests",
    "training",
    "postmortem",
    "retries",
    "rate",
    "circuit",
    "staging",
    "logging",
    "metrics",
    "validation",
    "redundancy",
    "backups",
    "failover",
    "chaos",
    "canary",
    "canaries",
    "capacity",
    "code",
    "stricter",
    "clearer",
    "faster",
    "earlier",
    "second",
    "secondary",
    "integration",
    "end-to-end",
    "load",
    "checklist",
    "playbook",
    "tooling",
    "automation",
    "deployment",
    "database",
    "config",
    "configuration",
    "regular",
    "weekly",
    "monthly",
    "quarterly",
    "mandatory",
    "some",
    "all",
    "health",
    "feature",
    "timeouts",
    "quotas",
    "limits",
    "access",
    "incident",
    "on-call",
    "communication",
    "process",
    "root",
    "memory",
    "disk",
    "unit",
    "regression",
    "smaller",
    "larger",
    "extra",
];

/// Words that make a sentence of it: what will be true when it is done.
const VERBS: &[&str] = &[
    "is",
    "are",
    "was",
    "be",
    "has",
    "have",
    "must",
    "will",
    "shall",
    "should",
    "can",
    "cannot",
    "may",
    "needs",
    "need",
    "gets",
    "get",
    "does",
    "do",
    "no",
    "fails",
    "pages",
    "runs",
    "refuses",
    "rejects",
    "stops",
    "shows",
    "warns",
    "holds",
    "keeps",
    "asks",
    "takes",
    "goes",
    "stays",
    "covers",
    "uses",
    "knows",
    "sends",
    "starts",
    "ends",
    "waits",
    "reads",
    "writes",
    "fires",
    "reaches",
    "names",
    "lists",
    "blocks",
    "drops",
    "returns",
    "survives",
    "requires",
    "expires",
    "carries",
    "tells",
    "answers",
    "opens",
    "closes",
    "passes",
    "counts",
    "includes",
    "contains",
    "exists",
    "live",
    "lives",
    "stand",
    "stands",
    "belongs",
    "refuse",
    "become",
    "becomes",
    "restart",
    "restarts",
    "page",
    "fail",
    "run",
    "expire",
    "stop",
    "hold",
    "keep",
    "survive",
    "match",
    "matches",
    "compares",
    "validates",
    "fire",
    "go",
    "stay",
    "cover",
    "use",
    "show",
    "warn",
    "reach",
    "send",
    "start",
    "end",
    "wait",
    "read",
    "open",
    "close",
    "block",
    "carry",
    "list",
    "name",
    "reject",
    "pass",
    "count",
    "drop",
    "answer",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for passage in subject.language().of(Field::Action) {
        let first = passage
            .text
            .trim_start()
            .split(|c: char| !c.is_alphabetic() && c != '-')
            .next()
            .unwrap_or("");
        if !NAMES.iter().any(|name| name.eq_ignore_ascii_case(first)) && passage.text.contains(' ')
        {
            continue;
        }
        let Some(sentence) = passage.sentences().first() else {
            continue;
        };
        if names_only(sentence) {
            let place = subject.place(&passage.path());
            findings.add(
                findings
                    .at(
                        place,
                        "the action names a thing, and not what is to be done",
                    )
                    .help("begin with a verb: `Page when the queue is older than ten minutes`"),
            );
        }
    }
}

fn names_only(sentence: &Sentence) -> bool {
    if sentence
        .tokens
        .first()
        .is_none_or(|first| first.kind != Kind::Word)
    {
        return false;
    }
    if sentence.length() == 1 {
        return NAMES.contains(&sentence.word(0))
            || sentence.word(0).ends_with("ing")
            || sentence.word(0).ends_with("tion");
    }
    let behind = sentence.tokens.get(1..).unwrap_or_default();
    // Behind `that` and `which` a verb says more about the thing.
    let own = behind.iter().take_while(|token| {
        !matches!(
            token.word.as_str(),
            "that" | "which" | "when" | "who" | "if" | "where"
        )
    });
    let says_what_will_be = own
        .into_iter()
        .any(|token| VERBS.contains(&token.word.as_str()));
    let may_be_a_verb = matches!(
        sentence.word(0),
        "alert" | "rate" | "load" | "limits" | "root" | "access" | "process"
    );
    let has_object = matches!(
        sentence.word(1),
        "on" | "when" | "if" | "the" | "each" | "every" | "us" | "a"
    );
    NAMES.contains(&sentence.word(0)) && !says_what_will_be && !(may_be_a_verb && has_object)
}
