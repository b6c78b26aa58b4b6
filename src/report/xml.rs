/// A text for an attribute or the inside of an element of XML 1.0: marks as entities, line breaks and
/// tabs as references so that a reader keeps them, and what XML cannot hold as U+FFFD.
pub(super) fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\'' => xml.push_str("&apos;"),
            '\t' | '\n' | '\r' => xml.push_str(&format!("&#{};", u32::from(c))),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => xml.push('\u{fffd}'),
            c => xml.push(c),
        }
    }
    xml
}

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        let text = "]]> & \"'\n\0\u{1b}\u{ffff}é😀";
        let xml = "]]&gt; &amp; &quot;&apos;&#10;\u{fffd}\u{fffd}\u{fffd}é😀";
        assert_eq!(escaped(text), xml);
    }
}
