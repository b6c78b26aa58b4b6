use std::convert::Infallible;
use std::io::{self, Write};

/// Writes a text so that HTML shows the same words, between elements and in quoted attributes.
pub fn escape(text: &str, output: &mut dyn Write) -> io::Result<()> {
    escaped(text, |piece| output.write_all(piece.as_bytes()))
}

/// Puts a text behind another in the same way.
pub fn push_escaped(text: &str, to: &mut String) {
    let Ok(()) = escaped(text, |piece| {
        to.push_str(piece);
        Ok::<_, Infallible>(())
    });
}

/// Gives what HTML needs to show a text, piece by piece.
fn escaped<E>(text: &str, mut give: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let mut rest = text;
    while let Some((at, entity)) = first_of(rest) {
        give(&rest[..at])?;
        give(entity)?;
        rest = &rest[at + 1..];
    }
    give(rest)
}

/// Where the first character stands that HTML would not show as it is, and what is written for it.
fn first_of(text: &str) -> Option<(usize, &'static str)> {
    let mut bytes = text.bytes().enumerate();
    bytes.find_map(|(at, byte)| {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => return None,
        };
        Some((at, entity))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_write_what_tera_writes() {
        for text in ["", "plain", "<a href=\"x\">'ä' & b</a>", "&&", "ä<", ">ö"] {
            let (mut ours, mut pushed, mut teras) = (Vec::new(), String::new(), Vec::new());
            escape(text, &mut ours).expect("a vector takes all");
            push_escaped(text, &mut pushed);
            tera::escape_html(text, &mut teras).expect("a vector takes all");
            assert_eq!(ours, teras, "{text}");
            assert_eq!(pushed.as_bytes(), teras, "{text}");
        }
    }
}
