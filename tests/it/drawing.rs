//! The drawing of an incident: nothing stands outside it or on something else, at any width.

use postmortem::config::Config;
use postmortem::model::Postmortem;
use postmortem::render::{Page, Readers};
use proptest::prelude::*;
use roxmltree::{Document, Node};

use crate::arbitrary;
use crate::browser;
use crate::render::example;
use crate::sandbox::{Sandbox, project};

const WIDTHS: [&str; 3] = ["wide", "middle", "narrow"];

/// What is drawn of a document at each width; nothing where there is nothing to draw.
fn drawings(document: &Postmortem) -> Vec<String> {
    let page = Page::of(document, &Config::default(), Readers::Internal);
    let view = serde_json::to_value(page).expect("it is written");
    let of = |width: &&str| view["drawing"][width].as_str().map(str::to_owned);
    WIDTHS.iter().filter_map(of).collect()
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    let text = node.attribute(name).unwrap_or("0");
    text.parse().expect("a number")
}

/// Everything in a drawing that stands outside it. How wide letters are is for a browser to say.
fn outside(svg: &str) -> Vec<String> {
    let drawing = Document::parse(svg).expect("XML");
    let root = drawing.root_element();
    let room = root.attribute("viewBox").expect("a room");
    let room: Vec<f64> = room
        .split(' ')
        .map(|part| part.parse().expect("a number"))
        .collect();
    let (width, height) = (room[2], room[3]);
    let mut found = Vec::new();
    for node in root.descendants() {
        let of = |name: &str| number(node, name);
        let (left, right, top, bottom) = match node.tag_name().name() {
            "rect" => (
                of("x"),
                of("x") + of("width"),
                of("y"),
                of("y") + of("height"),
            ),
            "circle" => {
                let r = of("r");
                (of("cx") - r, of("cx") + r, of("cy") - r, of("cy") + r)
            }
            "line" => (
                of("x1").min(of("x2")),
                of("x1").max(of("x2")),
                of("y1").min(of("y2")),
                of("y1").max(of("y2")),
            ),
            "text" => (of("x"), of("x"), of("y") - 11.0, of("y")),
            _ => continue,
        };
        // A disc at the very edge, and what fades out there, stick out by as much as the page leaves free.
        let fits = left >= -9.0 && right <= width + 3.0 && top >= -1.0 && bottom <= height + 1.0;
        if !fits || left > right || top > bottom {
            found.push(format!("{node:?}: {left} to {right}, {top} to {bottom}"));
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happened_is_drawn_inside(document in arbitrary::postmortem()) {
        for svg in drawings(&document) {
            let found = outside(&svg);
            prop_assert!(found.is_empty(), "{found:?}\n{svg}");
        }
    }
}

#[test]
fn what_stands_outside_is_found() {
    let svg = |part: &str| format!("<svg viewBox=\"0 0 300 100\">{part}</svg>");
    assert!(outside(&svg("<rect x=\"0\" y=\"0\" width=\"300\" height=\"100\"/>")).is_empty());
    for part in [
        "<rect x=\"0\" y=\"0\" width=\"310\" height=\"9\"/>",
        "<circle cx=\"-5\" cy=\"20\" r=\"9\"/>",
        "<text x=\"5\" y=\"140\">x</text>",
        "<line x1=\"0\" y1=\"0\" x2=\"400\" y2=\"9\"/>",
    ] {
        assert_eq!(outside(&svg(part)).len(), 1, "{part}");
    }
}

/// Twelve minutes; nine hours and two hundred events; thirteen days; days before and weeks after; one that goes on;
/// an outage told by its vendor.
const EXTREMES: [&str; 6] = [
    "2026-02-11-checkout-wrong-tax",
    "2025-11-28-orders-wait",
    "2025-09-03-search-misses-documents",
    "2026-03-17-invoices-twice",
    "2026-11-19-login-slow",
    "2024-12-26-datacenter-power",
];

#[test]
fn the_extremes_are_what_they_are_called() {
    let of = |name: &str| example(&format!("tests/documents/{name}.yaml"));
    let length = |name: &str| {
        let times = postmortem::model::Times::of(&of(name));
        times.to_resolve.seconds().expect("a length")
    };
    assert_eq!(length(EXTREMES[0]), 12 * 60);
    assert!(length(EXTREMES[1]) > 8 * 3_600 && of(EXTREMES[1]).timeline.len() > 190);
    assert!(length(EXTREMES[2]) > 12 * 86_400);
    let far = drawings(&of(EXTREMES[3]));
    for svg in far {
        assert!(
            svg.contains("14 d before") && svg.contains("28 d later"),
            "{svg}"
        );
    }
}

#[test]
fn no_label_stands_on_another_at_any_width() {
    let sandbox = Sandbox::new();
    let mut pages = Vec::new();
    let examples = std::fs::read_dir(project().join("examples")).expect("a folder");
    let examples = examples.map(|entry| entry.expect("an entry").path());
    let examples = examples.filter(|path| path.extension().is_some_and(|end| end == "yaml"));
    let extremes = EXTREMES.map(|name| project().join(format!("tests/documents/{name}.yaml")));
    for path in examples.chain(extremes) {
        let name = path.file_stem().expect("a name").display().to_string();
        let page = format!("{name}.html");
        let file = path.display().to_string();
        let _ = sandbox.run(["render", &file, "-o", &page]).succeeds();
        pages.push(sandbox.path(page));
    }
    assert_eq!(pages.len(), 10);
    let problems = browser::told_by("drawings.mjs", &sandbox, &pages, None);
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn a_drawing_with_labels_on_one_another_is_found_out() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "bad.html",
        "<!doctype html><meta charset=utf-8><svg class=\"drawing wide\" viewBox=\"0 0 300 100\" width=300><text x=0 y=40>one</text><text x=8 y=44>two</text><text x=280 y=90>outside</text></svg>",
    );
    let problems = browser::told_by("drawings.mjs", &sandbox, &[sandbox.path("bad.html")], None);
    for expected in [
        "bad, 1280: \"one\" and \"two\" stand on one another",
        "bad, 320: \"outside\" stands outside",
    ] {
        assert!(
            problems.iter().any(|problem| problem == expected),
            "{expected}\n{problems:?}"
        );
    }
}
