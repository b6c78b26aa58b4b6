//! What was typed, made fit for a document or refused.

use crate::cli::CommandError;
use crate::text::printable;

/// The longest title, in characters; it is a line on a page and in a list.
const LONGEST_TITLE: usize = 200;

/// The longest sentence, in characters.
const LONGEST_SENTENCE: usize = 2_000;

/// The longest name of a service, in characters.
const LONGEST_NAME: usize = 100;

/// The longest text of several lines, in bytes.
const LONGEST_PROSE: usize = 200_000;

/// Why a line cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    message: String,
    help: String,
}

impl From<LineError> for CommandError {
    fn from(error: LineError) -> Self {
        Self::new(error.message).help(error.help)
    }
}

/// A title: one line, not empty.
pub fn title(typed: &str) -> Result<String, LineError> {
    let title = one_line("the title", typed, LONGEST_TITLE)?;
    if title.is_empty() {
        return Err(LineError {
            message: "the title is empty".to_owned(),
            help: "say what happened, such as `API answers with errors`".to_owned(),
        });
    }
    Ok(title)
}

/// One sentence, possibly empty.
pub fn sentence(name: &str, typed: &str) -> Result<String, LineError> {
    let text = one_line(name, typed, LONGEST_SENTENCE)?;
    if text.is_empty() {
        return Err(empty(name));
    }
    Ok(text)
}

/// Services, separated by commas; each once.
pub fn services(typed: &str) -> Result<Vec<String>, LineError> {
    let mut services: Vec<String> = Vec::new();
    for part in typed.split([',', '\n']) {
        let name = one_line("the name of a service", part, LONGEST_NAME)?;
        if !name.is_empty() && !services.contains(&name) {
            services.push(name);
        }
    }
    if services.is_empty() {
        return Err(empty("--service"));
    }
    Ok(services)
}

/// Text of any number of lines.
pub fn prose(name: &str, typed: &str) -> Result<String, LineError> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.trim_matches('\n').lines().map(str::trim_end).collect();
    let text = lines.join("\n");
    if text.trim().is_empty() {
        return Err(empty(name));
    }
    if text.len() > LONGEST_PROSE {
        return Err(LineError {
            message: format!("{name} is {} bytes long", text.len()),
            help: format!("at most {LONGEST_PROSE} bytes; attach what is longer"),
        });
    }
    without_control_characters(name, &text)?;
    // A text of several lines ends with a line break, as in any file.
    Ok(if text.contains('\n') {
        text + "\n"
    } else {
        text
    })
}

/// Folds white space, line breaks included, into single spaces.
fn one_line(name: &str, typed: &str, longest: usize) -> Result<String, LineError> {
    let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = text.chars().count();
    if length > longest {
        return Err(LineError {
            message: format!("{name} is {length} characters long"),
            help: format!("at most {longest} characters; --summary and the document take more"),
        });
    }
    without_control_characters(name, &text)?;
    Ok(text)
}

fn without_control_characters(name: &str, text: &str) -> Result<(), LineError> {
    let shown = printable(text);
    if shown == text {
        return Ok(());
    }
    Err(LineError {
        message: format!("{name} has a control character: `{}`", excerpt(&shown)),
        help: "type it again without what is written as `\\u{…}`".to_owned(),
    })
}

fn empty(name: &str) -> LineError {
    LineError {
        message: format!("{name} is empty"),
        help: "leave it out where there is nothing to say yet".to_owned(),
    }
}

/// The part around the first escape, where a text is long.
fn excerpt(shown: &str) -> String {
    let at = shown.find("\\u{").unwrap_or(0);
    let before: Vec<char> = shown[..at].chars().rev().take(40).collect();
    let after = shown[at..].chars().take(60);
    before.into_iter().rev().chain(after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_whatever_was_pasted() {
        assert_eq!(title("  API\tdown\n"), Ok("API down".to_owned()));
        for odd in [
            "- down",
            "# 4412",
            "a: b",
            "🔥 障害",
            "'",
            "{x}",
            "@all",
            "null",
        ] {
            assert_eq!(title(odd), Ok(odd.to_owned()));
        }
        assert!(title(" \n ").is_err());
        assert!(title(&"long ".repeat(20_000)).is_err());
        let error = title("a\u{1b}[31mred").expect_err("an escape");
        assert!(error.message.contains("a\\u{1b}[31mred"), "{error:?}");
    }

    #[test]
    fn services_come_one_by_one() {
        let names = |typed: &str| services(typed);
        assert_eq!(
            names("api, chatgpt,,api\nsora"),
            Ok(vec![
                "api".to_owned(),
                "chatgpt".to_owned(),
                "sora".to_owned()
            ])
        );
        assert!(names(" , ").is_err());
        assert!(names("a\u{7}").is_err());
    }

    #[test]
    fn prose_keeps_its_lines() {
        assert_eq!(prose("--summary", "one"), Ok("one".to_owned()));
        assert_eq!(
            prose("--summary", "\n  one  \r\n\r\ntwo\n\n"),
            Ok("  one\n\ntwo\n".to_owned())
        );
        assert!(prose("--summary", "\n").is_err());
        assert!(prose("--summary", "a\u{0}").is_err());
    }
}
