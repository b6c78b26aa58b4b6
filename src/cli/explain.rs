use crate::lint::{Manual, Rule, catalogue};

use super::{CommandError, Outcome, Surroundings};

/// Say what a rule means.
///
/// Prints the rule's document: why it matters, who says so, and an example of each kind. Without a
/// rule, all of them with a line each.
#[derive(Debug, clap::Args)]
pub struct Explain {
    /// The rule's name, or what a finding begins with, such as `error[secret]`
    rule: Option<String>,
}

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;

impl Explain {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let width = surroundings.width().clamp(40, WIDEST);
        let text = match &self.rule {
            None => list(width),
            Some(given) => {
                let name = name_in(given);
                let rule = catalogue::find(name).ok_or_else(|| unknown(name))?;
                explained(rule, width)
            }
        };
        surroundings.print(text)?;
        Ok(Outcome::Fine)
    }
}

/// The rule's name in what may be pasted from a finding: `error[secret]: …`.
fn name_in(given: &str) -> &str {
    let given = given.trim();
    let pasted = given
        .split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'));
    let name = pasted.map_or(given, |(name, _)| name);
    name.split(':').next().unwrap_or(name).trim()
}

fn unknown(name: &str) -> CommandError {
    let error = CommandError::new(format!("there is no rule `{name}`"));
    match catalogue::nearest(name) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help("`postmortem explain` lists every rule"),
    }
}

fn list(width: usize) -> String {
    let names = catalogue::RULES.iter().map(|rule| rule.name.len());
    let column = names.max().unwrap_or(0) + 2;
    let mut text = String::new();
    for rule in catalogue::RULES {
        let summary = Manual::of(rule.text).map_or("", |manual| manual.summary);
        let lines = wrapped(&plain(summary), width.saturating_sub(column).max(20));
        for (index, line) in lines.iter().enumerate() {
            let name = if index == 0 { rule.name } else { "" };
            text.push_str(&format!("{name:column$}{line}\n"));
        }
    }
    text
}

fn explained(rule: &Rule, width: usize) -> String {
    // A test holds every rule's document to the shape; a text beats nothing all the same.
    let Some(manual) = Manual::of(rule.text) else {
        return rule.text.to_owned();
    };
    let mut text = format!("{}\n", manual.name);
    let mut paragraph = |words: &str| {
        text.push('\n');
        for line in wrapped(&plain(words), width) {
            text.push_str(&line);
            text.push('\n');
        }
    };
    paragraph(manual.summary);
    paragraph(&format!("Level: {}", manual.level));
    if let Some(fix) = manual.fix {
        paragraph(&format!("Fix: {fix}"));
    }
    for words in manual.why.split("\n\n") {
        paragraph(words);
    }
    if let Some(options) = manual.options {
        let (words, example) = options.split_once("```toml\n").unwrap_or((options, ""));
        paragraph(&format!("Options: {words}"));
        let example = example.split("```").next().unwrap_or("");
        text.push_str(&indented(example));
    }
    for (title, example) in [("Bad", manual.bad), ("Good", manual.good)] {
        text.push_str(&format!("\n{title}:\n\n"));
        text.push_str(&indented(example.0));
    }
    text
}

fn indented(example: &str) -> String {
    let lines = example.lines();
    let lines = lines.map(|line| format!("    {line}").trim_end().to_owned() + "\n");
    lines.collect()
}

/// Markdown as plain words: a link becomes its text and its address.
pub fn plain(markdown: &str) -> String {
    let mut rest = markdown.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = String::new();
    while let Some((before, link)) = rest.split_once('[') {
        let parts = link
            .split_once("](")
            .and_then(|(title, after)| Some((title, after.split_once(')')?)));
        let Some((title, (address, after))) = parts.filter(|(title, _)| !title.contains('['))
        else {
            text.push_str(before);
            text.push('[');
            rest = link.to_owned();
            continue;
        };
        text.push_str(&format!("{before}{title} <{address}>"));
        rest = after.to_owned();
    }
    text + &rest
}

/// The words in lines of at most so many characters, unless one word is longer.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else {
            break;
        };
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_shows_its_address() {
        let text = plain("see [the\nguide](https://example.com) and [0]");
        assert_eq!(text, "see the guide <https://example.com> and [0]");
    }

    #[test]
    fn no_line_is_wider_than_asked_unless_one_word_is() {
        for rule in catalogue::RULES {
            let prose = explained(rule, 60);
            let prose = prose.split("\nBad:\n").next().unwrap_or("");
            for line in prose.lines() {
                assert!(line.chars().count() <= 60 || !line.contains(' '), "{line}");
            }
        }
    }

    #[test]
    fn a_name_may_come_as_a_finding_shows_it() {
        for given in [
            "secret",
            " secret ",
            "secret:",
            "error[secret]",
            "error[secret]:",
            "warning[secret]: a key in the text",
            "[secret]",
        ] {
            assert_eq!(name_in(given), "secret", "{given}");
        }
    }

    #[test]
    fn a_mistyped_name_is_guessed() {
        let (code, text) = unknown("naiv-timestamp").printed();
        assert_eq!(code, 2);
        assert!(text.contains("did you mean `naive-timestamp`?"), "{text}");
    }
}
