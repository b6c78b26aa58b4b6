//! The shapes of secrets that are widely used, each a prefix and what may follow it.

use crate::text::Span;

/// A secret that was recognised.
pub struct Shape {
    pub span: Span,
    pub what: &'static str,
}

/// A token that is known by how it begins.
struct Prefix {
    begins: &'static [u8],
    /// Which bytes may follow.
    body: fn(u8) -> bool,
    /// How many at least.
    least: usize,
    /// Whether ordinary words can look like it, so that a digit and a capital letter are asked for.
    mixed: bool,
    what: &'static str,
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
        what,
    }
}

const fn mixed(begins: &'static [u8], least: usize, what: &'static str) -> Prefix {
    Prefix {
        begins,
        body: token,
        least,
        mixed: true,
        what,
    }
}

fn alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn capital(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn dotted(byte: u8) -> bool {
    token(byte) || byte == b'.'
}

fn base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-')
}

/// Sorted by first byte only for people; the first that fits holds, so longer prefixes stand first.
const PREFIXES: &[Prefix] = &[
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
];

fn slack_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'/'
}

/// A token that begins here, at the beginning of a word.
pub fn shape_at(bytes: &[u8], at: usize) -> Option<Shape> {
    if !matches!(
        bytes.get(at)?,
        b'A' | b'B'
            | b'G'
            | b'S'
            | b'd'
            | b'e'
            | b'g'
            | b'h'
            | b'n'
            | b'p'
            | b'r'
            | b's'
            | b'w'
            | b'x'
            | b'y'
    ) {
        return None;
    }
    let rest = &bytes[at..];
    if let Some(length) = web_token(rest) {
        let span = at..at + length;
        return Some(Shape {
            span,
            what: "a signed web token (JWT)",
        });
    }
    if let Some(length) = bearer(rest) {
        let start = at + b"Bearer ".len();
        return Some(Shape {
            span: start..start + length,
            what: "a bearer token",
        });
    }
    let known = PREFIXES
        .iter()
        .find(|known| rest.starts_with(known.begins))?;
    let body = &rest[known.begins.len()..];
    let length = run(front(body, ENOUGH), known.body);
    let judged = &body[..length];
    let fits = length >= known.least && (!known.mixed || has_digit_and_capital(judged));
    fits.then(|| Shape {
        span: at..at + known.begins.len() + run(body, known.body),
        what: known.what,
    })
}

/// How much of a value is looked at to judge it, in bytes. All of it at each of many beginnings would
/// take for ever; once it is a secret the rest is taken as well, and the scan goes on behind it.
const ENOUGH: usize = 256;

fn front(bytes: &[u8], most: usize) -> &[u8] {
    &bytes[..bytes.len().min(most)]
}

fn run(bytes: &[u8], allowed: fn(u8) -> bool) -> usize {
    bytes
        .iter()
        .position(|byte| !allowed(*byte))
        .unwrap_or(bytes.len())
}

fn has_digit_and_capital(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_digit) && bytes.iter().any(u8::is_ascii_uppercase)
}

fn web_token(rest: &[u8]) -> Option<usize> {
    if !rest.starts_with(b"eyJ") {
        return None;
    }
    let header = run(front(rest, 2 * ENOUGH), token);
    let after = rest.get(header + 1..)?;
    let body = run(front(after, 16 * ENOUGH), token);
    let signed = after.get(body + 1..)?;
    let signature = run(front(signed, 16 * ENOUGH), token);
    let dots = rest.get(header) == Some(&b'.') && after.get(body) == Some(&b'.');
    (dots && header >= 10 && after.starts_with(b"eyJ") && body >= 10 && signature >= 10)
        .then(|| header + body + 2 + run(signed, token))
}

fn bearer(rest: &[u8]) -> Option<usize> {
    let body = rest
        .strip_prefix(b"Bearer ")
        .or_else(|| rest.strip_prefix(b"bearer "))?;
    let allowed = |byte| base64(byte) || byte == b'.';
    let length = run(front(body, ENOUGH), allowed);
    (length >= 20 && is_random(&body[..length])).then(|| run(body, allowed))
}

/// A private key: from its header to its footer, or as far as its lines look like one.
pub fn private_key(bytes: &[u8], at: usize) -> Option<Shape> {
    let rest = bytes.get(at..)?.strip_prefix(b"-----BEGIN ")?;
    let header = run(rest, |byte| byte.is_ascii_uppercase() || byte == b' ');
    let name = &rest[..header];
    let is_key = name.ends_with(b"PRIVATE KEY") || name.ends_with(b"PRIVATE KEY BLOCK");
    if !is_key || !rest[header..].starts_with(b"-----") {
        return None;
    }
    let start = at + b"-----BEGIN ".len() + header + b"-----".len();
    let mut end = start;
    // The key may stand on lines of its own, or on one line with written line breaks.
    for line in bytes[start..].split_inclusive(|byte| *byte == b'\n') {
        let inked = line.trim_ascii();
        let footer = inked.windows(8).any(|part| part == b"-----END");
        if !footer && !inked.iter().all(|byte| key_line(*byte)) {
            break;
        }
        end += line.len();
        if footer || (end > start && inked.is_empty() && end - start > line.len() + 1) {
            break;
        }
    }
    let end = at + bytes[at..end].trim_ascii_end().len();
    Some(Shape {
        span: at..end,
        what: "a private key",
    })
}

fn key_line(byte: u8) -> bool {
    base64(byte) || matches!(byte, b' ' | b':' | b',' | b'\\' | b'#' | b'"' | b'\'')
}

/// The longest authority of an address that is looked at.
const LONGEST_AUTHORITY: usize = 512;

/// The password in `scheme://user:password@host`; `at` is the colon after the scheme.
pub fn url_password(bytes: &[u8], at: usize) -> Option<Shape> {
    let rest = bytes.get(at..)?.strip_prefix(b"://")?;
    let rest = &rest[..rest.len().min(LONGEST_AUTHORITY)];
    let end = run(rest, |byte| {
        byte.is_ascii_graphic()
            && !matches!(byte, b'/' | b'?' | b'#' | b'"' | b'\'' | b'<' | b'>' | b'`')
    });
    let authority = &rest[..end];
    let sign = authority.iter().rposition(|byte| *byte == b'@')?;
    let colon = authority[..sign].iter().position(|byte| *byte == b':')?;
    let password = &authority[colon + 1..sign];
    let start = at + 3 + colon + 1;
    (!is_stand_in(password)).then(|| Shape {
        span: start..start + password.len(),
        what: "a password in an address",
    })
}

/// Words before `=` or `:` behind which a password stands, which is short and for people.
const PASSWORDS: [&[u8]; 5] = [b"password", b"passwd", b"passphrase", b"pwd", b"passwort"];

/// Words before `=` or `:` behind which a machine's secret stands, which is long and random.
const KEYS: [&[u8]; 13] = [
    b"secret",
    b"token",
    b"api_key",
    b"apikey",
    b"api-key",
    b"access_key",
    b"access-key",
    b"accesskey",
    b"accountkey",
    b"private_key",
    b"auth_key",
    b"signing_key",
    b"encryption_key",
];

/// The value in `password=…` or `token: …`; `at` is the sign between them.
pub fn assigned(bytes: &[u8], at: usize) -> Option<Shape> {
    let before = &bytes[at.saturating_sub(40)..at];
    let before = before.trim_ascii_end();
    let before = match before {
        [inner @ .., b'"' | b'\''] => inner,
        inner => inner,
    };
    if !before.last()?.is_ascii_alphabetic() {
        return None;
    }
    let ends = |word: &&[u8]| {
        let tail = before.len().checked_sub(word.len());
        tail.is_some_and(|tail| before[tail..].eq_ignore_ascii_case(word))
    };
    let is_password = PASSWORDS.iter().any(ends);
    let is_key = KEYS.iter().any(ends) || ends(&b"secret_access_key".as_slice());
    if !is_password && !is_key {
        return None;
    }
    let spaces = run(&bytes[at + 1..], |byte| {
        matches!(byte, b' ' | b'"' | b'\'' | b'=')
    });
    let start = at + 1 + spaces.min(4);
    let rest = &bytes[start..];
    let length = run(front(rest, ENOUGH), in_value);
    let value = &rest[..length];
    let secret = !is_stand_in(value)
        && if is_password {
            is_password_like(value, bytes[at] == b'=')
        } else {
            length >= 16 && is_random(value)
        };
    secret.then(|| Shape {
        span: start..start + run(rest, in_value),
        what: if is_password {
            "a password"
        } else {
            "a secret value"
        },
    })
}

fn in_value(byte: u8) -> bool {
    let ends = b"\"'`,;<>{}()&";
    byte.is_ascii_graphic() && !ends.contains(&byte)
}

fn is_password_like(value: &[u8], after_equals: bool) -> bool {
    let digit = value.iter().any(u8::is_ascii_digit);
    let letter = value.iter().any(u8::is_ascii_alphabetic);
    let other = value
        .iter()
        .any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_punctuation());
    let least = if after_equals { 6 } else { 8 };
    value.len() >= least && digit && letter && (after_equals || other)
}

/// Whether a value is written for the secret: `***`, `$PASSWORD`, `<token>`, `redacted`.
fn is_stand_in(value: &[u8]) -> bool {
    let stars = |byte: &u8| matches!(byte, b'*' | b'x' | b'X' | b'.' | b'-' | b'_');
    let names = [b"redacted".as_slice(), b"removed", b"example", b"changeme"];
    value.is_empty()
        || value.iter().all(stars)
        || matches!(value, [b'$' | b'<' | b'{' | b'%' | b'[', ..])
        || names.iter().any(|name| value.eq_ignore_ascii_case(name))
        || value.windows(3).any(|part| part == b"://")
}

/// Whether a value looks drawn at random: digits and letters mixed, few bytes repeated.
fn is_random(value: &[u8]) -> bool {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = value
        .iter()
        .filter(|byte| byte.is_ascii_alphabetic())
        .count();
    digits >= 2 && letters >= 2 && bits_a_byte(value) >= 3.2 && !is_words(value)
}

/// Whether it is words and numbers in lower case joined by dashes or dots, such as an id or a path.
fn is_words(value: &[u8]) -> bool {
    let parts = value.split(|byte| matches!(byte, b'-' | b'.' | b'_' | b'/' | b':'));
    let plain = |part: &[u8]| {
        part.iter().all(u8::is_ascii_digit) || part.iter().all(u8::is_ascii_lowercase)
    };
    let mut parts = parts.filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(plain)
}

fn bits_a_byte(value: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in value {
        counts[usize::from(*byte)] += 1;
    }
    let length = value.len() as f64;
    let share = |count: &u32| f64::from(*count) / length;
    let bits = counts.iter().filter(|count| **count > 0);
    -bits
        .map(|count| share(count) * share(count).log2())
        .sum::<f64>()
}
