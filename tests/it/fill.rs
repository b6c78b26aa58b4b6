//! `postmortem fill` without a terminal.

use crate::sandbox::Sandbox;

const FILE: &str = "postmortems/2024-12-11-api.yaml";
const TEXT: &str = "version: 1\nid: 2024-12-11-api\ntitle: API down\nseverity: sev1\nsummary: Down.\nimpact: {summary: 1200 carts were lost., data: none}\ndetection: {by: alert}\nlessons: {went_well: [Alerts], went_wrong: [Nothing], got_lucky: [Nothing]}\n";

#[test]
fn nobody_to_ask_is_said_with_what_to_type() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, TEXT);
    let _ = sandbox
        .run(["fill"])
        .exits(2)
        .stdout_is("")
        .stderr_has("error: 2 questions are open, and there is nobody to ask\n")
        .stderr_has(&format!("postmortem fill --list -i {FILE}\n"))
        .stderr_has(&format!("postmortem lint {FILE}\n"))
        .stderr_has("postmortem log -t TIME -k resolved TEXT");
    assert_eq!(sandbox.read(FILE), TEXT);
}

#[test]
fn the_questions_can_be_listed() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, TEXT);
    let _ = sandbox
        .run(["fill", "--list"])
        .succeeds()
        .stderr_is("")
        .stdout_is(
            "When did it start for users? (14:32, 2024-12-11 15:16, unknown)   missing-milestone\n\
         What caused it, or may have?   missing-cause\n",
        );
    let run = sandbox
        .run(["fill", "--list", "--format", "json", "-i", "api"])
        .succeeds();
    let listed: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(listed["version"], 1);
    assert_eq!(listed["file"], FILE);
    assert_eq!(listed["stage"], "in-review");
    assert_eq!(listed["questions"][1]["rule"], "missing-cause");
    assert_eq!(listed["questions"][1]["level"], "warning");
    assert_eq!(listed["questions"][1]["line"], 3);
    // Advice that takes more than a key is not asked, unless somebody raises its level.
    let others = listed["others"].as_array().expect("a list");
    let rules: Vec<_> = others.iter().map(|other| &other["rule"]).collect();
    assert_eq!(rules, ["slo-unanswered", "no-surprises"]);
    let _ = sandbox
        .run(["fill", "--list", "--stage", "draft"])
        .succeeds()
        .stdout_is("");
    let _ = sandbox
        .run(["fill", "--format", "json"])
        .exits(2)
        .stderr_has("needs --list");
}

#[test]
fn advice_is_asked_where_its_level_is_raised() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, TEXT);
    let listed = |levels: &str| {
        sandbox.write("postmortem.toml", format!("[lint.levels]\n{levels}"));
        let run = sandbox.run(["fill", "--list"]).succeeds();
        run.stdout.matches("What was promised?").count()
    };
    assert_eq!(listed(""), 0);
    assert_eq!(listed("slo-unanswered = \"warning\"\n"), 1);
    sandbox.write(FILE, TEXT.replace("data: none", "data: none, slo: []"));
    assert_eq!(listed("slo-unanswered = \"warning\"\n"), 0);
}

#[test]
fn a_file_that_does_not_read_is_not_asked_about() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, "version: 1\nid: 2024-12-11-api\ntitle: [\n");
    let _ = sandbox
        .run(["fill", "--list", "-i", FILE])
        .exits(2)
        .stderr_has("does not read, so nothing can be asked about it\n")
        .stderr_has("postmortem edit");
}

#[test]
fn once_no_incident_is_open_the_newest_is_meant() {
    let sandbox = Sandbox::new();
    let older = "postmortems/2024-12-10-db.yaml";
    sandbox.write(
        older,
        "version: 1\nid: 2024-12-10-db\ntitle: DB\nstatus: resolved\n",
    );
    sandbox.write(FILE, format!("{TEXT}status: resolved\n"));
    for command in [&["fill"][..], &["edit"]] {
        let _ = sandbox.run(command).exits(2).stderr_has(FILE);
    }
    sandbox.write(older, "version: 1\nid: 2024-12-10-db\ntitle: DB\n");
    let _ = sandbox.run(["fill"]).exits(2).stderr_has(older);
}

#[test]
fn a_stage_that_is_none_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write(FILE, TEXT);
    let _ = sandbox
        .run(["fill", "--stage", "done"])
        .exits(2)
        .stderr_has("`done` is none of draft, in-review, reviewed, published");
}
