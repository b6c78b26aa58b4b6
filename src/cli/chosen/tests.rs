use crate::cli::prompt::tests::{Reply, Script};
use crate::store::tests::Folder;

use super::*;

const NOW: &str = "2024-12-11T23:36:00Z";

fn folder(documents: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    let below = folder.path().join("postmortems");
    std::fs::create_dir(&below).expect("made");
    for (name, rest) in documents {
        let text = format!("version: 1\nid: {name}\ntitle: Title of {name}\n{rest}\n");
        std::fs::write(below.join(format!("{name}.yaml")), text).expect("written");
    }
    folder
}

fn found(
    folder: &Folder,
    incident: Option<&str>,
    variable: Option<&str>,
    prompt: Option<&mut Script>,
) -> Result<String, String> {
    let (mut here, ..) = Surroundings::of_test(folder.path(), NOW, "UTC");
    if let Some(variable) = variable {
        here = here.with_incident(variable);
    }
    let which = Which {
        incident: incident.map(str::to_owned),
    };
    let prompt = prompt.map(|script| script as &mut dyn Prompt);
    match which.find_with(&here, prompt) {
        Ok(chosen) => Ok(chosen.shown),
        Err(error) => Err(error.text()),
    }
}

const TWO_OPEN: [(&str, &str); 3] = [
    ("2024-12-09-closed", "status: resolved"),
    ("2024-12-10-api", "severity: sev2\nstatus: monitoring"),
    ("2024-12-11-api-errors", ""),
];

#[test]
fn the_only_open_incident_is_meant_where_none_is_named() {
    let folder = folder(&TWO_OPEN[..2]);
    let only = Ok("postmortems/2024-12-10-api.yaml".to_owned());
    assert_eq!(found(&folder, None, None, None), only);
    assert_eq!(found(&folder, None, Some(""), None), only);
}

#[test]
fn a_name_comes_before_the_variable_and_that_before_the_rest() {
    let folder = folder(&TWO_OPEN);
    let file = |name: &str| Ok(format!("postmortems/{name}.yaml"));
    for (given, name) in [
        ("2024-12-09-closed", "2024-12-09-closed"),
        ("2024-12-09-closed.yaml", "2024-12-09-closed"),
        ("postmortems/2024-12-09-closed.yaml", "2024-12-09-closed"),
        ("./postmortems/2024-12-09-closed.yaml", "2024-12-09-closed"),
        // The whole id of one is a part of another.
        ("2024-12-10-api", "2024-12-10-api"),
        ("Errors", "2024-12-11-api-errors"),
        (" 12-09 ", "2024-12-09-closed"),
    ] {
        let found = found(&folder, Some(given), Some("2024-12-10-api"), None);
        assert_eq!(
            found.map(|shown| shown.trim_start_matches("./").to_owned()),
            file(name),
            "{given}"
        );
    }
    assert_eq!(
        found(&folder, None, Some("closed"), None),
        file("2024-12-09-closed")
    );
}

#[test]
fn what_cannot_be_found_is_guessed() {
    let folder = folder(&TWO_OPEN);
    for (given, words) in [
        (
            "2024-12-11-api-erors",
            "did you mean `2024-12-11-api-errors`?",
        ),
        ("cloesd", "did you mean `2024-12-09-closed`?"),
        (
            "gone/2024-12-11-api-erors.yaml",
            "did you mean `2024-12-11-api-errors`?",
        ),
        ("banana", "the newest is `2024-12-11-api-errors`"),
        ("a\u{1b}[31m", "there is no incident `a\\u{1b}[31m`"),
        ("", "the incident's name is empty"),
        ("postmortems/", "there is no incident `postmortems/`"),
        (
            "./postmortems",
            "`./postmortems` is a folder, not a document",
        ),
        (
            "api",
            "`api` is a part of 2 ids\n  help: -i 2024-12-11-api-errors\n  help: -i 2024-12-10-api\n",
        ),
    ] {
        let error = found(&folder, Some(given), None, None).expect_err(given);
        assert!(error.contains(words), "{given}: {error}");
    }
    let error = found(&folder, None, Some("banana"), None).expect_err("no banana");
    assert!(error.contains("POSTMORTEM_INCIDENT"), "{error}");
}

#[test]
fn of_several_one_is_picked_or_all_are_listed() {
    let folder = folder(&TWO_OPEN);
    let torn = folder.path().join("postmortems/2024-12-08-torn.yaml");
    std::fs::write(torn, "id: [\n").expect("written");
    let mut script = Script::new([Reply::Pick(
        "2024-12-10-api   Title of 2024-12-10-api (sev2, monitoring)",
    )]);
    let picked = found(&folder, None, None, Some(&mut script));
    assert_eq!(picked, Ok("postmortems/2024-12-10-api.yaml".to_owned()));
    assert_eq!(script.asked, ["Which incident?"]);
    let error = found(&folder, None, None, None).expect_err("nobody to ask");
    assert_eq!(
        error,
        "error: 3 incidents are open: say which is meant\n  \
         help: -i 2024-12-11-api-errors   Title of 2024-12-11-api-errors (investigating)\n  \
         help: -i 2024-12-10-api   Title of 2024-12-10-api (sev2, monitoring)\n  \
         help: -i 2024-12-08-torn   cannot be read\n"
    );
    let mut script = Script::new([Reply::Interrupt]);
    let error = found(&folder, None, None, Some(&mut script)).expect_err("interrupted");
    assert_eq!(error, "Interrupted; nothing was changed\n");
    let mut script = Script::new([Reply::End]);
    let error = found(&folder, None, None, Some(&mut script)).expect_err("ended");
    assert_eq!(error, "Ended; nothing was changed\n");
}

#[test]
fn where_nothing_is_open_the_way_on_is_told() {
    let error = found(&folder(&[]), None, None, None).expect_err("none");
    assert_eq!(
        error,
        "error: no incident is open in postmortems/\n  help: write one down: postmortem new\n"
    );
    let error = found(&folder(&TWO_OPEN[..1]), None, None, None).expect_err("none");
    assert!(
        error.ends_with("help: a closed one is named: -i 2024-12-09-closed\n"),
        "{error}"
    );
    let empty = Folder::new();
    let error = found(&empty, Some("x"), None, None).expect_err("none");
    assert!(
        error.contains("no incident was written down yet"),
        "{error}"
    );
}
