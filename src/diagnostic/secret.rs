//! Secrets in text: keys, tokens and passwords, told by their shape. One pass, no value ever leaves.

use std::borrow::Cow;

use crate::text::Span;

use super::secret_escapes::Unescaped;
use super::secret_shapes::{
    Shape, assigned, option, private_key, shape_at, signature, telegram, url_password,
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
    let mut found = Vec::new();
    let mut at = 0;
    let mut word_before = false;
    while let Some(byte) = bytes.get(at) {
        let shape = match byte {
            b':' => url_password(bytes, at)
                .or_else(|| telegram(bytes, at))
                .or_else(|| assigned(bytes, at)),
            b'=' => signature(bytes, at).or_else(|| assigned(bytes, at)),
            b'-' if !word_before => private_key(bytes, at).or_else(|| option(bytes, at)),
            _ => shape_at(bytes, at, word_before),
        };
        let written_break =
            matches!(byte, b'n' | b'r' | b't') && at > 0 && bytes.get(at - 1) == Some(&b'\\');
        word_before = !written_break && (byte.is_ascii_alphanumeric() || *byte == b'_');
        at += 1;
        if let Some(Shape { span, what }) = shape {
            at = span.end.max(at);
            word_before = true;
            found.push(Secret { span, what });
        }
    }
    found
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
