//! Hostile texts in every field of a document: in each page of each template, in a browser and in the Markdown of
//! GitHub and GitLab, they are words.

use std::collections::BTreeSet;
use std::path::PathBuf;

use comrak::nodes::{AstNode, NodeValue};
use postmortem::config::Config;
use postmortem::document::Document;
use postmortem::model::{Day, Postmortem};
use postmortem::redact;
use postmortem::render::{BUILT_IN, Embedded, Format, Page, Readers, Renderer};
use postmortem::text::Source;
use serde_json::Value;

use crate::browser;
use crate::sandbox::{Sandbox, project};

/// A text that wants to be more than a text.
#[derive(serde::Deserialize)]
struct Attack {
    tries: String,
    text: String,
}

/// Every attack, with a name for the file of its page.
fn attacks() -> Vec<(String, Attack)> {
    let folder = project().join("tests/attacks");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let mut attacks = Vec::new();
    for file in files {
        let kind = file.file_stem().expect("a name").display().to_string();
        let text = std::fs::read_to_string(&file).expect("attacks");
        for (index, line) in text.lines().enumerate() {
            let attack: Attack = serde_json::from_str(line).expect("an attack");
            assert!(!attack.tries.is_empty());
            attacks.push((format!("{kind}-{}", index + 1), attack));
        }
    }
    assert!(attacks.len() > 100, "{}", attacks.len());
    attacks
}

/// A document with every field, and where in it any words may stand.
struct Target {
    document: Value,
    fields: Vec<Vec<Step>>,
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Key(String),
    Index(usize),
}

fn at<'a>(value: &'a mut Value, path: &[Step]) -> &'a mut Value {
    path.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key],
        Step::Index(index) => &mut value[*index],
    })
}

fn texts(value: &Value, path: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    match value {
        Value::String(_) => found.push(path.clone()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Index(index));
                texts(item, path, found);
                path.pop();
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                path.push(Step::Key(key.clone()));
                texts(field, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn read(document: &Value) -> Option<Postmortem> {
    // JSON is YAML where every control character is escaped.
    let mut text = document.to_string();
    for c in '\u{7f}'..='\u{9f}' {
        text = text.replace(c, &format!("\\u{:04x}", u32::from(c)));
    }
    let reading = Document::read(Source::new("x.yaml", text));
    let is_whole = reading.findings.is_empty();
    let document = reading.document.filter(|_| is_whole)?;
    Some(document.postmortem().clone())
}

impl Target {
    /// Tries each text of the document whether other words may stand in its place.
    fn new() -> Self {
        let file = project().join("tests/documents/every-field.yaml");
        let text = std::fs::read_to_string(file).expect("a document");
        let document: Value = serde_yaml::from_str(&text).expect("it reads");
        assert!(read(&document).is_some());
        let mut fields = Vec::new();
        texts(&document, &mut Vec::new(), &mut fields);
        fields.retain(|path| {
            let mut other = document.clone();
            *at(&mut other, path) = "any <b> words |".into();
            read(&other).is_some()
        });
        assert!(fields.len() > 55, "{fields:?}");
        Self { document, fields }
    }

    /// The document with a text in each of these places, and as the words and the names that it explains itself.
    fn with(&self, text: &str) -> Postmortem {
        let mut document = self.document.clone();
        for path in &self.fields {
            *at(&mut document, path) = text.into();
        }
        for map in ["glossary", "custom"] {
            document[map] = serde_json::json!({ text: text });
        }
        read(&document).unwrap_or_else(|| panic!("{text:?} cannot stand in a document"))
    }
}

/// What a template gets of a document, with a file beside it that holds the text too.
fn view(document: &Postmortem, readers: Readers, text: &str) -> Page {
    let config = Config::default();
    let document = match readers {
        Readers::Internal => document.clone(),
        Readers::Public => redact::public(document, &config),
    };
    let mut page = Page::of(&document, &config, readers);
    page.set_as_of(&document, "2030-01-01".parse::<Day>().expect("a day"));
    if let Ok(file) = Embedded::of(text.as_bytes()) {
        page.embed(0, file);
    }
    page
}

#[test]
fn nothing_that_a_text_tries_happens_in_a_browser() {
    let target = Target::new();
    let sandbox = Sandbox::new();
    let mut renderers = Vec::new();
    for template in &BUILT_IN {
        if template.formats().contains(&Format::Html) {
            let renderer = Renderer::of(template, Format::Html).expect("it compiles");
            renderers.push((template.name, template.readers, renderer));
        }
    }
    let whole = Renderer::of(&BUILT_IN[0], Format::Html).expect("it compiles");
    renderers.push(("full-public", Readers::Public, whole));
    let mut pages = Vec::new();
    // These put the sections of `full` in another order; each attack meets one of them.
    let alike = ["google", "pagerduty", "atlassian"];
    for (index, (name, attack)) in attacks().into_iter().enumerate() {
        let document = target.with(&attack.text);
        for (template, readers, renderer) in &renderers {
            if alike.contains(template) && *template != alike[index % alike.len()] {
                continue;
            }
            let view = view(&document, *readers, &attack.text);
            let page = renderer.render(&view).expect("it renders");
            let file = format!("{name}-{template}.html");
            sandbox.write(&file, page);
            pages.push(sandbox.path(file));
        }
    }
    let problems = browser::told_by("attacks.mjs", &sandbox, &pages, None);
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn a_page_in_which_an_attack_works_is_found_out() {
    let sandbox = Sandbox::new();
    let head =
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>T</title></head><body>";
    sandbox.write(
        "bad.html",
        format!("{head}<h1 id=a>T</h1><p id=a onclick=pwn()>x<script>pwn()</script><img src=x onerror=pwn()><a href=javascript:pwn()>x</a><script>alert(1)</script>"),
    );
    sandbox.write(
        "sealed.html",
        format!(
            "{}<h1>T</h1><script>pwn()</script>",
            head.replace(
                "<title>",
                "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\"><title>"
            )
        ),
    );
    let pages = ["bad.html", "sealed.html"].map(|name| sandbox.path(name));
    let problems = browser::told_by("attacks.mjs", &sandbox, &pages, None);
    for expected in [
        "bad: ran",
        "bad: dialog: 1",
        "bad: request: file:///",
        "bad: element: script",
        "bad: attribute: onclick",
        "bad: address: javascript:",
        "bad: id: a",
        "sealed: console: Executing inline script violates",
    ] {
        let found = problems.iter().any(|problem| problem.starts_with(expected));
        assert!(found, "not found: {expected}\n{}", problems.join("\n"));
    }
}

/// Stands behind each text, so that one sees whether the end of it is still where it belongs.
const END: &str = "zaunkönig";

/// What GitHub and GitLab read in a text; pages of theirs take more than CommonMark.
fn dialect() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.extension.math_code = true;
    options
}

/// Of each table how many rows and columns it has and in which columns the ends of texts stand; the headings; and
/// what should not be there.
#[derive(Debug, Default, PartialEq)]
struct Outline {
    tables: Vec<(usize, BTreeSet<(usize, usize)>)>,
    sections: Vec<String>,
    html: Vec<String>,
    links: Vec<String>,
}

fn words<'a>(node: &'a AstNode<'a>) -> String {
    let each = node.descendants();
    let each = each.filter_map(|node| match &node.data.borrow().value {
        NodeValue::Text(text) => Some(text.to_string()),
        NodeValue::Code(code) => Some(code.literal.clone()),
        NodeValue::SoftBreak | NodeValue::LineBreak => Some(" ".to_owned()),
        _ => None,
    });
    each.collect()
}

fn outline(markdown: &str) -> Outline {
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, markdown, &dialect());
    let mut outline = Outline::default();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Table(table) => {
                let mut ends = BTreeSet::new();
                for (row, cells) in node.children().enumerate() {
                    for (column, cell) in cells.children().enumerate() {
                        if words(cell).contains(END) {
                            ends.insert((row, column));
                        }
                    }
                }
                outline.tables.push((table.num_columns, ends));
            }
            NodeValue::Heading(heading) if heading.level <= 2 => outline.sections.push(words(node)),
            NodeValue::HtmlBlock(html) => outline.html.push(html.literal.clone()),
            NodeValue::HtmlInline(html) => outline.html.push(html.clone()),
            NodeValue::Link(link) => outline.links.push(link.url.clone()),
            NodeValue::Math(math) => outline.html.push(format!("a formula: {}", math.literal)),
            NodeValue::Image(image) => outline.html.push(format!("a picture: {}", image.url)),
            _ => {}
        }
    }
    outline
}

#[test]
fn tables_and_sections_stay_whole_where_github_and_gitlab_show_them() {
    let target = Target::new();
    for template in &BUILT_IN {
        if !template.formats().contains(&Format::Markdown) {
            continue;
        }
        let renderer = Renderer::of(template, Format::Markdown).expect("it compiles");
        let made = |text: &str| {
            let text = format!("{text} {END}");
            let view = view(&target.with(&text), template.readers, "");
            renderer.render(&view).expect("it renders")
        };
        let harmless = outline(&made("plain words"));
        assert!(template.name == "announcement" || !harmless.sections.is_empty());
        for (name, attack) in attacks() {
            let markdown = made(&attack.text);
            let outline = outline(&markdown);
            let what = format!("{name} in {}: {}\n{markdown}", template.name, attack.tries);
            assert_eq!(outline.html, harmless.html, "{what}");
            assert_eq!(outline.sections.len(), harmless.sections.len(), "{what}");
            // Long texts may bring tables of their own; those of the page stay as they are.
            let mut tables = outline.tables.iter();
            for table in &harmless.tables {
                assert!(
                    tables.any(|other| other == table),
                    "{table:?}\n{:?}\n{what}",
                    outline.tables
                );
            }
            for link in &outline.links {
                let scheme = link.split_once(':').map_or("", |(scheme, _)| scheme);
                let in_scheme = |c: char| c.is_ascii_alphanumeric() || "+.-".contains(c);
                let has_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                    && scheme.chars().all(in_scheme);
                let is_web = ["http", "https", "mailto"].contains(&&*scheme.to_lowercase());
                let is_safe = (is_web || !has_scheme) && !link.starts_with("//");
                assert!(is_safe, "{link}\n{what}");
            }
        }
    }
}
