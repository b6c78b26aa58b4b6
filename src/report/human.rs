use annotate_snippets::{
    AnnotationKind, Group, Level as Colour, Origin, Padding, Renderer, Snippet,
};

use crate::diagnostic::Level;
use crate::text::{Source, Span};

use super::excerpt::Excerpt;
use super::finding::{Finding, within};
use super::{Entries, Entry, FileFindings, Format, Run, all, entries_with_suppressed_by, safe};

/// Findings for people: the lines of the file with marks below them, and what to do.
#[derive(Debug, Clone, Copy)]
pub struct Human {
    /// Whether to colour.
    pub colour: bool,
    /// How many characters fit in a line.
    pub width: usize,
}

impl Human {
    /// The findings of one file.
    pub fn shown(&self, file: &FileFindings) -> String {
        let entries = self.entries(file).into_iter();
        entries.map(|entry| entry.text).collect()
    }
}

impl Format for Human {
    fn entries(&self, file: &FileFindings) -> Vec<Entry> {
        let renderer = if self.colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let renderer = renderer.term_width(self.width.max(40));
        entries_with_suppressed_by(file, |finding| {
            let source = finding.file.source();
            let shown = finding.file.shown();
            picture(&renderer, source, shown, finding) + "\n\n"
        })
    }

    fn whole(&self, _: &Run<'_>, files: &[Entries]) -> Vec<u8> {
        let length = all(files).map(|entry| entry.text.len()).sum();
        let mut whole = Vec::with_capacity(length);
        for entry in all(files) {
            whole.extend_from_slice(entry.text.as_bytes());
        }
        whole
    }
}

fn picture(renderer: &Renderer, source: &Source, shown: &str, finding: &Finding<'_>) -> String {
    let suppressed = finding.suppressed();
    let finding = finding.diagnostic;
    let spans: Vec<Span> = std::iter::once(&finding.place)
        .chain(&finding.labels)
        .map(|label| within(&label.span, shown))
        .collect();
    let excerpt = Excerpt::new(source, shown, &spans);
    let name = safe::line(source.name());
    let place = source.position(finding.place.span.start);
    let mut snippet = Snippet::source(&excerpt.text).line_start(excerpt.first_line);
    let mut origin = None;
    if excerpt.column(&spans[0]) == place.column {
        snippet = snippet.path(name);
    } else {
        // The front of the line was cut off, so the excerpt cannot tell the column.
        let whole = Origin::path(name).line(place.line);
        origin = Some(whole.char_column(place.column));
    }
    let labels = std::iter::once(&finding.place).chain(&finding.labels);
    for (index, (span, label)) in spans.iter().zip(labels).enumerate() {
        let kind = match index {
            0 => AnnotationKind::Primary,
            _ => AnnotationKind::Context,
        };
        let mut mark = kind.span(excerpt.span(span));
        if !label.text.is_empty() {
            mark = mark.label(safe::line(&label.text));
        }
        snippet = snippet.annotation(mark);
    }
    let title = colour(finding.level)
        .primary_title(safe::line(&finding.message))
        .id(finding.rule);
    let mut group: Group<'_> = title.elements(origin).element(snippet).element(Padding);
    for help in &finding.help {
        group = group.element(Colour::HELP.message(safe::line(help)));
    }
    if let Some(why) = suppressed {
        group = group.element(Colour::NOTE.with_name("suppressed").message(why));
    }
    let more = format!("postmortem explain {}", finding.rule);
    group = group.element(Colour::NOTE.with_name("more").message(more));
    renderer.render(&[group])
}

fn colour(level: Level) -> Colour<'static> {
    match level {
        Level::Error => Colour::ERROR,
        Level::Warning => Colour::WARNING,
        Level::Info => Colour::INFO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;

    fn write(text: &str, findings: Vec<Diagnostic>) -> String {
        let source = Source::new("a\u{1b}.yaml", text);
        let human = Human {
            colour: false,
            width: 80,
        };
        human.shown(&FileFindings::new(source, findings))
    }

    #[test]
    fn a_finding_reads_as_a_picture() {
        let text = "é: 1\ntimeline:\n  - at: 2024-12-11T15:16Z\n  - x\n  - at: 2024-12-11T03:38Z\n";
        let at = |word: &str| {
            let start = text.find(word).expect(word);
            start..start + word.len()
        };
        let finding = Diagnostic::error("some-rule", at("2024-12-11T03:38Z"), "it ends early")
            .saying("11 h earlier")
            .label(at("2024-12-11T15:16Z"), "started here")
            .help("look again");
        let picture = "\
error[some-rule]: it ends early
 --> a\\u{1b}.yaml:5:9
  |
3 |   - at: 2024-12-11T15:16Z
  |         ----------------- started here
4 |   - x
5 |   - at: 2024-12-11T03:38Z
  |         ^^^^^^^^^^^^^^^^^ 11 h earlier
  |
  = help: look again
  = more: postmortem explain some-rule

";
        assert_eq!(write(text, vec![finding]), picture);
    }

    #[test]
    fn no_span_makes_it_panic() {
        let text = "\u{feff}é: \"日本\u{202e}\u{9b}語\"\r\n\tpassword=Tr1ckyHorse99\r\n\r\n";
        for start in 0..=text.len() + 2 {
            for end in [start, start + 1, start + 2, text.len()] {
                let finding = Diagnostic::error("r", start..end, "m").label(end..end, "l");
                let shown = write(text, vec![finding]);
                assert!(!shown.contains("Tr1cky"), "{shown}");
                assert!(
                    !shown.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\r']),
                    "{shown}"
                );
            }
        }
        let reversed = Span { start: 5, end: 2 };
        assert!(!write(text, vec![Diagnostic::error("r", reversed, "m")]).is_empty());
        assert!(!write("", vec![Diagnostic::error("r", 0..0, "m")]).is_empty());
    }

    #[test]
    fn a_place_far_to_the_right_keeps_its_column() {
        let text = format!("{}!{}", "x ".repeat(2_000_000), "y".repeat(90_000));
        let shown = write(
            &text,
            vec![Diagnostic::error("r", 4_000_000..4_000_001, "m")],
        );
        assert!(shown.contains("a\\u{1b}.yaml:1:4000001"), "{shown}");
        assert!(shown.len() < 2_000);
    }
}
