//! Which words of a document are looked for in a public page, and what is none.

use postmortem::config::Config;
use postmortem::document::Document;
use postmortem::redact::Inside;
use postmortem::text::Source;

/// What is told of a page for the document with these fields, as it stands in the page.
fn told<'a>(fields: &str, configuration: &str, page: &'a str) -> Vec<&'a str> {
    let text = format!("version: 1\nid: 2024-12-11-x\ntitle: T\n{fields}\n");
    let reading = Document::read(Source::new("x.yaml", text));
    let document = reading.document.expect("it reads");
    let config = Config::parse(configuration).expect("it reads");
    let inside = Inside::of(document.postmortem(), &config).expect("a search");
    let leaks = inside.leaks(page).into_iter();
    leaks
        .map(|leak| page[leak.at..leak.until].trim_end_matches([' ', '.', ',', '*']))
        .collect()
}

/// Fields of a document, a page, and what is told of it.
type Case = (&'static str, &'static str, &'static [&'static str]);

#[track_caller]
fn each_is_told(cases: &[Case]) {
    for (fields, page, words) in cases {
        assert_eq!(told(fields, "", page), *words, "{fields}\n{page}");
    }
}

#[test]
fn no_name_is_public_because_another_field_holds_it() {
    let jane = "people: {j1: {name: Jane Doe}, bob: {name: Bob Xu, role: Jane's deputy}}";
    let teams = "people: {ana: {name: Ana Torres}, sam: {name: Sam Lee, team: Sam and Ana's team}}";
    let service = "people: {jane: {name: Jane Doe}}\nservices: [jane-cron, jane]";
    let company = "tags: [falcon-payments-ltd]\nservices: [Falcon Payments Ltd]\ndependencies: [{name: Falcon Payments Ltd, internal: true}]";
    each_is_told(&[
        (jane, "So Jane rolled back.", &["Jane"]),
        (teams, "Ana and Sam", &["Ana", "Sam"]),
        (service, "Jane rolled back.", &["Jane"]),
        (
            company,
            "we pay Falcon Payments Ltd.",
            &["Falcon Payments Ltd"],
        ),
    ]);
}

#[test]
fn people_of_the_configuration_are_found_whole_and_in_parts() {
    let zora = "[people.zqu]\nname = \"Zora Quill\"\nhandle = \"@quilted\"\n";
    let found = told("", zora, "Zora, and Quill, zqu, quilted");
    assert_eq!(found, ["Zora", "Quill", "zqu", "quilted"]);
}

#[test]
fn what_the_same_field_says_in_public_is_no_internal_word() {
    let event = "timeline: [{at: 2024-12-11T10:00Z, kind: note, what: x, services: [payments-database], internal: true}]";
    let shared = format!("services: [payments-database]\n{event}");
    assert_eq!(told(event, "", "payments-database"), ["payments-database"]);
    assert_eq!(told(&shared, "", "payments-database"), [""; 0]);
    let role = "people: {customer-care: {role: Customer care}, jane: {name: Jane, role: deputy}}";
    assert_eq!(told(role, "", "Customer care, jane"), ["jane"]);
}

#[test]
fn accents_and_their_absence_hide_nobody() {
    for (name, page) in [
        (
            "Jörg Müller",
            "jorg jörg joerg JÖRG Jorg Jo\u{308}rg Muller mueller",
        ),
        ("Jo\u{308}rg Xu", "jorg jörg joerg"),
        ("Günther Xu", "gunther guenther"),
        ("Esra Öztürk", "ozturk OEZTUERK"),
        ("Bjørn Xu", "bjorn bjoern BJØRN"),
        ("Xu Åkesson", "akesson Aakesson"),
        ("Sigrún Þórsson", "sigrun thorsson torsson"),
        ("Nguyễn Thị Ánh", "nguyen Nguye\u{302}\u{303}n nguyễn"),
        ("Νίκος", "ΝΊΚΟΣ ΝΙΚΟΣ νικος νίκος"),
        ("Ёлкин", "елкин ёлкин ЁЛКИН"),
        ("김철수", "김철수 김철수가"),
        ("Pat O'Brien", "obrien OBrien O’Brien patobrien"),
        ("Jean-Luc Curie", "jeanluc jean-luc JeanLuc"),
        ("Lea van der Meer", "vandermeer vanderMeer van_der_meer"),
    ] {
        let people = format!("people: {{p1: {{name: \"{name}\"}}}}");
        for word in page.split(' ') {
            let found = told(&people, "", word);
            assert!(!found.is_empty(), "{word} for {name}");
        }
    }
    let slug = told(
        "people: {p1: {name: Jörg Müller}}",
        "",
        "é jorg-muller-laptop",
    );
    assert_eq!(slug, ["jorg-muller"]);
    let other = "people: {p1: {name: Tom Bär}, p2: {name: 이수}}";
    assert_eq!(told(other, "", "raise the bar; 이순, Bär"), ["Bär"]);
}

#[test]
fn short_names_that_are_words_count_with_their_sign() {
    let handle = "people: {m1: {handle: \"@jack\"}, jd: {handle: \"@j\", email: rob@x.example}}";
    let page = "@jack, jack, @jd jd, cc @j, rob@ and rob; **@**jack **rob**@y @ jack";
    let all = ["jack", "jd", "j", "rob", "jack", "rob"];
    let found = told(handle, "", page);
    assert_eq!(found.len(), all.len(), "{found:?}");
    for (found, wanted) in found.iter().zip(all) {
        assert!(found.starts_with(wanted), "{found}");
    }
    let page = "people: {page: {handle: \"@media\"}}";
    assert_eq!(
        told(page, "", "<style>@media print {} @page {}</style>"),
        [""; 0]
    );
    let dotted = "people: {p1: {handle: sam.wilkins, email: lea.tor@x.example}}";
    assert_eq!(
        told(dotted, "", "samwilkins, leator"),
        ["samwilkins", "leator"]
    );
}

#[test]
fn tickets_are_found_by_each_of_their_names() {
    let ticket = |ticket: &str| format!("actions: [{{id: A1, what: x, ticket: \"{ticket}\"}}]");
    let linear = ticket("https://linear.app/acme/issue/OPS-4412/fix-login");
    let page = "OPS-4412, ops4412, OPS 4412, linear.app/acme/issue/OPS-4412/fix-login";
    assert_eq!(told(&linear, "", page).len(), 4);
    let github = ticket("https://github.com/acme/secret-infra/issues/4412#issuecomment-1");
    let page = "acme/secret-infra#4412, secret-infra#4412, #4412, 4412, github.com/acme/secret-infra/issues/4412.";
    assert_eq!(told(&github, "", page).len(), 4);
    let style = "<style>a{color:#444;top:1px #444}</style>#444, 444";
    assert_eq!(told(&ticket("#444"), "", style), ["444"]);
    let plan = "recovery: {plan: \"https://docs.example/document/d/ABC/edit?tab=t1#heading=1\"}";
    let page = "docs.example/document/d/ABC/edit, docs.example/document/d/ABC/edit?tab=t1, docs.example/document";
    assert_eq!(told(plan, "", page).len(), 2);
}

#[test]
fn what_items_and_fields_are_called_is_found_where_it_says_something() {
    let named = "
custom: {acme_merger_project: {codename: Bluebird it is}, team_size: 4}
related: [{id: 2024-01-01-acme-acquisition, how: same-cause, internal: true}]
links: [{id: acme-layoff-plan, url: \"https://docs.example/1\", internal: true}, {id: S1, url: \"https://docs.example/2\", internal: true}]
causes: [{id: cause-fraud-by-vendor, what: hidden, internal: true}, {id: C1, what: hidden, internal: true}]
timeline: [{at: 2024-12-11T10:00Z, kind: note, what: Rolled back., internal: true}]";
    for word in [
        "acme merger project",
        "2024-01-01-acme-acquisition",
        "Acme acquisition",
        "acme-layoff-plan",
        "cause-fraud-by-vendor",
        "rolled back",
    ] {
        assert_eq!(told(named, "", word), [word]);
    }
    assert_eq!(told(named, "", "S1, C1, team size, 2024-01-01"), [""; 0]);
}

#[test]
fn a_name_in_markup_behind_an_escaped_line_break_is_found() {
    let jane = "people: {j1: {name: Jane Doe}}";
    each_is_told(&[
        (jane, r"Ja\*\*ne rolled back", &[r"Ja\*\*ne"]),
        (
            jane,
            r#"{"summary": "Foo\nJa**ne** rolled back"}"#,
            &["Ja**ne"],
        ),
        (
            jane,
            r#"{"summary": "Foo\n**Ja**ne\trolled back"}"#,
            &["Ja**ne"],
        ),
    ]);
}

#[test]
fn hosts_inside_are_found_in_ids_and_names_of_files() {
    let fields = "summary: See https://wiki.corp.example/x and db-1.prod.internal.";
    let hosts = "[public]\ninternal_hosts = [\"*.corp.example\", \"git.example\"]\n";
    for (page, found) in [
        ("<h2 id=\"on-wiki-corp-example\">", "wiki-corp-example"),
        ("[a](#WIKI_corp_example-2)", "WIKI_corp_example"),
        ("<a href=\"db-1-prod-internal.png\">", "db-1-prod-internal"),
        ("git&#45;example", "git&#45;example"),
    ] {
        assert_eq!(told(fields, hosts, page), [found], "{page}");
    }
    let public = format!("{hosts}words = [\"git.example\"]\n");
    let page = "git-example, prod-internal tools, wiki corp example, mygit-example";
    assert_eq!(told(fields, &public, page), [""; 0]);
}

#[test]
fn names_are_found_as_people_write_them() {
    for (people, page, found) in [
        (
            "{name: WILL BANKS}",
            "Will rolled back, said BANKS; will it? the banks",
            "Will BANKS",
        ),
        ("{name: Mark HUNT}", "Hunt and MARK; a hunt", "Hunt MARK"),
        (
            "{name: May Chen}",
            "At 15:20 May rolled back. 15:16 - May, 1. May",
            "May May May",
        ),
        (
            "{name: May Chen}",
            "11 May, 2 May 2024, May 2024, May 3, 12th of Maybe",
            "",
        ),
        (
            "{name: Jan de Vries}",
            "12 Jan 11 Jan, 15:16 and Jan. 3; Jan fixed it",
            "Jan Jan",
        ),
        ("{name: Ravi Das}", "Das rolled back; das", "Das"),
        ("{name: Minh Le}", "Le restarted le", "Le"),
        ("{name: Al Gore}", "Al and al", "Al"),
        ("{name: Lea van der Meer}", "van Van der", ""),
        (
            "{name: Dr. Kwame Nkrumah Jr.}",
            "kwamenkrumah, Dr, Jr",
            "kwamenkrumah",
        ),
        (
            "{name: Johann Sebastian Bach}",
            "johannbach bachjohann",
            "johannbach bachjohann",
        ),
        ("{name: \"Smith, John\"}", "johnsmith", "johnsmith"),
        (
            "{name: Ximena Ruiz (she/her)}",
            "ximena-ruiz ximenaruiz",
            "ximena ruiz ximenaruiz",
        ),
        ("{name: Đorđe Xu}", "Djordje dorde", "Djordje dorde"),
        (
            "{name: Jörg Wolff}",
            "Jörgs Rechner, wolffs, Wolffsburg",
            "Jörg wolff",
        ),
        ("{name: สมชาย ใจดี}", "คุณสมชายแก้ไขระบบ", "สมชาย"),
        ("{handle: \"https://github.com/samw\"}", "samw", "samw"),
        ("{handle: SamWilkins}", "Sam Wilkins", "Sam Wilkins"),
        ("{name: Ralph Ott}", "by ralph", "ralph"),
    ] {
        let fields = format!("people: {{p1: {people}}}");
        assert_eq!(told(&fields, "", page).join(" "), found, "{people}: {page}");
    }
    let zone = "timezone: Australia/Sydney\npeople: {p1: {name: Sydney Ott}}";
    assert_eq!(
        told(zone, "", "Times: Australia/Sydney; Sydney"),
        ["Sydney"]
    );
}

#[test]
fn tickets_are_found_by_every_name() {
    for (ticket, page, found) in [
        (
            "https://gitlab.example/acme/shop/-/merge_requests/4412",
            "in !4412, x!44120",
            "4412",
        ),
        (
            "https://github.com/acme/shop/issues/4412",
            "https://github.com/acme/shop/pull/4412/files",
            "acme/shop/pull/4412",
        ),
        (
            "https://github.com/acme/shop/issues/4412",
            "GH-4412 issues/4412",
            "GH-4412 issues/4412",
        ),
        (
            "https://github.com/acme/shop/issues/7",
            "acme/shop#7 #7",
            "acme/shop#7",
        ),
        (
            "https://redmine.example/issues/10045",
            "#10045, bug 10045",
            "10045 10045",
        ),
        ("4412", "#4412, 4412 requests", "4412"),
    ] {
        let fields = format!("actions: [{{id: A1, what: Do it., ticket: \"{ticket}\"}}]");
        assert_eq!(told(&fields, "", page).join(" "), found, "{ticket}: {page}");
    }
    let config = "[public]\nwords = [\"OPS-4412\"]\n";
    let fields = "actions: [{id: A1, what: Do it., ticket: OPS-4412}]";
    assert_eq!(told(fields, config, "OPS-4412 OPS4412"), [""; 0]);
}

#[test]
fn an_internal_address_is_found_with_another_query() {
    let link =
        |url: &str| format!("links: [{{id: S1, title: Plan, url: \"{url}\", internal: true}}]");
    let plan = link("https://docs.example/plan/77");
    for page in [
        "docs.example/plan/77?usp=x",
        "docs.example/plan/77#costs",
        "docs.example/plan/77/edit",
    ] {
        assert!(!told(&plan, "", page).is_empty(), "{page}");
    }
    assert_eq!(
        told(&plan, "", "docs.example/plan/778 docs.example/plan/77-b"),
        [""; 0]
    );
    let long = link("https://docs.example/document/d/1AbCdEfGhIjKlMnOp/edit?usp=sharing");
    assert!(!told(&long, "", "docs.example/d/1AbCdEfGhIjKlMnOp/view").is_empty());
}

#[test]
fn what_every_page_says_is_no_internal_word() {
    let fields = "people: {p1: {name: Xu Ott, role: Incident commander, team: Platform Engineering}}\n\
        internal_notes: |\n  ## What happened\n\n  Nothing yet, says Xu.\n\
        links: [{id: S1, title: A title of an incident, url: \"https://wiki.corp.example/x\"}]\n\
        custom: {incident_commander: 1, team: Platform Engineering}";
    let page = "## What happened\n\nIncident commander, Platform Engineering";
    assert_eq!(told(fields, "", page), [""; 0]);
    assert_eq!(told(fields, "", "Nothing yet, says someone"), [""; 0]);
    assert_eq!(told(fields, "", "Nothing yet, says Xu").len(), 1);
}
