//! What holds for every format: it can be parsed whatever a file holds, and no secret is in it.

use super::*;
use crate::diagnostic::{Diagnostic, Fix};
use crate::text::{Replacement, Source};

/// Everything a format writes of some files.
pub fn written(format: &dyn Format, files: &[FileFindings]) -> String {
    let mut summary = Summary::default();
    for file in files {
        summary.add(file);
    }
    let run = Run {
        summary: &summary,
        rules: &[RuleText {
            name: "some-rule",
            summary: "Something is wrong.",
            markdown: "# some-rule\n\nSomething is wrong.\n",
            level: Some(Level::Warning),
        }],
        complete: true,
    };
    let entries: Vec<Entries> = files.iter().map(|file| Entries::of(format, file)).collect();
    String::from_utf8(format.whole(&run, &entries)).expect("UTF-8")
}

fn formats() -> Vec<(&'static str, Box<dyn Format>)> {
    let human = Human {
        colour: false,
        width: 80,
    };
    vec![
        ("human", Box::new(human)),
        ("concise", Box::new(Concise)),
        ("json", Box::new(Json)),
        ("jsonl", Box::new(Jsonl)),
        ("sarif", Box::new(Sarif)),
        ("github", Box::new(Github)),
        ("summary", Box::new(StepSummary)),
        ("gitlab", Box::new(Gitlab)),
        ("junit", Box::new(Junit)),
        ("rdjson", Box::new(Rdjson)),
        ("checkstyle", Box::new(Checkstyle)),
    ]
}

/// A file that holds this text, each of whose lines is found fault with in these words, and mended
/// with them.
fn hostile(name: &str, text: &str) -> FileFindings {
    let mut findings = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = start..start + line.len();
        let fix = Fix {
            what: crate::text::excerpt(&format!("write `{text}`"), 300),
            safe: true,
            replacements: vec![Replacement {
                span: span.clone(),
                text: line.to_owned(),
            }],
        };
        findings.push(
            Diagnostic::error("some-rule", span.clone(), format!("found `{line}`"))
                .saying(text)
                .label(span, text)
                .help(text)
                .fixed_by(fix),
        );
        start += line.len();
    }
    FileFindings::new(Source::new(name, text), findings)
}

/// Fails where a text is not what its format asks for.
fn parse(format: &str, text: &str) {
    match format {
        "json" | "sarif" | "gitlab" | "rdjson" => {
            serde_json::from_str::<serde_json::Value>(text).expect(format);
        }
        "jsonl" => {
            for line in text.lines() {
                serde_json::from_str::<serde_json::Value>(line).expect(format);
            }
        }
        "junit" | "checkstyle" => {
            roxmltree::Document::parse(text).expect(format);
        }
        "github" => {
            for line in text.lines() {
                let (properties, _) = line[2..].split_once("::").expect("a command");
                let (command, properties) = properties.split_once(' ').expect("properties");
                assert_eq!(command, "error");
                let names = properties.split(',').map(|part| part.split('=').next());
                assert_eq!(names.clone().next(), Some(Some("title")));
                assert!(names.count() >= 4, "{line}");
            }
        }
        "summary" => {
            for line in text.lines().skip(6) {
                assert_eq!(line.replace("\\|", "").matches('|').count(), 5, "{line}");
            }
        }
        _ => {}
    }
}

#[test]
fn hostile_text_breaks_no_format() {
    let long = format!("a: {}\n", "x😀".repeat(20_000));
    let texts = [
        "a: \u{1b}[31m\u{1b}]0;x\u{7}\u{9b}2J\u{7f}\n",
        "]]> --> <![CDATA[ & &lt; \" ' </testcase>\n",
        "%0A%0D%25::error file=x::y,::stop-commands::z\n",
        "\0 NUL \u{ffff}\u{fffe}\n",
        "😀 é\u{301} \u{202e}\u{2066}\u{2028}\u{2029}\u{85}\r\n\tx\r\n",
        "\u{feff}a: 1\r\nb: 2\rc: 3",
        "| a | b |\n<script>x</script> [l](javascript:x) ![i](y) `c` @all #1\n",
        "\\ \\u0000 {} [] \"\\\"\n",
        long.as_str(),
    ];
    for text in texts {
        for name in ["a.yaml", "a\u{1b}\u{202e},:=%\"'<&|\n]]>😀.yaml"] {
            for (format, writer) in formats() {
                let shown = written(writer.as_ref(), &[hostile(name, text)]);
                parse(format, &shown);
                let harms = |c: char| {
                    matches!(c, '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
                        || (c < ' ' && c != '\n' && c != '\t')
                };
                assert!(!shown.contains(harms), "{format}: {shown:?}");
            }
        }
    }
}

#[test]
fn no_format_shows_a_secret() {
    let secret = "Tr1ckyHorse99";
    let text = format!("a: 1 # password={secret}\npassword={secret}\n");
    let mut file = hostile(&format!("password={secret}.yaml"), &text);
    // What is put in makes a secret only together with what stands there.
    let mut findings = file.diagnostics().to_vec();
    let mut made = Diagnostic::error("some-rule", 0..1, "m");
    made.fix = Some(Fix {
        what: "put it in".to_owned(),
        safe: false,
        replacements: vec![Replacement {
            span: text.len() - secret.len() - 1..text.len() - 1,
            text: secret.to_owned(),
        }],
    });
    findings.push(made);
    file = FileFindings::new(file.source().clone(), findings);
    for (format, writer) in formats() {
        let shown = written(writer.as_ref(), std::slice::from_ref(&file));
        assert!(
            shown.contains("some-rule") || shown.contains("some\\-rule"),
            "{format}"
        );
        assert!(!shown.contains("Tr1cky"), "{format}: {shown}");
    }
}

#[test]
fn nothing_found_is_valid_too() {
    let clean = || FileFindings::new(Source::new("a.yaml", ""), Vec::new());
    for files in [vec![], vec![clean()]] {
        for (format, writer) in formats() {
            parse(format, &written(writer.as_ref(), &files));
        }
    }
    let junit = written(&Junit, &[clean()]);
    assert!(junit.contains("tests=\"1\" failures=\"0\""), "{junit}");
    assert_eq!(written(&Gitlab, &[clean()]), "[]\n");
}

#[test]
fn reviewdog_counts_bytes() {
    let finding = Diagnostic::error("some-rule", 6..7, "m");
    let file = FileFindings::new(Source::new("a.yaml", "\na😀b\n"), vec![finding]);
    let json: serde_json::Value = serde_json::from_str(&written(&Rdjson, &[file])).expect("JSON");
    let range = &json["diagnostics"][0]["location"]["range"];
    assert_eq!(range["start"], serde_json::json!({"line": 2, "column": 6}));
    assert_eq!(range["end"], serde_json::json!({"line": 2, "column": 7}));
}
