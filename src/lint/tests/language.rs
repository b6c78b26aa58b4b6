//! The rules of language: the organisation's own words, their places, and texts that mean harm.

use super::*;

fn marked_with(config: &str, rule: &str, part: &str) -> Vec<String> {
    let config = Config::parse(config).expect("a configuration");
    let text = Example(part).document();
    let found = lint_with(&text, &config);
    let of_rule = found.into_iter().filter(|finding| finding.rule == rule);
    of_rule
        .map(|finding| text[finding.place.span].to_owned())
        .collect()
}

#[test]
fn words_are_added_and_silenced() {
    let part = "summary: |\n  Sam goofed and Jane missed the alert in the War Room, not in the `war room`.\npeople: {jane: {name: Jane}, sam: {name: Sam}}\n";
    let none = [""; 0];
    assert_eq!(marked_with("", "blame", part), ["missed"]);
    let silenced = "[lint.words]\nblame.silence = [\"Missed\"]\n";
    assert_eq!(marked_with(silenced, "blame", part), none);
    let added = "[lint.words]\nblame.add = [\"goofed\"]\ndramatic.add = [\"war  room\"]\nvague-action.add = [\"ponder\"]\n";
    assert_eq!(marked_with(added, "blame", part), ["goofed", "missed"]);
    assert_eq!(marked_with(added, "dramatic", part), ["War Room"]);
    let action = "actions: [{id: A1, what: Ponder a second site}]\n";
    assert_eq!(marked_with(added, "vague-action", action), ["Ponder"]);
    let known = "[lint]\nacronyms = [\"wms\"]\n";
    assert_eq!(
        marked_with("", "unexplained-acronym", "summary: The WMS.\n"),
        ["WMS"]
    );
    assert_eq!(
        marked_with(known, "unexplained-acronym", "summary: The WMS.\n"),
        none
    );
}

#[test]
fn adverbs_of_several_words_stand_between_a_verb_and_its_have() {
    let part = "summary: The disks should semi-automatically have been checked.\n";
    assert_eq!(
        marked_with("", "counterfactual", part),
        ["should semi-automatically have"]
    );
}

#[test]
fn only_rules_that_take_words_may_be_given_some() {
    let config = |text: &str| Config::parse(text).expect("a configuration");
    assert_eq!(
        unknown_words(&config("[lint.words]\nblame.add = []\n")),
        None
    );
    let mistyped = config("[lint.words]\nblamme.add = []\n");
    assert_eq!(unknown_words(&mistyped), Some("blamme"));
}

#[test]
fn the_very_words_are_marked_in_block_text() {
    let part = "background: |\n  The on-call engineer `should have` slept.\n\n  The on-call engineer should\n  have slept. é — We failed to\n  ask.\n";
    let text = Example(part).document();
    for text in [
        text.clone(),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
    ] {
        let found = lint_with(&text, &Config::default());
        let found = found
            .iter()
            .filter(|finding| finding.rule == "counterfactual");
        let marked: Vec<String> = found
            .map(|finding| text[finding.place.span.clone()].replace("\r\n", "\n"))
            .collect();
        assert_eq!(marked, ["should\n  have", "failed to"]);
    }
}

#[test]
fn names_of_the_configuration_are_people() {
    let part = "summary: Wolke broke the export. The cloud broke it again.\n";
    assert_eq!(marked_with("", "blame", part), [""; 0]);
    let config = "[people.wolke]\nname = \"Wolke Stern\"\n";
    assert_eq!(marked_with(config, "blame", part), ["broke"]);
}

#[test]
fn drafts_are_not_told_how_to_write() {
    for rule in catalogue::RULES {
        if matches!(rule.class, Class::Wording | Class::Asked) {
            assert_eq!(
                rule.class.level(crate::model::Stage::Draft),
                None,
                "{}",
                rule.name
            );
        }
    }
}

#[test]
fn a_text_full_of_findings_has_a_bounded_number() {
    let one =
        "We should have slept, and Sam, who was an engineer at fault of the team, broke it!! ABX ";
    let text = format!("summary: \"{}\"\n", one.repeat(2_000));
    let found = found(&text);
    assert!(found.len() < 200, "{}", found.len());
    let odd = "\"' `should have` \u{2019}\u{201c} [a](b :// “we failed to ‘";
    let text = format!(
        "summary: {}\n",
        serde_json::to_string(&odd.repeat(500)).expect("a text")
    );
    super::found(&text);
}
