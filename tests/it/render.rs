//! Pages: what they hold, what they keep back, and what hostile text does to them (nothing).

use std::collections::BTreeMap;

use postmortem::config::Config;
use postmortem::document::Document;
use postmortem::model::*;
use postmortem::redact;
use postmortem::render::{Format, Page, Readers, Renderer, UserTemplate, render};
use postmortem::text::Source;
use proptest::prelude::*;

use crate::arbitrary;
use crate::canaries::{CANARY, EVERYTHING, with_canaries};
use crate::sandbox::{Sandbox, project};

const FORMATS: [Format; 2] = [Format::Html, Format::Markdown];

pub fn example(name: &str) -> Postmortem {
    let path = project().join(name);
    let text = std::fs::read_to_string(&path).expect("a document");
    let reading = Document::read(Source::new(name, text));
    reading.document.expect("it reads").postmortem().clone()
}

fn page(postmortem: &Postmortem, readers: Readers, format: Format) -> String {
    match render(postmortem, &Config::default(), readers, format) {
        Ok(page) => page,
        Err(error) => panic!("{error}\n{:?}", error.help),
    }
}

fn with_template(postmortem: &Postmortem, format: Format, text: &str) -> String {
    let template = UserTemplate::file("mine".to_owned(), text.to_owned());
    let view = Page::of(postmortem, &Config::default(), Readers::Public);
    let made = Renderer::with(format, template).and_then(|renderer| renderer.render(&view));
    made.expect("it renders")
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn any_document_has_a_page_and_the_same_one_each_time(document in arbitrary::postmortem()) {
        for format in FORMATS {
            let first = page(&document, Readers::Internal, format);
            prop_assert_eq!(&first, &page(&document.clone(), Readers::Internal, format));
            if format == Format::Html {
                prop_assert_eq!(first.matches("<h1").count(), 1);
                prop_assert!(first.ends_with("</html>\n"));
            }
        }
    }
}

#[test]
fn canaries_sing_in_the_internal_page() {
    // Else the property above would hold of a template that prints nothing.
    let document = with_canaries(example("tests/documents/every-field.yaml"));
    for format in FORMATS {
        let page = page(&document, Readers::Internal, format);
        assert!(page.matches(CANARY).count() > 20, "{page}");
        let all = with_template(&document, format, EVERYTHING);
        assert!(all.matches(CANARY).count() > 20, "{all}");
    }
}

/// Texts that want to be more than texts.
const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "[click](javascript:alert(1))",
    "javascript:alert(1)",
    "]]></style><style>*{color:red}",
    "\u{202e}txt.exe",
    "a | b | c",
    "`one` ``two",
    "first\n\n# second\n---\n| x |",
    "<!-- ",
    "{{ title }}{% raw %}",
];

fn hostile(text: &str) -> Postmortem {
    let all = |text: &str| text.to_owned();
    let some = || Some(text.to_owned());
    let id: IncidentId = "2024-12-11-x".parse().expect("an id");
    let key = |text: &str| -> Key { text.parse().expect("a key") };
    let mut document = example("tests/documents/every-field.yaml");
    (document.id, document.title) = (id, all(text));
    document.severity = some();
    (
        document.summary,
        document.background,
        document.internal_notes,
    ) = (some(), some(), some());
    document.services = vec![all(text)];
    document.tags = vec![all(text)];
    document.sources = vec![all(text)];
    document.glossary = BTreeMap::from([(all(text), all(text))]);
    document.custom = BTreeMap::from([(all(text), Free::Text(all(text)))]);
    for person in document.people.values_mut() {
        (person.name, person.role, person.team) = (some(), some(), some());
    }
    for event in &mut document.timeline {
        event.what = all(text);
        event.services = vec![all(text)];
        (event.detail, event.note, event.channel, event.source) = (some(), some(), some(), some());
    }
    for cause in &mut document.causes {
        cause.what = all(text);
        cause.category = Some(Category(all(text)));
        (cause.detail, cause.accepted) = (some(), some());
        cause.evidence = vec![TextItem {
            detail: some(),
            ..TextItem::from(text)
        }];
    }
    for action in &mut document.actions {
        action.what = all(text);
        (action.detail, action.outcome, action.reason) = (some(), some(), some());
        action.ticket = some();
    }
    for dependency in &mut document.dependencies {
        dependency.name = all(text);
        (dependency.provider, dependency.what, dependency.detail) = (some(), some(), some());
    }
    if let Some(lessons) = &mut document.lessons {
        lessons.went_well = vec![TextItem {
            detail: some(),
            ..TextItem::from(text)
        }];
    }
    if let Some(recovery) = &mut document.recovery {
        (recovery.how, recovery.plan) = (some(), some());
    }
    if let Some(detection) = &mut document.detection {
        detection.how = some();
    }
    if let Some(impact) = &mut document.impact {
        impact.summary = some();
        for window in &mut impact.services {
            window.service = all(text);
            window.note = some();
        }
        for figure in &mut impact.figures {
            figure.what = all(text);
            (figure.unit, figure.detail) = (some(), some());
        }
        for objective in impact.slo.iter_mut().flatten() {
            objective.name = all(text);
        }
    }
    document.links = vec![Link {
        id: key("S1"),
        title: some(),
        url: all(text),
        internal: false,
    }];
    for attachment in &mut document.attachments {
        attachment.file = all(text);
        (attachment.caption, attachment.alt) = (some(), some());
    }
    document
}

#[test]
fn hostile_text_does_nothing_in_html() {
    let tags = |page: &str| -> Vec<String> {
        page.split('<')
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
            .map(str::to_lowercase)
            .collect()
    };
    for text in HOSTILE {
        let page = page(&hostile(text), Readers::Internal, Format::Html);
        for tag in tags(&page) {
            let name = tag
                .split([' ', '/'])
                .find(|name| !name.is_empty())
                .unwrap_or("");
            assert!(
                !matches!(name, "script" | "img" | "iframe" | "object" | "!--"),
                "{text}: {tag}"
            );
            assert!(
                !tag.contains(" on") && !tag.contains("style="),
                "{text}: {tag}"
            );
            assert!(!tag.contains("=\"javascript:"), "{text}: {tag}");
        }
        assert_eq!(page.matches("<style>").count(), 1, "{text}");
        assert_eq!(page.matches("<h1>").count(), 1, "{text}");
        assert!(!page.contains('\u{202e}'), "{text}");
        let ids: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{text}: {ids:?}");
    }
}

#[test]
fn hostile_text_does_not_break_markdown() {
    let plain = page(&hostile("plain words"), Readers::Internal, Format::Markdown);
    let cells = |page: &str| -> Vec<usize> {
        let rows = page.lines().filter(|line| line.starts_with("| "));
        rows.map(|row| row.replace("\\|", "").matches('|').count())
            .collect()
    };
    for text in HOSTILE {
        let page = page(&hostile(text), Readers::Internal, Format::Markdown);
        // A text may bring rows of its own where Markdown is welcome; a line of a table brings none.
        if text != "first\n\n# second\n---\n| x |" {
            assert_eq!(cells(&page), cells(&plain), "{text}\n{page}");
        }
        let headings = page.lines().filter(|line| line.starts_with("## ")).count();
        assert_eq!(
            headings,
            plain.lines().filter(|line| line.starts_with("## ")).count(),
            "{text}\n{page}"
        );
        assert!(
            !page.contains("<script") && !page.contains("<img") && !page.contains("<!--"),
            "{page}"
        );
        assert!(
            !page.contains("](javascript:") || page.contains("\\[click"),
            "{page}"
        );
        assert!(!page.contains('\u{202e}'), "{page}");
    }
}

#[test]
fn the_page_says_what_the_times_say() {
    let document = example("examples/2024-12-11-telemetry-rollout.yaml");
    let html = page(&document, Readers::Public, Format::Html);
    for part in [
        "4\u{a0}h\u{a0}22\u{a0}min",
        "3\u{a0}min before",
        "at once",
        "2\u{a0}h\u{a0}29\u{a0}min",
        "not recorded",
        "11 December 2024, 15:16",
        "23:16 to 03:38 UTC on 12 December 2024",
        "<time datetime=\"2024-12-11T15:16:00-08:00\"",
        "Early warning",
        "id=\"t20241211T231300Z\"",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("Not for readers outside"));
    let markdown = page(&document, Readers::Internal, Format::Markdown);
    assert!(
        markdown.contains("| API | 2 h 20 min | 2 h 2 min |"),
        "{markdown}"
    );
    assert!(markdown.contains("**internal**"), "{markdown}");
}

#[test]
fn a_page_asks_for_nothing_from_elsewhere() {
    for name in [
        "examples/2024-12-11-telemetry-rollout.yaml",
        "tests/documents/every-field.yaml",
    ] {
        let html = page(&example(name), Readers::Internal, Format::Html);
        for part in [" src=", "<link", "<script", "@import", "url(", " style="] {
            // The fading of the drawing refers to a gradient on the same page.
            let count = html.replace("url(#fade", "").matches(part).count();
            assert_eq!(count, 0, "{part}");
        }
        assert!(
            html.contains("default-src 'none'; style-src 'sha256-"),
            "{html}"
        );
    }
}

#[test]
fn a_draft_has_a_page_without_empty_sections() {
    let id = "2024-12-11-x".parse().expect("an id");
    let draft = Postmortem::new(id, "API answers with errors");
    let html = page(&draft, Readers::Internal, Format::Html);
    assert!(
        !html.contains("<h2") && !html.contains("<svg") && !html.contains("<dl"),
        "{html}"
    );
    let markdown = page(&draft, Readers::Internal, Format::Markdown);
    assert_eq!(
        markdown,
        "# API answers with errors\n\n**Investigating** · 2024-12-11-x · Draft · **internal**\n"
    );
}

#[test]
fn causes_that_explain_each_other_are_told_once() {
    let id = "2024-12-11-x".parse().expect("an id");
    let mut document = Postmortem::new(id, "X");
    let text = "version: 1\nid: 2024-12-11-x\ntitle: X\ncauses:\n  - {id: C1, what: one, because: [C2, C3]}\n  - {id: C2, what: two, because: [C1, C3]}\n  - {id: C3, what: three}\n  - {id: C4, what: four, state: ruled-out, because: [C4]}\n";
    let reading = Document::read(Source::new("x", text));
    document.causes = reading
        .document
        .expect("it reads")
        .postmortem()
        .causes
        .clone();
    let markdown = page(&document, Readers::Internal, Format::Markdown);
    let lines: Vec<&str> = markdown
        .lines()
        .filter(|line| line.trim_start().starts_with("- "))
        .collect();
    assert_eq!(
        lines,
        [
            "- Why (suspected): one",
            "- **C1**, suspected: one",
            "  - Because: **C2**, suspected: two",
            "    - Because: **C1**, suspected: one (told at C1)",
            "    - Because: **C3**, suspected: three",
            "  - Because: **C3**, suspected: three (told at C3)",
            "- **C4**, ruled out: ~~four~~",
        ]
    );
}

#[test]
fn a_template_changes_one_block_and_keeps_the_rest() {
    let document = example("examples/2024-12-11-telemetry-rollout.yaml");
    let mine = "{% extends \"full/page.html\" %}{% block footer %}<footer>Ours: {{ title }}</footer>{% endblock footer %}";
    let html = with_template(&document, Format::Html, mine);
    assert!(
        html.contains("<footer>Ours: API, ChatGPT and Sora down"),
        "{html}"
    );
    assert!(html.contains("<h2 id=\"timeline\">"), "{html}");
}

#[test]
fn a_mistake_in_a_template_has_a_place() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/2024-12-11-telemetry-rollout.yaml");
    let file = "examples/2024-12-11-telemetry-rollout.yaml";
    for (text, expected) in [
        ("<p>\n  {{ status.lable }}</p>", "mine.html:2:"),
        ("<p>\n{% if %}", "mine.html:2:"),
        (
            "<p>\n{{ title | foo }}",
            "error: mine.html:2:12: Unknown filter `foo`\n",
        ),
        (
            "<p>{{ titel }}",
            "error: mine.html:1:7: there is no `titel`",
        ),
        (
            "{% if titel %}x{% endif %}",
            "there is no `titel`; did you mean `title`?",
        ),
        (
            "{% extends \"full/pag.html\" %}",
            "it extends `full/pag.html`, which there is not",
        ),
    ] {
        sandbox.write("mine.html", text);
        let _ = sandbox
            .run(["render", file, "--template", "mine.html"])
            .exits(2)
            .stdout_is("")
            .stderr_has("error: mine.html")
            .stderr_has(expected);
    }
    sandbox.write("mine.html", "{% extends \"full/page.html\" %}");
    let _ = sandbox
        .run(["render", file, "--template", "mine.html", "--format", "md"])
        .exits(2)
        .stderr_has("mine.html: it extends an HTML page and Markdown was asked\n")
        .stderr_has("help: give --format html");
}

#[test]
fn render_writes_where_it_is_told() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/2024-12-11-telemetry-rollout.yaml");
    let file = "examples/2024-12-11-telemetry-rollout.yaml";
    let _ = sandbox
        .run(["render", file, "-o", "page.html"])
        .succeeds()
        .stdout_is("page.html\n");
    assert!(sandbox.read("page.html").starts_with("<!doctype html>"));
    let _ = sandbox
        .run(["render", file])
        .succeeds()
        .stdout_has("# API, ChatGPT and Sora down");
    let _ = sandbox
        .run(["render", file, "--format", "html", "-o", "-"])
        .succeeds()
        .stdout_is(&sandbox.read("page.html"));
    let _ = sandbox
        .run(["render", file, "-o", "page.pdf"])
        .exits(2)
        .stderr_has("--format html");
    let text = sandbox.read(file);
    let _ = sandbox
        .call(["render", "-", "--format", "html"])
        .stdin(text)
        .run()
        .succeeds()
        .stdout_is(&sandbox.read("page.html"));
    let mut files = sandbox.files();
    files.retain(|name| !name.ends_with(".yaml"));
    assert_eq!(files, ["page.html"]);
}

#[test]
fn render_finds_a_document_by_its_id() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "postmortems/2024-12-11-x.yaml",
        "version: 1\nid: 2024-12-11-x\ntitle: Found\n",
    );
    let _ = sandbox
        .run(["render", "2024-12-11-x"])
        .succeeds()
        .stdout_has("# Found");
    let _ = sandbox
        .run(["render", "2024-12-12-x"])
        .exits(2)
        .stderr_has("there is no incident `2024-12-12-x`")
        .stderr_has("in postmortems/\n");
}

#[test]
fn what_does_not_read_has_no_page() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "x.yaml",
        "version: 1\nid: 2024-12-11-x\ntitel: X\nstatus: over\n",
    );
    let _ = sandbox
        .run(["render", "x.yaml", "-o", "x.html"])
        .exits(2)
        .stdout_is("")
        .stderr_has("x.yaml:3:1")
        .stderr_has("x.yaml:4:9")
        .stderr_has("error: `x.yaml` does not read");
    assert_eq!(sandbox.files(), ["x.yaml"]);
}

#[test]
fn the_public_page_names_nobody() {
    let sandbox = Sandbox::new();
    sandbox.copy("tests/documents/every-field.yaml");
    sandbox.copy("tests/documents/2026-03-17-invoices-twice.yaml");
    for (file, names) in [
        ("tests/documents/every-field.yaml", ["Mara", "mara"]),
        (
            "tests/documents/2026-03-17-invoices-twice.yaml",
            ["Brandt", "Mensah"],
        ),
    ] {
        for format in ["html", "md"] {
            let run = sandbox
                .run(["render", file, "--audience", "public", "--format", format])
                .succeeds();
            for name in names {
                assert!(!run.stdout.contains(name), "{name} in {file} as {format}");
            }
            let inside = sandbox.run(["render", file, "--format", format]).succeeds();
            assert!(inside.stdout.contains(names[0]), "{file} as {format}");
        }
    }
}

#[test]
fn every_example_has_pages_for_both_audiences() {
    for folder in ["examples", "tests/documents"] {
        let entries = std::fs::read_dir(project().join(folder)).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").path());
        for path in names.filter(|path| path.extension().is_some_and(|end| end == "yaml")) {
            let document = example(&path.display().to_string());
            let public = redact::public(&document, &Config::default());
            for format in FORMATS {
                let inside = page(&document, Readers::Internal, format).to_lowercase();
                assert!(inside.contains("internal"));
                let outside = page(&public, Readers::Public, format);
                assert!(!outside.contains("**internal**") && !outside.contains("Not for readers"));
            }
        }
    }
}
