//! The built-in templates: each makes a whole page of every document, and can be copied.

use std::collections::BTreeSet;

use postmortem::config::Config;
use postmortem::document::Document;
use postmortem::model::Postmortem;
use postmortem::redact;
use postmortem::render::{self, BUILT_IN, BuiltIn, Format, Page, Readers, Renderer};
use postmortem::text::Source;
use serde_json::Value;

use crate::sandbox::{Sandbox, project};

const DRAFT: &str = "version: 1\nid: 2026-11-20-draft\ntitle: Payments fail\n";

/// Every good document there is, and one that says nothing yet.
pub fn documents() -> Vec<(String, Postmortem)> {
    let mut texts = vec![("draft".to_owned(), DRAFT.to_owned())];
    for folder in ["examples", "tests/documents"] {
        for entry in std::fs::read_dir(project().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "yaml") {
                let text = std::fs::read_to_string(&path).expect("a document");
                texts.push((path.display().to_string(), text));
            }
        }
    }
    let documents = texts.into_iter().map(|(name, text)| {
        let reading = Document::read(Source::new(name.clone(), text));
        let document = reading.document.expect("it reads").postmortem().clone();
        (name, document)
    });
    documents.collect()
}

fn rendered(template: &BuiltIn, format: Format, page: &Page) -> String {
    let made = Renderer::of(template, format).and_then(|renderer| renderer.render(page));
    match made {
        Ok(text) => text,
        Err(error) => panic!("{}: {error}\n{:?}", template.name, error.help),
    }
}

/// The draft, with more in it.
fn draft_with(more: &str) -> Postmortem {
    let reading = Document::read(Source::new("draft.yaml", format!("{DRAFT}{more}")));
    reading.document.expect("it reads").into_postmortem()
}

fn draft(template: &str, format: Format) -> String {
    let document = draft_with("");
    let page = Page::of(&document, &Config::default(), Readers::Internal);
    rendered(BuiltIn::named(template).expect("a template"), format, &page)
}

fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    let parts = html.split(begin.as_str()).skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}

#[track_caller]
fn judge_html(name: &str, html: &str) {
    let ids = values(html, "id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(
        ids.len(),
        known.len(),
        "{name}: an id stands twice: {ids:?}"
    );
    for target in values(html, "href") {
        if let Some(id) = target.strip_prefix('#') {
            assert!(known.contains(id), "{name}: nothing has the id {id}");
        }
    }
    for label in values(html, "aria-labelledby") {
        assert!(known.contains(label), "{name}: nothing has the id {label}");
    }
    assert_eq!(html.matches("<h1").count(), 1, "{name}");
    for tag in ["section", "ul", "ol", "dl", "div", "table"] {
        let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
        let opened =
            html.matches(&format!("{open}>")).count() + html.matches(&format!("{open} ")).count();
        assert_eq!(opened, html.matches(&close).count(), "{name}: {tag}");
    }
    assert!(
        !html.contains("<ol></ol>") && !html.contains("<ul>\n</ul>"),
        "{name}"
    );
}

#[track_caller]
fn judge_words(name: &str, text: &str) {
    let mut parts = text.split("\n\n\n").skip(1);
    let beyond = parts.next().and_then(|rest| rest.lines().next());
    assert_eq!(beyond, None, "{name}: more than one blank line before this");
    let mut before = "";
    let mut is_code = false;
    for line in text.lines() {
        is_code ^= line.trim_start().starts_with("```");
        let is_heading = line.starts_with("## ") && !is_code;
        assert!(!is_heading || before.is_empty(), "{name}: {before}\n{line}");
        before = line;
    }
}

#[test]
fn every_template_makes_a_whole_page_of_every_document() {
    for (name, document) in documents() {
        let title = document.title.clone();
        let config = Config::default();
        let public = redact::public(&document, &config);
        for (readers, document) in [(Readers::Internal, &document), (Readers::Public, &public)] {
            let page = Page::of(document, &config, readers);
            for template in BUILT_IN {
                for format in template.formats() {
                    let name = format!("{name}, {}, {format:?}, {readers:?}", template.name);
                    let text = rendered(&template, format, &page);
                    assert!(!text.contains("{%") && !text.contains("{{"), "{name}");
                    let word = title.split([' ', '"', '*']).next().unwrap_or("");
                    assert!(text.contains(word), "{name}: no title");
                    match format {
                        Format::Html => judge_html(&name, &text),
                        Format::Markdown | Format::Text => judge_words(&name, &text),
                    }
                }
            }
        }
    }
}

#[test]
fn a_draft_is_told_what_is_to_be_written_and_the_public_is_not() {
    let sections = |name: &str| -> Vec<String> {
        let text = draft(name, Format::Markdown);
        let titles = text.lines().filter_map(|line| line.strip_prefix("## "));
        titles.map(str::to_owned).collect()
    };
    assert_eq!(
        sections("google"),
        [
            "Impact",
            "Root causes",
            "Trigger",
            "Resolution",
            "Detection",
            "Action items",
            "Lessons learned",
            "Timeline"
        ]
    );
    assert_eq!(
        sections("pagerduty"),
        [
            "Contributing factors",
            "Resolution",
            "Impact",
            "Responders",
            "Timeline",
            "How did we do?",
            "Action items",
            "Messaging"
        ]
    );
    assert_eq!(
        sections("atlassian"),
        [
            "Lead-up",
            "Impact",
            "Detection",
            "Response",
            "Recovery",
            "Timeline",
            "Root causes: why, and why again",
            "Lessons learned",
            "Corrective actions"
        ]
    );
    let sandbox = Sandbox::new();
    sandbox.write("2026-11-20-draft.yaml", DRAFT);
    for template in ["google", "pagerduty", "atlassian", "executive"] {
        let arguments = ["render", "2026-11-20-draft.yaml", "--template", template];
        let _ = sandbox
            .run(arguments)
            .succeeds()
            .stdout_has("Not written yet.");
        let public = sandbox.call(arguments).args(["--audience", "public"]);
        let run = public.run().succeeds();
        assert!(!run.stdout.contains("Not written yet."), "{}", run.stdout);
    }
}

#[test]
fn a_status_update_is_words_for_the_public() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "2026-11-20-pay.yaml",
        "version: 1\nid: 2026-11-20-pay\ntitle: Cards_fail *often*\nseverity: sev2\nowner: jane\npeople: {jane: {name: Jane Doe}}\nstatus: identified\nsummary: |\n  **Cards** fail, see [status](https://status.example/).\n\n  - all shops\ncauses:\n  - {id: C1, what: A secret table, internal: true}\n",
    );
    let _ = sandbox
        .run(["render", "2026-11-20-pay.yaml", "--template", "status-update"])
        .succeeds()
        .stdout_is(
            "Identified: Cards_fail *often*\n\nWe know what causes this and are working to end it.\n\nCards fail, see status (https://status.example/).\n\n- all shops\n\nWe post here at least every 30 min.\n",
        );
    // Those for the public are made for the public unless somebody says otherwise.
    let page = sandbox
        .run(["render", "2026-11-20-pay.yaml", "--template", "public"])
        .succeeds();
    assert!(
        !page.stdout.contains("secret") && !page.stdout.contains("Jane"),
        "{}",
        page.stdout
    );
    let arguments = ["--template", "public", "--audience", "internal"];
    let page = sandbox
        .call(["render", "2026-11-20-pay.yaml"])
        .args(arguments);
    let _ = page
        .run()
        .succeeds()
        .stdout_has("A secret table")
        .stdout_has("Not for the public yet");
    let _ = sandbox
        .run(["render", "2026-11-20-pay.yaml", "--template", "announcement", "-o", "a.html"])
        .exits(2)
        .stderr_is("error: announcement: this template gives Markdown, no HTML\n  help: give --format md\n");
}

#[test]
fn templates_are_listed_and_shown() {
    let sandbox = Sandbox::new();
    let list = sandbox.run(["template", "list"]).succeeds();
    let json = sandbox
        .run(["template", "list", "--format", "json"])
        .succeeds();
    let json: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["version"], 1);
    let manual = std::fs::read_to_string(project().join("docs/templates.md")).expect("a manual");
    for (index, template) in BUILT_IN.iter().enumerate() {
        assert!(list.stdout.contains(template.what), "{}", list.stdout);
        assert_eq!(json["templates"][index]["name"], template.name);
        assert!(
            manual.contains(&format!("| `{}` |", template.name)),
            "{}",
            template.name
        );
    }
    assert_eq!(json["templates"][6]["formats"], serde_json::json!(["text"]));
    assert_eq!(json["templates"][6]["audience"], "public");
    let _ = sandbox
        .run(["template", "show", "google"])
        .succeeds()
        .stdout_has("blocks of page.md: body, head, tiles, glance, impact")
        .stdout_has("\n  page.html\n");
    let _ = sandbox
        .run(["template", "show", "google", "page.md"])
        .succeeds()
        .stdout_has("{% extends \"full/page.md\" %}");
    let _ = sandbox
        .run(["template", "show", "gogle"])
        .exits(2)
        .stderr_is(
            "error: there is no built-in template `gogle`\n  help: did you mean `google`?\n",
        );
}

#[test]
fn a_copied_template_makes_the_same_page_until_it_is_changed() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/2024-12-11-telemetry-rollout.yaml");
    let file = "examples/2024-12-11-telemetry-rollout.yaml";
    for (name, folder) in [
        ("full", "look/ours"),
        ("google", "google"),
        ("status-update", "mine"),
    ] {
        let _ = sandbox
            .run(["template", "eject", name, "-o", folder])
            .succeeds()
            .stdout_has(&format!("{folder}/page."))
            .stderr_has(&format!("{folder}\n"));
        let audience = ["--audience", "public"];
        let usual = sandbox
            .call(["render", file, "--template", name])
            .args(audience);
        let path = format!("./{folder}");
        let mine = sandbox
            .call(["render", file, "--template", &path])
            .args(audience);
        assert_eq!(
            mine.run().succeeds().stdout,
            usual.run().succeeds().stdout,
            "{name}"
        );
        let _ = sandbox
            .run(["template", "eject", name, "-o", folder])
            .exits(2)
            .stderr_is(&format!("error: `{folder}` is there already\n  help: nothing was written; choose another folder with -o\n"));
    }
    let parts = sandbox.read("look/ours/parts.html");
    sandbox.write(
        "look/ours/parts.html",
        parts.replace("class=\"pill", "class=\"lozenge"),
    );
    let page = sandbox
        .run([
            "render",
            file,
            "--template",
            "look/ours",
            "--format",
            "html",
        ])
        .succeeds();
    let _ = page.stdout_has("class=\"lozenge");
    // A folder of that name is not the built-in template unless it is written as a path.
    let section = sandbox
        .read("google/page.md")
        .replace("## Trigger", "## What set it off");
    sandbox.write("google/page.md", section);
    let run = sandbox
        .run(["render", file, "--template", "./google"])
        .succeeds();
    let _ = run.stdout_has("## What set it off");
    let run = sandbox
        .run(["render", file, "--template", "google"])
        .succeeds();
    let _ = run.stdout_has("## Trigger");
}

#[test]
fn a_template_that_is_not_there_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("2026-11-20-draft.yaml", DRAFT);
    let run =
        |template: &str| sandbox.run(["render", "2026-11-20-draft.yaml", "--template", template]);
    let _ = run("excutive")
        .exits(2)
        .stderr_has("help: did you mean `executive`?");
    let _ = run("none.html")
        .exits(2)
        .stderr_has("error: the template `none.html` cannot be read");
    sandbox.write("empty/readme.txt", "x");
    let _ = run("./empty")
        .exits(2)
        .stderr_has("error: empty/page.md: there is no such file");
    let _ = sandbox
        .run(["template", "eject", "full", "-o", "a b"])
        .exits(2)
        .stderr_has("error: `a b` gives the template no name");
}

#[test]
fn every_built_in_template_passes_its_check() {
    let sandbox = Sandbox::new();
    for template in BUILT_IN {
        let run = sandbox.run(["template", "check", template.name]).succeeds();
        let _ = run.stdout_is("").stderr_has("nothing found: ");
    }
}

#[test]
fn a_check_finds_names_that_no_page_reaches() {
    let sandbox = Sandbox::new();
    sandbox
        .write(
            "ours/page.html",
            "{% extends \"full/page.html\" %}\n{% block footer %}{% if status.lable == \"x\" %}x{% endif %}{% endblock footer %}\n",
        )
        .write(
            "ours/page.md",
            "{{ title }}\n{% if id == \"never\" %}{% for c in causes %}{{ c.whta }}{% endfor %}{% endif %}\n",
        );
    let _ = sandbox.run(["template", "check", "ours"]).exits(1).stdout_is(
        "ours/page.html:2:32: `status` has no `lable`; did you mean `label`?\nours/page.md:2:49: `c` has no `whta`; did you mean `what`?\n",
    );
    sandbox.write("ours/page.md", "{{ title | foo }}\n{{ impact.summary }}\n");
    sandbox.write("ours/page.html", "{{ impact.summary }}");
    let run = sandbox.run(["template", "check", "ours"]).exits(1);
    let _ = run
        .stdout_has("ours/page.md:1:12: Unknown filter `foo`")
        .stdout_has("ours/page.html:1:")
        .stdout_has("an empty draft, internal");
    let _ = sandbox
        .run(["template", "check", "nothing"])
        .exits(2)
        .stderr_has("there is no template `nothing`");
}

#[test]
fn a_page_tells_at_a_glance_for_whom_why_and_what_changes() {
    let postmortem = draft_with(
        "impact:
  services: [{service: Carts, effect: outage, from: 2024-12-11T15:16Z}]
causes:
  - {id: C1, what: The lock was held., role: contributing, state: confirmed}
  - {id: C2, what: A change took a lock., role: root, state: confirmed}
actions:
  - {id: A1, what: Take the lock later.}
  - {id: A2, what: Tell who holds it.}
",
    );
    let page = |format| {
        render::render(&postmortem, &Config::default(), Readers::Internal, format).expect("a page")
    };
    let html = page(Format::Html);
    let glance = html.split("class=\"pairs glance\"").nth(1).expect("it");
    let glance = glance.split("</dl>").next().expect("its end");
    for words in [
        "<dt>For whom</dt><dd>Carts</dd>",
        "<dt>Why</dt><dd>A change took a lock.",
        "<dt>What changes</dt><dd>Take the lock later.",
        "all 2 actions",
    ] {
        assert!(glance.contains(words), "{words}: {glance}");
    }
    let markdown = page(Format::Markdown);
    let lines = "\n\n- For whom: Carts\n- Why: A change took a lock.\n- What changes: Take the lock later. (and 1 more)\n\n## Impact\n";
    assert!(markdown.contains(lines), "{markdown}");
    let nothing = draft_with("summary: X\n");
    let html = render::render(
        &nothing,
        &Config::default(),
        Readers::Internal,
        Format::Html,
    );
    assert!(!html.expect("a page").contains("glance\""));
}
