//! Which template makes a page: the one that is named, else what `postmortem.toml` says.

use crate::sandbox::Sandbox;

const DOCUMENT: &str =
    "version: 1\nid: 2024-12-11-x\ntitle: T\nseverity: sev1\nstage: published\ntags: [dns]\n";

const RULES: &str = "\
[[templates]]
template = \"templates/brief.md\"
format = \"md\"
tags = [\"dns\"]

[[templates]]
template = \"status-update\"
audience = \"public\"
format = \"text\"

[[templates]]
template = \"templates/ours\"
severities = [\"sev1\"]
stages = [\"published\"]
";

fn repository() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .write("postmortem.toml", RULES)
        .write("templates/brief.md", "brief {{ title }}\n")
        .write("templates/ours/page.md", "ours {{ title }}\n")
        .write("postmortems/2024-12-11-x.yaml", DOCUMENT);
    sandbox
}

#[test]
fn the_first_rule_that_fits_chooses() {
    let sandbox = repository();
    let render = |more: &[&str]| {
        let arguments = ["render", "postmortems/2024-12-11-x.yaml"].into_iter();
        sandbox
            .run(arguments.chain(more.iter().copied()))
            .succeeds()
    };
    let _ = render(&[]).stdout_is("ours T\n");
    let _ = render(&["--format", "md"]).stdout_is("brief T\n");
    let _ = render(&["-o", "page.md"]);
    assert_eq!(sandbox.read("page.md"), "brief T\n");
    let _ = render(&["--format", "text", "--audience", "public"]).stdout_has("T\n");
    let _ = render(&["-t", "announcement"]).stdout_has("**");
    let _ = render(&["--template", "templates/brief.md"]).stdout_is("brief T\n");
    // From another folder the paths are still those of the configuration.
    let call = sandbox.call(["render", "2024-12-11-x.yaml"]);
    let _ = call
        .within(&sandbox.path("postmortems"))
        .run()
        .stdout_is("ours T\n");
}

#[test]
fn a_document_that_no_rule_fits_has_the_default() {
    let sandbox = repository();
    sandbox.write(
        "postmortems/2024-12-11-x.yaml",
        DOCUMENT.replace("sev1", "sev2"),
    );
    let _ = sandbox
        .run(["render", "postmortems/2024-12-11-x.yaml"])
        .succeeds()
        .stdout_has("# T\n");
}

#[test]
fn a_template_that_is_not_there_is_told_with_its_place() {
    let sandbox = repository();
    sandbox.write(
        "postmortem.toml",
        RULES.replace("\"status-update\"", "\"status-updat\""),
    );
    let _ = sandbox
        .run(["render", "postmortems/2024-12-11-x.yaml"])
        .exits(2)
        .stderr_is(
            "error: postmortem.toml:7: there is no template `status-updat`\n  help: did you mean `status-update`?\n",
        );
    // What is named on the command line needs no rule.
    let _ = sandbox
        .run(["render", "postmortems/2024-12-11-x.yaml", "-t", "full"])
        .succeeds();
}

#[test]
fn a_chosen_template_without_such_a_page_says_who_chose_it() {
    let sandbox = repository();
    let _ = sandbox
        .run([
            "render",
            "postmortems/2024-12-11-x.yaml",
            "--format",
            "html",
        ])
        .exits(2)
        .stderr_has("postmortem.toml:12 chooses this template; another: --template NAME");
}
