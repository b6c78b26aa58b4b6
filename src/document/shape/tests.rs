use super::*;
use crate::model::Postmortem;
use crate::yaml::{read, recover};

/// A document with every field once, for the property below.
const WHOLE: &str = include_str!("../../../tests/documents/every-field.yaml");

const VALUES: &[&str] = &[
    "",
    "~",
    "true",
    "1",
    "-1",
    "1.10",
    "0x1F",
    "1e999",
    ".inf",
    "text",
    "\"1\"",
    "unknown",
    "none",
    "started",
    "2024-12-11",
    "2024-12",
    "2024-12-11T15:16-08:00",
    "2024-02-30",
    "15:16",
    "99.9%",
    "120%",
    "30d",
    "1h30m",
    "UTC",
    "C1",
    "a b",
    "2024-12-11-x",
    "[]",
    "{}",
    "[started, note]",
    "[1, 2]",
    "[1, 2, 3]",
    "[x]",
    "{what: x}",
    "{state: lost}",
    "{internal: true}",
    "{what: x, internal: yes}",
    "[{what: x}]",
    "{id: X, what: y}",
    "[~]",
    "[x, y]",
    "[[x, y]]",
    "[[X, y, z]]",
];

fn spans(node: &Node, spans: &mut Vec<Span>) {
    match &node.content {
        Content::Scalar(_) => spans.push(node.span.clone()),
        Content::List(items) => {
            spans.push(node.span.clone());
            items.iter().for_each(|item| self::spans(item, spans));
        }
        Content::Map { entries, .. } => {
            spans.push(node.span.clone());
            for entry in entries {
                spans.push(entry.key_span.clone());
                self::spans(&entry.value, spans);
            }
        }
    }
}

#[test]
fn reading_fails_exactly_when_the_check_finds_something() {
    let tree = recover(WHOLE).tree.expect("a tree");
    let mut places = Vec::new();
    spans(&tree.root, &mut places);
    let mut failed = 0;
    let mut fine = 0;
    for (at, place) in places.into_iter().enumerate() {
        // An eighth of all pairs meets each value at each kind of field.
        for value in VALUES.iter().skip(at % 8).step_by(8) {
            let text = format!("{}{value}{}", &WHOLE[..place.start], &WHOLE[place.end..]);
            let recovered = recover(&text);
            let Some(mut tree) = recovered.tree.filter(|_| recovered.findings.is_empty()) else {
                continue;
            };
            let read_fails = read::<Postmortem>(&tree).is_err();
            let shape = check(&tree, "");
            assert_eq!(
                read_fails,
                !shape.findings.is_empty(),
                "{value:?} at {place:?}: {:?}",
                shape.findings
            );
            if let Some(sound) = shape.sound.filter(|_| read_fails) {
                tree.root = sound;
                tree.add_where_absent("version", "1");
                tree.add_where_absent("id", "2024-12-11-x");
                tree.add_where_absent("title", "T");
                let rest = read::<Postmortem>(&tree);
                assert!(rest.is_ok(), "{value:?} at {place:?}: {rest:?}");
            }
            failed += usize::from(read_fails);
            fine += usize::from(!read_fails);
        }
    }
    assert!(
        failed > 300 && fine > 150,
        "{failed} failed and {fine} were fine"
    );
}
