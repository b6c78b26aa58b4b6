//! What in a text tells who somebody is: mail addresses, telephone numbers, addresses of the Internet.

use std::net::Ipv4Addr;
use std::ops::Range;

/// The first of them, and what it is.
pub fn personal_data(text: &str) -> Option<(Range<usize>, &'static str)> {
    mail_address(text)
        .map(|found| (found, "a mail address"))
        .or_else(|| telephone_number(text).map(|found| (found, "a telephone number")))
        .or_else(|| internet_address(text).map(|found| (found, "an address of the Internet")))
}

/// Names before the `@` behind which nobody in particular stands.
const NOBODY: [&str; 22] = [
    "abuse",
    "admin",
    "billing",
    "contact",
    "git",
    "hello",
    "help",
    "info",
    "legal",
    "no-reply",
    "noreply",
    "oncall",
    "ops",
    "postmaster",
    "press",
    "privacy",
    "root",
    "sales",
    "security",
    "status",
    "support",
    "team",
];

fn mail_address(text: &str) -> Option<Range<usize>> {
    let of_name =
        |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-');
    let of_host = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'@', bytes).find_map(|at| {
        let name = bytes[..at]
            .iter()
            .rev()
            .take_while(|b| of_name(**b))
            .count();
        let host = bytes[at + 1..].iter().take_while(|b| of_host(**b)).count();
        let host = text[at + 1..at + 1 + host].trim_end_matches(['.', '-']);
        let (_, top) = host.rsplit_once('.')?;
        let named = &text[at - name..at];
        let is_mail = name > 0
            && top.len() >= 2
            && top.bytes().all(|b| b.is_ascii_alphabetic())
            && !NOBODY.contains(&named.to_ascii_lowercase().as_str());
        // The part before `@` of an address such as `https://user@host` is no mail.
        let in_address = text[..at - name].ends_with("//");
        (is_mail && !in_address).then_some(at - name..at + 1 + host.len())
    })
}

/// A number with its country in front, as in `+49 30 1234567`.
fn telephone_number(text: &str) -> Option<Range<usize>> {
    memchr::memchr_iter(b'+', text.as_bytes()).find_map(|at| {
        let starts = !text[..at].ends_with(|c: char| c.is_alphanumeric());
        let rest = &text.as_bytes()[at + 1..];
        let of_number = |b: &&u8| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'(' | b')');
        let length = rest.iter().take_while(of_number).count();
        let number = text[at + 1..at + 1 + length].trim_end();
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let first = rest.first().is_some_and(u8::is_ascii_digit);
        (starts && first && (10..=15).contains(&digits)).then_some(at..at + 1 + number.len())
    })
}

fn internet_address(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let of_address = |b: &&u8| b.is_ascii_digit() || **b == b'.';
    let mut from = 0;
    while let Some(dot) = memchr::memchr(b'.', &bytes[from..]).map(|at| from + at) {
        let before = bytes[..dot].iter().rev().take_while(of_address).count();
        let after = bytes[dot..].iter().take_while(of_address).count();
        if before == 0 || after < 2 {
            from = dot + after;
            continue;
        }
        let start = dot - before;
        let word = text[start..dot + after].trim_end_matches('.');
        from = dot + after;
        let Ok(ip) = word.parse::<Ipv4Addr>() else {
            continue;
        };
        let joined = text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '/')
            || text[start + word.len()..]
                .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/'));
        let lead = text[..start]
            .trim_end()
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or("");
        let is_version = ["version", "release", "to", "from"]
            .iter()
            .any(|word| lead.eq_ignore_ascii_case(word));
        if !joined && !is_version && belongs_to_somebody(ip) {
            return Some(start..start + word.len());
        }
    }
    None
}

fn belongs_to_somebody(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    let shared = first == 100 && (64..128).contains(&second);
    // What everybody asks for names belongs to nobody in particular.
    let well_known = matches!(
        ip.octets(),
        [8, 8, 8, 8] | [8, 8, 4, 4] | [1, 1, 1, 1] | [9, 9, 9, 9]
    );
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_broadcast()
        || ip.is_multicast()
        || ip.is_unspecified()
        || first == 0
        || shared
        || well_known)
}

#[cfg(test)]
mod tests {
    use super::personal_data;

    #[test]
    fn what_tells_who_somebody_is_is_found() {
        for (text, wanted) in [
            (
                "Jane wrote from jane.doe@example.com.",
                "jane.doe@example.com",
            ),
            ("call +49 30 1234 5678 at night", "+49 30 1234 5678"),
            ("requests of 93.184.216.34 came first", "93.184.216.34"),
        ] {
            let found = personal_data(text).map(|(place, _)| &text[place]);
            assert_eq!(found, Some(wanted));
        }
    }

    #[test]
    fn what_only_looks_like_it_is_not() {
        for text in [
            "write to support@example.com",
            "git@github.com:x/y",
            "@oncall took it up",
            "p99 rose by +250 ms, +1 000 000 requests",
            "version 1.2.3.4 and v1.2.3.4, release 10.20.30.40",
            "the nodes 10.1.2.3 and 192.168.1.1 and 127.0.0.1",
            "1.1.1.1 answered, 8.8.8.8 did not",
            "203.0.113.7 is an example",
            "a range of 1.2.3.4/24-1.2.3.5/x-1.2.3.4",
            "99.95% of 1.5 million",
            "https://user@host.example/",
            "a@b",
            "",
        ] {
            assert_eq!(personal_data(text), None, "{text}");
        }
    }
}
