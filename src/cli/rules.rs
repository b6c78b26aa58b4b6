use clap::ValueEnum;
use serde_json::{Map, Value, json};

use crate::diagnostic::Level;
use crate::lint::{Manual, Rule, catalogue};
use crate::model::Stage;

use super::explain::{plain, wrapped};
use super::{CommandError, Outcome, Surroundings};

/// List the rules with their levels at each stage.
///
/// These are the levels that hold where neither `postmortem.toml` nor `--level` says otherwise.
#[derive(Debug, clap::Args)]
pub struct Rules {
    /// How the list is written
    #[arg(long, value_enum, default_value_t)]
    format: Output,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Output {
    /// A table, and a line about each rule
    #[default]
    Human,
    /// One object, versioned
    Json,
}

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;

/// The version of the JSON; it rises when a key goes or changes its meaning.
const VERSION: u32 = 1;

impl Rules {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let text = match self.format {
            Output::Human => table(catalogue::RULES, surroundings.width().clamp(40, WIDEST)),
            Output::Json => as_json(catalogue::RULES).map_err(|error| {
                CommandError::new(format!("the list cannot be written: {error}"))
            })?,
        };
        surroundings.print(text)?;
        Ok(Outcome::Fine)
    }
}

fn summary(rule: &Rule) -> &'static str {
    Manual::of(rule.text).map_or("", |manual| manual.summary)
}

fn table(rules: &[Rule], width: usize) -> String {
    let names = rules.iter().map(|rule| rule.name.len());
    let column = names.max().unwrap_or(0);
    let row = |name: &str, levels: &[&str], fix: &str| {
        let levels: Vec<String> = levels.iter().map(|level| format!("{level:9}")).collect();
        let line = format!("{name:column$}  {}  {fix}", levels.join("  "));
        line.trim_end().to_owned() + "\n"
    };
    let stages: Vec<&str> = Stage::ALL.iter().map(|stage| stage.as_str()).collect();
    let mut text = row("rule", &stages, "fix");
    for rule in rules {
        let levels = Stage::ALL.iter().map(|stage| rule.class.level(*stage));
        let levels: Vec<&str> = levels
            .map(|level| level.map_or("-", Level::as_str))
            .collect();
        text.push('\n');
        text.push_str(&row(
            rule.name,
            &levels,
            if rule.fixes { "yes" } else { "" },
        ));
        let mut words = plain(summary(rule));
        if !rule.aliases.is_empty() {
            words.push_str(&format!(" Was called {}.", rule.aliases.join(", ")));
        }
        for line in wrapped(&words, width.saturating_sub(2)) {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}

fn as_json(rules: &[Rule]) -> serde_json::Result<String> {
    let rules = rules.iter().map(|rule| {
        let levels = Stage::ALL.iter().map(|stage| {
            let level = rule.class.level(*stage).map(Level::as_str);
            (stage.as_str().to_owned(), json!(level))
        });
        json!({
            "name": rule.name,
            "summary": summary(rule),
            "levels": levels.collect::<Map<String, Value>>(),
            "fixable": rule.fixes,
            "aliases": rule.aliases,
        })
    });
    let list = json!({ "version": VERSION, "rules": rules.collect::<Vec<_>>() });
    Ok(serde_json::to_string_pretty(&list)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Class;

    fn rule() -> Rule {
        let text = "# odd-thing\n\nSomething is odd.\n\nLevel: x\n\n## Why\n\nx\n\n## Bad\n\n```yaml\nx: y\n```\n\n## Good\n\n```yaml\nx: z\n```\n";
        Rule {
            aliases: &["strange-thing"],
            ..Rule::of_reader("odd-thing", Class::Missing, text).that_fixes()
        }
    }

    #[test]
    fn a_rule_is_a_row_and_a_line() {
        let text = table(&[rule()], 60);
        let wanted = "\
rule       draft      in-review  reviewed   published  fix

odd-thing  -          warning    warning    error      yes
  Something is odd. Was called strange-thing.
";
        assert_eq!(text, wanted);
    }

    #[test]
    fn json_has_every_level() {
        let json: Value =
            serde_json::from_str(&as_json(&[rule()]).expect("written")).expect("JSON");
        let wanted = json!({
            "version": 1,
            "rules": [{
                "name": "odd-thing",
                "summary": "Something is odd.",
                "levels": {"draft": null, "in-review": "warning", "reviewed": "warning", "published": "error"},
                "fixable": true,
                "aliases": ["strange-thing"],
            }],
        });
        assert_eq!(json, wanted);
    }
}
