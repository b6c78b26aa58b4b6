//! What reads without an error, but not as its writer meant it.

use crate::diagnostic::{Diagnostic, Fix, Level, MOST_FINDINGS};
use crate::yaml::{Content, Node, Style, Tree, quoted};

use super::shape::is_prose;

/// Looks for texts cut by a comment, words that other readers take for true or false, and list items
/// that fell into the text above them.
pub(super) fn check(tree: &Tree, source: &str) -> Vec<Diagnostic> {
    let mut check = Check {
        tree,
        source,
        suspects: tree
            .comments
            .iter()
            .filter(|comment| begins_without_space(source, comment.start))
            .map(|comment| comment.start)
            .collect(),
        findings: Vec::new(),
    };
    check.node(&tree.root, "");
    check.findings
}

fn begins_without_space(source: &str, hash: usize) -> bool {
    let after = source.get(hash + 1..).and_then(|rest| rest.chars().next());
    after.is_some_and(|c| c.is_alphanumeric())
}

struct Check<'t> {
    tree: &'t Tree,
    source: &'t str,
    /// Comments whose `#` touches a word, as in `#4412`; in order.
    suspects: Vec<usize>,
    findings: Vec<Diagnostic>,
}

impl Check<'_> {
    fn node(&mut self, node: &Node, field: &str) {
        match &node.content {
            Content::List(items) => items.iter().for_each(|item| self.node(item, field)),
            Content::Map { entries, .. } => {
                for entry in entries {
                    let name = self.tree.text_of(&entry.key);
                    self.node(&entry.value, name);
                }
            }
            Content::Scalar(scalar) if scalar.style == Style::Plain => {
                let text = self.tree.text_of(scalar);
                if text.len() <= 3 && is_yes_or_no(text) && is_prose(field) {
                    self.yes_or_no(node, text);
                }
                if !self.suspects.is_empty() && is_prose(field) {
                    self.cut_text(node, text);
                }
                // A text over several lines is shorter than what was written.
                if text.len() < node.span.len() && self.written(node).contains('\n') {
                    self.swallowed_item(node);
                }
            }
            Content::Scalar(_) => {}
        }
    }

    fn written(&self, node: &Node) -> &str {
        self.source.get(node.span.clone()).unwrap_or("")
    }

    fn yes_or_no(&mut self, node: &Node, text: &str) {
        let mut finding = Diagnostic::error(
            "bare-yes-or-no",
            node.span.clone(),
            format!("many YAML readers take a bare `{text}` for true or false"),
        )
        .help(format!("put it in quotes: \"{text}\""))
        .fixed_by(Fix::replacing(
            "put it in quotes",
            true,
            node.span.clone(),
            quoted(text),
        ));
        finding.level = Level::Warning;
        self.found(finding);
    }

    fn found(&mut self, finding: Diagnostic) {
        if self.findings.len() <= MOST_FINDINGS {
            self.findings.push(finding);
        }
    }

    fn cut_text(&mut self, node: &Node, text: &str) {
        let after = self.source.get(node.span.end..).unwrap_or("");
        let space = after.len() - after.trim_start_matches([' ', '\t']).len();
        let hash = node.span.end + space;
        if space == 0 || self.suspects.binary_search(&hash).is_err() {
            return;
        }
        let line_end = after
            .find(['\n', '\r'])
            .map_or(self.source.len(), |end| node.span.end + end);
        let comment = self.source.get(hash..line_end).unwrap_or("").trim_end();
        let message = match text {
            "" => "the text is empty: ` #` begins a comment".to_owned(),
            _ => format!(
                "the text ends at `{}`: ` #` begins a comment",
                last_word(text)
            ),
        };
        let whole = [text, comment].join(" ");
        let start = if text.is_empty() {
            hash
        } else {
            node.span.start
        };
        let mut finding =
            Diagnostic::error("text-cut-by-comment", start..hash + comment.len(), message);
        finding.level = Level::Warning;
        // A number of a ticket is no comment; a word may be one. In braces the comment took what closes them.
        let line = self
            .source
            .get(..start)
            .map_or("", |before| before.rsplit('\n').next().unwrap_or(""));
        if !text.contains('\n') && !line.contains(['{', '[']) {
            let is_number = comment[1..].starts_with(|c: char| c.is_ascii_digit());
            let place = finding.place.span.clone();
            finding = finding.fixed_by(Fix::replacing(
                "put the text in quotes",
                is_number,
                place,
                quoted(whole.trim()),
            ));
        }
        self.found(if whole.contains(['"', '\\', '\n']) || whole.len() > 100 {
            finding.help("put the text in quotes, or write it as a `|` block")
        } else {
            finding.help(format!("put the text in quotes: \"{}\"", whole.trim()))
        });
    }

    fn swallowed_item(&mut self, node: &Node) {
        let mut at = node.span.start;
        let mut found = Vec::new();
        for (index, line) in self.written(node).split('\n').enumerate() {
            let content = line.trim_start();
            if index > 0 && content.starts_with("- ") {
                let start = at + (line.len() - content.len());
                found.push(start..start + content.trim_end().len());
            }
            at += line.len() + 1;
        }
        for place in found {
            self.found(
                Diagnostic::error("wrong-indentation", place, "this line is indented so deep that it belongs to the text above it")
                    .help("begin all items of a list in the same column; if the dash belongs to the text, write the text as a `|` block"),
            );
        }
    }
}

fn is_yes_or_no(text: &str) -> bool {
    ["y", "yes", "n", "no", "on", "off"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

fn last_word(text: &str) -> &str {
    text.split_whitespace().next_back().unwrap_or(text)
}
