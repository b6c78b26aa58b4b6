//! What `docs/templates.md` says of templates follows from the code.

use postmortem::render::{BUILT_IN, BuiltIn, context_schema};
use serde_json::Value;

use crate::generated;
use crate::sandbox::{Sandbox, project};

/// The type of a value as a reader of the manual wants it: `text`, `Word`, `list of Tile`, `Stamp?`.
fn spoken(schema: &Value) -> String {
    if let Some(target) = schema["$ref"].as_str() {
        return target.rsplit('/').next().unwrap_or(target).to_owned();
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        return format!("{}?", spoken(&choices[0]));
    }
    match &schema["type"] {
        Value::Array(names) => format!("{}?", named(&names[0], schema)),
        name => named(name, schema),
    }
}

fn named(name: &Value, schema: &Value) -> String {
    match name.as_str() {
        Some("array") => format!("list of {}", spoken(&schema["items"])),
        Some("string") => "text".to_owned(),
        Some("boolean") => "true or false".to_owned(),
        other => panic!("the type {other:?} in {schema}"),
    }
}

fn described(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or("");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_manual_names_every_part_of_the_context() {
    let schema = context_schema();
    let mut text = String::new();
    for (name, part) in schema["$defs"].as_object().expect("types") {
        text.push_str(&format!("**{name}**: {}\n\n", described(part)));
        for (member, part) in part["properties"].as_object().expect("members") {
            let words = described(part);
            let colon = if words.is_empty() { "" } else { ": " };
            text.push_str(&format!("- `{member}` ({}){colon}{words}\n", spoken(part)));
        }
        text.push('\n');
    }
    generated::section("docs/templates.md", "types of the context", &text);
}

#[test]
fn the_manual_names_every_component() {
    let mut text = String::new();
    for wanted in ["html", "md"] {
        let files = BuiltIn::FULL.files();
        let part = format!("parts.{wanted}");
        let (_, source) = files.iter().find(|(name, _)| *name == part).expect("parts");
        let calls = source.split("{% component ").skip(1).filter_map(|rest| {
            let call = rest.split(" -%}").next()?;
            Some(format!("`{call}`"))
        });
        let calls: Vec<String> = calls.collect();
        text.push_str(&format!("- {wanted}: {}\n", calls.join(", ")));
    }
    generated::section("docs/templates.md", "components", &text);
}

#[test]
fn every_template_has_a_picture_that_loads_fast() {
    let manual = std::fs::read_to_string(project().join("docs/templates.md")).expect("the manual");
    let readme = std::fs::read_to_string(project().join("README.md")).expect("the README");
    let shown = |text: &str, name: &str| {
        assert!(text.contains(&format!("pictures/{name}.png)")), "{name}");
        let picture = project().join(format!("docs/pictures/{name}.png"));
        let bytes = std::fs::metadata(&picture).expect("a picture").len();
        assert!((2_000..200_000).contains(&bytes), "{name}: {bytes} bytes");
    };
    for template in BUILT_IN {
        shown(&manual, template.name);
    }
    shown(&manual, "dark");
    shown(&manual, "phone");
    shown(&readme, "page");
}

#[test]
fn the_context_is_what_templates_get() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/2024-12-11-telemetry-rollout.yaml");
    let file = "examples/2024-12-11-telemetry-rollout.yaml";
    let run = sandbox.run(["render", file, "--context"]).succeeds();
    let context: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let schema = context_schema();
    let known = schema["properties"].as_object().expect("names");
    let names: Vec<&String> = context.as_object().expect("names").keys().collect();
    assert_eq!(names, known.keys().collect::<Vec<_>>());
    assert_eq!(context["status"]["label"], "Resolved");
    let _ = sandbox
        .run(["render", file, "--context", "-o", "x.html"])
        .exits(2);
}
