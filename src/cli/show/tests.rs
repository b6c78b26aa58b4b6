use crate::cli::screen::columns;
use crate::config::Config;
use crate::document::Document;
use crate::text::Source;

use super::*;

fn drawn(text: &str, width: usize, colour: bool) -> String {
    let reading = Document::read(Source::new("x.yaml", text));
    let document = reading.document.expect("a document");
    let page = Page::of(document.postmortem(), &Config::default(), Readers::Internal);
    let today = chrono::NaiveDate::from_ymd_opt(2024, 12, 20).expect("a day");
    let mut screen = Screen::new(width, colour);
    draw(&page, today, &mut screen);
    screen.into_text()
}

const DOCUMENT: &str = "\
version: 1
id: 2024-12-11-api
title: API answers with errors
severity: sev1
timezone: America/Los_Angeles
people: {jane: {}}
causes:
  - {id: C1, role: trigger, state: confirmed, what: The agent is rolled out., because: [C2, C3], evidence: [S1]}
  - {id: C2, what: No canary., because: [C4]}
  - {id: C3, what: No limit., because: [C4]}
  - {id: C4, role: root, what: No rule asks for them.}
  - {id: C5, state: ruled-out, what: A full disk.}
timeline:
  - {at: 2024-12-11T15:13, kind: [alert, detected], what: Alerts page the team.}
  - {at: 2024-12-11T15:16, kind: started, what: First users see errors.}
  - {at: 2024-12-11T15:20, what: Looked at the graphs., by: jane, internal: true, about: true}
  - {at: 2024-12-11, kind: communication, audience: public, channel: status page, what: Outage acknowledged.}
  - {at: 2024-12-11T15:58, kind: hypothesis, what: The API servers are overloaded., source: S1, detail: \"a  b\\nc\"}
  - {at: 2024-12-12T09:16, kind: resolved, what: All is well.}
actions:
  - {id: A1, what: Roll out in steps, for: [C1], owner: jane, priority: P1, due: 2024-12-19}
  - {id: A2, what: Ask for a canary, due: 2024-12-21}
";

#[test]
fn the_timeline_shows_clock_times_and_distances() {
    let drawn = drawn(DOCUMENT, 80, false);
    let timeline = "\
What happened
  11 December 2024
  15:13   −3 min   alert, detected  Alerts page the team.
  15:16   +0       started  First users see errors.
  ~15:20  +4 min   Looked at the graphs. [internal]
                   by jane
                   communication  Outage acknowledged.
                   hour not known · to the public · status page
  15:58   +42 min  hypothesis  The API servers are overloaded. [S1]
                     a  b
                     c

  12 December 2024
  09:16   +18 h    resolved  All is well.
";
    assert!(drawn.contains(timeline), "{drawn}");
}

#[test]
fn causes_are_a_tree_in_which_each_stands_once() {
    let drawn = drawn(DOCUMENT, 80, false);
    let tree = "\
Why it happened
  C1  The agent is rolled out.
  │   confirmed  trigger
  │   evidence: S1 · answered by: A1
  ├─ C2  No canary.
  │  │   suspected
  │  └─ C4  No rule asks for them.
  │         suspected  root cause
  └─ C3  No limit.
     │   suspected
     └─ C4  as told above

  C5  A full disk.
      ruled out
";
    assert!(drawn.contains(tree), "{drawn}");
}

#[test]
fn what_is_late_is_marked() {
    let drawn = drawn(DOCUMENT, 80, false);
    let actions = "\
What will change
  A1  Roll out in steps
      open, overdue since 19 December 2024   P1 · jane · for C1
  A2  Ask for a canary
      open, due 21 December 2024
";
    assert!(drawn.contains(actions), "{drawn}");
}

#[test]
fn every_document_fits_every_screen_and_colours_change_no_word() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for below in ["examples", "tests/documents"] {
        for entry in std::fs::read_dir(folder.join(below)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|end| end != "yaml") {
                continue;
            }
            count += 1;
            let text = std::fs::read_to_string(&path).expect("a document");
            for width in [40, 80, 100] {
                let plain = drawn(&text, width, false);
                let too_wide = |line: &&str| columns(line) > width && !line.contains("://");
                let found: Vec<&str> = plain.lines().filter(too_wide).collect();
                assert!(
                    found.is_empty(),
                    "{} at {width}: {found:#?}",
                    path.display()
                );
                let coloured = drawn(&text, width, true);
                assert_ne!(plain, coloured);
                assert_eq!(plain, without_colours(&coloured), "{}", path.display());
            }
        }
    }
    assert!(count > 10);
}

fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.filter_map(|part| Some(part.split_once('m')?.1));
    let text = rest.fold(first, |text, part| text + part);
    let lines = text.lines().map(str::trim_end);
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn nothing_of_a_file_steers_the_terminal() {
    let hostile = "\\e]0;owned\\a\\e[2J\\u202e";
    let text = format!(
        "version: 1\nid: 2024-12-11-api\ntitle: \"T{hostile}\"\nseverity: \"s{hostile}\"\nservices: [\"a{hostile}\"]\nsummary: \"S{hostile}\"\nglossary: {{\"g{hostile}\": \"m{hostile}\"}}\nimpact:\n  services: [{{service: \"a{hostile}\", effect: outage, from: 2024-12-11T15:16Z}}]\n  figures: [{{what: \"f{hostile}\", value: 1, unit: \"u{hostile}\"}}]\ncauses: [{{id: C1, what: \"c{hostile}\", category: \"k{hostile}\", detail: \"d{hostile}\"}}]\ntimeline: [{{at: 2024-12-11T15:16Z, what: \"w{hostile}\", detail: \"d{hostile}\", channel: \"h{hostile}\", source: \"o{hostile}\"}}]\nactions: [{{id: A1, what: \"a{hostile}\", ticket: \"t{hostile}\"}}]\nlinks: [{{id: S1, url: \"https://x.example/{hostile}\"}}]\nattachments: [{{file: \"f{hostile}\"}}]\ncustom: {{\"k{hostile}\": \"v{hostile}\"}}\n"
    );
    let drawn = drawn(&text, 80, false);
    let harmful = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!drawn.contains(harmful), "{drawn:?}");
}
