use std::fs;
use std::path::{Path, PathBuf};

use super::read;
use crate::yaml::parse::parse_any;

/// How the two readings of a text differ; nothing where they do not.
fn difference(text: &str) -> Option<String> {
    let Some(here) = read(text) else {
        return Some(format!("it is left to the parser:\n{text}"));
    };
    match parse_any(text) {
        Err(_) => Some(format!("the parser refuses it:\n{text}")),
        Ok(parser) if parser == here => None,
        Ok(parser) => {
            let (parser, here) = (format!("{parser:?}"), format!("{here:?}"));
            let same = parser
                .bytes()
                .zip(here.bytes())
                .take_while(|(a, b)| a == b)
                .count();
            let part = |told: &str| {
                told.chars()
                    .skip(same.saturating_sub(120))
                    .take(240)
                    .collect::<String>()
            };
            Some(format!(
                "{text}\nparser: {}\nhere:   {}\n",
                part(&parser),
                part(&here)
            ))
        }
    }
}

#[test]
fn what_people_usually_write_is_read_as_the_parser_reads_it() {
    let texts = [
        "a: b\nc: d\na: e\n",
        "a: {b: c, b: d}\n",
        "a:\n  b: c\n  b:\n    - d\n",
        "a: b\n",
        "# one\na: b # two\n\n  # three\nc: d\n# four\n",
        "a:\nb:   \nc: # none\nd: ~\n",
        "a b: c d  \n'q': \"w\"\n\"x y\" : ''\n",
        "a: \"\"\nb: ''\nc: 'it''s'\nd: \"say \\\"so\\\"\\n\"\n",
        "a: one\n  two\n\n  three # end\nb: x\n",
        "a: one\n   two\n\n\n  three\n\nb: x\n",
        "a:\n  one\n  two\nb: x\n",
        "a:\n  - b\n  - c\nd:\n- e\n- f: g\n  h: i\n- - x\nj: k\n",
        "a:\n- - x\n  - y\n- {z: w}\nb:\n# c\n-   e: f\n",
        "a:\n  - # none\n    b: c\n  -   d: e\n      f: g\n  - - h\n    - i\n  - - - j\n",
        "a:\n  - b: c\n    d:\n    - e\n    f:\n      - g\n  - \"h\": i\n  - 'j'\n  - k\n    l\n",
        "a: {}\nb: []\nc: {d: e, f: [g, h], \"i\": 'j', k: {l: m}}\nn: [ o , p, ]\n",
        "a: {at: 2024-12-11T15:16-08:00, what: see https://example.com/x#y, n: -1}\n",
        "a: {b: c, # one\n  # two\n  d: e\n  ,\n  f: [g,\n   h] }\ni: j\n",
        "a: |\n  one\n   two\n\n  three\n\nb: |-\n  x\n\nc: |+\n  y\n\n\nd: e\n",
        "a: >\n  one\n  two\n\n\n  three\nb: >-\n  x\n  y\n\nc: >+ # c\n  y\n\n",
        "a: |\n\n\n  one\n# no text\nb: c\n",
        "a: |\n  one\n\n  # text\n\n# comment\n",
        "a:\n  - |\n    one\n  - >\n    two\n    three\n  - b: |\n      four\n    c: d\n",
        "a: |\n     deep\n     text\nb:\n      c: d\n",
        "ä: ö\nb: „ü“ – ß\nc: |\n  ñ\n  日本\n",
        "a: x:y\nb: x#y\nc: a - b, [c] {d}\nd: -x\ne: (f)\n",
        "a:\n  b:\n    c:\n      - d:\n          e: f\n  g: h\n",
        "a:\n  -\n    b: c\n  -  \n   # d\n    - e\nf:\n- g\n- # h\n  # i\n  j\n",
        "a: b\n\n\n",
    ];
    let differences: Vec<String> = texts.into_iter().filter_map(difference).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn what_is_rare_or_wrong_is_left_to_the_parser() {
    for text in [
        "",
        "\n",
        "# none\n",
        "a\n",
        "- a\n",
        "[a]\n",
        " a: b\n",
        "--- \na: b\n",
        "a: b\n...\n",
        "%YAML 1.2\n---\na: b\n",
        "\u{feff}a: b\n",
        "a: b\r\n",
        "a:\tb\n",
        "a: b\u{85}c\n",
        "a: b\u{2028}c\n",
        "a: \u{1}\n",
        "a: &x b\n",
        "a: *x\n",
        "a: !x b\n",
        "? a\n: b\n",
        "a: b: c\n",
        "a: \"b\" c\n",
        "a: \"b\"#c\n",
        "a: b\n  c: d\n",
        "a: [b\n",
        "a: [b c: d]\n",
        "a: [b: c]\n",
        "a: {b}\n",
        "a: {b, c: d}\n",
        "a: {b: }\n",
        "a: {b: c} d\n",
        "a: {\nb: c\n}\n",
        "a: \"b\n  c\"\n",
        "a: \"\\x41\"\n",
        "a: |2\n   b\n",
        "a: |\nb: c\n",
        "a: |\n  b\n c\n",
        "a: |\n  b\n     \n  c\n",
        "a: >\n  b\n   c\n",
        "a: @b\n",
        "a: `b`\n",
        "a: %b\n",
        "a: - b\n",
        "a:\n  - b\n  c: d\n",
        "a:\n  b: c\n d: e\n",
        "a: one\n  # not text\n  two\n",
        "key\n",
        "a:\n  -\n  - b\n",
        "a:\n-\n  b: c\n",
        "a:\n- # b\n  c\n",
    ] {
        assert!(read(text).is_none(), "read:\n{text}");
    }
}

#[test]
fn every_document_of_the_project_is_read_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["examples", "benches", "tests/documents"] {
        collect(&root.join(folder), &mut files);
    }
    let mut left = 0;
    for file in &files {
        let text = fs::read_to_string(file).expect("a text");
        if read(&text).is_none() {
            left += 1;
        } else if let Some(difference) = difference(&text) {
            panic!("{}: {difference}", file.display());
        }
    }
    assert!(left * 10 < files.len(), "{left} of {} left", files.len());
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            files.push(path);
        }
    }
}

/// What documents are made of, and what makes them hard to read.
const PIECES: [&str; 44] = [
    "a: ",
    "b: ",
    "c:",
    "key: ",
    "- ",
    "- ",
    "-",
    "\n",
    "\n",
    "\n",
    "\n  ",
    "\n  ",
    "\n    ",
    "\n ",
    "\n\n",
    " ",
    "  ",
    "x",
    "word",
    "two words",
    "1.5",
    "~",
    ": ",
    ":",
    ", ",
    ",",
    "{",
    "}",
    "[",
    "]",
    "{d: e}",
    "[f, g]",
    "\"",
    "'",
    "\"q\"",
    "'s'",
    " # c",
    "#",
    "|",
    "|-",
    ">",
    ">+",
    "\\",
    "é",
];

/// A small text of some of the pieces.
fn text_of(mut number: u64) -> String {
    let mut text = String::from("a: ");
    for _ in 0..4 + number % 14 {
        // Numbers from Knuth, The Art of Computer Programming, volume 2, 3.3.4.
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let at = (number >> 33) as usize % PIECES.len();
        text.push_str(PIECES[at]);
    }
    text.push('\n');
    text
}

#[test]
fn texts_by_chance_are_read_alike() {
    const COUNT: u64 = 30_000;
    let mut done = 0;
    for number in 0..COUNT {
        let text = text_of(number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        if read(&text).is_some() {
            done += 1;
            if let Some(difference) = difference(&text) {
                panic!("{difference}");
            }
        }
    }
    assert!(done > COUNT / 20, "only {done} were usual");
}
