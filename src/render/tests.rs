use super::*;
use crate::document::Document;
use crate::model::IncidentId;
use crate::text::Source;

fn document(text: &str) -> Postmortem {
    let text = format!("version: 1\nid: 2024-12-11-x\ntitle: X\n{text}");
    let reading = Document::read(Source::new("x.yaml", text));
    assert!(reading.is_whole(), "{:?}", reading.findings);
    reading.document.expect("a document").postmortem().clone()
}

fn view(text: &str) -> serde_json::Value {
    let page = Page::of(&document(text), &Config::default(), Readers::Internal);
    serde_json::to_value(page).expect("a view")
}

#[test]
fn the_names_a_template_may_use_are_those_of_the_view() {
    let view = view("");
    let names: Vec<&str> = view
        .as_object()
        .expect("a map")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(names, Page::NAMES);
    let manual = include_str!("../../docs/templates.md");
    for name in names {
        assert!(manual.contains(&format!("| `{name}` |")), "{name}");
    }
}

#[test]
fn absent_values_are_null_and_numbers_are_texts() {
    fn walk(value: &serde_json::Value, path: &str) {
        match value {
            serde_json::Value::Number(number) => panic!("{path} is the number {number}"),
            serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, path)),
            serde_json::Value::Object(map) => {
                for (name, value) in map {
                    walk(value, &format!("{path}.{name}"));
                }
            }
            _ => {}
        }
    }
    let view = view(
        "impact:\n  figures: [{what: users, value: 1.10}]\n  services: [{service: a, effect: outage, from: 2024-12-11T15:16Z}]\ntimeline: [{at: 2024-12-11T15:16Z, kind: started, what: x}]\n",
    );
    walk(&view, "page");
    assert_eq!(view["impact"]["figures"][0]["value"], "1.10");
    assert!(
        view["timeline"][0]["events"][0]
            .get("detail")
            .is_some_and(|v| v.is_null())
    );
}

const HOURS: &str = "timezone: UTC
timeline:
  - {at: 2024-12-09T10:00, kind: change, what: Two days before}
  - {at: 2024-12-11T10:00, kind: started, what: It begins}
  - {at: unknown, kind: hypothesis, what: Nobody knows when}
  - {at: 2024-12-11, kind: note, what: Some time that day}
  - {at: 2024-12-11T10:30, kind: detected, what: Seen}
  - {at: 2024-12-11T12:00, kind: resolved, what: Over}
  - {at: 2024-12-27T12:00, kind: change, what: Mended for good}
";

#[test]
fn days_away_do_not_press_the_hours_into_a_sliver() {
    let view = view(HOURS);
    let svg = view["drawing"]["wide"].as_str().expect("a drawing");
    for part in [">10:00<", ">12:00<", "Undetected", "Investigating"] {
        assert!(svg.contains(part), "{part} in {svg}");
    }
    assert!(svg.contains("9 Dec, 2 d before: Two days before"), "{svg}");
    assert!(svg.contains("27 Dec, 16 d later: Mended for good"), "{svg}");
    assert!(!svg.contains(">20 Dec<"), "{svg}");
}

#[test]
fn what_has_no_hour_stays_where_it_was_written() {
    let view = view(HOURS);
    let days = view["timeline"].as_array().expect("days");
    let told: Vec<(&str, Vec<&str>)> = days
        .iter()
        .map(|day| {
            let events = day["events"].as_array().expect("events");
            let what = events.iter().filter_map(|event| event["what"].as_str());
            (day["label"].as_str().unwrap_or(""), what.collect())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("9 December 2024", vec!["Two days before"]),
            (
                "11 December 2024",
                vec![
                    "It begins",
                    "Nobody knows when",
                    "Some time that day",
                    "Seen",
                    "Over"
                ]
            ),
            ("27 December 2024", vec!["Mended for good"]),
        ]
    );
}

#[test]
fn key_events_are_numbered_in_order_of_time_and_milestones_stand_in_for_them() {
    let numbers = |text: &str| -> Vec<String> {
        let view = view(text);
        let days = view["timeline"].as_array().expect("days").clone();
        days.iter()
            .flat_map(|day| day["events"].as_array().expect("events").clone())
            .map(|event| event["number"].as_str().unwrap_or("-").to_owned())
            .collect()
    };
    assert_eq!(numbers(HOURS), ["-", "1", "-", "-", "2", "3", "-"]);
    let marked = "timeline:\n  - {at: 2024-12-11T11:00Z, what: b, key: true}\n  - {at: 2024-12-11T10:00Z, what: a, key: true}\n  - {at: 2024-12-11T12:00Z, kind: started, what: c}\n";
    assert_eq!(numbers(marked), ["1", "2", "-"]);
}

#[test]
fn nothing_is_drawn_where_there_is_nothing_between() {
    for text in [
        "",
        "timeline: [{at: 2024-12-11, kind: started, what: x}]\n",
        "timeline: [{at: 2024-12-11T10:00Z, kind: started, what: x}]\n",
        "timeline: [{at: unknown, what: x}, {at: 2024-12-11T10:00Z, what: y}]\n",
    ] {
        assert!(view(text)["drawing"].is_null(), "{text}");
    }
}

#[test]
fn what_goes_on_fades_out() {
    let view = view(
        "status: identified\nimpact:\n  services: [{service: mail, effect: outage, from: 2024-12-11T10:00Z}]\ntimeline:\n  - {at: 2024-12-11T10:00Z, kind: started, what: x}\n  - {at: 2024-12-11T11:00Z, kind: detected, what: y}\n",
    );
    let svg = view["drawing"]["wide"].as_str().expect("a drawing");
    assert!(
        svg.contains("url(#fade-wide)") && svg.contains("Down, still going on"),
        "{svg}"
    );
    assert_eq!(view["tiles"][0]["value"], "not over yet");
    assert_eq!(
        view["impact"]["services"][0]["outage"]["text"],
        "not over yet"
    );
}

#[test]
fn an_error_budget_is_told_only_where_it_can_be() {
    let budget = |slo: &str| {
        let view = view(&format!(
            "impact:\n  services:\n    - {{service: api, effect: outage, from: 2024-12-11T10:00Z, until: 2024-12-11T11:26:24Z}}\n    - {{service: mail, effect: outage, from: 2024-12-11}}\n  slo: [{slo}]\n"
        ));
        let budget = &view["impact"]["slo"][0];
        let text = |name: &str| budget[name].as_str().unwrap_or("-").to_owned();
        (text("consumed"), text("formula"))
    };
    let told = |consumed: &str, formula: &str| (consumed.to_owned(), formula.to_owned());
    assert_eq!(
        budget("{name: API availability, target: 99.9%, window: 30d}"),
        told(
            "200 %",
            "1 h 26 min of downtime of api; 43 min were allowed"
        )
    );
    assert_eq!(
        budget("{name: mail, target: 99.9%, window: 30d}"),
        told("-", "the downtime of mail is not over yet")
    );
    assert_eq!(
        budget("{name: Availability, target: 99.9%, window: 30d}"),
        told("-", "it is not clear which service's downtime counts")
    );
    assert_eq!(
        budget("{name: Requests, target: 99%, window: 30d, bad: 5, total: 1000}"),
        told("50 %", "5 failed of 1,000; 10 were allowed")
    );
    assert_eq!(
        budget("{name: api, target: 100%, window: 30d}"),
        told("-", "a target of 100 % leaves no budget")
    );
}

#[test]
fn two_hundred_events_have_a_page() {
    let mut text = "timeline:\n".to_owned();
    for minute in 0..200 {
        let (hour, minute) = (minute / 30, minute % 30 * 2);
        text.push_str(&format!(
            "  - {{at: 2024-12-11T{hour:02}:{minute:02}Z, kind: change, what: Step, key: true}}\n"
        ));
    }
    let view = view(&text);
    assert_eq!(view["events"], "200");
    let svg = view["drawing"]["narrow"].as_str().expect("a drawing");
    assert!(svg.len() < 60_000, "{}", svg.len());
}

fn markdown(text: &str) -> String {
    let readers = Readers::Internal;
    render(
        &document(text),
        &Config::default(),
        readers,
        Format::Markdown,
    )
    .expect("a page")
}

#[test]
fn markdown_names_an_address_once_and_refers_to_it() {
    let events = "timeline:\n  - {at: 2024-12-11T10:00Z, kind: note, what: one, source: S1}\n  - {at: 2024-12-11T11:00Z, kind: note, what: two, source: S1}\n";
    let page = markdown(&format!(
        "{events}links: [{{id: S1, title: An account, url: \"https://example.com/a\"}}]\n"
    ));
    assert!(page.contains("| Note | one [S1] |"), "{page}");
    assert!(page.contains("\n[S1]: https://example.com/a\n"), "{page}");
    // Markdown takes `s1` and `S1` for the same, so here each says its address.
    let page = markdown(&format!(
        "{events}links: [{{id: S1, url: \"https://example.com/a\"}}, {{id: s1, url: \"https://example.com/b\"}}]\n"
    ));
    assert!(page.contains("one [S1](https://example.com/a) |"), "{page}");
    assert!(!page.contains("[S1]:"), "{page}");
}

#[test]
fn an_update_says_whom_it_was_for() {
    let view = view(
        "timeline:\n  - {at: 2024-12-11T10:00Z, kind: communication, audience: public, what: a}\n  - {at: 2024-12-11T10:01Z, kind: communication, audience: customers, what: b}\n  - {at: 2024-12-11T10:02Z, kind: communication, what: c}\n",
    );
    let events = view["timeline"][0]["events"].as_array().expect("events");
    let kinds: Vec<&str> = events
        .iter()
        .filter_map(|event| event["kinds"][0]["label"].as_str())
        .collect();
    assert_eq!(kinds, ["Public update", "Customer update", "Communication"]);
}

#[test]
fn one_service_too_many_is_drawn_and_more_are_counted() {
    let drawing = |count: usize| {
        let windows: Vec<String> = (1..=count)
            .map(|n| format!("{{service: s{n}, effect: outage, from: 2024-12-11T10:00Z, until: 2024-12-11T11:00Z}}"))
            .collect();
        let services = windows.join(", ");
        view(&format!("impact: {{services: [{services}]}}\n"))["drawing"].clone()
    };
    let has = |drawing: &serde_json::Value, name: &str, part: &str| {
        drawing[name]
            .as_str()
            .is_some_and(|text| text.contains(part))
    };
    let fifteen = drawing(15);
    assert!(has(&fifteen, "wide", ">s15<") && !has(&fifteen, "caption", "more"));
    let twenty = drawing(20);
    assert!(!has(&twenty, "wide", ">s15<"));
    assert!(has(
        &twenty,
        "caption",
        "6 more services are in the table of impact only."
    ));
}

#[test]
fn other_means_of_recovery_are_named_by_what_was_done() {
    let means =
        |recovery: &str| view(&format!("recovery: {recovery}\n"))["recovery"]["method"].clone();
    assert_eq!(means("{method: other}"), "other means");
    assert!(means("{method: other, how: We waited.}").is_null());
    assert_eq!(
        means("{method: fix-forward, how: We waited.}"),
        "a new change"
    );
}

#[test]
fn what_nobody_knows_stands_behind_the_numbers() {
    let page = |kind: &str| {
        let text = format!(
            "unrecorded: [detected]\ntimeline:\n  - {{at: 2024-12-11T10:00Z, kind: started, what: a}}\n  - {{at: {kind}, kind: mitigated, what: b}}\n"
        );
        let tiles = view(&text)["tiles"].as_array().expect("tiles").clone();
        let states = tiles
            .iter()
            .filter_map(|tile| tile["state"].as_str().map(str::to_owned));
        states.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(page("2024-12-11T10:30Z"), "ongoing known open");
    assert_eq!(page("unknown"), "ongoing open open");
    let text = "status: resolved\nunrecorded: [detected]\ntimeline: [{at: 2024-12-11T10:00Z, kind: started, what: a}]\n";
    let html = render(
        &document(text),
        &Config::default(),
        Readers::Internal,
        Format::Html,
    );
    let html = html.expect("a page");
    assert!(!html.contains("<dl class=\"tiles\">") && html.contains("<dl class=\"gaps\">"));
}

/// The night in which Berlin's clocks went from 03:00 CEST back to 02:00 CET.
const BACK: &str = "timezone: Europe/Berlin
status: resolved
impact:
  services:
    - {service: api, effect: outage, from: 2024-10-27T01:50, until: 2024-10-27T01:10Z}
timeline:
  - {at: 2024-10-27T02:30+02:00, kind: started, what: a, key: true}
  - {at: 2024-10-27T02:15+01:00, kind: identified, what: b, key: true}
  - {at: 2024-10-27T02:20+01:00, until: 2024-10-27T02:50+01:00, kind: action, what: d}
  - {at: 2024-10-28T09:00, kind: resolved, what: c}
";

#[test]
fn no_time_is_ambiguous_where_the_clocks_were_put_back() {
    let page = markdown(BACK);
    let html = render(
        &document(BACK),
        &Config::default(),
        Readers::Internal,
        Format::Html,
    )
    .expect("a page");
    for part in [
        "27 October 2024, 02:30 CEST to 28 October 2024, 09:00 CET (",
        "Times are those of Europe/Berlin: CEST, and CET from 27 October 2024, 03:00 CEST.",
        "01:50 CEST to 02:10 CET",
        "| 1 | 02:30 CEST |",
        "| 2 | 02:15 CET |",
        "| 02:20 CET to 02:50 CET |",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    for part in [
        ">27 October 2024, 02:30 CEST</time> to <time datetime=\"2024-10-28T09:00:00+01:00\" title=\"28 October 2024, 08:00 UTC\">28 October 2024, 09:00 CET</time> (",
        "<p class=\"side\">Times are those of Europe/Berlin: CEST, and CET from",
        ">Time</th>",
        ">02:15 CET</time></a>",
        "01:50 CEST</time> to <time",
        "in CEST and CET. A zone above the axis stands where the clocks were changed.",
        "Event 1, 02:30 CEST: a",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let svg = view(BACK)["drawing"]["wide"].clone();
    let svg = svg.as_str().expect("a drawing");
    assert!(
        svg.contains(">CEST, CET<") && svg.contains(">CET<"),
        "{svg}"
    );
}

#[test]
fn clocks_put_forward_are_told_by_the_clock_before() {
    let text = "timezone: Europe/Berlin\ntimeline:\n  - {at: 2024-03-31T01:30, kind: started, what: a}\n  - {at: 2024-03-31T03:30, kind: resolved, what: b}\n";
    let zone = view(text)["zone"].clone();
    let told = "those of Europe/Berlin: CET, and CEST from 31 March 2024, 02:00 CET";
    assert_eq!(zone["text"], told);
    // Where nothing is ambiguous, the zone is told once.
    let text =
        "timezone: Europe/Berlin\ntimeline:\n  - {at: 2024-03-30T01:30, kind: started, what: a}\n";
    let view = view(text);
    assert_eq!(view["zone"]["text"], "CET (Europe/Berlin)");
    assert_eq!(view["period"]["zone"], "CET");
    assert_eq!(view["period"]["from"]["text"], "01:30");
}

const NO_END: &str = "status: resolved
impact:
  services:
    - {service: mail, effect: degraded, share: 100%, from: 2024-12-11T10:00Z}
timeline:
  - {at: 2024-12-11T10:00Z, kind: started, what: \"one\\ntwo\", key: true}
  - {at: 2024-12-11T11:00Z, kind: change, what: \"three\\r\\n\\n  four\"}
";

#[test]
fn what_is_resolved_without_an_end_says_so() {
    let html = render(
        &document(NO_END),
        &Config::default(),
        Readers::Internal,
        Format::Html,
    )
    .expect("a page");
    let page = markdown(NO_END);
    assert!(
        page.contains("11 December 2024, 10:00 UTC, end not recorded\n"),
        "{page}"
    );
    assert!(
        page.contains("| mail | – | not recorded | Degraded, 100 % of users or requests, since 11 Dec, 10:00, end not recorded |"),
        "{page}"
    );
    assert!(html.contains("10:00</time> UTC, end not recorded</p>"));
    assert!(html.contains("<li>Degraded, 100 % of users or requests, since <time"));
    assert!(html.contains("Degraded, end not recorded</text>"), "{html}");
    for text in [&page, &html] {
        assert!(!text.contains("still going on") && !text.contains("not over yet"));
    }
    let unknown = format!("{NO_END}  - {{at: unknown, kind: resolved, what: x}}\n");
    assert!(markdown(&unknown).contains("10:00 UTC, end unknown\n"));
    let open = NO_END.replace("status: resolved", "status: monitoring");
    assert!(markdown(&open).contains("10:00 UTC, not over yet\n"));
    assert!(markdown(&open).contains("10:00, still going on |"));
}

#[test]
fn a_what_is_one_line_everywhere() {
    let page = markdown(NO_END);
    assert!(
        page.contains("| one two |") && page.contains("| three four |"),
        "{page}"
    );
    let drawing = view(NO_END)["drawing"].clone();
    for form in ["wide", "middle", "narrow"] {
        let svg = drawing[form].as_str().expect("a drawing");
        assert!(
            svg.contains(": one two</title>") && svg.contains(">three four<"),
            "{svg}"
        );
        assert!(!svg.contains('\n'), "{svg}");
    }
}

#[test]
fn no_fallback_is_bad_only_where_one_was_needed() {
    let tone = |failed: bool| {
        let text = format!("dependencies: [{{name: DNS, failed: {failed}, fallback: none}}]\n");
        view(&text)["dependencies"][0]["fallback_tone"].clone()
    };
    assert_eq!(tone(true), "bad");
    assert_eq!(tone(false), "calm");
}

#[test]
fn the_numbers_at_the_head_do_not_break() {
    let text = "timeline:\n  - {at: 2024-12-11T10:00Z, kind: started, what: a}\n  - {at: 2024-12-11T16:30Z, kind: resolved, what: b}\n";
    let html = render(
        &document(text),
        &Config::default(),
        Readers::Internal,
        Format::Html,
    );
    let html = html.expect("a page");
    assert!(html.contains(">6\u{a0}h\u{a0}30\u{a0}min</span>"), "{html}");
    assert!(markdown(text).contains("**6 h 30 min**"));
}

#[test]
fn flowing_text_is_escaped_all_the_same() {
    let id: IncidentId = "2024-12-11-x".parse().expect("an id");
    let mut postmortem = Postmortem::new(id, "<b> *x*");
    postmortem.summary = Some("*one*\ntwo".to_owned());
    let page = Page::of(&postmortem, &Config::default(), Readers::Public);
    for (format, expected) in [
        (Format::Html, "&lt;b&gt; *x* <p><em>one</em>\ntwo</p>\n"),
        (Format::Markdown, "&lt;b> \\*x\\* *one* two\n"),
    ] {
        let text = "{{ title | flowing }} {{ summary | prose | flowing }}";
        let template = UserTemplate::file("mine".to_owned(), text.to_owned());
        let made = Renderer::with(format, template).and_then(|renderer| renderer.render(&page));
        assert_eq!(made.expect("it renders"), expected);
    }
}
