//! The rules of language, measured on labelled sentences. What comes out is kept in `docs/language.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use postmortem::config::{Config, RuleLevel};
use postmortem::document::Document;
use postmortem::lint::Levels;
use postmortem::text::Source;

use crate::{generated, sandbox::project};

/// The rules that are measured, in the order of the catalogue.
const RULES: [&str; 19] = [
    "counterfactual",
    "blame",
    "person-as-cause",
    "human-error",
    "mechanistic",
    "normative",
    "hindsight",
    "dramatic",
    "overclaim",
    "vague-quantity",
    "impact-reads-like-a-symptom",
    "outage-word-for-degradation",
    "cause-repeats-symptom",
    "vague-action",
    "action-fixes-people",
    "action-without-verb",
    "unexplained-acronym",
    "long-sentence",
    "passive-hides-actor",
];

/// A sentence of the corpus.
struct Case {
    labels: Vec<String>,
    field: String,
    text: String,
    marks: Vec<Range<usize>>,
}

fn corpus(name: &str) -> Vec<Case> {
    let text = std::fs::read_to_string(project().join("tests/corpus").join(name)).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut parts = line.splitn(3, " | ");
            let mut next = || {
                parts
                    .next()
                    .unwrap_or_else(|| panic!("{name}: `{line}`"))
                    .trim()
            };
            let (labels, field, marked) = (next(), next(), next());
            let labels = match labels {
                "ok" => Vec::new(),
                names => names.split(", ").map(str::to_owned).collect(),
            };
            for label in &labels {
                assert!(
                    RULES.contains(&label.as_str()),
                    "{name}: `{label}` is measured by no row"
                );
            }
            let (text, marks) = unmarked(marked);
            assert_eq!(labels.is_empty(), marks.is_empty(), "{name}: `{line}`");
            Case {
                labels,
                field: field.to_owned(),
                text,
                marks,
            }
        })
        .collect()
}

fn unmarked(marked: &str) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once("[[") {
        let (inner, after) = after.split_once("]]").expect("a mark that ends");
        text.push_str(before);
        let start = text.len();
        text.push_str(inner);
        marks.push(start..text.len());
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

const HEAD: &str = "\
version: 1
id: 2026-03-01-orders-wait
title: Orders wait for hours
stage: in-review
people:
  jane: {name: Jane Doe, role: incident commander, team: Platform}
  sam: {name: Sam Ortiz, role: on-call engineer, team: Logistics}
  mei: {name: Mei Tan, role: pharmacist}
glossary: {PRT: the printing room}
";

/// A document with the sentence in its field, and where the sentence begins in it.
fn document(case: &Case) -> (String, usize) {
    let window = |effect: &str| {
        format!(
            "services: [{{service: checkout, effect: {effect}, from: 2026-03-01T10:00Z, until: 2026-03-01T10:40Z}}], "
        )
    };
    let (before, after) = match case.field.as_str() {
        "summary" => ("summary: ".to_owned(), ""),
        "background" => ("background: ".to_owned(), ""),
        "notes" => ("internal_notes: ".to_owned(), ""),
        "detection" => ("detection: {by: alert, how: ".to_owned(), "}"),
        "recovery" => ("recovery: {how: ".to_owned(), "}"),
        "impact" => ("impact: {summary: ".to_owned(), "}"),
        "api-impact" => ("impact: {summary: ".to_owned(), "}"),
        "degraded" => (format!("impact: {{{}summary: ", window("degraded")), "}"),
        "cause" => (
            "causes: [{id: C1, state: confirmed, what: ".to_owned(),
            "}]",
        ),
        "accepted" => (
            "causes: [{id: C1, what: A full disk filled the log., accepted: ".to_owned(),
            "}]",
        ),
        "event" | "passive" => ("timeline: [{at: 2026-03-01T10:00Z, what: ".to_owned(), "}]"),
        "action" => ("actions: [{id: A1, what: ".to_owned(), "}]"),
        "investigate" => (
            "actions: [{id: A1, kind: investigate, what: ".to_owned(),
            "}]",
        ),
        "outcome" => (
            "actions: [{id: A1, what: Refuse such files, outcome: ".to_owned(),
            "}]",
        ),
        "went_well" | "went_wrong" | "got_lucky" | "surprises" => {
            (format!("lessons: {{{}: [", case.field), "]}")
        }
        "title" => ("title: ".to_owned(), ""),
        other => panic!("no such field: `{other}`"),
    };
    let services = match case.field.as_str() {
        "api-impact" => "services: [payments API]\n",
        _ => "services: [checkout, search, dispatch]\n",
    };
    let head = match case.field.as_str() {
        "title" => HEAD.replace("title: Orders wait for hours\n", ""),
        _ => HEAD.to_owned(),
    };
    let before = format!("{head}{services}{before}");
    let start = before.len() + 1;
    (
        format!(
            "{before}{}{after}\n",
            serde_json::to_string(&case.text).unwrap()
        ),
        start,
    )
}

/// How often a rule was right, silent where it should speak, and wrong.
#[derive(Default, Clone, Copy)]
struct Count {
    right: usize,
    missed: usize,
    wrong: usize,
}

impl Count {
    fn precision(self) -> f64 {
        share(self.right, self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.right, self.missed)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.missed += other.missed;
        self.wrong += other.wrong;
    }
}

fn share(right: usize, not: usize) -> f64 {
    if right + not == 0 {
        return 1.0;
    }
    right as f64 / (right + not) as f64
}

#[derive(Default)]
struct Measured {
    by_rule: BTreeMap<&'static str, Count>,
    missed: Vec<String>,
    wrong: Vec<String>,
    sentences: usize,
    traps: usize,
}

impl Measured {
    fn total(&self) -> Count {
        let mut total = Count::default();
        self.by_rule.values().for_each(|count| total.add(*count));
        total
    }
}

fn measure(cases: &[Case]) -> Measured {
    let mut measured = Measured::default();
    for case in cases {
        measured.sentences += 1;
        measured.traps += usize::from(case.labels.is_empty());
        let (text, start) = document(case);
        let levels: &[(&str, RuleLevel)] = match case.field.as_str() {
            "passive" => &[("passive-hides-actor", RuleLevel::Info)],
            _ => &[],
        };
        let levels = Levels::new(levels.iter().copied()).unwrap();
        let reading = Document::read(Source::new("x.yaml", text.as_str()));
        assert!(reading.is_whole(), "{text}: {:?}", reading.findings);
        let found = postmortem::lint::lint(&reading, &Config::default(), &levels, None);
        let written =
            |byte: usize| start + serde_json::to_string(&case.text[..byte]).unwrap().len() - 2;
        let marks: Vec<Range<usize>> = case
            .marks
            .iter()
            .map(|mark| written(mark.start)..written(mark.end))
            .collect();
        for rule in RULES {
            let count = measured.by_rule.entry(rule).or_default();
            let places: Vec<&Range<usize>> = found
                .iter()
                .filter(|f| f.rule == rule)
                .map(|f| &f.place.span)
                .collect();
            let is_labelled = case.labels.iter().any(|label| label == rule);
            let hits = |place: &&&Range<usize>| {
                marks
                    .iter()
                    .any(|mark| mark.start < place.end && place.start < mark.end)
            };
            let right = places.iter().filter(hits).count();
            if is_labelled && right == 0 {
                count.missed += 1;
                measured
                    .missed
                    .push(format!("`{rule}` in {}: {}", case.field, case.text));
            }
            count.right += usize::from(is_labelled && right > 0);
            let wrong = if is_labelled {
                places.len() - right
            } else {
                places.len()
            };
            if wrong > 0 {
                count.wrong += wrong;
                measured
                    .wrong
                    .push(format!("`{rule}` in {}: {}", case.field, case.text));
            }
        }
    }
    measured
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn row(name: &str, count: Count) -> String {
    let Count {
        right,
        missed,
        wrong,
    } = count;
    let (precision, recall) = (percent(count.precision()), percent(count.recall()));
    format!("| {name} | {right} | {missed} | {wrong} | {precision} | {recall} |\n")
}

fn list(title: &str, lines: &[String]) -> String {
    let mut text = format!("### {title}\n\n");
    if lines.is_empty() {
        text.push_str("Nothing.\n");
    }
    for line in lines {
        let _ = writeln!(text, "- {line}");
    }
    text
}

fn page(tuned: &Measured, held_out: &Measured) -> String {
    let mut both = tuned.by_rule.clone();
    for (rule, count) in &held_out.by_rule {
        both.entry(rule).or_default().add(*count);
    }
    let mut total = tuned.total();
    total.add(held_out.total());
    let head = "| right | missed | wrong | precision | recall |\n| --- | ---: | ---: | ---: | ---: | ---: |\n";
    let mut page = format!(
        "{} sentences, {} of them traps about which every rule must be silent. No rule was tuned on {} of them,\n\
         which were held out.\n\n| sentences {head}",
        tuned.sentences + held_out.sentences,
        tuned.traps + held_out.traps,
        held_out.sentences,
    );
    page.push_str(&row("tuned on", tuned.total()));
    page.push_str(&row("held out", held_out.total()));
    page.push_str(&row("all", total));
    let _ = write!(page, "\n| rule {head}");
    for rule in RULES {
        page.push_str(&row(&format!("[`{rule}`](rules.md#{rule})"), both[rule]));
    }
    for (name, measured) in [("tuned on", tuned), ("held out", held_out)] {
        page.push('\n');
        page.push_str(&list(&format!("Missed, {name}"), &measured.missed));
        page.push('\n');
        page.push_str(&list(&format!("Wrongly found, {name}"), &measured.wrong));
    }
    page
}

#[test]
fn the_rules_of_language_are_as_good_as_the_page_says() {
    let tuned = measure(&corpus("language.txt"));
    let held_out = measure(&corpus("language-held-out.txt"));
    assert!(tuned.sentences + held_out.sentences >= 320);
    assert!(2 * (tuned.traps + held_out.traps) >= tuned.sentences + held_out.sentences);
    assert!(3 * held_out.sentences >= tuned.sentences + held_out.sentences);
    generated::section("docs/language.md", "measured", &page(&tuned, &held_out));
    let mut total = tuned.total();
    total.add(held_out.total());
    assert!(
        total.precision() >= 0.95,
        "precision {:.3}: {:#?}",
        total.precision(),
        tuned.wrong
    );
    assert!(
        total.recall() >= 0.8,
        "recall {:.3}: {:#?}",
        total.recall(),
        tuned.missed
    );
}
