//! Tokens that are known by how they begin, and what they are made of.

/// A token that is known by how it begins.
pub struct Prefix {
    pub begins: &'static [u8],
    /// Which bytes may follow.
    pub body: fn(u8) -> bool,
    /// How many at least.
    pub least: usize,
    /// Whether ordinary words can look like it, so that a digit and a capital letter are asked for.
    pub mixed: bool,
    /// Whether it is as long as `least` and no longer.
    pub exactly: bool,
    pub what: &'static str,
}

const fn prefix(
    begins: &'static [u8],
    body: fn(u8) -> bool,
    least: usize,
    what: &'static str,
) -> Prefix {
    Prefix {
        begins,
        body,
        least,
        mixed: false,
        exactly: false,
        what,
    }
}

const fn mixed(begins: &'static [u8], least: usize, what: &'static str) -> Prefix {
    Prefix {
        begins,
        body: token,
        least,
        mixed: true,
        exactly: false,
        what,
    }
}

/// A token that ends with so many digits of base 16.
const fn hex_digits(begins: &'static [u8], count: usize, what: &'static str) -> Prefix {
    Prefix {
        begins,
        body: hex,
        least: count,
        mixed: false,
        exactly: true,
        what,
    }
}

pub fn hex(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
}

fn alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn capital(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

pub fn token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn dotted(byte: u8) -> bool {
    token(byte) || byte == b'.'
}

pub fn base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-')
}

/// Sorted by first byte only for people; the first that fits holds, so longer prefixes stand first.
pub const PREFIXES: &[Prefix] = &[
    prefix(b"AKIA", capital, 16, "an AWS access key"),
    prefix(b"ASIA", capital, 16, "an AWS access key"),
    prefix(b"ABIA", capital, 16, "an AWS access key"),
    prefix(b"ACCA", capital, 16, "an AWS access key"),
    prefix(b"AIza", token, 35, "a Google API key"),
    prefix(b"GOCSPX-", token, 20, "a Google client secret"),
    mixed(b"ya29.", 20, "a Google access token"),
    prefix(b"ghp_", alphanumeric, 30, "a GitHub token"),
    prefix(b"gho_", alphanumeric, 30, "a GitHub token"),
    prefix(b"ghu_", alphanumeric, 30, "a GitHub token"),
    prefix(b"ghs_", alphanumeric, 30, "a GitHub token"),
    prefix(b"ghr_", alphanumeric, 30, "a GitHub token"),
    prefix(b"github_pat_", token, 22, "a GitHub token"),
    prefix(b"glpat-", dotted, 20, "a GitLab token"),
    prefix(b"glrt-", token, 20, "a GitLab token"),
    prefix(b"gldt-", token, 20, "a GitLab token"),
    prefix(b"glptt-", token, 20, "a GitLab token"),
    prefix(b"xoxb-", token, 10, "a Slack token"),
    prefix(b"xoxp-", token, 10, "a Slack token"),
    prefix(b"xoxa-", token, 10, "a Slack token"),
    prefix(b"xoxr-", token, 10, "a Slack token"),
    prefix(b"xoxs-", token, 10, "a Slack token"),
    prefix(b"xoxe-", token, 10, "a Slack token"),
    prefix(b"xoxe.", dotted, 10, "a Slack token"),
    prefix(b"xapp-", token, 10, "a Slack token"),
    prefix(
        b"hooks.slack.com/services/",
        slack_path,
        20,
        "a Slack webhook",
    ),
    prefix(
        b"hooks.slack.com/workflows/",
        slack_path,
        20,
        "a Slack webhook",
    ),
    prefix(
        b"hooks.slack.com/triggers/",
        slack_path,
        20,
        "a Slack webhook",
    ),
    prefix(b"sk_live_", alphanumeric, 16, "a Stripe key"),
    prefix(b"sk_test_", alphanumeric, 16, "a Stripe key"),
    prefix(b"rk_live_", alphanumeric, 16, "a Stripe key"),
    prefix(b"rk_test_", alphanumeric, 16, "a Stripe key"),
    prefix(b"whsec_", base64, 20, "a Stripe signing secret"),
    mixed(b"sk-ant-", 20, "an Anthropic key"),
    mixed(b"sk-", 20, "an OpenAI key"),
    prefix(b"npm_", alphanumeric, 36, "an npm token"),
    prefix(b"pypi-AgE", token, 40, "a PyPI token"),
    prefix(b"hf_", alphanumeric, 30, "a Hugging Face token"),
    prefix(b"dop_v1_", alphanumeric, 40, "a DigitalOcean token"),
    prefix(b"shpat_", alphanumeric, 32, "a Shopify token"),
    prefix(b"SG.", dotted, 60, "a SendGrid key"),
    prefix(b"hvs.", token, 24, "a Vault token"),
    prefix(b"dckr_pat_", token, 20, "a Docker token"),
    prefix(b"AGE-SECRET-KEY-1", capital, 50, "an age key"),
    prefix(b"glsa_", token, 30, "a Grafana token"),
    hex_digits(b"dapi", 32, "a Databricks token"),
    prefix(b"NRAK-", capital, 20, "a New Relic key"),
    prefix(b"lin_api_", alphanumeric, 30, "a Linear key"),
    prefix(b"figd_", token, 30, "a Figma token"),
    prefix(b"HRKU-", token, 30, "a Heroku key"),
    hex_digits(b"SK", 32, "a Twilio key"),
    prefix(
        b"discord.com/api/webhooks/",
        in_path,
        40,
        "a Discord webhook",
    ),
    prefix(
        b"discordapp.com/api/webhooks/",
        in_path,
        40,
        "a Discord webhook",
    ),
    prefix(
        b"webhook.office.com/webhookb2/",
        in_path,
        40,
        "a Teams webhook",
    ),
];

fn in_path(byte: u8) -> bool {
    token(byte) || matches!(byte, b'/' | b'@')
}

fn slack_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'/'
}
