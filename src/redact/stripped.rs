use super::decoded::Letter;

/// What stands for markup that was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// Nothing: what stood on both sides is one word.
    Nothing,
    /// A space.
    Space,
    /// A space for what ends a line or a paragraph; nothing for what stands within one.
    SpaceAtBlocks,
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
            // A mark that is shown as it is, once it was escaped.
            '\\' if rest[1..].starts_with(['*', '_', '~', '`', '[']) => Some(1),
            _ => None,
        };
        if let Some(length) = markup {
            let is_space = match between {
                Between::Nothing => false,
                Between::Space => true,
                Between::SpaceAtBlocks => c == '<' && !is_inline(rest),
            };
            if is_space {
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

/// Whether a tag or comment stands within a word or a sentence.
fn is_inline(tag: &str) -> bool {
    const INLINE: &str =
        "a abbr b bdi bdo code del em font i ins kbd mark s small span strong sub sup tt u wbr";
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    let name = name[..end.unwrap_or(name.len())].to_ascii_lowercase();
    tag.starts_with("<!--") || INLINE.split(' ').any(|inline| inline == name)
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
