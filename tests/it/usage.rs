//! Help, and what is said of a call that cannot be understood.

use crate::sandbox::Sandbox;

const COMMANDS: [&str; 13] = [
    "init", "new", "log", "comms", "status", "show", "cause", "action", "lint", "rules", "explain",
    "render", "schema",
];

#[test]
fn help_can_be_asked_for_in_each_way() {
    let sandbox = Sandbox::new();
    let all = sandbox.run(["--help"]).succeeds().stderr_is("");
    let _ = sandbox.run(["help"]).succeeds().stdout_is(&all.stdout);
    for command in COMMANDS {
        assert!(all.stdout.contains(&format!("\n  {command} ")), "{command}");
        let long = sandbox.run([command, "--help"]).succeeds();
        let _ = sandbox
            .run(["help", command])
            .succeeds()
            .stdout_is(&long.stdout);
    }
}

#[test]
fn no_line_of_help_ends_in_blanks() {
    let sandbox = Sandbox::new();
    for command in COMMANDS {
        for flag in ["-h", "--help"] {
            let run = sandbox.run([command, flag]).succeeds();
            let bad = run.stdout.lines().find(|line| line.ends_with(' '));
            assert_eq!(bad, None, "{command} {flag}");
        }
    }
}

#[test]
fn a_mistake_points_to_the_help_of_its_command() {
    let sandbox = Sandbox::new();
    for (arguments, said) in [
        (
            &["render", "x", "--audience", "world"][..],
            "error: `world` is no value for `--audience <AUDIENCE>`\n  help: it takes one of: internal, public\n  help: see `postmortem render --help`\n",
        ),
        (
            &["render"],
            "error: `postmortem render` needs <FILE|FOLDER>...\n  help: see `postmortem render --help`\n",
        ),
        (
            &["--no-input"],
            "error: a command is missing\n  help: begin with: postmortem new\n  help: see `postmortem --help`\n",
        ),
        (
            &["lnt"],
            "error: `lnt` is not a command\n  help: did you mean `lint`?\n  help: see `postmortem --help`\n",
        ),
    ] {
        let _ = sandbox
            .run(arguments)
            .exits(2)
            .stdout_is("")
            .stderr_is(said);
    }
}

#[test]
fn a_rule_is_explained_by_what_a_finding_shows() {
    let sandbox = Sandbox::new();
    let plain = sandbox.run(["explain", "secret"]).succeeds();
    for pasted in ["error[secret]", "secret:"] {
        let _ = sandbox
            .run(["explain", pasted])
            .succeeds()
            .stdout_is(&plain.stdout);
    }
}
