//! Values are put together here, so that no scanner takes this file for a leak.

use super::*;

fn found(text: &str) -> Vec<(&'static str, &str)> {
    let found = secrets(text).into_iter();
    found
        .map(|secret| (secret.what, &text[secret.span]))
        .collect()
}

/// Letters and digits as a generator would draw them.
fn random(length: usize) -> String {
    "aZ3kQ9xT7mW2pLr8VbN5cYd1GhJ4sKf6"
        .chars()
        .cycle()
        .take(length)
        .collect()
}

fn hex(length: usize) -> String {
    "4f2a9c1d8e7b6a5f".chars().cycle().take(length).collect()
}

fn uuid() -> String {
    format!("{}-{}-{}-{}-{}", hex(8), hex(4), hex(4), hex(4), hex(12))
}

#[test]
fn tokens_are_known_by_their_shape() {
    let capital = random(16).to_uppercase();
    let body = random(60);
    for (what, token) in [
        ("an AWS access key", format!("AKIA{capital}")),
        ("a GitHub token", format!("ghp_{}", random(36))),
        (
            "a GitHub token",
            format!("github_pat_{}_{}", random(22), random(40)),
        ),
        ("a GitLab token", format!("glpat-{}", random(20))),
        ("a Slack token", format!("xoxb-123456789012-{}", random(24))),
        ("a Stripe key", format!("sk_live_{}", random(24))),
        ("a Google API key", format!("AIza{}", random(35))),
        ("an OpenAI key", format!("sk-proj-{body}")),
        ("an OpenAI key", format!("sk-{}", random(48))),
        ("an Anthropic key", format!("sk-ant-api03-{body}")),
        ("an npm token", format!("npm_{}", random(36))),
        ("a PyPI token", format!("pypi-AgEIcHlwaS5vcmc{body}")),
        (
            "an age key",
            format!("AGE-SECRET-KEY-1{}", random(58).to_uppercase()),
        ),
        ("a Grafana token", format!("glsa_{}_1a2b3c4d", random(32))),
        ("a Databricks token", format!("dapi{}", hex(32))),
        (
            "a New Relic key",
            format!("NRAK-{}", random(27).to_uppercase()),
        ),
        ("a Linear key", format!("lin_api_{}", random(40))),
        (
            "a Figma token",
            format!("figd_{}-{}", random(20), random(20)),
        ),
        ("a Heroku key", format!("HRKU-AA{}", random(58))),
        ("a Twilio key", format!("SK{}", hex(32))),
        (
            "a Discord webhook",
            format!(
                "discord.com/api/webhooks/123456789012345678/{}-{}",
                random(30),
                random(30)
            ),
        ),
        (
            "a Teams webhook",
            format!(
                "webhook.office.com/webhookb2/{0}@{0}/IncomingWebhook/{1}/{0}",
                uuid(),
                hex(32)
            ),
        ),
        (
            "a Slack webhook",
            format!("hooks.slack.com/triggers/T012AB3CD/{}", random(30)),
        ),
        (
            "a signed web token (JWT)",
            format!("eyJ{}.eyJ{}.{}", random(20), random(30), random(40)),
        ),
    ] {
        for text in [
            token.clone(),
            format!("x: \"{token}\""),
            format!("(see {token}, please)"),
        ] {
            assert_eq!(found(&text), [(what, token.as_str())], "{text}");
        }
    }
}

#[test]
fn assignments_and_addresses_are_looked_into() {
    let value = random(32);
    for (text, secret) in [
        (format!("api_key={value}"), value.as_str()),
        (format!("\"client_secret\": \"{value}\""), &value),
        (format!("export AWS_SECRET_ACCESS_KEY={value}"), &value),
        (format!("Authorization: Bearer {value}"), &value),
        ("PASSWORD=hunter2".to_owned(), "hunter2"),
        ("password: Tr1cky!Horse".to_owned(), "Tr1cky!Horse"),
        (
            "postgres://app:s3cret@db.example.com/x".to_owned(),
            "s3cret",
        ),
        (
            "Authorization: Basic YXBwOmh1bnRlcjI=".to_owned(),
            "YXBwOmh1bnRlcjI=",
        ),
        (
            "curl -s -u jane:hunter2 https://x.test".to_owned(),
            "hunter2",
        ),
        ("curl --user 'jane:hunter2' x".to_owned(), "hunter2"),
        ("mysqldump -uapp -pTr1ckyHorse db".to_owned(), "Tr1ckyHorse"),
        (
            format!("https://a.blob.core.windows.net/x?sv=2024-11-04&sig={value}%2Bab%3D"),
            &format!("{value}%2Bab%3D"),
        ),
        (format!("bot 123456789:AA{value}x"), &format!("AA{value}x")),
        (format!("a_ghp_{value}aB1"), &format!("ghp_{value}aB1")),
        (
            format!("\"one\\nAKIA{}\"", value[..16].to_uppercase()),
            &format!("AKIA{}", value[..16].to_uppercase()),
        ),
        (
            format!("\"\\u0067\\x68p_{value}\" é"),
            &format!("\\u0067\\x68p_{value}"),
        ),
    ] {
        let found = found(&text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].1, secret, "{text}");
    }
}

#[test]
fn ordinary_text_holds_no_secret() {
    for text in [
        "token: the one that expired on 2024-12-11",
        "The password: ask Jane",
        "password=$DB_PASSWORD token=<token> secret=${SECRET} pwd=********",
        "postgres://app:***@db and https://user:$PASS@host and https://example.com:8080/a@b",
        "https://example.com/2024-12-11T15:16@x",
        "token: 2024-12-11-telemetry-rollout",
        "sk-learn-and-other-words-of-this-kind",
        "the AKIA prefix, ghp_short, task-force-one-of-the-platform-team",
        "commit 4f2a9c1d8e7b6a5f4e3d2c1b0a9f8e7d6c5b4a39 was rolled back",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "secret: kubernetes-api-server-load-2024",
        "token: 550e8400-e29b-41d4-a716-446655440000",
        "secret: arn:aws:secretsmanager:eu-west-1:123456789012:secret:Db2-aZ3kQ9",
        "access_key = 0x4f2a9C1d8e7b6a5f4e3d2c1b0a9f8e7d",
        "pwd: /home/Jane/work2",
        "PWD=/home/jane2/work and pwd=~/Work2",
        "xoxb-is-the-prefix-for-bots and sk-learn-based-model-Version2Training",
        "token: sk-Learn-based-model-Version2-Training3",
        "password: Example-Horse99 and AKIAIOSFODNN7EXAMPLE",
        "postgres://app:example1@db.test/x",
        "Basic authentication and Basic YXV0aGVudGljYXRpb24=",
        "docker run -u 1000:1000, sort -u a:bcdef, curl -u $USER:$PASS, curl -u user:password",
        "mysql -p -uroot; ssh -p2222a9 and mkdir -p a1b2c3d4\nscp -p2222a9",
        "\\u0041 dapi of Skype, SKU4f2a9c1d8e7b6a5f4f2a9c1d8e7b6a5f4f",
        "design&sig=none of 123456789:AAA",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn a_private_key_is_taken_whole() {
    let lines = format!("  {}\n  {}\n", random(64), random(30));
    let key = format!("-----BEGIN RSA PRIVATE KEY-----\n{lines}  -----END RSA PRIVATE KEY-----\n");
    let text = format!("detail: |\n  {key}severity: sev1\n");
    let masked = mask(&text);
    assert_eq!(masked.len(), text.len());
    assert!(
        !masked.contains(&random(8)) && masked.contains("severity: sev1"),
        "{masked}"
    );
    let cut_off = format!("-----BEGIN PRIVATE KEY-----\n{lines}what: It was rotated.\n");
    assert!(
        mask(&cut_off).ends_with("what: It was rotated.\n"),
        "{}",
        mask(&cut_off)
    );
    let inline = format!("\"-----BEGIN PRIVATE KEY-----\\n{}\\n\"", random(40));
    assert!(!mask(&inline).contains(&random(8)), "{}", mask(&inline));
    assert_eq!(
        mask("-----BEGIN CERTIFICATE-----\nabc\n"),
        "-----BEGIN CERTIFICATE-----\nabc\n"
    );
}

#[test]
fn masking_keeps_every_offset() {
    let text = "é password=Tr1ckyHorse99\r\nü\n";
    assert_eq!(mask(text), "é password=*************\r\nü\n");
    assert_eq!(mask("nothing here"), "nothing here");
}

#[test]
fn hostile_text_takes_linear_time() {
    for part in [
        "-----BEGIN PRIVATE KEY-----\n",
        "eyJ",
        "eyJaaaaaaaa.",
        "://a:b",
        "password=",
        "sk-",
        "token: \"",
        "Bearer ",
        "Basic YXBw",
        "curl -u a:bcdef ",
        "xoxb-",
        "ghp_",
        "\\x67hp_",
        "12345678:AA",
        "&sig=",
    ] {
        let text = part.repeat(400_000 / part.len());
        // A quadratic scan would not come to an end here.
        assert!(secrets(&text).len() <= text.len());
    }
}
