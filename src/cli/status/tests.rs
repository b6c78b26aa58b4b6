use crate::cli::screen::columns;
use crate::config::Config;
use crate::document::Document;
use crate::text::Source;

use super::*;

/// The sandbox's moment: 15:36 in California, twenty minutes after the first harm.
const NOW: &str = "2024-12-11T23:36:00Z";

const CLOCKS: &str = "
[[clocks]]
name = \"customer notice (contract)\"
from = \"detected\"
due_after = \"1h\"
until = \"public-word\"

[[clocks]]
name = \"root cause in writing\"
from = \"resolved\"
due_after = \"5d\"
";

/// What is drawn of a document that goes on with these lines, in so many columns.
fn drawn(rest: &str, config: &str, width: usize) -> String {
    let text = format!(
        "version: 1\nid: 2024-12-11-api\ntitle: API answers with errors\ntimezone: America/Los_Angeles\n{rest}\n"
    );
    let reading = Document::read(Source::new("x.yaml", text));
    let document = reading.document.expect("a document");
    let config = Config::parse(config).expect("a configuration");
    let now = NOW.parse().expect("a time");
    let facts = Facts::of(document.postmortem(), document.times(), &config, now);
    let mut screen = Screen::new(width, false);
    screen::draw(&facts, &mut screen);
    screen.into_text()
}

const SEVERE: &str = "\
severity: sev1
services: [api]
owner: jane
impact: {data: none}
causes:
  - {id: C1, what: rollout of the telemetry agent, category: config-change}
  - {id: C2, what: a full disk, state: ruled-out}
timeline:
  - {at: 2024-12-11T15:05, kind: started, what: First users see errors.}
  - {at: 2024-12-11T15:13, kind: detected, what: Alerts page the cluster team.}
  - {at: 2024-12-11T15:32, what: moved traffic away from cluster 7}
";

#[test]
fn the_screen_of_an_incident_that_goes_on() {
    assert_eq!(
        drawn(SEVERE, CLOCKS, 80),
        "\
API answers with errors                            sev1   investigating   31 min
  last event  4 min ago    moved traffic away from cluster 7
  suspected   C1           rollout of the telemetry agent          config-change
  public      never told   overdue by 8 min                   sev1: every 15 min
  clocks      37 min left  customer notice (contract)              due 16:13 PST
              not begun    root cause in writing                   from resolved
"
    );
}

#[test]
fn a_narrow_screen_says_the_same() {
    assert_eq!(
        drawn(SEVERE, CLOCKS, 40),
        "\
API answers with errors
           sev1   investigating   31 min
  last event  4 min ago
    moved traffic away from cluster 7
  suspected   C1
    rollout of the telemetry agent
    config-change
  public      never told
    overdue by 8 min
    sev1: every 15 min
  clocks      37 min left
    customer notice (contract)
    due 16:13 PST
              not begun
    root cause in writing
    from resolved
"
    );
}

#[test]
fn what_is_not_known_is_said_as_such() {
    for (rest, lines) in [
        (
            "",
            vec![
                "investigating",
                "public      never told",
                "not said    since when, severity, services",
            ],
        ),
        (
            "timeline:\n  - {at: 2024-12-11T15:06, what: x}\n",
            vec!["30 min since the first entry"],
        ),
        (
            "severity: sev2\ntimeline:\n  - {at: 2024-12-11, kind: started, what: x}\n  - {at: 2024-12-11T15:26, kind: detected, what: y}\n",
            vec!["10 min since detected", "never told  due in 20 min"],
        ),
        (
            "timeline:\n  - {at: 2024-12-11, kind: started, what: x}\n",
            vec!["investigating\n", "last event  2024-12-11"],
        ),
        (
            "unrecorded: [communication]\ntimeline:\n  - {at: 2024-12-11T15:06, kind: started, what: x, about: true}\n",
            vec!["about 30 min\n", "public      not recorded"],
        ),
        // Told of another incident, the day before.
        (
            "timeline:\n  - {at: 2024-12-10T12:00, kind: communication, audience: public, what: w}\n  - {at: 2024-12-11T15:06, kind: started, what: x}\n",
            vec!["public      never told"],
        ),
        (
            "severity: sev1\ntimeline:\n  - {at: 2024-12-11T15:06, kind: started, what: x}\n  - {at: 2024-12-11T15:30, kind: communication, audience: customers, what: w}\n",
            vec!["told 6 min ago  next word due in 9 min"],
        ),
    ] {
        let drawn = drawn(rest, "", 80);
        for line in lines {
            assert!(drawn.contains(line), "{rest}\nhas no `{line}`\n{drawn}");
        }
    }
}

#[test]
fn what_is_over_lasts_no_longer_and_owes_no_word() {
    let over = SEVERE.replace("severity", "status: resolved\nseverity")
        + "  - {at: 2024-12-11T15:26, kind: resolved, what: z}\n";
    let drawn = drawn(&over, CLOCKS, 80);
    assert!(drawn.contains("resolved   21 min\n"), "{drawn}");
    assert!(drawn.contains("resolved    10 min ago"), "{drawn}");
    assert!(drawn.contains("public      never told\n"), "{drawn}");
    assert!(drawn.contains("4 days left"), "{drawn}");
    assert!(!drawn.contains("not said"), "{drawn}");
}

#[test]
fn no_line_is_wider_than_the_screen_whatever_stands_in_the_document() {
    let wide = "障害が発生しました。".repeat(9);
    let rest = SEVERE
        .replace(
            "moved traffic away from cluster 7",
            &format!("🔥 {wide} \\e[31m"),
        )
        .replace("what: 🔥", "what: \"🔥")
        .replace("\\e[31m}", "\\e[31m\"}")
        .replace("a full disk", &"words ".repeat(40));
    let rest = rest.replace("state: ruled-out", "state: confirmed");
    for width in [30, 40, 60, 80, 100] {
        let drawn = drawn(&rest, CLOCKS, width);
        assert!(!drawn.contains('\u{1b}'), "{drawn:?}");
        for line in drawn.lines() {
            assert!(columns(line) <= width, "{width}: {line}");
        }
    }
}
