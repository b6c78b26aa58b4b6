use crate::redact::{Inside, Reason};
use crate::text::{printable, printable_line};

/// What the public does not get of a document, by reason, in the order of the document.
pub fn text(inside: &Inside<'_>, name: &str) -> String {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    let mut tell = |reason: &'static str, line: String| match groups
        .iter_mut()
        .find(|(known, _)| *known == reason)
    {
        Some((_, lines)) => lines.push(line),
        None => groups.push((reason, vec![line])),
    };
    for removed in inside.removed() {
        let line = match &removed.reason {
            Reason::Person(Some(key)) => format!("{} becomes {key}", removed.path),
            _ => removed.path.to_string(),
        };
        tell(removed.reason.words(), line);
    }
    for path in inside.changed() {
        tell("a text without its address inside", path.to_string());
    }
    let count: usize = groups.iter().map(|(_, lines)| lines.len()).sum();
    let name = printable_line(name);
    let mut text = match count {
        0 => format!("The public gets all of {name}.\n"),
        1 => format!("Of {name} the public does not get 1 part:\n"),
        _ => format!("Of {name} the public does not get {count} parts:\n"),
    };
    for (reason, lines) in groups {
        text.push_str(&format!("\n{reason} ({})\n", lines.len()));
        for line in lines {
            text.push_str(&format!("  {}\n", printable_line(&line)));
        }
    }
    let words = match inside.words().len() {
        0 => "No word makes the page internal.".to_owned(),
        1 => "1 word is looked for in the finished page.".to_owned(),
        count => format!("{count} words and texts are looked for in the finished page."),
    };
    text.push_str(&format!("\n{words}\n"));
    printable(&text).into_owned()
}
