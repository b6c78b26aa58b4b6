//! Files beside a document on its page: what is shown, what is refused and said, and what the public gets.

#![expect(
    unused_must_use,
    reason = "what a run should have done is said on it; what it returns is for more of that"
)]

use crate::sandbox::{Run, Sandbox, project};

const DOCUMENT: &str = "version: 1
id: 2026-11-20-x
title: Errors
timeline:
  - {at: 2026-11-20T10:00Z, kind: started, what: Errors rise.}
people:
  sam: {name: Sam Lee, role: on-call engineer}
attachments:
";

fn sandbox(attachments: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("2026-11-20-x.yaml", format!("{DOCUMENT}{attachments}"));
    let picture = std::fs::read(project().join("tests/documents/graphs/locks.png"));
    std::fs::create_dir_all(sandbox.path("graphs")).expect("a folder");
    std::fs::write(sandbox.path("graphs/a.png"), picture.expect("a picture")).expect("a file");
    sandbox
}

fn html(sandbox: &Sandbox, audience: &str) -> Run {
    sandbox.run([
        "render",
        "2026-11-20-x.yaml",
        "--format",
        "html",
        "--audience",
        audience,
    ])
}

#[test]
fn pictures_and_texts_are_in_the_page() {
    let sandbox = sandbox(
        "  - {file: graphs/a.png, caption: \"Errors <b>\", alt: 'Errors \"rise\".'}\n  - {file: app.log, caption: The log}\n",
    );
    // What a file is its bytes say, whatever it is called.
    sandbox.write("app.log", "10:00 <script>\n10:01 \u{1b}[31mb\n");
    for audience in ["internal", "public"] {
        let run = html(&sandbox, audience)
            .succeeds()
            .stderr_is("")
            .stdout_has("<img src=\"data:image/png;base64,iVBORw0KGgo")
            .stdout_has("width=\"640\" height=\"220\" alt=\"Errors &quot;rise&quot;.\"")
            .stdout_has("Errors &lt;b&gt;")
            .stdout_has("The log, 2 lines")
            .stdout_has("10:00 &lt;script&gt;\n10:01 b</pre>");
        assert!(!run.stdout.contains("graphs/a.png"), "{}", run.stdout);
    }
    sandbox
        .run(["render", "2026-11-20-x.yaml", "--format", "md"])
        .succeeds()
        .stdout_has(
            "\n\n![Errors \"rise\".](graphs/a.png)\n\nErrors &lt;b>\n\n- [The log](app.log)\n",
        );
}

#[test]
fn what_cannot_be_on_the_page_is_told_and_linked() {
    let sandbox = sandbox(
        "  - {file: none.png, alt: None}\n  - {file: ../secret.png, alt: Out}\n  - {file: graphs, alt: Folder}\n  - {file: fake.png, alt: Fake}\n  - {file: cut.jpg, alt: Cut}\n  - {file: key.txt, alt: Key}\n",
    );
    sandbox.write(
        "fake.png",
        "<?xml version=\"1.0\"?><svg onload=\"alert(1)\"/>",
    );
    std::fs::write(sandbox.path("cut.jpg"), b"\xff\xd8\xff\xe0\0\x10JFIF").expect("a file");
    sandbox.write("key.txt", format!("a\nAKIA{}\n", "QWERTYUIOPASDFGH"));
    let run = html(&sandbox, "internal")
        .succeeds()
        .stderr_has("warning: `none.png` is not there, so it is not on the page\n  help: its path counts from")
        .stderr_has("warning: `../secret.png` does not lie in the document's folder, so")
        .stderr_has("warning: `graphs` is no file, so")
        .stderr_has("warning: `fake.png` is an SVG, which may hold scripts")
        .stderr_has("warning: `cut.jpg` begins like a picture and is none, so")
        .stderr_has("warning: `key.txt` holds an AWS access key in line 2, so")
        .stdout_has("<a href=\"fake.png\">");
    assert!(!run.stdout.contains("data:image"), "{}", run.stdout);
    assert!(!run.stdout.contains("AKIA"), "{}", run.stdout);
    assert!(!run.stderr.contains("QWERTY"), "{}", run.stderr);
}

#[test]
fn the_public_gets_no_internal_file_and_no_internal_word_in_one() {
    let sandbox = sandbox(
        "  - {file: graphs/a.png, alt: A graph., internal: true}\n  - {file: app.log, caption: The log}\n",
    );
    sandbox.write("app.log", "10:00 restarted by sam.lee\n");
    html(&sandbox, "internal")
        .succeeds()
        .stdout_has("<img src=\"data:image/png")
        .stdout_has("restarted by sam.lee");
    html(&sandbox, "public")
        .exits(1)
        .stdout_is("")
        .stderr_has("\"Sam Lee\"")
        .stderr_has("in an attached text");
    sandbox.write("app.log", "10:00 restarted\n");
    let run = html(&sandbox, "public")
        .succeeds()
        .stdout_has("10:00 restarted");
    assert!(!run.stdout.contains("data:image"), "{}", run.stdout);
}

#[test]
fn a_public_page_links_to_no_file_that_was_not_searched() {
    let sandbox = sandbox(
        "  - {file: app.log, caption: The log}\n  - {file: dump.bin, caption: The dump}\n  - {file: graphs/a.png, alt: Errors}\n",
    );
    sandbox.write("app.log", "10:00 restarted by sam.lee\n");
    std::fs::write(sandbox.path("dump.bin"), b"Sam Lee\0").expect("a file");
    let public = ["render", "2026-11-20-x.yaml", "--audience", "public"];
    for format in ["md", "html"] {
        sandbox
            .run(public.into_iter().chain(["--format", format]))
            .exits(1)
            .stdout_is("")
            .stderr_has("\"Sam Lee\"");
    }
    sandbox.write("app.log", "10:00 restarted\n");
    for format in ["md", "html"] {
        let run = sandbox
            .run(public.into_iter().chain(["--format", format]))
            .succeeds()
            .stdout_has("The log")
            .stderr_has("`dump.bin` is neither a picture");
        assert!(!run.stdout.contains("dump"), "{}", run.stdout);
    }
    html(&sandbox, "internal").succeeds().stdout_has("dump.bin");
}

#[test]
fn the_codes_of_a_picture_are_no_words() {
    // `/Iv/` might stand in any picture; here it does, and it is a name.
    let sandbox = sandbox("  - {file: graphs/a.png, alt: Errors rise.}\n");
    let page = html(&sandbox, "public").succeeds().stdout;
    let from = page.find("base64,").expect("a picture") + "base64,".len();
    let codes = &page[from..from + page[from..].find('"').expect("an end")];
    let name = codes
        .split(['+', '/', '='])
        .find(|part| {
            part.len() > 4
                && part.starts_with(|c: char| c.is_ascii_uppercase())
                && !part.contains(|c: char| c.is_ascii_digit())
        })
        .expect("some letters")
        .to_owned();
    let text = sandbox.read("2026-11-20-x.yaml");
    sandbox.write("2026-11-20-x.yaml", text.replace("Sam Lee", &name));
    html(&sandbox, "public").succeeds();
}

#[test]
fn the_age_of_actions_is_told_as_of_a_day_only() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "2026-11-20-x.yaml",
        "version: 1
id: 2026-10-20-x
title: Errors
timezone: Europe/Berlin
timeline:
  - {at: 2026-10-20T23:30, kind: started, what: Errors rise.}
actions:
  - {id: A1, what: Limit the queue, due: 2026-11-10}
  - {id: A2, what: Watch the queue, due: 2026-11-20}
  - {id: A3, what: Drain the queue, due: 2026-11-01, status: done, done_on: 2026-11-02}
",
    );
    for template in ["full", "public", "executive"] {
        for format in ["html", "md"] {
            let page = |day: Option<&str>| {
                let given = ["render", "2026-11-20-x.yaml", "--audience", "public"];
                let chosen = ["--template", template, "--format", format];
                let day = day.map(|day| ["--as-of", day]);
                let all = given.into_iter().chain(chosen);
                sandbox
                    .run(all.chain(day.into_iter().flatten()))
                    .succeeds()
                    .stdout
            };
            let without = page(None);
            assert!(
                !without.contains("overdue") && !without.contains("open for"),
                "{without}"
            );
            let late = page(Some("2026-11-20"));
            assert_eq!(late.matches("10 d overdue").count(), 1, "{late}");
            assert_eq!(late.matches("overdue").count(), 1, "{late}");
            if template == "full" {
                assert_eq!(late.matches("open for 31 d").count(), 2, "{late}");
                assert!(late.contains("20 November 2026"), "{late}");
            }
        }
    }
    sandbox
        .run(["render", "2026-11-20-x.yaml", "--as-of", "today"])
        .exits(2)
        .stderr_has("`today` is not a day");
}
