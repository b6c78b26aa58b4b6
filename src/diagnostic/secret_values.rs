//! What a value looks like: drawn at random, chosen by people, a name, or something in its stead.

use super::secret_prefixes::hex;

/// Whether a value is written for the secret: `***`, `$PASSWORD`, `<token>`, `redacted`.
pub fn is_stand_in(value: &[u8]) -> bool {
    let stars = |byte: &u8| matches!(byte, b'*' | b'x' | b'X' | b'.' | b'-' | b'_');
    let names = [b"redacted".as_slice(), b"removed", b"changeme"];
    value.is_empty()
        || names_an_example(value)
        || value.iter().all(stars)
        || matches!(value, [b'$' | b'<' | b'{' | b'%' | b'[', ..])
        || names.iter().any(|name| value.eq_ignore_ascii_case(name))
        || value.windows(3).any(|part| part == b"://")
}

pub fn names_an_example(value: &[u8]) -> bool {
    value
        .windows(b"example".len())
        .any(|part| part.eq_ignore_ascii_case(b"example"))
}

/// Whether a value names something, and opens nothing: a UUID, an ARN, a number of base 16, a path.
pub fn is_name(value: &[u8]) -> bool {
    let lengths = |value: &[u8]| {
        let parts = value.split(|byte| *byte == b'-');
        parts.map(<[u8]>::len).eq([8, 4, 4, 4, 12])
    };
    let all_hex = |value: &[u8]| value.iter().all(|byte| hex(*byte) || *byte == b'-');
    let number = value
        .strip_prefix(b"0x")
        .is_some_and(|digits| digits.iter().all(|byte| hex(*byte)));
    (all_hex(value) && lengths(value)) || value.starts_with(b"arn:") || number || is_path(value)
}

/// Whether it is a path of short names; base64 holds slashes as well.
fn is_path(value: &[u8]) -> bool {
    let begins = [b"~/".as_slice(), b"./", b"../", b"/"];
    let rooted = begins.iter().find(|begins| value.starts_with(begins));
    let drive = matches!(value, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    let slashes = value
        .iter()
        .filter(|byte| matches!(byte, b'/' | b'\\'))
        .count();
    let parts = || value.split(|byte| matches!(byte, b'/' | b'\\'));
    let named = |part: &[u8]| part.len() < 12 || changes(part) * 4 <= part.len();
    let deep = slashes > 1 || rooted.is_some_and(|begins| begins.len() > 1);
    (rooted.is_some() && deep || drive) && parts().all(named)
}

/// Whether it is words joined by dashes, whatever their capitals: `based-model-Version2Training`.
pub fn is_joined_words(value: &[u8]) -> bool {
    value.iter().any(|byte| matches!(byte, b'-' | b'_')) && changes(value) * 8 <= value.len()
}

/// How often small letters, capitals and digits follow on each other; a capital in front of small letters
/// is how words begin.
fn changes(value: &[u8]) -> usize {
    let class = |byte: u8| match byte {
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 3,
        _ => 0,
    };
    let change = |pair: &&[u8]| {
        let (one, other) = (class(pair[0]), class(pair[1]));
        one != other && one != 0 && other != 0 && (one, other) != (2, 1)
    };
    value.windows(2).filter(change).count()
}

/// Whether a value looks drawn at random: digits and letters mixed, few bytes repeated.
pub fn is_random(value: &[u8]) -> bool {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = value
        .iter()
        .filter(|byte| byte.is_ascii_alphabetic())
        .count();
    digits >= 2
        && letters >= 2
        && bits_a_byte(value) >= 3.2
        && !is_words(value)
        && !is_joined_words(value)
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

pub fn has_digit_and_capital(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_digit) && bytes.iter().any(u8::is_ascii_uppercase)
}

pub fn is_password_like(value: &[u8], after_equals: bool) -> bool {
    let digit = value.iter().any(u8::is_ascii_digit);
    let letter = value.iter().any(u8::is_ascii_alphabetic);
    let other = value
        .iter()
        .any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_punctuation());
    let least = if after_equals { 6 } else { 8 };
    value.len() >= least && digit && letter && (after_equals || other)
}

/// What base64 stands for; as far as whole bytes go.
pub fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.iter().take_while(|byte| **byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}
