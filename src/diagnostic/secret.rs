//! Secrets in text: keys, tokens and passwords, told by their shape. One pass, no value ever leaves.

use std::borrow::Cow;

use crate::text::Span;

use super::secret_escapes::Unescaped;
use super::secret_shapes::{
    Shape, assigned, next_beginning, option, private_key, shape_at, signature, telegram,
    url_password,
};

/// A place that holds a secret, and what it looks like. The value itself is never shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// The bytes of the secret and of nothing else.
    pub span: Span,
    /// What it is, with its article: `an AWS access key`.
    pub what: &'static str,
}

/// Finds what looks like a secret; in order, without overlaps. The time is linear in the text.
pub fn secrets(text: &str) -> Vec<Secret> {
    match Unescaped::of(text) {
        None => scan(text.as_bytes()),
        Some(unescaped) => scan(&unescaped.bytes)
            .into_iter()
            .map(|secret| Secret {
                span: unescaped.span(&secret.span),
                what: secret.what,
            })
            .collect(),
    }
}

fn scan(bytes: &[u8]) -> Vec<Secret> {
    let mut found: Vec<Secret> = Vec::new();
    let mut at = 0;
    while let Some(next) = next_beginning(bytes, at) {
        let behind_secret = found.last().is_some_and(|last| last.span.end == next);
        let word_before = behind_secret || is_behind_word(bytes, next);
        let sign = next + 2;
        let of_sign = match bytes.get(sign) {
            Some(b':') => assigned(bytes, sign),
            Some(b'=') => signature(bytes, sign).or_else(|| assigned(bytes, sign)),
            _ => None,
        };
        let shape = of_sign.or_else(|| match bytes[next] {
            b':' => url_password(bytes, next).or_else(|| telegram(bytes, next)),
            b'-' if word_before => None,
            b'-' => private_key(bytes, next).or_else(|| option(bytes, next)),
            _ => shape_at(bytes, next, word_before),
        });
        at = next + 1;
        if let Some(Shape { span, what }) = shape {
            at = span.end.max(at);
            found.push(Secret { span, what });
        }
    }
    found
}

/// Whether a letter, a digit or `_` stands before a byte that is no part of a written line break or tab.
fn is_behind_word(bytes: &[u8], at: usize) -> bool {
    let before = |steps: usize| at.checked_sub(steps).and_then(|at| bytes.get(at));
    let Some(last) = before(1) else {
        return false;
    };
    let is_written_break = matches!(last, b'n' | b'r' | b't') && before(2) == Some(&b'\\');
    !is_written_break && (last.is_ascii_alphanumeric() || *last == b'_')
}

/// The text with each byte of a secret as `*`; line breaks and every offset stay.
pub fn mask(text: &str) -> Cow<'_, str> {
    let found = secrets(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for secret in found {
        for byte in &mut bytes[secret.span] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b'*';
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}
