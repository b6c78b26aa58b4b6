//! The formats of `postmortem lint`, and where it writes them.

#![expect(
    unused_must_use,
    reason = "what a run should have done is said on it; what it returns is for more of that"
)]

use postmortem::lint::catalogue;
use serde_json::{Value, json};

use crate::sandbox::Sandbox;

/// A document with mistakes of several levels, in two of its lines the same.
const BAD: &str = "version: 1\nid: 2024-12-11-bad\ntitle: API answers with errors\nstage: in-review\nsevrity: sev1\nsummary: |\n  Ünïcode 😀 first.\ntimeline:\n  - {at: 2024-12-11T15:16, kind: started, what: TODO}\n  - {at: 2024-12-11T15:16Z, what: TODO}\n  - {at: 2024-12-11T15:16Z, what: TODO}\n";

const CLEAN: &str = "version: 1\nid: 2024-12-11-good\ntitle: API answers with errors\n";

fn repository() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .write("postmortems/2024-12-11-bad.yaml", BAD)
        .write("postmortems/2024-12-11-good.yaml", CLEAN);
    sandbox
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn results(sarif: &Value) -> &Vec<Value> {
    sarif["runs"][0]["results"].as_array().expect("results")
}

#[test]
fn concise_is_a_line_for_each_finding() {
    let sandbox = repository();
    let run = sandbox.run(["lint", "--format", "concise"]).exits(1);
    let first = "postmortems/2024-12-11-bad.yaml:5:1: error[unknown-field] there is no field `sevrity` here\n";
    assert!(run.stdout.contains(first), "{}", run.stdout);
    let json = sandbox.run(["lint", "--format", "json"]).exits(1).stdout;
    let count = parsed(&json)["summary"]["findings"].as_u64();
    assert_eq!(count, Some(run.stdout.lines().count() as u64));
}

#[test]
fn jsonl_holds_what_json_holds() {
    let sandbox = repository();
    let json = parsed(&sandbox.run(["lint", "--format", "json"]).exits(1).stdout);
    let lines = sandbox.run(["lint", "--format", "jsonl"]).exits(1).stdout;
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| {
            let mut finding = parsed(line);
            let object = finding.as_object_mut().expect("an object");
            assert_eq!(object.remove("version"), Some(json!(1)));
            finding
        })
        .collect();
    assert_eq!(json["findings"], Value::Array(lines));
}

#[test]
fn a_region_of_sarif_is_the_text_of_the_file() {
    let sandbox = repository();
    let bom = format!("\u{feff}{}", BAD.replace('\n', "\r\n"));
    sandbox.write("postmortems/2024-12-11-bad.yaml", &bom);
    let run = sandbox.run(["lint", "--format", "sarif"]).exits(1);
    let sarif = parsed(&run.stdout);
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"][0]["columnKind"], "unicodeCodePoints");
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array();
    let rules = rules.expect("rules");
    let lines: Vec<&str> = bom.trim_start_matches('\u{feff}').split("\r\n").collect();
    let mut snippets = 0;
    for result in results(&sarif) {
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            "postmortems/2024-12-11-bad.yaml"
        );
        let rule = rules.iter().find(|rule| rule["id"] == result["ruleId"]);
        let help = rule.expect("its rule")["help"]["markdown"].as_str();
        assert!(help.is_some_and(|help| help.contains("## Why")));
        let region = &place["region"];
        let number = |key: &str| region[key].as_u64().expect(key) as usize;
        let snippet = region["snippet"]["text"].as_str().expect("a snippet");
        let (start, length) = (number("byteOffset"), number("byteLength"));
        assert_eq!(&bom[start..start + length], snippet);
        if number("startLine") == number("endLine") {
            let line: Vec<char> = lines[number("startLine") - 1].chars().collect();
            let cut = &line[number("startColumn") - 1..number("endColumn") - 1];
            assert_eq!(cut.iter().collect::<String>(), snippet);
            snippets += usize::from(!snippet.is_empty());
        }
    }
    assert!(snippets > 4, "{}", run.stdout);
}

#[test]
fn a_fingerprint_survives_a_shifted_line() {
    let sandbox = repository();
    let fingerprints = || -> Vec<String> {
        let sarif = parsed(&sandbox.run(["lint", "--format", "sarif"]).exits(1).stdout);
        let of = |result: &Value| result["partialFingerprints"]["ruleAndLine/v1"].to_string();
        results(&sarif).iter().map(of).collect()
    };
    let before = fingerprints();
    let mut each = before.clone();
    each.sort();
    each.dedup();
    assert_eq!(each.len(), before.len(), "{before:?}");
    let shifted = BAD.replace("sevrity", "# one\n# more\n\nsevrity");
    sandbox.write("postmortems/2024-12-11-bad.yaml", shifted);
    assert_eq!(fingerprints(), before);
}

#[test]
fn gitlab_has_a_fingerprint_for_each_finding_of_all_files() {
    let sandbox = repository();
    sandbox.write("postmortems/2024-12-11-copy.yaml", BAD);
    let run = sandbox.run(["lint", "--format", "gitlab"]).exits(1);
    let report = parsed(&run.stdout);
    let issues = report.as_array().expect("a bare list");
    let mut prints: Vec<_> = issues
        .iter()
        .map(|i| i["fingerprint"].to_string())
        .collect();
    prints.sort();
    prints.dedup();
    assert_eq!(prints.len(), issues.len());
    let naive = issues.iter().find(|i| i["check_name"] == "naive-timestamp");
    let naive = naive.expect("found");
    assert_eq!(naive["severity"], "major");
    assert_eq!(naive["location"]["lines"]["begin"], 9);
}

#[test]
fn github_gets_commands_and_a_page() {
    let sandbox = repository();
    sandbox.write("page.md", "# from a step before\n");
    let run = sandbox
        .call(["lint", "--format", "github"])
        .env("GITHUB_STEP_SUMMARY", sandbox.path("page.md"))
        .run()
        .exits(1);
    let levels: Vec<&str> = run.stdout.lines().map(|line| &line[..5]).collect();
    let worst_first = |level: &&str| match *level {
        "::err" => 0,
        "::war" => 1,
        _ => 2,
    };
    assert!(levels.is_sorted_by_key(worst_first), "{}", run.stdout);
    assert!(
        run.stdout.starts_with(
            "::error title=postmortem%3A unknown-field,file=postmortems/2024-12-11-bad.yaml,line=5,endLine=5,col=1,endColumn=8::there is no field `sevrity` here"
        ),
        "{}",
        run.stdout
    );
    let page = sandbox.read("page.md");
    assert!(
        page.starts_with("# from a step before\n### postmortem lint\n"),
        "{page}"
    );
    assert_eq!(page.matches("\n| ").count(), 2 + levels.len());
    sandbox
        .call(["lint", "--format", "json"])
        .env("GITHUB_STEP_SUMMARY", sandbox.path("page.md"))
        .run()
        .exits(1);
    assert_eq!(sandbox.read("page.md"), page);
}

#[test]
fn several_formats_go_each_to_its_place() {
    let sandbox = repository();
    let formats = [
        "--format",
        "concise",
        "--format",
        "sarif=out.sarif",
        "--format=junit=out.xml",
    ];
    let run = sandbox.call(["lint"]).args(formats).run().exits(1);
    assert!(
        run.stdout.contains("error[unknown-field]"),
        "{}",
        run.stdout
    );
    assert!(!results(&parsed(&sandbox.read("out.sarif"))).is_empty());
    let text = sandbox.read("out.xml");
    let xml = roxmltree::Document::parse(&text).expect("XML");
    let cases = xml
        .descendants()
        .filter(|node| node.has_tag_name("testcase"));
    assert_eq!(cases.count(), run.stdout.lines().count() + 1);
    let alone = sandbox
        .run(["lint", "--format", "checkstyle=out.xml"])
        .exits(1)
        .stdout_is("");
    assert!(alone.stderr.contains("in 1 of 2 files"), "{}", alone.stderr);
    let text = sandbox.read("out.xml");
    let xml = roxmltree::Document::parse(&text).expect("XML");
    let errors = xml.descendants().filter(|node| node.has_tag_name("error"));
    assert_eq!(errors.count(), run.stdout.lines().count());
}

#[test]
fn what_cannot_be_written_is_refused_before_anything_is() {
    let sandbox = repository();
    sandbox.write("2024-12-11-x.txt", CLEAN);
    #[cfg(unix)]
    std::os::unix::fs::symlink(
        "postmortems/2024-12-11-good.yaml",
        sandbox.path("link.json"),
    )
    .expect("a link");
    for (arguments, message) in [
        (
            vec!["--format", "json", "--format=sarif"],
            "two formats cannot both go to stdout",
        ),
        (
            vec!["--format=json=x", "--format=sarif=x"],
            "two formats cannot both go to `x`",
        ),
        (
            vec!["--format", "jason"],
            "did you mean `json`? the formats are human, concise",
        ),
        (vec!["--format=json=a.yml"], "give it another ending"),
        (vec!["--format=json=link.json"], "would be overwritten"),
        (
            vec!["--format=json=2024-12-11-x.txt", "2024-12-11-x.txt"],
            "would be overwritten",
        ),
        (
            vec!["--format=json=no/such/folder"],
            "`no/such/folder` cannot be written",
        ),
    ] {
        sandbox
            .call(["lint"])
            .args(arguments)
            .run()
            .exits(2)
            .stdout_is("")
            .stderr_has(message);
    }
    assert_eq!(sandbox.read("postmortems/2024-12-11-good.yaml"), CLEAN);
    assert_eq!(sandbox.read("2024-12-11-x.txt"), CLEAN);
}

#[test]
fn statistics_count_rules() {
    let sandbox = repository();
    let run = sandbox.run(["lint", "--statistics"]).exits(1);
    assert!(
        run.stdout.starts_with("3  placeholder-text\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("\n1  naive-timestamp\n"),
        "{}",
        run.stdout
    );
    assert!(run.stderr.contains("findings ("), "{}", run.stderr);
    let json = sandbox
        .run(["lint", "--statistics", "--format", "json"])
        .exits(1);
    let json = parsed(&json.stdout);
    assert_eq!(
        json["statistics"][0],
        json!({"rule": "placeholder-text", "findings": 3})
    );
    assert!(json["findings"].as_array().is_some_and(|all| all.len() > 5));
}

#[test]
fn a_secret_is_in_no_format() {
    let value = ["AKIA", "QWERTYUIOPASDFGH"].concat();
    let sandbox = Sandbox::new();
    let text = format!(
        "{CLEAN}status: {value}\nowner: {value}\n\"{value}\": 1\nsummary: |\n  {value} TODO\n"
    );
    sandbox.write("x.yaml", &text);
    for format in [
        "human",
        "concise",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "rdjson",
        "checkstyle",
    ] {
        let run = sandbox
            .call(["lint", "--format", format, "x.yaml"])
            .env("GITHUB_STEP_SUMMARY", sandbox.path("page.md"))
            .run()
            .exits(1);
        assert!(run.stdout.contains("an AWS access key"), "{run:?}");
        assert!(
            !run.stdout.contains(&value) && !run.stderr.contains(&value),
            "{run:?}"
        );
    }
    let page = sandbox.read("page.md");
    assert!(
        page.contains("an AWS access key") && !page.contains(&value),
        "{page}"
    );
}

#[test]
fn paths_are_as_other_tools_write_them() {
    let sandbox = repository();
    let absolute = sandbox.path("postmortems/2024-12-11-bad.yaml");
    for given in [
        "./postmortems/2024-12-11-bad.yaml",
        &absolute.display().to_string(),
    ] {
        let run = sandbox.run(["lint", "--format", "concise", given]).exits(1);
        assert!(
            run.stdout.starts_with("postmortems/2024-12-11-bad.yaml:"),
            "{}",
            run.stdout
        );
    }
    let run = sandbox
        .call([
            "lint",
            "--format",
            "concise",
            "-",
            "--stdin-filename",
            "./postmortems/x.yaml",
        ])
        .stdin(BAD)
        .run()
        .exits(1);
    assert!(
        run.stdout.starts_with("postmortems/x.yaml:"),
        "{}",
        run.stdout
    );
}

#[test]
fn many_files_come_in_the_order_of_their_paths() {
    let sandbox = Sandbox::new();
    for number in 0..200 {
        let text = BAD.replace("2024-12-11-bad", &format!("2024-12-11-n{number}"));
        sandbox.write(
            format!("postmortems/{}/2024-12-11-n{number}.yaml", number % 7),
            text,
        );
    }
    let run = || sandbox.run(["lint", "--format", "json"]).exits(1).stdout;
    let first = run();
    let json = parsed(&first);
    let files: Vec<&str> = (json["files"].as_array().expect("files").iter())
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(files.len(), 200);
    assert!(files.is_sorted(), "{files:?}");
    for _ in 0..3 {
        assert_eq!(run(), first);
    }
}

#[test]
fn what_git_ignores_is_passed_over_unless_it_is_named() {
    let sandbox = repository();
    sandbox
        .write(".git/HEAD", "ref: refs/heads/main\n")
        .write(".gitignore", "/postmortems/drafts/\n*.local.yaml\n")
        .write("postmortems/drafts/2024-12-11-d.yaml", BAD)
        .write("postmortems/2024-12-11-e.local.yaml", BAD);
    let files = |arguments: &[&str]| {
        let run = sandbox
            .call(["lint", "--format", "json"])
            .args(arguments)
            .run();
        parsed(&run.stdout)["files"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(files(&[]), 2);
    assert_eq!(files(&["postmortems/2024-12-11-e.local.yaml"]), 1);
    assert_eq!(files(&["postmortems/drafts"]), 1);
    sandbox.write("postmortems/.gitignore", "*\n");
    sandbox
        .run(["lint"])
        .exits(2)
        .stderr_has("there is no document in `postmortems`")
        .stderr_has("that git does not ignore");
}

#[cfg(unix)]
#[test]
fn links_lead_to_no_circle_and_a_named_one_is_followed() {
    let sandbox = repository();
    std::os::unix::fs::symlink(".", sandbox.path("postmortems/circle")).expect("a link");
    std::os::unix::fs::symlink("postmortems", sandbox.path("elsewhere")).expect("a link");
    std::os::unix::fs::symlink(
        "2024-12-11-bad.yaml",
        sandbox.path("postmortems/again.yaml"),
    )
    .expect("a link");
    std::os::unix::fs::symlink("nowhere", sandbox.path("postmortems/2024-12-11-gone.yaml"))
        .expect("a link");
    for folder in ["postmortems", "elsewhere", "."] {
        let run = sandbox.run(["lint", "--format", "json", folder]).exits(1);
        let json = parsed(&run.stdout);
        assert_eq!(
            json["files"].as_array().map(Vec::len),
            Some(2),
            "{folder}: {}",
            run.stdout
        );
    }
}

#[test]
fn every_rule_is_listed() {
    let sandbox = Sandbox::new();
    let list = parsed(&sandbox.run(["rules", "--format", "json"]).succeeds().stdout);
    assert_eq!(list["version"], 1);
    let names: Vec<&str> = (list["rules"].as_array().expect("rules").iter())
        .filter_map(|rule| rule["name"].as_str())
        .collect();
    let known: Vec<&str> = catalogue::RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names, known);
    let text = sandbox.run(["rules"]).succeeds().stdout;
    let rows: Vec<&str> = (text.split("\n\n").skip(1))
        .filter_map(|row| row.split(' ').next())
        .collect();
    assert_eq!(rows, known);
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "{text}"
    );
}
