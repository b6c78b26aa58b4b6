//! What public pages tell search engines and chats: nothing but what stands on them.

#![expect(
    unused_must_use,
    reason = "what a run should have done is said on it; what it returns is for more of that"
)]

use serde_json::Value;

use crate::sandbox::Sandbox;

const DOCUMENT: &str = "version: 1
id: 2026-11-20-x
title: \"Errors </script><script>x</script> & more\"
summary: Carts were empty. Nobody could pay.
tags: [carts]
services: [checkout]
people:
  sam: {name: Sam Lee, role: on-call engineer}
links:
  - {id: S1, url: \"https://status.example/1\"}
  - {id: S2, url: \"https://wiki.corp.example/1\"}
timeline:
  - {at: 2026-11-20T10:00Z, kind: started, what: Errors rise.}
  - {at: 2026-11-20T11:00Z, kind: resolved, what: Errors end.}
";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("2026-11-20-x.yaml", DOCUMENT);
    sandbox.write(
        "postmortem.toml",
        "[public]\ninternal_hosts = [\"*.corp.example\"]\n",
    );
    sandbox
}

fn html<'a>(more: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    let usual = ["render", "2026-11-20-x.yaml", "--format", "html"];
    usual.into_iter().chain(more.iter().copied())
}

#[test]
fn public_pages_alone_have_linked_data() {
    let sandbox = sandbox();
    for template in [
        "full",
        "google",
        "pagerduty",
        "atlassian",
        "public",
        "executive",
    ] {
        let internal = sandbox
            .run(html(&["--template", template, "--audience", "internal"]))
            .succeeds()
            .stdout;
        assert!(
            !internal.contains("ld+json") && !internal.contains("og:"),
            "{template}"
        );
        let page = sandbox
            .run(html(&["--template", template, "--audience", "public"]))
            .succeeds()
            .stdout_has(
                "<meta name=\"description\" content=\"Carts were empty. Nobody could pay.\">",
            )
            .stdout_has("<meta property=\"og:title\" content=\"Errors &lt;/script&gt;")
            .stdout;
        assert_eq!(page.matches("<script").count(), 1, "{template}");
        let (_, rest) = page.split_once("ld+json\">").expect("linked data");
        let (data, _) = rest.split_once("</script>").expect("its end");
        let data: Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(data["@type"], "Report");
        assert_eq!(
            data["headline"],
            "Errors </script><script>x</script> & more"
        );
        assert_eq!(data["reportNumber"], "2026-11-20-x");
        assert_eq!(
            data["temporalCoverage"],
            "2026-11-20T10:00:00Z/2026-11-20T11:00:00Z"
        );
        assert_eq!(
            data["citation"],
            serde_json::json!(["https://status.example/1"])
        );
        // No script may run, so the policy names none.
        assert!(!page.contains("script-src"), "{template}");
    }
}

#[test]
fn linked_data_is_searched_for_internal_words() {
    let sandbox = sandbox();
    // Only the data has the words: the page shows another title.
    sandbox.write("mine.html", "<h1>Errors</h1><script type=\"application/ld+json\">{{ metadata.linked_data | safe }}</script>");
    let public = ["--audience", "public", "--template", "mine.html"];
    sandbox.run(html(&public)).succeeds();
    sandbox.write("2026-11-20-x.yaml", DOCUMENT.replace("& more", "<Sam&Lee>"));
    sandbox
        .run(html(&public))
        .exits(1)
        .stdout_is("")
        .stderr_has("\"Sam Lee\"");
}
