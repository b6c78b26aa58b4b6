use super::*;
use crate::model::{At, EventKind, IncidentId, Key, Moment, Person};

fn key(text: &str) -> Key {
    text.parse().expect("a key")
}

fn document() -> Postmortem {
    let id: IncidentId = "2024-12-11-api".parse().expect("an id");
    Postmortem::new(id, "API down")
}

fn cause(id: &str, because: &[&str], internal: bool) -> Cause {
    Cause {
        id: key(id),
        role: None,
        state: Default::default(),
        category: None,
        what: format!("cause {id}"),
        detail: None,
        because: because.iter().map(|id| key(id)).collect(),
        evidence: Vec::new(),
        accepted: None,
        internal,
    }
}

fn action(id: &str, owner: &str) -> Action {
    Action {
        id: key(id),
        what: "Do it".to_owned(),
        detail: None,
        kind: None,
        r#for: vec![key("C1"), key("C2")],
        owner: Some(key(owner)),
        priority: None,
        due: None,
        status: Default::default(),
        done_on: None,
        outcome: None,
        reason: None,
        ticket: Some("https://tickets.example/1".to_owned()),
        internal: false,
    }
}

fn to_link(id: &str, url: &str, internal: bool) -> Link {
    Link {
        id: key(id),
        title: None,
        url: url.to_owned(),
        internal,
    }
}

fn config() -> Config {
    let mut config = Config::default();
    config.public.internal_hosts = vec!["*.corp.example".to_owned()];
    config
}

#[test]
fn what_refers_to_an_internal_cause_loses_the_reference_and_the_cause_behind_it_stays() {
    let mut postmortem = document();
    postmortem.causes = vec![
        cause("C1", &["C2"], false),
        cause("C2", &["C3"], true),
        cause("C3", &[], false),
    ];
    postmortem.actions = vec![action("A1", "nobody")];
    let public = public(&postmortem, &config());
    let ids: Vec<_> = public.causes.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["C1", "C3"]);
    assert!(public.causes[0].because.is_empty());
    assert_eq!(public.actions[0].r#for, [key("C1")]);
    assert_eq!(public.actions[0].ticket, None);
}

#[test]
fn people_are_roles_under_neutral_keys() {
    let mut postmortem = document();
    postmortem.owner = Some(key("jane"));
    let jane = Person {
        name: Some("Jane Doe".to_owned()),
        role: Some("incident commander".to_owned()),
        team: Some("Infrastructure".to_owned()),
        handle: Some("@jane".to_owned()),
        email: Some("jane@corp.example".to_owned()),
    };
    postmortem.people.insert(key("jane"), jane);
    let sam = Person {
        name: Some("Sam".to_owned()),
        ..Person::default()
    };
    postmortem.people.insert(key("sam"), sam);
    postmortem.actions = vec![action("A1", "jane"), action("A2", "sam")];
    let public = public(&postmortem, &config());
    assert_eq!(public.owner, None);
    assert_eq!(public.people.len(), 1);
    let role = public.people.get(&key("person-1")).expect("a role");
    assert_eq!(role.team.as_deref(), Some("Infrastructure"));
    assert_eq!(
        (&role.name, &role.handle, &role.email),
        (&None, &None, &None)
    );
    assert_eq!(public.actions[0].owner, Some(key("person-1")));
    assert_eq!(public.actions[1].owner, None);
}

#[test]
fn links_sources_and_evidence_inside_are_gone() {
    let mut postmortem = document();
    postmortem.links = vec![
        to_link("S1", "https://status.example/1", false),
        to_link("S2", "https://wiki.corp.example/1", false),
        to_link("S3", "https://status.example/3", true),
        to_link("S4", "javascript:alert(1)", false),
    ];
    postmortem.sources = [
        "S1",
        "S2",
        "S3",
        "S4",
        "S9",
        "https://build/7",
        "https://a.example/",
    ]
    .map(str::to_owned)
    .to_vec();
    let mut why = cause("C1", &[], false);
    why.evidence = ["S1", "S2", "a graph", "see https://wiki.corp.example/1"]
        .map(TextItem::from)
        .to_vec();
    why.evidence.push(TextItem {
        internal: true,
        ..TextItem::from("not for you")
    });
    postmortem.causes = vec![why];
    let at = At::Known(Moment::day(
        chrono::NaiveDate::from_ymd_opt(2024, 12, 11).expect("a day"),
    ));
    let mut event = Event::new(at, EventKind::Note, "Something");
    event.source = Some("S2".to_owned());
    event.by = Some(key("jane"));
    event.note = Some("one says 15:12".to_owned());
    postmortem.timeline = vec![event];
    let public = public(&postmortem, &config());
    let ids: Vec<_> = public.links.iter().map(|link| link.id.as_str()).collect();
    assert_eq!(ids, ["S1"]);
    assert_eq!(public.sources, ["S1", "https://a.example/"]);
    let evidence: Vec<_> = public.causes[0].evidence.iter().map(|e| &e.what).collect();
    assert_eq!(evidence, ["S1", "a graph"]);
    let event = &public.timeline[0];
    assert_eq!(
        (&event.source, &event.by, &event.note),
        (&None, &None, &None)
    );
}
