//! The shapes of secrets that are widely used, each a prefix and what may follow it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::text::Span;

use super::secret_prefixes::{PREFIXES, Prefix, base64, token};
use super::secret_values::{
    decoded, has_digit_and_capital, is_joined_words, is_name, is_password_like, is_random,
    is_stand_in, names_an_example,
};

/// A secret that was recognised.
pub struct Shape {
    pub span: Span,
    pub what: &'static str,
}

/// Which three bytes a secret may begin with, or the sign before one may end: a bit for each kind, in three tables that
/// stay in the fastest memory. Hardly anything in ordinary prose has a bit in all of them, so that hardly a byte is
/// looked at twice.
struct Beginnings {
    first: [u64; 256],
    second: [u64; 256],
    third: [u64; 256],
    kinds: u32,
}

/// Any byte.
const ANY: &[u8] = &[];

impl Beginnings {
    /// Adds a kind: what its three bytes may be.
    fn add(&mut self, first: &[u8], second: &[u8], third: &[u8]) {
        // More than 64 kinds would share the last bit: slower, and right all the same.
        let bit = 1 << self.kinds.min(63);
        self.kinds += 1;
        for (table, bytes) in [
            (&mut self.first, first),
            (&mut self.second, second),
            (&mut self.third, third),
        ] {
            match bytes {
                ANY => table.iter_mut().for_each(|of_byte| *of_byte |= bit),
                bytes => bytes
                    .iter()
                    .for_each(|byte| table[usize::from(*byte)] |= bit),
            }
        }
    }
}

static BEGINNINGS: LazyLock<Box<Beginnings>> = LazyLock::new(|| {
    let mut table = Box::new(Beginnings {
        first: [0; 256],
        second: [0; 256],
        third: [0; 256],
        kinds: 0,
    });
    let others: [&[u8]; 5] = [b"eyJ", b"Bearer", b"bearer", b"Basic", b"basic"];
    let begins = PREFIXES.iter().map(|known| known.begins).chain(others);
    let mut by_first: BTreeMap<u8, [Vec<u8>; 2]> = BTreeMap::new();
    for begins in begins {
        match begins {
            [first, second, third, ..] => {
                let [seconds, thirds] = by_first.entry(*first).or_default();
                seconds.push(*second);
                thirds.push(*third);
            }
            [first, second] => table.add(&[*first], &[*second], ANY),
            _ => {}
        }
    }
    for (first, [seconds, thirds]) in &by_first {
        table.add(&[*first], seconds, thirds);
    }
    table.add(b"-", b"-up", ANY);
    table.add(b":", b"/", b"/");
    table.add(b":", b"A", b"A");
    // The ends of telling words, and what may stand between them and their sign.
    for two in ENDINGS {
        let [last_but_one, last] = two.map(|byte| [byte, byte.to_ascii_uppercase()]);
        table.add(&last_but_one, &last, b":=");
    }
    table.add(b"i", b"g", b"=");
    table.add(ANY, b" \t\n\r\x0c\"'", b":=");
    table
});

/// The next byte from `at` on at which a secret may begin, or two bytes behind which the sign before one may stand.
pub fn next_beginning(bytes: &[u8], at: usize) -> Option<usize> {
    let table = &**BEGINNINGS;
    let rest = bytes.get(at..)?;
    // The bits of the byte before, and of that and the one before it.
    let (mut one, mut two) = (0, 0);
    for (steps, byte) in rest.iter().enumerate() {
        let byte = usize::from(*byte);
        if two & table.third[byte] != 0 {
            return Some(at + steps - 2);
        }
        two = one & table.second[byte];
        one = table.first[byte];
    }
    None
}

/// A token that begins here; in the middle of a word only one whose beginning is no part of words.
pub fn shape_at(bytes: &[u8], at: usize, word_before: bool) -> Option<Shape> {
    let rest = bytes.get(at..)?;
    let first = rest.first();
    let known = PREFIXES
        .iter()
        .find(|known| known.begins.first() == first && rest.starts_with(known.begins));
    if word_before {
        return prefixed(rest, at, known?, true);
    }
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
    if let Some(length) = basic(rest) {
        let start = at + b"Basic ".len();
        return Some(Shape {
            span: start..start + length,
            what: "a password of HTTP basic authentication",
        });
    }
    prefixed(rest, at, known?, false)
}

fn prefixed(rest: &[u8], at: usize, known: &Prefix, word_before: bool) -> Option<Shape> {
    let telling = known.begins.len() >= 4 && matches!(known.begins.last(), Some(b'_' | b'-'));
    if word_before && (known.mixed || !telling) {
        return None;
    }
    let body = &rest[known.begins.len()..];
    let length = run(front(body, ENOUGH), known.body);
    let judged = &body[..length];
    let ends = length == known.least && !body.get(length).is_some_and(u8::is_ascii_alphanumeric);
    let fits = length >= known.least
        && (!known.exactly || ends)
        && (!known.mixed || has_digit_and_capital(judged))
        && !is_joined_words(judged)
        && !names_an_example(judged);
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

/// The user and password of `Basic dXNlcjpwYXNz`: told from the word by what it decodes to.
fn basic(rest: &[u8]) -> Option<usize> {
    let body = rest
        .strip_prefix(b"Basic ")
        .or_else(|| rest.strip_prefix(b"basic "))?;
    let length = run(front(body, ENOUGH), base64);
    let decoded = decoded(&body[..length])?;
    let colon = decoded.iter().position(|byte| *byte == b':')?;
    let plain = decoded.iter().all(|byte| (b' '..=b'~').contains(byte));
    (plain && length >= 8 && !is_stand_in(&decoded[colon + 1..])).then(|| run(body, base64))
}

/// The password in `curl -u user:password` and `mysql -ppassword`; `at` is the dash.
pub fn option(bytes: &[u8], at: usize) -> Option<Shape> {
    let rest = bytes.get(at..)?;
    let runs = |command: &[u8]| {
        let before = &bytes[at.saturating_sub(LONGEST_COMMAND)..at];
        let ends = |(at, byte): (usize, &u8)| match byte {
            b'\n' => at == 0 || before[at - 1] != b'\\',
            _ => matches!(byte, b'|' | b';'),
        };
        let begin = (0..before.len())
            .rev()
            .find(|at| ends((*at, &before[*at])))
            .unwrap_or(0);
        before[begin..]
            .windows(command.len())
            .any(|part| part == command)
    };
    let (skipped, user_first) = if let Some(begins) = [b"-u ".as_slice(), b"--user ", b"--user="]
        .iter()
        .find(|begins| rest.starts_with(begins))
    {
        (begins.len(), true)
    } else if rest.starts_with(b"-p") {
        (2, false)
    } else {
        return None;
    };
    let quote = usize::from(matches!(rest.get(skipped), Some(b'"' | b'\'')));
    let value = &rest[skipped + quote..];
    let value = &value[..run(front(value, ENOUGH), in_value)];
    let colon = match user_first {
        true => value.iter().position(|byte| *byte == b':')? + 1,
        false => 0,
    };
    let password = &value[colon..];
    let fits = match user_first {
        true => {
            let named = [b"password".as_slice(), b"pass"];
            let stands = named.iter().any(|word| password.eq_ignore_ascii_case(word));
            colon > 1 && password.len() >= 4 && !stands && runs(b"curl")
        }
        false => is_password_like(password, true) && runs(b"mysql"),
    };
    let start = at + skipped + quote + colon;
    (fits && !is_stand_in(password)).then(|| Shape {
        span: start..start + password.len(),
        what: "a password",
    })
}

/// How far in front of an option its command is looked for, in bytes.
const LONGEST_COMMAND: usize = 160;

/// The key of a Telegram bot, `123456789:AA…`; `at` is the colon.
pub fn telegram(bytes: &[u8], at: usize) -> Option<Shape> {
    let rest = bytes.get(at + 1..)?;
    if !rest.starts_with(b"AA") || run(front(rest, 36), token) != 35 {
        return None;
    }
    let before = &bytes[at.saturating_sub(11)..at];
    let digits = before.iter().rev().take_while(|byte| byte.is_ascii_digit());
    (8..=10).contains(&digits.count()).then_some(Shape {
        span: at + 1..at + 36,
        what: "a Telegram bot token",
    })
}

/// The signature of an Azure address, `…&sig=…`; `at` is the equals sign.
pub fn signature(bytes: &[u8], at: usize) -> Option<Shape> {
    let before = &bytes[at.saturating_sub(4)..at];
    if !matches!(before, [b'?' | b'&' | b';', b's', b'i', b'g']) {
        return None;
    }
    let rest = &bytes[at + 1..];
    let allowed = |byte| base64(byte) || byte == b'%';
    let length = run(front(rest, ENOUGH), allowed);
    let value = &rest[..length];
    (length >= 32 && is_random(value) && !is_stand_in(value)).then(|| Shape {
        span: at + 1..at + 1 + run(rest, allowed),
        what: "a signature of an address",
    })
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

/// How each of the words ends behind which a secret may stand.
const ENDINGS: [[u8; 2]; 7] = [*b"rd", *b"wd", *b"se", *b"rt", *b"et", *b"en", *b"ey"];

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
    let ending = before.last_chunk()?.map(|byte| byte.to_ascii_lowercase());
    if !ENDINGS.contains(&ending) {
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
        && !is_name(value)
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

#[cfg(test)]
mod tests {
    use super::{BEGINNINGS, ENDINGS, KEYS, PASSWORDS};

    #[test]
    fn each_kind_of_beginning_has_a_bit_of_its_own() {
        assert!(BEGINNINGS.kinds <= u64::BITS, "{}", BEGINNINGS.kinds);
    }

    #[test]
    fn the_end_of_every_telling_word_is_known() {
        for word in PASSWORDS.iter().chain(&KEYS) {
            assert!(
                word.last_chunk::<2>()
                    .is_some_and(|end| ENDINGS.contains(end))
            );
        }
    }
}
