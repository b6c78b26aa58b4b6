use super::decoded::Letter;

/// What stands for markup that was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// Nothing: what stood on both sides is one word.
    Nothing,
    /// A space.
    Space,
}

/// How many bytes a tag or the target of a link may have; what is longer is text.
const LONGEST: usize = 4096;

/// A text without tags and comments of HTML, marks of Markdown and the targets of its links.
pub fn stripped(text: &str, between: Between) -> Vec<Letter> {
    let mut kept = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let markup = match c {
            '<' => tag(rest),
            ']' => target(rest),
            '*' | '_' | '~' | '`' | '[' => Some(1),
            _ => None,
        };
        if let Some(length) = markup {
            if between == Between::Space {
                kept.push((' ', at));
            }
            at += length;
        } else {
            kept.push((c, at));
            at += c.len_utf8();
        }
    }
    kept
}

/// How long the tag or comment is that begins here; nothing where `<` is only a sign.
fn tag(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|end| end + 3);
    }
    let begins = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
    if !text[1..].starts_with(begins) {
        return None;
    }
    let mut quote = None;
    for (at, c) in text.char_indices() {
        if at > LONGEST {
            return None;
        }
        match quote {
            Some(mark) if mark == c => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == '>' => return Some(at + 1),
            // No tag: it would hide what stands behind it.
            None if c == '<' && at > 0 => return None,
            None => {}
        }
    }
    None
}

/// How long `](https://…)` is where it begins here; the `]` alone else.
fn target(text: &str) -> Option<usize> {
    let end = text
        .starts_with("](")
        .then(|| {
            let near = text.char_indices().take(LONGEST);
            near.take_while(|(_, c)| *c != '\n')
                .find(|(_, c)| *c == ')')
        })
        .flatten()
        .map(|(end, _)| end);
    Some(end.map_or(1, |end| end + 1))
}
