use crate::lint::language::{Field, Found, Glimpse, People, Topic, Verdict, judge_likely};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "impact-reads-like-a-symptom",
    Class::Advice,
    include_str!("impact-reads-like-a-symptom.md"),
    check,
);

/// The words at which the rule looks closer.
pub const WORDS: &[&str] = &[
    "error",
    "errors",
    "exception",
    "exceptions",
    "500",
    "500s",
    "502",
    "502s",
    "503",
    "503s",
    "504",
    "504s",
    "5xx",
    "latency",
    "timeouts",
    "timeout",
    "oom",
    "crashes",
    "crashloop",
    "stacktraces",
    "alerts",
    "cpu",
    "memory",
    "replication",
];

/// Words that say what somebody met or could not do.
const MET: &[&str] = &[
    "people",
    "nobody",
    "everybody",
    "everyone",
    "someone",
    "could",
    "couldn't",
    "cannot",
    "can't",
    "unable",
    "staff",
    "company",
    "companies",
    "public",
    "saw",
    "waited",
    "drivers",
    "nurses",
    "doctors",
    "agents",
    "teams",
    "engineers",
    "developers",
    "stores",
    "warehouses",
    "employees",
    "orders",
    "payments",
    "refunds",
    "deliveries",
    "partners",
    "programs",
    "who",
    "we",
    "you",
    "they",
    "applications",
    "integrations",
];

/// Services whose product is answers to programs: for them errors are the impact.
const FOR_PROGRAMS: &[&str] = &[
    "api",
    "gateway",
    "queue",
    "cdn",
    "proxy",
    "dns",
    "webhook",
    "webhooks",
    "sdk",
    "broker",
    "registry",
    "storage",
    "database",
    "edge",
    "load-balancer",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let windows = postmortem.impact.iter().flat_map(|impact| &impact.services);
    let mut services = postmortem
        .services
        .iter()
        .chain(windows.map(|window| &window.service));
    let serves_programs = services.any(|service| {
        service.split(|c: char| !c.is_alphanumeric()).any(|word| {
            FOR_PROGRAMS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(word))
        })
    });
    if serves_programs {
        return;
    }
    let is_likely = |glimpse: &Glimpse<'_>| glimpse.field == Field::Impact;
    judge_likely(subject, findings, Topic::Symptom, is_likely, |found| {
        let is_impact = found.passage.field == Field::Impact;
        (is_impact && is_first(found) && !tells_of_people(found)).then(|| {
            let words = found.at..found.at + 1;
            let message = format!("`{}` is what machines saw; what could people not do?", found.written(&words));
            Verdict::new(
                words,
                message,
                "say who could not do what, and how many: `one in five customers could not pay`; the symptom belongs to `detection`",
            )
        })
    });
}

/// Whether any sentence of the impact says what people met.
fn tells_of_people(found: &Found<'_>) -> bool {
    found
        .passage
        .sentences()
        .iter()
        .any(|sentence| People::are_users_in(sentence) || sentence.mentions(MET))
}

/// One word stands for all of them.
fn is_first(found: &Found<'_>) -> bool {
    let here = found
        .sentence
        .tokens
        .get(found.at)
        .map_or(0, |token| token.span.start);
    let tokens = found
        .passage
        .sentences()
        .iter()
        .flat_map(|sentence| &sentence.tokens);
    let mut earlier = tokens.take_while(|token| token.span.start < here);
    !earlier.any(|token| WORDS.contains(&token.word.as_str()))
}
