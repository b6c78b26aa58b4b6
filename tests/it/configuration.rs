//! `docs/configuration.md` says what the code does.

use postmortem::config::{Config, Profile};

use crate::generated;
use crate::sandbox::{Sandbox, project};

pub fn toml_blocks() -> Vec<String> {
    let text =
        std::fs::read_to_string(project().join("docs/configuration.md")).expect("it is there");
    let blocks = text.split("```toml\n").skip(1);
    blocks
        .map(|block| block.split("```").next().expect("it ends").to_owned())
        .collect()
}

#[test]
fn the_defaults_in_the_documentation_are_the_defaults() {
    let blocks = toml_blocks();
    assert_eq!(Config::parse(&blocks[0]), Ok(Config::default()));
    assert_eq!(Config::parse(&blocks[2]), Ok(Config::default()));
    let options = blocks[2].lines().filter(|line| line.contains(" = "));
    assert_eq!(options.count(), 9);
}

#[test]
fn every_key_of_the_documentation_is_read() {
    let blocks = toml_blocks();
    assert_eq!(blocks.len(), 3);
    let config = Config::parse(&blocks[1]).expect("it reads");
    assert_eq!(config.services, ["api", "checkout"]);
    assert!(config.public.is_internal("https://jira.corp.example/1"));
    assert_eq!(config.public.words, ["Ada"]);
    assert_eq!(config.people.len(), 1);
    assert_eq!(config.lint.levels.len(), 1);
    assert_eq!(config.lint.words.len(), 2);
    assert_eq!(config.lint.acronyms, ["WMS"]);
    assert_eq!(config.lint.paths.len(), 1);
    assert_eq!(config.lint.profile, Some(Profile::Google));
    assert_eq!(config.custom.len(), 1);
    assert_eq!(config.categories, ["feature-flag"]);
    assert!(config.timezone.is_some());
    assert_eq!(config.clocks.len(), 2);
    assert_eq!(config.templates.len(), 2);
    assert!(config.brand.accent_dark.is_some());
}

#[test]
fn the_schema_of_the_configuration_follows_from_the_code() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(["schema", "--config"]).succeeds();
    generated::file("postmortem-toml.schema.json", &run.stdout);
}
