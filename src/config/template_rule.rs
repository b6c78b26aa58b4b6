use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::model::{Postmortem, Stage};

/// Which documents a template makes the pages of. The first rule that fits is the one that holds; a rule
/// without conditions fits every document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateRule {
    /// A template of `postmortem template list`, or a file or folder, from the folder of this file.
    #[schemars(with = "String")]
    template: Spanned<String>,
    /// The line of the configuration that names it, from 1.
    #[serde(skip)]
    pub(super) line: usize,
    /// The severities for which it holds; all where none is named.
    #[serde(default)]
    pub severities: Vec<String>,
    /// The stages in which it holds; all where none is named.
    #[serde(default)]
    pub stages: Vec<Stage>,
    /// The services for which it holds, any of them; all documents where none is named.
    #[serde(default)]
    pub services: Vec<String>,
    /// The tags with which it holds, any of them; all documents where none is named.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Holds only where the command says that the page is for these readers.
    #[serde(default)]
    pub audience: Option<PageAudience>,
    /// Holds only where the command, or the name of its output, says that the page is written in this.
    #[serde(default)]
    pub format: Option<PageFormat>,
}

/// Whom a page is for, as the command says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PageAudience {
    /// The company.
    Internal,
    /// Everyone.
    Public,
}

/// What a page is written in, as the command says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PageFormat {
    /// One self-contained file for browsers and printers.
    Html,
    /// Markdown.
    Md,
    /// Words without markup.
    Text,
}

impl TemplateRule {
    /// The template, as it is written in the file.
    pub fn template(&self) -> &str {
        self.template.get_ref()
    }

    /// The line of the configuration that names the template, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Whether it holds for a document and what the command says of the page.
    pub fn is_for(
        &self,
        postmortem: &Postmortem,
        audience: Option<PageAudience>,
        format: Option<PageFormat>,
    ) -> bool {
        let any = |wanted: &[String], had: &[String]| {
            wanted.is_empty() || wanted.iter().any(|word| had.contains(word))
        };
        let severity = postmortem.severity.as_ref();
        (self.severities.is_empty()
            || severity.is_some_and(|severity| self.severities.contains(severity)))
            && (self.stages.is_empty() || self.stages.contains(&postmortem.stage))
            && any(&self.services, &postmortem.services)
            && any(&self.tags, &postmortem.tags)
            && (self.audience.is_none() || self.audience == audience)
            && (self.format.is_none() || self.format == format)
    }

    /// Tells each rule in which line of the file it names its template.
    pub(super) fn find_lines(rules: &mut [Self], text: &str) {
        for rule in rules {
            let before = text.get(..rule.template.span().start).unwrap_or("");
            rule.line = before.matches('\n').count() + 1;
        }
    }

    /// What is wrong with the first rule that could never hold; nothing if all can.
    pub(super) fn mistake(rules: &[Self]) -> Option<String> {
        let of =
            |rule: &Self, what: &str| Some(format!("`templates` in line {}: {what}", rule.line));
        for (index, rule) in rules.iter().enumerate() {
            if rule.template().trim().is_empty() {
                return of(
                    rule,
                    "`template` is empty: name one of `postmortem template list`",
                );
            }
            if rule.template().contains(char::is_control) {
                return of(rule, "`template` holds a control character");
            }
            let before = rules.get(..index).unwrap_or(&[]);
            if let Some(hides) = before.iter().find(|before| before.has_no_condition()) {
                let what = format!(
                    "it never holds, since the rule of line {} fits every document: write that one last",
                    hides.line
                );
                return of(rule, &what);
            }
        }
        None
    }

    fn has_no_condition(&self) -> bool {
        self.severities.is_empty()
            && self.stages.is_empty()
            && self.services.is_empty()
            && self.tags.is_empty()
            && self.audience.is_none()
            && self.format.is_none()
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    use super::*;

    const RULES: &str = "\
[[templates]]
template = \"public\"
stages = [\"published\"]
audience = \"public\"

[[templates]]
severities = [\"sev1\", \"sev2\"]
tags = [\"dns\"]
template = \"google\"

[[templates]]
template = \"./ours\"
";

    fn chosen(change: impl FnOnce(&mut Postmortem), audience: Option<PageAudience>) -> usize {
        let config = Config::parse(RULES).expect("it reads");
        let mut postmortem = Postmortem::new("2024-12-11-x".parse().expect("an id"), "X");
        change(&mut postmortem);
        let mut rules = config.templates.iter();
        let rule = rules.find(|rule| rule.is_for(&postmortem, audience, None));
        rule.expect("the last fits").line()
    }

    #[test]
    fn the_first_rule_that_fits_holds() {
        let public = Some(PageAudience::Public);
        assert_eq!(chosen(|_| {}, None), 12);
        assert_eq!(chosen(|one| one.stage = Stage::Published, None), 12);
        assert_eq!(chosen(|one| one.stage = Stage::Published, public), 2);
        let both = |one: &mut Postmortem| {
            one.severity = Some("sev2".to_owned());
            one.tags = vec!["kubernetes".to_owned(), "dns".to_owned()];
        };
        assert_eq!(chosen(both, public), 9);
        assert_eq!(
            chosen(|one| one.severity = Some("sev2".to_owned()), None),
            12
        );
    }

    #[test]
    fn a_rule_that_never_holds_is_an_error() {
        let text = format!("{RULES}[[templates]]\ntemplate = \"full\"\n");
        let error = Config::parse(&text).expect_err("hidden");
        assert!(
            error.contains("line 14") && error.contains("line 12"),
            "{error}"
        );
        for template in ["", "a\\u001b"] {
            assert!(
                Config::parse(&format!("templates = [{{template = \"{template}\"}}]")).is_err()
            );
        }
        assert!(Config::parse("templates = [{template = \"full\", stages = [\"done\"]}]").is_err());
        assert!(Config::parse("templates = [{template = \"full\", severity = \"sev1\"}]").is_err());
    }
}
