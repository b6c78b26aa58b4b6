use granit_parser::ErrorKind;

use crate::diagnostic::{Diagnostic, Fix};
use crate::text::Span;

use super::super::parse::SyntaxError;
use super::super::write::quoted;
use super::anatomy::{Anatomy, Parts};
use super::{Patch, Slip};

/// Says in a person's words what a syntax error was, and what to blank out to read on.
pub(super) fn diagnose(text: &str, error: &SyntaxError) -> Slip {
    let case = Case::new(text, error);
    case.tab()
        .or_else(|| case.control_character())
        .or_else(|| case.unclosed_quote())
        .or_else(|| case.quote_closes_early())
        .or_else(|| case.colon_in_bare_text())
        .or_else(|| case.unclosed_bracket())
        .or_else(|| case.reserved_character())
        .or_else(|| case.line_without_colon())
        .or_else(|| case.wrong_indentation())
        .unwrap_or_else(|| case.not_yaml())
}

struct Case<'t> {
    text: &'t str,
    anatomy: Anatomy<'t>,
    kind: &'t ErrorKind,
    offset: usize,
    line: Span,
    parts: Option<Parts>,
}

impl<'t> Case<'t> {
    fn new(text: &'t str, error: &'t SyntaxError) -> Self {
        let anatomy = Anatomy::new(text);
        let mut offset = error.offset;
        // An error noticed at the end of the file, or on an empty line, belongs to the text above it.
        let mut line = anatomy.line_at(offset);
        if anatomy.content(&line).trim().is_empty()
            && let Some(above) = anatomy.line_above(&line)
        {
            offset = above.end;
            line = above;
        }
        let parts = anatomy.parts(&line);
        Self {
            text,
            anatomy,
            kind: &error.kind,
            offset,
            line,
            parts,
        }
    }

    fn char_at_offset(&self) -> Option<char> {
        self.text.get(self.offset..)?.chars().next()
    }

    fn content(&self) -> &'t str {
        self.anatomy.content(&self.line)
    }

    fn tab(&self) -> Option<Slip> {
        let next_line = || self.anatomy.line_at(self.line.end + 1);
        let lines = match self.kind {
            ErrorKind::TabInPlainScalar => vec![self.line.clone(), next_line()],
            _ => vec![self.line.clone()],
        };
        let place = lines.into_iter().find_map(|line| {
            let content = self.anatomy.content(&line);
            let leading = content.len() - content.trim_start_matches([' ', '\t']).len();
            let tab = content.get(..leading)?.find('\t')?;
            Some(line.start + tab..line.start + leading)
        })?;
        let tabs = self.text.get(place.clone()).unwrap_or("");
        let fix = Fix::replacing(
            "write two spaces for each tab",
            false,
            place.clone(),
            tabs.replace('\t', "  "),
        );
        Some(Slip {
            patches: vec![(place.clone(), Patch::Blank)],
            finding: Diagnostic::error(
                "tab-in-indentation",
                place,
                "a tab stands in the indentation",
            )
            .help("YAML counts spaces only: indent with two spaces a level")
            .fixed_by(fix),
        })
    }

    fn control_character(&self) -> Option<Slip> {
        let ErrorKind::UnexpectedCharacter { character } = self.kind else {
            return None;
        };
        if !character.is_control() {
            return None;
        }
        // The parser may name the beginning of the text in which it stands.
        let rest = self.text.get(self.offset..)?;
        let at = self.offset + rest.find(*character)?;
        let place = at..at + character.len_utf8();
        let message = format!(
            "a control character stands here (U+{:04X})",
            u32::from(*character)
        );
        Some(Slip {
            patches: vec![(place.clone(), Patch::Blank)],
            finding: Diagnostic::error("not-yaml", place, message)
                .help("delete it; in a quoted text it can be written as an escape such as \"\\e\""),
        })
    }

    fn unclosed_quote(&self) -> Option<Slip> {
        let about_quotes = matches!(
            self.kind,
            ErrorKind::UnclosedQuotedScalar
                | ErrorKind::InvalidQuotedScalarIndent
                | ErrorKind::DocumentIndicatorInQuotedScalar
                | ErrorKind::TabInIndentation
        );
        if !about_quotes {
            return None;
        }
        let quote = self.anatomy.open_quote_above(self.offset)?;
        let line = self.anatomy.line_at(quote);
        Some(Slip {
            patches: vec![(quote..line.end, Patch::Word)],
            finding: Diagnostic::error("not-yaml", quote..line.end, "a quoted text begins here and does not end")
                .help("close it with the same quote; if the quote belongs to the text, write the text as a `|` block"),
        })
    }

    fn quote_closes_early(&self) -> Option<Slip> {
        let early = matches!(
            self.kind,
            ErrorKind::InvalidTrailingSingleQuotedScalar
                | ErrorKind::InvalidTrailingDoubleQuotedScalar
        );
        if !early {
            return None;
        }
        let value = self.value_around_offset()?;
        let quote = self.text.get(value.start..)?.chars().next()?;
        let help = if quote == '\'' {
            "double the apostrophes inside ('it''s'), use double quotes around, or write the text as a `|` block"
        } else {
            "put the whole text in quotes and write inner quotes as \\\", or write the text as a `|` block"
        };
        Some(Slip {
            patches: vec![(value.clone(), Patch::Word)],
            finding: Diagnostic::error(
                "reserved-character",
                value,
                format!("the quoted text ends at the second {quote}, and more text follows"),
            )
            .help(help),
        })
    }

    fn colon_in_bare_text(&self) -> Option<Slip> {
        if self.char_at_offset() != Some(':') {
            return None;
        }
        let value = match self.kind {
            ErrorKind::MappingValueNotAllowed => self.parts.as_ref()?.value.clone(),
            _ => self.anatomy.flow_parts(self.offset)?.value,
        };
        let text = self.text.get(value.clone())?;
        if value.start > self.offset || text.starts_with(['"', '\'']) {
            return None;
        }
        let colons = text
            .char_indices()
            .filter(|(at, c)| {
                *c == ':'
                    && text
                        .get(at + 1..)
                        .is_none_or(|rest| rest.is_empty() || rest.starts_with(' '))
            })
            .map(|(at, _)| (value.start + at..value.start + at + 1, Patch::Byte(b';')))
            .collect();
        let words = text.trim_end();
        let quoted = quoted(words);
        let place = value.start..value.start + words.len();
        let finding = Diagnostic::error(
            "colon-in-bare-text",
            place,
            "a colon and a space in bare text begin a second key",
        )
        .label(self.offset..self.offset + 1, "this colon");
        let finding = in_quotes(finding, words, true);
        Some(Slip {
            patches: colons,
            finding: if quoted.chars().count() <= 80 {
                finding.help(format!("put the text in quotes: {quoted}"))
            } else {
                finding.help("put the text in quotes, or write it as a `|` block")
            },
        })
    }

    fn unclosed_bracket(&self) -> Option<Slip> {
        let about_flow = matches!(
            self.kind,
            ErrorKind::ExpectedFlowMappingSeparator
                | ErrorKind::ExpectedFlowSequenceSeparator
                | ErrorKind::InvalidColonPlacement
                | ErrorKind::UnclosedFlowCollection { .. }
                | ErrorKind::UnexpectedEofFlowMapping
                | ErrorKind::UnexpectedEofFlowSequence
                | ErrorKind::UnexpectedEofImplicitFlowMapping
                | ErrorKind::InvalidFlowScalarIndent
                | ErrorKind::InvalidIndentation
                | ErrorKind::BlockEntryInFlowCollection
                | ErrorKind::MismatchedFlowCollectionEnd { .. }
        );
        if !about_flow {
            return None;
        }
        let bracket = self.anatomy.open_bracket_above(self.offset).or_else(|| {
            let before = self.text.get(self.line.start..self.line.end)?;
            let open = before.find(['{', '['])?;
            (before.matches(['{', '[']).count() > before.matches(['}', ']']).count())
                .then_some(self.line.start + open)
        })?;
        let line = self.anatomy.line_at(bracket);
        let found = self.text.get(bracket..bracket + 1).unwrap_or("{");
        let wanted = if found == "[" { "]" } else { "}" };
        Some(Slip {
            patches: vec![(bracket..line.end, Patch::Word)],
            finding: Diagnostic::error(
                "not-yaml",
                bracket..bracket + 1,
                format!("`{found}` begins here and is not closed"),
            )
            .help(format!(
                "close it with `{wanted}`; if it belongs to a text, put the text in quotes"
            )),
        })
    }

    fn reserved_character(&self) -> Option<Slip> {
        let value = self.value_around_offset()?;
        let text = self.text.get(value.clone())?;
        let first = text.chars().next()?;
        let reserved = matches!(
            first,
            '@' | '`' | '%' | '&' | '*' | '!' | '|' | '>' | '[' | ']' | '{' | '}' | '-' | '?' | ','
        );
        if !reserved {
            return None;
        }
        let trimmed = text.trim_end();
        let place = value.start..value.start + trimmed.len();
        let finding = Diagnostic::error(
            "reserved-character",
            place,
            match first {
                '`' => {
                    "bare text cannot begin with a backtick: YAML keeps that character for itself"
                        .to_owned()
                }
                _ => format!(
                    "bare text cannot begin with `{first}`: YAML keeps that character for itself"
                ),
            },
        );
        let is_clear = matches!(first, '@' | '`' | '%') || (first == '[' && trimmed.contains("] "));
        let finding = in_quotes(finding, trimmed, is_clear);
        Some(Slip {
            patches: vec![(value, Patch::Word)],
            finding: if trimmed.chars().count() <= 80 && !trimmed.contains(['"', '\\']) {
                finding.help(format!("put the text in quotes: \"{trimmed}\""))
            } else {
                finding.help("put the text in quotes, or write it as a `|` block")
            },
        })
    }

    /// The value of the line that holds the error: a flow entry's or the line's own.
    fn value_around_offset(&self) -> Option<Span> {
        let own = self.parts.clone().map(|parts| parts.value);
        let flow = || {
            self.anatomy
                .flow_parts(self.offset)
                .map(|parts| parts.value)
        };
        let own_is_flow = own
            .as_ref()
            .and_then(|value| self.text.get(value.clone()))
            .is_some_and(|text| text.starts_with('{') && text.trim_end().ends_with('}'));
        let item = || {
            let content = self.content().trim_start();
            let rest = content.strip_prefix("- ")?.trim_start();
            Some(self.line.end - rest.len()..self.line.end)
        };
        let whole_item_is_flow = item()
            .and_then(|value| self.text.get(value))
            .is_some_and(|text| text.starts_with('{') && text.trim_end().ends_with('}'));
        let value = if own_is_flow || whole_item_is_flow {
            flow().filter(|value| value.start <= self.offset)
        } else {
            own.or_else(item)
        };
        value.filter(|value| value.start <= self.offset && !value.is_empty())
    }

    fn line_without_colon(&self) -> Option<Slip> {
        let expects_key = matches!(
            self.kind,
            ErrorKind::SimpleKeyExpected
                | ErrorKind::MappingValueNotAllowed
                | ErrorKind::ExpectedBlockMappingKey
                | ErrorKind::InvalidSimpleKey
        );
        if !expects_key {
            return None;
        }
        let has_no_key = |line: &Span| {
            let content = self.anatomy.content(line).trim();
            self.anatomy.parts(line).is_none()
                && !content.starts_with("- ")
                && !content.starts_with(['{', '[', '"', '\'', '}', ']'])
        };
        let same_indent =
            |above: &Span| self.anatomy.indent(above) == self.anatomy.indent(&self.line);
        let line = if has_no_key(&self.line) {
            self.line.clone()
        } else {
            self.anatomy
                .line_above(&self.line)
                .filter(|above| same_indent(above) && has_no_key(above))?
        };
        let content = self.anatomy.content(&line);
        let start = line.start + (content.len() - content.trim_start().len());
        let words = content.trim();
        let finding = Diagnostic::error(
            "not-yaml",
            start..start + words.len(),
            "this line has no key",
        );
        let finding = match words.split_once(':') {
            Some((key, value)) if key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) => {
                let colon = start + key.len() + 1;
                finding
                    .help(format!("put a space after the colon: `{key}: {value}`"))
                    .fixed_by(Fix::replacing("put a space after the colon", false, colon..colon, " "))
            }
            _ => finding
                .help("write `key: value`; if it belongs to the text above, indent it deeper than that text's key"),
        };
        Some(Slip {
            patches: vec![(line, Patch::Blank)],
            finding,
        })
    }

    fn wrong_indentation(&self) -> Option<Slip> {
        let about_structure = matches!(
            self.kind,
            ErrorKind::MappingValueNotAllowed
                | ErrorKind::ExpectedBlockMappingKey
                | ErrorKind::ExpectedBlockSequenceEntry
                | ErrorKind::InvalidIndentation
                | ErrorKind::SimpleKeyExpected
                | ErrorKind::MappingKeyNotAllowed
                | ErrorKind::BlockSequenceEntryNotAllowed
                | ErrorKind::InvalidBlockScalarIndent
        );
        if !about_structure {
            return None;
        }
        let above = self.anatomy.line_above(&self.line)?;
        let (indent, indent_above) = (self.anatomy.indent(&self.line), self.anatomy.indent(&above));
        let content = self.content().trim();
        let place = self.line.start + indent..self.line.start + indent + content.len();
        let is_item = content.starts_with("- ") || content == "-";
        let message = match indent.cmp(&indent_above) {
            std::cmp::Ordering::Equal if is_item => {
                "a list item stands among the keys of a map".to_owned()
            }
            std::cmp::Ordering::Equal => "a key stands among the items of a list".to_owned(),
            std::cmp::Ordering::Greater => format!(
                "this line is indented by {indent}, deeper than the {indent_above} of the line above, which can hold nothing below it"
            ),
            std::cmp::Ordering::Less => {
                format!("this line is indented by {indent}, where nothing above it begins")
            }
        };
        let deeper = self.anatomy.entry_around(self.line.start, &[]);
        Some(Slip {
            patches: vec![(self.line.start..deeper.end, Patch::Blank)],
            finding: Diagnostic::error("wrong-indentation", place, message)
                .help("keys of one map, and items of one list, begin in the same column"),
        })
    }

    fn not_yaml(&self) -> Slip {
        if matches!(self.kind, ErrorKind::RecursionLimitExceeded) {
            return Slip {
                patches: vec![(0..self.text.len(), Patch::Blank)],
                finding: Diagnostic::error("too-large", self.offset..self.offset, "the file has more than 64 levels")
                    .help("a document needs few levels: look for a list or map that opens again and again"),
            };
        }
        let end = self
            .char_at_offset()
            .filter(|c| *c != '\n' && *c != '\r')
            .map_or(0, char::len_utf8);
        Slip {
            patches: vec![(self.line.clone(), Patch::Blank)],
            finding: Diagnostic::error(
                "not-yaml",
                self.offset..self.offset + end,
                format!("this is not YAML: {}", self.kind),
            )
            .help("if it is meant as text, put it in quotes or write it as a `|` block"),
        }
    }
}

/// Adds putting the whole text in quotes; not where a comment may follow it, or another text in quotes.
fn in_quotes(finding: Diagnostic, text: &str, is_clear: bool) -> Diagnostic {
    if text.contains(" #") || text.ends_with(['"', '\'']) {
        return finding;
    }
    let place = finding.place.span.clone();
    finding.fixed_by(Fix::replacing(
        "put the text in quotes",
        is_clear,
        place,
        quoted(text),
    ))
}
