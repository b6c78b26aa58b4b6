//! A brand in `postmortem.toml` is on every page, and lets nothing else in.

use crate::sandbox::{Sandbox, project};

const SVG: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>\n";

fn branded(brand: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .copy("examples")
        .write("examples/postmortem.toml", format!("[brand]\n{brand}"))
        .write("examples/logo.svg", SVG);
    sandbox
}

const WHOLE: &str = "name = \"Ada & Sons\"\nlogo = \"logo.svg\"\naccent = \"#0a5f38\"\n";

#[test]
fn every_page_of_every_template_has_the_brand() {
    let sandbox = branded(WHOLE);
    for template in std::fs::read_dir(project().join("templates")).expect("templates") {
        let template = template.expect("a folder");
        if !template.path().join("page.html").exists() {
            continue;
        }
        let name = template.file_name().into_string().expect("UTF-8");
        for audience in ["internal", "public"] {
            let arguments = ["render", "examples", "-t", &name, "--audience", audience];
            let call = sandbox
                .call(arguments)
                .args(["-o", "p/{template}/{audience}/{id}.html"]);
            let _ = call.run().succeeds();
        }
    }
    let pages: Vec<String> = sandbox
        .files()
        .into_iter()
        .filter(|file| file.starts_with("p/"))
        .collect();
    assert!(pages.len() >= 24, "{pages:?}");
    for name in pages {
        let page = sandbox.read(&name);
        let shown = "<p class=\"brand\"><img src=\"data:image/svg+xml;base64,PHN2Zy";
        assert_eq!(page.matches(shown).count(), 1, "{name}");
        assert!(page.contains("\" alt=\"\">Ada &amp; Sons</p>"), "{name}");
        assert!(page.contains(":root{--accent:#0a5f38}"), "{name}");
        assert!(page.contains(" img-src data:;"), "{name}");
        let policy = page
            .split("Content-Security-Policy\"")
            .nth(1)
            .and_then(|rest| rest.split('>').next());
        let hashes = policy.expect("a policy").matches("'sha256-").count();
        assert_eq!(hashes, page.matches("<style>").count(), "{name}");
    }
}

#[test]
fn without_a_logo_no_picture_is_let_in() {
    let sandbox = branded("name = \"Ada\"\n");
    let arguments = [
        "render",
        "examples/2023-03-20-chatgpt-data-exposure.yaml",
        "--format",
        "html",
    ];
    let page = sandbox.run(arguments).succeeds().stdout;
    assert!(page.contains("<p class=\"brand\">Ada</p>"), "{page}");
    assert!(!page.contains("img-src"), "{page}");
}

#[test]
fn what_cannot_be_shown_is_told_with_its_key() {
    for (brand, told) in [
        (
            "accent = \"#ffcc00\"\n",
            "examples/postmortem.toml: `brand.accent` is #ffcc00, which has a contrast of 1.",
        ),
        (
            "accent = \"#ffcc00\"\n",
            "help: the nearest shade that everybody can read is #",
        ),
        (
            "name = \"A\"\nlogo = \"nope.png\"\n",
            "`brand.logo`: `nope.png` cannot be read: no such file",
        ),
        (
            "name = \"A\"\nlogo = \"README.md\"\n",
            "`README.md` is no PNG, JPEG or SVG, whatever it is called",
        ),
        (
            "name = \"A\"\nlogo = \"evil.svg\"\n",
            "`evil.svg` is an SVG with more than shapes in it",
        ),
        ("name = \"A\"\nlogo = \".\"\n", "it is no file"),
    ] {
        let sandbox = branded(brand);
        sandbox.write(
            "examples/evil.svg",
            SVG.replace("<path", "<path onload=\"x()\""),
        );
        let _ = sandbox
            .run(["render", "examples/2024-12-11-telemetry-rollout.yaml"])
            .exits(2)
            .stderr_has(told);
    }
}

#[test]
fn letters_of_a_logo_are_no_words() {
    // `PHN2ZyB4bWxucz0` begins the logo; a person is called so.
    let sandbox = branded(WHOLE);
    let document = "version: 1\nid: 2024-12-11-x\ntitle: T\npeople: {p: {name: PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA5IDkiPjxwYXRoIGQ9Ik0wIDBoOXY5eiIvPjwvc3ZnPgo}}\n";
    sandbox.write("examples/2024-12-11-x.yaml", document);
    let arguments = [
        "render",
        "examples/2024-12-11-x.yaml",
        "--audience",
        "public",
        "-o",
        "x.html",
    ];
    let _ = sandbox.run(arguments).succeeds();
    assert!(sandbox.read("x.html").contains("PHN2ZyB4bWxucz0iaHR0"));
    let said = document.replace("title: T", "title: PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA5IDkiPjxwYXRoIGQ9Ik0wIDBoOXY5eiIvPjwvc3ZnPgo");
    sandbox.write("examples/2024-12-11-x.yaml", said);
    let _ = sandbox.run(arguments).exits(1);
}
