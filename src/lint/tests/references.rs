//! Ids and what refers to them, on documents.

use super::{Config, Example, found, lint_with, marked, silent};

#[test]
fn an_id_names_one_thing() {
    let part = "causes: [{id: C1, what: a}, {id: C1, what: b}, {id: X, what: c}]\nactions: [{id: A1, what: a}, {id: X, what: b}, {id: A1, what: c}, {id: A1, what: d}]\nlinks: [{id: S1, url: \"https://a.example\"}, {id: S1, url: \"https://b.example\"}]\n";
    let text = Example(part).document();
    let found = lint_with(&text, &Config::default());
    let found: Vec<_> = found
        .iter()
        .filter(|finding| finding.rule == "repeated-id")
        .collect();
    let second = [
        "C1, what: b",
        "A1, what: c",
        "A1, what: d",
        "S1, url: \"https://b",
    ];
    let first = [
        "C1, what: a",
        "A1, what: a",
        "A1, what: a",
        "S1, url: \"https://a",
    ];
    assert_eq!(found.len(), 4);
    for (at, finding) in found.iter().enumerate() {
        assert!(text[finding.place.span.start..].starts_with(second[at]));
        assert!(text[finding.labels[0].span.start..].starts_with(first[at]));
        assert_eq!(finding.labels[0].text, "first here");
    }
    assert_eq!(found[0].message, "two of the `causes` have the id `C1`");
}

#[test]
fn a_source_leads_somewhere() {
    let part = "sources: [S1, see wiki, http//x, \"https://\", \"https://a.example/1\"]\ntimeline:\n  - {at: 2024-12-11, what: a, source: the log}\n  - {at: 2024-12-11, what: b, source: \"https://a.example\"}\nlinks:\n  - {id: S1, url: \"https://a.example\"}\n  - {id: S2, url: \"mailto:jane@a.example\"}\n  - {id: S3, url: www.a.example}\n  - {id: S4, url: \"ftp://a.example\"}\n";
    assert_eq!(
        marked("unresolved-reference", part),
        [
            "see wiki",
            "http//x",
            "\"https://\"",
            "the log",
            "www.a.example",
            "\"ftp://a.example\""
        ]
    );
    silent(
        "unresolved-reference",
        "causes: [{id: C1, what: a, evidence: [the log says so]}]\n",
    );
}

#[test]
fn guesses_are_made_for_a_few_findings_only() {
    let mut part = String::from("links:\n");
    for index in 0..400 {
        part.push_str(&format!(
            "  - {{id: link{index}, url: \"https://a.example\"}}\n"
        ));
    }
    part.push_str("sources:\n");
    for index in 0..40 {
        part.push_str(&format!("  - linc{index}\n"));
    }
    let found = found(&part);
    let helps: Vec<&str> = found
        .iter()
        .filter(|finding| finding.rule == "unresolved-reference")
        .map(|finding| finding.help[0].as_str())
        .collect();
    assert_eq!(helps.len(), 40);
    let guesses = |helps: &[&str]| {
        let guess = |help: &&&str| help.starts_with("did you mean");
        helps.iter().filter(guess).count()
    };
    assert_eq!((guesses(&helps[..20]), guesses(&helps[20..])), (20, 0));
    assert_eq!(helps[7], "did you mean `link7`?");
    let far = part.replace("- linc0\n", "- linc399\n");
    let found = super::found(&far);
    let help = &found
        .iter()
        .find(|finding| finding.message.starts_with("`linc399`"))
        .expect("found")
        .help[0];
    assert!(!help.contains("`link399`"), "{help}");
}

#[test]
fn a_range_begins_at_its_low_end() {
    let part = "impact:\n  figures:\n    - {what: a, value: [5, 2]}\n    - {what: b, value: [2, 5]}\n    - {what: c, value: [-2, -5.5]}\n    - {what: d, value: [3, 3.0]}\n";
    let found = found(part);
    let found: Vec<_> = found
        .iter()
        .filter(|finding| finding.rule == "range-upside-down")
        .map(|finding| (finding.message.as_str(), finding.help[0].as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (
                "a range from 5 down to 2",
                "the low end stands first: `[2, 5]`"
            ),
            (
                "a range from -2 down to -5.5",
                "the low end stands first: `[-5.5, -2]`"
            )
        ]
    );
}

#[test]
fn empty_answers_are_found_in_every_list() {
    let part = "summary: N/A\nservices: [\"\", api]\nlessons: {went_well: [\"\", n/a., \"[what went well?]\"]}\ncauses: [{id: C1, what: \"\"}]\ntimeline:\n  - {at: 2024-12-11, what: \"\"}\nactions: [{id: A1, what: \"[describe it]\"}]\n";
    assert_eq!(
        marked("placeholder-text", part),
        [
            "N/A",
            "\"\"",
            "\"\"",
            "n/a.",
            "[what went well?]",
            "\"\"",
            "\"\"",
            "[describe it]"
        ]
    );
}
